"""GitHub's shortcodes such as ``:tada:`` as the characters they stand for: no pictures, and no other host."""

from __future__ import annotations

import re
from functools import cache
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from sitegen.markup.inlines.patterns import NOTHING, Found

_MARKED = re.compile(f"{STX}(:[^{ETX}]+:){ETX}")


class EmojiExtension(Extension):
    """Marks shortcodes in the text, and puts the characters in their place when headings have their ids, which go by the names."""

    def __init__(self) -> None:
        super().__init__()
        self.any = False

    def extendMarkdown(self, md: Markdown) -> None:
        """Register below what takes colons for its own, and below `toc`."""
        md.registerExtension(self)
        md.inlinePatterns.register(_Shortcode(self), "emoji", 75)
        md.treeprocessors.register(_Characters(self), "emoji", 4)

    def reset(self) -> None:
        """Forget the last document."""
        self.any = False


class _Shortcode(InlineProcessor):
    """A name that is not known is text, and so is what touches a letter, a digit or another colon: ``10:30:45``, ``std::key::x``."""

    triggers: ClassVar = (":(?=[a-z0-9_+-]{1,60}:)",)

    def __init__(self, extension: EmojiExtension) -> None:
        super().__init__(r":[a-z0-9_+-]++:(?![a-zA-Z0-9:])")
        self._extension = extension

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        before = data[m.start() - 1 : m.start()]
        if before == ":" or (before.isascii() and before.isalnum()) or m[0] not in _characters():
            return NOTHING
        self._extension.any = True
        return f"{STX}{m[0]}{ETX}", m.start(), m.end()


class _Characters(Treeprocessor):
    def __init__(self, extension: EmojiExtension) -> None:
        super().__init__()
        self._extension = extension

    def run(self, root: Element) -> None:
        if not self._extension.any:
            return
        for element in root.iter():
            element.text, element.tail = _shown(element.text), _shown(element.tail)
            for name, value in element.attrib.items():
                # An attribute list may name one without a value.
                if STX in (value or ""):
                    element.set(name, shown(value))


def shown(text: str) -> str:
    """`text` with the characters that its shortcodes stand for."""
    return _MARKED.sub(lambda found: _characters()[found[1]], text) if STX in text else text


def named(text: str) -> str:
    """`text` with its shortcodes as they are written."""
    return _MARKED.sub(r"\1", text) if STX in text else text


def _shown(text: str | None) -> str | None:
    # Text that is atomic, or empty, stays what it is.
    return shown(text) if text and STX in text else text


@cache
def _characters() -> dict[str, str]:
    """Each name of https://github.com/github/gemoji, between colons, and what it stands for.

    GitHub's own pictures, such as ``:octocat:``, stand for no character.
    """
    # The table is long, and few pages ask for it.
    from pymdownx import gemoji_db

    found = {name: entry.get("unicode_alt", entry.get("unicode", "")) for name, entry in gemoji_db.emoji.items()}
    codes = found | {name: found[of] for name, of in gemoji_db.aliases.items()}
    return {name: "".join(chr(int(code, 16)) for code in text.split("-")) for name, text in codes.items() if text}

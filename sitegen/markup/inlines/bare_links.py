"""Addresses that are written as they are, made links by GitHub's rules: https://github.github.com/gfm/#autolinks-extension-.

An address names its scheme, or begins with ``www.``, or is one of mail. A name such as ``example.com`` alone is text, as on GitHub.
"""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from sitegen.markup.inlines import targets
from sitegen.markup.inlines.patterns import NOTHING, Found

_SCHEME = re.compile(r"(?<![a-z0-9.+-])(?:https?|ftp)\Z", re.IGNORECASE)
_HOST = r"[^\W_](?>(?:[\w-]|\.(?=\w))*)"
_REST = r"(?::[0-9]+)?(?:[/?#][^\s<>\uff5c]*+)?"
_BEFORE_WWW = re.compile(r"(?:^|[\s*_~(])\Z")
_LOCAL = re.compile(r"(?:mailto:)?[a-zA-Z0-9._+-]+\Z")
_LONGEST_LOCAL = 72
_BRACKET = re.compile(r"[()\[\]{}]")
_OPENING = {")": "(", "]": "[", "}": "{"}
_TRAILING = re.compile(r"""(?:[?!.,:*_~'"]|(?<!;)&[a-zA-Z0-9]+;|;)+\Z""")


class BareLinksExtension(Extension):
    """Takes the place of `pymdownx.magiclink`, whose names its patterns bear."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register above emphasis: the underscores of an address are its own."""
        md.inlinePatterns.register(_Scheme(rf"://(?:[\w.~%:+-]++@)?{_HOST}{_REST}"), "magic-link", 85)
        md.inlinePatterns.register(_Www(rf"www\.{_HOST}{_REST}"), "magic-www", 84.95)
        md.inlinePatterns.register(_Mail(r"@(?>[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)+)(?<=[a-zA-Z])"), "magic-mail", 84.9)


class _Bare(InlineProcessor):
    # In a link an address is text.
    ANCESTOR_EXCLUDES = ("a",)


class _Scheme(_Bare):
    triggers: ClassVar = (":(?=//)",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        at = m.start()
        scheme = _SCHEME.search(data, max(0, at - 6), at)
        return _made(data, scheme.start(), m.end(), "") if scheme else NOTHING


class _Www(_Bare):
    triggers: ClassVar = (r"w(?=ww\.)",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        before = _BEFORE_WWW.search(data, max(0, m.start() - 1), m.start())
        return _made(data, m.start(), m.end(), "http://") if before else NOTHING


class _Mail(_Bare):
    triggers: ClassVar = ("@",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        local = _LOCAL.search(data, max(0, m.start() - _LONGEST_LOCAL), m.start())
        if local is None:
            return NOTHING
        return _made(data, local.start(), m.end(), "" if local[0].startswith("mailto:") else "mailto:")


def _made(text: str, start: int, end: int, scheme: str) -> Found:
    """A link of ``text[start:end]`` without what belongs to the sentence it stands in."""
    written = _trimmed(text[start:end])
    shown = targets.decoded(written)
    element = Element("a", {"href": targets.encoded(scheme + shown)})
    element.text = AtomicString(shown)
    return element, start, start + len(written)


def _trimmed(address: str) -> str:
    """`address` up to a bracket that closes none within it, and without the punctuation at its end."""
    opened: list[str] = []
    for bracket in _BRACKET.finditer(address):
        opening = _OPENING.get(bracket[0])
        if opening is None:
            opened.append(bracket[0])
        elif opening not in opened:
            address = address[: bracket.start()]
            break
        else:
            opened.remove(opening)
    return _TRAILING.sub("", address)

"""CommonMark's inline constructs as patterns of Python-Markdown, under the names and priorities of its own.

Each says in `triggers` where it may begin, so that one scan asks them all. What Python-Markdown does another way stands in
https://python-markdown.github.io/#differences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from string import punctuation
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.util import ETX, STX, AtomicString, code_escape

from sitegen.markup.inlines import targets
from sitegen.markup.inlines.emphasis import Delimiter, Delimiters
from sitegen.markup.inlines.scanning import Brackets

_NAME = r"[a-zA-Z][a-zA-Z0-9-]*+"
_VALUE = r"""(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+")"""
_ATTRIBUTES = rf"(?>(?:\s+[a-zA-Z_:][a-zA-Z0-9_.:-]*+(?>(?:\s*=\s*{_VALUE})?))*)"
_TAG = rf"<(?:{_NAME}{_ATTRIBUTES}\s*/?|/{_NAME}\s*)>"
# What a text may hold that is no tag: how it begins, and how it ends.
_OTHER = re.compile(r"<(?:!--|\?|!\[CDATA\[|![a-zA-Z])")
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
_SHORT_COMMENT = re.compile("<!--(?:-?>)")
_ADDRESS = r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\x00-\x1f\x7f]*+>"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_MAIL = rf"<[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]++@{_LABEL}(?:\.{_LABEL})*>"
_TICKS = re.compile("`+")
_LINK_TAG = re.compile(r"<(/?)a[\s/>]", re.IGNORECASE)
Found = tuple[Element | str | None, int | None, int | None]
NOTHING: Found = (None, None, None)


def register(md: Markdown) -> None:
    """Put our patterns in the place of the stock ones, before extensions add to them."""
    md.ESCAPED_CHARS = list(punctuation)
    patterns = md.inlinePatterns
    patterns.register(_CodeSpan("`+"), "backtick", 190)
    patterns.register(_Escape(r"\\(\n[ \t]*+|.)", md), "escape", 180)
    patterns.register(Brackets(image=False, form="full"), "reference", 170)
    patterns.register(Brackets(image=False, form="inline"), "link", 160)
    patterns.register(Brackets(image=True, form="inline"), "image_link", 150)
    patterns.register(Brackets(image=True, form="full"), "image_reference", 140)
    patterns.register(Brackets(image=False, form="short"), "short_reference", 130)
    patterns.register(Brackets(image=True, form="short"), "short_image_ref", 125)
    patterns.register(_Autolink(_ADDRESS), "autolink", 120)
    patterns.register(_Autolink(_MAIL), "automail", 110)
    patterns.register(_LineBreak(r"\n[ \t]*+"), "linebreak", 100)
    patterns.register(_Html(f"{_TAG}|{_OTHER.pattern}", md), "html", 90)
    patterns.register(_Entity(targets.ENTITY.pattern), "entity", 80)
    emphasis, strike = Delimiters(), Delimiters()
    emphasis.table["*"] = Delimiter("em", "strong")
    emphasis.table["_"] = Delimiter("em", "strong", within_words=False)
    strike.table["~"] = Delimiter("del", "del", whole=True)
    patterns.register(emphasis, "em_strong", 60)
    patterns.register(strike, "strikethrough", 59)
    md.delimiters = emphasis  # type: ignore[assignment]


class Ends:
    """Where something ends. The last answer of each kind is remembered: many may begin that one ends, or none."""

    def __init__(self) -> None:
        self._text = ""
        self._found: dict[str, tuple[int, int]] = {}

    def behind(self, end: str, text: str, at: int) -> int:
        """The place behind the next `end` from `at` on, or -1."""
        if text is not self._text:
            self._text, self._found = text, {}
        asked, found = self._found.get(end, (len(text) + 1, 0))
        if not (asked <= at and (found < 0 or at <= found)):
            found = text.find(end, at)
            self._found[end] = at, found
        return found + len(end) if found >= 0 else -1


class _CodeSpan(inlinepatterns.InlineProcessor):
    """Code ends at a row of as many backticks as it began with; a stock code span may begin with more."""

    triggers: ClassVar = ("`",)

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self._text = ""
        self._rows: dict[int, list[int]] = {}

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        start, end = m.span()
        # Where a site's own pattern stands between this one and escapes, they have not been found yet.
        if _is_escaped(data, start):
            return None, start, start + 1
        closing = self._closing(data, end, end - start)
        if closing < 0:
            return None, start, end
        code = data[end:closing].replace("\n", " ")
        if code[0] == code[-1] == " " and not code.isspace():
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(code_escape(code))
        return element, start, closing + end - start

    def _closing(self, text: str, at: int, length: int) -> int:
        """The next row of that length behind `at`, or -1. Every row is looked at once, however many are asked for."""
        if text is not self._text:
            self._text, self._rows = text, {}
            for row in _TICKS.finditer(text):
                self._rows.setdefault(len(row[0]), []).append(row.start())
        rows = self._rows.get(length, [])
        found = bisect_left(rows, at)
        return rows[found] if found < len(rows) else -1


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


class _Escape(inlinepatterns.InlineProcessor):
    """All punctuation of ASCII can be escaped, and a line's end: then it is a hard break."""

    triggers: ClassVar = (r"\\",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002  the interface
        if m[1][0] == "\n":
            return Element("br"), m.start(), m.end()
        if m[1] not in self.md.ESCAPED_CHARS:
            return NOTHING
        # Put back last of all, so that nothing that reads the tree takes it for markup.
        return "&amp;" if m[1] == "&" else f"{STX}{ord(m[1])}{ETX}", m.start(), m.end()


class _LineBreak(inlinepatterns.InlineProcessor):
    """Two spaces or more at the end of a line are a hard break, one is nothing."""

    triggers: ClassVar = ("\n",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        end = m.start()
        start = end
        while start and data[start - 1] == " ":
            start -= 1
        if start == end:
            return NOTHING
        return Element("br") if end - start > 1 else "\n", start, m.end()


class _Autolink(inlinepatterns.InlineProcessor):
    """An address of any scheme, or of mail, in angle brackets."""

    triggers: ClassVar = ("<",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002  the interface
        text = m[0][1:-1]
        address = targets.protected(text)
        element = Element("a", {"href": targets.encoded(address if ":" in text else f"mailto:{address}")})
        element.text = AtomicString(address)
        return element, m.start(), m.end()


class _Html(inlinepatterns.InlineProcessor):
    """A tag, a comment, an instruction, a declaration or CDATA; all other ``<`` are text."""

    triggers: ClassVar = ("<",)

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self._ends = Ends()

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        start, end = m.span()
        if data[end - 1] != ">":
            end = self._end(m[0], data, start)
        if end < 0:
            return NOTHING
        return self.md.htmlStash.store(data[start:end]), start, end

    def enter(self, source: str, above: Iterable[str]) -> Iterable[str]:
        """The elements that what comes behind `source` stands in: the author's own links count as links."""
        found = _LINK_TAG.match(source)
        if found is None:
            return above
        outer = [name for name in above if name != "a"]
        return outer if found[1] else [*outer, "a"]

    def _end(self, opening: str, text: str, start: int) -> int:
        """The end of what is no tag, or -1."""
        short = _SHORT_COMMENT.match(text, start)
        return short.end() if short else self._ends.behind(_ENDS.get(opening, ">"), text, start + len(opening))


class _Entity(inlinepatterns.InlineProcessor):
    """The character that an entity stands for, or its name as text."""

    triggers: ClassVar = ("&(?=[#a-zA-Z])",)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: ARG002  the interface
        # What comes behind an ampersand could make an entity of it.
        return targets.character(m[0]).replace("&", "&amp;"), m.start(), m.end()

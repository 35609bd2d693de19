"""Python-Markdown's code spans, links and images, found by expressions where it goes from character to character.

Each expression starts with a character that a search can jump to; the stock ones start by looking behind. Both would do
upstream too.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns
from markdown.inlinepatterns import BACKTICK_RE, IMAGE_LINK_RE, LINK_RE
from markdown.util import STX, AtomicString, code_escape

# A tick, or the escaped backslashes before one; neither has a backslash before it.
_TICK = re.compile(r"[`\\](?<!\\[`\\])(?:(?<=`)|\\(?:\\\\)*(?=`))")
_TICKS = re.compile("`+")
_NOT_IMAGE = re.compile(r"\[(?<!!\[)")
_BRACKET = re.compile(r"[\[\]]")
_PLAIN_TARGET = re.compile(rf"""\((?!\s*<)([^()'"{STX}]*)\)""")


def register(md: Markdown) -> None:
    """Put our patterns in the place of the stock ones, before extensions add to them."""
    patterns = md.inlinePatterns
    patterns.register(_CodeSpan(BACKTICK_RE), "backtick", 190)
    patterns.register(_Reference(LINK_RE, md), "reference", 170)
    patterns.register(_Link(LINK_RE, md), "link", 160)
    patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
    patterns.register(_ImageReference(IMAGE_LINK_RE, md), "image_reference", 140)
    patterns.register(_ShortReference(LINK_RE, md), "short_reference", 130)
    patterns.register(_ShortImageReference(IMAGE_LINK_RE, md), "short_image_ref", 125)
    delimiters = _Delimiters("*", "strong,em", md)
    delimiters.add("_", "strong,em", smart=True)
    patterns.register(delimiters, "em_strong", 60)


class _CodeSpan(inlinepatterns.BacktickInlineProcessor):
    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802  the base's name
        return _TICK

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        begin = m.start()
        if m[0] != "`":
            return m[0].replace("\\\\", self.ESCAPED_BSLASH), begin, m.end()
        start, end = self.find_code_spans(begin, data)
        if end is None:
            return None, begin, start
        element = Element(self.tag)
        element.text = AtomicString(code_escape(data[start:end].strip()))
        return element, begin, end + (start - begin)

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]
        ticks = _TICKS.match(text, start)
        opened = len(ticks[0]) if ticks else 0
        longest = end = 0
        for closing in _TICKS.finditer(text, start + opened):
            length = len(closing[0])
            if length == opened:
                return start + opened, closing.start()
            if length > longest:
                longest, end = length, closing.end()
        if 0 < longest < opened:
            return start + longest, end - longest
        return start + opened, None


class _Delimiters(inlinepatterns.DelimiterProcessor):
    def search(self, data: str, start: int) -> re.Match[str] | None:
        if any(len(token) > 1 for token in self.tokens):
            return super().search(data, start)
        for place in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[place[0]]
            found = delimiter.boundary.match(data, place.start())
            if found and (delimiter.stack or found.lastgroup != "end"):
                return found
        return None


class _Bracketed(inlinepatterns.LinkInlineProcessor):
    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802  the base's name
        depth = 1
        for bracket in _BRACKET.finditer(data, index):
            depth += 1 if bracket[0] == "[" else -1
            if not depth:
                return data[index : bracket.start()], bracket.end(), True
        return data[index:], len(data), False


class _Targeted(_Bracketed):
    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802  the base's name
        # Without quotes, further brackets and placeholders a target ends at the first bracket.
        plain = _PLAIN_TARGET.match(data, index)
        if plain:
            return plain[1].strip(), None, plain.end(), True
        return super().getLink(data, index)


class _NotImage(_Bracketed):
    def getCompiledRegExp(self) -> re.Pattern[str]:  # noqa: N802  the base's name
        return _NOT_IMAGE


class _Link(_NotImage, _Targeted):
    pass


class _Image(_Targeted, inlinepatterns.ImageInlineProcessor):
    pass


class _Reference(_NotImage, inlinepatterns.ReferenceInlineProcessor):
    pass


class _ShortReference(_NotImage, inlinepatterns.ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Bracketed, inlinepatterns.ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Bracketed, inlinepatterns.ShortImageReferenceInlineProcessor):
    pass

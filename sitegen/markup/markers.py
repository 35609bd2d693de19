"""Where an author ends a summary: the markers of other generators, all made one character that no body can hold."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

MARK = "\x02"
_COMMENT = re.compile(r"<!--\s*(?:more|truncate|TEASER_END(?::[^>]*)?)\s*-->", re.IGNORECASE)
_LINE = re.compile(r" {0,3}(?:\{/\*\s*truncate\s*\*/\}|(# more))\s*")


class MarkersExtension(Extension):
    """Takes markers that are a line of their own for the comment ``<!-- more -->``."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register below fences, whose lines are not for us, and above raw HTML."""
        md.preprocessors.register(_Markers(md), "summary-marker", 22)


class _Markers(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Replace line by line: what comes later counts on lines keeping their numbers."""
        text = "\n".join(lines)
        if "truncate" not in text and "# more" not in text:
            return lines
        return ["<!-- more -->" if _is_marker(lines, index) else line for index, line in enumerate(lines)]


def _is_marker(lines: list[str], index: int) -> bool:
    line = lines[index]
    found = _LINE.fullmatch(line) if "truncate" in line or "# more" in line else None
    if found is None:
        return False
    if not found[1]:
        return True
    around = "".join(lines[max(0, index - 1) : index] + lines[index + 1 : index + 2])
    return not around.strip() and any(before.strip() for before in lines[:index])


def with_marks(html: str) -> str:
    """`html` with `MARK` in the place of each marker. In code a marker is escaped, and stays."""
    return _COMMENT.sub(MARK, html) if "<!--" in html else html

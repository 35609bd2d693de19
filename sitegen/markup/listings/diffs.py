"""A difference between two texts in a language: both are highlighted as that language, the signs stay in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

_HEAD = re.compile(
    r"diff --git |index [0-9a-f]{4,}\.\.|@@ -[0-9]|\\ No newline|(?:new|deleted) file mode |(?:old|new) mode |rename (?:from|to) "
)
_CLASSES = {"+": "gi", "-": "gd"}
Highlight = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Diff:
    """The HTML of a difference, and which of its lines were added and removed, counted from 1."""

    html: str
    added: frozenset[int]
    removed: frozenset[int]


def diff_of(source: str, highlight: Highlight) -> Diff:
    """The difference `source`; `highlight` makes HTML of a text in its language, a line for each line.

    The first character of a line is its sign. A line without one belongs to both texts, as do those of authors who leave out the space.
    """
    lines = source.split("\n")
    signs = _signs(lines)
    texts = [line[1:] if sign in "+- " else line for sign, line in zip(signs, lines, strict=True)]
    new = _highlighted(texts, [index for index, sign in enumerate(signs) if sign in "+ _"], highlight)
    old = _highlighted(texts, [index for index, sign in enumerate(signs) if sign in "- _"], highlight) if "-" in signs else {}
    pieces = []
    for index, sign in enumerate(signs):
        html = new.get(index, old.get(index))
        pieces.append(f'<span class="gu">{escape(texts[index])}</span>' if html is None else _sign(sign) + html)
    added, removed = (frozenset(number for number, sign in enumerate(signs, 1) if sign == each) for each in "+-")
    return Diff("\n".join(pieces) + "\n", added, removed)


def _signs(lines: Sequence[str]) -> list[str]:
    """The sign of each line: a plus, a minus or a space; ``_`` for none, ``@`` for what tells of files and places."""
    signs = ["@" if _HEAD.match(line) else line[0] if line[:1] in {"+", "-", " "} else "_" for line in lines]
    for index in range(len(lines) - 1):
        if lines[index].startswith("--- ") and lines[index + 1].startswith("+++ "):
            signs[index : index + 2] = "@", "@"
    return signs


def _sign(sign: str) -> str:
    if sign in _CLASSES:
        return f'<span class="{_CLASSES[sign]}">{sign}</span>'
    return sign if sign == " " else ""


def _highlighted(texts: Sequence[str], indices: Sequence[int], highlight: Highlight) -> dict[int, str]:
    """The HTML of those of the lines, highlighted as one text."""
    html = highlight("\n".join(texts[index] for index in indices) + "\n").removesuffix("\n").split("\n")
    if len(html) != len(indices):  # a lexer that changes lines
        html = [escape(texts[index]) for index in indices]
    return dict(zip(indices, html, strict=True))

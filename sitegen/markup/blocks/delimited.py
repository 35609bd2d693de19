"""How an extension adds a kind of block of its own: lines from one that opens it to one that closes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sitegen.markup.blocks.containers import Container
from sitegen.markup.blocks.document import Document
from sitegen.markup.blocks.leaves import Leaf
from sitegen.markup.blocks.lines import Line
from sitegen.markup.blocks.scan import NOTHING, Scan, Start


@dataclass(frozen=True, slots=True)
class Found:
    """What `opens` matched, the text up to what closes it, and the index of the first line.

    It is not `closed` where the container that holds it ends before.
    """

    opening: re.Match[str]
    text: str
    line: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Delimited:
    """A kind of block from a line that `opens` matches, at its first character, to one in which `closes` finds its end; it may be the same.

    `first` are the characters that `opens` may begin with. What stands between is not looked at. A block begins only where it has an end
    with nothing behind it, and no blank line before that if something stands behind what opens it: all else stays the text it is.
    Without `closes` the block is a single line. `make` gives an element, or HTML that goes into the page as it is. Where `interrupts`, it
    may follow right on a paragraph.
    """

    first: str
    opens: re.Pattern[str]
    closes: Callable[[re.Match[str]], re.Pattern[str]] | None
    make: Callable[[Found], Element | str]
    interrupts: bool = True


def start_of(kind: Delimited) -> Start:
    """The function that begins blocks of that kind."""

    def start(scan: Scan, line: Line) -> int:
        opening = kind.opens.match(line.body) if kind.interrupts or scan.paragraph is None else None
        if opening is None:
            return NOTHING
        closing = kind.closes(opening) if kind.closes is not None else None
        if closing is not None and not _has_end(scan, line.body[opening.end() :], closing):
            return NOTHING
        return scan.add(_Between(scan.number, line, kind, opening, closing))

    return start


def _has_end(scan: Scan, rest: str, closing: re.Pattern[str]) -> bool:
    """Whether the block has an end whose first line goes on with `rest`; remembers where there is no more of that end."""
    found = closing.search(rest)
    if found is not None or scan.index >= scan.endless.get(closing, len(scan.lines)):
        return found is not None and not rest[found.end() :].strip()
    for text in scan.lines[scan.index + 1 :]:
        found = closing.search(text)
        if found is not None:
            return not text[found.end() :].strip()
        if rest.strip() and not text.strip():
            return False
    scan.endless[closing] = scan.index
    return False


class _Between(Leaf):
    __slots__ = ("_closing", "_kind", "_lines", "_opening")

    def __init__(self, number: int, line: Line, kind: Delimited, opening: re.Match[str], closing: re.Pattern[str] | None) -> None:
        super().__init__(number)
        self._kind, self._opening, self._closing = kind, opening, closing
        self._lines: list[str] = []
        self._take(line.body[opening.end() :])
        self.ended = self.ended or closing is None

    def takes(self, line: Line) -> bool:
        self._take(line.text)
        return True

    def _take(self, text: str) -> None:
        found = self._closing.search(text) if self._closing is not None else None
        self.ended = found is not None
        self._lines.append(text[: found.start()] if found else text)

    def close(self, place: Container, document: Document) -> None:
        made = self._kind.make(Found(self._opening, "\n".join(self._lines), self.line, closed=self.ended))
        if isinstance(made, str):
            document.add_html(place.element, made)
        else:
            place.element.append(made)

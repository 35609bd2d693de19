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

    Where nothing closed it, the text goes up to the end of the container that holds it.
    """

    opening: re.Match[str]
    text: str
    line: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Delimited:
    """A kind of block from a line that `opens` matches, at its first character, to one in which `closes` is found, maybe the same line.

    `first` is the character that `opens` begins with. Without `closes` the block is a single line. What stands between is not looked at;
    what stands behind the end is dropped. `make` gives an element, or HTML that goes into the page as it is. Where `interrupts`, it may
    follow right on a paragraph.
    """

    first: str
    opens: re.Pattern[str]
    closes: re.Pattern[str] | None
    make: Callable[[Found], Element | str]
    interrupts: bool = True


def start_of(kind: Delimited) -> Start:
    """The function that begins blocks of that kind."""

    def start(scan: Scan, line: Line) -> int:
        if scan.paragraph is not None and not kind.interrupts:
            return NOTHING
        found = kind.opens.match(line.body)
        return scan.add(_Between(scan.number, line, kind, found)) if found else NOTHING

    return start


class _Between(Leaf):
    __slots__ = ("_kind", "_lines", "_opening")

    def __init__(self, number: int, line: Line, kind: Delimited, opening: re.Match[str]) -> None:
        super().__init__(number)
        self._kind, self._opening = kind, opening
        self._lines: list[str] = []
        self._take(line.body[opening.end() :])
        self.ended = self.ended or kind.closes is None

    def takes(self, line: Line) -> bool:
        self._take(line.text)
        return True

    def _take(self, text: str) -> None:
        closing = self._kind.closes.search(text) if self._kind.closes is not None else None
        self.ended = closing is not None
        self._lines.append(text[: closing.start()] if closing else text)

    def close(self, place: Container, document: Document) -> None:
        made = self._kind.make(Found(self._opening, "\n".join(self._lines), self.line, closed=self.ended))
        if isinstance(made, str):
            document.add_html(place.element, made)
        else:
            place.element.append(made)

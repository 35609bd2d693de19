"""What a text is made of when it has been scanned, and the tree that comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import HTML_PLACEHOLDER

from sitegen.markup.inlines.emphasis import Run

_HTML = re.compile(HTML_PLACEHOLDER % "[0-9]+")


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A piece that may not stand in a link, and the source it was made of."""

    piece: str | Element
    source: str


Piece = str | Element | Run | Unlinked


def build(parent: Element, pieces: Iterable[Piece]) -> None:
    """Make the pieces the text and the children of `parent`, which has none."""
    opened, last = [parent], None
    for piece in pieces:
        if type(piece) is Unlinked:
            piece = piece.piece
        if type(piece) is str:
            _write(opened[-1], last, piece)
        elif type(piece) is Run:
            for _ in range(piece.closed):
                last = opened.pop()
            if piece.left:
                _write(opened[-1], last, piece.mark * piece.left)
            for tag in reversed(piece.opened):
                opened.append(SubElement(opened[-1], tag))
                last = None
        else:
            opened[-1].append(piece)  # type: ignore[arg-type]
            last = piece  # type: ignore[assignment]


def _write(parent: Element, last: Element | None, text: str) -> None:
    """Text behind the child `last`, or before all children."""
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def plain(pieces: Iterable[Piece], told: Callable[[str], str] = str) -> str:
    """The text of pieces without their markup: what stands for a picture that is not seen. `told` fills in placeholders."""
    return _HTML.sub("", told("".join(map(_plain, pieces))))


def _plain(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Run):
        return piece.mark * piece.left
    return _plain(piece.piece) if isinstance(piece, Unlinked) else "".join(texts(piece))


def texts(element: Element) -> Iterator[str]:
    """The texts of an element; of a picture what stands for it."""
    yield element.get("alt", "") if element.tag == "img" else element.text or ""
    for child in element:
        yield from texts(child)
        yield child.tail or ""

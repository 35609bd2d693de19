"""Tables (https://github.github.com/gfm/#tables-extension-).

They scroll by themselves, and have their alignment as classes: a strict policy forbids `style`, HTML forbids `align`.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from sitegen.markup.blocks.containers import Container
from sitegen.markup.blocks.document import Document
from sitegen.markup.blocks.leaves import Leaf
from sitegen.markup.blocks.lines import Line
from sitegen.markup.blocks.scan import NOTHING, Scan

_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")


class Table(Leaf):
    """Rows below a line of hyphens, which tells the columns' alignment."""

    __slots__ = ("_alignments", "_head", "_rows")
    verbatim = False

    def __init__(self, number: int, head: list[str], alignments: list[str]) -> None:
        super().__init__(number)
        self._head, self._alignments = head, alignments
        self._rows: list[list[str]] = []

    def takes(self, line: Line) -> bool:
        self._rows.append(_cells(line.body))
        return True

    def close(self, place: Container, document: Document) -> None:  # noqa: ARG002  the base's
        wrapper = SubElement(place.element, "div", {"class": "table", "tabindex": "0"})
        table = SubElement(wrapper, "table")
        self._add_row(SubElement(table, "thead"), "th", self._head)
        body = SubElement(table, "tbody")
        for row in self._rows:
            self._add_row(body, "td", row)

    def _add_row(self, part: Element, tag: str, cells: list[str]) -> None:
        row = SubElement(part, "tr")
        for at, alignment in enumerate(self._alignments):
            cell = SubElement(row, tag, {"class": f"align-{alignment}"} if alignment else {})
            cell.text = cells[at] if at < len(cells) else None
            if tag == "th":
                cell.set("scope", "col")


def start_table(scan: Scan, line: Line) -> int:
    """A line of hyphens below a line that has as many cells: that was a table's head. What stands above it stays a paragraph."""
    paragraph, body = scan.paragraph, line.body
    # Of a paragraph that held definitions alone no line may be left.
    if paragraph is None or not paragraph.lines or body[:2] == "- " or not _DELIMITERS.match(body):
        return NOTHING
    head, columns = _cells(paragraph.lines[-1]), _cells(body)
    if len(head) != len(columns) or "|" not in paragraph.lines[-1] + body:
        return NOTHING
    paragraph.lines.pop()
    if not paragraph.lines:
        scan.leaf = None
    return scan.add(Table(scan.number - 1, head, [_alignment(column) for column in columns]))


def _alignment(column: str) -> str:
    if column[0] == ":":
        return "center" if column[-1] == ":" else "left"
    return "right" if column[-1] == ":" else ""


def _cells(row: str) -> list[str]:
    """The cells of a row. A pipe in one is written with a backslash, in code as well."""
    cells = _PIPE.split(row.strip(" \t"))
    if cells and not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return [cell.strip(" \t").replace("\\|", "|") for cell in cells]

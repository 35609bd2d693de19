"""Lists (https://spec.commonmark.org/0.31.2/#list-items), and the definition lists of PHP Markdown Extra."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import STX

from sitegen.markup.blocks.containers import INDENT, Container, Description, Item, List
from sitegen.markup.blocks.lines import Line
from sitegen.markup.blocks.scan import NOTHING, Scan

_MARKER = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?=[ \t]|$)")
_DESCRIPTION = re.compile(r":(?=[ \t]+[^ \t])")


def start_item(scan: Scan, line: Line) -> int:
    """An item of a list; of those that may interrupt a paragraph, one that has text and is the first."""
    found = _MARKER.match(line.body)
    if found is None:
        return NOTHING
    empty = not line.body[found.end() :].strip(" \t")
    if scan.paragraph is not None and (empty or int(found[2] or 1) != 1):
        return NOTHING
    parent = _list_for(scan, found)
    offset = _hang(line, found.end())
    return scan.begin(Item(SubElement(parent.element, "li"), offset, parent))


def _list_for(scan: Scan, found: re.Match[str]) -> List:
    """The list the item goes on with, else a new one."""
    marker = found[1] or found[3]
    last = scan.stack[scan.matched - 1]
    if type(last) is List and last.marker == marker:
        scan.make_room(item=True)
        return last
    element = SubElement(scan.make_room().element, "ul" if found[1] else "ol")
    if found[2] and int(found[2]) != 1:
        element.set("start", str(int(found[2])))
    new = List(element, marker)
    scan.begin(new)
    new.children += 1
    return new


def _hang(line: Line, width: int) -> int:
    """Leave out a marker of that width and the space behind it; how far what belongs to it is indented."""
    before = line.indent + width
    line.skip(width)
    space = line.indent if line.body and line.indent <= INDENT else 1
    if line.body:
        line.drop(space)
    return before + space


def start_description(scan: Scan, line: Line) -> int:
    """What is said of the terms in the paragraph before, or some more of it."""
    found = _DESCRIPTION.match(line.body)
    if found is None or not (scan.paragraph or _has_terms(scan)):
        return NOTHING
    loose = scan.after_blank
    place = scan.make_room()
    terms = _terms(place)
    last = place.element[-1] if len(place.element) else None
    if last is None or last.tag != "dl":
        last = SubElement(place.element, "dl")
    for term in terms:
        SubElement(last, "dt").text = term
    return scan.begin(Description(SubElement(last, "dd"), _hang(line, 1), loose=loose))


def _has_terms(scan: Scan) -> bool:
    """Whether a definition list stands right above, or text and a blank line."""
    place = scan.stack[scan.matched - 1]
    last = place.element[-1] if len(place.element) else None
    return last is not None and (last.tag == "dl" or (scan.after_blank and _is_text(last)))


def _is_text(element: Element) -> bool:
    return element.tag == "p" and not len(element) and STX not in (element.text or "")


def _terms(place: Container) -> list[str]:
    """The lines of the paragraph right before, which gives way to them."""
    last: Element | None = place.element[-1] if len(place.element) else None
    if last is None or not _is_text(last):
        return []
    place.remove_paragraph(last)
    return (last.text or "").split("\n")

"""What CommonMark has begin in a line, one start function for each kind of block, but for HTML and lists."""

from __future__ import annotations

import re
from xml.etree.ElementTree import SubElement

from sitegen.markup.blocks.containers import Note, Quote
from sitegen.markup.blocks.leaves import Fence
from sitegen.markup.blocks.lines import Line
from sitegen.markup.blocks.scan import NOTHING, OPENED, TAKEN, Scan

_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_TRUNCATE = re.compile(r"\{/\*\s*truncate\s*\*/\}\s*$")
_MORE = "<!-- more -->"


def start_quote(scan: Scan, line: Line) -> int:
    """A block quote."""
    line.skip(1)
    if line.indent:
        line.drop(1)
    return scan.begin(Quote(SubElement(scan.make_room().element, "blockquote")))


def start_fence(scan: Scan, line: Line) -> int:
    """Code between fences."""
    found = _FENCE.match(line.body)
    if found is None:
        return NOTHING
    mark, info = (found[1], found[2]) if found[1] else (found[3], found[4])
    return scan.add(Fence(scan.number, line.indent, mark, info.strip()))


def start_heading(scan: Scan, line: Line) -> int:
    """A heading with number signs; ``# more`` between blank lines is where other generators end a summary."""
    found = _HEADING.match(line.body)
    if found is None:
        return NOTHING
    if line.text == "# more" and _stands_alone(scan):
        scan.document.add_html(scan.make_room().element, _MORE)
        return TAKEN
    return scan.add_element(f"h{len(found[1])}", (found[2] or "").strip(" \t"))


def _stands_alone(scan: Scan) -> bool:
    """Whether there are blank lines around this one, and something before."""
    lines, at = scan.lines, scan.index
    before = lines[at - 1] if at else ""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    return not before.strip() and not after.strip() and any(map(str.strip, lines[:at]))


def start_truncation(scan: Scan, line: Line) -> int:
    """The marker with which Docusaurus ends a summary."""
    if not _TRUNCATE.match(line.body):
        return NOTHING
    scan.document.add_html(scan.make_room().element, _MORE)
    return TAKEN


def start_underline(scan: Scan, line: Line) -> int:
    """The line below a heading, which was a paragraph until now."""
    paragraph = scan.paragraph
    found = _UNDERLINE.match(line.body)
    text = paragraph.text(scan.document) if found and paragraph else ""
    if found is None or paragraph is None:
        return NOTHING
    if not text:
        # All of it was definitions.
        paragraph.lines = []
        return NOTHING
    scan.leaf = None
    SubElement(scan.stack[-1].element, "h1" if found[1][0] == "=" else "h2").text = text
    return TAKEN


def start_rule(scan: Scan, line: Line) -> int:
    """A thematic break."""
    return scan.add_element("hr") if _RULE.match(line.body) else NOTHING


def start_note(scan: Scan, line: Line) -> int:
    """The definition of a footnote."""
    found = _NOTE.match(line.body)
    if found is None or scan.document.notes is None:
        return NOTHING
    scan.make_room()
    line.skip(found.end())
    scan.begin(Note(scan.document.notes.define(found[1])))
    if line.indent:
        line.drop(line.indent)
    return OPENED

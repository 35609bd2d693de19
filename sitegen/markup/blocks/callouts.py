"""Boxes around blocks, as each of the generators that people come from writes them.

- ``!!! note "Title"`` of MkDocs, its lines indented by four; ``!!! note ""`` has no title
- ``??? tip "Summary"`` of MkDocs, which folds out; ``???+`` is open
- ``=== "Tab"`` of MkDocs, one of several
- ``> [!NOTE]`` of GitHub, and nothing but these five: note, tip, important, warning, caution
- ``::: tip Title`` of VuePress, up to a line with as many colons; ``::: details Summary`` folds out
- ``:::note[Title]`` of Docusaurus
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from sitegen.markup.blocks.containers import Fenced, Indented, Quote
from sitegen.markup.blocks.lines import Line
from sitegen.markup.blocks.scan import NOTHING, TAKEN, Scan

_WORDS = r"[\w-]+(?: +[\w-]+)*"
_ADMONITION = re.compile(rf'!!! ?({_WORDS})(?: +"(.*?)")? *$')
_DETAILS = re.compile(rf'\?\?\?(\+)? ?(?:({_WORDS}?)? +"(.*?)"|"(.*?)"|({_WORDS})) *$')
_TAB = re.compile(r'===([+!]*)? +"(.*?)" *$')
_ALERT = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*$", re.IGNORECASE)
_COLONS = re.compile(r"(:{3,})[ \t]*(?:(?P<kind>[a-zA-Z-]+)[ \t]*(?:\[(?P<label>.*)\]|(?P<title>[^\[{:].*?))?)?[ \t]*(?:\{.*\})?[ \t]*$")
# What `:::` may name; another name stays the text it is.
_BOXES = "note tip info important warning caution danger success question failure bug example quote abstract hint attention error details"
KINDS = frozenset(_BOXES.split())
_TABBED = "tabbed-set tabbed-alternate"


def start_admonition(scan: Scan, line: Line) -> int:
    """A box of MkDocs."""
    found = _ADMONITION.match(line.body)
    if found is None:
        return NOTHING
    kinds = " ".join(found[1].lower().split())
    title = scan.document.title_of(kinds.split()[0]) if found[2] is None else found[2]
    scan.begin(Indented(_box(scan.make_room().element, kinds, title)))
    return TAKEN


def _box(parent: Element, kinds: str, title: str) -> Element:
    box = SubElement(parent, "div", {"class": f"admonition {kinds}"})
    if title:
        SubElement(box, "p", {"class": "admonition-title"}).text = title
    return box


def start_details(scan: Scan, line: Line) -> int:
    """A box of MkDocs that folds out."""
    found = _DETAILS.match(line.body)
    if found is None:
        return NOTHING
    kinds = " ".join((found[2] or found[5] or "").lower().split())
    title = next((one for one in (found[3], found[4]) if one is not None), scan.document.title_of(kinds.split(" ")[0]))
    element = _folding(scan.make_room().element, kinds, title)
    if found[1]:
        element.set("open", "open")
    scan.begin(Indented(element))
    return TAKEN


def _folding(parent: Element, kinds: str, title: str) -> Element:
    element = SubElement(parent, "details", {"class": kinds} if kinds else {})
    SubElement(element, "summary").text = title
    return element


def start_tab(scan: Scan, line: Line) -> int:
    """A tab of MkDocs. Those that follow one another are a set; ``===!`` begins another, ``===+`` is shown first."""
    found = _TAB.match(line.body)
    if found is None:
        return NOTHING
    parent = scan.make_room().element
    last = parent[-1] if len(parent) else None
    group = last if last is not None and last.get("class") == _TABBED and "!" not in found[1] else _tab_set(scan, parent)
    scan.begin(Indented(_tab(group, found[2], shown="+" in found[1])))
    return TAKEN


def _tab_set(scan: Scan, parent: Element) -> Element:
    scan.document.tab_sets += 1
    group = SubElement(parent, "div", {"class": _TABBED, "data-tabs": f"{scan.document.tab_sets}:0"})
    SubElement(group, "div", {"class": "tabbed-labels"})
    SubElement(group, "div", {"class": "tabbed-content"})
    return group


def _tab(group: Element, title: str, *, shown: bool) -> Element:
    """Add a tab to a set: radio buttons, their labels, and what each of them shows."""
    number, count = map(int, group.attrib["data-tabs"].split(":"))
    buttons = group.findall("input")
    name = f"__tabbed_{number}"
    button = Element("input", {"name": name, "type": "radio", "id": f"{name}_{count + 1}"})
    if shown or not buttons:
        for other in buttons:
            other.attrib.pop("checked", None)
        button.set("checked", "checked")
    group.insert(len(buttons), button)
    group.set("data-tabs", f"{number}:{count + 1}")
    SubElement(group[-2], "label", {"for": f"{name}_{count + 1}"}).text = title
    return SubElement(group[-1], "div", {"class": "tabbed-block"})


def start_alert(scan: Scan, line: Line) -> int:
    """An alert of GitHub: a quote whose first line says no more than what it is."""
    found = _ALERT.match(line.body[1:].lstrip(" \t"))
    if found is None:
        return NOTHING
    kind = found[1].lower()
    scan.begin(Quote(_box(scan.make_room().element, kind, scan.document.title_of(kind))))
    return TAKEN


def start_colons(scan: Scan, line: Line) -> int:
    """A container between colons, or the end of one."""
    found = _COLONS.match(line.body)
    if found is None:
        return NOTHING
    kind = (found["kind"] or "").lower()
    if not kind:
        return _close(scan, found[1])
    if kind not in KINDS:
        return NOTHING
    title = (found["title"] if found["label"] is None else found["label"]) or scan.document.title_of(kind)
    parent = scan.make_room().element
    element = _folding(parent, "", title) if kind == "details" else _box(parent, kind, title)
    scan.begin(Fenced(element, mark=found[1], line=scan.number))
    return TAKEN


def _close(scan: Scan, mark: str) -> int:
    """Close the innermost container with so many colons, else the innermost with fewer."""
    opened = [(depth, one) for depth, one in enumerate(scan.stack[: scan.matched]) if isinstance(one, Fenced) and one.mark[0] == ":"]
    fitting = [pair for pair in opened if pair[1].mark == mark] or [pair for pair in opened if len(pair[1].mark) < len(mark)]
    if not fitting:
        return NOTHING
    depth, container = fitting[-1]
    container.closed = True
    scan.settle(depth)
    return TAKEN

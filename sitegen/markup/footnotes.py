"""Footnotes numbered as they are first referred to, with the roles of DPUB-ARIA."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.markup.blocks import Parser
from sitegen.markup.rendered import Labels
from sitegen.markup.trees import attribute

_NO_ID = re.compile(r"[^\w.:-]+")


class FootnotesExtension(FootnoteExtension):
    """The ``footnotes`` extension in document order; notes that nothing refers to are left out."""

    def __init__(self, labels: Labels) -> None:
        options: dict[str, Any] = {"USE_DEFINITION_ORDER": False, "BACKLINK_TITLE": attribute(labels.footnote_back)}
        super().__init__(**options)
        self._labels = labels
        self._notes: dict[str, Element] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        """Register after the notes are ordered and their back links doubled."""
        super().extendMarkdown(md)
        if isinstance(md.parser, Parser):
            md.parser.document.notes = self
        md.treeprocessors.register(_Roles(self, self._labels), "footnote-roles", 14)

    def reset(self) -> None:
        """Forget the notes of the last document."""
        super().reset()
        self._notes = {}

    def define(self, name: str) -> Element:
        """The element for the blocks of the note of that name; of two notes of one name the first counts."""
        element = Element("li", {"id": self.makeFootnoteId(name)})
        if name not in self._notes:
            self._notes[name] = element
            self.setFootnote(name, name)
        return element

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: ARG002, N802  the base's
        """What the base makes, of the blocks that the parser has made already."""
        if not self._notes:
            return None
        box = Element("div", {"class": "footnote"})
        SubElement(box, "hr")
        notes = SubElement(box, "ol")
        for number, (name, item) in enumerate(self._notes.items(), 1):
            notes.append(item)
            title = self.getConfig("BACKLINK_TITLE").format(number)
            link = Element("a", {"href": "#" + self.makeFootnoteRefId(name), "class": "footnote-backref", "title": title})
            link.text = FN_BACKLINK_TEXT
            _last_paragraph(item).append(link)
        return box


def _last_paragraph(item: Element) -> Element:
    """The paragraph at the end of a note, for what is said last."""
    last = item[-1] if len(item) else None
    if last is None or last.tag != "p" or isinstance(last.text, AtomicString):
        return SubElement(item, "p")
    last.text = (last.text or "") + NBSP_PLACEHOLDER
    return last


class _Roles(Treeprocessor):
    def __init__(self, footnotes: FootnotesExtension, labels: Labels) -> None:
        super().__init__()
        self._footnotes, self._labels = footnotes, labels

    def run(self, root: Element) -> None:
        if not self._footnotes.footnotes:
            return
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "div" and child.get("class") == "footnote":
                    self._finish(child, parent)
        for link in root.iter("a"):
            _give_role(link)
        for element in root.iter():
            for name in ("id", "href"):
                if element.get(name, "").startswith(("fn", "#fn")):
                    element.set(name, ("#" if name == "href" else "") + _NO_ID.sub("-", element.get(name, "").lstrip("#")))

    def _finish(self, notes: Element, parent: Element) -> None:
        """Make the list of notes a section, or take it out when nothing refers to any of them."""
        used = {self._footnotes.makeFootnoteId(name) for name in self._footnotes.footnote_order}
        items = notes.find("ol")
        for item in list(items) if items is not None else []:
            if item.get("id") not in used and items is not None:
                items.remove(item)
            _tell_apart([link for link in item.iter("a") if link.get("class") == "footnote-backref"])
        if not used:
            parent.remove(notes)
            return
        rule = notes.find("hr")
        if rule is not None:
            notes.remove(rule)
        notes.tag = "section"
        notes.attrib = {"class": "footnotes", "role": "doc-endnotes", "aria-label": attribute(self._labels.footnotes)}


def _tell_apart(links: list[Element]) -> None:
    """Give each way back from one note a label of its own, and the second and later ones their number to see."""
    for number, link in enumerate(links[1:], 2):
        link.set("title", f"{link.get('title', '')}-{number}")
        SubElement(link, "sup").text = str(number)


def _give_role(link: Element) -> None:
    if link.get("class") == "footnote-ref":
        link.set("role", "doc-noteref")
    elif link.get("class") == "footnote-backref":
        link.set("role", "doc-backlink")
        link.set("aria-label", link.attrib.pop("title", ""))

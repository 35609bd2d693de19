"""Footnotes numbered as they are first referred to, with the roles of DPUB-ARIA."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.rendered import Labels
from sitegen.markup.trees import attribute

_NO_ID = re.compile(r"[^\w.:-]+")


class FootnotesExtension(FootnoteExtension):
    """The ``footnotes`` extension in document order; notes that nothing refers to are left out."""

    def __init__(self, labels: Labels) -> None:
        options: dict[str, Any] = {"USE_DEFINITION_ORDER": False, "BACKLINK_TITLE": attribute(labels.footnote_back)}
        super().__init__(**options)
        self._labels = labels

    def extendMarkdown(self, md: Markdown) -> None:
        """Register after the notes are ordered and their back links doubled."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_Roles(self, self._labels), "footnote-roles", 14)


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
        if not used:
            parent.remove(notes)
            return
        rule = notes.find("hr")
        if rule is not None:
            notes.remove(rule)
        notes.tag = "section"
        notes.attrib = {"class": "footnotes", "role": "doc-endnotes", "aria-label": attribute(self._labels.footnotes)}


def _give_role(link: Element) -> None:
    if link.get("class") == "footnote-ref":
        link.set("role", "doc-noteref")
    elif link.get("class") == "footnote-backref":
        link.set("role", "doc-backlink")
        link.set("aria-label", link.attrib.pop("title", ""))

"""Admonitions that say what they are to those who do not see the colour."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.rendered import Labels


class AdmonitionsExtension(Extension):
    """Gives titles and roles to the boxes that the block parser makes, and names where the title does not tell the type."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels

    def extendMarkdown(self, md: Markdown) -> None:
        """Register before inline parsing, while titles are the text as written."""
        parser: Any = md.parser
        parser.document.title_of = self._labels.kind
        md.treeprocessors.register(_Roles(md, self._labels), "admonition-role", 22)


class _Roles(Treeprocessor):
    def __init__(self, md: Markdown, labels: Labels) -> None:
        super().__init__(md)
        self._labels = labels

    def run(self, root: Element) -> None:
        for box in root.iter("div"):
            words = box.get("class", "").split()
            if words[:1] == ["admonition"] and len(words) > 1:
                _name(box, self._labels.kind(words[1]))


def _name(box: Element, kind: str) -> None:
    box.set("role", "note")
    title = box.find("p[@class='admonition-title']")
    if title is None or (title.text or "").strip().casefold() != kind.casefold():
        box.set("aria-label", kind)

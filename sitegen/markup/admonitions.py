"""Admonitions that say what they are to those who do not see the colour."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class AdmonitionsExtension(Extension):
    """Gives roles to the boxes that the block parser makes, and names where the title does not tell the type."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register before inline parsing, while titles are the text as written."""
        md.treeprocessors.register(_Roles(md), "admonition-role", 22)


class _Roles(Treeprocessor):
    def run(self, root: Element) -> None:
        for box in root.iter("div"):
            words = box.get("class", "").split()
            if words[:1] == ["admonition"] and len(words) > 1:
                _name(box, words[1])


def _name(box: Element, kind: str) -> None:
    box.set("role", "note")
    title = box.find("p[@class='admonition-title']")
    if title is None or (title.text or "").strip().lower() != kind:
        box.set("aria-label", kind.capitalize())

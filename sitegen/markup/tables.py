"""Tables that scroll by themselves, with their alignment as classes: a strict policy forbids `style`, HTML forbids `align`."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableExtension, TableProcessor


class TablesExtension(TableExtension):
    """The ``tables`` extension with a wrapper around each table."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register as `TableExtension` does."""
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(TablesProcessor(md.parser, {"use_align_attribute": True}), "table", 75)


class TablesProcessor(TableProcessor):
    """The ``table`` processor with a wrapper around what it makes."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        table = parent[-1]
        for cell in table.iter():
            if cell.tag == "th":
                cell.set("scope", "col")
            if "align" in cell.attrib:
                cell.set("class", f"align-{cell.attrib.pop('align')}")
        wrapper = Element("div", {"class": "table", "tabindex": "0"})
        parent[-1] = wrapper
        wrapper.append(table)

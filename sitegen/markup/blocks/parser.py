"""Python-Markdown's block parser, with the block phase of CommonMark in the place of its own.

The processors of Python-Markdown and of the extensions that we bring take blocks that blank lines part, and each looks for what it knows
anywhere in one. What authors of GitHub write cannot be told so: a fence in an item, a list right below a paragraph, an item indented
by two. So none of them is asked; those that a site brings itself are, about each paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser

from sitegen.markup.blocks import callouts, html, lists, starts, tables
from sitegen.markup.blocks.delimited import Delimited, start_of
from sitegen.markup.blocks.document import Document
from sitegen.markup.blocks.guests import Guests
from sitegen.markup.blocks.scan import Scan, Start

# By the first character of a line, in this order; nothing begins with white space, but a line that does is not of the simple ones.
_STARTS: dict[str, tuple[Start, ...]] = {
    ">": (callouts.start_alert, starts.start_quote),
    "#": (starts.start_heading,),
    "`": (starts.start_fence,),
    "~": (starts.start_fence,),
    "<": (html.start_html,),
    "=": (callouts.start_tab, starts.start_underline),
    "-": (starts.start_underline, tables.start_table, starts.start_rule, lists.start_item),
    "*": (starts.start_rule, lists.start_item),
    "_": (starts.start_rule,),
    "+": (lists.start_item,),
    **dict.fromkeys("0123456789", (lists.start_item,)),
    "|": (tables.start_table,),
    ":": (callouts.start_colons, tables.start_table, lists.start_description),
    "[": (starts.start_note,),
    "!": (callouts.start_admonition,),
    "?": (callouts.start_details,),
    "{": (starts.start_truncation,),
    " ": (),
    "\t": (),
}


class Parser(BlockParser):
    """Takes the place of `stock`, and its registry of processors. Each document begins with `parseDocument`."""

    def __init__(self, md: Markdown, stock: BlockParser) -> None:
        super().__init__(md)
        self.blockprocessors = stock.blockprocessors
        for processor in self.blockprocessors:
            processor.parser = self
        self.document = Document(md)
        self._starts = dict(_STARTS)
        self._guests = Guests((), self._scan)

    def add_kind(self, kind: Delimited) -> None:
        """Let blocks of that kind begin, before all others."""
        for first in kind.first:
            self._starts[first] = (start_of(kind), *self._starts.get(first, ()))

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802  the base's name
        """Parse a document, with the processors as they are registered now."""
        self._guests = Guests(self.blockprocessors, self._scan)
        self.document.guests = self._guests if self._guests.processors else None
        self.root = Element(self.md.doc_tag)
        lines = list(lines)
        # What stands behind the last line end is no line, not even in a fence that nothing closes.
        Scan(self.document, self._starts, self.root, lines[:-1] if lines[-1:] == [""] else lines).run()
        return ElementTree(self.root)

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802  the base's name
        """Parse text whose blocks go to `parent`, for a processor of a site."""
        self._guests.parse_for(parent, text)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  the base's name
        """Parse what was text with blank lines between these `blocks`, which are used up."""
        text = "\n\n".join(blocks)
        blocks.clear()
        self.parseChunk(parent, text)

    def _scan(self, parent: Element, text: str, line: int) -> None:
        Scan(self.document, self._starts, parent, text.split("\n"), first=line).run()

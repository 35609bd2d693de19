"""Python-Markdown's block parser without the processors that cannot match.

It asks every processor about every block. Most blocks are paragraphs, and each processor wants a line that starts with a
character of its own: one look at those starts settles most of the questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    OListProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
    UListProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.util import STX
from pymdownx.details import DetailsProcessor
from pymdownx.superfences import SuperFencesCodeBlockProcessor
from pymdownx.tabbed import TabbedProcessor

from sitegen.markup.tables import TablesProcessor

# What one of a block's lines must start with, one of it, for a processor of that very class to want the block. A line break
# stands for no line at all. Of the first line alone a zero stands for all digits, and a tab, which no block has, for a space.
_STARTS: dict[type, str] = {
    AdmonitionProcessor: "!\t",
    DetailsProcessor: "?\t",
    TabbedProcessor: "=\t",
    MarkdownInHtmlProcessor: STX,
    EmptyBlockProcessor: "\n",
    ListIndentProcessor: "\t",
    DefListIndentProcessor: "\t",
    CodeBlockProcessor: "\t",
    SuperFencesCodeBlockProcessor: "\t",
    TablesProcessor: "|:- \\",  # the backslashes before a row's last pipe are taken for a part of the border
    HashHeaderProcessor: "#",
    SetextHeaderProcessor: "=-",
    HRProcessor: "-_* \t",
    OListProcessor: "0\t",
    UListProcessor: "*+-\t",
    DefListProcessor: ": \t",
    BlockQuoteProcessor: "> \t",
    FootnoteBlockProcessor: "[ \t",
    AbbrBlockprocessor: "*",
    ReferenceProcessor: "[ \t",
}
_SPECIAL = frozenset("".join(_STARTS.values()))
_START = re.compile("\\n(?=([{}]))".format(re.escape("".join(sorted(_SPECIAL - {"0", "\t"})))))


class Parser(BlockParser):
    """The stock parser, but for the loop over the processors. Takes over the processors of `stock`."""

    def __init__(self, md: Markdown, stock: BlockParser) -> None:
        super().__init__(md)
        self.blockprocessors = stock.blockprocessors
        for processor in self.blockprocessors:
            processor.parser = self
        self._all: list[Any] = []
        self._wanted: dict[frozenset[str], tuple[Any, ...]] = {}

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802  the base's name
        """Take the processors as they are registered now.

        Does what its base does itself: how deep blocks may be nested depends on the number of frames.
        """
        processors = list(self.blockprocessors)
        if processors != self._all:
            self._all, self._wanted = processors, {}
        self.root = Element(self.md.doc_tag)
        self.parseChunk(self.root, "\n".join(lines))
        return ElementTree(self.root)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  the base's name
        """Give each block to the first processor that takes it."""
        while blocks:
            block = blocks[0]
            starts = set(_START.findall(block)) if "\n" in block else set()
            first = block[:1]
            if first == " ":
                first = "\t"
            elif first not in _SPECIAL:
                first = "0" if first.isdecimal() else "" if first else "\n"
            starts.add(first)
            for processor in self._wanted.get(frozenset(starts)) or self._want(frozenset(starts)):
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break

    def _want(self, starts: frozenset[str]) -> tuple[Any, ...]:
        """The processors that may want a block whose lines start so; one of a class that is not in the table may want any block."""
        found = (one for one in self._all if type(one) not in _STARTS or not starts.isdisjoint(_STARTS[type(one)]))
        self._wanted[starts] = tuple(found)
        return self._wanted[starts]

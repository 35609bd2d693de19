"""The block structure of Markdown as CommonMark and GitHub define it, for Python-Markdown.

- parser: takes the place of Python-Markdown's block parser
- delimited: how an extension adds a kind of block; guests: the block processors that a site brings
- scan: the way through the lines, with a stack of open containers; lines: one line, its columns
- containers: blocks that hold blocks, and which lines they go on with; leaves: blocks that hold text or code
- starts, lists, callouts, html, tables: what may begin in a line
- definitions: of links and abbreviations
- document: what the blocks of one document share
"""

from __future__ import annotations

from sitegen.markup.blocks.delimited import Delimited, Found
from sitegen.markup.blocks.document import Block, Trouble
from sitegen.markup.blocks.parser import Parser

__all__ = ["Block", "Delimited", "Found", "Parser", "Trouble"]

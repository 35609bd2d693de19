"""JSON front matter: Hugo's object, Hexo's that ends with ``;;;`` and may lack its braces, and ``---json``.

A small reader of RFC 8259 that keeps each value's place, refuses a key that comes twice, and holds the limits while it reads.
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring

from sitegen.frontmatter.block import Block
from sitegen.yaml_nodes import DEPTH, Mapping, Node, Scalar, Sequence

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])|(?:true|false|null)\b")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(block: Block) -> Mapping:
    """The keys of `block`, an object with its braces or without.

    Raises:
        FrontMatterError: it is not JSON, is no object, or goes past the limits.
    """
    reader = _Reader(block)
    text = block.text
    start = _skip(text, 0)
    if start == len(text):
        return block.mapping(None)
    if text[start] == '"':
        node, end = reader.members(start, start, 1, closing="")
    else:
        node, end = reader.value(start, 0)
    end = _skip(text, end)
    if end < len(text):
        reader.refuse("there is text after its end", end)
    return block.mapping(node)


def end(block: Block) -> int:
    """Where the object that `block` starts with ends.

    Raises:
        FrontMatterError: it is not JSON.
    """
    return _Reader(block).value(0, 0)[1]


def _skip(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


class _Reader:
    def __init__(self, block: Block) -> None:
        self.block, self.text = block, block.text
        self._line, self._counted = block.line, 0

    def refuse(self, reason: str, offset: int) -> None:
        line, column = self.block.place(min(offset, len(self.text)))
        self.block.fail(f"is not valid JSON: {reason}", line, column, "keys and texts stand in double quotes, with commas between, none at the end")

    def value(self, offset: int, depth: int) -> tuple[Node, int]:
        """The value at `offset`, and where it ends."""
        line, column = self._place(offset)
        if depth >= DEPTH:
            self.block.fail(f"is nested too deeply: more than {DEPTH} levels", line, column, "flatten it")
        opening = self.text[offset : offset + 1]
        if opening == '"':
            text, after = self._string(offset)
            return Scalar(text, line, column, quoted=True), after
        if opening == "{":
            return self.members(_skip(self.text, offset + 1), offset, depth + 1, closing="}")
        if opening == "[":
            return self._items(offset, depth + 1)
        word = _WORD.match(self.text, offset)
        if word is None:
            self.refuse("expected a value", offset)
            raise AssertionError
        return Scalar(word[0], line, column), word.end()

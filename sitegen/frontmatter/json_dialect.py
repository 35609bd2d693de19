"""JSON front matter: Hugo's object, Hexo's that ends with ``;;;`` and may lack its braces, and ``---json``.

A small reader of RFC 8259 that keeps each value's place, refuses a key that comes twice, and holds the limits while it reads.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

from sitegen.frontmatter.block import Block
from sitegen.yaml_nodes import DEPTH, Mapping, Node, Scalar, Sequence

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])|(?:true|false|null)\b")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?>(?:\\.[^"\\\x00-\x1f]*+)*)"')
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(block: Block) -> Mapping:
    """The keys of `block`, an object with its braces or without.

    Raises:
        FrontMatterError: it is not JSON, is no object, or goes past the limits.
    """
    reader = _Reader(block)
    start = skip(block.text, 0)
    if start == len(block.text):
        return block.mapping(None)
    if block.text[start] == '"':
        node, end = reader.members(start, (block.line, 1), 1, closing="")
    else:
        node, end = reader.value(start, 0)
    end = skip(block.text, end)
    if end < len(block.text):
        reader.refuse("there is text after its end", end)
    return block.mapping(node)


def end(block: Block) -> int:
    """Where the object that `block` starts with ends.

    Raises:
        FrontMatterError: it is not JSON.
    """
    return _Reader(block).value(0, 0)[1]


def skip(text: str, offset: int) -> int:
    """Where the white space at `offset` ends."""
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


class _Reader:
    def __init__(self, block: Block) -> None:
        self.block, self.text = block, block.text
        self._line, self._start = block.line, 0

    def refuse(self, reason: str, offset: int) -> NoReturn:
        line, column = self.block.place(min(offset, len(self.text)))
        self.block.fail(
            f"is not valid JSON: {reason}", line, column, "keys and texts stand in double quotes, with a comma between two pairs"
        )

    def value(self, offset: int, depth: int) -> tuple[Node, int]:
        """The value at `offset`, and where it ends."""
        line, column = self._place(offset)
        if depth >= DEPTH:
            self.block.fail(f"is nested too deeply: more than {DEPTH} levels", line, column, "flatten it")
        if offset > self.block.limit:
            self.block.too_large()
        opening = self.text[offset : offset + 1]
        if opening == '"':
            text, after = self._string(offset)
            return Scalar(text, line, column, quoted=True), after
        if opening == "{":
            return self.members(offset + 1, (line, column), depth + 1, closing="}")
        if opening == "[":
            return self._items(offset + 1, (line, column), depth + 1)
        word = _WORD.match(self.text, offset)
        if word is None:
            self.refuse("expected a value", offset)
        return Scalar(word[0], line, column), word.end()

    def members(self, offset: int, place: tuple[int, int], depth: int, *, closing: str) -> tuple[Node, int]:
        """The pairs from `offset` on up to `closing`, or to the end of the text where that is empty."""
        pairs: dict[str, tuple[Scalar, Node]] = {}
        offset = self._skip(offset)
        while not self._closes(offset, closing) or pairs:
            key, offset = self._key(offset, pairs)
            value, offset = self.value(self._skip(offset), depth)
            pairs[key.text] = (key, value)
            offset = self._skip(offset)
            if self._closes(offset, closing):
                break
            offset = self._skip(self._expect(",", offset))
            if not closing and self._closes(offset, closing):
                break
        return Mapping(tuple(pairs.values()), *place), offset + len(closing)

    def _items(self, offset: int, place: tuple[int, int], depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        offset = self._skip(offset)
        while not self._closes(offset, "]") or items:
            item, offset = self.value(offset, depth)
            items.append(item)
            offset = self._skip(offset)
            if self._closes(offset, "]"):
                break
            offset = self._skip(self._expect(",", offset))
        return Sequence(tuple(items), *place), offset + 1

    def _key(self, offset: int, pairs: dict[str, tuple[Scalar, Node]]) -> tuple[Scalar, int]:
        line, column = self._place(offset)
        if self.text[offset : offset + 1] != '"':
            self.refuse("expected a key in double quotes", offset)
        name, offset = self._string(offset)
        if name in pairs:
            self.block.fail(f"has the key `{name}` twice, first on line {pairs[name][0].line}", line, column, "keep one of them")
        return Scalar(name, line, column, quoted=True), self._expect(":", self._skip(offset))

    def _string(self, offset: int) -> tuple[str, int]:
        found = _STRING.match(self.text, offset)
        if found is None:
            self.refuse("a text is not closed on its line", offset)
        try:
            text: str = json.loads(found[0])
        except json.JSONDecodeError as error:
            self.refuse(f"{error.msg[:1].lower()}{error.msg[1:]}", offset + error.pos)
        if _SURROGATE.search(text):
            self.refuse("half of a surrogate pair stands alone", offset)
        return text, found.end()

    def _closes(self, offset: int, closing: str) -> bool:
        return self.text.startswith(closing, offset) if closing else offset >= len(self.text)

    def _expect(self, mark: str, offset: int) -> int:
        if not self.text.startswith(mark, offset):
            self.refuse(f"expected `{mark}`", offset)
        return offset + 1

    def _skip(self, offset: int) -> int:
        return skip(self.text, offset)

    def _place(self, offset: int) -> tuple[int, int]:
        """As `Block.place`, counting on from the last place asked for."""
        line_end = self.text.rfind("\n", self._start, offset)
        if line_end >= 0:
            self._line += self.text.count("\n", self._start, offset)
            self._start = line_end + 1
        return self._line, offset - self._start + 1

"""The text between the delimiters, on its way to nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from sitegen.errors import FrontMatterError
from sitegen.yaml_nodes import Mapping, Node, Source

SUBJECT = "the front matter"


@dataclass(frozen=True, slots=True)
class Block:
    """One front matter as written; `line` is the file's line that it begins at, `limit` its size in bytes at most."""

    text: str
    path: str
    line: int
    limit: int

    def fail(self, message: str, line: int, column: int, hint: str = "") -> NoReturn:
        """Raise `message` at a place in the file."""
        Source(self.text, self.path, self.line, FrontMatterError, SUBJECT).fail(f"{SUBJECT} {message}", line, column, hint)

    def too_large(self, size: int = 0) -> NoReturn:
        """Raise that the block is over its limit."""
        message = f"{SUBJECT} is {f'{size:,}' if size else f'more than {self.limit:,}'} bytes, the limit is {self.limit:,}"
        hint = "move the text into the body, or raise `limits: {front_matter_kb: …}` in site.yaml"
        raise FrontMatterError(message, rule="too-large", path=self.path, line=1, hint=hint)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column in the file of the character at `offset` of the text."""
        line = self.text.count("\n", 0, offset)
        return self.line + line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1

    def mapping(self, node: Node | None) -> Mapping:
        """`node` where it is a mapping, an empty one where there is nothing."""
        if node is None:
            return Mapping((), self.line, 1)
        if not isinstance(node, Mapping):
            hint = "write `title: …`, or leave a blank line after a rule that opens a page"
            self.fail("must be a mapping: lines of `key: value`", node.line, node.column, hint)
        return node

"""One line on its way through the containers: what is left of it, and in which column that stands."""

from __future__ import annotations

TAB = 4


class Line:
    """`text` is what is left, `body` the same without the `indent` columns of white space before it.

    Tabs stay as they are, so that code keeps them, but for one of which a container takes a part
    (https://spec.commonmark.org/0.31.2/#tabs).
    """

    __slots__ = ("body", "column", "indent", "text")

    def __init__(self, text: str = "", column: int = 0) -> None:
        self.start(text, column)

    def start(self, text: str, column: int = 0) -> None:
        """Begin with `text`, which stands in `column`."""
        self.text, self.column = text, column
        self.body = body = text.lstrip(" \t")
        self.indent = len(text) - len(body)
        if self.indent and "\t" in text:
            self.indent = _columns(text[: self.indent], column)

    def drop(self, columns: int) -> None:
        """Leave out that many columns of white space; there are as many."""
        taken = used = 0
        while taken < columns:
            taken += TAB - (self.column + taken) % TAB if self.text[used] == "\t" else 1
            used += 1
        self.text = " " * (taken - columns) + self.text[used:]
        self.column += columns
        self.indent -= columns

    def skip(self, count: int) -> None:
        """Leave out the white space and the first `count` characters of the body."""
        self.start(self.body[count:], self.column + self.indent + count)


def _columns(space: str, column: int) -> int:
    """How wide white space is that begins in `column`."""
    at = column
    for character in space:
        at += TAB - at % TAB if character == "\t" else 1
    return at - column

"""Nodes: what YAML, TOML and JSON become, each value with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written. ``quoted`` is true of every style that is always text: quotes and blocks."""

    text: str
    line: int
    column: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def plain(node: Node | None) -> Any:
    """`node` as dict, list, str, int, float, bool or None, by the core schema of YAML 1.2 with decimal numbers only.

    So ``no``, ``12:30``, ``010`` and dates stay text, as does a number that would not be the same when written again.
    """
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.text if node.quoted else _typed(node.text)
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def find(node: Node | None, keys: Iterable[str | int]) -> tuple[int, int]:
    """Line and column of the value at the path `keys`; of its key where the value is empty, of the nearest ancestor where it is absent."""
    if node is None:
        return 0, 0
    place = (node.line, node.column)
    for key in keys:
        step = _step(node, key)
        if step is None:
            break
        place, node = step
    return place


_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,17}|(?:0|[1-9][0-9]{0,16})(?:\.[0-9]{0,17})?)(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = (
    dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
    | dict.fromkeys(("null", "Null", "NULL", "~", ""), None)
)


def _typed(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _step(node: Node, key: str | int) -> tuple[tuple[int, int], Node] | None:
    if isinstance(node, Sequence) and isinstance(key, int) and 0 <= key < len(node.items):
        item = node.items[key]
        return (item.line, item.column), item
    if not isinstance(node, Mapping):
        return None
    for name, value in node.pairs:
        if name.text == str(key):
            place = name if isinstance(value, Scalar) and not value.text and not value.quoted else value
            return (place.line, place.column), value
    return None

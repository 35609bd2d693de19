"""TOML between ``+++`` lines, or after ``---toml``: Zola and Hugo."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any, NoReturn

from sitegen.errors import FrontMatterError
from sitegen.frontmatter.block import Block
from sitegen.yaml_nodes import DEPTH, Mapping, Node, Scalar, Sequence, shown

Path = tuple[str | int, ...]

_AT = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_NAME = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART}){{0,{DEPTH}}}"
_TABLE = re.compile(rf"[ \t]*(?P<open>\[\[?)[ \t]*(?P<name>{_NAME})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*(?P<name>{_NAME})[ \t]*=[ \t]*")
_PARTS = re.compile(_PART)
_MULTILINE = re.compile(r"\"\"\"|'''")
_LONG_NAME = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}[ \t]*\.[ \t]*){{{DEPTH}}}")
_UNQUOTED = re.compile(r"=[ \t]*[^\s\"'\[{0-9tf+-]")
_ENTRY = re.compile(r"\s*(?P<key>[\w-]+)\s*=\s*(?P<value>.*\S)")


class _Number(str):
    """A float as it was written: ``1.10`` is not 1.1 in a title."""

    __slots__ = ()


def read(block: Block) -> Mapping:
    """The keys of `block`. Places are those of the pairs at the start of a line; within an inline table, of the pair around it.

    Raises:
        FrontMatterError: it is not TOML, has a date that does not exist, or nests too deeply.
    """
    long_name = _LONG_NAME.search(block.text)
    if long_name:
        block.fail(f"is nested too deeply: more than {DEPTH} levels", *block.place(long_name.start()), "flatten it")
    try:
        values = tomllib.loads(block.text, parse_float=_Number)
    except tomllib.TOMLDecodeError as error:
        _refuse(block, str(error))
    except ValueError:
        block.fail("has a number of too many digits", block.line, 0, "quote it")
    except RecursionError:
        block.fail(f"is nested too deeply: more than {DEPTH} levels", block.line, 0, "flatten it")
    return _Reader(block, _places(block)).mapping(values, ())


def _refuse(block: Block, text: str) -> NoReturn:
    """Raise what tomllib says at the place it names; its positions stand in its text alone."""
    at = _AT.search(text)
    reason = text[: at.start()] if at else text
    if at and at["line"]:
        line, column = block.line + int(at["line"]) - 1, int(at["column"])
    else:
        line, column = block.place(len(block.text.rstrip()))
    lines = block.text.split("\n")
    excerpt = lines[line - block.line] if line - block.line < len(lines) else ""
    if reason.startswith("Invalid date"):
        found = _ENTRY.match(excerpt)
        raise FrontMatterError(
            f"`{found['value']}` is a date that does not exist" if found and shown(excerpt) else "a date does not exist",
            rule="bad-date",
            path=block.path,
            line=line,
            column=found.start("value") + 1 if found else column,
            excerpt=shown(excerpt),
            hint="write it as 2024-05-30 or 2024-05-30T14:05:00+02:00",
        )
    twice = _ENTRY.match(excerpt)
    if reason == "Cannot overwrite a value" and twice:
        first = max(
            (place[0] for path, place in _places(block).items() if path[-1] == twice["key"] and place[0] < line), default=block.line
        )
        block.fail(f"has the key `{twice['key']}` twice, first on line {first}", line, twice.start("key") + 1, "keep one of them")
    block.fail(f"is not valid TOML: {_lower(reason)}", line, column, _cure(excerpt))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _cure(excerpt: str) -> str:
    if not shown(excerpt):
        return "quote the text"
    found = _ENTRY.match(excerpt)
    if found and _UNQUOTED.search(excerpt):
        return f'quote the {found["key"]}: {found["key"]} = "{found["value"]}"'
    return "write `key: value` lines between `---`, not `+++`" if re.match(r"\s*[\w-]+:\s", excerpt) else ""


class _Reader:
    """TOML's values to nodes."""

    def __init__(self, block: Block, places: dict[Path, tuple[int, int, int]]) -> None:
        self.block, self.places = block, places

    def mapping(self, values: dict[str, Any], path: Path) -> Mapping:
        line, column = self._place(path)[:2]
        return Mapping(
            tuple((self._key(name, (*path, name)), self._node(value, (*path, name))) for name, value in values.items()), line, column
        )

    def _key(self, name: str, path: Path) -> Scalar:
        line, _, column = self._place(path)
        return Scalar(name, line, column, quoted=True)

    def _node(self, value: Any, path: Path) -> Node:
        line, column, _ = self._place(path)
        if len(path) > DEPTH:
            self.block.fail(f"is nested too deeply: more than {DEPTH} levels", line, column, "flatten it")
        if isinstance(value, dict):
            return self.mapping(value, path)
        if isinstance(value, list):
            return Sequence(tuple(self._node(item, (*path, number)) for number, item in enumerate(value)), line, column)
        if isinstance(value, str) and not isinstance(value, _Number):
            return Scalar(value, line, column, quoted=True)
        return Scalar(_text(value, self.block, line, column), line, column)

    def _place(self, path: Path) -> tuple[int, int, int]:
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (self.block.line, 1, 1))


def _text(value: object, block: Block, line: int, column: int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    try:
        return str(value)
    except ValueError:
        block.fail("has a number of too many digits", line, column, "quote it")


def _places(block: Block) -> dict[Path, tuple[int, int, int]]:
    """Where each pair stands: the line, the column of its value, the column of its key."""
    places: dict[Path, tuple[int, int, int]] = {}
    tables: dict[Path, int] = {}
    prefix: Path = ()
    inside = ""
    for number, line in enumerate(block.text.split("\n"), block.line):
        marks = _MULTILINE.findall(line)
        if inside:
            inside = "" if marks.count(inside) % 2 else inside
            continue
        table, pair = _TABLE.match(line), _PAIR.match(line)
        if table:
            prefix = _names(table["name"])
            if table["open"] == "[[":
                tables[prefix] = tables.get(prefix, -1) + 1
                places.setdefault(prefix, (number, table.start("open") + 1, table.start("open") + 1))
                prefix = (*prefix, tables[prefix])
            places.setdefault(prefix, (number, table.start("open") + 1, table.start("open") + 1))
        elif pair:
            places.setdefault((*prefix, *_names(pair["name"])), (number, pair.end() + 1, pair.start("name") + 1))
            inside = marks[0] if marks and marks.count(marks[0]) % 2 else ""
    return places


def _names(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PARTS.findall(name))

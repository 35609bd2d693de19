"""A content file's text to front matter and body, by explicit delimiters alone: no body is ever taken for metadata by its looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NoReturn

from sitegen.errors import FrontMatterError
from sitegen.frontmatter import header_dialect, json_dialect, toml_dialect, yaml_dialect
from sitegen.frontmatter.block import Block
from sitegen.frontmatter.keys import HEADS, folded
from sitegen.yaml_nodes import SIZE, Mapping, shown

Dialect = Literal["yaml", "toml", "json", "header", "none"]

_FENCE = re.compile(r"(?P<fence>---|\+\+\+|;;;)(?P<language>[A-Za-z]*)[ \t]*(?:\n|\Z)")
_CLOSINGS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*$", re.MULTILINE),
}
_LANGUAGES: dict[str, Dialect] = {"": "yaml", "yaml": "yaml", "yml": "yaml", "json": "json", "toml": "toml"}
_OBJECT = re.compile(r"\{\s*[\"}]")
_PAIR = re.compile(r"\"[^\"\n]*\"\s*:")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z_][\w.-]*):(?:\s|\Z)")
_READERS: dict[str, Callable[[Block], Mapping]] = {
    "yaml": yaml_dialect.read,
    "toml": toml_dialect.read,
    "json": json_dialect.read,
    "header": header_dialect.read,
}


@dataclass(frozen=True, slots=True)
class Split:
    """One file in two. ``head`` is its text before the body, delimiters too; ``body_line`` is the file's line that the body begins at."""

    meta: Mapping
    body: str
    body_line: int
    dialect: Dialect
    head: str = ""

    def excerpt(self, line: int) -> str:
        """The file's line `line` where it is front matter, unless it holds a password."""
        lines = self.head.split("\n")
        return shown(lines[line - 1]) if 0 < line <= len(lines) else ""


def split(text: str, *, path: str, limit: int = SIZE) -> Split:
    """The front matter and the body of `text`, which is decoded, without byte order mark, with LF.

    Raises:
        FrontMatterError: front matter that is not closed, is over `limit` bytes, cannot be read, or is no mapping.
    """
    fence = _FENCE.match(text)
    if fence:
        return _fenced(text, fence, path, limit)
    if _OBJECT.match(text):
        return _object(text, path, limit)
    if _PAIR.match(text):
        closing = _CLOSINGS[";;;"].search(text)
        return _none(text) if closing is None else _read("json", text, 0, closing.start(), closing.end(), path, limit)
    return _header(text, path, limit)


def _fenced(text: str, fence: re.Match[str], path: str, limit: int) -> Split:
    language = fence["language"].lower()
    if fence["fence"] != "---" and language:
        return _none(text)
    if language not in _LANGUAGES:
        _refuse(
            f"the front matter is in `{language}`, expected YAML, TOML or JSON",
            path,
            text,
            "write its keys as YAML between two `---` lines",
        )
    closing = _CLOSINGS[fence["fence"]].search(text, fence.end())
    if fence["fence"] == "---" and not language and _is_rule(text, fence.end(), closing):
        return _none(text)
    if closing is None:
        _refuse(f"the front matter opened here is never closed, expected a line `{fence['fence']}`", path, text, _unclosed(fence["fence"]))
    dialect: Dialect = "toml" if fence["fence"] == "+++" else "json" if fence["fence"] == ";;;" else _LANGUAGES[language]
    return _read(dialect, text, fence.end(), closing.start(), closing.end(), path, limit)


def _is_rule(text: str, start: int, closing: re.Match[str] | None) -> bool:
    """Whether the ``---`` in the first line is a thematic rule: a blank line follows it, and no front matter after that."""
    end = text.find("\n", start)
    if text[start : end if end >= 0 else len(text)].strip():
        return False
    if closing is None:
        return True
    key = _KEY.match(text, start)
    block = text[start : closing.start()]
    return bool(block.strip()) and not (key and folded(key["key"]) in HEADS)


def _unclosed(fence: str) -> str:
    return f"end it with a line `{fence}`" + (", or leave a blank line after a rule that opens a page" if fence == "---" else "")


def _object(text: str, path: str, limit: int) -> Split:
    """JSON from the first character on; it may end with Hexo's ``;;;``."""
    end = json_dialect.end(Block(text, path, 1, limit))
    closing = re.compile(r"\s*^;;;[ \t]*$|[ \t]*(?=\n|\Z)", re.MULTILINE).match(text, end)
    if closing is None:
        line = text.count("\n", 0, end) + 1
        _refuse(
            "the JSON front matter is followed by text, expected the end of the line",
            path,
            text,
            "start the body on a line of its own",
            line,
        )
    return _read("json", text, 0, end, closing.end(), path, limit)


def _header(text: str, path: str, limit: int) -> Split:
    """``Key: value`` lines up to the first blank one; a text that merely starts like them is body."""
    key = _KEY.match(text)
    if key is None or text[0].isspace() or folded(key["key"]) not in HEADS:
        return _none(text)
    blank = re.compile(r"\n[ \t]*(?:\n|\Z)").search(text)
    end = blank.start() if blank else len(text)
    if not header_dialect.is_header(text[:end]):
        return _none(text)
    return _read("header", text, 0, end, blank.end() - 1 if blank else end, path, limit)


def _read(dialect: Dialect, text: str, start: int, end: int, after: int, path: str, limit: int) -> Split:
    block = Block(text[start:end], path, text.count("\n", 0, start) + 1, limit)
    size = len(block.text.encode(errors="surrogatepass"))
    if size > limit:
        block.too_large(size)
    meta = _READERS[dialect](block)
    after = after + 1 if text[after : after + 1] == "\n" else after
    head = text[:after]
    return Split(meta, text[after:], head.count("\n") + 1, dialect, head)


def _none(text: str) -> Split:
    return Split(Mapping((), 1, 1), text, 1, "none")


def _refuse(message: str, path: str, text: str, hint: str, line: int = 1) -> NoReturn:
    excerpt = text.split("\n", line)[line - 1]
    raise FrontMatterError(message, path=path, line=line, column=1, excerpt=shown(excerpt), hint=hint)

"""What is wrong with a YAML text, said at the line the author has to mend and with the cure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

import yaml

from sitegen.errors import SitegenError

_ENTRY = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#\[\]{},][^:]*?)\s*:[ \t]+(?P<value>\S(?:.*\S)?)\s*$")
_SECRET = re.compile(r"(?i)(?:^|[\s\"'{,\[])(?:post[_-]?)?(?:pas+w\w*|passphrase|encrypt\w*|protect\w*)[\"']?\s*[:=]")
_LONGEST = 500
_STARTS_EARLIER = re.compile(r"end of stream|expected ',' or|could not find expected ':'")


def shown(line: str) -> str:
    """`line` as an excerpt may show it: nothing of one that holds a password."""
    return "" if _SECRET.search(line) else line


@dataclass(frozen=True, slots=True)
class Source:
    """The text under hand, for errors that quote it. Lines and columns count as in the file, from 1."""

    text: str
    path: str
    line: int
    error: type[SitegenError]
    subject: str

    def fail(self, message: str, line: int, column: int, hint: str = "") -> NoReturn:
        """Raise `message` at a place in the file, with the line it stands in."""
        raise self.error(message, path=self.path, line=line, column=column, excerpt=shown(self.excerpt(line)), hint=hint)

    def excerpt(self, line: int) -> str:
        """The file's line `line`, or an empty string past the end."""
        lines = self.text.split("\n")
        number = line - self.line
        return lines[number] if 0 <= number < len(lines) else ""

    def refuse(self, fault: yaml.YAMLError) -> NoReturn:
        """Raise what libyaml says, at the place where the author will see it."""
        if not isinstance(fault, yaml.MarkedYAMLError):
            self.fail(f"{self.subject} is not valid YAML: {str(fault).splitlines()[0]}", self.line, 0)
        problem = fault.problem or "cannot be read"
        mark = fault.context_mark if _STARTS_EARLIER.search(problem) and fault.context_mark else fault.problem_mark
        line, column = self._visible(self.line + mark.line, mark.column + 1) if mark else (self.line, 0)
        self.fail(f"{self.subject} is not valid YAML: {problem}", line, column, cure(self.excerpt(line), column, problem))

    def _visible(self, line: int, column: int) -> tuple[int, int]:
        """The place itself, or the end of the last line with text before it: the end of a file is no place to look at."""
        while line > self.line and not self.excerpt(line).strip():
            line -= 1
            column = len(self.excerpt(line)) + 1
        return line, column


def cure(text: str, column: int, problem: str = "") -> str:
    """What the author of the line `text` most likely has to do about `problem` at `column`."""
    if not shown(text) or len(text) > _LONGEST:
        return "quote the value"
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return "indent with spaces: YAML does not allow tabs there"
    if problem.startswith("could not find expected ':'"):
        return "write it as `key: value`, or indent it so that it goes on with the line above"
    if problem.endswith("'-' indicator"):
        return "start every line of the list with `- `, or indent the keys alike"
    entry = _ENTRY.match(text)
    if entry is None:
        return "quote the text"
    key, value = entry["key"], entry["value"]
    if problem.startswith("mapping values") and column <= entry.end("key") + 1:
        return f"start `{key}` in the same column as the keys above it, or quote the text it goes on with"
    if "escape" in problem:
        return f"use single quotes, where a backslash is only a backslash: {key}: {single_quoted(_unquoted(value))}"
    quoted = quote(_unquoted(value)) if len(value) <= 100 else "the whole of it"
    closing = "close the quote, or " if "end of stream" in problem else "close the bracket, or " if "expected ','" in problem else ""
    return f"{closing}quote the {key}: {quoted}"


def quote(text: str) -> str:
    """`text` as a YAML scalar that is text, in the quotes that need no escape."""
    return single_quoted(text) if '"' in text or "\\" in text else f'"{text}"'


def single_quoted(text: str) -> str:
    """`text` in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def _unquoted(value: str) -> str:
    opening = value[0]
    if opening not in "\"'":
        return value
    return value[1:-1] if len(value) > 1 and value[-1] == opening else value[1:] if opening not in value[1:] else value

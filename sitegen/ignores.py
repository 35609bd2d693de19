"""Comments that silence a rule at one line: ``<!-- sitegen: ignore RULE -->``, in YAML and TOML ``# sitegen: ignore RULE``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sitegen.errors import Problem, SitegenError
from sitegen.nearest import most_like
from sitegen.report import RULES, Ignore
from sitegen.yaml_nodes import shown

_MARKDOWN = re.compile(r"<!--[ \t]*+sitegen:[ \t]*+ignore\b(?P<rules>[^\n<>]*?)-->")
_HASH = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*+sitegen:[ \t]*+ignore\b(?P<rules>[^\n]*)$", re.MULTILINE)
# Each takes reading the text once more.
_TRIED_ONE_BY_ONE = 20

IsComment = Callable[[int, int], bool]
Found = tuple[tuple[Ignore, ...], tuple[Problem, ...]]


def in_markdown(body: str, *, line: int, code: Callable[[str], Iterable[tuple[int, int]]]) -> Found:
    """The comments of a body that begins at the file's `line`, and what is wrong with them; `code` finds what is code or a comment."""
    if "sitegen:" not in body:
        return (), ()
    spans = set(code(body))
    return _found(_MARKDOWN, body, line, lambda start, end: (start, end) in spans)


def in_hash_comments(text: str, *, read: Callable[[str], object]) -> Found:
    """Those of YAML or TOML that begins at the file's first line. What `read` makes of the text tells a comment from a text like one."""
    if "sitegen:" not in text:
        return (), ()
    value = read(text)
    if _reads_as(value, _HASH.sub("#", text), read):
        return _found(_HASH, text, 1, lambda *_: True)
    tried = iter(range(_TRIED_ONE_BY_ONE))

    def is_comment(start: int, end: int) -> bool:
        return next(tried, None) is not None and _reads_as(value, f"{text[:start]}#{text[end:]}", read)

    return _found(_HASH, text, 1, is_comment)


def _reads_as(value: object, text: str, read: Callable[[str], object]) -> bool:
    try:
        return read(text) == value
    except SitegenError:
        return False


def without(html: str) -> str:
    """`html` without these comments; in code they are escaped, and stay."""
    return _MARKDOWN.sub("", html) if "sitegen:" in html else html


def _found(pattern: re.Pattern[str], text: str, first: int, is_comment: IsComment) -> Found:
    ignores: list[Ignore] = []
    problems: list[Problem] = []
    for match in pattern.finditer(text):
        if is_comment(match.start(), match.end()):
            made, wrong = _made(match, text, first)
            ignores += made
            problems += wrong
    return tuple(ignores), tuple(problems)


def _made(match: re.Match[str], text: str, first: int) -> tuple[list[Ignore], list[Problem]]:
    """An `Ignore` for each rule that a comment names and that can be silenced, a problem for each of the others."""
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    line = first + text.count("\n", 0, start)
    excerpt = text[start : end if end >= 0 else len(text)]
    covered = line if excerpt.replace(match[0], "").strip() else line + 1 + _blank_lines(text[end + 1 :] if end >= 0 else "")
    excerpt = shown(excerpt)
    ignores: list[Ignore] = []
    problems: list[Problem] = []
    for name, offset in _names(match):
        column = offset - start + 1
        fault = _fault(name)
        if fault is None:
            ignores.append(Ignore(name, line, column, covered, excerpt))
        else:
            problems.append(Problem(fault[0], fault[1], line=line, column=column, excerpt=excerpt, hint=fault[2]))
    return ignores, problems


def _blank_lines(text: str) -> int:
    """How many blank lines `text` begins with: Markdown wants one behind a comment that stands alone."""
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines) if line.strip()), len(lines))


def _names(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """The rules a comment names, each with its place in the text."""
    for each in re.finditer(r"[^,]+", match["rules"] or " "):
        lead = len(each[0]) - len(each[0].lstrip())
        yield each[0].strip(), match.start("rules") + each.start() + lead


def _fault(name: str) -> tuple[str, str, str] | None:
    """Why `name` cannot be silenced: a rule, a message and a cure."""
    rule = RULES.get(name)
    if rule is None:
        near = most_like(name, RULES)
        message = f"`{name}` is not a rule" if name else "the comment names no rule"
        return "unknown-rule", message, f"did you mean `{near}`?" if near else "the rule stands in brackets where the problem is told"
    if rule.fixed:
        cure = "mend what it is about, and remove the comment: without this rule output would be unsafe or ambiguous"
        return "unused-ignore", f"`{name}` cannot be silenced", cure
    return None

"""Files that a body takes in, put into its text before it is parsed. What reads them is the caller's affair.

    ```python file="examples/x.py" lines="3-7"      a fence of ours; `region="name"` takes what is marked
    <<< @/examples/x.js#name{1,3} [title]           VitePress: code, with marked lines
    <!-- @include: parts/intro.md{3,} -->           VitePress: Markdown
    --8<-- "parts/intro.md:3:7"                     MkDocs: Markdown, or code within a fence; `;--8<--` shows the line itself

All of them stand on a line of their own. Regions are marked as in editors (`#region name`), MkDocs (`--8<-- [start:name]`) or mdBook
(`ANCHOR: name`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from textwrap import dedent

from sitegen.errors import ContentError, ProblemsFound
from sitegen.markup.listings.code import is_known
from sitegen.markup.listings.infos import Info, parse_info

_FENCE = re.compile(r"(?P<indent>[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)\Z")
_COMMENT = re.compile(r"(?P<indent>[ \t>]*)<!--[ \t]*@include:(?P<target>[^\n]*)-->[ \t]*\Z")
_SCISSORS = re.compile(r"""(?P<indent>[ \t>]*)(?P<shown>;?)-+8<-+[ \t]+(?P<quote>["'])(?P<target>[^\n]+?)(?P=quote)[ \t]*\Z""")
_CODE = re.compile(
    r"(?P<indent>[ \t>]*)<<<[ \t]+(?P<target>[^\s{\[]+)(?:\{(?P<braces>[^{}\n]*)\})?(?:[ \t]*\[(?P<title>[^\]\n]*)\])?[ \t]*\Z"
)
_TARGET = re.compile(r"(?P<path>[^#{:]+)(?:#(?P<region>[^{:]+))?(?:\{(?P<span>[0-9, \t-]*)\}|:(?P<colons>.*))?\Z")
_SPAN = re.compile(r"([0-9]{0,9})(?:([-:,])([0-9]{0,9}))?\Z")
_HINTS = ("@include:", "8<-", "<<< ", "file=")
_HINT_BYTES = tuple(hint.encode() for hint in _HINTS)
_START = re.compile(r"(?:#?\bregion:?[ \t]+|ANCHOR:[ \t]*|8<-+[ \t]*\[start:[ \t]*)(?P<name>[\w.-]+)")
_END = re.compile(r"(?:#?\bendregion\b:?[ \t]*|ANCHOR_END:[ \t]*|8<-+[ \t]*\[end:[ \t]*)(?P<name>[\w.-]*)")
_RULE = "include"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was taken in, and where it stands in its file."""

    text: str
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class Part:
    """The lines that take the place of `count` lines of a body from the index `first` on. Those without a path are of our making."""

    first: int
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line comes from: line `host` of a body, or of the file `path` the line `number`, which is taken in there."""

    host: int
    path: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line asks for: a file, and of that a region or spans of lines, 0 for an open end. `as_code` if it is not Markdown."""

    path: str
    region: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    as_code: bool = False


Read = Callable[[Wanted], Sequence[Line]]


def may_include(text: str | bytes) -> bool:
    """Whether there may be anything in `text`, or in its UTF-8, that takes in a file."""
    return any(hint in text for hint in _HINTS) if isinstance(text, str) else any(hint in text for hint in _HINT_BYTES)


def parts_of(body: str, read: Read, *, most: int = 1) -> tuple[Part, ...]:
    """What the lines of `body` take in, in their order; `read` gives the whole lines that are wanted.

    Raises:
        ContentError: `include` with the line, counted from 1 in `body`, for what cannot be understood; and what `read` raises.
        ProblemsFound: several of them, up to `most`.
    """
    if not may_include(body):
        return ()
    reading = _Reading(body.split("\n"), read, most)
    parts = tuple(reading.parts())
    if len(reading.faults) > 1:
        raise ProblemsFound(fault.problem for fault in reading.faults)
    if reading.faults:
        raise reading.faults[0]
    return parts


def with_parts(body: str, parts: Sequence[Part]) -> str:
    """`body` with its parts in place."""
    lines = body.split("\n")
    for part in reversed(parts):
        lines[part.first : part.first + part.count] = [line.text for line in part.lines]
    return "\n".join(lines)


def places_of(body: str, parts: Sequence[Part]) -> list[Place]:
    """Where each line of what `with_parts` gives comes from."""
    found = [Place(number) for number, _ in enumerate(body.split("\n"), 1)]
    for part in reversed(parts):
        host = part.first + 1
        found[part.first : part.first + part.count] = [Place(host, line.path, line.number) for line in part.lines]
    return found


def selected(text: str, wanted: Wanted, path: str) -> list[Line]:
    """The lines of the file `path` that are wanted.

    Raises:
        ContentError: it has no such region, or fewer lines.
    """
    lines = [Line(line, path, number) for number, line in enumerate(text.removesuffix("\n").split("\n"), 1)]
    if wanted.region:
        return _region(lines, wanted.region, path)
    if not wanted.spans:
        return lines
    last = max(max(span) for span in wanted.spans)
    if last > len(lines):
        raise ContentError(f"`{path}` has {len(lines)} lines, and line {last} is asked for", rule=_RULE, hint="count its lines again")
    return [line for first, end in wanted.spans for line in lines[max(first, 1) - 1 : end or len(lines)]]


def _region(lines: Sequence[Line], name: str, path: str) -> list[Line]:
    found: list[Line] = []
    depth = 0
    names: list[str] = []
    for line in lines:
        start, end = _START.search(line.text), _END.search(line.text)
        if end and depth and end["name"] in {"", name}:
            return found
        if start and not end:
            names.append(start["name"])
            depth = depth or int(start["name"] == name)
        elif depth and not end:
            found.append(line)
    if depth:
        raise ContentError(f"the region `{name}` of `{path}` has no end", rule=_RULE, hint=f"mark it: `#endregion {name}` in a comment")
    known = ", ".join(f"`{each}`" for each in names)
    hint = f"it has {known}" if known else f"mark one: `#region {name}` and `#endregion {name}` in comments"
    raise ContentError(f"`{path}` has no region `{name}`", rule=_RULE, hint=hint)


@dataclass(slots=True)
class _Reading:
    lines: list[str]
    read: Read
    most: int
    fence: str = ""
    at: int = 0
    faults: list[ContentError] = field(default_factory=list)

    def parts(self) -> Iterator[Part]:
        """What is taken in, up to the last of as many faults as are told of."""
        while self.at < len(self.lines) and len(self.faults) < self.most:
            line, index = self.lines[self.at], self.at
            self.at += 1
            try:
                part = self._part(line, index)
            except ContentError as error:
                if not error.problem.line:
                    column = len(line) - len(line.lstrip(" \t>")) + 1
                    error.problem = replace(error.problem, line=index + 1, column=column, excerpt=line)
                self.faults.append(error)
                continue
            if part:
                yield part

    def _part(self, line: str, index: int) -> Part | None:
        scissors = _SCISSORS.match(line) if "8<-" in line else None
        if scissors:
            if scissors["shown"]:
                return Part(index, 1, (Line(line.replace(";", "", 1), "", 0),))
            return Part(index, 1, self._prefixed(scissors["indent"], _mkdocs(scissors["target"], as_code=bool(self.fence))))
        fence = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if self.fence:
            if fence and fence["fence"].startswith(self.fence) and not fence["info"].strip():
                self.fence = ""
            return None
        if fence:
            info = parse_info(fence["info"].strip(), lines=0) if "file=" in fence["info"] else Info()
            if info.get("file"):
                return self._fenced(fence, info, index)
            self.fence = fence["fence"]
            return None
        comment = _COMMENT.match(line) if "@include:" in line else None
        if comment:
            return Part(index, 1, self._prefixed(comment["indent"], _vitepress(comment["target"].strip(" \t"), as_code=False)))
        code = _CODE.match(line) if "<<<" in line else None
        return self._code(code, index) if code else None

    def _prefixed(self, indent: str, wanted: Wanted) -> tuple[Line, ...]:
        return tuple(Line((indent + line.text).rstrip(" "), line.path, line.number) for line in self.read(wanted))

    def _fenced(self, opening: re.Match[str], info: Info, index: int) -> Part:
        """A fence that names its file: it must be closed, and hold nothing."""
        end = index + 1
        while end < len(self.lines) and not self.lines[end].strip(" \t>"):
            end += 1
        if end == len(self.lines) or not self.lines[end].strip(" \t>").startswith(opening["fence"]):
            self.fence = opening["fence"]
            raise ContentError(
                "a fence with `file=` has lines of its own", rule=_RULE, hint="close it on the next line, or take `file=` out"
            )
        self.at = end + 1
        wanted = Wanted(info.get("file") or "", info.get("region") or "", _spans(info.get("lines") or ""), as_code=True)
        return self._block(opening["indent"], opening["fence"], opening["info"], wanted, Part(index, end + 1 - index, ()))

    def _code(self, found: re.Match[str], index: int) -> Part:
        wanted = _vitepress(found["target"], as_code=True)
        marks, _, words = (found["braces"] or "").partition(" ")
        if marks and not marks[0].isdigit():
            marks, words = "", found["braces"]
        title = f" [{found['title']}]" if found["title"] else ""
        info = f"{words.strip() or language_of(wanted.path)}{f' {{{marks}}}' if marks else ''}{title}"
        return self._block(found["indent"], "```", info, wanted, Part(index, 1, ()))

    def _block(self, indent: str, fence: str, info: str, wanted: Wanted, part: Part) -> Part:
        """A fence around what is wanted, long enough for the fences in it, and in the container that the opening stands in."""
        lines = self.read(wanted)
        texts = dedent("\n".join(line.text for line in lines)).split("\n")
        runs = [len(run) for text in texts for run in re.findall(f"{re.escape(fence[0])}{{3,}}", text)]
        fence = fence[0] * max(len(fence), *(run + 1 for run in runs), 3)
        inner = re.sub(r"[^\s>]", " ", indent)
        return Part(
            part.first,
            part.count,
            (
                Line(f"{indent}{fence}{info}", "", 0),
                *(Line((inner + text).rstrip(" "), line.path, line.number) for text, line in zip(texts, lines, strict=True)),
                Line(inner + fence, "", 0),
            ),
        )


def language_of(path: str) -> str:
    """The language that the ending of a file's name stands for; `text` where nobody knows it."""
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    return ending if is_known(ending) else "text"


def _vitepress(target: str, *, as_code: bool) -> Wanted:
    found = _TARGET.match(target)
    if found is None or found["colons"] is not None:
        raise ContentError(
            f"`{target}` is not the name of a file",
            rule=_RULE,
            hint="write `parts/intro.md`, `parts/intro.md#region` or `parts/intro.md{3,7}`",
        )
    span = re.sub(r"[ \t]", "", found["span"] or "")
    return Wanted(found["path"].strip(), (found["region"] or "").strip(), _spans(span.replace(",", "-")), as_code=as_code)


def _mkdocs(target: str, *, as_code: bool) -> Wanted:
    found = _TARGET.match(target)
    if found is None or "//" in (found["colons"] or ""):
        raise ContentError(
            f"`{target}` is not the name of a file",
            rule=_RULE,
            hint='write `"parts/intro.md"`, `"parts/intro.md:3:7"` or `"parts/intro.md:region"`',
        )
    colons = (found["colons"] or "").strip()
    if colons and re.search(r"[A-Za-z_]", colons):
        return Wanted(found["path"].strip(), colons, as_code=as_code)
    return Wanted(found["path"].strip(), spans=_spans(colons.replace(",", " "), single_is_start=True), as_code=as_code)


def _spans(text: str, *, single_is_start: bool = False) -> tuple[tuple[int, int], ...]:
    """The spans of lines that `text` names, such as ``3-7 9 12-``; in MkDocs a number alone is where the rest of the file begins."""
    spans = []
    for word in text.replace(",", " ").split():
        found = _SPAN.match(word)
        if found is None or not (found[1] or found[3]):
            raise ContentError(f"`{word}` is neither a line nor a range of lines", rule=_RULE, hint="write `3`, `3-7`, `3-` or `-7`")
        first = int(found[1] or 0)
        last = int(found[3] or 0) if found[2] else 0 if single_is_start else first
        if last and last < first:
            raise ContentError(f"the range of lines `{word}` ends before it begins", rule=_RULE, hint="write the smaller number first")
        spans.append((first, last))
    return tuple(spans)

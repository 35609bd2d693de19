"""Where an address or a tag of the result stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from html import unescape
from itertools import accumulate

_CODE = re.compile(
    r"""^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$
    |(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?:\n(?![ \t]*\n)[^\n]*?)*?(?<!`)(?P=ticks)(?!`)
    |<!--(?s:.*?)-->""",
    re.MULTILINE | re.VERBOSE,
)
_ADDRESS = re.compile(
    r"""\]\([ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<inline>(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))+))
    |^[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<definition>[^\s<>]+)
    |<(?P<auto>[a-zA-Z][\w+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]*)>
    |\b(?:href|src|srcset|poster)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<unquoted>[^\s"'=<>`]+))
    |(?P<bare>(?:(?:https?|ftp)://|www\.)[^\s<>)\]]+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+)""",
    re.MULTILINE | re.VERBOSE,
)
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOT_NEWLINE = re.compile(r"[^\n]")
_Place = tuple[int, int]


class Places:
    """The places of one body; `line` is the number its first line has in the file. Each question takes the next place there is."""

    def __init__(self, body: str, *, line: int) -> None:
        self._body, self._line = body, line
        self._starts = [0, *accumulate(len(text) + 1 for text in body.split("\n"))]
        self._text = _CODE.sub(lambda match: _NOT_NEWLINE.sub(" ", match[0]), body)
        self._addresses: dict[str, deque[int]] | None = None
        self._definitions: dict[str, int] = {}
        self._tags: dict[str, Iterator[re.Match[str]]] = {}

    def address(self, target: str) -> _Place:
        """The next place where `target` is linked to, else the definition of the link; (0, 0) for neither."""
        if self._addresses is None:
            self._addresses = self._find_addresses()
        found = self._addresses.get(target)
        offset = found.popleft() if found else self._definitions.get(target, -1)
        return self._place(offset)

    def tag(self, name: str, attribute: str = "") -> _Place:
        """The next place where a tag, or an attribute of that tag or of an attribute list, is written."""
        for pattern in _patterns(re.escape(name), re.escape(attribute)):
            matches = self._tags.setdefault(pattern, re.finditer(pattern, self._text, re.IGNORECASE))
            match = next(matches, None)
            if match:
                return self._place(match.start(1))
        return 0, 0

    def excerpt(self, line: int) -> str:
        """The source of a line of the file."""
        index = line - self._line
        return self._body[self._starts[index] : self._starts[index + 1] - 1] if line else ""

    def _place(self, offset: int) -> _Place:
        if offset < 0:
            return 0, 0
        index = bisect_right(self._starts, offset) - 1
        return self._line + index, offset - self._starts[index] + 1

    def _find_addresses(self) -> dict[str, deque[int]]:
        found: dict[str, deque[int]] = {}
        for match in _ADDRESS.finditer(self._text):
            kind = match.lastgroup or "bare"
            for target, offset in _targets(kind, match[kind], match.start(kind)):
                if kind == "definition":
                    self._definitions.setdefault(target, offset)
                else:
                    found.setdefault(target, deque()).append(offset)
        return found


def _patterns(name: str, attribute: str) -> tuple[str, ...]:
    if not attribute:
        return (rf"(<{name})(?![\w-])",)
    return rf"<{name}\b[^<>]*?\s({attribute})\b", rf"\{{[^{{}}\n]*?\b({attribute})\s*="


def _targets(kind: str, text: str, start: int) -> Iterator[tuple[str, int]]:
    """The addresses written as `text`, as they will stand in the result."""
    if kind in {"double", "single"} and re.search(r"[\s,]", text):
        yield from ((unescape(match[0].rstrip(",")), start + match.start()) for match in re.finditer(r"[^\s,]\S*", text))
    elif kind == "bare":
        text = text.rstrip(".,;:!?'\"*_~")
        yield ("http://" + text if text.startswith("www.") else text if "://" in text else "mailto:" + text), start
    elif kind == "auto":
        yield (text if ":" in text else "mailto:" + text), start
    else:
        yield unescape(_BACKSLASH.sub(r"\1", text)), start

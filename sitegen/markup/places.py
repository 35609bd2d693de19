"""Where an address or a tag of the result stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from functools import cached_property, lru_cache
from html import unescape
from itertools import accumulate

from sitegen.markup.examples import opens_example
from sitegen.markup.inlines.targets import encoded
from sitegen.markup.seeking import each, line_starts, matches

# Alternatives that each begin with a character are looked for ten times as quickly as others.
_CODE = re.compile(r"``*+|~~~++|<!--")
_TICKS = re.compile(r"``*+|\n[ \t]*+\n")
_FENCE = re.compile(r"[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n`]*+\n")
_ADDRESS = re.compile(
    r"""\]\([ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<inline>(?:\\.|\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|[^\s()\\]|\((?:\\.|[^\s()\\])*\))+))
    |^[ \t>]*\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<definition>[^\s<>]+)
    |<(?P<auto>[a-zA-Z][\w+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]*)>
    |\b(?:href|src|srcset|poster|captions)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<unquoted>[^\s"'=<>`{}]+))
    |(?P<bare>(?:(?:https?|ftp)://|www\.)[^\s<>)\]]+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+)""",
    re.MULTILINE | re.VERBOSE,
)
# What every address has in it or right before it. The other way, `_ADDRESS` tried at each character, takes six times as long.
_MARKERS = ("](", "<", "href", "src", "poster", "captions", "http://", "https://", "ftp://", "www.")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_Place = tuple[int, int]


class Places:
    """The places of one body; `line` is the number its first line has in the file. Each question takes the next place there is."""

    def __init__(self, body: str, *, line: int) -> None:
        self._body, self._line = body, line
        self._addresses: dict[str, deque[int]] | None = None
        self._definitions: dict[str, int] = {}
        self._tags: dict[str, Iterator[re.Match[str]]] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate([len(text) + 1 for text in self._body.split("\n")])]

    @cached_property
    def _text(self) -> str:
        """The body with spaces in the place of comments and of code that is not rendered."""
        return uncoded(self._body, examples=True)

    def address(self, target: str) -> _Place:
        """The next place where `target` is linked to, else the definition of the link; (0, 0) for neither."""
        if self._addresses is None:
            self._addresses = self._find_addresses()
        found = self._addresses.get(target)
        offset = found.popleft() if found else self._definitions.get(target, -1)
        return self.at(offset)

    def tag(self, name: str, attribute: str = "") -> _Place:
        """The next place where a tag, or an attribute of that tag or of an attribute list, is written."""
        for pattern in _patterns(re.escape(name), re.escape(attribute)):
            matches = self._tags.setdefault(pattern, re.finditer(pattern, self._text, re.IGNORECASE))
            match = next(matches, None)
            if match:
                return self.at(match.start(1))
        return 0, 0

    def passage(self, text: str) -> _Place:
        """The next place where `text` is written outside of code; what lists and quotes put before its lines does not count."""
        if text not in self._tags:
            lines = r"[ \t]*+\n[ \t>]*+".join(re.escape(line.strip()) for line in text.split("\n"))
            self._tags[text] = re.finditer(rf"(?<!\$){lines}", self._text)
        match = next(self._tags[text], None)
        return self.at(match.start() if match else -1)

    @property
    def prose(self) -> str:
        """The body with spaces in the place of code and comments."""
        return self._text

    def excerpt(self, line: int) -> str:
        """The source of a line of the file."""
        index = line - self._line
        return self._body[self._starts[index] : self._starts[index + 1] - 1] if line else ""

    def at(self, offset: int) -> _Place:
        """The place of an offset in the body; (0, 0) for one before it."""
        if offset < 0:
            return 0, 0
        index = bisect_right(self._starts, offset) - 1
        return self._line + index, offset - self._starts[index] + 1

    def _find_addresses(self) -> dict[str, deque[int]]:
        found: dict[str, deque[int]] = {}
        for match in addresses(self._text):
            kind = match.lastgroup or "bare"
            for target, offset in _targets(kind, match[kind], match.start(kind)):
                if kind == "definition":
                    self._definitions.setdefault(target, offset)
                else:
                    found.setdefault(target, deque()).append(offset)
        return found


def uncoded(body: str, *, examples: bool = False) -> str:
    """The body with spaces in the place of code and comments; with `examples`, but for code that is shown with its result."""
    pieces, done = [], 0
    for start, end in code_spans(body):
        if examples and opens_example(body, start):
            continue
        pieces += [body[done:start], "\n".join([" " * len(line) for line in body[start:end].split("\n")])]
        done = end
    return "".join((*pieces, body[done:]))


def code_spans(body: str) -> Iterator[tuple[int, int]]:
    """Where code and comments start and end: fences with what stands before them in the line, inline code within its paragraph."""
    done = 0
    while found := _CODE.search(body, done):
        line = body.rfind("\n", 0, found.start()) + 1
        start, end = line, _fence_end(body, line) if line >= done else -1
        if end < 0:
            start, end = found.start(), _inline_end(body, found)
        if end >= 0:
            yield start, end
        done = end if end >= 0 else found.end()


def _fence_end(body: str, line: int) -> int:
    """The end of the block that the fence opens that stands at `line`; -1 where there is no fence, or none that closes it."""
    opening = _FENCE.match(body, line)
    if opening is None:
        return -1
    fence = opening["fence"]
    # Of tildes a few may belong to what follows the fence.
    for length in range(len(fence), 2 if fence[0] == "~" else len(fence) - 1, -1):
        closing = _closing_fence(fence[:length]).search(body, opening.end() - 1)
        if closing:
            return closing.end()
    return -1


def _inline_end(body: str, found: re.Match[str]) -> int:
    """The end of the inline code or the comment that begins at `found`, or -1."""
    if found[0] == "<!--":
        end = body.find("-->", found.end())
        return end + 3 if end >= 0 else -1
    at = found.end()
    while found[0][0] == "`" and (closing := _TICKS.search(body, at)):
        if closing[0] == found[0]:
            return closing.end()
        if closing[0][0] == "\n":
            break
        at = closing.end()
    return -1


@lru_cache
def _closing_fence(fence: str) -> re.Pattern[str]:
    return re.compile(rf"\n[ \t>]*+{fence}[`~]*+[ \t]*+$", re.MULTILINE)


def addresses(text: str) -> Iterator[re.Match[str]]:
    """What ``_ADDRESS.finditer(text)`` finds."""
    starts = [at for marker in _MARKERS for at in each(marker, text)]
    starts += line_starts("]:", text)
    starts += [_word_start(text, at) for at in each("@", text)]
    return matches(_ADDRESS, text, starts)


def _word_start(text: str, end: int) -> int:
    """Where the first part of a mail address begins that ends at `end`."""
    while end and (text[end - 1].isalnum() or text[end - 1] in "_.+-"):
        end -= 1
    return end


def _patterns(name: str, attribute: str) -> tuple[str, ...]:
    if not attribute:
        return (rf"(<{name})(?![\w-])" if name[-1].isalnum() else rf"(<{name})",)
    return rf"<{name}\b[^<>]*?\s({attribute})\b", rf"\{{[^{{}}\n]*?\b({attribute})\s*="


def _targets(kind: str, text: str, start: int) -> Iterator[tuple[str, int]]:
    """The addresses written as `text`, as they will stand in the result."""
    if kind in {"double", "single"} and re.search(r"[\s,]", text):
        yield from ((unescape(match[0].rstrip(",")), start + match.start()) for match in re.finditer(r"[^\s,]\S*", text))
    elif kind == "bare":
        text = text.rstrip(".,;:!?'\"*_~")
        yield encoded("http://" + text if text.startswith("www.") else text if "://" in text else "mailto:" + text), start
    elif kind == "auto":
        yield encoded(text if ":" in text else "mailto:" + text), start
    else:
        plain = unescape(_BACKSLASH.sub(r"\1", text) if "\\" in text else text)
        yield plain if kind in {"double", "single", "unquoted"} else encoded(plain), start

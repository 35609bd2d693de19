"""An expression sought only where a text that it begins with stands, which takes a fraction of the time of a search for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def each(part: str, text: str) -> Iterator[int]:
    """Every place of `part`."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def line_starts(part: str, text: str) -> Iterator[int]:
    """The start of each line that holds `part`, as often as it does."""
    return (text.rfind("\n", 0, at) + 1 for at in each(part, text))


def matches(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` finds, where `starts` are, in any order, all places that a match may begin at."""
    done = 0
    for start in sorted(set(starts)):
        match = pattern.match(text, start) if start >= done else None
        if match:
            done = match.end()
            yield match

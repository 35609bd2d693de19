"""Emphasis by CommonMark's delimiter runs: which ``*``, ``_`` and ``~`` belong together.

The algorithm is that of https://spec.commonmark.org/0.31.2/#phase-2-inline-structure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX

_NEVER = r"(?!)"
_LETTER, _SPACE, _PUNCTUATION = range(3)


@dataclass(frozen=True, slots=True)
class Delimiter:
    """What one character does: the tags for one of it and for two. `whole` runs pair with their like alone."""

    single: str
    double: str
    within_words: bool = True
    whole: bool = False


class Delimiters(InlineProcessor):
    """A table of delimiters that stands among the patterns, with the interface of `DelimiterProcessor`.

    Matches nothing by itself: delimiters are paired when all else in a text has been found.
    """

    def __init__(self) -> None:
        super().__init__(_NEVER)
        self.table: dict[str, Delimiter] = {}

    def add(self, token: str, tags: str, smart: bool = False, double: bool = False) -> None:
        """Let an extension add a delimiter: ``strong,em`` for two and for one of it, else one tag for either."""
        two, _, one = tags.partition(",")
        if not one:
            two, one = (tags, "") if double else ("", tags)
        self.table[token] = Delimiter(one, two, within_words=not smart)

    def remove(self, token: str) -> None:
        """Forget a delimiter."""
        self.table.pop(token, None)

    def reset(self) -> None:
        """Nothing is kept from one document to the next."""


@dataclass(slots=True)
class Run:
    """A row of one delimiter. Of its `left` characters none is paired yet; `closed` elements end before them, `opened` begin after."""

    mark: str
    length: int
    left: int
    opens: bool
    closes: bool
    delimiter: Delimiter
    number: int
    closed: int
    opened: list[str]


class _Kinds(dict[str, int]):
    """What a character is to a delimiter beside it."""

    def __missing__(self, character: str) -> int:
        category = unicodedata.category(character)
        kind = _LETTER
        if character.isspace():
            kind = _SPACE
        elif category[0] in "PS":
            kind = _PUNCTUATION
        self[character] = kind
        return kind


# What stands for something found already is neither a letter nor a space.
_kinds = _Kinds({STX: _PUNCTUATION, ETX: _PUNCTUATION, "": _SPACE})


def run_at(delimiter: Delimiter, row: str, before: str, after: str, number: int) -> Run | None:
    """The run that `row` is between two characters; None where it can neither open nor close anything."""
    length, preceding, following = len(row), _kinds[before], _kinds[after]
    if (preceding == following == _LETTER and not delimiter.within_words) or (delimiter.whole and length > 2):
        return None
    left = following != _SPACE and (following != _PUNCTUATION or preceding != _LETTER)
    right = preceding != _SPACE and (preceding != _PUNCTUATION or following != _LETTER)
    if not delimiter.within_words:
        left, right = left and (not right or preceding == _PUNCTUATION), right and (not left or following == _PUNCTUATION)
    return Run(row[0], length, length, left, right, delimiter, number, 0, []) if left or right else None


def pair(runs: Iterable[Run]) -> None:
    """Let each run that closes close what the last fitting one opened. Takes time in proportion to the number of runs."""
    openers: list[Run] = []
    # No run below that number opens what such a run closes: that was looked for already.
    floors: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        if run.closes:
            kind = (run.mark, run.opens, run.length % 3)
            while run.left and (opener := _opener(openers, run, floors.get(kind, -1))):
                _join(opener, run)
                if not opener.left:
                    openers.pop()
            if run.left:
                floors[kind] = run.number
        if run.opens and run.left:
            openers.append(run)


def _opener(openers: list[Run], run: Run, floor: int) -> Run | None:
    """The last run that `run` may close; those above it open nothing any more."""
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at]
        if opener.number < floor:
            break
        if opener.mark == run.mark and _fit(opener, run):
            del openers[at + 1 :]
            return opener
    return None


def _fit(opener: Run, closer: Run) -> bool:
    """Whether the lengths allow it: the *rule of 3* where one of them could do both."""
    if opener.delimiter.whole:
        return opener.left == closer.left
    if not _size(opener, closer):
        return False
    either = opener.closes or closer.opens
    return not either or (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _size(opener: Run, closer: Run) -> int:
    """How many characters of each go into one element."""
    delimiter = opener.delimiter
    if delimiter.double and opener.left > 1 and closer.left > 1:
        return 2
    return 1 if delimiter.single else 0


def _join(opener: Run, closer: Run) -> None:
    size = _size(opener, closer)
    opener.left -= size
    closer.left -= size
    opener.opened.append(opener.delimiter.double if size == 2 else opener.delimiter.single)
    closer.closed += 1

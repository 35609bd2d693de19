"""What was most likely meant: one of a few names, or one of ten thousand paths."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property

_LIKE = 0.72
_LOOKED_AT = 8
# A syllable that more names have than these tells little, and looking at all of them takes long.
_COMMON = 400
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_SUFFIX = re.compile(r"\.(?:md|markdown|html?)\Z")
_INDEX = frozenset({"index", "_index", "readme"})


def most_like(name: str, known: Iterable[str]) -> str:
    """The one of a few names that `name` was most likely meant to be, or an empty string."""
    return next(iter(get_close_matches(name, list(known), 1)), "")


class Nearest:
    """Answers which of some paths is the most like another one: made at first use, and only as far as an answer needs it.

    `name` tells one set of paths from another.
    """

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self._known = name, sorted(known)

    def to(self, path: str) -> str:
        """The one of the paths that `path` was most likely meant to be, or an empty string.

        It differs in case alone, or has the same name in another folder, or a name that is much the same; a date in front and a
        suffix of a page do not count.
        """
        same = self._by_fold.get(path.casefold())
        if same:
            return same
        name = _name(path)
        moved = self._by_name.get(name)
        return _closest(path, moved) if moved else self._misspelt(path, name)

    def _misspelt(self, path: str, name: str) -> str:
        """The path whose name is nearest to `name`; of paths with one name, the nearest to `path`."""
        rated = [(_ratio(name, other), other) for other in self._alike(name)]
        best = max(rated, key=lambda each: each[0], default=(0.0, ""))
        return _closest(path, self._by_name[best[1]]) if best[0] >= _LIKE else ""

    def _alike(self, name: str) -> list[str]:
        """The few names that share the most with `name`."""
        found = [self._by_gram[gram] for gram in sorted(_grams(name)) if gram in self._by_gram]
        telling = [names for names in found if len(names) <= _COMMON] or sorted(found, key=len)[:2]
        shared = Counter(other for names in telling for other in names)
        rated = sorted(shared, key=lambda other: (-shared[other] / (len(other) + len(name)), other))
        return rated[:_LOOKED_AT]

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return {path.casefold(): path for path in reversed(self._known)}

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self._known:
            found[_name(path)].append(path)
        return dict(found)

    @cached_property
    def _by_gram(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._by_name:
            for gram in _grams(name):
                found[gram].append(name)
        return found


def _closest(path: str, known: list[str]) -> str:
    """The one of `known` that is most like `path` as a whole; the first of several."""
    wanted = "/".join(_parts(path))
    return max(known[:50], key=lambda each: _ratio(wanted, "/".join(_parts(each))))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _name(path: str) -> str:
    """The last part of a path, without the date in front of it."""
    parts = _parts(path)
    return _DATE.sub("", parts[-1]) if parts else ""


def _parts(path: str) -> list[str]:
    """The parts of a path without what varies; an index is called as its folder is."""
    parts = [part for part in _SUFFIX.sub("", path.casefold()).split("/") if part]
    return parts[:-1] if len(parts) > 1 and parts[-1] in _INDEX else parts


def _grams(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}

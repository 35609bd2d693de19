"""What sitegen aims at, and what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.results import Results, ratio, spread

# Of the time that Hugo takes to build the same posts from nothing, which it does after every change.
_OF_HUGO = {
    "unchanged": ("nothing changed", 0.02),
    "body": ("one body edited", 0.03),
    "title": ("one title edited", 0.08),
    "post": ("one post added", 0.10),
    "template": ("one template edited", 0.2),
}
_COLD = {"pelican": ("Pelican", 0.25), "hugo": ("Hugo", 0.7)}
_GROWTH = 1.125
_MEMORY = 1000
_START = 0.25
_SPEED_UP = 1.8


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound and what was found; `is_floor` if more is better."""

    words: str
    bound: float
    found: float
    unit: str = ""
    is_floor: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the bound holds."""
        return self.found >= self.bound if self.is_floor else self.found <= self.bound


def goals(results: Results) -> list[Goal]:
    """All that can be told from what was measured."""
    return [*_cold(results), *_large(results), *_warm(results), *_processes(results)]


def _cold(results: Results) -> Iterator[Goal]:
    size = results.corpus.posts
    mine = results.find("sitegen", "cold", size)
    for peer, (title, bound) in _COLD.items():
        theirs = results.find(peer, "cold", size)
        if mine and theirs:
            yield Goal(f"cold, {size:,} posts, against {title}", bound, ratio(mine, theirs).middle)


def _large(results: Results) -> Iterator[Goal]:
    """Time and memory of the blog that is `copies` times as large."""
    copies, size = results.corpus.copies, results.corpus.posts
    small, large = results.find("sitegen", "cold", size), results.find("sitegen", "cold", size * copies)
    if small and large and copies > 1:
        yield Goal(f"cold, {size * copies:,} posts against {size:,}", copies * _GROWTH, ratio(large, small).middle)
    if large and large.peak and copies > 1:
        yield Goal(f"cold, {size * copies:,} posts, memory", _MEMORY, large.peak / 1e6, "MB")


def _warm(results: Results) -> Iterator[Goal]:
    size = results.corpus.posts * results.corpus.copies
    theirs = results.find("hugo", "cold", size)
    for scenario, (words, bound) in _OF_HUGO.items():
        mine = results.find("sitegen", scenario, size)
        if mine and theirs:
            yield Goal(f"{words}, {size:,} posts, against Hugo's full build", bound, ratio(mine, theirs).middle)


def _processes(results: Results) -> Iterator[Goal]:
    """The gain from two processes, on a machine that has just two cores, and the time to start."""
    both, alone = (results.find(name, "cold", results.corpus.posts) for name in ("sitegen", "sitegen-1"))
    if both and alone and results.machine.cores == 2:
        yield Goal("`--jobs 1` against `--jobs 2`, cold", _SPEED_UP, ratio(alone, both).middle, is_floor=True)
    if results.start:
        yield Goal("`sitegen --help`", _START, spread(results.start.seconds).middle, "s")
        yield Goal("modules loaded without need", 0, len(results.start.loaded))

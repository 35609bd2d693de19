"""What an address answered, and for how long that is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.cache import Cache

_NAME = "external"
_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to ask. Times are in seconds; `private` says whether addresses in private networks are asked for."""

    timeout: float = 15.0
    retries: int = 2
    per_host: int = 2
    pause: float = 0.5
    keep_days: int = 7
    anchors: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: `fault` is what is wrong with it, empty for nothing; `moved` is where it has gone for good.

    `ids` are what its parts are called, where they were asked for and it is a page; `read` says whether they were.
    """

    fault: str = ""
    moved: str = ""
    read: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    time: float


@dataclass(frozen=True, slots=True)
class _All:
    """The good answers by address, with the time of each in seconds since 1970."""

    answers: Mapping[str, _Kept] = field(default_factory=dict)


def known(cache: Cache, manners: Manners, *, clock: float) -> dict[str, Answer]:
    """The answers that are believed as yet. None is a bad one: those are asked for again."""
    return {url: kept.answer for url, kept in _recent(cache, manners, clock).items() if kept.answer.read or not manners.anchors}


def keep(cache: Cache, answers: Mapping[str, Answer], manners: Manners, *, clock: float) -> None:
    """Remember the good ones of new `answers`; what is too old to be believed is forgotten."""
    new = {url: _Kept(answer, clock) for url, answer in answers.items() if not answer.fault}
    cache.save(_NAME, _All(dict(sorted({**_recent(cache, manners, clock), **new}.items()))))


def _recent(cache: Cache, manners: Manners, clock: float) -> dict[str, _Kept]:
    kept = cache.load(_NAME, _All) or _All()
    return {url: each for url, each in kept.answers.items() if 0 <= clock - each.time < manners.keep_days * _DAY}

"""Where the time of a build went, for people and for programs."""

from __future__ import annotations

import heapq
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sitegen import files
from sitegen.errors import SitegenError

FILE = "profile.json"
STEPS = ("read", "unlock", "render", "plan", "freeze", "check", "search", "static", "record", "publish")
_SLOWEST = 10


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds by the clock, and seconds of work of all processes of this machine."""

    name: str
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Slow:
    """A content file or an address, and how many milliseconds it took by the clock."""

    name: str
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Found:
    """What told each page's file: its stamp, its digest, the cache; or it was rendered."""

    by_stamp: int = 0
    by_digest: int = 0
    from_cache: int = 0
    rendered: int = 0


@dataclass(frozen=True, slots=True)
class Addresses:
    """How many addresses were right already, and how many were rendered."""

    fresh: int = 0
    stale: int = 0


@dataclass(frozen=True, slots=True)
class Copies:
    """How many files are copied as they are, and how many of those were in place already."""

    all: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Slowest:
    """The slowest first."""

    bodies: tuple[Slow, ...] = ()
    addresses: tuple[Slow, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the time of one build went. Written as it stands here, it is `FILE`."""

    total: Step = Step("total", 0.0, 0.0)
    processes: int = 0
    steps: tuple[Step, ...] = tuple(Step(name, 0.0, 0.0) for name in STEPS)
    files: Found = Found()
    addresses: Addresses = Addresses()
    copies: Copies = Copies()
    slowest: Slowest = Slowest()


class _Longest:
    """The few longest of many; it holds no more than those."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, str]] = []

    def add(self, name: str, seconds: float) -> None:
        if len(self._heap) < _SLOWEST:
            heapq.heappush(self._heap, (seconds, name))
        elif seconds > self._heap[0][0]:
            heapq.heapreplace(self._heap, (seconds, name))

    def slow(self) -> tuple[Slow, ...]:
        return tuple(Slow(name, round(1000 * seconds, 3)) for seconds, name in sorted(self._heap, reverse=True))


def _clocks() -> tuple[float, float]:
    """Now by the clock, and the work so far of this process and of those it has waited for, in seconds."""
    times = os.times()
    return time.perf_counter(), time.process_time() + times.children_user + times.children_system


@dataclass
class Collector:
    """Gathers the profile of one build as it goes on; `body` and `address` are told of each one that was rendered."""

    _began: tuple[float, float] = field(default_factory=_clocks)
    _spent: dict[str, list[float]] = field(default_factory=lambda: {name: [0.0, 0.0] for name in STEPS})
    _counts: Counter[str] = field(default_factory=Counter)
    _bodies: _Longest = field(default_factory=_Longest)
    _addresses: _Longest = field(default_factory=_Longest)

    def __post_init__(self) -> None:
        self.body, self.address = self._bodies.add, self._addresses.add

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What is done inside belongs to that one of `STEPS`. A step may come several times; none lies within another."""
        wall, cpu = _clocks()
        try:
            yield
        finally:
            now = _clocks()
            self._spent[name][0] += now[0] - wall
            self._spent[name][1] += now[1] - cpu

    def count(self, **numbers: int) -> None:
        """Remember how many there were of something."""
        self._counts.update(numbers)

    def profile(self, *, processes: int) -> Profile:
        """What was gathered, now that the build is at its end."""
        now, number = _clocks(), self._counts.__getitem__
        return Profile(
            _step("total", now[0] - self._began[0], now[1] - self._began[1]),
            processes,
            tuple(_step(name, *spent) for name, spent in self._spent.items()),
            Found(number("by_stamp"), number("by_digest"), number("from_cache"), number("rendered")),
            Addresses(number("fresh"), number("stale")),
            Copies(number("copies"), number("copies_kept")),
            Slowest(self._bodies.slow(), self._addresses.slow()),
        )


def _step(name: str, wall: float, cpu: float) -> Step:
    return Step(name, round(wall, 6), round(cpu, 6))


def show(profile: Profile, form: str, folder: Path) -> str:
    """What to tell of a profile: all of it as a ``table``; for ``json``, it is written into `folder`, and this is where.

    Raises:
        SitegenError: it cannot be written.
    """
    return as_table(profile) if form == "table" else f"profile in {_write(profile, folder / FILE)}"


def _write(profile: Profile, path: Path) -> Path:
    try:
        files.write_whole(path, as_json(profile))
    except OSError as error:
        message = f"the profile cannot be written to {path}: {error.strerror}"
        raise SitegenError(message, rule="unwritable", hint="the site was published; `--profile` alone prints the profile") from error
    return path


def as_json(profile: Profile) -> bytes:
    """The profile as one JSON object, for people to read as well."""
    return msgspec.json.format(msgspec.json.encode(profile), indent=2) + b"\n"


def as_table(profile: Profile) -> str:
    """The profile in lines for people."""
    whole = profile.total.wall or 1.0
    found, addresses, copies = profile.files, profile.addresses, profile.copies
    steps = (*profile.steps, profile.total)
    lines = [
        "step           wall        cpu   share",
        *(f"{step.name:<8} {step.wall:>8.3f} s {step.cpu:>8.3f} s {step.wall / whole:>7.1%}" for step in steps),
        "",
        f"files      {found.by_stamp:,} known by stamp, {found.by_digest:,} by digest, "
        f"{found.from_cache:,} from the cache, {found.rendered:,} rendered",
        f"addresses  {addresses.fresh:,} fresh, {addresses.stale:,} rendered",
        f"copies     {copies.all:,}, {copies.kept:,} of them in place already",
        f"processes  {profile.processes}",
        *_slowest("bodies", profile.slowest.bodies),
        *_slowest("addresses", profile.slowest.addresses),
    ]
    return "\n".join(lines)


def _slowest(what: str, slow: tuple[Slow, ...]) -> Iterator[str]:
    if slow:
        yield from ("", f"slowest {what}", *(f"{each.milliseconds:>8,.1f} ms  {each.name}" for each in slow))

"""Generators taking turns: each round measures every step once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.blog import Blog
from benchmarks.checks import Counts, check_cold, check_edit, check_template, check_unchanged, counts
from benchmarks.edits import EDITS
from benchmarks.measure import Measured, run
from benchmarks.peers import PEERS
from benchmarks.peers.with_sitegen import Sitegen
from benchmarks.results import Measurement
from benchmarks.tools import Tools, environment

COLD, UNCHANGED, TEMPLATE = "cold", "unchanged", "template"
SCENARIOS = (COLD, UNCHANGED, *EDITS, TEMPLATE)
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """One generator in one scenario."""

    peer: str
    scenario: str


def steps(peers: Sequence[str], scenarios: Sequence[str]) -> Iterator[Step]:
    """A round: first all cold builds, then what those do that build on what they left."""
    if COLD in scenarios:
        yield from (Step(name, COLD) for name in peers)
    for name in peers:
        if PEERS[name].is_incremental:
            yield from (Step(name, scenario) for scenario in SCENARIOS if scenario in scenarios and scenario != COLD)


@dataclass(slots=True)
class _Taken:
    """What the runs of one step gave so far."""

    timed: list[Measured] = field(default_factory=list)
    peak: int = 0
    files: int = 0
    rendered: int = 0


@dataclass(slots=True)
class Rounds:
    """Measures a blog. If `memory`, a round of cold builds is looked at first and not timed: looking takes time from what it looks at."""

    blog: Blog
    tools: Tools
    tell: Tell
    _taken: dict[Step, _Taken] = field(default_factory=lambda: defaultdict(_Taken))

    def measure(self, plan: Sequence[Step], *, runs: int, memory: bool) -> list[Measurement]:
        """Take all steps in turn, `runs` times."""
        size = self.blog.size
        for step in plan if memory else ():
            if step.scenario == COLD:
                self._take(step, memory=True)
        for step in [*plan] * runs:
            self._take(step, memory=False)
        return [
            Measurement(
                peer=step.peer,
                scenario=step.scenario,
                posts=size,
                seconds=[round(each.seconds, 4) for each in taken.timed],
                cpu=[round(each.cpu, 4) for each in taken.timed],
                peak=taken.peak,
                files=taken.files,
                rendered=taken.rendered,
            )
            for step, taken in self._taken.items()
        ]

    def _take(self, step: Step, *, memory: bool) -> None:
        taken = self._taken[step]
        measured = self._cold(step, memory=memory) if step.scenario == COLD else self._warm(step, memory=memory)
        if isinstance(PEERS[step.peer], Sitegen):
            taken.rendered = counts(measured.output).rendered
        if memory:
            taken.peak = measured.peak
        else:
            taken.timed.append(measured)
        shown = f"{measured.peak / 1e6:.0f} MB" if memory else f"{measured.seconds:.2f} s"
        self.tell(f"{self.blog.size} posts, {PEERS[step.peer].title}, {step.scenario}: {shown}")

    def _cold(self, step: Step, *, memory: bool) -> Measured:
        peer, site = PEERS[step.peer], self.blog.site(step.peer)
        peer.forget(site)
        measured = self._build(step, memory=memory)
        check_cold(peer, site, self.blog.posts)
        self._taken[step].files = sum(path.is_file() for path in (site / peer.output).rglob("*"))
        return measured

    def _warm(self, step: Step, *, memory: bool) -> Measured:
        peer, site = PEERS[step.peer], self.blog.site(step.peer)
        if not (site / peer.output).is_dir():
            self._build(step, memory=False)
        check = self._change(step)
        measured = self._build(step, memory=memory)
        check(counts(measured.output))
        return measured

    def _change(self, step: Step) -> Callable[[Counts], None]:
        """Make the change of the scenario; what is returned then checks the build."""
        peer, site = PEERS[step.peer], self.blog.site(step.peer)
        if step.scenario == UNCHANGED:
            return check_unchanged
        if step.scenario == TEMPLATE and isinstance(peer, Sitegen):
            word = self.blog.edit_template(peer)
            return lambda made: check_template(word, made, peer, site, self.blog.posts)
        edit = self.blog.edit(step.scenario)
        return lambda made: check_edit(step.scenario, edit, made, peer, site)

    def _build(self, step: Step, *, memory: bool) -> Measured:
        """What the build before left to be written to disk is written first, so that nobody pays for another."""
        os.sync()
        peer = PEERS[step.peer]
        env = {**environment(), **peer.env()}
        return run(peer.command(self.tools), cwd=self.blog.site(step.peer), env=env, memory=memory)

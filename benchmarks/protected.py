"""What protected pages cost a build: `python -m benchmarks.protected`.

One site has 1,000 pages for a group of 20 readers beside 1,000 for all; another has the same 2,000 pages, all of them public. Both are
built from nothing, with nothing changed, and after edits, in turn, so that what else this machine does weighs on both. Each build runs
by itself; its seconds of work are those of all its processes together. Nothing is indexed for search, which protected pages are not in.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.checks import Counts, WrongBuildError, counts
from benchmarks.generated import essay
from benchmarks.measure import Measured, run
from benchmarks.sealed import DERIVE, Weights, weights
from benchmarks.tools import ROOT, cores, environment, interpreter
from sitegen.encryption import passwords

GROUP, PUBLIC = "clients", "notes"
SEALED, OPEN = "sealed", "open"
_SETTINGS = "title: A site to measure\nurl: https://measured.example/\n"
_PROTECTED = f"protected:\n  {GROUP}:\n    folders: [{GROUP}]\n    passwords: ../readers.txt\n"
# Coprime to the numbers of pages in use, so that no page is edited twice.
_STRIDE = 379
Edit = Callable[["Sites", int], None]


@dataclass(frozen=True, slots=True)
class Sites:
    """The two sites below `folder`, with so many pages in each half and so many readers."""

    folder: Path
    pages: int
    readers: int

    def write(self) -> None:
        """Write both."""
        readers = "".join(f"reader-{number}: {passwords.new(6)}\n" for number in range(self.readers))
        (self.folder / "readers.txt").write_text(readers, encoding="utf-8")
        for name, settings in ((SEALED, _SETTINGS + _PROTECTED), (OPEN, _SETTINGS)):
            (self.folder / name).mkdir(parents=True)
            (self.folder / name / "site.yaml").write_text(settings, encoding="utf-8")
        for half in (GROUP, PUBLIC):
            for number in range(self.pages):
                random = Random(f"{half}/{number}")
                title, day = f"Page {number} of {half}", 1 + number % 28
                self._put(half, number, f"---\ntitle: {title}\ndate: 2026-01-{day:02}\n---\n\n{essay(random)}")

    def _put(self, half: str, number: int, text: str) -> None:
        for name in (SEALED, OPEN):
            file = self._file(name, half, number)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def _file(self, name: str, half: str, number: int) -> Path:
        return self.folder / name / "content" / half / f"page-{number:05}.md"

    def edit(self, half: str, turn: int, change: Callable[[str], str]) -> None:
        """Change the text of a page, another in each turn, in both sites."""
        number = (turn * _STRIDE + 7) % self.pages
        self._put(half, number, change(self._file(SEALED, half, number).read_text(encoding="utf-8")))

    def forget(self, name: str) -> None:
        """Take away what builds of a site left."""
        for made in ("build", ".cache"):
            shutil.rmtree(self.folder / name / made, ignore_errors=True)

    def build(self, name: str, *, memory: bool = False) -> Measured:
        """One build. What the one before left to be written to disk is written first, so that nobody pays for another."""
        os.sync()
        return self.python("-m", "sitegen", "build", "--no-search", cwd=self.folder / name, memory=memory)

    def python(self, *arguments: str, cwd: Path, memory: bool = False) -> Measured:
        """A run of this Python with sitegen at hand."""
        return run([sys.executable, *arguments], cwd=cwd, env={**environment(), "PYTHONPATH": str(ROOT)}, memory=memory)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done before the build: an `edit`, or nothing; `is_cold` forgets all that was built."""

    words: str
    edit: Edit | None = None
    is_cold: bool = False

    def check(self, made: Counts, pages: int) -> None:
        """Raise where a build did not do what is measured."""
        if self.is_cold and made.rendered < 2 * pages:
            raise WrongBuildError(f"of {2 * pages} pages a cold build rendered {made.rendered}")
        if not self.is_cold and self.edit is None and made.rendered:
            raise WrongBuildError(f"{made.rendered} files were rendered, and nothing had changed")
        if self.edit is not None and not made.rendered:
            raise WrongBuildError(f"{self.words}, and nothing was rendered")


def _edit_body(half: str) -> Edit:
    return lambda sites, turn: sites.edit(half, turn, lambda text: f"{text}\nOne more paragraph, in turn {turn}.\n")


def _edit_title(sites: Sites, turn: int) -> None:
    sites.edit(PUBLIC, turn, lambda text: text.replace("title: ", f"title: {turn} ", 1))


SCENARIOS = (
    Scenario("nothing built yet", is_cold=True),
    Scenario("nothing changed"),
    Scenario("the text of a protected page edited", _edit_body(GROUP)),
    Scenario("the text of a public page edited", _edit_body(PUBLIC)),
    Scenario("the title of a public page edited", _edit_title),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """The runs of one scenario, for each site, and how many files each rendered in the last of them."""

    scenario: Scenario
    sealed: Sequence[Measured]
    open: Sequence[Measured]
    rendered: tuple[int, int]

    @property
    def work(self) -> tuple[float, float]:
        """Seconds of all processes together, with and without protection: medians."""
        return statistics.median(each.cpu for each in self.sealed), statistics.median(each.cpu for each in self.open)

    @property
    def clock(self) -> tuple[float, float]:
        """Seconds by the clock, likewise."""
        return statistics.median(each.seconds for each in self.sealed), statistics.median(each.seconds for each in self.open)


def measure(sites: Sites, runs: int) -> Iterator[Cost]:
    """Each scenario, `runs` times in both sites in turn."""
    for scenario in SCENARIOS:
        taken: dict[str, list[Measured]] = {SEALED: [], OPEN: []}
        rendered = {SEALED: 0, OPEN: 0}
        for turn in range(runs):
            if scenario.edit:
                scenario.edit(sites, turn)
            for name in (SEALED, OPEN) if turn % 2 == 0 else (OPEN, SEALED):
                if scenario.is_cold:
                    sites.forget(name)
                taken[name].append(sites.build(name))
                made = counts(taken[name][-1].output)
                scenario.check(made, sites.pages)
                rendered[name] = made.rendered
        yield Cost(scenario, taken[SEALED], taken[OPEN], (rendered[SEALED], rendered[OPEN]))


def derivations(sites: Sites, count: int, runs: int) -> tuple[float, float]:
    """Seconds of work and by the clock of so many derivations on all cores, and of nothing else; medians."""
    found = [sites.python("-c", DERIVE.format(count=count), cwd=sites.folder).output.split() for _ in range(runs)]
    work, clock = (statistics.median(map(float, each)) for each in zip(*found, strict=True))
    return work, clock


def table(sites: Sites, runs: int, *, memory: bool) -> Iterator[str]:
    """The figures, line by line."""
    yield f"{interpreter()}, {cores()} cores, {sites.pages:,} pages for {sites.readers} readers beside {sites.pages:,} for all, {runs} runs"
    sites.write()
    for count, words in ((sites.readers, "derivations, one per reader"), (1, "one derivation")):
        work, clock = derivations(sites, count, runs)
        yield f"{words}: {work:.2f} s of work, {clock:.2f} s on all cores"
    yield ""
    yield f"{'seconds':38} {'work, protected':>16} {'public':>8} {'added':>8} {'by the clock, added':>20} {'files rendered':>16}"
    for cost in measure(sites, runs):
        (work, other), took = cost.work, cost.clock
        times = f"{work:>16.2f} {other:>8.2f} {work - other:>8.2f} {took[0] - took[1]:>20.2f}"
        yield f"{cost.scenario.words:38} {times} {cost.rendered[0]:>7,} / {cost.rendered[1]:>6,}"
    yield ""
    yield from _weighed(weights(sites.folder / SEALED / "build" / GROUP, sites.folder / "readers.txt"))
    for name in (SEALED, OPEN) if memory else ():
        sites.forget(name)
        yield f"memory of a cold build, {name}: {sites.build(name, memory=True).peak / 1e6:.0f} MB"


def _weighed(found: Weights) -> Iterator[str]:
    yield f"content of a page, deflated: {found.content:,} bytes; its ciphertext in base64: {found.ciphertext:,} (medians)"
    yield f"ciphertext in parts of the deflated content: {found.ratio:.3f} (median), {found.largest:.3f} (most)"
    yield f"the rest of a locked page with its script, compressed: {found.shell:,} bytes"


def main(arguments: Sequence[str]) -> None:
    """Print the figures, line by line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000, help="pages of each half")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3, help="builds of each site in each scenario")
    parser.add_argument("--memory", action="store_true", help="measure memory too, which takes one more cold build of each")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="sitegen-protected-") as scratch:
        for line in table(Sites(Path(scratch), chosen.pages, chosen.readers), chosen.runs, memory=chosen.memory):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

"""What a benchmark found, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median

import msgspec

FOLDER = Path(__file__).parent / "results"


class Machine(msgspec.Struct, frozen=True):
    """Where it ran. `memory` is in bytes; `python` says how the interpreter was built."""

    cpu: str
    cores: int
    memory: int
    system: str
    python: str


class Corpus(msgspec.Struct, frozen=True):
    """What was built: `posts` of `bytes` together, and for the larger blog `copies` of each. `about` says where they are from."""

    about: str
    posts: int
    bytes: int
    copies: int


class Measurement(msgspec.Struct, frozen=True):
    """One generator in one scenario. `seconds` and `cpu` have a number for each run, in order, so that runs can be paired.

    `peak` is the memory of all processes in bytes, 0 if not looked at; `files` what the output has after a cold build, and
    `rendered` what sitegen says that it rendered.
    """

    peer: str
    scenario: str
    posts: int
    seconds: list[float]
    cpu: list[float]
    peak: int = 0
    files: int = 0
    rendered: int = 0


class Start(msgspec.Struct, frozen=True):
    """How `sitegen --help` starts, and which of the modules that it must not load it or `import sitegen` loaded."""

    seconds: list[float]
    loaded: list[str]


class Results(msgspec.Struct, frozen=True):
    """A whole run. `made` has for each generator what its output was seen to have."""

    when: str
    machine: Machine
    corpus: Corpus
    versions: dict[str, str]
    made: dict[str, dict[str, bool]]
    measured: list[Measurement]
    start: Start | None = None

    def find(self, peer: str, scenario: str, posts: int) -> Measurement | None:
        """One measurement, if it was taken."""
        wanted = (peer, scenario, posts)
        return next((each for each in self.measured if (each.peer, each.scenario, each.posts) == wanted), None)

    def sizes(self) -> list[int]:
        """The numbers of posts, the smallest first."""
        return sorted({each.posts for each in self.measured})


class Spread(msgspec.Struct, frozen=True):
    """The middle one of some numbers, with the least and the greatest."""

    middle: float
    least: float
    greatest: float


def spread(numbers: Iterable[float]) -> Spread:
    """Of at least one number."""
    ordered = sorted(numbers)
    return Spread(median(ordered), ordered[0], ordered[-1])


def ratio(one: Measurement, other: Measurement) -> Spread:
    """How long `one` took for each second of `other`, run by run."""
    return spread(mine / theirs for mine, theirs in zip(one.seconds, other.seconds, strict=False))


def save(results: Results, path: Path) -> None:
    """Write them so that git shows what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def load(path: Path) -> Results:
    """Raises `msgspec.ValidationError` if the file is none of ours."""
    return msgspec.json.decode(path.read_bytes(), type=Results)


def newest(folder: Path = FOLDER) -> Path:
    """The file with the latest results."""
    return max(folder.glob("*.json"), key=lambda path: load(path).when)

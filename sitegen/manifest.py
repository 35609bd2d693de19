"""What the last build wrote, what each file of it asked, and what the answers came from.

The manifest of an output folder lies in the cache folder, named by the output's path and by a digest of all that the output holds;
the output carries a marker with that digest, so that the two are only believed together. Every word in it (a question, an input, an
address) stands once in `words`, and is a number everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen import cache, files
from sitegen.cache import unsealed, write_sealed
from sitegen.errors import Problem

MARKER = ".sitegen"
_VERSION = 4
_NAME = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was answered with, by digest; the inputs that were read for it, and the questions that it asked in turn."""

    digest: str
    reads: tuple[int, ...] = ()
    asks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its content by name, and for a rendered one the questions it put.

    ``ids`` and ``links`` are what the finished HTML holds, links as hrefs without the origin; both are kept so that a file
    that is still fresh need not be read to check what points at it. ``searched`` names what readers can search of it.
    """

    digest: str
    size: int
    asked: tuple[int, ...] = ()
    ids: tuple[int, ...] = ()
    links: tuple[int, ...] = ()
    rendered: bool = False
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A link that the text of a page is to blame for: its href, how the author wrote it, and what is wrong, at its line."""

    href: str
    written: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the links and ids of one file: each link at fault with the reason, and those that its page's text is to blame for.

    `ids` are those that are there more than once and that the page's text is to blame for, `twice` the others.
    """

    broken: tuple[tuple[str, str], ...] = ()
    named: tuple[Named, ...] = ()
    blamed: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    ids: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """`world` is the digest of what every page depends on; `inputs` and `answers` go by word, `outputs` and `findings` by file.

    `redirects` names the redirects that the findings were made with, `needed` is how many words there were when all were needed.
    `index` names what readers can search of all of the site, and what made an index of it. The spare tree holds the site named `spare`,
    which is this one but for the files that `differs` names.
    """

    world: str = ""
    words: tuple[str, ...] = ()
    inputs: Mapping[int, str] = field(default_factory=dict)
    answers: Mapping[int, Answer] = field(default_factory=dict)
    outputs: Mapping[str, Output] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    redirects: str = ""
    index: str = ""
    needed: int = 0
    spare: str = ""
    differs: tuple[str, ...] = ()
    version: int = _VERSION


class _Numbers(dict[str, int]):
    """The number of each word in `words`; one that is looked up and not there is added to them."""

    def __init__(self, words: list[str]) -> None:
        super().__init__((word, number) for number, word in enumerate(words))
        self._words = words

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self._words)
        self._words.append(word)
        return number


class Words:
    """Words and their numbers, which stay what they are while words are added."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.all = list(words)
        self._numbers = _Numbers(self.all)

    def number(self, word: str) -> int:
        """The number of `word`; a new one gets the next."""
        return self._numbers[word]

    def numbers(self, words: Iterable[str]) -> tuple[int, ...]:
        """The numbers of several words, in their order."""
        return tuple(map(self._numbers.__getitem__, words))

    def spelt(self, numbers: Iterable[int]) -> Iterable[str]:
        """The words with these numbers, in their order."""
        return map(self.all.__getitem__, numbers)


def load(folder: Path, output: Path) -> Manifest:
    """The manifest of the site in `output`, or an empty one where there is none that is whole, current and about this very site."""
    name = marker_of(output)
    manifest = unsealed(_path(folder, output, name), Manifest) if name else None
    return manifest if manifest is not None and manifest.version == _VERSION and name_of(manifest) == name else Manifest()


def marker_of(tree: Path) -> str:
    """The name of the site that a tree says it holds; empty where it does not say."""
    try:
        name = (tree / MARKER).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return name if _NAME.fullmatch(name) else ""


def name_of(manifest: Manifest) -> str:
    """The name of the site that a manifest is about: a digest of every file in it, the same however it was built."""
    return files.digest(*(f"{file}\0{output.digest}".encode() for file, output in sorted(manifest.outputs.items())))


def save(folder: Path, output: Path, manifest: Manifest) -> None:
    """Keep the manifest of a site that is about to be, or stay, in `output`, beside the one that `output` has as yet."""
    write_sealed(_path(folder, output, name_of(manifest)), manifest)


def mark(staging: Path, manifest: Manifest) -> None:
    """Put the marker into a finished tree: this folder is sitegen's, and `manifest` is about it."""
    files.write_whole(staging / MARKER, name_of(manifest).encode("ascii") + b"\n")


def tidy(folder: Path, output: Path, manifest: Manifest) -> None:
    """Remove every manifest of an earlier site in `output`."""
    for stray in files.walk_shallow(_folder(folder, output)):
        if stray != _path(folder, output, name_of(manifest)):
            stray.unlink(missing_ok=True)


def is_ours(output: Path) -> bool:
    """Whether `output` may be replaced: it is absent, empty, or carries the marker."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return False
    return not output.exists() or (output / MARKER).is_file() or not any(output.iterdir())


def _folder(folder: Path, output: Path) -> Path:
    return folder / "sites" / cache.name_of(output)


def _path(folder: Path, output: Path, name: str) -> Path:
    return _folder(folder, output) / name

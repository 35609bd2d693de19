"""Values kept on disk under the digest of all that went into them.

An entry is one file: a magic line, the digest of its name and payload, the payload as MessagePack. What is damaged, misplaced, of
another version or of another shape is a miss, never an error. Nothing here is ever unpickled, so a foreign cache can at worst be useless.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sitegen import files
from sitegen.errors import Problem

T = TypeVar("T")

FOLDER = ".cache"
_SHELF = "values"
# What keeps a backup and git from taking the cache for work (https://bford.info/cachedir/).
_MARKS = {"CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n", ".gitignore": b"*\n"}
_MAGIC = b"sitegen-cache-1\n"
_HEADER = len(_MAGIC) + 2 * files.DIGEST_BYTES
_USED = "used"
# Nothing of another name is ours to remove: a stranger's cache may hold a link to a folder of yours.
_ENTRY = re.compile(rf"[0-9a-f]{{2}}/[0-9a-f]{{30}}|[0-9a-f]{{2}}/[0-9a-f]{{32}}\.[0-9]+{re.escape(files.UNFINISHED)}")
DAY = 24 * 60 * 60
# A value that no build used for so long (in seconds) goes, and sooner where there are more of them than used ones and than this.
UNUSED_FOR = 30 * DAY
UNUSED_KEPT = 1000


class Cache:
    """A folder of values. `problem` says why the wanted folder is not used, where that is so.

    `home` also holds what belongs to the build as a whole (lock, manifests, snapshots). A clean build gives its values a shelf of their
    own, which takes the place of the old one in the end: so it believes nothing of the old and loses nothing before it is done.
    """

    def __init__(self, home: Path, shelf: str = _SHELF) -> None:
        self.home, self.shelf = home, shelf
        self.problem: Problem | None = None
        self._temporary = False
        try:
            (home / shelf).mkdir(parents=True, exist_ok=True)
            for name, text in _MARKS.items():
                if not (home / name).exists():
                    files.write_whole(home / name, text)
        except OSError as error:
            self._use_temporary(error)

    @classmethod
    def clean(cls, home: Path) -> Cache:
        """A cache at `home` that starts empty."""
        return cls(home, f"{_SHELF}-{os.getpid()}")

    def _use_temporary(self, error: OSError) -> None:
        self.problem = Problem(
            "cache-unusable",
            f"the cache folder cannot be written: {error.strerror}",
            path=self.home.name,
            hint="make it a folder that this user can write; until then every build starts anew",
        )
        self.home = Path(tempfile.mkdtemp(prefix="sitegen-"))
        self._temporary = True

    @property
    def is_clean(self) -> bool:
        """Whether nothing of an earlier build may be believed."""
        return self.shelf != _SHELF

    @property
    def is_empty(self) -> bool:
        """Whether no value is kept yet."""
        shelf = self.home / self.shelf
        return not shelf.is_dir() or not any(shelf.iterdir())

    @property
    def address(self) -> tuple[str, str]:
        """What another process needs to open the same cache: ``Cache(Path(home), shelf)``."""
        return str(self.home), self.shelf

    def get(self, kind: type[T], parts: Sequence[str]) -> T | None:
        """The value that `parts` name, or None where it is not there or not whole."""
        return self._read(self._path(kind, parts), kind)

    def keep(self, kind: type[T], parts: Sequence[str], make: Callable[[], T]) -> T:
        """The value of type `kind` that `parts` name: read if it is there and whole, else made and kept."""
        value = self.get(kind, parts)
        if value is None:
            value = make()
            self._write(self._path(kind, parts), value)
        return value

    def has(self, kind: type[T], parts: Sequence[str]) -> bool:
        """Whether an entry stands under that name; it may still turn out to be damaged."""
        return self._path(kind, parts).exists()

    def load(self, name: str, kind: type[T]) -> T | None:
        """The value of type `kind` that was saved as `name`; None where it is not there or not whole, and in a clean build."""
        return None if self.is_clean else self._read(self.home / name, kind)

    def save(self, name: str, value: object) -> None:
        """Keep the one value of that `name`."""
        self._write(self.home / name, value)

    def commit(self) -> None:
        """The build is done: a clean shelf becomes the shelf, and what killed builds left is cleared away."""
        if self.is_clean:
            # Aside first: `serve` and `list` hold no lock and may write to the old shelf at this very moment.
            with suppress(FileNotFoundError):
                (self.home / _SHELF).rename(self.home / f"{self.shelf}-old")
            (self.home / self.shelf).rename(self.home / _SHELF)
            self.shelf = _SHELF
        for stray in self.home.glob(f"{_SHELF}-*"):
            shutil.rmtree(stray, ignore_errors=True)

    def prune(self, used: Iterable[tuple[type[Any], Sequence[str]]], *, clock: float, forget: bool = False) -> None:
        """Remove values that no build used for long, or that are too many, at the moment `clock` (seconds since 1970).

        `used` are kind and parts of every value that the site needs today. What was among them at the last pruning and is not any
        more counts as used until now: its entry gets that time. Who reads or writes here meanwhile finds a value missing at worst.
        With `forget` nothing stays that is not needed today.
        """
        shelf = self.home / self.shelf
        names = {self._name(kind, parts) for kind, parts in used}
        others = {name for name in _entries(shelf) - names if _ENTRY.fullmatch(name)}
        for name in others.intersection(self.load(_USED, list[str]) or ()):
            with suppress(OSError):
                os.utime(shelf / name, (clock, clock))
        unused = {name: when for name in others if (when := _time(shelf / name)) is not None}
        for name in list(unused) if forget else _too_old(unused, max(len(names), UNUSED_KEPT), clock):
            with suppress(OSError):
                (shelf / name).unlink()
        self.save(_USED, sorted(names))

    @property
    def pruned(self) -> float:
        """When values were last pruned, in seconds since 1970; 0 where they never were."""
        return _time(self.home / _USED) or 0.0

    def close(self) -> None:
        """Remove what only this build could use."""
        if self._temporary:
            shutil.rmtree(self.home, ignore_errors=True)
        elif self.is_clean:
            shutil.rmtree(self.home / self.shelf, ignore_errors=True)

    def _path(self, kind: type[T], parts: Sequence[str]) -> Path:
        return self.home / self.shelf / self._name(kind, parts)

    def _name(self, kind: type[Any], parts: Sequence[str]) -> str:
        return filed(files.digest(kind.__name__.encode(), *(part.encode() for part in parts)))

    def _read(self, path: Path, kind: type[T]) -> T | None:
        return unsealed(path, kind)

    def _put(self, path: Path, value: object) -> None:
        write_sealed(path, value)

    def _write(self, path: Path, value: object) -> None:
        try:
            self._put(path, value)
        except OSError as error:
            self.problem = Problem("cache-unusable", f"a cache entry cannot be written: {error.strerror}", path=self.home.name)


def filed(digest: str) -> str:
    """Where on a shelf the entry with that digest for a name is."""
    return f"{digest[:2]}/{digest[2:]}"


def _entries(shelf: Path) -> set[str]:
    """The name of every file on a shelf; what vanishes meanwhile is passed over."""
    return {f"{folder}/{name}" for folder in _listed(shelf) for name in _listed(shelf / folder)}


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  thousands of names, and none is taken apart
    except OSError:
        return []


def _time(path: Path) -> float | None:
    """When a file was last written or touched; None where it is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _too_old(unused: Mapping[str, float], kept: int, clock: float) -> Iterator[str]:
    """All but the `kept` newest, and those nobody wants after their time; an unfinished file may yet be finished, for a day."""
    values = sorted((name for name in unused if not name.endswith(files.UNFINISHED)), key=unused.__getitem__, reverse=True)
    yield from values[kept:]
    yield from (name for name in values[:kept] if unused[name] < clock - UNUSED_FOR)
    yield from (name for name in unused if name.endswith(files.UNFINISHED) and unused[name] < clock - DAY)


def name_of(output: Path) -> str:
    """What an output folder is called in the cache folder."""
    return files.digest(str(output.resolve()).encode())


def write_sealed(path: Path, value: object) -> None:
    """Write an entry that holds `value`. Raises OSError."""
    payload = msgspec.msgpack.encode(value)
    files.write_whole(path, _MAGIC + _seal(path, payload) + payload)


def unsealed(path: Path, kind: type[T]) -> T | None:
    """The value of type `kind` that the entry at `path` holds; None where there is none that is whole, in its place and of that type."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    payload = memoryview(data)[_HEADER:]
    if data[:_HEADER] != _MAGIC + _seal(path, payload):
        return None
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except msgspec.MsgspecError:
        return None


def _seal(path: Path, payload: bytes | memoryview) -> bytes:
    """What tells that `payload` is whole and in its own place."""
    return files.digest((path.parent.name + path.name).encode(), payload).encode()

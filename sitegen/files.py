"""Files and folders: digests, whole-file writes, sorted walks."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import Problem

DIGEST_BYTES = 16
PACKAGE = Path(__file__).parent
# How the name ends of a file that is being written.
UNFINISHED = ".tmp"


def digest(*parts: bytes | memoryview) -> str:
    """A name for `parts`: BLAKE2b of 128 bits in hex. ``("a", "bc")`` and ``("ab", "c")`` are named apart."""
    state = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()


def digest_of(path: Path) -> str:
    """The digest of a file; empty where it cannot be read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds either what it held before or all of `data`.

    The parent folder is made. The temporary file stands beside the target, since a rename does not cross file systems; its name is
    a digest, since one longer than the target's might be too long for the disk.
    """
    temporary = path.with_name(f"{digest(os.fsencode(path.name))}.{os.getpid()}{UNFINISHED}")
    try:
        _write(temporary, data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _write(path: Path, data: bytes) -> None:
    # The folder is there for all but the first file in it, and to ask each time costs as much as to write.
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same file as `source` where the file system can, else a copy of it; the parent folder is made."""
    try:
        _link(source, target)
    except OSError:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)


# What tells two states of a file apart without reading it: size, inode, and the times of its last change in nanoseconds.
Stamp = tuple[int, int, int, int]
UNKNOWN: Stamp = (-1, 0, 0, 0)
# A file system's clock ticks coarsely: of two changes this close together, the stamp may show one. Two seconds are the coarsest tick
# there is (FAT's); where a stamp has parts of a second, the tick is that of the system's own timer, which is ten milliseconds at most.
_SETTLING = 2_000_000_000
SETTLING_FINE = 50_000_000


def stamp(found: os.stat_result) -> Stamp:
    """The stamp of a file, for this machine alone."""
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def settled(seen: Stamp, clock: int) -> Stamp:
    """`seen`, or `UNKNOWN` where it is too young at `clock` (nanoseconds) to stand for what was read at that moment."""
    return seen if max(seen[2], seen[3]) < clock - settling(seen) else UNKNOWN


def settling(seen: Stamp) -> int:
    """How old the stamp must be, in nanoseconds, to stand for what was read. The second time in it is one that nobody can set."""
    return min(_SETTLING, SETTLING_FINE) if seen[3] % 1_000_000_000 else _SETTLING


@dataclass(frozen=True, slots=True)
class Walked:
    """The regular files below a folder with their stamps, and what was found there that is none."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


def walk(root: Path, *, within: Path, shown: Callable[[str], bool] = bool, base: Path | None = None) -> Walked:
    """Every regular file below `root` as a path relative to it with ``/``, sorted by code point on every file system.

    `shown` says of a name whether it counts; a folder that does not is not entered. A symbolic link is followed when its target
    lies `within`, and is an error otherwise, named relative to `base`; a link loop is an error; pipes, sockets and devices are named
    and left out, since opening one could wait for ever.
    """
    walker = _Walker(within.resolve(), shown, (base or within).resolve())
    if root.is_dir():
        walker.enter(os.fspath(root), "", (root.resolve(),))
    return Walked(tuple(sorted(walker.stamps)), tuple(walker.problems), walker.stamps)


class _Walker:
    def __init__(self, within: Path, shown: Callable[[str], bool], base: Path) -> None:
        self.within, self.shown, self.base = within, shown, base
        self.stamps: dict[str, Stamp] = {}
        self.problems: list[Problem] = []

    def enter(self, folder: str, prefix: str, trail: tuple[Path, ...]) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._problem("unreadable", folder, f"cannot be read: {error.strerror}", "check its permissions")
            return
        for entry in entries:
            if self.shown(entry.name):
                self._take(entry, prefix + entry.name, trail)

    def _take(self, entry: os.DirEntry[str], name: str, trail: tuple[Path, ...]) -> None:
        if entry.is_symlink() and not self._is_followed(entry):
            return
        found = entry.stat()
        if stat.S_ISREG(found.st_mode):
            self.stamps[name] = stamp(found)
        elif not stat.S_ISDIR(found.st_mode):
            self._problem("not-a-file", entry.path, "is a pipe, a socket or a device and is left out", "move it out of the site")
        elif (target := Path(entry.path).resolve()) in trail:
            self._problem("symlink", entry.path, "is a symbolic link to a folder it lies in", "remove the link")
        else:
            self.enter(entry.path, name + "/", (*trail, target))

    def _is_followed(self, entry: os.DirEntry[str]) -> bool:
        """Whether what the symbolic link leads to may be read."""
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            self._problem("symlink", entry.path, "is a symbolic link that leads nowhere", "remove the link or restore its target")
            return False
        if target.is_relative_to(self.within):
            return True
        self._problem("symlink", entry.path, "is a symbolic link that leads out of the site", "copy the file into the site instead")
        return False

    def _problem(self, rule: str, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(rule, message, path=site_path(Path(path), self.base), hint=hint))


def site_path(path: Path, root: Path) -> str:
    """`path` as messages name it: relative to the site's folder, with ``/``."""
    # Not `resolve`: a message names the link, not what it leads to.
    absolute = Path(os.path.abspath(path))  # noqa: PTH100
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()


def walk_shallow(folder: Path) -> Iterator[Path]:
    """The regular files directly in `folder`, sorted; none where it is missing."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file())


@functools.cache
def of_package() -> str:
    """The digest of sitegen's own source and of its catalogues: what one version made, another need not believe."""
    return digest(*(path.read_bytes() for path in sorted(PACKAGE.rglob("*.p[oy]"))))

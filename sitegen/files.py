"""Files and folders: digests, whole-file writes, sorted walks."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import Problem

DIGEST_BYTES = 16


def digest(*parts: bytes) -> str:
    """A name for `parts`: BLAKE2b of 128 bits in hex. ``("a", "bc")`` and ``("ab", "c")`` are named apart."""
    state = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds either what it held before or all of `data`.

    The parent folder is made. The temporary file stands beside the target, since a rename does not cross file systems; its name is
    a digest, since one longer than the target's might be too long for the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{digest(os.fsencode(path.name))}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same file as `source` where the file system can, else a copy of it; the parent folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@dataclass(frozen=True, slots=True)
class Walked:
    """The regular files below a folder, and what was found there that is none."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def walk(root: Path, *, within: Path, shown: Callable[[str], bool] = bool, base: Path | None = None) -> Walked:
    """Every regular file below `root` as a path relative to it with ``/``, sorted by code point on every file system.

    `shown` says of a name whether it counts; a folder that does not is not entered. A symbolic link is followed when its target
    lies `within`, and is an error otherwise, named relative to `base`; a link loop is an error; pipes, sockets and devices are named
    and left out, since opening one could wait for ever.
    """
    walker = _Walker(within.resolve(), shown, (base or within).resolve())
    if root.is_dir():
        walker.enter(root, "", (root.resolve(),))
    return Walked(tuple(sorted(walker.files)), tuple(walker.problems))


class _Walker:
    def __init__(self, within: Path, shown: Callable[[str], bool], base: Path) -> None:
        self.within, self.shown, self.base = within, shown, base
        self.files: list[str] = []
        self.problems: list[Problem] = []

    def enter(self, folder: Path, prefix: str, trail: tuple[Path, ...]) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._problem("unreadable", folder, f"cannot be read: {error.strerror}", "check its permissions")
            return
        for entry in entries:
            if self.shown(entry.name):
                self._take(Path(entry.path), prefix + entry.name, trail)

    def _take(self, path: Path, name: str, trail: tuple[Path, ...]) -> None:
        target = self._target(path)
        if target is None:
            return
        mode = target.stat().st_mode
        if stat.S_ISREG(mode):
            self.files.append(name)
        elif not stat.S_ISDIR(mode):
            self._problem("not-a-file", path, "is a pipe, a socket or a device and is left out", "move it out of the site")
        elif target in trail:
            self._problem("symlink", path, "is a symbolic link to a folder it lies in", "remove the link")
        else:
            self.enter(path, name + "/", (*trail, target))

    def _target(self, path: Path) -> Path | None:
        """What `path` is in truth, or None where it must not be read."""
        if not path.is_symlink():
            return path
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            self._problem("symlink", path, "is a symbolic link that leads nowhere", "remove the link or restore its target")
            return None
        if target.is_relative_to(self.within):
            return target
        self._problem("symlink", path, "is a symbolic link that leads out of the site", "copy the file into the site instead")
        return None

    def _problem(self, rule: str, path: Path, message: str, hint: str) -> None:
        self.problems.append(Problem(rule, message, path=site_path(path, self.base), hint=hint))


def site_path(path: Path, root: Path) -> str:
    """`path` as messages name it: relative to the site's folder, with ``/``."""
    # Not `resolve`: a message names the link, not what it leads to.
    absolute = Path(os.path.abspath(path))  # noqa: PTH100
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else absolute.as_posix()


def walk_all(root: Path) -> Iterator[Path]:
    """Every regular file below `root`, links not followed, in no order; what vanishes meanwhile is passed over."""
    for folder, _, names in os.walk(root):
        yield from (path for name in names if (path := Path(folder, name)).is_file())


def walk_shallow(folder: Path) -> Iterator[Path]:
    """The regular files directly in `folder`, sorted; none where it is missing."""
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file())


@functools.cache
def of_package() -> str:
    """The digest of sitegen's own source: what one version made, another need not believe."""
    package = Path(__file__).parent
    return digest(*(path.read_bytes() for path in sorted(package.rglob("*.py"))))

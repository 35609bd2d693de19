"""How everything that a build read and wrote looked when it was done: what tells, without reading a file, that nothing is to be done.

All of it is stamps (`sitegen.files`), which hold on one machine alone; anywhere else, and wherever one is in doubt, the build itself
looks at the files and their digests.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from sitegen import files, git
from sitegen.cache import name_of, unsealed, write_sealed
from sitegen.encryption import Key
from sitegen.errors import Problem, SitegenError
from sitegen.files import Stamp
from sitegen.report import in_order
from sitegen.vaults import still_open

_READ = ("site.yaml", "content", "templates", "static", "data", "locale")
_ASIDE = b"snapshot"
_SITE_PACKAGES = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build has to say when it is repeated and finds nothing to do."""

    pages: int = 0
    files: int = 0
    copied: int = 0
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Stamps by path: of what was read (`inputs`, files and folders; others were `absent`), of the `outputs` and their `folders`, and of
    the folders of the `spare` tree.

    `key` names what else the site depends on; it is what it was from `since` up to `until`. What it would tell of protected pages stands
    `aside`, encrypted with the keys of all `groups` of readers of this `site`, each with the place of its passwords.
    """

    key: str = ""
    since: datetime | None = None
    until: datetime | None = None
    inputs: Mapping[str, Stamp] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    folders: Mapping[str, Stamp] = field(default_factory=dict)
    spare: Mapping[str, Stamp] = field(default_factory=dict)
    summary: Summary = Summary()
    groups: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    aside: bytes = b""


@dataclass(frozen=True, slots=True)
class Aside:
    """The part of a snapshot that tells of protected pages."""

    inputs: Mapping[str, Stamp]
    absent: tuple[str, ...]
    warnings: tuple[Problem, ...]
    until: datetime | None


def hidden(aside: Aside, keys: Iterable[Key]) -> bytes:
    """`aside` for those who have all the `keys`: it tells of each group, and the readers of one are not those of another."""
    data = msgspec.msgpack.encode(aside)
    for key in keys:
        data = key.hidden(_ASIDE, data)
    return data


def _shown(data: bytes, keys: Sequence[Key]) -> Aside:
    for key in reversed(keys):
        data = key.shown(_ASIDE, data)
    return msgspec.msgpack.decode(data, type=Aside)


def whole(snapshot: Snapshot, home: Path) -> Snapshot:
    """`snapshot` with what stands aside in it, if every group's passwords are what they were; else an empty one.

    Costs a derivation for each group; `home` is the cache folder.
    """
    if not snapshot.groups:
        return snapshot
    found = (still_open(place, snapshot.site, group, home) for group, place in snapshot.groups.items())
    keys = [key for key in found if key is not None]
    if len(keys) != len(snapshot.groups):
        return Snapshot()
    try:
        aside = _shown(snapshot.aside, keys)
    except (SitegenError, msgspec.MsgspecError):
        return Snapshot()
    told = replace(snapshot.summary, warnings=in_order((*snapshot.summary.warnings, *aside.warnings)))
    return replace(
        snapshot,
        inputs={**snapshot.inputs, **aside.inputs},
        absent=(*snapshot.absent, *aside.absent),
        until=min(filter(None, (snapshot.until, aside.until)), default=None),
        summary=told,
    )


def load(home: Path, output: Path) -> Snapshot:
    """The snapshot of the last build of `output`; an empty one where there is none."""
    return unsealed(_path(home, output), Snapshot) or Snapshot()


def save(home: Path, output: Path, snapshot: Snapshot) -> None:
    """Keep the snapshot of a build of `output`."""
    write_sealed(_path(home, output), snapshot)


def _path(home: Path, output: Path) -> Path:
    return home / "snapshots" / name_of(output)


def key_of(root: Path, overrides: Mapping[str, Any]) -> str:
    """What a build depends on besides files and the time: what the command line sets, the git history, and this Python."""
    options = msgspec.json.encode(sorted((name, str(value)) for name, value in overrides.items() if name != "now"))
    return files.digest(options, git.state(root).encode(), sys.version.encode(), str(root).encode())


def still_holds(snapshot: Snapshot, root: Path, output: Path, overrides: Mapping[str, Any]) -> bool:
    """Whether a build now would do nothing but say what the last one said. `overrides` has the moment of the build as ``now``."""
    now = overrides["now"]
    if snapshot.since is None or now < snapshot.since or (snapshot.until is not None and now >= snapshot.until):
        return False
    if snapshot.key != key_of(root, overrides) or any(map(os.path.exists, snapshot.absent)):
        return False
    return agrees("", snapshot.inputs) and agrees(f"{output}/", snapshot.outputs) and agrees(f"{output}/", snapshot.folders)


def agrees(base: str, stamps: Mapping[str, Stamp]) -> bool:
    """Whether every path, written behind `base`, has its stamp still; one whose stamp is not known has not."""
    look = os.stat
    try:
        for name, known in stamps.items():
            found = look(base + name)
            if (found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns) != known:
                return False
    except OSError:
        return False
    return True


@dataclass(slots=True)
class Inputs:
    """All that a build may read: `stamps` of files and folders by path, and the paths that are `absent`."""

    stamps: dict[str, Stamp] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Path, others: Iterable[Path] = ()) -> Inputs:
        """Those of the site in `root`, with `others` besides its own folders, as they are now."""
        inputs, clock = cls(), time.time_ns()
        packages = [Path(entry) for entry in sys.path if entry.endswith(_SITE_PACKAGES)]
        for folder in packages:
            inputs._note(os.fspath(folder))
        for path in [*(root / name for name in _READ), *others]:
            inputs._walk(os.fspath(path))
        inputs.stamps = {path: files.settled(known, clock) for path, known in inputs.stamps.items()}
        return inputs

    def known(self) -> set[str]:
        """The paths of which it is known how they looked, be it that they were absent."""
        return {*self.stamps, *self.absent}

    def _note(self, path: str) -> os.stat_result | None:
        try:
            found = os.stat(path)  # noqa: PTH116  thousands of paths, and none is taken apart
        except OSError:
            self.absent.append(path)
            return None
        self.stamps[path] = files.stamp(found)
        return found

    def _walk(self, path: str) -> None:
        """Note `path` and, if it is a folder, all below it; links are followed, each folder once."""
        here = self._note(path)
        if here is None or not stat.S_ISDIR(here.st_mode) or (here.st_dev, here.st_ino) in self._seen:
            return
        self._seen.add((here.st_dev, here.st_ino))
        with suppress(PermissionError):
            for entry in os.scandir(path):
                if _is_folder(entry):
                    self._walk(entry.path)
                else:
                    self._note(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # Links that lead in a circle.
        return False


def of_tree(base: Path, names: Iterable[str], clock: int) -> dict[str, Stamp]:
    """The stamp of each file or folder of that name below `base`. Raises OSError where one is missing."""
    prefix = f"{base}/"
    return {name: files.settled(files.stamp(os.stat(prefix + name)), clock) for name in names}  # noqa: PTH116

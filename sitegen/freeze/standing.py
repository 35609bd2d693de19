"""The site that stands in the output folder: what the last build says of it, and what is true of that today."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sitegen import files, manifest, snapshot
from sitegen.files import UNKNOWN, Stamp
from sitegen.freeze.publish import spare_of
from sitegen.manifest import Manifest
from sitegen.snapshot import Snapshot


@dataclass
class Standing:
    """The site in `output` at `clock` nanoseconds; `home` is the cache folder."""

    home: Path
    output: Path
    manifest: Manifest
    seen: Snapshot
    clock: int
    _sound: dict[str, bool] = field(default_factory=dict)

    def is_sound(self, file: str) -> bool:
        """Whether `file` is there as the last build left it."""
        known = self._sound.get(file)
        if known is None:
            known = self._sound[file] = self._is_as_left(file)
        return known

    def _is_as_left(self, file: str) -> bool:
        was = self.manifest.outputs.get(file)
        here = self.stamps.get(file, UNKNOWN)
        if was is None or here[0] != was.size:
            return False
        return here == self.seen.outputs.get(file) or files.digest_of(self.output / file) == was.digest

    @cached_property
    def stamps(self) -> dict[str, Stamp]:
        """The stamp of each file that the last build left, as far as it is there."""
        return self._stamps(self.manifest.outputs)

    @cached_property
    def strays(self) -> frozenset[str]:
        """What no build put into the output: files, symbolic links, and whole folders."""
        known = {*self.manifest.outputs, *self.folders, manifest.MARKER}
        touched = (folder for folder, stamp in self.folders.items() if stamp != self.seen.folders.get(folder))
        return frozenset(name for folder in touched for name in self._inside(folder) if name not in known)

    @cached_property
    def folders(self) -> dict[str, Stamp]:
        """The stamp of each folder that the last build left, as far as it is there: what comes into it or goes changes that."""
        return self._stamps({"", *folders_of(self.manifest.outputs)})

    def _stamps(self, names: Iterable[str]) -> dict[str, Stamp]:
        found: dict[str, Stamp] = {}
        for name in names:
            with suppress(OSError):
                found[name] = files.stamp(os.stat(f"{self.output}/{name}"))  # noqa: PTH116
        return found

    def _inside(self, folder: str) -> list[str]:
        with suppress(OSError):
            return [f"{folder}/{name}".removeprefix("/") for name in os.listdir(self.output / folder)]  # noqa: PTH208
        return []

    def changes(self, new: Manifest) -> frozenset[str]:
        """The files that must come, go, or become others for the output to be what `new` says."""
        there = self.manifest.outputs
        gone = there.keys() - new.outputs.keys()
        other = (file for file, each in new.outputs.items() if file not in there or there[file].digest != each.digest)
        return frozenset({*gone, *other, *(file for file in new.outputs if file in there and not self.is_sound(file)), *self.strays})

    @cached_property
    def put_back(self) -> frozenset[str]:
        """The files that are as the last build left them, but may be others than those which the spare is linked to.

        If a file of the output was written into and then replaced with a good copy, the spare still holds what was written.
        """
        if not self.seen.spare:
            return frozenset()
        others = (file for file, here in self.stamps.items() if here != self.seen.outputs.get(file))
        return frozenset(file for file in others if self.is_sound(file))

    @cached_property
    def spare(self) -> Path | None:
        """The tree of the site before this one, if it is whole: all but what the manifest names is hard-linked to the output."""
        spare = spare_of(self.home, self.output)
        if spare is None or not self.manifest.spare or manifest.marker_of(spare) != self.manifest.spare:
            return None
        # Where no folder of it was touched, its files are the very ones that were linked to the output, whose stamps tell of any edit:
        # all but those that were `put_back` there.
        return spare if self.seen.spare and snapshot.agrees(f"{spare}/", self.seen.spare) else None


def of(home: Path, output: Path, *, believed: bool, verify: bool) -> Standing:
    """What stands in `output`. Where the last build is not `believed`, nothing is known of it; `verify` trusts no stamp."""
    last = manifest.load(home, output) if believed else Manifest()
    seen = Snapshot() if verify or not last.outputs else snapshot.load(home, output)
    return Standing(home, output, last, seen, time.time_ns())


def folders_of(names: Iterable[str]) -> Iterator[str]:
    """Every folder that a file of these names lies in; some more than once."""
    for name in names:
        folder = name.rpartition("/")[0]
        while folder:
            yield folder
            folder = folder.rpartition("/")[0]

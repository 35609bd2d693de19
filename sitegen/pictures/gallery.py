"""What is known of a site's pictures from one build to the next."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sitegen import files
from sitegen.cache import Cache
from sitegen.files import UNKNOWN, Stamp
from sitegen.pictures.size import Size, size_of

_FILE = "pictures"


@dataclass(frozen=True, slots=True)
class _Seen:
    """The size of a picture, and the stamp that its file had when it was measured."""

    stamp: Stamp
    size: Size | None


@dataclass(frozen=True, slots=True)
class _Index:
    """Pictures by their path below the site's folder; `world` is the source of sitegen that measured them."""

    world: str
    seen: Mapping[str, _Seen] = field(default_factory=dict)


class Gallery:
    """The sizes of the pictures in the folder `root`, each read from its file's header once, and again where its stamp is another.

    With `verify` no stamp of an earlier build is believed.
    """

    def __init__(self, root: Path, cache: Cache, *, verify: bool = False) -> None:
        self._root, self._cache, self._verify = root, cache, verify
        self._now: dict[str, _Seen] = {}

    @cached_property
    def _before(self) -> Mapping[str, _Seen]:
        index = None if self._verify else self._cache.load(_FILE, _Index)
        return index.seen if index is not None and index.world == files.of_package() else {}

    def size(self, file: str) -> Size | None:
        """The size of the picture at `file`, a path below the site's folder or a whole one; None where there is none to be read."""
        seen = self._now.get(file)
        if seen is None:
            seen = self._now[file] = self._look(file)
        return seen.size

    def _look(self, file: str) -> _Seen:
        clock = time.time_ns()
        try:
            stamp = files.stamp((self._root / file).stat())
            before = self._before.get(file)
            if before is not None and before.stamp == stamp:
                return before
            return _Seen(files.settled(stamp, clock), size_of(self._root / file))
        except OSError:
            return _Seen(UNKNOWN, None)

    def digest(self, file: str) -> str:
        """What another page's HTML can depend on of that picture, by digest."""
        size = self.size(file)
        return f"{size.width}x{size.height}" if size else ""

    def save(self) -> None:
        """Keep what was asked for in this build, for the next."""
        if self._now and self._now != self._before:
            self._cache.save(_FILE, _Index(files.of_package(), self._now))

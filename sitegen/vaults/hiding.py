"""The cache of what belongs to a group of readers: the same as the site's own, but only the group's key tells what is in it.

Names are MACs under the key instead of digests, so that nobody can try whether a page says what he guesses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sitegen import files
from sitegen.cache import Cache, filed
from sitegen.encryption import DamagedError, Key

T = TypeVar("T")

FOLDER = "vaults"


class VaultCache(Cache):
    """A cache in a folder of its own. Entries of another key, like damaged ones, count as missing."""

    def __init__(self, home: Path, key: Key, shelf: str = "values") -> None:
        super().__init__(home, shelf)
        self._key = key

    @property
    def key(self) -> Key:
        """What opens it."""
        return self._key

    def _name(self, kind: type[Any], parts: Sequence[str]) -> str:
        return filed(self._key.digest(kind.__name__.encode(), *(part.encode() for part in parts)))

    def _read(self, path: Path, kind: type[T]) -> T | None:
        try:
            return msgspec.msgpack.decode(self._key.shown(_place(path), path.read_bytes()), type=kind)
        except (OSError, DamagedError, msgspec.MsgspecError):
            return None

    def _put(self, path: Path, value: object) -> None:
        files.write_whole(path, self._key.hidden(_place(path), msgspec.msgpack.encode(value)))


class MemoryCache(Cache):
    """Keeps values while this process lives, and nothing on disk: for what belongs to a group without a key."""

    def __init__(self) -> None:
        self.home, self.shelf, self.problem = Path(os.devnull), "values", None
        self._temporary = False
        self._values: dict[tuple[type[Any], tuple[str, ...]], Any] = {}

    def get(self, kind: type[T], parts: Sequence[str]) -> T | None:
        """The value that `parts` name, if it was made."""
        return self._values.get((kind, tuple(parts)))

    def keep(self, kind: type[T], parts: Sequence[str], make: Callable[[], T]) -> T:
        """The value that `parts` name: that which was made, or else what is made now."""
        known = self.get(kind, parts)
        return self._values.setdefault((kind, tuple(parts)), make()) if known is None else known

    def has(self, kind: type[T], parts: Sequence[str]) -> bool:
        """Whether the value that `parts` name was made."""
        return (kind, tuple(parts)) in self._values

    def load(self, name: str, kind: type[T]) -> T | None:
        """None: there was no build before."""
        del name, kind
        return None

    def save(self, name: str, value: object) -> None:
        """Nothing: there is no build that comes after."""


def key_of(cache: Cache) -> Key | None:
    """The key that opens `cache`; None where nothing is kept."""
    return cache.key if isinstance(cache, VaultCache) else None


def home_of(cache: Path, site: str, group: str) -> Path:
    """The folder of a group below the cache folder `cache`."""
    return cache / FOLDER / files.digest(site.encode(), group.encode())


def _place(path: Path) -> bytes:
    """What an entry is bound to: it is not believed elsewhere."""
    return f"{path.parent.name}/{path.name}".encode()

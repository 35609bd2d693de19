"""What lies in the cache folder that no later build will want: old values, and what belonged to an output folder that is gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen import files
from sitegen.cache import DAY, Cache, name_of
from sitegen.pages import Drawing, Kept, Reader
from sitegen.vaults import FOLDER as VAULTS
from sitegen.vaults import home_of

# Seconds that what is known of an output folder outlives the folder: it may lie on a disk that comes back.
GONE_FOR = 7 * DAY
# Looking through all values takes as long as a few bodies: a build that rendered fewer of them than one in so many does it once a day.
_SHARE = 1000
_SHELVES = ("sites", "snapshots", "spares")
_OUTPUTS = "outputs"
_OURS = re.compile(rf"[0-9a-f]{{32}}(\.[0-9]+{re.escape(files.UNFINISHED)})?")


def clear(reader: Reader, output: Path, *, written: int, clock: float) -> None:
    """Remove it, at the moment `clock` (seconds since 1970), after a build of `output` that wrote so many values.

    Only while the lock of the site is held: another build may be making what looks left over.
    """
    _clear_outputs(reader.cache, output, clock)
    if written and (written * _SHARE >= len(reader.values()) or reader.cache.pruned < clock - DAY):
        _prune(reader, clock)


def clear_vaults(reader: Reader, groups: Iterable[str]) -> None:
    """Remove what is kept of groups of readers that are none of these any more."""
    home, site = reader.cache.home, reader.settings.site_id
    known = {home_of(home, site, group) for group in groups}
    for folder in home.glob(f"{VAULTS}/*"):
        if folder not in known and _OURS.fullmatch(folder.name):
            _remove(folder)


def clear_values(reader: Reader, *, clock: float) -> None:
    """Remove the values of a group that no build wants any more, once a day."""
    if reader.cache.pruned < clock - DAY:
        _prune(reader, clock)


def forget(reader: Reader, *, clock: float) -> None:
    """Remove every value that this build does not need: one may say what a page said when it was public."""
    _prune(reader, clock, forget=True)


def _prune(reader: Reader, clock: float, *, forget: bool = False) -> None:
    drawings = ((Drawing, parts) for parts in reader.drawings())
    reader.cache.prune(
        (*((Kept, parts) for parts in reader.values().values()), *drawings, *reader.gallery.used), clock=clock, forget=forget
    )


def _clear_outputs(cache: Cache, output: Path, clock: float) -> None:
    """Every output folder built from this cache is listed in it, by the name that it goes by there."""
    before = cache.load(_OUTPUTS, dict[str, str]) or {}
    listed = {**before, name_of(output): str(output.resolve())}
    for path in _unwanted(cache.home, frozenset(name for name, folder in listed.items() if Path(folder).is_dir()), clock):
        _remove(path)
        listed.pop(path.name, None)
    if listed != before:
        cache.save(_OUTPUTS, listed)


def _unwanted(home: Path, standing: frozenset[str], clock: float) -> Iterator[Path]:
    """What belongs to none of the `standing` outputs, and files that were never finished, if they have not changed for long."""
    found = [*home.glob(f"*{files.UNFINISHED}"), *(path for shelf in _SHELVES for path in home.glob(f"{shelf}/*"))]
    ours = (path for path in found if _OURS.fullmatch(path.name) and path.name not in standing)
    return (path for path in ours if path.lstat().st_mtime < clock - GONE_FOR)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

"""The finished tree takes the place of the old one, all at once, and the old one becomes the spare for the next build.

The spare is the site before the published one, hard-linked to it wherever they agree. The next build brings it up to date, which
costs what has changed since and not what the site is large.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen import manifest
from sitegen.cache import name_of
from sitegen.errors import SitegenError, UsageError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_INPUTS = ("content", "templates", "static", "data", "locale", "sitegen", ".git", ".cache")


def check_output(output: Path, root: Path) -> None:
    """Refuse an output folder that is not ours to replace.

    Raises:
        UsageError: it holds the sources, is inside them, or holds files that sitegen did not write.
    """
    real, home = output.resolve(), Path.home().resolve()
    inputs = [root / name for name in _INPUTS]
    if root.is_relative_to(real) or home.is_relative_to(real) or any(real.is_relative_to(each) for each in inputs):
        hint = "name a folder of its own, like `--output build`"
        raise UsageError(f"the output folder {output} holds the site's sources or lies among them", hint=hint)
    if not manifest.is_ours(output):
        hint = "empty it yourself, or name another folder with `--output`"
        raise UsageError(f"the output folder {output} holds files that sitegen did not write; they would be lost", hint=hint)


_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def unwritable_as_problem() -> Iterator[None]:
    """Tell of a full disk or a folder without permission as the author's to mend.

    Raises:
        SitegenError: something inside could not be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        where = Path(os.fsdecode(error.filename)).name if error.filename else "the site"
        message = f"{where} cannot be written: {(error.strerror or '').lower()}"
        raise SitegenError(message, rule="unwritable", hint="make room or permission there; the site that was published stays") from error


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """An empty sibling of `output` to build in; it is gone afterwards, and so is what a killed build left there."""
    pattern = f".{output.name}.staging-*"
    for stray in output.parent.glob(glob.escape(f".{output.name}.staging-") + "*"):
        shutil.rmtree(stray, ignore_errors=True)
    folder = output.with_name(pattern.replace("*", str(os.getpid())))
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(finished: Path, output: Path, spare: Path | None) -> None:
    """Put `finished` in the place of `output`; what was there becomes `spare`, or goes where it cannot.

    On Linux the two are exchanged in one step (renameat2(2) with RENAME_EXCHANGE). Elsewhere, and on file systems that cannot, it is
    two renames: between them `output` is missing, and a build killed just there leaves the old site beside it.
    """
    if not output.exists():
        finished.rename(output)
        return
    if not _exchange(finished, output):
        aside = finished.with_name(finished.name + "-old")
        output.rename(aside)
        finished.rename(output)
        aside.rename(finished)
    if spare is not None and finished != spare:
        discard(spare)
        with suppress(OSError):
            spare.parent.mkdir(parents=True, exist_ok=True)
            finished.rename(spare)


def spare_of(home: Path, output: Path) -> Path | None:
    """Where the spare of `output` lies in the cache folder `home`; None where that is another disk."""
    if not output.exists() or output.stat().st_dev != home.stat().st_dev:
        return None
    return home / "spares" / name_of(output)


def discard(spare: Path) -> None:
    """Remove a spare that nobody can vouch for."""
    shutil.rmtree(spare, ignore_errors=True)


def refresh(spare: Path, names: Iterable[str], place: Callable[[str, Path], None]) -> None:
    """Take each file of `names` out of the spare, and let ``place(name, path)`` put there what belongs there today, if anything.

    Nothing is written into a file: the published site may be hard-linked to it. What lies in `spare` has no marker meanwhile.
    """
    (spare / manifest.MARKER).unlink(missing_ok=True)
    names = sorted(names)
    for name in names:
        path = spare / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
            _prune(path.parent, spare)
    for name in names:
        place(name, spare / name)


def _prune(folder: Path, spare: Path) -> None:
    """Remove `folder` and those above it as far as they are empty."""
    while folder != spare:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _exchange(one: Path, other: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    result: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return result == 0

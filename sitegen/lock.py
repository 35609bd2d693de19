"""One build at a time for each site."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sitegen.errors import LockedError

_FOREVER = -1


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock in the cache folder `folder`. The lock of a killed build is none: the system lets go of it.

    Raises:
        LockedError: another process holds it, and `wait` is off.
    """
    owner = folder / "lock.pid"
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=_FOREVER if wait else 0)
    except Timeout:
        pid = owner.read_text(encoding="ascii").strip() if owner.is_file() else "unknown"
        raise LockedError(f"another build of this site is running (process {pid})", hint="wait for it with `--wait`") from None
    try:
        owner.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()

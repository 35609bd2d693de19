"""What was edited while the build ran: the site is whole all the same, but not the newest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sitegen.errors import Problem
from sitegen.files import walk_all
from sitegen.pages import CONTENT

State = tuple[int, int, int]


def content_state(root: Path) -> dict[str, State]:
    """Time in nanoseconds, size and inode of each file below content/."""
    found: dict[str, State] = {}
    for path in walk_all(root / CONTENT):
        with suppress(FileNotFoundError):
            stat = path.stat()
            found[path.relative_to(root).as_posix()] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found


def edited_since(before: Mapping[str, State], root: Path) -> Iterator[Problem]:
    """A warning for each file that is another than it was `before`, has gone or has come."""
    after = content_state(root)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Problem("changed-during-build", "was edited while the site was built", path=name, hint="build again to publish the edit")

"""A new site in an empty folder: a few files to change, kept in sitegen/starter/, and the schemas that editors check them with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sitegen import files, schema
from sitegen.errors import UsageError

STARTER = Path(__file__).with_name("starter")
_TODAY = b"YYYY-MM-DD"


def init(folder: Path, *, today: date | None = None) -> tuple[str, ...]:
    """Write the starter site into `folder`; the files written, sorted, with ``/``.

    The first post is dated `today`, which by itself is the day in UTC, the new site's time zone: elsewhere it may be tomorrow,
    and the post would wait.

    Raises:
        UsageError: `folder` is a file, holds something already, or cannot be written.
    """
    _refuse_unless_empty(folder)
    day = (today or datetime.now(UTC).date()).isoformat().encode()
    names = files.walk(STARTER, within=STARTER, shown=_is_starter).files
    try:
        for name in names:
            files.write_whole(folder / name, (STARTER / name).read_bytes().replace(_TODAY, day))
        names = tuple(sorted((*names, *schema.write(folder))))
    except OSError as error:
        raise UsageError(f"`{folder}` cannot be written: {error.strerror}", hint="check its permissions, or name another folder") from error
    return names


def _is_starter(name: str) -> bool:
    return name not in {"__pycache__", ".DS_Store"}


def _refuse_unless_empty(folder: Path) -> None:
    hint = "name a folder that does not exist yet, or an empty one"
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"`{folder}` is a file, a new site needs a folder", hint=hint)
    # A repository that was just made is as good as empty.
    found = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.is_dir() else []
    if found:
        raise UsageError(f"`{folder}` is not empty: it holds `{found[0]}`", hint=hint)

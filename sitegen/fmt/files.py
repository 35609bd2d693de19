"""The content files of a site, each rewritten whole or left."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import files
from sitegen.errors import ContentError, Problem, SitegenError, UsageError
from sitegen.fmt.rewriting import rewritten
from sitegen.pages import CONTENT, is_page
from sitegen.yaml_nodes import shown


@dataclass(frozen=True, slots=True)
class Formatted:
    """What became, or would become, of the files: those that are `changed`, by path, with a `diff` of each, and what was left."""

    changed: tuple[tuple[str, str], ...]
    looked_at: int
    problems: tuple[Problem, ...]


def format_files(root: Path, paths: Sequence[Path], *, write: bool) -> Formatted:
    """Rewrite the front matter of the files at `paths` and below, or of all of content/ in the site `root`; without `write`, only look.

    Raises:
        UsageError: a path is not there.
    """
    changed: list[tuple[str, str]] = []
    problems: list[Problem] = []
    found = list(_found(root, paths))
    for path in found:
        shown_path = files.site_path(path, root)
        try:
            before = _read(path, shown_path)
            after = rewritten(before, path=shown_path)
        except SitegenError as error:
            problems += (problem.at(shown_path) for problem in error.problems)
            continue
        if after != before:
            changed.append((shown_path, _diff(before, after, shown_path)))
            if write:
                _replace(path, after)
    return Formatted(tuple(changed), len(found), tuple(problems))


def _found(root: Path, paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths or [root / CONTENT]:
        if path.is_dir():
            yield from (each for each in sorted(path.rglob("*")) if is_page(each.name) and _is_ours(each, path))
        elif path.is_file() and is_page(path.name):
            yield path
        else:
            message = f"{str(path)!r} is no Markdown file" if path.exists() else f"there is no file or folder {str(path)!r}"
            raise UsageError(message, hint="name Markdown files or folders, or none for all of content/")


def _is_ours(path: Path, folder: Path) -> bool:
    """Whether a file below `folder` is to be looked at: not what hides behind a dot, nor what a link leads out to."""
    inner = path.relative_to(folder)
    return path.is_file() and not any(part.startswith(".") for part in inner.parts) and path.resolve().is_relative_to(folder.resolve())


def _read(path: Path, shown_path: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", rule="unreadable", path=shown_path, hint="check its permissions") from None


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of the file that `path` leads to, with the permissions it has."""
    target = path.resolve()
    mode = target.stat().st_mode
    try:
        files.write_whole(target, data)
        target.chmod(mode)
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be written: {error.strerror}", rule="unwritable", hint="check its permissions") from None


def _diff(before: bytes, after: bytes, path: str) -> str:
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}", n=1, lineterm="")
    return "\n".join(lines)


def _lines(data: bytes) -> list[str]:
    """The lines of a file as a diff may show them."""
    return [shown(line) for line in data.decode().splitlines()]

"""How a command goes: the moment it begins, what it tells of problems, and the code it leaves with."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from sitegen import formats
from sitegen.errors import LockedError, SitegenError, UsageError
from sitegen.formats import Form
from sitegen.snapshot import Summary

OK, PROBLEMS, USAGE, OUR_BUG, LOCKED, INTERRUPTED, TERMINATED = 0, 1, 2, 70, 75, 130, 143

root_option = click.option(
    "--root", type=click.Path(file_okay=False, path_type=Path), default=".", help="The site's folder. Default: here."
)
locked_option = click.option(
    "--allow-locked", is_flag=True, help="Make protected pages of groups without passwords locked for good, as for a preview."
)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(formats.FORMS),
    help="How problems are told: text on stderr, one JSON object on stdout, or annotations for GitHub Actions. "
    "Default: text, on GitHub Actions with annotations.",
)
strict_option = click.option("--strict", is_flag=True, help="Take warnings for errors.")


def code_of(error: SitegenError) -> int:
    """The exit code that `error` makes."""
    if isinstance(error, LockedError):
        return LOCKED
    return USAGE if isinstance(error, UsageError) else PROBLEMS


class ToldError(Exception):
    """A `SitegenError` that was told of already."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def told_in(form: Form | None, root: Path, *, end: str = "") -> Iterator[None]:
    """Tells of the problems that are found within in the `form` that was asked for."""
    try:
        yield
    except SitegenError as error:
        formats.show(error.problems, error.warnings, form, root=root, end=None if isinstance(error, UsageError) else end)
        raise ToldError(code_of(error)) from error


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells how a build went; `started` is when it began."""

    root: Path
    output: Path
    form: Form | None
    quiet: bool
    started: float = field(default_factory=time.monotonic)

    def tell_of(self, summary: Summary, rendered: int) -> None:
        """Tell of the warnings, and how many files were `rendered` of what the site has."""
        formats.show((), summary.warnings, self.form, root=self.root)
        if self.quiet:
            return
        warned = f", {formats.counted((), summary.warnings)}" if summary.warnings else ""
        counts = f"{rendered} rendered, {summary.files - rendered} fresh, {summary.copied} copied{warned}"
        click.echo(f"{summary.pages} pages in {self.output}: {counts}, {time.monotonic() - self.started:.2f} s")


def check_root(root: Path) -> None:
    """Raises UsageError where `root` is no site."""
    if not (root / "content").is_dir():
        hint = "start one with `sitegen init mysite`, or name the site's folder with `--root`"
        raise UsageError(f"there is no content/ folder in {root.resolve()}", hint=hint)


def now() -> datetime:
    """The moment that the whole build takes for now: SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock, read once.

    Raises:
        UsageError: the variable is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    if not epoch.isdecimal():
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds", hint="set it with `git log -1 --format=%ct`")
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (OverflowError, ValueError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch}, beyond the calendar", hint="set it with `git log -1 --format=%ct`") from None

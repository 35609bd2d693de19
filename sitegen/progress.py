"""How far a build is: a bar on a terminal, a line for each step elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

_DRAWN_EACH = 10

Tell = Callable[[str, int, int], None]


@contextmanager
def told(quiet: bool) -> Iterator[Tell]:
    """A bar on a terminal; in CI and in a pipe one plain line for each step."""
    console = Console(stderr=True, quiet=quiet)
    if not console.is_terminal or os.environ.get("CI"):
        yield _plain_progress(quiet)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Drawn by hand: the thread that would draw it by itself might hold a lock just when a worker is forked.
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            task = tasks[step] if step in tasks else tasks.setdefault(step, bars.add_task(step, total=total))
            bars.update(task, completed=done, total=total, refresh=done % _DRAWN_EACH == 0 or done == total)

        yield tell


def _plain_progress(quiet: bool) -> Tell:
    def tell(step: str, done: int, total: int) -> None:
        if done == total and not quiet:
            click.echo(f"{step}: {done}")

    return tell

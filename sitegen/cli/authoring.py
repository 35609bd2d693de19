"""The commands that help to write: `fmt` and `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.cli.outcome import OK, PROBLEMS, root_option
from sitegen.formats import show


@click.command()
@root_option
@click.option("--check", is_flag=True, help="Change nothing; the exit code is 1 where something would change.")
@click.option("--diff", is_flag=True, help="Show what would change, without changing it.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1)
def fmt(*, root: Path, check: bool, diff: bool, paths: tuple[Path, ...]) -> int:
    """Rewrite the front matter of PATHS, or of all content, as YAML with sitegen's own keys; bodies stay as they are."""
    from sitegen import fmt as formatting

    done = formatting.format_files(root.resolve(), paths, write=not (check or diff))
    show(done.problems, root=root, end="what cannot be read is left as it is")
    for path, changes in done.changed:
        click.echo(changes if diff else f"{'would rewrite' if check else 'rewrote'} {path}")
    click.echo(f"{len(done.changed)} of {done.looked_at} files {'would be' if check or diff else 'were'} rewritten")
    return PROBLEMS if done.problems or (check and done.changed) else OK

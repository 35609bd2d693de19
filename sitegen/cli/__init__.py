"""The commands. Each parses its words, calls one function below, and says how it went.

What a command does is imported when it runs: `sitegen --help`, and a build that finds nothing to do, load none of it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, NoReturn

import click

from sitegen import __version__, cache, formats, snapshot
from sitegen.cli import authoring
from sitegen.cli.outcome import (
    INTERRUPTED,
    LOCKED,
    OK,
    OUR_BUG,
    PROBLEMS,
    TERMINATED,
    USAGE,
    Telling,
    ToldError,
    check_root,
    code_of,
    form_option,
    locked_option,
    now,
    root_option,
    strict_option,
    told_in,
)
from sitegen.cli.password import password
from sitegen.errors import ProblemsFound, SitegenError
from sitegen.formats import Form
from sitegen.lock import locked
from sitegen.snapshot import Summary

__all__ = ["INTERRUPTED", "LOCKED", "OK", "OUR_BUG", "PROBLEMS", "TERMINATED", "USAGE", "commands", "main", "run"]

_DEFAULT = "build"
_UNLIMITED = 10_000
_WHICH = ("all", "drafts", "future", "expired")


class _TerminatedError(BaseException):
    """SIGTERM as an exception, so that workers and unfinished trees are cleared away on its way out."""


class _Group(click.Group):
    """Without a command, builds: ``sitegen --clean`` is ``sitegen build --clean``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        if not args or (first.startswith("-") and first not in {"--help", "--version"}):
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with an exit code that CI understands."""
    sys.excepthook = _our_bug
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """The exit code of the command that `arguments` name. What is no `SitegenError` is ours to mend and passes through."""
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        return commands(arguments, prog_name="sitegen", standalone_mode=False) or OK
    except click.ClickException as error:
        error.show()
        return USAGE
    except SitegenError as error:
        formats.show(error.problems, error.warnings, root=Path(), end=None)
        return code_of(error)
    except ToldError as error:
        return error.code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except _TerminatedError:
        return TERMINATED
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise _TerminatedError


def _our_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    traceback.print_exception(kind, error, trace)
    click.echo("\nThis is a bug in sitegen, not in your site. Please report it with the lines above.", err=True)
    os._exit(OUR_BUG)


@click.group(cls=_Group)
@click.version_option(__version__, prog_name="sitegen")
def commands() -> None:
    """A static site generator for documentation and a blog."""


commands.add_command(authoring.fmt)
commands.add_command(authoring.init)
commands.add_command(authoring.schema)
commands.add_command(authoring.words)
commands.add_command(password)

_base_url = click.option(
    "--base-url", metavar="URL", help="Build for this address instead of site.yaml's, as a preview that search engines skip."
)


@commands.command()
@root_option
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder to publish. Default: build/ in the site's folder."
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes to work with. Default: one for each core.")
@click.option(
    "--scheduler", metavar="ADDRESS", default="", help="Let the workers of this Dask scheduler work instead, like tcp://10.0.0.5:8786."
)
@click.option("--clean", is_flag=True, help="Build everything anew. Nothing is deleted before the new site is complete.")
@click.option("--verify", is_flag=True, help="Read every file, also where size and time say that it is what it was.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--future", is_flag=True, help="Publish pages with a date to come too.")
@_base_url
@click.option("--no-search", is_flag=True, help="Build the site without search, which is quicker.")
@locked_option
@click.option("--quiet", is_flag=True, help="Say nothing but what is wrong.")
@form_option
@strict_option
@click.option(
    "--profile",
    type=click.Choice(["table", "json"]),
    is_flag=False,
    flag_value="table",
    help="Say where time went; `--profile=json` writes it to .cache/profile.json.",
)
@click.option("--wait", is_flag=True, help="Wait for another build of this site to end.")
def build(
    *,
    root: Path,
    output: Path | None,
    jobs: int | None,
    scheduler: str,
    clean: bool,
    verify: bool,
    drafts: bool,
    future: bool,
    base_url: str | None,
    no_search: bool,
    allow_locked: bool,
    quiet: bool,
    form: Form | None,
    strict: bool,
    profile: str | None,
    wait: bool,
) -> None:
    """Build the site: what changed is rendered, the rest is kept."""
    with told_in(form, root, end="nothing was published"):
        check_root(root)
        output = output or root / "build"
        overrides = {"drafts": drafts, "future": future, "base_url": base_url, "now": now(), "allow_locked": allow_locked}
        overrides |= {"search": False} if no_search else {}
        telling = Telling(root, output, form, quiet=quiet or form == "json")
        standing = None if clean or verify or profile else _nothing_to_do(root, output, overrides, wait=wait)
        if standing is not None and not (strict and standing.warnings):
            telling.tell_of(standing, 0)
            return
        if standing is not None:
            raise ProblemsFound(standing.warnings)
        from sitegen import freeze
        from sitegen.progress import told

        with told(telling.quiet) as tell:
            options = freeze.Options(jobs=jobs or _cores(), scheduler=scheduler, clean=clean, verify=verify, wait=wait, strict=strict)
            built = freeze.build_site(root, output, replace(options, overrides=overrides, progress=tell))
        # Of a large site there is much in memory by now, and all of it goes with the process: nobody need look for garbage in it.
        gc.freeze()
        telling.tell_of(built.summary, built.rendered)
        if profile:
            click.echo(freeze.profile.show(built.profile, profile, root / cache.FOLDER), err=form == "json")


def _nothing_to_do(root: Path, output: Path, overrides: Mapping[str, Any], *, wait: bool) -> Summary | None:
    """What the last build had to say, where this one would come to the same."""
    home = root / cache.FOLDER
    if not home.is_dir():
        return None
    root, output = root.resolve(), output.absolute()
    with locked(home, wait=wait):
        last = snapshot.whole(snapshot.load(home, output), home)
        return last.summary if snapshot.still_holds(last, root, output, overrides) else None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@commands.command()
@root_option
@click.option("--jobs", type=click.IntRange(min=1), help="Processes to work with. Default: one for each core.")
@click.option("--drafts", is_flag=True, help="Check drafts too.")
@click.option("--future", is_flag=True, help="Check pages with a date to come too.")
@_base_url
@locked_option
@form_option
@click.option("--fix", is_flag=True, help="Mend text that was decoded with the wrong encoding, and show what changed.")
@strict_option
@click.option("--external", is_flag=True, help="Ask other sites whether the links to them hold. Takes the extra sitegen[external].")
@click.option("--wait", is_flag=True, help="Wait for a build of this site to end.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1)
def check(
    *,
    root: Path,
    jobs: int | None,
    drafts: bool,
    future: bool,
    base_url: str | None,
    allow_locked: bool,
    form: Form | None,
    fix: bool,
    strict: bool,
    external: bool,
    wait: bool,
    paths: tuple[Path, ...],
) -> int:
    """Say all that a build would and more, and publish nothing; of PATHS alone, where some are named."""
    with told_in(form, root):
        check_root(root)
        from sitegen import check as checking
        from sitegen import freeze

        overrides = {"drafts": drafts, "future": future, "base_url": base_url, "now": now(), "allow_locked": allow_locked}
        options = freeze.Options(jobs=jobs or _cores(), wait=wait, overrides=overrides)
        checked = checking.check_site(root, root / "build", options, external=external).within(root, paths)
        changes = list(checking.repair(root, checked.all)) if fix else []
        for change in changes:
            click.echo(change, err=form in {"json", "github"})
        if changes:
            checked = checking.check_site(root, root / "build", options, external=external).within(root, paths)
        checked = checked.strictly() if strict else checked
    formats.show(checked.errors, checked.warnings, form, root=root)
    if form in {None, "text"} and not (checked.errors or checked.warnings):
        click.echo("no problems")
    return PROBLEMS if checked.errors else OK


@commands.command()
@root_option
@_base_url
@click.option("--host", default="127.0.0.1", help="The address to listen on. Default: this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Default: 8000.")
@click.option("--drafts/--no-drafts", default=True, help="Show drafts. Default: yes.")
@click.option("--future/--no-future", default=True, help="Show pages with a date to come. Default: yes.")
def serve(*, root: Path, base_url: str | None, host: str, port: int, drafts: bool, future: bool) -> None:
    """Show the site while it is being written; content is read again when it changes."""
    check_root(root)
    from sitegen import serve as server

    overrides = {"drafts": drafts, "future": future, "base_url": base_url, "allow_locked": True}
    server.serve(root, host=host, port=port, overrides=overrides, tell=click.echo)


@commands.command(name="list")
@root_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="Default: table.")
@click.argument("which", type=click.Choice(_WHICH), default="all")
def list_pages(*, root: Path, form: str, which: str) -> None:
    """List the site's pages: all of them, or the drafts, future or expired ones."""
    check_root(root)
    from sitegen import inventory

    entries = inventory.entries(root, which, overrides={"now": now(), "allow_locked": True})
    click.echo(inventory.as_json(entries) if form == "json" else inventory.as_table(entries, _width()))


def _width() -> int:
    """A terminal's width; in a pipe as much as the table wants, so that nothing in it is cut."""
    from rich.console import Console

    console = Console()
    return console.width if console.is_terminal else _UNLIMITED

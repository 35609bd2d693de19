"""The command `password`, which makes passwords and looks at them. None is told but the one that was made."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sitegen.errors import UsageError
from sitegen.formats import show

# A password of as many words fills a line; more of them make none better.
_MOST_WORDS = 50


@click.group()
def password() -> None:
    """Make a password for protected pages, or say how good one is. Takes the extra sitegen[protected]."""


@password.command()
@click.option("--words", type=click.IntRange(max=_MOST_WORDS), default=6, help="How many words it has: 5 or more. Default: 6.")
def new(*, words: int) -> None:
    """Print a new password, of words drawn from a list; how good it is goes to stderr."""
    from sitegen.encryption import passwords

    made = passwords.new(words)
    click.echo(made)
    click.echo(str(passwords.strength(made)), err=True)


@password.command()
def check() -> None:
    """Say how good a password is, or a file of them on stdin: one `name: password` a line. The exit code is 1 where one is refused."""
    from sitegen.encryption import passwords

    readers = passwords.parsed(_asked() if sys.stdin.isatty() else _piped())
    for reader in readers:
        click.echo(f"{reader}: {passwords.strength(reader.password, [reader.name])}")
    show((), passwords.examined(readers), root=Path(), end=None)


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, err=True))


def _piped() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("what is piped in is not UTF-8") from error

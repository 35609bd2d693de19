"""The passwords of readers: read from a file or the environment, looked at, and made."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sitegen.encryption.derivation import normalised
from sitegen.encryption.errors import WeakPasswordError
from sitegen.encryption.strength import LEAST_BITS, LEAST_CHARACTERS, Strength, check, eff_words, strength
from sitegen.errors import Problem, ProblemsFound, UsageError

__all__ = ["LEAST_BITS", "LEAST_CHARACTERS", "WORDS", "Reader", "Strength", "check", "examined", "new", "parsed", "strength"]

# How many words a new password has, and how many it must have.
WORDS = 6
LEAST_WORDS = 5
RULE = "password"
WEAK_RULE = "weak-password"
_FORM = "write one `name: password` a line"
_NEW = "`sitegen password new` makes a strong one"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reader:
    """One who may read: a name that is never published, empty where the group has a single password, and the password as it counts.

    `line` is where it was read, from 1.
    """

    name: str
    password: str = field(repr=False)
    line: int = 0

    def __str__(self) -> str:
        return f"the password of `{self.name}`" if self.name else "the password"


def parsed(text: str, *, path: str = "") -> tuple[Reader, ...]:
    """The readers that `text` names, in its order: one a line, as ``name: password``; blank lines and those that begin with ``#`` are none.

    A single line without ``: `` is one password without a name. `path` is what problems say of where it was read.

    Raises:
        ProblemsFound: there is no password, a line is none, or two readers have one name or one password. No password is told.
    """
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    told = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")]
    readers = [_reader(number, line) for number, line in told]
    problems = tuple(_problems_of(readers))
    if problems:
        raise ProblemsFound([replace(problem, path=path) for problem in problems])
    return tuple(readers)


def _reader(number: int, line: str) -> Reader:
    name, separator, password = line.partition(": ")
    return Reader(name.strip(), normalised(password), number) if separator else Reader("", normalised(line), number)


def _problems_of(readers: Sequence[Reader]) -> Iterator[Problem]:
    if not readers:
        yield Problem(RULE, "there is no password", hint=_FORM)
    names: set[str] = set()
    passwords: dict[str, Reader] = {}
    for reader in readers:
        if len(readers) > 1 and not reader.name:
            yield Problem(RULE, "a line names no reader", line=reader.line, hint=_FORM)
        elif reader.name in names:
            yield Problem(RULE, f"a second password of `{reader.name}`", line=reader.line, hint="give each reader another name")
        yield from _problems_of_password(reader, passwords.setdefault(reader.password, reader))
        names.add(reader.name)


def _problems_of_password(reader: Reader, first: Reader) -> Iterator[Problem]:
    if not reader.password:
        yield Problem(RULE, f"{reader} is empty", line=reader.line, hint=_NEW)
    elif _CONTROL.search(reader.password):
        yield Problem(RULE, f"{reader} has a character that no keyboard writes", line=reader.line, hint="save the file as UTF-8")
    elif first is not reader:
        hint = "give each reader another one, or neither can be shut out alone"
        yield Problem(RULE, f"{reader} is that of line {first.line} too", line=reader.line, hint=hint)


def examined(readers: Iterable[Reader], *, path: str = "", known: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Warnings of the passwords that will not hold for ever. `known` are words that an attacker tries first.

    Raises:
        ProblemsFound: passwords that are too short or can be guessed, together, and the warnings of the others.
        EncryptionError: the libraries that look at them are missing.
    """
    refused: list[Problem] = []
    warnings: list[Problem] = []
    for reader in readers:
        try:
            found = check(reader.password, [*known, reader.name])
        except WeakPasswordError as error:
            refused.append(Problem(RULE, f"{reader} {error}", path, reader.line, hint=error.problem.hint))
        else:
            told = Problem(WEAK_RULE, f"{reader} is worth {found}", path, reader.line, hint=_NEW)
            warnings += [told] if found.is_weak else []
    if refused:
        raise ProblemsFound(refused, warnings)
    return tuple(warnings)


def new(words: int = WORDS) -> str:
    """A password of `words` words of the EFF's long list, drawn by the system's generator of random numbers: 12.9 bits a word.

    The four words of the list with a hyphen are not drawn, since hyphens stand between words.

    Raises:
        UsageError: so few words can be guessed.
        EncryptionError: the library with the list is missing.
    """
    plain = [word for word in eff_words() if word.isalpha()]
    password = "-".join(secrets.choice(plain) for _ in range(max(0, words)))
    if words < LEAST_WORDS:
        told = f"so few words can be guessed: a password of {words} is worth {strength(password)}"
        raise UsageError(told, hint=f"take {WORDS} words, or {LEAST_WORDS} at least")
    return password

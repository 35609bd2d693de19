"""How long passwords of protected pages hold: ``python -m benchmarks.guessing``.

The table is worked out: how many guesses a kind of password takes, and how long that is on average at the rate that
`sitegen.encryption.strength` states with its source. It is the same wherever it is run. What this machine does is measured, in
derivations for each second of one processor, and stands in a line of its own.
"""

from __future__ import annotations

import math
import string
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.tables import table
from sitegen.encryption import ITERATIONS, derived, salt_of
from sitegen.encryption.strength import CARDS, GUESSES, Strength, duration, eff_words, strength

HUMAN = "Il0veMyGarden15"
_LETTERS = len(string.ascii_lowercase + string.digits)
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of password, and what one of it is worth."""

    name: str
    strength: Strength

    @property
    def row(self) -> list[str]:
        """Its name, its bits, and how long one graphics card takes for it, and many."""
        return [self.name, f"{self.strength.bits:.1f}", duration(self.strength.seconds(1)), duration(self.strength.seconds(CARDS))]


def main() -> None:
    """Print what this machine does, and the table."""
    a_second = derivations_a_second()
    sys.stdout.write(f"This machine: {a_second:.1f} derivations of {ITERATIONS:,} rounds for each second of one processor.\n\n{sums()}\n")


def sums() -> str:
    """The table, as Markdown."""
    head = ["Password", "Bits", f"One graphics card ({GUESSES:,.0f} guesses a second)", f"{CARDS:,} graphics cards"]
    return table(head, [kind.row for kind in kinds()])


def kinds() -> Iterator[Kind]:
    """Passwords drawn by chance, which are worth what drawing them is, and one of a human, as zxcvbn takes it."""
    for length in (8, 10, 12):
        yield Kind(f"{length} characters of a–z and 0–9, drawn by chance", Strength(length * math.log2(_LETTERS)))
    for words in (4, 5, 6, 7):
        yield Kind(f"{words} words of the EFF's long list, drawn by chance", Strength(words * math.log2(len(eff_words()))))
    yield Kind(f"`{HUMAN}`, thought of by a human", strength(HUMAN))


def derivations_a_second() -> float:
    """How many passwords this machine derives a key from in a second of one processor: the best of a few."""
    salt = salt_of("example.org", "clients")
    return 1 / min(_seconds(salt) for _ in range(_ROUNDS))


def _seconds(salt: bytes) -> float:
    started = time.process_time()
    derived("a password", salt)
    return time.process_time() - started


if __name__ == "__main__":
    main()

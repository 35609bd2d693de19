"""How long a password holds against one who guesses with all the time there is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from sitegen.encryption.derivation import ITERATIONS, normalised
from sitegen.encryption.errors import INSTALL, EncryptionError, WeakPasswordError

# NIST SP 800-63B-4, 3.1.1.2, of a password that is used alone.
LEAST_CHARACTERS = 15
# A thousand graphics cards take five years for the least, and eighty thousand years for what is good.
LEAST_BITS = 50.0
GOOD_BITS = 64.0
# What a current graphics card does of PBKDF2 with HMAC-SHA-512: 210,000 rounds are set so that it tries 10,000 passwords a second at most
# (tobtu.com/minimum-password-settings, of December 2022, which OWASP's Password Storage Cheat Sheet took over; it counts an RTX 4090 as
# one and a half cards). So 600,000 rounds leave it 3,500.
CARD_ROUNDS = 210_000 * 10_000
GUESSES = CARD_ROUNDS / ITERATIONS
CARDS = 1000
# The estimate takes the cube of the length, so what zxcvbn sees of a longer one is its beginning: an estimate that is too low, if wrong.
_SEEN = 72
_SEPARATORS = re.compile(r"[\s_.,+-]+")
_NEW = "`sitegen password new` makes a strong one"
_YEAR = 365.25 * 86_400
_UNITS = (
    (1.0, "second"),
    (60.0, "minute"),
    (3600.0, "hour"),
    (86_400.0, "day"),
    (_YEAR, "year"),
    (1e6 * _YEAR, "million year"),
    (1e9 * _YEAR, "billion year"),
    (1e12 * _YEAR, "trillion year"),
)
_LONGEST = 1e15 * _YEAR

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Strength:
    """What a password is worth: `bits` is the logarithm of the guesses that find it for certain, to the base of 2."""

    bits: float

    @property
    def is_weak(self) -> bool:
        """Whether an attacker with money may find it within a lifetime of what it protects."""
        return self.bits < GOOD_BITS

    def seconds(self, cards: int = CARDS) -> float:
        """How long `cards` graphics cards guess on average: half of all guesses, at `GUESSES` a second each."""
        return math.pow(2, self.bits - 1) / (GUESSES * cards)

    def __str__(self) -> str:
        return f"about {self.bits:.0f} bits: {CARDS:,} graphics cards guess it in {duration(self.seconds())} on average"


def duration(seconds: float) -> str:
    """A time in words, with two digits that count: ``17 years``."""
    if seconds < 1:
        return "less than a second"
    if seconds >= _LONGEST:
        return "more than 1,000 trillion years"
    size, unit = next(each for each in reversed(_UNITS) if _rounded(seconds / each[0]) >= 1)
    number = _rounded(seconds / size)
    shown = f"{number:,.1f}" if number < 10 and number != round(number) else f"{number:,.0f}"
    return f"{shown} {unit}" if shown == "1" and " " not in unit else f"{shown} {unit}s"


def _rounded(number: float) -> float:
    return float(f"{number:.2g}")


def _of_the_libraries(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except ImportError as error:
            raise EncryptionError("passwords need the libraries `zxcvbn` and `xkcdpass`", hint=f"install them: `{INSTALL}`") from error

    return run


@cache
@_of_the_libraries
def eff_words() -> tuple[str, ...]:
    """The long word list of the Electronic Frontier Foundation of 2016, sorted: 7,776 words of three to nine letters.

    It is made to be read, heard and typed without mistakes; the library `xkcdpass` carries it.
    """
    from xkcdpass import xkcd_password

    path = xkcd_password.locate_wordfile("eff-long")
    return tuple(sorted(xkcd_password.generate_wordlist(wordfile=path, min_length=1, max_length=99)))


@_of_the_libraries
def strength(password: str, known: Iterable[str] = ()) -> Strength:
    """What `password` is worth, as it counts: the lower of what zxcvbn takes it for, and of what it is as words of a list.

    `known` are words that an attacker tries first, such as the names of the site and of the group. zxcvbn (Wheeler, "zxcvbn: Low-Budget
    Password Strength Estimation", USENIX Security 2016) does not know that words were drawn from a short list, and takes four such
    for some 75 bits instead of 52.

    Raises:
        EncryptionError: the libraries are missing.
    """
    from zxcvbn import zxcvbn

    text = normalised(password)
    if not text:
        return Strength(0.0)
    guesses = zxcvbn(text[:_SEEN], user_inputs=[word for word in known if word], max_length=_SEEN)["guesses"]
    return Strength(min(math.log2(guesses), _bits_of_words(text)))


def _bits_of_words(text: str) -> float:
    """What `text` is worth to one who knows the list; infinite where it is anything but words of it."""
    words = eff_words()
    # Some are written with a hyphen, which is a separator here.
    known = frozenset(part for word in words for part in word.split("-"))
    counts = [_words_in(run, known) for run in _SEPARATORS.split(text.lower()) if run]
    return sum(counts) * math.log2(len(words)) if counts else math.inf


def _words_in(run: str, words: Collection[str]) -> float:
    """The least number of `words` that make up `run`; infinite where they do not."""
    least = [0.0] + [math.inf] * len(run)
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - 9), end)
        least[end] = min((least[start] + 1 for start in starts if run[start:end] in words), default=math.inf)
    return least[-1]


def check(password: str, known: Iterable[str] = ()) -> Strength:
    """What `password` is worth, where that is enough to publish what it protects. `known` as for `strength`.

    Raises:
        WeakPasswordError: it is too short, or can be guessed. The password itself is not told.
        EncryptionError: the libraries are missing.
    """
    if len(normalised(password)) < LEAST_CHARACTERS:
        raise WeakPasswordError(f"is too short: {LEAST_CHARACTERS} characters are the least", hint=_NEW)
    found = strength(password, known)
    if found.bits < LEAST_BITS:
        raise WeakPasswordError(f"can be guessed: {found}", hint=_NEW)
    return found

"""Words that must not be in a folder or a log, found in every file and name however they are packed, written or digested."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import files
from tests.checks.decodings import readings

# Of a long word its middle is looked for: indexes cut off endings, and beginnings that words have in common.
_LONG, _BEFORE, _BEHIND = 14, 2, 3
# Of a digest so much is looked for: names are often made of its beginning.
_HEX_DIGITS, _RAW, _BASE64 = 16, 8, 10
_BLOCK = 4
_SHORTEST = 2 * _BLOCK - 1
_DIGESTS: Mapping[str, Callable[[bytes], bytes]] = {
    "SHA-256": lambda value: hashlib.sha256(value).digest(),
    "SHA-384": lambda value: hashlib.sha384(value).digest(),
    "SHA-512": lambda value: hashlib.sha512(value).digest(),
    "SHA-1": lambda value: hashlib.sha1(value, usedforsecurity=False).digest(),
    "MD5": lambda value: hashlib.md5(value, usedforsecurity=False).digest(),
    "BLAKE2b": lambda value: hashlib.blake2b(value).digest(),
    "BLAKE2b-256": lambda value: hashlib.blake2b(value, digest_size=32).digest(),
    "BLAKE2b-128": lambda value: hashlib.blake2b(value, digest_size=16).digest(),
    "BLAKE2s": lambda value: hashlib.blake2s(value).digest(),
    "digest of sitegen": lambda value: bytes.fromhex(files.digest(value)),
}


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """In `file`, or in its name where `by` begins so, stands the word called `label`; `by` is how it was found."""

    file: str
    label: str
    by: str


@dataclass(frozen=True, slots=True)
class _Needle:
    data: bytes
    label: str
    by: str
    # Whether a letter or a digit on either side makes it another word.
    alone: bool = False

    def is_in(self, data: bytes) -> bool:
        place = data.find(self.data)
        while self.alone and place >= 0 and not self._stands_alone(data, place):
            place = data.find(self.data, place + 1)
        return place >= 0

    def _stands_alone(self, data: bytes, place: int) -> bool:
        beside = data[max(place - 1, 0) : place], data[place + len(self.data) : place + len(self.data) + 1]
        return not any(each.isalnum() for each in beside)


class _Haystack:
    """Needles by their blocks of four bytes.

    One of seven bytes or more holds such a block at a multiple of four, wherever it lies. So one pass over the data, as numbers, tells
    which few of thousands of needles can be in it at all.
    """

    def __init__(self, needles: Iterable[_Needle]) -> None:
        self._blocks: dict[int, set[_Needle]] = {}
        self._short: list[_Needle] = []
        for needle in needles:
            if len(needle.data) < _SHORTEST:
                self._short.append(needle)
            for start in range(len(needle.data) - _BLOCK + 1) if len(needle.data) >= _SHORTEST else ():
                self._blocks.setdefault(_number(needle.data[start : start + _BLOCK]), set()).add(needle)
        self._keys = frozenset(self._blocks)

    def found(self, data: bytes) -> Iterator[_Needle]:
        numbers = memoryview(data + bytes(-len(data) % _BLOCK)).cast("I")
        near = {needle for key in self._keys.intersection(numbers) for needle in self._blocks[key]}
        yield from (needle for needle in (*near, *self._short) if needle.is_in(data))


def _number(block: bytes) -> int:
    return memoryview(block).cast("I")[0]


class Searcher:
    """Looks for many words at once, and remembers what it has looked at: the same bytes cost nothing a second time.

    `words` are texts of seven letters or more by what they are called. Capitals do not count. `spelled` are texts that count only
    where no letter or digit stands beside them, such as the spellings of a date or a number. `guessable` are values of
    which no digest may be found, since whoever guesses one could confirm it.
    """

    def __init__(
        self,
        words: Mapping[str, str],
        *,
        spelled: Mapping[str, Sequence[str]] | None = None,
        guessable: Mapping[str, bytes] | None = None,
    ) -> None:
        short = [label for label, word in words.items() if len(word) < _SHORTEST]
        if short:
            raise ValueError(f"too short to be looked for: {short}")
        needles = [*_of_words(words), *_of_spellings(spelled or {}), *_of_digests(guessable or {})]
        self._folded = _Haystack(needle for needle in needles if needle.data == needle.data.lower())
        self._exact = _Haystack(needle for needle in needles if needle.data != needle.data.lower())
        self._known: dict[bytes, tuple[tuple[str, str], ...]] = {}

    def folder(self, folder: Path) -> list[Leak]:
        """What is found in the files below `folder`, and in the names of files and folders and what links lead to."""
        found = []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            found += [Leak(name, label, f"name{' > ' * bool(by)}{by}") for label, by in self._in(_name(path, folder))]
            if path.is_file() and not path.is_symlink():
                found += [Leak(name, label, by) for label, by in self._in(path.read_bytes())]
        return sorted(set(found))

    def text(self, data: str | bytes, name: str = "text") -> list[Leak]:
        """What is found in `data`, as of a file called `name`."""
        data = data.encode(errors="surrogateescape") if isinstance(data, str) else data
        return sorted(Leak(name, label, by) for label, by in self._in(data))

    def _in(self, data: bytes) -> tuple[tuple[str, str], ...]:
        key = hashlib.blake2b(data, digest_size=16).digest()
        if key not in self._known:
            # A word that is found in several ways is told once, by the shortest.
            ways = sorted(set(self._looked(data)), key=lambda found: (-len(found[1]), found))
            self._known[key] = tuple(dict(ways).items())
        return self._known[key]

    def _looked(self, data: bytes) -> Iterator[tuple[str, str]]:
        for how, each in readings(data):
            for needle in (*self._folded.found(each.lower()), *self._exact.found(each)):
                yield needle.label, " > ".join(filter(None, (how, needle.by))) or "as it is"


def leaks(where: Path | bytes | str, words: Mapping[str, str]) -> list[Leak]:
    """Where `words`, by what they are called, are in a folder, or in a text."""
    searcher = Searcher(words)
    return searcher.folder(where) if isinstance(where, Path) else searcher.text(where)


def _name(path: Path, folder: Path) -> bytes:
    """The last part of a path, since its folders are looked at on their own; of a symbolic link its target as well."""
    target = os.readlink(path) if path.is_symlink() else ""  # noqa: PTH115  as it is written, which a Path would tidy
    return os.fsencode(f"{path.name}\n{target}" if target else path.name)


def _of_words(words: Mapping[str, str]) -> Iterator[_Needle]:
    for label, word in words.items():
        core = word[_BEFORE:-_BEHIND] if len(word) >= _LONG else word
        # A word with spaces or other signs stands in addresses without them.
        for text in {core.lower(), re.sub(r"\W+", "-", core.lower())}:
            yield from _of_text(label, text)
        for spelling in {core.lower(), core.upper(), word.capitalize()}:
            yield from _of_encoded(label, spelling)


def _of_text(label: str, text: str) -> Iterator[_Needle]:
    for coding, by in (("utf-8", ""), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")):
        # Where it stands in lower case: the data is looked at in lower case too.
        yield _Needle(text.encode(coding), label, by)
        yield _Needle(text[::-1].encode(coding), label, " > ".join(filter(None, (by, "reversed"))))


def _of_encoded(label: str, text: str) -> Iterator[_Needle]:
    for coding, by in (("utf-8", ""), ("utf-16-le", " > UTF-16"), ("utf-16-be", " > UTF-16")):
        data = text.encode(coding)
        yield _Needle(data.hex().encode(), label, f"hex{by}")
        yield from (_Needle(each, label, f"base64{by}") for each in _based(data))


def _based(data: bytes) -> Iterator[bytes]:
    """What is always in the base64 of a text that holds `data`, after any number of other bytes, in both alphabets."""
    for before in range(3):
        code = b64encode(bytes(before) + data)
        # Letters that hold bits of what stands before or behind are left out.
        sure = code[(8 * before + 5) // 6 : 8 * (before + len(data)) // 6]
        yield from {sure, sure.replace(b"+", b"-").replace(b"/", b"_")}


def _of_spellings(spelled: Mapping[str, Sequence[str]]) -> Iterator[_Needle]:
    for label, texts in spelled.items():
        yield from (_Needle(text.lower().encode(), label, "", alone=True) for text in texts)


def _of_digests(guessable: Mapping[str, bytes]) -> Iterator[_Needle]:
    for label, value in guessable.items():
        for name, digest in ((name, make(value)) for name, make in _DIGESTS.items()):
            yield _Needle(digest.hex()[:_HEX_DIGITS].encode(), label, name)
            yield _Needle(digest[:_RAW], label, f"{name}, raw")
            yield from (_Needle(each, label, f"{name} > base64") for each in {b64encode(digest)[:_BASE64], _url_safe(digest)})


def _url_safe(digest: bytes) -> bytes:
    return b64encode(digest, b"-_")[:_BASE64]

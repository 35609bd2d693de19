"""Keys out of passwords: what takes long on purpose."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from unicodedata import normalize

from sitegen.encryption.errors import EncryptionError
from sitegen.encryption.primitives import stretched

# Three times what OWASP's password storage cheat sheet asks of PBKDF2 with SHA-512: who guesses here has all the time there is.
ITERATIONS = 600_000
KDF: Final = "PBKDF2"
HASH: Final = "SHA-512"
SALT_BYTES = 16
# What `trim` takes away in a browser (ECMA-262, 22.1.3.32); `strip` alone differs from it in a few control characters.
_WHITE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def line(*fields: str) -> bytes:
    """`fields` one a line: what a key or a ciphertext is bound to.

    Raises:
        EncryptionError: a field has a line break in it, and could pass for two.
    """
    if any("\n" in field for field in fields):
        raise EncryptionError("the id of the site, a group or an address has a line break in it", hint="write it on one line")
    return "\n".join(fields).encode()


def salt_of(site: str, group: str) -> bytes:
    """The salt of a group: 16 bytes, public, another for each site and group."""
    return _salt("sitegen salt 1", site, group)


def joint_salt_of(site: str, group: str) -> bytes:
    """The salt of the key that stands for all passwords of a group together."""
    return _salt("sitegen joint 1", site, group)


def _salt(purpose: str, site: str, group: str) -> bytes:
    return hashlib.sha256(line(purpose, site, group)).digest()[:SALT_BYTES]


def normalised(password: str) -> str:
    """`password` as it counts: in Unicode's form NFC, whichever way a keyboard wrote it, and without white space around it."""
    return normalize("NFC", password.strip(_WHITE))


def distinct(passwords: Iterable[str]) -> tuple[str, ...]:
    """The passwords as they count, sorted, each once.

    Raises:
        EncryptionError: there is none, or one is empty.
    """
    found = sorted(set(map(normalised, passwords)))
    if not found:
        raise EncryptionError("there is no password to seal with", hint="give the group a password")
    if not found[0]:
        raise EncryptionError("a password is empty", hint="`sitegen password new` makes one")
    return tuple(found)


def derived(password: str, salt: bytes) -> bytes:
    """The key of one reader: 32 bytes, after `ITERATIONS` rounds."""
    return stretched(_bytes(normalised(password)), salt, ITERATIONS)


def _bytes(password: str) -> bytes:
    try:
        return password.encode()
    except UnicodeEncodeError:
        # Without the cause, which would show the password.
        raise EncryptionError("a password is not UTF-8", hint="write it anew, in UTF-8") from None


def all_derived(passwords: Iterable[str], salt: bytes, *, jobs: int) -> list[bytes]:
    """The key of each password, in order, worked out in as many threads as `jobs`."""
    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(lambda password: derived(password, salt), passwords))


def jointly_derived(passwords: Iterable[str], salt: bytes) -> bytes:
    """One key for all of `passwords` together, in any order: 32 bytes, after `ITERATIONS` rounds."""
    texts = [_bytes(password) for password in distinct(passwords)]
    return stretched(b"".join(len(text).to_bytes(4, "big") + text for text in texts), salt, ITERATIONS)

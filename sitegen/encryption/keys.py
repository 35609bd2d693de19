"""The key of a group of readers: made of their passwords, it seals pages and files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sitegen.encryption import derivation
from sitegen.encryption.documents import Document, Kdf, encoded
from sitegen.encryption.envelope import sealed, subkey
from sitegen.encryption.errors import DamagedError
from sitegen.encryption.primitives import NONCE_BYTES, authenticated, decrypted, encrypted, expanded, key_unwrapped, key_wrapped
from sitegen.files import DIGEST_BYTES

SLOT_BYTES = 40
_NAME_BYTES = 16
_SLOTS = b"slots"


@dataclass(frozen=True, slots=True)
class Lock:
    """All that is public of a key. A slot is the key wrapped for one reader: 40 bytes; slots are sorted, so their order says nothing."""

    site: str
    group: str
    salt: bytes
    slots: tuple[bytes, ...]

    def page_aad(self, address: str) -> bytes:
        """What the page at `address` is bound to: its place, and all that its document says of the key."""
        place = ("sitegen page 1", self.site, self.group, address)
        kdf = (derivation.KDF, derivation.HASH, str(derivation.ITERATIONS), encoded(self.salt))
        return derivation.line(*place, *kdf, *map(encoded, self.slots))

    def file_aad(self, address: str) -> bytes:
        """What the file at `address` is bound to."""
        return derivation.line("sitegen file 1", self.site, self.group, address)


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a group: `secret` is its 32 bytes, and never shown."""

    lock: Lock
    secret: bytes = field(repr=False)

    def page(self, address: str, content: bytes) -> dict[str, Any]:
        """The document that holds `content` at `address`, which is a href; it becomes JSON as it is."""
        siv, data = sealed(self.secret, self.lock.page_aad(address), content)
        kdf = Kdf(derivation.KDF, derivation.HASH, derivation.ITERATIONS, encoded(self.lock.salt))
        slots = tuple(map(encoded, self.lock.slots))
        document = Document(1, self.lock.site, self.lock.group, address, kdf, slots, encoded(siv), encoded(data))
        found: dict[str, Any] = msgspec.to_builtins(document)
        return found | {"slots": list(slots)}

    def file(self, address: str, content: bytes) -> bytes:
        """The bytes that hold `content` at `address`, which is a href: `siv` and ciphertext."""
        return b"".join(sealed(self.secret, self.lock.file_aad(address), content))

    def name(self, path: str) -> str:
        """A name for the file at `path` that tells nothing without the key: 32 hex digits."""
        return authenticated(subkey(self.secret, "names"), path.encode())[:_NAME_BYTES].hex()

    def digest(self, *parts: bytes) -> str:
        """A name for `parts` as `sitegen.files.digest` gives one; without the key nobody can tell whether a guess has the same."""
        framed = (each for part in parts for each in (len(part).to_bytes(8, "little"), part))
        return authenticated(subkey(self.secret, "digests"), *framed)[:DIGEST_BYTES].hex()

    def hidden(self, name: bytes, value: bytes) -> bytes:
        """`value` encrypted to be kept under `name`; other bytes each time. Not for publishing: the length of it shows."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + encrypted(subkey(self.secret, "cache"), nonce, value, name)

    def shown(self, name: bytes, hidden: bytes) -> bytes:
        """The value that was hidden.

        Raises:
            DamagedError: it was hidden with another key or under another name, or is damaged.
        """
        return decrypted(subkey(self.secret, "cache"), hidden[:NONCE_BYTES], hidden[NONCE_BYTES:], name)


def made(site: str, group: str, passwords: Sequence[str], *, jobs: int) -> Key:
    """The key of the group of readers who have `passwords`: the same for the same readers, in any order.

    Costs a derivation for each password, in as many threads as `jobs`. A password that two readers share counts once.

    Raises:
        EncryptionError: there is no password, one is empty, or the library is missing.
    """
    salt = derivation.salt_of(site, group)
    readers = sorted(derivation.all_derived(derivation.distinct(passwords), salt, jobs=jobs))
    secret = expanded(b"".join(readers), salt=salt, info=derivation.line("sitegen group 1", site, group))
    return Key(Lock(site, group, salt, tuple(sorted(key_wrapped(reader, secret) for reader in readers))), secret)


def wrapped(key: Key, passwords: Iterable[str]) -> bytes:
    """`key`, to be kept in the cache: it opens with all passwords of the group together, and with no one of them. Costs one derivation."""
    joint = derivation.jointly_derived(passwords, derivation.joint_salt_of(key.lock.site, key.lock.group))
    return key_wrapped(joint, key.secret) + key.hidden(_SLOTS, b"".join(key.lock.slots))


def unwrapped(site: str, group: str, data: bytes, passwords: Iterable[str]) -> Key | None:
    """The key that was kept; None where the passwords are others, or `data` is damaged. Costs one derivation."""
    joint = derivation.jointly_derived(passwords, derivation.joint_salt_of(site, group))
    secret = key_unwrapped(joint, data[:SLOT_BYTES])
    if secret is None:
        return None
    salt = derivation.salt_of(site, group)
    try:
        slots = Key(Lock(site, group, salt, ()), secret).shown(_SLOTS, data[SLOT_BYTES:])
    except DamagedError:
        return None
    return Key(Lock(site, group, salt, tuple(slots[at : at + SLOT_BYTES] for at in range(0, len(slots), SLOT_BYTES))), secret)

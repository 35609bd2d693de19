"""What a browser does, in Python: a sealed page and its files opened with a password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.encryption import derivation, documents
from sitegen.encryption.documents import Document, decoded
from sitegen.encryption.envelope import SIV_BYTES, opened
from sitegen.encryption.errors import DamagedError, WrongPasswordError
from sitegen.encryption.keys import SLOT_BYTES, Key, Lock
from sitegen.encryption.primitives import key_unwrapped


def opened_page(document: Mapping[str, Any], password: str, address: str) -> bytes:
    """The content of the page whose `document` stands at `address`. Costs one derivation.

    Raises:
        WrongPasswordError: the password is of none of the readers.
        DamagedError: it is no document of format 1, is for another address, or is not as it was sealed.
    """
    found = documents.read(document)
    if found.page != address:
        raise DamagedError("the sealed page is for another address", hint="build the site anew")
    siv, data = decoded(found.siv), decoded(found.ct)
    key = _unlocked(_lock(found), password)
    return opened(key.secret, key.lock.page_aad(address), siv, data)


def unlocked(document: Mapping[str, Any], password: str) -> Key:
    """The key of the group that a page is sealed for; it opens the files of the group too. Costs one derivation.

    Raises:
        WrongPasswordError: the password is of none of the readers.
        DamagedError: it is no document of format 1.
    """
    return _unlocked(_lock(documents.read(document)), password)


def opened_file(data: bytes, key: Key, address: str) -> bytes:
    """The content of the sealed file that stands at `address`.

    Raises:
        DamagedError: it was not sealed so with this key and for this address.
    """
    return opened(key.secret, key.lock.file_aad(address), data[:SIV_BYTES], data[SIV_BYTES:])


def _lock(document: Document) -> Lock:
    slots = tuple(map(decoded, document.slots))
    salt = decoded(document.kdf.salt)
    if len(salt) != derivation.SALT_BYTES or not slots or any(len(slot) != SLOT_BYTES for slot in slots):
        raise DamagedError("salt or slots of the sealed page are of another length", hint="build the site anew")
    return Lock(document.site, document.group, salt, slots)


def _unlocked(lock: Lock, password: str) -> Key:
    reader = derivation.derived(password, lock.salt)
    for slot in lock.slots:
        secret = key_unwrapped(reader, slot)
        if secret is not None:
            return Key(lock, secret)
    raise WrongPasswordError("the password is of none of the readers", hint="look for capital letters, and for what was left out")

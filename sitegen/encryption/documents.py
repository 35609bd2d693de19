"""The document that a locked page carries: all that a browser needs besides the password."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from sitegen.encryption import derivation
from sitegen.encryption.errors import DamagedError


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a key is derived from a password."""

    name: Literal["PBKDF2"]
    hash: Literal["SHA-512"]
    iterations: int
    salt: str


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sealed page. Bytes are written in base64 (RFC 4648, 4) with padding; `page` is the address at which it stands."""

    v: Literal[1]
    site: str
    group: str
    page: str
    kdf: Kdf
    slots: tuple[str, ...]
    siv: str
    ct: str


def read(document: Mapping[str, Any]) -> Document:
    """`document` as a value.

    Raises:
        DamagedError: it is none of format 1, or its passwords would be cheaper to guess than format 1 makes them.
    """
    try:
        found = msgspec.convert(dict(document), Document)
    except msgspec.ValidationError as error:
        raise DamagedError("this is no sealed page of format 1", hint="build the site anew") from error
    if "\n" in found.site + found.group + found.page:
        raise DamagedError("a field of the sealed page has a line break in it", hint="build the site anew")
    if found.kdf.iterations != derivation.ITERATIONS:
        raise DamagedError(f"a sealed page of format 1 has {derivation.ITERATIONS} iterations", hint="build the site anew")
    return found


def encoded(data: bytes) -> str:
    """`data` as documents write it."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: str) -> bytes:
    """The bytes that `encoded` wrote as `text`.

    Raises:
        DamagedError: no bytes are written so; base64 that leaves bits over could be changed without a change in what it says.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or encoded(data) != text:
        raise DamagedError("a field of the sealed page is not base64", hint="build the site anew")
    return data

"""The few primitives that format 1 is made of, each as the library `cryptography` has it.

The library is loaded when the first of them is called: a site without protected pages needs none of it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import ParamSpec, TypeVar

from sitegen.encryption.errors import INSTALL, DamagedError, EncryptionError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16

P = ParamSpec("P")
R = TypeVar("R")


def is_installed() -> bool:
    """Whether the library is there. It is not loaded by asking."""
    return find_spec("cryptography") is not None


def _of_the_library(function: Callable[P, R]) -> Callable[P, R]:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except ImportError as error:
            raise EncryptionError("protected pages need the library `cryptography`", hint=f"install it: `{INSTALL}`") from error

    return run


@_of_the_library
def stretched(password: bytes, salt: bytes, iterations: int) -> bytes:
    """PBKDF2 with HMAC-SHA-512 (RFC 8018, 5.2), 32 bytes. Other threads work meanwhile."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    return PBKDF2HMAC(hashes.SHA512(), KEY_BYTES, salt, iterations).derive(password)


@_of_the_library
def expanded(secret: bytes, *, salt: bytes = b"", info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF with SHA-256 (RFC 5869), both steps; an empty salt is the one of zeros."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


@_of_the_library
def key_wrapped(key: bytes, secret: bytes) -> bytes:
    """`secret` under AES-KW (RFC 3394, 2.2.1): 8 bytes longer, the same for the same two."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(key, secret)


@_of_the_library
def key_unwrapped(key: bytes, slot: bytes) -> bytes | None:
    """What `key_wrapped` wrapped; None where it was under another key, or is damaged."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        return aes_key_unwrap(key, slot)
    except InvalidUnwrap:
        return None


@_of_the_library
def encrypted(key: bytes, nonce: bytes, text: bytes, aad: bytes) -> bytes:
    """AES-GCM (NIST SP 800-38D); the tag of 16 bytes ends it. One key and nonce may be used for one `text` and `aad` only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, text, aad)


@_of_the_library
def decrypted(key: bytes, nonce: bytes, data: bytes, aad: bytes) -> bytes:
    """What `encrypted` made `data` of.

    Raises:
        DamagedError: the tag does not agree with key, nonce, data and `aad`.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(nonce, data, aad)
    except (InvalidTag, ValueError):
        raise DamagedError("the ciphertext is not as it was sealed, or not for this place") from None


def authenticated(key: bytes, *parts: bytes) -> bytes:
    """HMAC with SHA-256 (RFC 2104) of `parts`, one after the other with nothing between them: 32 bytes."""
    state = hmac.new(key, digestmod="sha256")
    for part in parts:
        state.update(part)
    return state.digest()

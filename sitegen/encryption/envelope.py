"""Content sealed under the key of a group and bound to its place, and opened again.

The key that encrypts is derived from all that it encrypts, the place included, through an HMAC that is published as `siv`. So the
same content gives the same bytes, and AES-GCM never meets two texts under one key, which is why its nonce may be the same for all:
the idea of a synthetic IV (RFC 5297), with a whole key in the place of the IV.
"""

from __future__ import annotations

from functools import cache

from sitegen.encryption import padding
from sitegen.encryption.primitives import NONCE_BYTES, authenticated, decrypted, encrypted, expanded

SIV_BYTES = 32
_NONCE = bytes(NONCE_BYTES)


@cache
def subkey(secret: bytes, purpose: str) -> bytes:
    """The key for one purpose, of the secret of a group: 32 bytes, worked out once."""
    return expanded(secret, info=f"sitegen {purpose} 1".encode())


def content_key(secret: bytes, siv: bytes) -> bytes:
    """The key that encrypts one content at one place."""
    return expanded(secret, salt=siv, info=b"sitegen content 1")


def sealed(secret: bytes, aad: bytes, content: bytes) -> tuple[bytes, bytes]:
    """`content` under the `secret` of a group, bound to `aad`: the public `siv` of 32 bytes, and the ciphertext."""
    return sealed_text(secret, aad, padding.packed(content))


def sealed_text(secret: bytes, aad: bytes, text: bytes) -> tuple[bytes, bytes]:
    """The same of a text that is packed already; another zlib than this machine's may have done that."""
    siv = authenticated(subkey(secret, "mac"), len(aad).to_bytes(4, "big"), aad, text)
    return siv, encrypted(content_key(secret, siv), _NONCE, text, aad)


def opened(secret: bytes, aad: bytes, siv: bytes, data: bytes) -> bytes:
    """The content of a ciphertext.

    Raises:
        DamagedError: it was not sealed so with this secret and for this place.
    """
    return padding.unpacked(decrypted(content_key(secret, siv), _NONCE, data, aad))

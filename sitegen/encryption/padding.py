"""Content made ready to be sealed: deflated, and padded so that its exact size does not show."""

from __future__ import annotations

import zlib

from sitegen.encryption.errors import DamagedError, EncryptionError

_LENGTH_BYTES = 4
_RAW = -zlib.MAX_WBITS
# `cryptography` takes texts shorter than 2 GiB, and padding adds its part.
LARGEST = 2_000_000_000


def bucket(size: int) -> int:
    """The size that `size` bytes are padded to: some 3 % more at most.

    Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019, 4) with one
    more bit left as it is, which halves the padding. Of a size below 2^L, O(log L) bits show.
    """
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    step = 1 << max(0, exponent - exponent.bit_length() - 1)
    return -(-size // step) * step


def packed(content: bytes) -> bytes:
    """`content` deflated (RFC 1951), the length of that before it as 4 bytes, big end first, and zeros up to the bucket.

    Raises:
        EncryptionError: there is more of it than can be sealed at once.
    """
    if len(content) > LARGEST:
        raise EncryptionError("more than 2 GB cannot be sealed at once", hint="split it, or offer it elsewhere")
    deflater = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    deflated = deflater.compress(content) + deflater.flush()
    text = len(deflated).to_bytes(_LENGTH_BYTES, "big") + deflated
    return text.ljust(bucket(len(text)), b"\0")


def unpacked(text: bytes) -> bytes:
    """The content that `packed` made `text` of, by whatever zlib.

    Raises:
        DamagedError: it is no such text.
    """
    length = int.from_bytes(text[:_LENGTH_BYTES], "big")
    deflated, padding = text[_LENGTH_BYTES : _LENGTH_BYTES + length], text[_LENGTH_BYTES + length :]
    inflater = zlib.decompressobj(_RAW)
    try:
        content = inflater.decompress(deflated)
    except zlib.error:
        raise DamagedError("what was sealed is not deflated") from None
    if len(deflated) < length or not inflater.eof or inflater.unused_data or any(padding):
        raise DamagedError("what was sealed has another length than it says")
    return content

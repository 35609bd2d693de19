"""What cameras and editors write into a picture, taken out without touching its pixels."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from sitegen.pictures.size import orientation_in

_PNG = b"\x89PNG\r\n\x1a\n"
# The chunks that say something of who made the picture, where and when (https://www.w3.org/TR/png-3/#11Ancillary-chunks).
_PNG_CHUNKS = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"})
_WEBP_CHUNKS = frozenset({b"EXIF", b"XMP "})
# JFIF, the colour profile and Adobe's note on colours; comments and the other application segments go.
# In a scan 0xFF stands before a zero, or for a restart.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_JPEG_KEPT = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")


def without_metadata(data: bytes, kind: str) -> bytes:
    """The picture without EXIF, XMP, comments and the like; profile and orientation stay, since without them it would look otherwise.

    What cannot be followed stays as it is.
    """
    try:
        return _STRIPPERS[kind](data) if kind in _STRIPPERS else data
    except (IndexError, ValueError, struct.error):
        return data


def _jpeg(data: bytes) -> bytes:
    """Segment by segment (ITU T.81, annex B) up to the first scan, of which all is kept up to the end of the picture."""
    turned = orientation_in(data)
    pieces, at = [data[:2]], 2
    if turned > 1:
        pieces.append(_orientation(turned))
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        marker, end = data[at + 1], at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        body = data[at + 4 : end]
        if not (marker == 0xFE or 0xE0 <= marker <= 0xEF) or body.startswith(_JPEG_KEPT):
            pieces.append(data[at:end])
        at = end
    return b"".join((*pieces, data[at : _end(data, at)]))


def _end(data: bytes, at: int) -> int:
    """Where the picture ends that has its first scan at `at`: what a phone puts behind it, such as a preview, is another."""
    while marker := _MARKER.search(data, at):
        if marker[0] == b"\xff\xd9":
            return marker.end()
        at = marker.end() + struct.unpack(">H", data[marker.end() : marker.end() + 2])[0]
    return len(data)


def _orientation(value: int) -> bytes:
    """An EXIF segment that says how the picture is turned, and nothing else."""
    exif = b"Exif\0\0MM\0*" + struct.pack(">LHHHLHHL", 8, 1, 0x0112, 3, 1, value, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _png(data: bytes) -> bytes:
    return _PNG + b"".join(data[start:end] for name, start, end in _png_chunks(data) if name not in _PNG_CHUNKS)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = len(_PNG)
    while at < len(data):
        end = at + 12 + struct.unpack(">L", data[at : at + 4])[0]
        name = data[at + 4 : at + 8]
        yield name, at, end
        at = len(data) if name == b"IEND" else end


def _webp(data: bytes) -> bytes:
    """Chunk by chunk (RFC 9649); the header's flags no longer say that there is any."""
    pieces, at = [], 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack("<L", data[at + 4 : at + 8])[0]
        end = at + 8 + size + size % 2
        chunk = data[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        pieces += [] if name in _WEBP_CHUNKS else [chunk]
        at = end
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<L", len(body)) + body


_STRIPPERS = {"jpeg": _jpeg, "png": _png, "webp": _webp}

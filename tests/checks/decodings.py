"""Every reading of some bytes that hides words from a plain search: unpacked, decoded and unescaped, one in another."""

from __future__ import annotations

import bz2
import html
import lzma
import re
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

# What is hidden deeper than this is not looked for.
DEPTH = 3
# More than this no stream is unpacked to.
_MOST = 1 << 26
# A bare deflate stream has no mark, so each place may be its first: in all of what is short, else near the beginning.
_SHORT, _NEAR = 1 << 16, 1 << 12
_DEEPER_NEAR = 64
_RUN = 64

Reading = Iterator[tuple[str, bytes]]


def readings(data: bytes, *, depth: int = DEPTH) -> Reading:
    """`data` as it is, under the name "", and then every reading of it, named by what was decoded, in that order, as ``base64 > gzip``."""
    seen = {hash(data)}
    waiting = [("", data, 0)]
    while waiting:
        name, data, level = waiting.pop()
        yield name, data
        for how, found in _decoded(data, level) if level < depth else ():
            if len(found) >= _LEAST and hash(found) not in seen:
                seen.add(hash(found))
                waiting.append((f"{name} > {how}" if name else how, found, level + 1))


# Nothing shorter can hold a word that is looked for.
_LEAST = 7


def _decoded(data: bytes, level: int) -> Reading:
    for decode in (*_PACKED, *_WRITTEN):
        yield from decode(data)
    yield from _deflated(data, level)


def _is_binary(data: bytes) -> bool:
    return bool(_CONTROL.search(data))


# What no text has, and few binary files lack.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a]")


def _unpacked(data: bytes, start: int, bits: int) -> bytes:
    """What the zlib stream at `start` holds; nothing where there is none, or one that breaks off with an error."""
    try:
        return zlib.decompressobj(bits).decompress(memoryview(data)[start:], _MOST)
    except zlib.error:
        return b""


def _gzipped(data: bytes) -> Reading:
    yield from (("gzip", _unpacked(data, found.start(), 31)) for found in re.finditer(rb"\x1f\x8b\x08", data))


def _zlibbed(data: bytes) -> Reading:
    yield from (("zlib", _unpacked(data, found.start(), 15)) for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data))


def _zipped(data: bytes) -> Reading:
    """The members of ZIP files, by their local headers (APPNOTE.TXT 4.3.7), wherever they lie."""
    for found in re.finditer(rb"PK\x03\x04(?s:.{4})\x08\x00(?s:.{16})(?s:(..)(..))", data):
        skipped = sum(int.from_bytes(length, "little") for length in found.groups())
        yield "zip", _unpacked(data, found.end() + skipped, -15)


def _otherwise_packed(data: bytes) -> Reading:
    for magic, how, unpacker in ((b"BZh", "bzip2", bz2.BZ2Decompressor), (b"\xfd7zXZ\x00", "xz", lzma.LZMADecompressor)):
        for found in re.finditer(re.escape(magic), data):
            try:
                yield how, unpacker().decompress(data[found.start() :], _MOST)
            except (OSError, lzma.LZMAError, EOFError):
                continue


def _deflated(data: bytes, level: int) -> Reading:
    """Bare deflate streams (RFC 1951); the least bits of the first byte say which of its blocks can be one."""
    near = (len(data) if len(data) <= _SHORT else _NEAR) if level == 0 else _DEEPER_NEAR
    if not _is_binary(data[:_SHORT]):
        return
    starts = {start for start, byte in enumerate(data[:near]) if byte & 6 in (2, 4)}
    # MessagePack says how long the bytes are that follow.
    starts.update(found.end() for found in re.finditer(rb"\xc4.|\xc5..|\xc6....", data, re.DOTALL))
    yield from (("deflate", _unpacked(data, start, -15)) for start in sorted(starts))


def _base64(data: bytes) -> Reading:
    """Runs of the letters of base64, of both alphabets, from each of four letters on; short ones together."""
    whole = _WRAPPED.sub(lambda found: re.sub(rb"\s", b"", found[0]), data)
    runs = [found.translate(_TO_STANDARD) for found in _BASE64.findall(whole)]
    for first in range(4):
        yield from _joined("base64", (_unbased(run[first:]) for run in runs))


def _unbased(run: bytes) -> bytes:
    run = run[: len(run) - (len(run) % 4 == 1)]
    return b64decode(run + b"=" * (-len(run) % 4))


_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{14,}")
_WRAPPED = re.compile(rb"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{40,}+\r?\n)+[A-Za-z0-9+/]*")
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


def _hex(data: bytes) -> Reading:
    runs = _HEX.findall(data)
    for first in range(2):
        yield from _joined("hex", (bytes.fromhex(run[first : len(run) - (len(run) - first) % 2].decode()) for run in runs))


_HEX = re.compile(rb"[0-9a-fA-F]{14,}")


def _joined(how: str, parts: Iterator[bytes]) -> Reading:
    short = []
    for part in parts:
        if len(part) >= _RUN:
            yield how, part
        else:
            short.append(part)
    yield how, b"\n".join(short)


def _percent(data: bytes) -> Reading:
    if _PERCENT.search(data):
        yield "percent", unquote_to_bytes(data)


def _entities(data: bytes) -> Reading:
    if b"&" in data:
        yield "HTML", html.unescape(data.decode(errors="surrogateescape")).encode(errors="surrogateescape")


def _escapes(data: bytes) -> Reading:
    r"""``\u0061``, ``\u{61}`` and ``\x61`` of JSON and JavaScript, ``\61`` of CSS, and a backslash before a sign."""
    if b"\\" in data:
        yield "JSON", _ESCAPE.sub(lambda found: _character(found[1] or found[2] or found[3]), data).replace(b"\\", b"")
        yield "CSS", _CSS_ESCAPE.sub(lambda found: _character(found[1]), data)


def _character(digits: bytes) -> bytes:
    number = int(digits, 16)
    return chr(number).encode(errors="surrogatepass") if number <= 0x10FFFF else b""


_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(rb"\\u([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})")
_CSS_ESCAPE = re.compile(rb"\\([0-9a-fA-F]{1,6})\s?")


def _wide(data: bytes) -> Reading:
    """UTF-16 of mostly Latin letters, as the bytes that are not zero, for what may be written in it."""
    if data.count(0) * 3 > len(data):
        yield "UTF-16", data[::2]
        yield "UTF-16", data[1::2]


_PACKED: tuple[Callable[[bytes], Reading], ...] = (_gzipped, _zlibbed, _zipped, _otherwise_packed)
_WRITTEN: tuple[Callable[[bytes], Reading], ...] = (_base64, _hex, _percent, _entities, _escapes, _wide)

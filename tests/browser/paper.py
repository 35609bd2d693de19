"""Chromium's PDF files read back: their text, the addresses of their links, and how many pages they have.

After ISO 32000-1: sections 7.3.8 (streams), 9.4.3 (showing text) and 9.10.3 (ToUnicode), as far as Chromium's writer, Skia, uses them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FONTS = re.compile(rb"/Font\s*<<(.*?)>>", re.DOTALL)
_NAMED = re.compile(rb"/(\w+) (\d+) 0 R")
_ROW = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>(?: <([0-9A-Fa-f]+)>)?\s*\n")
_SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\((?:\\.|[^\\)])*\)|\b(ET|Tm|Td|T\*)\b")
_ADDRESS = re.compile(rb"/URI \((.*?)\)\s*>>", re.DOTALL)


def pages(pdf: bytes) -> int:
    """How many sheets it is."""
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def addresses(pdf: bytes) -> set[str]:
    """Where its links lead."""
    return {found.decode() for found in _ADDRESS.findall(pdf)}


def text(pdf: bytes) -> str:
    """All its letters, in the order in which they are drawn, with a space where a new piece begins."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return " ".join(piece for body in objects.values() if b"/Type /Page\n" in body + b"\n" for piece in _of_page(body, objects))


def _of_page(body: bytes, objects: Mapping[int, bytes]) -> Iterator[str]:
    fonts = _FONTS.search(body)
    letters = {name: _letters(objects[int(number)], objects) for name, number in _NAMED.findall(fonts[1] if fonts else b"")}
    found = re.search(rb"/Contents (\d+) 0 R", body)
    content = _data(objects[int(found[1])]) if found else b""
    font: Mapping[int, str] = {}
    piece = ""
    for shown in _SHOWN.finditer(content):
        if shown[1]:
            font = letters.get(shown[1], {})
        elif shown[2]:
            piece += "".join(font.get(int(shown[2][at : at + 4], 16), "") for at in range(0, len(shown[2]), 4))
        elif shown[3] and piece:
            yield piece
            piece = ""


def _letters(font: bytes, objects: Mapping[int, bytes]) -> dict[int, str]:
    """What each glyph of a font stands for: single ones, and runs of them."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    table: dict[int, str] = {}
    for first, last, start in _ROW.findall(_data(objects[int(found[1])]) if found else b""):
        if not start:
            table[int(first, 16)] = bytes.fromhex(last.decode()).decode("utf-16-be")
            continue
        for glyph in range(int(first, 16), int(last, 16) + 1):
            table[glyph] = chr(int(start, 16) + glyph - int(first, 16))
    return table


def _data(body: bytes) -> bytes:
    """A stream, unpacked."""
    found = _STREAM.search(body)
    if not found:
        return b""
    # The last bytes, a sum that nobody needs, may look like the end of a line.
    return zlib.decompressobj().decompress(found[2]) if b"/FlateDecode" in found[1] else found[2]

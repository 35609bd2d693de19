"""How large a picture is, as its own header says: nothing is decoded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import imagesize

# Beyond it no browser shows a picture, and a header that says so is damaged.
_LARGEST = 1_000_000
_HEAD = 64 * 1024
_SVG = re.compile(rb"<svg\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(rb"\s(width|height|viewBox)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LENGTH = re.compile(rb"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*(px|pt|pc|in|cm|mm)?\s*")
# CSS pixels in each absolute unit (https://www.w3.org/TR/css-values-4/#absolute-lengths).
_UNITS = {b"": 1.0, b"px": 1.0, b"pt": 4 / 3, b"pc": 16.0, b"in": 96.0, b"cm": 96 / 2.54, b"mm": 96 / 25.4}


@dataclass(frozen=True, slots=True)
class Size:
    """In CSS pixels, as a browser shows the picture: turned the way its EXIF says."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture's header says: its size, None where it says none; `kind` is ``jpeg``, ``png`` or ``webp`` for a single picture
    of such a format, and empty for all others.
    """

    size: Size | None
    kind: str = ""


def facts_of(path: Path) -> Facts:
    """The facts of the picture at `path`, or of what is none. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        if b"<svg" in head:
            return Facts(_svg_size(head))
        size = _checked(*imagesize.get(file))
    if size is None and head[4:8] == b"ftyp":
        size = _avif_size(head)
    return Facts(size, _kind(head) if size else "")


def size_of(path: Path) -> Size | None:
    """The size of the picture at `path`; None where it is none, or says no size. Raises OSError."""
    return facts_of(path).size


def orientation_in(data: bytes) -> int:
    """How a picture is turned, as EXIF counts it: 1 for upright, and for one that does not say."""
    return max(1, int(imagesize.get_info(BytesIO(data), dpi=False, colors=False, channels=False).rotation))


def _kind(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "" if b"acTL" in head.partition(b"IDAT")[0] else "png"
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    is_moving = head[12:16] == b"VP8X" and len(head) > 20 and head[20] & 2
    return "webp" if is_webp and not is_moving else ""


def _checked(width: float, height: float) -> Size | None:
    """A whole number of pixels, at least one."""
    size = Size(max(1, round(width)), max(1, round(height)))
    return size if width > 0 and height > 0 and max(width, height) <= _LARGEST else None


def _svg_size(head: bytes) -> Size | None:
    """Width and height where both are lengths, else those of the box, with the one that is given.

    Found by a pattern, since a parser of XML would expand what an enemy's document declares.
    """
    tag = _SVG.search(head)
    given = {found[1]: found[2] or found[3] or b"" for found in _ATTRIBUTE.finditer(tag[1])} if tag else {}
    width, height = _length(given.get(b"width", b"")), _length(given.get(b"height", b""))
    if width and height:
        return _checked(width, height)
    box = [_length(part) or 0.0 for part in re.split(rb"[\s,]+", given.get(b"viewBox", b"").strip())]
    if len(box) != 4 or not box[2] or not box[3]:
        return None
    ratio = box[3] / box[2]
    if width or height:
        return _checked(width or height / ratio, height or width * ratio)
    return _checked(box[2], box[3])


def _length(text: bytes) -> float:
    """A length in CSS pixels; 0 for one that depends on what is around it."""
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2] or b""] if found else 0.0


def _avif_size(head: bytes) -> Size | None:
    """The first size that is written in an AVIF picture whose boxes `imagesize` does not follow (ISO/IEC 23008-12, `ispe` and `irot`)."""
    at = head.find(b"ispe")
    if at < 0 or len(head) < at + 16:
        return None
    sides = int.from_bytes(head[at + 8 : at + 12], "big"), int.from_bytes(head[at + 12 : at + 16], "big")
    turn = head.find(b"irot")
    is_turned = 0 <= turn < len(head) - 4 and head[turn + 4] & 1
    return _checked(*reversed(sides)) if is_turned else _checked(*sides)

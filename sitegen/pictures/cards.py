"""Pictures for link previews: a page's title and the site's, drawn with Pillow and a font that comes with a package."""

from __future__ import annotations

import importlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from sitegen import files, urls
from sitegen.errors import SettingsError

# What Facebook, LinkedIn, Mastodon and the like show whole (https://ogp.me/).
WIDTH, HEIGHT = 1200, 630
FOLDER = "static/cards"
# Goes up where the same title would be drawn otherwise.
_VERSION = "1"
_FINGERPRINT = 12
_MARGIN, _BAR, _LOGO = 80, 24, 72
_SIZES = range(84, 43, -8)
_LINES = 4
# More letters than a card ever shows.
_LONGEST = 300
_ACCENT = "#0b6a55"
_PAPER, _INK, _MUTED = "#ffffff", "#0b110e", "#54605a"
# Written from right to left, or with letters that change and move: what draws them right is a library of the system.
_SHAPED = ((0x0590, 0x08FF), (0x0900, 0x0DFF), (0x0E00, 0x109F), (0x1780, 0x17FF), (0x1800, 0x18AF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))


@dataclass(frozen=True, slots=True)
class Style:
    """How the cards of a site look. `font` and `logo` are files, empty for Pillow's own font and for none; `digests` name their bytes."""

    accent: str
    font: str
    logo: str
    digests: tuple[str, str]
    library: str


@dataclass(frozen=True, slots=True)
class CardOrder:
    """A card: the page's title and the site's."""

    title: str
    site: str
    style: Style

    @property
    def parts(self) -> tuple[str, ...]:
        """What names the card in the cache."""
        style = self.style
        return self.title, self.site, style.accent, *style.digests, style.library, _VERSION

    @property
    def file(self) -> str:
        """Where the card is published, below the output folder."""
        fingerprint = files.digest(*(part.encode() for part in self.parts))[:_FINGERPRINT]
        return f"{FOLDER}/{urls.slugify(self.title)[:60].strip('-') or 'card'}.{fingerprint}.png"


def style_of(root: Path, *, accent: str, font: str, logo: str, library: str) -> Style:
    """The style of the cards of the site in `root`. A logo that is no picture made of pixels is left out.

    Raises:
        SettingsError: `font` is no font file in the site's folder.
    """
    path = built_in_font() if not font else str(_own_font(root, font))
    logo = str(root / logo) if logo and Path(logo).suffix.lower() in {".png", ".jpg", ".jpeg", ".webp"} else ""
    digests = (files.digest_of(Path(path)) if path else "", files.digest_of(Path(logo)) if logo else "")
    return Style(accent or _ACCENT, path, logo, digests, library)


def built_in_font() -> str:
    """The file of the font that the package ``font-roboto`` brings; empty where that is not there: then Pillow's own is used."""
    found = find_spec("font_roboto")
    path = Path(found.origin).parent / "files" / "Roboto-Bold.ttf" if found is not None and found.origin else None
    return str(path) if path is not None and path.is_file() else ""


def _own_font(root: Path, font: str) -> Path:
    path = (root / font).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        message = f"`social_cards.font` is `{font}`, which is no file in the site's folder"
        raise SettingsError(message, path="site.yaml", hint="write its path from the folder of site.yaml on")
    try:
        _font(str(path), 40)
    except OSError:
        message = f"`social_cards.font` is `{font}`, which is no font that can be read"
        raise SettingsError(message, path="site.yaml", hint="take a TTF, OTF or WOFF file") from None
    return path


@lru_cache(maxsize=32)
def _font(path: str, size: int) -> Any:
    """The basic layout is the same on every machine; the other one needs a library of the system."""
    fonts = importlib.import_module("PIL.ImageFont")
    return fonts.truetype(path, size, layout_engine=fonts.Layout.BASIC) if path else fonts.load_default(size)


def undrawable(text: str, style: Style) -> str:
    """The characters of `text` that the font has no letter for, or that would come out wrong, each once."""
    return "".join(character for character in dict.fromkeys(text) if not _is_drawable(character, style.font))


@lru_cache(maxsize=4096)
def _is_drawable(character: str, font: str) -> bool:
    if character.isspace() or unicodedata.category(character) == "Cf":
        return True
    if any(first <= ord(character) <= last for first, last in _SHAPED):
        return False
    mask, missing = (_font(font, 40).getmask(each) for each in (character, "\U0010ffff"))
    return mask.size != missing.size or bytes(mask) != bytes(missing)


def draw(order: CardOrder) -> bytes:
    """The card as PNG; the same bytes for the same order and the same Pillow."""
    image = importlib.import_module("PIL.Image").new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = importlib.import_module("PIL.ImageDraw").Draw(image)
    style = order.style
    pen.rectangle((0, 0, _BAR, HEIGHT), fill=style.accent)
    left = _MARGIN + _place_logo(image, style.logo)
    name = _cut(" ".join(order.site.split()), _font(style.font, 36), WIDTH - left - _MARGIN)
    pen.text((left, _MARGIN + _LOGO // 2), name, font=_font(style.font, 36), fill=_MUTED, anchor="lm")
    size, lines = _laid_out(" ".join(order.title.split())[:_LONGEST], style)
    step = round(size * 1.2)
    top = HEIGHT - _MARGIN - step * len(lines)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, top + step * number + step // 2), line, font=_font(style.font, size), fill=_INK, anchor="lm")
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _place_logo(image: Any, path: str) -> int:
    """How much room the logo takes in the row of the site's name; none where it cannot be read."""
    if not path:
        return 0
    images = importlib.import_module("PIL.Image")
    try:
        with images.open(path, formats=["PNG", "JPEG", "WEBP"]) as opened:
            logo = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, images.DecompressionBombError):
        return 0
    logo.thumbnail((4 * _LOGO, _LOGO))
    image.paste(logo, (_MARGIN, _MARGIN + (_LOGO - logo.height) // 2), logo)
    return int(logo.width) + 24


def _laid_out(title: str, style: Style) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; one that fits at no size ends in an ellipsis."""
    room = WIDTH - 2 * _MARGIN
    for size in _SIZES:
        lines = list(_wrapped(title, _font(style.font, size), room))
        if len(lines) <= min(_LINES, (HEIGHT - 3 * _MARGIN - _LOGO) // round(size * 1.2)):
            return size, lines
    size = _SIZES[-1]
    most = (HEIGHT - 3 * _MARGIN - _LOGO) // round(size * 1.2)
    lines = list(_wrapped(title, _font(style.font, size), room))
    return size, [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), _font(style.font, size), room, always=True)]


def _wrapped(text: str, font: Any, room: int) -> Iterator[str]:
    """Lines of whole words; a word that is wider than a line, as a title in Chinese is, is broken where the line ends."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= room:
            line = longer
            continue
        if line:
            yield line
        while font.getlength(word) > room:
            fits = next(end for end in range(len(word), 0, -1) if end == 1 or font.getlength(word[:end]) <= room)
            yield word[:fits]
            word = word[fits:]
        line = word
    if line:
        yield line


def _cut(text: str, font: Any, room: int, *, always: bool = False) -> str:
    """`text` as far as it fits, with an ellipsis where it does not."""
    if font.getlength(text) <= room and not always:
        return text
    dots = "…" if font.getmask("…").size[0] else "..."
    while text and font.getlength(text + dots) > room:
        text = text[:-1].rstrip()
    return text + dots

"""The site's accent as a pair of colours that can be read on the theme's light and dark grounds.

Contrast and luminance after WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

CONTRAST = 4.5
# `--paper` and `--surface` of static/_ground.css, light and dark; a test holds the two together.
LIGHT_GROUNDS = ("#fdfdfb", "#f3f4ef")
DARK_GROUNDS = ("#12181a", "#1b2225")
_STEPS = 100

Rgb = tuple[float, float, float]


def accent_css(colour: str) -> str:
    """The rule that gives the theme the accent `colour` (``#rgb`` or ``#rrggbb``): darkened for light grounds, lightened for dark ones."""
    light, dark = _readable(colour, LIGHT_GROUNDS, towards=0.0), _readable(colour, DARK_GROUNDS, towards=1.0)
    return f"\n:root {{ --accent: light-dark({light}, {dark}) }}\n"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, grounds: Iterable[str], *, towards: float) -> str:
    """The colour nearest to `colour`, its lightness moved `towards` black or white, that has enough contrast on all of `grounds`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    found = colour
    for step in range(_STEPS + 1):
        moved = lightness + (towards - lightness) * step / _STEPS
        found = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
        if all(contrast(found, ground) >= CONTRAST for ground in grounds):
            break
    return found


def _rgb(colour: str) -> Rgb:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

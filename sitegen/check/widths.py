"""How wide a line of text is in a list of search results."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

# The advance widths of Arial, which are Helvetica's (Adobe Core 14 AFM), in thousandths of the font size, for the characters from the
# space to the tilde.
_ARIAL = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556"
    " 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556"
    " 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_WIDTHS = {chr(32 + index): int(width) for index, width in enumerate(_ARIAL.split())}
_OTHER, _WIDE = 556, 1000
_SIZE = 20


def pixels(text: str) -> int:
    """The width of `text` in Arial at 20 pixels, in which search engines show titles; a Chinese character is a square."""
    return round(sum(map(_width, text)) * _SIZE / 1000)


def _width(character: str) -> int:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if combining(character):
        return 0
    return _WIDE if east_asian_width(character) in "WF" else _OTHER

"""Code blocks, set aside while the rest of a body is looked at.

They are a third of a body's HTML and most of its tags, and nothing in them acts, has an id or leads anywhere. Only what is known to
pass the sanitiser, and how, is set aside: text with the five usual references, in ``span`` elements with a class, ``ins`` and ``del``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sitegen.markup import diagrams
from sitegen.markup.diagrams import SIGN as PICTURE
from sitegen.markup.examples import SIGN as EXAMPLE
from sitegen.markup.formulas import SIGN as FORMULA
from sitegen.markup.markers import MARK
from sitegen.markup.sanitise import Removed, sanitise
from sitegen.markup.text import untagged, without_controls

_TEXT = r"""(?:[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0\ud800-\udfff]++|&(?:amp|lt|gt|quot|\#39|\#x27);)"""
_SPAN = r'<span(?: class="[\w -]*+")?>'
_TOKENS = rf"(?>(?:{_TEXT}|{_SPAN}(?>{_TEXT}*)</span>)*)"
_CHANGED = "|".join(rf'<{tag}(?: class="hll")?>{_TOKENS}</{tag}>' for tag in ("ins", "del"))
_INNER = rf"(?>(?:{_TEXT}|{_SPAN}{_TOKENS}</span>|{_CHANGED})*)"
_LISTING = re.compile(rf"""(<pre(?:[ ]tabindex="0")?>(?:<span></span>)?<code(?:[ ]class="[\w+#. -]*+")?>)({_INNER})(?=</code></pre>)""")
# What stands for a listing: no HTML and no word. No body holds the first character, which is taken out of all text.
_SIGN = "\x03"
_FIRST = 0xF0000
_KEPT_SIGNS = MARK + FORMULA + PICTURE + EXAMPLE
_PLACE = re.compile(rf"{_SIGN}([\U000f0000-\U000fffff])")
_KEPT = re.compile(rf"<code[^<>]*>{_PLACE.pattern}</code></pre>")
_FORGED = re.compile(r"&#(?:0*+3(?![0-9])|[xX]0*+3(?![0-9a-fA-F]))")
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Outline:
    """HTML without control characters, but for signs, and the `listings` that were set aside, each with its place."""

    html: str
    listings: tuple[str, ...] = ()

    def whole(self, html: str) -> str:
        """`html`, a part of the outline, with its listings."""
        return _PLACE.sub(self._listing, html) if self.listings else html

    def offsets(self, html: str) -> Callable[[int], int]:
        """From an offset in `html`, a part of the outline, to the same in the whole of it."""
        ends, growths = [], [0]
        for place in _PLACE.finditer(html) if self.listings else ():
            ends.append(place.end())
            growths.append(growths[-1] + len(self._listing(place)) - len(place[0]))
        return lambda offset: offset + growths[bisect_right(ends, offset)]

    def text(self, html: str) -> str:
        """The text of the listings in `html`, a part of the outline."""
        return untagged(" ".join(map(self._listing, _PLACE.finditer(html)))) if self.listings else ""

    def with_pictures(self, pictures: Sequence[str]) -> Outline:
        """The same with `pictures` set aside, where their signs are."""
        kept = list(self.listings)

        def keep(picture: str) -> str:
            kept.append(picture)
            return f"{_SIGN}{chr(_FIRST + len(kept) - 1)}"

        return Outline(diagrams.shown(self.html, pictures, keep), tuple(kept))

    def _listing(self, place: re.Match[str]) -> str:
        return self.listings[ord(place[1]) - _FIRST]


def outline_of(html: str) -> Outline:
    """`html` with nothing set aside."""
    return Outline(without_controls(html, keep=_KEPT_SIGNS))


def sanitised_outline(html: str) -> tuple[Outline, list[Removed]]:
    """What `sanitise` makes of `html`, and what it takes out."""
    listings: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        listings.append(_serialised(found[2]))
        return f"{found[1]}{_SIGN}{chr(_FIRST + len(listings) - 1)}"

    if _SIGN not in html and not _FORGED.search(html):
        clean, removed = sanitise(_LISTING.sub(set_aside, html, count=_MOST))
        # A code element that is still one when all is parsed was parsed as text and spans, wherever it stands.
        if _KEPT.findall(clean) == [chr(_FIRST + index) for index in range(len(listings))] and clean.count(_SIGN) == len(listings):
            return Outline(without_controls(clean, keep=_KEPT_SIGNS + _SIGN), tuple(listings)), removed
    clean, removed = sanitise(html)
    return outline_of(clean), removed


def _serialised(listing: str) -> str:
    """As the sanitiser writes it, which leaves quotes alone."""
    return listing.replace("&quot;", '"').replace("&#39;", "'").replace("&#x27;", "'") if "&" in listing else listing

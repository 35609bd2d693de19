"""What a finished page holds: its ids and links, as `html_scan.scan` would find them, in a fraction of the time.

Most tags of a page stand on many others as well, and what is in its body was found when that was rendered. So a page is cut at each
``<``, and what follows one is looked at once a process. Where a tag is not plain to see, the whole page is scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen import html_scan
from sitegen.links import without_origin

_PIECES_KEPT = 20_000
# What follows a `<`, where it is a tag that ends before the next one, a comment of one line, or a doctype.
_PLAIN = re.compile(
    r"""(?:
      (?P<name>/?[a-zA-Z][a-zA-Z0-9-]*+)(?>(?:[ \n]++[a-zA-Z][a-zA-Z0-9:_-]*+(?:="[^"]*+")?)*)[ \n]*+/?>
    | !--[^<>-][^<>]*-->
    | ![dD][oO][cC][tT][yY][pP][eE][ ][a-z]++>
    )""",
    re.VERBOSE,
)
_TEXT_ONLY = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_TELLING = re.compile(r'[ \n](?:id|href|src|srcset|action|data|poster)="|\Aa[ \n](?:.*[ \n])?name="', re.IGNORECASE | re.DOTALL)
# The commonest of those that do tell something: a link and nothing more.
_LINK = re.compile(r'''a href="([^"&]*+)"(?:[ ](?:class|rel|type|hreflang|lang|aria-current)="[^"]*+")*>''')


@dataclass(frozen=True, slots=True)
class Found:
    """The ids and the links of a page or a part of it, links as hrefs without the origin; either as often as they are there."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one tag holds; `closed_by` is what has to follow it where it begins an element that holds text alone."""

    found: Found
    closed_by: str = ""


_NOTHING = _Piece(Found())
_UNSEEN = _Piece(Found())


class Finder:
    """Finds what the pages of one site hold."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._pieces: dict[str, _Piece | None] = {}

    def find(self, html: str, *known: tuple[str, Found]) -> Found:
        """What `html` holds. Of a fragment that is `known` and leaves no tag or comment open, only the place is looked for."""
        start = 0
        ids: list[str] = []
        links: list[str] = []
        for fragment, found in known:
            at = html.find(fragment, start) if fragment else -1
            if at < 0:
                continue
            if not self._add(html[start:at], ids, links):
                return self._scan(html)
            ids += found.ids
            links += found.links
            start = at + len(fragment)
        return Found(tuple(ids), tuple(links)) if self._add(html[start:], ids, links) else self._scan(html)

    def _add(self, html: str, ids: list[str], links: list[str]) -> bool:
        """Add what `html` holds; or False where it takes a tokenizer, or what comes after it, to tell."""
        closed_by = ""
        pieces = html.split("<")
        known = self._pieces.get
        del pieces[0]
        for text in pieces:
            piece = known(text, _UNSEEN)
            if piece is _UNSEEN:
                piece = self._look(text)
            if closed_by and not text.startswith(closed_by):
                return False
            if piece is _NOTHING:
                closed_by = ""
            elif piece is None:
                return False
            else:
                closed_by = piece.closed_by
                ids += piece.found.ids
                links += piece.found.links
        return not closed_by

    def _look(self, text: str) -> _Piece | None:
        if len(self._pieces) > _PIECES_KEPT:
            self._pieces.clear()
        piece = self._pieces[text] = self._piece(text)
        return piece

    def _piece(self, text: str) -> _Piece | None:
        link = _LINK.match(text)
        if link is not None:
            return _Piece(Found((), tuple(self.links([link[1]]))))
        match = _PLAIN.match(text)
        if match is None:
            return None
        name = (match["name"] or "/").lower()
        closed_by = f"/{name}>" if name in _TEXT_ONLY else ""
        found = self._scan("<" + match[0]) if name[0] != "/" and _TELLING.search(match[0]) else Found()
        return _Piece(found, closed_by) if closed_by or found != Found() else _NOTHING

    def _scan(self, html: str) -> Found:
        found = html_scan.scan(html)
        return Found(found.ids, tuple(self.links(reference.value for reference in found.references)))

    def links(self, values: Iterable[str]) -> Iterable[str]:
        """Addresses as a page prints them, without white space around and without the site's own origin."""
        return (without_origin(value.strip(), self.origin) for value in values)

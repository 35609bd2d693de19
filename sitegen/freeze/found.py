"""What a finished page holds: its ids and links, as `html_scan.scan` would find them, in a fraction of the time.

Most tags of a page stand on many others as well, and what is in its body was found when that was rendered. So a page is cut at each
``<``, and what follows one is looked at once a process. Where a tag is not plain to see, the whole page is scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen import html_scan
from sitegen.html_scan import decode
from sitegen.links import without_origin

_PIECES_KEPT = 20_000
# Stands for the `<` of an end tag where what comes before it is text alone, so that such an element is one piece.
_END = "\0"
# What follows a `<`, where it is a tag that ends before the next one, a comment of one line, or a doctype.
_PLAIN = re.compile(
    r"""(?:
      /?(?!(?:script|style|textarea|title|xmp|iframe|noembed|noframes)[ \n/>])
        [a-z][a-z0-9-]*+(?>(?:[ \n]++[a-z][a-z0-9:_-]*+(?:="[^"]*+")?)*)[ \n]*+/?>
    | (?P<text>script|title)(?>(?:[ \n]++[a-z][a-z0-9:_-]*+(?:="[^"]*+")?)*)>(?P<inside>[^\0]*+)\0/(?P=text)>
    | !--[^<>-][^<>]*-->
    | !(?i:doctype)[ ][a-z]++>
    )(?P<after>[^\0]*+)\Z""",
    re.VERBOSE,
)
_TELLING = re.compile(
    r'[ \n](?:id|href|src|srcset|action|data|poster)="|\Aa[ \n](?:[^>]*[ \n])?name="|\Ameta[ \n](?:[^>]*[ \n])?content="http'
)
# The commonest of those that do tell something: a link and nothing more, or the page's own address.
_LINK = re.compile(
    r"""(?:(?:a|link(?:[ ](?:rel|type|title|hreflang)="[^"]*+")*)[ ]href|meta[ ]property="og:url"[ ]content(?=="https?://))="([^"&]*+)"
    (?:[ ](?:class|rel|type|hreflang|lang|aria-current)="[^"]*+")*>[^\0]*+\Z""",
    re.VERBOSE,
)
# Addresses in the machinery of a feed or a sitemap. Bodies in it are escaped, and were looked at as pages.
_IN_XML = re.compile(
    r"""<[a-z:]+(?:\ [^<>]*?)?\ (?:href|url|src)="([^"<>]*+)"|<(?:loc|link|url|id|guid|icon|logo)(?:\ [^<>]*+)?>([^<>]*+)<"""
)
_IN_JSON = re.compile(r"""^\ +"(?:url|id|image|home_page_url|feed_url|next_url|icon|favicon)":\ "([^"\\]*+)",?$""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """The ids and the links of a page or a part of it, links as hrefs without the origin; either as often as they are there."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


# Of one piece: nothing, or a single value, so that a page's pieces are sifted without a step of ours for each.
_Piece = tuple[Found, ...]
_NOTHING: _Piece = ()
_UNCLEAR: _Piece = (Found(),)


class Finder:
    """Finds what the pages of one site hold."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._pieces: dict[str, _Piece] = {}

    def find(self, html: str, *known: tuple[str, Found]) -> Found:
        """What `html` holds. Fragments that are `known`, in their order, and leave no tag or comment open, are looked for and not into."""
        start = 0
        ids: list[str] = []
        links: list[str] = []
        for fragment, found in known:
            at = _place(fragment, html, start)
            if at < 0:
                continue
            if not self._add(html[start:at], ids, links):
                return self._scan(html)
            ids += found.ids
            links += found.links
            start = at + len(fragment)
        return Found(tuple(ids), tuple(links)) if self._add(html[start:], ids, links) else self._scan(html)

    def addresses(self, file: str, text: str) -> Iterable[str]:
        """The links of the site's own that `text`, a feed or a sitemap, says of itself and of its entries."""
        values = [decode(own or inside) for own, inside in _IN_XML.findall(text)] if file.endswith(".xml") else _IN_JSON.findall(text)
        return self.links(value for value in values if value.startswith(self.origin + "/"))

    def _add(self, html: str, ids: list[str], links: list[str]) -> bool:
        """Add what `html` holds; or False where it takes a tokenizer, or what comes after it, to tell."""
        if _END in html:
            return False
        pieces = html.replace("</script>", f"{_END}/script>").replace("</title>", f"{_END}/title>").split("<")
        if _END in pieces.pop(0):
            return False
        seen = list(map(self._pieces.get, pieces))
        if None in seen:
            seen = [self._look(piece) if found is None else found for found, piece in zip(seen, pieces, strict=True)]
        for found in filter(None, seen):
            if found is _UNCLEAR:
                return False
            ids += found[0].ids
            links += found[0].links
        return True

    def _look(self, piece: str) -> _Piece:
        if len(self._pieces) > _PIECES_KEPT:
            self._pieces.clear()
        found = self._pieces[piece] = self._found(piece)
        return found

    def _found(self, piece: str) -> _Piece:
        link = _LINK.match(piece)
        if link is not None:
            return (Found((), tuple(self.links([link[1]]))),)
        plain = _PLAIN.match(piece)
        if not plain:
            return _UNCLEAR
        end = plain.start("inside" if plain["text"] else "after")
        if piece[0] in "/!" or not _TELLING.search(piece, 0, end):
            return _NOTHING
        return (self._scan("<" + piece.replace(_END, "<")),)

    def _scan(self, html: str) -> Found:
        found = html_scan.scan(html)
        return Found(found.ids, tuple(self.links(reference.value for reference in found.references)))

    def links(self, values: Iterable[str]) -> Iterable[str]:
        """Addresses as a page prints them, without white space around and without the site's own origin; none that is itself the data."""
        return (without_origin(value, self.origin) for value in map(str.strip, values) if not value.startswith("data:"))


def _place(fragment: str, html: str, start: int) -> int:
    """Where `fragment` begins in `html` from `start` on; -1 for nowhere."""
    # Python prepares a search by reading what it looks for to its end, and a body is long.
    head = fragment[:80]
    at = html.find(head, start) if head else -1
    while at >= 0 and not html.startswith(fragment, at):
        at = html.find(head, at + 1)
    return at

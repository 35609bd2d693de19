"""What a page makes a browser load from other hosts, for the policy that allows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import urlsplit

from sitegen.frontmatter import Meta
from sitegen.markup import Fragment, Rendered

_DIRECTIVES = {"image": "img-src", "media": "media-src"}
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")


def origins_of(meta: Meta, rendered: Rendered) -> tuple[str, ...]:
    """The sources that the page needs, each as ``img-src https://pics.example``: the directive of the policy, and the origin."""
    found = {
        *_of_fragment(rendered.body),
        *_of_fragment(rendered.summary),
        *(("img-src", address) for address in (meta.image, *(author.image for author in meta.authors), *_of_front(meta))),
        *(("frame-src", address) for address in rendered.embeds),
    }
    return tuple(sorted({f"{directive} {origin}" for directive, address in found if (origin := origin_of(address))}))


def _of_front(meta: Meta) -> Iterator[str]:
    if meta.hero is not None:
        yield meta.hero.image
    yield from (feature.icon for feature in meta.features)


def _of_fragment(fragment: Fragment) -> Iterator[tuple[str, str]]:
    return ((_DIRECTIVES[each.kind], each.target) for each in fragment.references if each.kind in _DIRECTIVES)


def origin_of(address: str) -> str:
    """The origin of an address as a policy names it; empty for one of this site, or one that no browser would load.

    A browser asks for https where the address says http: the policy tells it to.
    """
    address = re.sub(r"[\t\n\r]", "", address).strip()
    if not address.lower().startswith(("http://", "https://", "//")):
        return ""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else ".".join(map(_label, host.split(".")))
    if not _HOST.fullmatch(host):
        return ""
    return f"https://{host}" + (f":{port}" if port not in {None, 80, 443} else "")


def _label(text: str) -> str:
    """A part of a host's name as browsers ask for it (https://www.unicode.org/reports/tr46/, non-transitional)."""
    return text if text.isascii() else "xn--" + normalize("NFKC", text.lower()).encode("punycode").decode("ascii")

"""Which links of a finished site lead nowhere or to an old address: a set difference over what the files hold and what they link to."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

from sitegen import urls

_ELSEWHERE = ("https:", "http:", "mailto:")
# A path that no rule for addresses makes into another one.
_PLAIN = re.compile(r"(?>(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*+)*)/?\Z")

Reason = Literal["broken-link", "broken-anchor", "redirected-link"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A link in `file` that leads nowhere, or to where a page was."""

    file: str
    href: str
    reason: Reason


def broken(
    reachable: Mapping[str, Container[str]], links: Mapping[str, Iterable[str]], redirects: Collection[str], *, prefix: str
) -> Iterator[Broken]:
    """Every link at fault, in the order of `links`.

    `reachable` goes from each file of the output to the ids in it, `links` from each HTML file to its hrefs. `redirects` are paths that
    lead on, with or without a file; one that ends in ``/*`` stands for all below it. Links to other sites are not looked at.
    """
    answered = frozenset(urls.file_of(path) for path in redirects)
    below = tuple(path[1:-1] for path in redirects if path.endswith("/*"))
    # Most links stand on every page: menus, stylesheets, tags. What begins with a slash means the same on all of them.
    known: dict[str, Reason | None] = {}
    for file, hrefs in links.items():
        for href in hrefs:
            if href in known:
                reason = known[href]
            else:
                reason = _reason(href, file, reachable, answered, below, prefix)
                if href.startswith("/"):
                    known[href] = reason
            if reason:
                yield Broken(file, href, reason)


def _reason(
    href: str, file: str, reachable: Mapping[str, Container[str]], answered: frozenset[str], below: tuple[str, ...], prefix: str
) -> Reason | None:
    address, _, fragment = href.partition("#")
    target = target_file(address, file, prefix)
    if target is None:
        return None
    if target in answered or target + "/index.html" in answered:
        return "redirected-link"
    target = _with_suffix(target, reachable)
    if target not in reachable:
        return "redirected-link" if below and target.startswith(below) else "broken-link"
    if not fragment or fragment == "top" or fragment.startswith(":~:") or not target.endswith(".html"):
        return None
    return None if unquote(fragment) in reachable[target] else "broken-anchor"


def _with_suffix(target: str, reachable: Mapping[str, Container[str]]) -> str:
    """`target`, or the file that a host answers with where there is none of that name."""
    if target in reachable:
        return target
    return target + "/index.html" if target + "/index.html" in reachable else target + ".html"


def file_that_answers(address: str, file: str, reachable: Mapping[str, Container[str]], prefix: str) -> str:
    """The file of `reachable` that `address`, printed in `file`, leads to; an empty string where there is none."""
    target = target_file(address, file, prefix)
    found = _with_suffix(target, reachable) if target is not None else ""
    return found if found in reachable else ""


def without_origin(href: str, origin: str) -> str:
    """`href` without the scheme and host `origin`; as it is where it names another host, also one that begins alike."""
    rest = href.removeprefix(origin)
    if rest == href or (rest and rest[0] not in "/?#"):
        return href
    return rest if rest.startswith("/") else "/" + rest


def target_file(address: str, file: str, prefix: str) -> str | None:
    """The output file that `address`, printed in the output file `file`, names; None where it leads off the site."""
    # All but a few links of a site are told apart by this much, and there are tens of thousands.
    if not address:
        return file
    if address.startswith(_ELSEWHERE):
        return None
    absolute = address if _PLAIN.match(address) else _absolute(address, file, prefix)
    if absolute is None:
        return None
    path = urls.path_of_href(absolute if absolute != prefix else prefix + "/", prefix)
    return None if path is None else urls.file_of(path)


def _absolute(address: str, file: str, prefix: str) -> str | None:
    try:
        parts = urlsplit(address)
        absolute = urljoin(urls.href(urls.path_of(file), prefix), parts.path)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else absolute

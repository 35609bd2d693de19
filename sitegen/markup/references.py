"""Each address of a fragment, with its place in the result and in the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sitegen.html_scan import Attribute, Scan
from sitegen.markup.rendered import Reference

_KINDS: dict[tuple[str, str], Literal["link", "image", "media"]] = {
    ("a", "href"): "link",
    ("audio", "src"): "media",
    ("img", "src"): "image",
    ("img", "srcset"): "image",
    ("source", "src"): "media",
    ("source", "srcset"): "image",
    ("track", "src"): "media",
    ("video", "poster"): "image",
    ("video", "src"): "media",
}
# Links that we made: nobody wrote them, and the next link to the same place must not lose its own.
_OURS = tuple(f'class="{name}" href="' for name in ("headerlink", "line-link", "toc-link", "footnote-ref", "footnote-backref"))
Locate = Callable[[str], tuple[int, int]]


def references(scan: Scan, html: str, *, locate: Locate, offset: Callable[[int], int] = int) -> tuple[Reference, ...]:
    """The references of `html`, whose scan is `scan`.

    `locate` gives line and column of a target's next mention; `offset` leads from a place in `html` to the one that counts.
    """
    found = (attribute for attribute in scan.references if (attribute.tag, attribute.name) in _KINDS)
    return tuple(_reference(attribute, html, locate, offset) for attribute in found)


def _reference(found: Attribute, html: str, locate: Locate, offset: Callable[[int], int]) -> Reference:
    line, column = (0, 0) if html.endswith(_OURS, 0, found.start) else locate(found.value)
    return Reference(found.value, _KINDS[found.tag, found.name], line, column, offset(found.start), offset(found.end))

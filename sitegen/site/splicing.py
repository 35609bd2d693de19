"""A fragment made fit to print: its addresses resolved, its pictures with all that a browser should know of them before they load."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from sitegen.markup import Fragment, Picture
from sitegen.pictures import Size

_Edit = tuple[int, int, str]


def spliced(fragment: Fragment, targets: Sequence[str], sizes: Sequence[Size | None] = (), *, first_is_eager: bool = False) -> Markup:
    """The fragment's HTML with each address in it replaced, and what is known of its pictures added; the author's own attributes win."""
    edits = [(each.start, each.end, html.escape(target)) for each, target in zip(fragment.references, targets, strict=True)]
    if sizes:
        edits = sorted((*edits, *_attributes(fragment.pictures, sizes, eager=1 if first_is_eager else 0)))
    pieces: list[str] = []
    done = 0
    for start, end, text in edits:
        pieces += (fragment.html[done:start], text)
        done = end
    return Markup("".join([*pieces, fragment.html[done:]]))  # noqa: S704  it left the sanitiser, or the author asked for trust


def _attributes(pictures: Sequence[Picture], sizes: Sequence[Size | None], *, eager: int) -> Iterator[_Edit]:
    """What goes behind the name of each tag; the first `eager` pictures are not kept waiting until they come into view."""
    for number, (picture, size) in enumerate(zip(pictures, sizes, strict=True)):
        given = dict(picture.given)
        added = _sides(given, size)
        if picture.tag == "img":
            added |= {"loading": "lazy" if number >= eager else "", "decoding": "async"}
        at = picture.start + 1 + len(picture.tag)
        text = "".join(f' {name}="{value}"' for name, value in added.items() if value and name not in given)
        yield at, at, text


def _sides(given: dict[str, str], size: Size | None) -> dict[str, str]:
    """Width and height; where the author gave one of them, the other in proportion."""
    if size is None or ("width" in given and "height" in given):
        return {}
    if "width" not in given and "height" not in given:
        return {"width": str(size.width), "height": str(size.height)}
    name, other = ("width", "height") if "width" in given else ("height", "width")
    if not given[name].isascii() or not given[name].isdecimal() or len(given[name]) > 6:
        return {}
    ratio = size.height / size.width if name == "width" else size.width / size.height
    return {other: str(max(1, round(int(given[name]) * ratio)))}

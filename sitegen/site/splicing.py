"""A fragment made fit to print: its addresses resolved, its pictures with all that a browser should know of them before they load."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sitegen.markup import Fragment, Picture
from sitegen.pictures import Size

_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Versions of a picture in one format: `type` is empty for its own."""

    type: str
    srcset: str


def spliced(
    fragment: Fragment,
    targets: Sequence[str],
    sizes: Sequence[Size | None] = (),
    drawings: Sequence[Sequence[Drawn]] = (),
    *,
    shown: str = "",
    first_is_eager: bool = False,
) -> Markup:
    """The fragment's HTML with each address in it replaced, and what is known of its pictures added; the author's own attributes win.

    `drawings` are the versions of each picture, which is `shown` as wide as that value of ``sizes`` says.
    """
    edits = [(each.start, each.end, html.escape(target)) for each, target in zip(fragment.references, targets, strict=True)]
    if sizes:
        drawn = drawings or [()] * len(sizes)
        for number, (picture, size, versions) in enumerate(zip(fragment.pictures, sizes, drawn, strict=True)):
            edits += _around(picture, size, versions, shown, is_eager=first_is_eager and number == 0)
        edits.sort(key=lambda edit: edit[0])
    pieces: list[str] = []
    done = 0
    for start, end, text in edits:
        pieces += (fragment.html[done:start], text)
        done = end
    return Markup("".join([*pieces, fragment.html[done:]]))  # noqa: S704  it left the sanitiser, or the author asked for trust


def _around(picture: Picture, size: Size | None, versions: Sequence[Drawn], shown: str, *, is_eager: bool) -> Iterator[_Edit]:
    """What goes before a picture's tag, behind the name of it, and after it."""
    given = dict(picture.given)
    added = _sides(given, size)
    if picture.tag == "img":
        # A picture that is not waited for need not be told to wait until it comes into view.
        added |= {"loading": "" if is_eager else "lazy", "decoding": "async"}
    width = f"{given['width']}px" if given.get("width", "").isdecimal() else shown
    own = next((each.srcset for each in versions if not each.type), "")
    added |= {"srcset": own, "sizes": width} if own else {}
    sources = [f'<source type="{each.type}" srcset="{each.srcset}" sizes="{html.escape(width)}">' for each in versions if each.type]
    if sources:
        yield picture.start, picture.start, "<picture>" + "".join(sources)
    at = picture.start + 1 + len(picture.tag)
    yield at, at, "".join(f' {name}="{html.escape(value)}"' for name, value in added.items() if value and name not in given)
    if sources:
        yield picture.end, picture.end, "</picture>"


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

"""The pictures of a fragment: where their tags are, and which of them say nothing to those who do not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sitegen.errors import Problem
from sitegen.html_scan import Scan, StartTag
from sitegen.markup.places import Places
from sitegen.markup.rendered import Picture, Reference

_OURS = frozenset({"alt", "width", "height", "loading", "decoding", "srcset"})


def pictures(found: Scan, html: str, links: tuple[Reference, ...], offset: Callable[[int], int] = int) -> tuple[Picture, ...]:
    """The pictures of `html`, whose scan is `found` and whose references are `links`; one without an address is left out."""
    if not found.pictures:
        return ()
    at = {link.start: number for number, link in enumerate(links)}
    made = (_picture(tag, html, at, offset) for tag in found.pictures)
    return tuple(picture for picture in made if picture is not None)


def _picture(tag: StartTag, html: str, at: dict[int, int], offset: Callable[[int], int]) -> Picture | None:
    named = "src" if tag.name == "img" else "poster"
    source = next((each for each in tag.attributes if each.name == named and each.start >= 0), None)
    if source is None or offset(source.start) not in at:
        return None
    given = {each.name: each.value for each in reversed(tag.attributes) if each.name in _OURS}
    inside = html.rfind("<picture", 0, tag.start) > html.rfind("</picture", 0, tag.start)
    return Picture(tag.name, at[offset(source.start)], offset(tag.start), offset(tag.end), tuple(sorted(given.items())), inside)


def unnamed(found: Iterable[Picture], links: tuple[Reference, ...], in_markdown: Iterable[str], places: Places) -> Iterator[Problem]:
    """A warning for each picture that has no text in its place. An ``alt`` that is empty in HTML is a decision, ``![](x.png)`` is none.

    `in_markdown` are the addresses of the pictures of that kind.
    """
    undecided = Counter(in_markdown)
    for picture in (each for each in found if each.tag == "img"):
        link, given = links[picture.reference], dict(picture.given)
        if given.get("alt", "").strip() or ("alt" in given and not undecided[link.target]):
            continue
        undecided[link.target] -= 1
        hint = 'say what it shows, as in `![A cat asleep](cat.jpg)`; where it is only decoration, write `<img src="…" alt="">`'
        message = f"the picture {link.target!r} has no text for those who do not see it"
        yield Problem("missing-alt", message, line=link.line, column=link.column, excerpt=places.excerpt(link.line), hint=hint)

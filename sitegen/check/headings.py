"""The headings of a rendered body, each with its line in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.html_scan import start_tags
from sitegen.markup.places import code_spans
from sitegen.markup.text import plain
from sitegen.pages import Page

_HEADING = re.compile(r"<h([1-6])(?=[ >])[^>]*+>")
_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_WRITTEN = re.compile(
    r"""^(?>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(?:(?P<marks>\#{1,6})(?!\#)|<h(?P<tag>[1-6])\b)
    |^[ \t>]*+[^\s][^\n]*+\n[ \t>]*+(?P<line>=++|-++)[ \t]*+$""",
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Heading:
    """`title` is plain text, empty where there is nothing to read; `line` counts from 1 in the file, 0 where it is not known."""

    level: int
    title: str
    line: int
    excerpt: str


def headings(page: Page) -> tuple[Heading, ...]:
    """Every heading of the page's text, of raw HTML too, in its order."""
    found = list(_rendered(page.html))
    if not found:
        return ()
    places = list(_places(page.body))
    lines = page.body.split("\n")
    return tuple(_placed(found, places, lines, page.body_line))


def _rendered(html: str) -> Iterator[tuple[int, str]]:
    """The level and the text of each."""
    for match in _HEADING.finditer(html):
        end = html.find(f"</h{match[1]}>", match.end())
        inner = _LINK.sub("", html[match.end() : end if end >= 0 else match.end()])
        yield int(match[1]), plain(inner) or next(pictures(inner), "")


def pictures(html: str) -> Iterator[str]:
    """What the pictures in `html` show."""
    for tag in start_tags(html):
        if tag.name == "img":
            yield from (each.value.strip() for each in tag.attributes if each.name == "alt" and each.value.strip())


def _places(body: str) -> Iterator[tuple[int, int]]:
    """Level and index of each line that could be a heading, outside code."""
    pieces, done = [], 0
    for start, end in code_spans(body):
        pieces += [body[done:start], re.sub(r"[^\n]", "x", body[start:end])]
        done = end
    text = "".join((*pieces, body[done:]))
    for match in _WRITTEN.finditer(text):
        level = len(match["marks"]) if match["marks"] else int(match["tag"]) if match["tag"] else 1 if match["line"][0] == "=" else 2
        yield level, text.count("\n", 0, match.start())


def _placed(found: list[tuple[int, str]], places: list[tuple[int, int]], lines: list[str], first: int) -> Iterator[Heading]:
    """Each heading that was `found` with the next of the `places` of its level that holds its first word."""
    at = 0
    for level, title in found:
        word = _WORD.search(title)
        fitting = (n for n in range(at, len(places)) if places[n][0] == level and (word is None or word[0] in lines[places[n][1]]))
        number = next(fitting, None)
        if number is None:
            yield Heading(level, title, 0, "")
            continue
        at, index = number + 1, places[number][1]
        yield Heading(level, title, first + index, lines[index])

"""What readers stumble over in the text of one page: headings that jump, links without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sitegen.check.headings import Heading, headings, pictures
from sitegen.errors import Problem
from sitegen.html_scan import StartTag, start_tags
from sitegen.markup.text import plain
from sitegen.pages import CONTENT, Page

# Of these the theme prints the page's title as the only H1.
_TITLED = frozenset({"", "post", "doc", "page", "release", "home"})
_VAGUE = frozenset({"click here", "here", "link", "more", "read more", "this", "this link", "this page"})
_NOWHERE = re.compile(r"\]\([ \t]*(?:<[ \t]*>)?[ \t]*\)")
_TITLE = Heading(1, "the page's title", 0, "")


def problems(page: Page) -> Iterator[Problem]:
    """All of it; what it says depends on the page's file alone."""
    yield from _missing_title(page)
    yield from _headings(page)
    if "<a" in page.html:
        yield from _links(page)


def _missing_title(page: Page) -> Iterator[Problem]:
    if not page.meta.title and not page.rendered.title and not page.is_index and not page.version:
        message = f"the page has no title and no first heading, so it is called {page.title!r} after its file"
        yield Problem("missing-title", message, f"{CONTENT}/{page.source}", hint="add a `title:`, or begin the text with `# Title`")


def _headings(page: Page) -> Iterator[Problem]:
    found = headings(page)
    is_titled = page.meta.template in _TITLED
    for before, heading in pairwise((*((_TITLE,) if is_titled else ()), *found)):
        if heading.level > before.level + 1:
            message = f"the heading {heading.title!r} is of level {heading.level} below one of level {before.level}"
            hint = f"make it of level {before.level + 1}: who listens to the page takes a gap for a missing part"
            yield _at_heading("heading-jump", message, page, heading, hint)
    for heading in found:
        if not heading.title:
            hint = "give it a text, or remove it"
            yield _at_heading("empty-heading", f"a heading of level {heading.level} has no text", page, heading, hint)
    highest = [heading for heading in found if heading.level == 1 and heading.title]
    if is_titled and highest:
        others = f" and {len(highest) - 1} more are" if len(highest) > 1 else " is"
        message = f"the heading {highest[0].title!r}{others} of level 1, which the page's title is already"
        yield _at_heading("second-h1", message, page, highest[0], "make it of level 2, and those below it one deeper")


def _at_heading(rule: str, message: str, page: Page, heading: Heading, hint: str) -> Problem:
    return Problem(rule, message, f"{CONTENT}/{page.source}", heading.line, 1 if heading.line else 0, heading.excerpt, hint)


def _links(page: Page) -> Iterator[Problem]:
    html = page.html
    places = {each.start: (each.line, each.column) for each in page.rendered.body.references}
    nowhere = _lines_to_nowhere(page)
    for tag in start_tags(html):
        href = next((each for each in tag.attributes if each.name == "href"), None) if tag.name == "a" else None
        if href is None:
            continue
        text = _text(html, tag)
        line, column = places.get(href.start, (0, 0))
        if not href.value.strip():
            line, column = (line, column) if line else next(nowhere, (0, 0))
            yield _at_link("empty-link", f"the link {text!r} has no address", page, line, column, "add the address, or remove the link")
        elif not text:
            hint = "write a text between the brackets, or give the picture in it an `alt`"
            yield _at_link("empty-link", f"the link to {href.value!r} has no text", page, line, column, hint)
        elif text.rstrip(".!… ").lower() in _VAGUE:
            hint = "let the text say what is there: a list of the page's links is all that some readers hear"
            yield _at_link("vague-link", f"the link to {href.value!r} says only {text!r}", page, line, column, hint)


def _text(html: str, tag: StartTag) -> str:
    """What a link is called: by its text, its pictures, or its label."""
    end = html.find("</a>", tag.end)
    inner = html[tag.end : end] if end >= 0 else ""
    labels = (each.value.strip() for each in tag.attributes if each.name in {"aria-label", "title"})
    return plain(inner) or next(pictures(inner), "") or next(filter(None, labels), "")


def _lines_to_nowhere(page: Page) -> Iterator[tuple[int, int]]:
    """The places of the links without an address, of which nothing else tells."""
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        yield from ((number, match.start() + 1) for match in _NOWHERE.finditer(line))


def _at_link(rule: str, message: str, page: Page, line: int, column: int, hint: str) -> Problem:
    lines = page.body.split("\n")
    at = line - page.body_line
    excerpt = lines[at] if line and 0 <= at < len(lines) else ""
    return Problem(rule, message, f"{CONTENT}/{page.source}", line, column, excerpt, hint)

"""What the front matter of one page leaves out, or says that cannot be meant."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import timedelta

from sitegen.check.widths import pixels
from sitegen.check.written import Written
from sitegen.errors import Problem

_YEAR = timedelta(days=366)
# The clocks of the world differ by so much.
_DAY = timedelta(days=1)


def problems(written: Written, known: Container[tuple[str, str]] = ()) -> Iterator[Problem]:
    """All of it, for one page. `known` are rule and path of what was told of before: a date that cannot be read is not missing."""
    yield from _dates(written, is_bad=("bad-date", written.path) in known)
    if written.page.is_indexed:
        yield from _titles(written)
        yield from _descriptions(written)


def _dates(written: Written, *, is_bad: bool) -> Iterator[Problem]:
    page, now = written.page, written.settings.now
    if page.expires and page.date and page.expires <= page.date:
        message = f"the page expires on {page.expires.date()}, before its date, {page.date.date()}"
        yield written.says("expires-before-date", message, "mend the one that is wrong", keys=("expires",))
    if page.date and page.date > now + _YEAR and not page.draft:
        message = f"the page's date, {page.date.date()}, is more than a year ahead"
        yield written.says("far-date", message, "mend the year, or make the page a draft", keys=("date",))
    if page.updated and page.updated > now + _DAY:
        message = f"the page was updated on {page.updated.date()}, which is still to come"
        yield written.says("far-date", message, "mend the date", keys=("updated",))
    if page.kind == "blog" and page.date is None and not is_bad and page.is_listed and not page.is_index:
        message = "the post has no date, so it stands last in lists and in no archive"
        yield written.says("undated-post", message, "add `date: 2026-01-31`, or name the file 2026-01-31-title.md")


def _titles(written: Written) -> Iterator[Problem]:
    page, limit = written.page, written.settings.check.title_pixels
    width = pixels(page.seo_title)
    if width > limit:
        message = f"the title is {width} pixels wide in a list of search results, which show about {limit}"
        hint = "shorten it, or give the page a shorter `seo_title:`"
        yield written.says("long-title", message, hint, keys=("seo_title", "title"))


def _descriptions(written: Written) -> Iterator[Problem]:
    page, limit = written.page, written.settings.check.description_characters
    if not page.meta.description and not page.meta.summary:
        message = "the page has no description, so search engines and link previews show the beginning of its text"
        yield written.says("missing-description", message, "add a `description:` of one or two sentences")
    length = len(page.meta.description)
    if length > limit:
        message = f"the description has {length} characters; a list of search results shows about {limit}"
        yield written.says("long-description", message, "shorten it, and leave the rest to the text", keys=("description",))

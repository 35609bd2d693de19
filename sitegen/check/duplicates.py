"""Pages that a list of search results cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.check.written import Written
from sitegen.errors import Problem


def problems(pages: Iterable[Written]) -> Iterator[Problem]:
    """Titles and descriptions that more than one of these pages has, at each but the first."""
    pages = tuple(pages)
    yield from _twice(pages, "title")
    yield from _twice(pages, "description")


def _twice(pages: Iterable[Written], what: str) -> Iterator[Problem]:
    first: dict[tuple[str, str], Written] = {}
    keys = ("seo_title", "title") if what == "title" else (what,)
    for written in pages:
        page = written.page
        text = page.seo_title if what == "title" else page.meta.description
        if not text or not page.is_indexed:
            continue
        other = first.setdefault((page.lang, " ".join(text.casefold().split())), written)
        if other is not written:
            message = f"the page has the {what} of {other.path}, so search results show two that look alike"
            hint = "say what sets it apart" + (", in `seo_title:` where readers need not see it" if what == "title" else "")
            yield written.says(f"duplicate-{what}", message, hint, keys=keys)

"""The site's pages as a list, for people and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from sitegen.app import CACHE, create_app
from sitegen.cache import Cache
from sitegen.pages import CONTENT, Page
from sitegen.report import Report
from sitegen.site import Site

_STATUS = {"drafts": "draft", "future": "future", "expired": "expired"}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
_COLUMNS = ("source", "url", "title", "date", "status")


def entries(root: Path, which: str = "all", *, overrides: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """One mapping for each page, sorted by source.

    Raises:
        ProblemsFound: some files cannot be read as pages.
    """
    with closing(Cache(root / CACHE)) as cache:
        app = create_app(root, cache=cache, **(overrides or {}))
        site: Site = app.extensions["sitegen"]
        report: Report = app.extensions["sitegen-report"]
        pages = [page for page in site.all if which == "all" or page.status == _STATUS[which]]
        report.stop_on_errors()
        return [_entry(page) for page in pages]


def _entry(page: Page) -> dict[str, Any]:
    return {
        "source": f"{CONTENT}/{page.source}",
        "url": page.url,
        "title": page.title,
        "date": page.meta.date.isoformat() if page.meta.date else None,
        "updated": page.meta.updated.isoformat() if page.meta.updated else None,
        "collection": page.collection,
        "tags": list(page.meta.tags),
        "categories": ["/".join(category) for category in page.meta.categories],
        "authors": [author.id for author in page.meta.authors],
        "draft": page.meta.draft,
        "status": page.status,
        "aliases": list(page.meta.aliases),
        "words": page.words,
    }


def as_json(found: Sequence[Mapping[str, Any]]) -> str:
    """A JSON array, one object a page. What only the table shows is not in it."""
    return json.dumps([{key: value for key, value in entry.items() if key != "status"} for entry in found], ensure_ascii=False, indent=2)


def as_table(found: Sequence[Mapping[str, Any]], width: int) -> str:
    """A table of the main columns, `width` characters wide."""
    table = Table(*(name.capitalize() for name in _COLUMNS), box=None, pad_edge=False)
    for entry in found:
        table.add_row(*(_cell(entry[name]) for name in _COLUMNS))
    out = StringIO()
    Console(file=out, width=width, markup=False, highlight=False, emoji=False).print(table)
    return out.getvalue() + f"\n{len(found)} pages"


def _cell(value: object) -> str:
    """A moment as its day, and nothing as nothing."""
    text = "" if value is None else str(value)
    return text[:10] if _MOMENT.match(text) else text

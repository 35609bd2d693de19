"""In which order pages stand: by date, title, weight or version, always the same for the same pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from packaging.version import Version

from sitegen.config import Collection
from sitegen.pages import Page

DAWN = datetime(1, 1, 1, tzinfo=UTC)


def newest(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Newest first; pages without a date last; ties by source, so that the order never depends on the file system."""
    ordered = sorted(pages, key=lambda page: page.source)
    return tuple(sorted(ordered, key=lambda page: page.meta.date or DAWN, reverse=True))


def in_order(pages: Iterable[Page], collection: Collection) -> tuple[Page, ...]:
    """`pages` in the order their collection asks for."""
    if collection.order == "newest":
        return newest(pages)
    keys: dict[str, Any] = {"oldest": _oldest, "title": _titled, "weight": _weighed, "version": _versioned}
    ordered = sorted(sorted(pages, key=lambda page: page.source), key=keys[collection.order])
    return tuple(reversed(ordered)) if collection.order == "version" else tuple(ordered)


def _oldest(page: Page) -> datetime:
    return page.meta.date or DAWN


def _titled(page: Page) -> str:
    return page.title.casefold()


def _weighed(page: Page) -> tuple[bool, float, str]:
    return page.weight is None, page.weight or 0, page.nav_title.casefold()


def _versioned(page: Page) -> tuple[bool, Version, str]:
    """Releases by version number; pages that carry none come after all that do."""
    return bool(page.version), Version(page.version or "0"), page.source

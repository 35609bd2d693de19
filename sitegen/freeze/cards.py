"""The cards of the site's pages, drawn in all processes, for the plan to name by digest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen import files, workers
from sitegen.cache import Cache
from sitegen.errors import Problem
from sitegen.freeze.copies import Copy
from sitegen.pages import CONTENT
from sitegen.pictures import CardOrder, Encoded, Made, draw, undrawable
from sitegen.report import Report
from sitegen.site import Site

_SHARE = 8


def cards(site: Site, report: Report, *, jobs: int, start_method: str) -> Iterator[tuple[str, Copy]]:
    """A file for each page that has no picture of its own; a title that cannot be drawn is told of, and has none."""
    wanted: dict[str, CardOrder] = {}
    for source, order in site.card_orders.items():
        lacking = undrawable(order.title + order.site, order.style)
        if lacking:
            report.add(_problem(source, lacking))
        else:
            wanted[order.file] = order
    cache = site.gallery.cache
    cold = [order for order in wanted.values() if not cache.has(Made, order.parts)]
    _draw_all(cold, cache, jobs=jobs, start_method=start_method)
    for file, order in wanted.items():
        digest, size = _made(order, cache).versions[0]
        site.gallery.used += [(Made, order.parts), (Encoded, order.parts)]
        yield file, Copy(Path(file), digest, size, make=partial(_bytes, order, cache))


def _problem(source: str, lacking: str) -> Problem:
    message = f"no card is drawn for this page: the font has no letters for {lacking[:20]!r}"
    hint = "name a font that has them under `social_cards: {font: …}`, or give the page an `image:`, as one in Arabic or Hindi needs"
    return Problem("card-letters", message, path=f"{CONTENT}/{source}", hint=hint)


def _made(order: CardOrder, cache: Cache) -> Made:
    return cache.keep(Made, order.parts, lambda: _named(_bytes(order, cache)))


def _named(data: bytes) -> Made:
    return Made(((files.digest(data), len(data)),))


def _bytes(order: CardOrder, cache: Cache) -> bytes:
    return cache.keep(Encoded, order.parts, lambda: Encoded(draw(order))).data


def _draw_all(orders: list[CardOrder], cache: Cache, *, jobs: int, start_method: str) -> None:
    shares = workers.shares(orders, _SHARE)
    # What was drawn is in the cache.
    for _ in workers.map_all(
        _draw,
        shares,
        jobs=jobs,
        initialise=_open,
        arguments=cache.address,
        describe=lambda share: ", ".join(order.title for order in share),
        parts=workers.singly,
        start_method=start_method,
    ):
        continue


_cache: Cache


def _open(home: str, shelf: str) -> None:
    global _cache  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    _cache = Cache(Path(home), shelf)


def _draw(orders: tuple[CardOrder, ...]) -> int:
    for order in orders:
        _made(order, _cache)
    return len(orders)

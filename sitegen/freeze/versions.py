"""The versions of the site's pictures, made in all processes, for the plan to name by digest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen import workers
from sitegen.cache import Cache
from sitegen.errors import Problem
from sitegen.files import site_path
from sitegen.freeze.copies import Copy
from sitegen.pictures import Encoded, Made, Order, Variant, encoded, fault, make
from sitegen.report import Report
from sitegen.site import Site


def versions(site: Site, report: Report, *, jobs: int, start_method: str) -> Iterator[tuple[str, Copy]]:
    """A file for each version of each picture that pages show; a picture that cannot be read is told of, and has none."""
    gallery = site.gallery
    if gallery.recipe is None:
        return
    report.add(*(problem for file in site.shown_files if (problem := fault(_named(file, site), gallery.facts(file)))))
    orders = [(file, order) for file in site.shown_files if (order := site.picture_order(file)) is not None]
    cold = [order for _, order in orders if not gallery.cache.has(Made, order.parts)]
    made = dict(zip((order.path for order in cold), _made(cold, gallery.cache, jobs=jobs, start_method=start_method), strict=True))
    for _, order in orders:
        found = made.get(order.path) or make(order, gallery.cache)
        if isinstance(found, Problem):
            report.add(found)
            continue
        gallery.used += [(Made, order.parts), *((Encoded, order.parts_of(version)) for version in order.versions)]
        for version, (digest, size) in zip(order.versions, found.versions, strict=True):
            yield version.file, Copy(Path(order.path), digest, size, make=partial(_bytes, order, version, gallery.cache))


def _named(file: str, site: Site) -> str:
    return site_path(site.settings.root / file, site.settings.root)


def _bytes(order: Order, version: Variant, cache: Cache) -> bytes:
    return encoded(order, version, cache)


def _made(orders: list[Order], cache: Cache, *, jobs: int, start_method: str) -> Iterator[Made | Problem]:
    return workers.map_all(
        _make, orders, jobs=jobs, initialise=_open, arguments=cache.address, describe=lambda order: order.shown, start_method=start_method
    )


_cache: Cache


def _open(home: str, shelf: str) -> None:
    global _cache  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    _cache = Cache(Path(home), shelf)


def _make(order: Order) -> Made | Problem:
    return make(order, _cache)

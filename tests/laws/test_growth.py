"""A site of twice the pages takes twice the work and twice the room: what a page shows and asks does not grow with the site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType

import msgspec
import pytest
from flask import Flask

from sitegen.app import create_app
from sitegen.freeze.plan import plan_urls
from sitegen.site import Site, noting

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SETTINGS = """title: Large
url: https://large.example/
hosting: plain
collections:
  blog: {kind: blog}
  flat: {kind: docs}
  deep: {kind: docs}
  releases: {kind: releases}
"""
FEW, MANY = 310, 620
# What a sort does beyond its share, and what a short site leaves out.
SLACK = 1.1


def files(count: int) -> Iterator[tuple[str, str]]:
    """`count` posts with one tag and one series in common, as many docs in one folder, in folders of two, and releases."""
    yield "about.md", f"---\ntitle: About\naliases: {[f'/old/{number}/' for number in range(count)]}\n---\n\nText.\n"
    for number in range(count):
        dated = f"date: {2000 + number % 20}-{1 + number % 12:02}-01"
        terms = f"tags: [common, t{number // 2}]\ncategories: [[top, c{number // 3}]]\nseries: {{name: Long, order: {number}}}"
        yield f"blog/p{number:04}.md", f"---\ntitle: P{number}\n{dated}\n{terms}\n---\n\nText.\n"
        yield f"flat/d{number:04}.md", f"---\ntitle: D{number:04}\n---\n\nText.\n"
        yield f"deep/f{number // 2:03}/d{number:04}.md", f"---\ntitle: L{number:04}\n---\n\nText.\n"
        yield f"releases/{number // 100}.{number % 100}.md", "Text.\n"
        yield f"hop{number:04}.md", f"---\nredirect: /hop{number + 1:04}/\n---\n"
    yield f"hop{count:04}.md", "Text.\n"


def large(root: Path, count: int) -> Flask:
    (root / "site.yaml").write_text(SETTINGS)
    for name, text in files(count):
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    app = create_app(root, now=NOW)
    iter(app.extensions["sitegen"].pages)
    return app


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    """A site, and one with twice the pages, read and not yet asked anything."""
    return large(tmp_path_factory.mktemp("few"), FEW), large(tmp_path_factory.mktemp("many"), MANY)


def answers(site: Site) -> Iterator[object]:
    """The answer to every question that the pages of the site put."""
    for source, page in site.published.items():
        for question in (site.card, site.targets, site.breadcrumbs, site.translations, site.people, site.neighbours):
            yield question(source)
        own = {"docs": (site.sidebar,), "releases": (site.versions,), "blog": (site.related, site.series_of), "pages": ()}
        yield from (question(source) for question in own[page.kind])
    for name in site.indexed:
        yield from (site.listing(name, "en", number) for number in site.numbers(name, "en"))
    for year in site.years("blog", "en"):
        yield from (site.archive("blog", "en", year.year, month) for month in (0, *(each.month for each in year.months)))
    for taxonomy in site.taxonomies:
        yield site.terms(taxonomy, "en")
        for slug in site.tagged(taxonomy, "en"):
            yield site.term(taxonomy, slug, "en")
            yield site.term_children(slug, "en")
            yield from (site.term_listing(taxonomy, slug, "en", number) for number in site.term_numbers(taxonomy, slug, "en"))
    yield from (site.feed(path) for path in site.feed_scopes)
    yield from (site.redirect(path) for path in site.redirects)
    yield from (site.outline("flat", "en"), site.outline("deep", "en"), site.sitemap(), site.twins(), site.all_redirects())


def size_of_answers(app: Flask) -> int:
    site: Site = app.extensions["sitegen"]
    return sum(len(msgspec.json.encode(answer, enc_hook=str)) for answer in answers(site))


def calls_of(work: Callable[[Flask], object], app: Flask) -> int:
    """How many calls `work` makes for a site, the steps of generators among them."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work(app)
    finally:
        sys.setprofile(before)
    return count


def plan_and_ask(app: Flask) -> None:
    site: Site = app.extensions["sitegen"]
    plan_urls(app)
    with app.app_context(), noting():
        for _ in answers(site):
            pass


def visit(app: Flask, path: str) -> bytes:
    response = app.test_client().get(path)
    assert response.status_code == 200, path
    return bytes(response.data)


def test_planning_and_asking_take_calls_in_proportion_to_pages(apps: tuple[Flask, Flask]) -> None:
    few, many = (calls_of(plan_and_ask, app) for app in apps)
    assert many < few * (MANY / FEW) * SLACK


def test_answers_are_as_long_as_there_are_pages(apps: tuple[Flask, Flask]) -> None:
    few, many = map(size_of_answers, apps)
    assert many < few * (MANY / FEW) * SLACK


@pytest.mark.parametrize(
    "path",
    [
        "/flat/d0155/",
        "/deep/f077/d0155/",
        "/releases/1.55/",
        "/blog/p0155/",
        "/blog/page/15/",
        "/tags/common/page/15/",
        "/categories/top/page/15/",
        "/series/long/page/15/",
        "/tags/t50/",
        "/categories/top/c50/",
        "/old/50/",
    ],
)
def test_a_page_links_to_as_many_others_in_a_large_site_as_in_one_twice_as_large(apps: tuple[Flask, Flask], path: str) -> None:
    few, many = (visit(app, path).count(b" href=") for app in apps)
    assert few == many


def test_a_stub_of_a_redirect_is_found_without_looking_at_the_others(apps: tuple[Flask, Flask]) -> None:
    few, many = (calls_of(partial(visit, path="/old/200/"), app) for app in apps)
    assert many < few * SLACK

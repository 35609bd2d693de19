"""Every address of a site is planned before a template renders, and each planned address is answered by the view that planned it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import Flask

from sitegen import urls, views
from sitegen.app import create_app
from sitegen.freeze.plan import plan_urls
from sitegen.site import Site
from tests.conftest import Build, tree


def app_of(root: Path, now: datetime) -> Flask:
    return create_app(root, now=now)


def test_each_planned_address_is_answered_by_the_view_that_planned_it(small_site: Path, now: datetime) -> None:
    app = app_of(small_site, now)
    site: Site = app.extensions["sitegen"]
    adapter = app.url_map.bind("small.example")
    for view in views.ALL:
        name = view.__name__.rpartition(".")[2]
        for planned in view.urls(site):
            endpoint, _ = adapter.match(urls.href(planned.path))
            assert str(endpoint).partition(".")[0] == name, planned


def test_every_planned_address_answers_200(small_site: Path, now: datetime) -> None:
    app = app_of(small_site, now)
    client = app.test_client()
    answers = {path: client.get(urls.href(path)).status_code for path in plan_urls(app).paths.values()}
    assert {path for path, status in answers.items() if status != 200} == set()


def test_a_build_writes_what_was_planned_and_nothing_else(small_site: Path, now: datetime, build: Build) -> None:
    app = create_app(small_site, now=now, search=False)
    plan = plan_urls(app)
    build(small_site)
    site: Site = app.extensions["sitegen"]
    # Which stylesheets there are, the pages tell.
    written = {name for name in tree(small_site / "build") if name in plan.copies or site.assets.sheet_at(name) is None}
    assert written == {*plan.paths, *plan.copies, ".sitegen"}


def test_every_route_is_declared_by_some_view(small_site: Path, now: datetime) -> None:
    app = app_of(small_site, now)
    adapter = app.url_map.bind("small.example")
    answered = {adapter.match(urls.href(path))[0] for path in plan_urls(app).paths.values()}
    unused = {rule.endpoint for rule in app.url_map.iter_rules()} - answered
    assert unused == {"static", "protected.file", "search_engines.sitemap_part", "extras.headers", "extras.redirects"}

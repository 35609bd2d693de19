"""The page that searches, as the site is built: before any script runs."""

from __future__ import annotations

from tests.conftest import Build, SiteOf

SETTINGS = "title: Small & <fine> gardens\nurl: https://small.example/docs/\nlanguage: en\nlanguages: {de: {}}\n"
POST = "---\ntitle: Frost\ndate: 2026-01-02\ntags: [winter]\n---\nIt is cold.\n"
FILES = {"site.yaml": SETTINGS, "content/blog/frost.md": POST, "content/blog/frost.de.md": POST, "content/docs/start.md": "# Start\n"}


def page_of(client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_each_language_has_a_page_that_searches(site_of: SiteOf, build: Build):
    output = build(site_of(FILES), overrides={"search": True}).output
    assert '<html lang="en"' in (output / "search/index.html").read_text()
    assert '<html lang="de"' in (output / "de/search/index.html").read_text()


def test_every_page_leads_to_the_page_that_searches_its_language(client_of):
    client = client_of(FILES, search=True)
    assert 'id="site:search" class="seek" href="/docs/search/"' in page_of(client, "/blog/frost/")
    assert 'id="site:search" class="seek" href="/docs/de/search/"' in page_of(client, "/de/blog/frost/")


def test_a_site_without_search_has_no_trace_of_it(site_of: SiteOf, build: Build):
    output = build(site_of({**FILES, "static/own.css": ""})).output
    assert not (output / "search").exists()
    page = (output / "blog/frost/index.html").read_text()
    assert "site:search" not in page
    assert "data-search" not in page
    assert "wasm-unsafe-eval" not in page

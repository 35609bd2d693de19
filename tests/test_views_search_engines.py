"""sitemap.xml, robots.txt and llms.txt, as crawlers read them."""

from __future__ import annotations

from flask import Flask
from lxml import etree

from sitegen.views import search_engines
from tests.conftest import Opened, post

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
FILES = {
    "content/blog/a.md": post(title="A", date="2025-01-01", description="What A says."),
    "content/blog/hidden.md": post(title="Hidden", unlisted="true"),
    "content/docs/start.md": post(title="Start & go"),
    "content/grüße.md": post(title="Grüße"),
}


def locations(data: bytes) -> list[str]:
    return [found.text for found in etree.fromstring(data).iterfind(".//s:loc", NS)]


def test_the_sitemap_names_every_listed_page(visited):
    assert locations(visited(FILES).get("/sitemap.xml").data) == [
        "https://small.example/",
        "https://small.example/blog/",
        "https://small.example/blog/a/",
        "https://small.example/docs/",
        "https://small.example/docs/start/",
        "https://small.example/gr%C3%BC%C3%9Fe/",
    ]


def test_the_sitemap_says_when_a_page_changed(visited):
    tree = etree.fromstring(visited(FILES).get("/sitemap.xml").data)
    changed = {url.findtext("s:loc", namespaces=NS): url.findtext("s:lastmod", namespaces=NS) for url in tree}
    assert changed["https://small.example/blog/a/"] == "2025-01-01"
    assert changed["https://small.example/docs/start/"] is None


def test_an_address_in_the_sitemap_is_escaped(visited):
    data = visited({"content/x.md": post(permalink="/a&b'c/")}).get("/sitemap.xml").data
    assert "https://small.example/a&b'c/" in locations(data)


def split(site, limit: int):
    """A visitor of the sitemap alone, split above `limit` addresses."""
    app = Flask(__name__)
    app.extensions["sitegen"] = site
    app.register_blueprint(search_engines.blueprint(site, limit=limit))
    return app.test_client()


def test_a_sitemap_at_the_limit_is_whole(opened: Opened):
    site = opened(FILES)
    assert len(locations(split(site, 6).get("/sitemap.xml").data)) == 6
    assert [each.path for each in search_engines.urls(site, limit=6)] == ["/sitemap.xml", "/robots.txt", "/llms.txt"]


def test_a_sitemap_above_the_limit_is_an_index_of_its_parts(opened: Opened):
    client = split(opened(FILES), 4)
    assert etree.fromstring(client.get("/sitemap.xml").data).tag == f"{{{NS['s']}}}sitemapindex"
    assert locations(client.get("/sitemap.xml").data) == ["https://small.example/sitemap-1.xml", "https://small.example/sitemap-2.xml"]
    assert [len(locations(client.get(f"/sitemap-{part}.xml").data)) for part in (1, 2)] == [4, 2]


def test_every_part_of_a_sitemap_is_planned(opened: Opened):
    planned = [each.path for each in search_engines.urls(opened(FILES), limit=4)]
    assert planned == ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/robots.txt", "/llms.txt"]


def test_there_is_no_part_beyond_the_last(opened: Opened):
    client = split(opened(FILES), 4)
    assert (client.get("/sitemap-3.xml").status_code, client.get("/sitemap-0.xml").status_code) == (404, 404)


def test_the_limit_is_that_of_the_protocol():
    assert search_engines.URLS_PER_FILE == 50_000


def test_robots_are_welcome_and_told_of_the_sitemap(visited):
    assert visited(FILES).get("/robots.txt").text == "User-agent: *\nAllow: /\n\nSitemap: https://small.example/sitemap.xml\n"


def test_robots_are_asked_to_stay_away_from_a_preview(visited):
    assert visited(FILES, base_url="https://preview.example/").get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_a_sitemap_below_a_base_path_names_addresses_below_it(visited):
    client = visited(FILES, base_url="https://x.example/base/")
    assert all(address.startswith("https://x.example/base/") for address in locations(client.get("/sitemap.xml").data))


def test_llms_txt_lists_the_twins_by_section(visited):
    assert visited(FILES, "description: A small site.\n").get("/llms.txt").text == (
        "# Small\n\n> A small site.\n\n"
        "## Blog\n\n- [A](https://small.example/blog/a/index.md): What A says.\n\n"
        "## Docs\n\n- [Start & go](https://small.example/docs/start/index.md)\n\n"
        "## Pages\n\n- [Grüße](https://small.example/gr%C3%BC%C3%9Fe/index.md)\n"
    )


def test_a_title_cannot_lead_llms_txt_elsewhere(visited):
    text = visited({"content/x.md": post(title='"x](https://evil.example/) [y"', description='"a\\n## b"')}).get("/llms.txt").text
    assert r"- [x\](https://evil.example/) \[y](https://small.example/x/index.md): a" in text
    assert "\n## b" not in text

"""The page that searches, as the site is built: before any script runs."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.conftest import dom, post

SETTINGS = "languages: {de: {}}\n"
FILES = {
    "content/blog/frost.md": post(title="Frost", date="2026-01-02", tags="[winter]"),
    "content/blog/frost.de.md": post(title="Frost", date="2026-01-02"),
}
BELOW = {"search": True, "base_url": "https://small.example/docs/"}


def test_each_language_has_a_page_that_searches(visited):
    visitor = visited(FILES, SETTINGS, search=True)
    assert [dom(visitor.get(path).text).get("lang") for path in ("/search/", "/de/search/")] == ["en", "de"]


def test_a_page_leads_to_the_page_that_searches_its_language(visited):
    visitor = visited(FILES, SETTINGS, **BELOW)
    links = [dom(visitor.get(path).text).xpath("//*[@id='site:search']/@href") for path in ("/blog/frost/", "/de/blog/frost/")]
    assert links == [["/docs/search/"], ["/docs/de/search/"]]


def test_the_search_pages_are_translations_of_each_other(visited):
    page = dom(visited(FILES, SETTINGS, search=True).get("/search/").text)
    found = dict(zip(page.xpath("//link[@hreflang]/@hreflang"), page.xpath("//link[@hreflang]/@href"), strict=True))
    assert found["de"] == "https://small.example/de/search/"


def test_without_a_script_the_page_leads_to_sections_overviews_and_archives(visited):
    page = dom(visited(FILES, SETTINGS, search=True).get("/search/").text)
    assert {"/blog/", "/tags/", "/blog/2026/"} <= set(page.xpath("//main//a/@href"))


def test_a_site_without_search_has_no_trace_of_it(visited):
    visitor = visited(FILES, SETTINGS)
    assert visitor.get("/search/").status_code == 404
    page = visitor.get("/blog/frost/").text
    assert "site:search" not in page
    assert "data-search" not in page


def test_only_a_site_with_search_allows_webassembly(visited):
    policies = [visited(FILES, "hosting: netlify\n", search=search).get("/_headers").text for search in (True, False)]
    assert ["'self' 'wasm-unsafe-eval';" in policy for policy in policies] == [True, False]


def test_browsers_can_take_the_page_for_a_search_engine(visited):
    visitor = visited(FILES, "languages: {de: {title: 'Größe & <Zahl>'}}\n", **BELOW)
    address = dom(visitor.get("/de/search/").text).xpath("//link[@rel='search']/@href")
    assert address == ["/docs/de/search/opensearch.xml"]
    answer = visitor.get("/de/search/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    engine = ElementTree.fromstring(answer.data)
    said = [engine.findtext("{*}ShortName"), *(url.get("template") for url in engine.findall("{*}Url"))]
    assert said == ["Größe & <Zahl>", "https://small.example/docs/de/search/?q={searchTerms}"]

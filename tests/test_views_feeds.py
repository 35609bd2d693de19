"""Atom, RSS and JSON feeds, read as a feed reader reads them."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from lxml import etree

from tests.conftest import post

ATOM = {"a": "http://www.w3.org/2005/Atom", "xml": "http://www.w3.org/XML/1998/namespace"}
FORMATS = ["atom.xml", "rss.xml", "feed.json"]
BODY = """[a](other.md) [b](/blog/other/) [c](#part) [d](https://x.example/) ![e](pic.png) <img src="pic.png" srcset="pic.png 2x">

## Part

Text."""
FILES = {
    "content/blog/first.md": post(
        BODY, title="First & <best>", date="2025-01-02 03:04:05", updated="2025-02-03", tags="[x]", categories="[Code/Python]"
    ),
    "content/blog/other.md": post("The other.", title="Other", date="2024-01-01", author="Mira"),
    "content/blog/pic.png": b"a",
}


@pytest.fixture
def atom(visited):
    def read(path: str = "/atom.xml", files: dict[str, str | bytes] | None = None, settings: str = "", **overrides: object):
        return etree.fromstring(visited(files or FILES, settings, **overrides).get(path).data)

    return read


@pytest.fixture
def json_feed(visited):
    def read(
        path: str = "/feed.json", files: dict[str, str | bytes] | None = None, settings: str = "", **overrides: object
    ) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(visited(files or FILES, settings, **overrides).get(path).data)
        return found

    return read


def texts(node, path: str) -> list[str]:
    return [found if isinstance(found, str) else found.text for found in node.xpath(path, namespaces=ATOM)]


# Atom, RFC 4287


def test_an_atom_feed_has_what_the_standard_requires(atom):
    feed = atom()
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for required in ("a:id", "a:title", "a:updated"):
        assert len(feed.findall(required, ATOM)) == 1, required
        for entry in feed.findall("a:entry", ATOM):
            assert len(entry.findall(required, ATOM)) == 1, required
    assert texts(feed, "a:author/a:name") == ["Small"]


def test_an_atom_feed_names_itself_and_the_page_it_stands_for(atom):
    feed = atom("/tags/x/atom.xml")
    assert texts(feed, "a:link[@rel='self']/@href") == ["https://small.example/tags/x/atom.xml"]
    assert texts(feed, "a:link[@rel='alternate']/@href") == ["https://small.example/tags/x/"]


def test_ids_are_the_canonical_addresses(atom):
    assert texts(atom(), "a:entry/a:id") == ["https://small.example/blog/first/", "https://small.example/blog/other/"]


def test_no_two_atom_feeds_have_one_id(visited):
    client = visited(FILES)
    paths = ["/atom.xml", "/blog/atom.xml", "/tags/x/atom.xml", "/categories/code/atom.xml", "/categories/code/python/atom.xml"]
    assert len({etree.fromstring(client.get(path).data).findtext("a:id", namespaces=ATOM) for path in paths}) == len(paths)


def test_an_entry_is_as_old_as_its_last_change(atom):
    assert texts(atom(), "a:entry/a:published") == ["2025-01-02T03:04:05+00:00", "2024-01-01T00:00:00+00:00"]
    assert texts(atom(), "a:entry/a:updated") == ["2025-02-03T00:00:00+00:00", "2024-01-01T00:00:00+00:00"]


def test_a_feed_is_as_old_as_its_newest_change(atom):
    assert texts(atom(), "a:updated") == ["2025-02-03T00:00:00+00:00"]


def test_titles_keep_their_characters(atom):
    assert texts(atom(), "a:entry[1]/a:title") == ["First & <best>"]


def test_a_feed_says_its_language(atom):
    assert texts(atom(), "@xml:lang") == ["en"]


def test_entries_name_their_authors_and_terms(atom):
    feed = atom()
    assert texts(feed, "a:entry/a:author/a:name") == ["Mira"]
    assert texts(feed, "a:entry/a:category/@term") == ["x", "Python"]


# In every format


def content_of(visited, name: str, **options: Any) -> str:
    data = visited(options.pop("files", FILES), options.pop("settings", ""), **options).get(f"/{name}").data
    if name == "feed.json":
        return str(json.loads(data)["items"][0]["content_html"])
    tree = etree.fromstring(data)
    found = tree.find(".//a:content", ATOM) if name == "atom.xml" else tree.find(".//{http://purl.org/rss/1.0/modules/content/}encoded")
    assert found is not None
    return found.text or ""


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("base", ["https://small.example", "https://x.example/base"])
def test_addresses_inside_bodies_are_absolute(visited, name: str, base: str):
    content = content_of(visited, name, base_url=f"{base}/")
    for address in (f"{base}/blog/other/", f"{base}/blog/first/#part", "https://x.example/", f"{base}/blog/pic.png"):
        assert f'"{address}"' in content or f'"{address} 2x"' in content, address
    assert 'href="/' not in content
    assert 'src="/' not in content
    assert 'srcset="/' not in content


@pytest.mark.parametrize("name", FORMATS)
def test_summaries_can_take_the_place_of_bodies(visited, name: str):
    assert content_of(
        visited, name, settings="feeds:\n  content: summary\n", files={"content/blog/a.md": post("One & one.\n\nTwo.", date="2025-01-01")}
    ) == ("<p>One &amp; one.</p>")


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_holds_as_many_entries_as_are_asked_for(visited, name: str):
    text = visited(FILES, "feeds:\n  limit: 1\n").get(f"/{name}").text
    assert "https://small.example/blog/first/" in text
    assert "<title>Other</title>" not in text
    assert '"title": "Other"' not in text


@pytest.mark.parametrize("name", FORMATS)
def test_what_xml_forbids_is_left_out(visited, name: str):
    bad = '"a\\x01b\\uFFFEc"'
    files = {"content/blog/a.md": post(title=bad, date="2025-01-01", tags=f"[{bad}]", author=bad, description=bad, categories=f"[{bad}]")}
    data = visited(files).get(f"/{name}").data
    title = (
        json.loads(data)["items"][0]["title"] if name == "feed.json" else etree.fromstring(data).xpath("//*[local-name()='title']")[-1].text
    )
    assert title == "abc"


@pytest.mark.parametrize("name", FORMATS)
def test_a_body_cannot_end_what_it_stands_in(visited, name: str):
    body = "`]]>` and `</content></entry>` and `</script>`"
    assert "&lt;/entry&gt;" in content_of(visited, name, files={"content/blog/a.md": post(body, date="2025-01-01")})


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("path", ["", "blog/"])
def test_a_feed_has_its_own_media_type(visited, name: str, path: str):
    types = {"atom.xml": "application/atom+xml", "rss.xml": "application/rss+xml", "feed.json": "application/feed+json"}
    assert visited(FILES).get(f"/{path}{name}").mimetype == types[name]


@pytest.mark.parametrize("path", ["/docs/atom.xml", "/tags/none/atom.xml", "/tags/x/rss.xml"])
def test_a_feed_that_was_not_planned_is_not_there(visited, path: str):
    assert visited(FILES).get(path).status_code == 404


@pytest.mark.parametrize("name", FORMATS)
def test_a_language_has_feeds_of_its_own(visited, name: str):
    files = {**FILES, "content/blog/first.fr.md": post(title="Premier", date="2025-01-02")}
    text = visited(files, "languages:\n  fr:\n    title: Petit\n").get(f"/fr/{name}").text
    assert "Premier" in text
    assert "Other" not in text
    assert "https://small.example/fr/" in text


# RSS 2.0


def test_an_rss_channel_has_what_the_standard_requires(visited):
    channel = etree.fromstring(visited(FILES, "description: A small site.\n").get("/blog/rss.xml").data).find("channel")
    assert channel.findtext("title") == "Small: Blog"
    assert channel.findtext("link") == "https://small.example/blog/"
    assert channel.findtext("description")
    assert channel.find("{http://www.w3.org/2005/Atom}link").get("href") == "https://small.example/blog/rss.xml"


def test_an_rss_item_has_a_guid_and_a_date(visited):
    item = etree.fromstring(visited(FILES).get("/rss.xml").data).find("channel/item")
    assert (item.findtext("guid"), item.find("guid").get("isPermaLink")) == ("https://small.example/blog/first/", "true")
    assert parsedate_to_datetime(item.findtext("pubDate")).isoformat() == "2025-01-02T03:04:05+00:00"


# JSON Feed 1.1


def test_a_json_feed_has_what_the_standard_requires(json_feed):
    feed = json_feed("/blog/feed.json")
    assert (feed["version"], feed["title"]) == ("https://jsonfeed.org/version/1.1", "Small: Blog")
    assert (feed["home_page_url"], feed["feed_url"]) == ("https://small.example/blog/", "https://small.example/blog/feed.json")
    assert all(item["id"] == item["url"] and item["content_html"] for item in feed["items"])


def test_a_json_item_has_its_dates_and_terms(json_feed):
    item = json_feed()["items"][0]
    assert (item["date_published"], item["date_modified"]) == ("2025-01-02T03:04:05+00:00", "2025-02-03T00:00:00+00:00")
    assert item["tags"] == ["x", "Python"]

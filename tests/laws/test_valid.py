"""Every page, feed and sitemap of this site, and of one with some of everything, is right by its standard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.freeze import Options, build_site
from tests.checks import feeds, pages, policy, wide

ROOT = Path(__file__).parents[2]
ORIGINS = {"own": "https://sitegen.example.org", "wide": "https://wide.example"}


@pytest.fixture(scope="module", params=sorted(ORIGINS))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a whole site, and its origin."""
    folder = tmp_path_factory.mktemp("valid")
    root = ROOT if request.param == "own" else folder / "site"
    for name, data in wide.files().items() if request.param == "wide" else ():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data.encode() if isinstance(data, str) else data)
    build_site(root, folder / "build", Options(wait=True, overrides={"now": datetime.now(UTC)}))
    return folder / "build", ORIGINS[request.param]


def wrong(folder: Path, pattern: str, check: Callable[[bytes], list[str]]) -> dict[str, list[str]]:
    """What `check` finds in the files of that name, which there must be."""
    files = sorted(folder.rglob(pattern))
    assert files
    return {path.relative_to(folder).as_posix(): found for path in files if (found := check(path.read_bytes()))}


def test_pages_are_right(built: tuple[Path, str]):
    assert wrong(built[0], "*.html", lambda data: pages.faults(data.decode())) == {}


def test_atom_feeds_are_right(built: tuple[Path, str]):
    assert wrong(built[0], "atom.xml", feeds.of_atom) == {}


def test_rss_feeds_are_right(built: tuple[Path, str]):
    assert wrong(built[0], "rss.xml", feeds.of_rss) == {}


def test_json_feeds_are_right(built: tuple[Path, str]):
    assert wrong(built[0], "feed.json", feeds.of_json) == {}


def test_sitemaps_are_right(built: tuple[Path, str]):
    folder, origin = built
    assert wrong(folder, "sitemap*.xml", lambda data: feeds.of_sitemap(data, origin)) == {}


def test_what_a_sitemap_names_is_there(built: tuple[Path, str]):
    folder, origin = built
    named = [line.partition("<loc>")[2].partition("</loc>")[0] for line in (folder / "sitemap.xml").read_text().split("<url>")[1:]]
    missing = [url for url in named if not (folder / url.removeprefix(f"{origin}/") / "index.html").is_file()]
    assert (len(named) > 20, missing) == (True, [])


def test_the_policy_is_tight(built: tuple[Path, str]):
    folder, _ = built
    if (folder / "_headers").exists():
        text = (folder / "_headers").read_text()
        said = [line.partition(": ")[2] for line in text.splitlines() if "Content-Security-Policy" in line]
        assert [policy.faults(each) for each in said] == [[]]
    else:
        texts = [path.read_text() for path in folder.rglob("*.html")]
        said = [text.partition('Policy" content="')[2].partition('"')[0] for text in texts]
        assert {tuple(policy.faults(each, in_page=True)) for each in said} == {()}


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body><main><h1>T</h1>{}</main></body></html>"""


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>a<div>b</div></p>", "does not parse: unexpected-end-tag at line 1"),
        ("<b>x</i></b>", "does not parse: unexpected-end-tag at line 1"),
        ("<p id=a></p><p id=a></p>", "the id 'a' is there 2 times"),
        ('<p id="a b"></p>', "the id 'a b' is none"),
        ("<h3>x</h3>", "a heading of level 3 follows one of level 1"),
        ("<h1>x</h1>", "there are 2 elements h1"),
        ('<a href="#x">y</a>', "href='x' leads nowhere"),
        ('<p aria-labelledby="x">y</p>', "aria-labelledby='x' leads nowhere"),
        ('<button popovertarget="x">y</button>', "popovertarget='x' leads nowhere"),
        ("<nav><a href=/>x</a></nav><nav><a href=/>x</a></nav>", "there are 2 elements nav called None"),
        ("<ul><p>x</p></ul>", "p stands in ul"),
        ("<li>x</li>", "li stands in main"),
        ("<button><a href=/>x</a></button>", "a stands in button"),
        ("<center>x</center>", "center is obsolete"),
        ("<p align=left>x</p>", "align on p is obsolete"),
        ('<a href="/"></a>', "a has no name"),
        ("<button></button>", "button has no name"),
        ("<img src=/a.png>", "img has no alt"),
        ("<img src=/a.png alt='' width=10px>", "img has a size that is no number"),
        ("<time>yesterday</time>", "time has no moment"),
        ("<input>", "input has no label"),
        ("<div aria-hidden=true><a href=/>x</a></div>", "a can be reached in what is hidden"),
        ("<math><mtable scriptlevel=1></mtable></math>", "scriptlevel on mtable"),
    ],
)
def test_what_is_wrong_with_a_page_is_seen(body: str, fault: str):
    assert pages.faults(PAGE.format("<p>x</p>")) == []
    assert fault in pages.faults(PAGE.format(body))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('<html lang="en">', "<html>", "the document says no language"),
        ("<title>T</title>", "<title> </title>", "the document has no title"),
        ("<!doctype html>", "", "does not parse: expected-doctype-but-got-start-tag at line 1"),
        ("<main>", "<main></main><main>", "there are 2 elements main"),
    ],
)
def test_what_a_document_lacks_is_seen(before: str, after: str, fault: str):
    assert fault in pages.faults(PAGE.format("").replace(before, after))


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><id>https://x.example/</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>
<link rel="self" href="https://x.example/atom.xml"/><author><name>A</name></author><entry><id>https://x.example/a/</id><title>T</title>
<updated>2026-01-01T00:00:00Z</updated><link href="https://x.example/a/"/>
<content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>"""
RSS = """<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>T</title><link>https://x.example/</link>
<description>D</description><a:link rel="self" href="https://x.example/rss.xml"/><item><title>T</title><link>https://x.example/a/</link>
<guid>https://x.example/a/</guid><pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate><description>x</description></item></channel></rss>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://x.example/", "feed_url":
"https://x.example/feed.json", "items": [{"id": "https://x.example/a/", "url": "https://x.example/a/", "content_html": "<p>x</p>",
"date_published": "2026-01-01T00:00:00Z"}]}"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.example/a/</loc>
<lastmod>2026-01-01</lastmod></url></urlset>"""
SAMPLES: dict[str, tuple[str, Callable[[bytes], list[str]]]] = {
    "atom": (ATOM, feeds.of_atom),
    "rss": (RSS, feeds.of_rss),
    "json": (JSON, feeds.of_json),
    "sitemap": (SITEMAP, lambda data: feeds.of_sitemap(data, "https://x.example")),
}


@pytest.mark.parametrize(
    ("kind", "before", "after", "fault"),
    [
        ("atom", "<title>T</title>\n", "", "title"),
        ("atom", 'type="html"', 'type="xml"', "content"),
        ("atom", "00:00Z", "00:00", "is no moment"),
        ("atom", 'href="https://x.example/a/"', 'href="/a/"', "'/a/' is not absolute"),
        ("atom", "&lt;/p&gt;", "&lt;/p", "its HTML does not parse"),
        ("atom", 'rel="self"', 'rel="alternate"', "no link to the feed itself"),
        ("atom", "<author><name>A</name></author>", "", "an entry has no author"),
        ("rss", 'version="2.0"', 'version="1.0"', "it is no RSS 2.0"),
        ("rss", "<description>D</description>", "", "the channel has no description"),
        ("rss", "Thu, 01 Jan 2026 00:00:00 +0000", "2026-01-01", "is no date of mail"),
        ("rss", "<description>x", "<description>&lt;a href", "its HTML does not parse"),
        ("json", "version/1.1", "version/1", "it is no JSON Feed 1.1"),
        ("json", '"content_html": "<p>x</p>",', "", "an item has no content"),
        ("json", "00:00Z", "00:00", "is no moment"),
        ("sitemap", "2026-01-01", "1 January", "is no day"),
        ("sitemap", "https://x.example/a/", "https://y.example/a/", "is not of this site"),
        ("sitemap", "loc>", "location>", "location"),
    ],
)
def test_what_is_wrong_with_a_feed_is_seen(kind: str, before: str, after: str, fault: str):
    sample, check = SAMPLES[kind]
    assert before in sample
    assert check(sample.encode()) == []
    assert fault in " ".join(check(sample.replace(before, after).encode()))

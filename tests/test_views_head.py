"""The head of every page: what search engines, feed readers and link previews are told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from sitegen.views.head import Head
from tests.conftest import dom, post

POST = {
    "content/index.md": "# Home",
    "content/blog/x/index.md": post(
        "The first paragraph.",
        title='A "title" & <more>',
        date="2025-01-02 10:00",
        updated="2025-02-03",
        image="a.png",
        image_alt="A sea",
        tags="[x, y]",
        author="Mira",
    ),
    "content/blog/x/a.png": b"a",
    "content/docs/guide/start.md": post("Text.", title="Start", description="How to begin."),
}


@pytest.fixture
def head_of(visited):
    """The elements of a page's head, by path."""

    def visit(path: str, files: dict[str, str | bytes] | None = None, settings: str = "", **overrides: object):
        response = visited(files or POST, settings, **overrides).get(path)
        assert response.status_code == 200
        return dom(response.text).find("head")

    return visit


def meta(head, name: str) -> str | None:
    """What a meta element says, by its name or property."""
    return next(iter(head.xpath("meta[@name=$name or @property=$name]/@content", name=name)), None)


def linked(head, relation: str):
    return head.xpath("link[@rel=$relation]/@href", relation=relation)


def data_of(head) -> dict[str, dict[str, Any]]:
    """JSON-LD by type."""
    found = [json.loads(text) for text in head.xpath("script[@type='application/ld+json']/text()")]
    return {each["@type"]: each for each in found}


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/", "https://small.example/"),
        ("/blog/x/", "https://small.example/blog/x/"),
        ("/blog/", "https://small.example/blog/"),
        ("/blog/2025/01/", "https://small.example/blog/2025/01/"),
        ("/tags/x/", "https://small.example/tags/x/"),
        ("/tags/", "https://small.example/tags/"),
        ("/docs/", "https://small.example/docs/"),
    ],
)
def test_every_page_has_one_canonical_address_that_ends_in_a_slash(head_of, path: str, canonical: str):
    assert linked(head_of(path), "canonical") == [canonical]


def test_a_canonical_address_is_percent_encoded(head_of):
    assert linked(head_of("/grüße/", {"content/grüße.md": "Text."}), "canonical") == ["https://small.example/gr%C3%BC%C3%9Fe/"]


def test_the_404_page_has_no_canonical_address(head_of):
    assert linked(head_of("/404.html"), "canonical") == []


def test_the_title_names_page_and_site(head_of):
    assert head_of("/blog/x/").findtext("title") == 'A "title" & <more> · Small'


def test_the_title_of_the_home_page_may_be_the_site_s_alone(head_of):
    assert head_of("/", {"content/about.md": "Text."}).findtext("title") == "Small"


def test_a_title_for_search_engines_comes_first(head_of):
    assert head_of("/x/", {"content/x.md": post(title="A", seo_title="B")}).findtext("title") == "B · Small"


def test_the_description_is_the_written_one(head_of):
    assert meta(head_of("/docs/guide/start/"), "description") == "How to begin."


def test_without_a_description_the_first_paragraph_is_one(head_of):
    assert meta(head_of("/blog/x/"), "description") == "The first paragraph."


def test_a_long_description_is_cut_at_a_word(head_of):
    description = meta(head_of("/x/", {"content/x.md": "lorem " * 60}), "description")
    assert description is not None
    assert len(description) <= 160
    assert description.endswith("lorem…")


def test_open_graph_tells_of_a_post(head_of):
    head = head_of("/blog/x/")
    assert {name: meta(head, f"og:{name}") for name in ("type", "title", "url", "site_name", "locale", "image", "image:alt")} == {
        "type": "article",
        "title": 'A "title" & <more>',
        "url": "https://small.example/blog/x/",
        "site_name": "Small",
        "locale": "en_US",
        "image": "https://small.example/blog/x/a.png",
        "image:alt": "A sea",
    }


def test_open_graph_tells_when_a_post_was_written_and_changed(head_of):
    head = head_of("/blog/x/")
    assert meta(head, "article:published_time") == "2025-01-02T10:00:00+00:00"
    assert meta(head, "article:modified_time") == "2025-02-03T00:00:00+00:00"


def test_a_card_is_large_where_there_is_a_picture(head_of):
    assert meta(head_of("/blog/x/"), "twitter:card") == "summary_large_image"
    assert meta(head_of("/docs/guide/start/"), "twitter:card") == "summary"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("social.png", r"https://small\.example/static/social\.[0-9a-f]{8}\.png"),
        ("/social.png", r"https://small\.example/static/social\.[0-9a-f]{8}\.png"),
        ("pictures/a.png", r"https://small\.example/pictures/a\.png"),
        ("https://x.example/a.png", r"https://x\.example/a\.png"),
    ],
)
def test_a_page_without_a_picture_has_the_site_s(head_of, image: str, expected: str):
    files = {"content/x.md": "Text.", "content/pictures/a.png": b"a", "static/social.png": b"a"}
    assert re.fullmatch(expected, meta(head_of("/x/", files, f"image: {image}\n"), "og:image") or "")


def test_a_post_is_a_blog_posting_with_all_that_is_known(head_of):
    data = data_of(head_of("/blog/x/"))["BlogPosting"]
    assert data == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": 'A "title" & <more>',
        "description": "The first paragraph.",
        "url": "https://small.example/blog/x/",
        "inLanguage": "en",
        "datePublished": "2025-01-02T10:00:00+00:00",
        "dateModified": "2025-02-03T00:00:00+00:00",
        "image": "https://small.example/blog/x/a.png",
        "keywords": ["x", "y"],
        "wordCount": 3,
        "author": [{"@type": "Person", "name": "Mira", "url": "https://small.example/authors/mira/"}],
    }


def test_a_doc_is_a_technical_article(head_of):
    assert data_of(head_of("/docs/guide/start/"))["TechArticle"]["headline"] == "Start"


def test_breadcrumbs_are_numbered_absolute_and_end_with_the_page(head_of):
    items = data_of(head_of("/docs/guide/start/"))["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["name"], item["item"]) for item in items] == [
        (1, "Small", "https://small.example/"),
        (2, "Docs", "https://small.example/docs/"),
        (3, "Start", "https://small.example/docs/guide/start/"),
    ]


def test_a_title_cannot_end_the_script_that_it_stands_in(visited):
    files = {"content/blog/x.md": post(title="</script><script>alert(1)</script>", date="2025-01-01")}
    text = visited(files).get("/blog/x/").text
    assert "<script>alert(1)" not in text
    assert data_of(dom(text).find("head"))["BlogPosting"]["headline"] == "</script><script>alert(1)</script>"


def test_a_page_names_its_feeds(head_of):
    assert [(link.get("type"), link.get("href")) for link in head_of("/tags/x/").xpath("link[@rel='alternate']")] == [
        ("application/atom+xml", "/tags/x/atom.xml"),
        ("application/atom+xml", "/atom.xml"),
        ("application/rss+xml", "/rss.xml"),
        ("application/feed+json", "/feed.json"),
    ]


def test_a_page_names_its_markdown_twin(head_of):
    assert head_of("/blog/x/").xpath("link[@type='text/markdown']/@href") == ["/blog/x/index.md"]


@pytest.mark.parametrize("meta_keys", [{"unlisted": "true"}, {"noindex": "true"}])
def test_an_unlisted_page_is_kept_from_search_engines_and_has_no_twin(head_of, meta_keys: dict[str, str]):
    head = head_of("/x/", {"content/x.md": post(**meta_keys)})
    assert meta(head, "robots") == "noindex, nofollow"
    assert head.xpath("link[@type='text/markdown']") == []


def test_the_pages_of_a_list_are_linked(head_of):
    files = {f"content/blog/{day}.md": post(date=f"2025-01-0{day}") for day in (1, 2, 3)}
    head = head_of("/blog/page/2/", files, "paginate: 1\n")
    assert (linked(head, "prev"), linked(head, "next")) == (["/blog/"], ["/blog/page/3/"])


def test_translations_are_announced_with_absolute_addresses(head_of):
    files = {"content/a.md": "Text.", "content/a.fr.md": "Texte."}
    head = head_of("/a/", files, "languages:\n  fr: {}\n")
    assert [(link.get("hreflang"), link.get("href")) for link in head.xpath("link[@hreflang]")] == [
        ("en", "https://small.example/a/"),
        ("fr", "https://small.example/fr/a/"),
        ("x-default", "https://small.example/a/"),
    ]


def test_the_document_says_its_language_and_direction(visited):
    client = visited({"content/a.ar.md": "نص"}, "languages:\n  ar: {}\n")
    root = dom(client.get("/ar/a/").text)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize("path", ["/", "/blog/x/", "/blog/", "/tags/x/", "/404.html"])
def test_a_preview_is_kept_from_search_engines(head_of, path: str):
    assert meta(head_of(path, base_url="https://preview.example/"), "robots") == "noindex, nofollow"


@pytest.mark.parametrize(
    ("url", "how"),
    [("/blog/x/", "page"), ("/blog/", "true"), ("/", ""), ("", ""), ("/docs/", ""), ("https://x.example/", "")],
)
def test_a_link_says_how_it_stands_for_the_page_that_is_read(url: str, how: str):
    read = Head(
        title="X",
        site_name="Y",
        description="",
        canonical="",
        lang="en",
        dir="ltr",
        locale="en",
        url="/blog/x/",
        home="/",
    )
    assert read.current(url) == how

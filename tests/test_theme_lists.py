"""How the theme shows lists: cards with pictures and faces, archives, terms, releases, and the page for addresses that lead nowhere."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.conftest import Build, Opened, SiteOf, dom, post
from tests.test_pictures import picture

PICTURES: dict[str, str | bytes] = {
    "content/blog/a.jpg": picture("JPEG", 1000, 600),
    "content/blog/far.md": post(title="Far", date="2025-01-01"),
}
TWO_AUTHORS = "authors:\n  mira: {name: Mira, image: mira.png, bio: Grows leeks.}\n  tom: {name: Tom}\n"


def words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def posts(count: int, **meta: str) -> dict[str, str | bytes]:
    return {f"content/blog/{number}.md": post(title=number, date=f"2025-01-{number:02}", **meta) for number in range(1, count + 1)}


# Cards


def test_pictures_of_cards_have_their_size_and_all_but_the_first_wait_until_they_come_into_view(built):
    page = dom(built({**PICTURES, **posts(3, image="a.jpg", image_alt="Lines")}) / "blog/index.html")
    images = page.xpath("//main//img")
    assert {(each.get("width"), each.get("height"), each.get("alt")) for each in images} == {("1000", "600", "Lines")}
    assert [each.get("loading") for each in images] == [None, "lazy", "lazy"]


def test_a_card_names_two_narrow_versions_of_its_picture_and_each_is_there(built):
    output = built({**PICTURES, **posts(1, image="a.jpg")}, "images: {widths: [160, 320, 640]}\n")
    page = dom(output / "blog/index.html")
    (source,) = page.xpath("//main//picture/source")
    assert (source.get("type"), source.get("sizes")) == ("image/avif", "(min-width: 48rem) 15rem, 100vw")
    versions = [each.split() for each in source.get("srcset").split(", ")]
    assert [width for _, width in versions] == ["160w", "320w"]
    assert all((output / address.removeprefix("/")).is_file() for address, _ in versions)


def test_a_picture_from_elsewhere_is_shown_without_a_size(built):
    page = dom(built(posts(1, image="https://pics.example/a.jpg")) / "blog/index.html")
    (image,) = page.xpath("//main//img")
    assert (image.get("src"), image.get("width"), image.get("srcset")) == ("https://pics.example/a.jpg", None, None)


def test_cards_are_signed_where_more_than_one_author_writes(built):
    files = {
        **posts(1, authors="[mira]"),
        "content/blog/9.md": post(date="2025-02-01", authors="[tom]"),
        "content/mira.png": picture("PNG", 8, 8),
    }
    page = dom(built(files, TWO_AUTHORS) / "blog/index.html")
    assert [(words(each), each.xpath(".//img/@src")) for each in page.xpath("//main//*[@class='byline']")] == [
        ("Tom", []),
        ("Mira", ["/mira.png"]),
    ]


def test_cards_are_not_signed_where_one_author_writes_all(built):
    files = {**posts(2, authors="[mira]"), "content/mira.png": picture("PNG", 8, 8)}
    assert dom(built(files, TWO_AUTHORS) / "blog/index.html").xpath("//main//*[@class='byline']") == []


def test_the_cards_of_an_author_s_own_page_are_not_signed(built):
    files = {
        **posts(1, authors="[mira]"),
        "content/blog/9.md": post(date="2025-02-01", authors="[tom]"),
        "content/mira.png": picture("PNG", 8, 8),
    }
    page = dom(built(files, TWO_AUTHORS) / "authors/mira/index.html")
    assert page.xpath("//main//*[@class='byline']") == []
    assert words(page.xpath("//h1")[0]) == "Mira"


def test_a_card_without_a_summary_has_no_empty_box(built):
    assert (
        dom(built({"content/blog/x.md": "---\ntitle: X\ndate: 2025-01-01\n---\n"}) / "blog/index.html").xpath("//*[@class='summary']") == []
    )


def test_pinned_posts_say_so(built):
    page = dom(built(posts(1, pin="true")) / "blog/index.html")
    assert [words(each) for each in page.xpath("//main//*[@class='pin']")] == ["Pinned"]


# Archives


def test_the_archive_of_a_year_is_by_month(built):
    files = {
        f"content/blog/{month}-{day}.md": post(title=f"{month}-{day}", date=f"2025-{month:02}-{day:02}")
        for month, day in [(1, 5), (1, 9), (3, 2)]
    }
    output = built(files)
    main = dom(output / "blog/2025/index.html").xpath("//main")[0]
    assert [words(each) for each in main.xpath("./h2")] == ["March", "January"]
    assert [[words(link) for link in each.xpath(".//a")] for each in main.xpath("./ul")] == [["3-2"], ["1-9", "1-5"]]
    assert dom(output / "blog/2025/03/index.html").xpath("//main/h2") == []


# Terms


def test_a_cloud_of_tags_is_by_name_with_counts_and_sizes(built):
    files: dict[str, str] = {}
    for tag, count in (("bees", 1), ("soil", 9), ("water", 3)):
        files |= {f"content/blog/{tag}{number}.md": post(date="2025-01-01", tags=f"[{tag}]") for number in range(count)}
    items = dom(built(files) / "tags/index.html").xpath("//ul[@class='terms']/li")
    assert [(words(each), each.get("class")) for each in items] == [("bees 1", "size-1"), ("soil 9", "size-5"), ("water 3", "size-3")]


def test_categories_are_a_tree(built):
    page = dom(built({**posts(1, categories="[[Code, Python, Flask], Notes]")}) / "categories/index.html")
    assert [words(each) for each in page.xpath("//ul[@class='terms branches']/li")] == ["Code 1 Python 1 Flask 1", "Notes 1"]
    assert [words(each) for each in page.xpath("//ul[@class='terms branches']/li/ul/li/ul/li/a")] == ["Flask"]


def test_authors_have_their_picture_bio_and_count(built):
    page = dom(built({**posts(2, authors="[mira]"), "content/mira.png": picture("PNG", 8, 8)}, TWO_AUTHORS) / "authors/index.html")
    (mira,) = page.xpath("//ul[@class='doors people']/li")
    assert (words(mira), mira.xpath(".//img/@src"), mira.xpath(".//a/@href")) == (
        "Mira Grows leeks. 2 pages",
        ["/mira.png"],
        ["/authors/mira/"],
    )


def test_a_series_names_its_first_parts_and_leads_to_all(built):
    page = dom(built(posts(14, series="A tour")) / "series/index.html")
    (tour,) = page.xpath("//section[@class='parts']")
    assert [words(each) for each in tour.xpath(".//li")] == [str(number) for number in range(1, 13)]
    assert words(tour.xpath("./p")[0]) == "All 14 parts"


def test_the_page_of_a_term_leads_to_its_feed(built):
    page = dom(built(posts(1, tags="[soil]")) / "tags/soil/index.html")
    assert page.xpath("//main//a[@type]/@href") == ["/tags/soil/atom.xml"]


@pytest.mark.parametrize("path", ["blog/index.html", "tags/index.html", "categories/index.html", "authors/index.html", "series/index.html"])
def test_every_list_has_the_sheet_of_lists(built, path: str):
    output = built(posts(1, tags="[a]", categories="[b]", authors="[c]", series="d"))
    (sheet,) = dom(output / path).xpath("//link[@rel='stylesheet']/@href")
    assert ".pagination" in (output / sheet.removeprefix("/")).read_text()


# Releases


RELEASES = {
    "content/releases/2.0.0-beta.1.md": post("Soon.\n\n## Breaking changes\n\n- It.", date="2025-03-01"),
    "content/releases/1.1.0.md": post("A hole.\n\n## Behoben\n\n- It.\n\n## Sécurité\n\n- It.", date="2025-02-01"),
    "content/releases/1.0.0.md": post("The first.\n\n## How to install\n\nSo.", date="2025-01-01"),
}


def test_the_index_of_releases_marks_the_newest_and_what_each_has(built):
    cards = dom(built(RELEASES) / "releases/index.html").xpath("//div[@class='releases']/article")
    assert [words(each) for each in cards] == [
        "March 1, 2025 2.0.0-beta.1 Soon. Breaking",
        "February 1, 2025 1.1.0 Newest A hole. Security Fixed",
        "January 1, 2025 1.0.0 The first.",
    ]
    assert cards[1].xpath(".//ul/li/@class") == ["security", "fixed"]


def test_the_index_of_releases_is_made_anew_when_a_heading_changes_and_not_with_the_text_below_it(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": "url: https://small.example/\n", **RELEASES})
    build(root)
    release, index = root / "content/releases/1.0.0.md", root / "build/releases/index.html"
    before = index.read_bytes()
    release.write_text(release.read_text() + "\nAnd so on.\n")
    build(root)
    assert index.read_bytes() == before
    release.write_text(release.read_text().replace("How to install", "Added"))
    build(root)
    assert b'class="added"' in index.read_bytes().replace(before, b"")


def test_changes_are_asked_for_of_releases_alone(opened: Opened):
    site = opened({**RELEASES, "content/blog/x.md": post("## Added\n\n- It.", date="2025-01-01")})
    assert (site.card("blog/x.md").changes, site.card("releases/1.1.0.md").changes) == ((), ("security", "fixed"))


# Nowhere


def test_the_page_for_addresses_that_lead_nowhere_leads_to_sections_languages_and_posts_from_any_depth(site_of: SiteOf, build: Build):
    files = {**posts(1), "content/about.de.md": "# Über\n", "content/docs/a.md": "# A\n"}
    root = site_of({"site.yaml": "url: https://small.example/deep/\nlanguages: {de: {}}\n", **files})
    build(root)
    main = dom(root / "build/404.html").xpath("//main")[0]
    assert main.xpath(".//nav//a/@href") == ["/deep/", "/deep/blog/", "/deep/docs/", "/deep/de/"]
    assert main.xpath(".//section//a/@href") == ["/deep/blog/1/"]


def test_the_page_for_addresses_that_lead_nowhere_searches_where_there_is_a_search_page(app_of):
    app = app_of({**posts(1), "templates/search.html": "Search."}, search=True)
    (form,) = dom(app.test_client().get("/404.html").text).xpath("//main//form")
    assert (form.get("action"), form.get("method"), form.xpath(".//input/@name")) == ("/search/", "get", ["q"])
    assert form.xpath(".//label/@for") == form.xpath(".//input/@id")


def test_the_page_for_addresses_that_lead_nowhere_has_no_form_where_nothing_can_be_searched(visited):
    assert dom(visited(posts(1), "search: false\n").get("/404.html").text).xpath("//main//form") == []


# Weight


def test_a_list_of_ten_pictured_posts_is_small(built):
    files = {**PICTURES, **posts(10, image="a.jpg", tags="[soil, water, bees]")}
    output: Path = built(files, "images: {}\n")
    assert len(gzip.compress((output / "blog/index.html").read_bytes(), 9)) < 8 * 1024

"""Where a link in a content file leads: every way of writing one that authors of other tools know."""

from __future__ import annotations

import pytest

from tests.conftest import Opened, post

FILES = {
    "content/index.md": "Text.",
    "content/about.md": "Text.",
    "content/legal/terms of use.md": "Text.",
    "content/blog/first.md": post(slug="renamed", date="2025-01-01"),
    "content/blog/2025-01-02-second.md": "Text.",
    "content/blog/pic.png": b"a",
    "content/blog/trip/index.md": "Text.",
    "content/blog/trip/sea side.jpg": b"a",
    "content/docs/index.md": "Text.",
    "content/docs/guide/index.md": "Text.",
    "content/docs/guide/start.md": "Text.",
    "content/docs/02-setup.md": "Text.",
    "content/images/logo.svg": b"a",
    "content/grüße.md": "Text.",
}


@pytest.mark.parametrize(
    ("source", "link", "href"),
    [
        ("about.md", "blog/first.md", "/blog/renamed/"),
        ("about.md", "./blog/first.md", "/blog/renamed/"),
        ("about.md", "blog/first", "/blog/renamed/"),
        ("about.md", "/blog/first.md", "/blog/renamed/"),
        ("about.md", "blog/first.md#part", "/blog/renamed/#part"),
        ("about.md", "blog/first.md?x=1#part", "/blog/renamed/?x=1#part"),
        ("about.md", "docs/02-setup.md", "/docs/setup/"),
        ("about.md", "docs/guide", "/docs/guide/"),
        ("about.md", "docs/guide/", "/docs/guide/"),
        ("about.md", "docs/guide/index.md", "/docs/guide/"),
        ("about.md", "legal/terms%20of%20use.md", "/legal/terms%20of%20use/"),
        ("about.md", "gr%C3%BC%C3%9Fe.md", "/gr%C3%BC%C3%9Fe/"),
        ("about.md", "grüße.md", "/gr%C3%BC%C3%9Fe/"),
        ("about.md", "index.md", "/"),
        ("about.md", "/", "/"),
        ("about.md", "content/blog/first.md", "/blog/renamed/"),
        ("docs/guide/start.md", "../02-setup.md", "/docs/setup/"),
        ("docs/guide/start.md", "../../about.md#us", "/about/#us"),
        ("docs/guide/start.md", "index.md", "/docs/guide/"),
        ("docs/guide/start.md", "../../images/logo.svg", "/images/logo.svg"),
        ("docs/guide/index.md", "start.md", "/docs/guide/start/"),
        ("blog/2025-01-02-second.md", "first.md", "/blog/renamed/"),
        ("blog/2025-01-02-second.md", "pic.png", "/blog/pic.png"),
        ("blog/2025-01-02-second.md", "/blog/pic.png", "/blog/pic.png"),
        ("blog/trip/index.md", "sea%20side.jpg", "/blog/trip/sea%20side.jpg"),
        ("blog/trip/index.md", "./sea side.jpg", "/blog/trip/sea%20side.jpg"),
        ("blog/first.md", "trip/sea%20side.jpg", "/blog/trip/sea%20side.jpg"),
    ],
)
def test_a_file_of_the_sources_is_named_as_seen_from_the_page(opened: Opened, source: str, link: str, href: str):
    assert opened(FILES).target(source, link) == href


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("@/blog/first.md", "/blog/renamed/"),
        ("@/blog/first.md#part", "/blog/renamed/#part"),
        ("{filename}first.md", "/blog/renamed/"),
        ("{filename}/blog/first.md", "/blog/renamed/"),
        ("{filename}../about.md", "/about/"),
        ("%7Bfilename%7D/blog/first.md", "/blog/renamed/"),
        ("|filename|first.md", "/blog/renamed/"),
        ("{static}/images/logo.svg", "/images/logo.svg"),
        ("{attach}pic.png", "/blog/pic.png"),
    ],
)
def test_zola_s_and_pelican_s_ways_are_known(opened: Opened, link: str, href: str):
    assert opened(FILES).target("blog/2025-01-02-second.md", link) == href


@pytest.mark.parametrize(
    ("source", "link", "href"),
    [
        ("about.md", "/blog/renamed/", "/blog/renamed/"),
        ("about.md", "/blog/renamed", "/blog/renamed/"),
        ("about.md", "/docs/setup/#x", "/docs/setup/#x"),
        ("docs/02-setup.md", "../guide/start/", "/docs/guide/start/"),
        ("about.md", "/blog/", "/blog/"),
        ("about.md", "/tags/x/", "/tags/x/"),
        ("about.md", "/atom.xml", "/atom.xml"),
    ],
)
def test_an_address_of_the_site_is_taken_as_one(opened: Opened, source: str, link: str, href: str):
    assert opened(FILES).target(source, link) == href


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/x.md",
        "http://example.org",
        "//example.org/x",
        "mailto:a@example.org",
        "tel:+4912345",
        "#part",
        "?q=1",
        "data:image/png;base64,AAAA",
        "",
    ],
)
def test_what_leads_elsewhere_is_left_alone(opened: Opened, link: str):
    assert opened(FILES).target("about.md", link) == link


@pytest.mark.parametrize("link", ["../../../../etc/passwd", "/../etc/passwd", "@/../site.yaml", "..%2f..%2fsite.yaml"])
def test_nothing_above_content_is_ever_found(opened: Opened, link: str):
    site = opened(FILES)
    assert site.target("about.md", link) not in {site.href(path) for path in [*site.media.values(), *site.by_permalink]}


def test_a_link_to_nothing_becomes_the_address_it_would_have(opened: Opened):
    site = opened(FILES)
    assert site.target("docs/guide/start.md", "missing.md") == "/docs/guide/start/missing.md"
    assert site.target("about.md", "/missing/") == "/missing/"


def test_every_target_stands_below_the_base_path(opened: Opened):
    site = opened(FILES, base_url="https://x.example/base/")
    links = ["blog/first.md", "/blog/", "/missing", "@/docs/index.md", "images/logo.svg", "/"]
    assert [site.target("about.md", link) for link in links] == [
        "/base/blog/renamed/",
        "/base/blog/",
        "/base/missing",
        "/base/docs/",
        "/base/images/logo.svg",
        "/base/",
    ]


def test_a_link_to_a_draft_is_as_one_to_nothing(opened: Opened):
    assert opened({**FILES, "content/wip.md": post(draft="true", slug="secret")}).target("about.md", "wip.md") == "/about/wip.md"


FRENCH = "languages:\n  fr: {}\n"


def test_a_link_to_a_translated_page_leads_to_the_reader_s_language(opened: Opened):
    site = opened({**FILES, "content/about.fr.md": "Texte.", "content/x.fr.md": "Texte."}, FRENCH)
    assert site.target("x.fr.md", "about.md") == "/fr/about/"


def test_a_link_to_a_page_without_translation_leads_to_the_page(opened: Opened):
    site = opened({**FILES, "content/fr/x.md": "Texte."}, FRENCH)
    assert site.target("fr/x.md", "/about.md") == "/about/"


def test_a_page_in_a_language_s_folder_names_its_neighbours_there(opened: Opened):
    site = opened({**FILES, "content/fr/x.md": "Texte.", "content/fr/y.md": "Texte."}, FRENCH)
    assert site.target("fr/x.md", "y.md") == "/fr/y/"


def test_a_page_in_a_language_s_folder_sees_the_files_beside_the_original(opened: Opened):
    site = opened({**FILES, "content/fr/blog/trip/index.md": "Texte."}, FRENCH)
    assert site.target("fr/blog/trip/index.md", "sea%20side.jpg") == "/blog/trip/sea%20side.jpg"


# Links in the text


def test_links_and_pictures_in_a_body_are_resolved(opened: Opened):
    site = opened({**FILES, "content/x.md": "[a](about.md) ![b](blog/pic.png) [c](https://x.example/?a=1&b=2)"})
    assert site.body("x.md").strip() == (
        '<p><a href="/about/">a</a> <img decoding="async" alt="b" src="/blog/pic.png"> <a href="https://x.example/?a=1&amp;b=2">c</a></p>'
    )


def test_links_in_a_summary_lead_where_those_in_the_body_do(opened: Opened):
    site = opened({**FILES, "content/blog/y.md": "[a](first.md) ![b](pic.png)\n\nMore."})
    assert (
        site.card("blog/y.md").summary.strip()
        == '<p><a href="/blog/renamed/">a</a> <img loading="lazy" decoding="async" alt="b" src="/blog/pic.png"></p>'
    )


def test_a_link_within_the_page_leads_to_the_page_from_a_list(opened: Opened):
    site = opened({**FILES, "content/blog/y.md": "See [below](#part).\n\n## Part\n\nMore."})
    assert '<a href="/blog/y/#part">' in site.card("blog/y.md").summary
    assert '<a href="#part">' in site.body("blog/y.md")


def test_a_relative_link_to_nothing_in_a_summary_is_seen_from_the_page(opened: Opened):
    site = opened({**FILES, "content/blog/y.md": "[a](missing.zip)\n\nMore."})
    assert 'href="/blog/y/missing.zip"' in site.card("blog/y.md").summary


def test_a_target_cannot_break_out_of_its_attribute(opened: Opened):
    site = opened({"content/x.md": '[a](<"onmouseover="alert(1)>)'})
    assert 'onmouseover="' not in site.body("x.md")


def test_a_static_file_is_named_by_its_plain_name(opened: Opened):
    site = opened({"content/a.md": "Text.", "static/pics/logo.svg": b"<svg/>"})
    assert site.target("a.md", "/static/pics/logo.svg") == site.asset("pics/logo.svg")
    assert site.target("a.md", "/static/pics/logo.svg").startswith("/static/pics/logo.")

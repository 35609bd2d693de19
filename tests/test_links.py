"""Which links of a finished site lead nowhere."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import links

IDS = {"index.html": ("top-of-page",), "blog/a/index.html": ("über", "x"), "old.html": (), "blog/pic.png": ()}


def reasons(href: str, *, file: str = "blog/a/index.html", prefix: str = "", redirects: tuple[str, ...] = ()) -> list[str]:
    return [broken.reason for broken in links.broken(IDS, {file: (href,)}, redirects, prefix=prefix)]


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/blog/a/",
        "/blog/a",
        "/old",
        "/old.html",
        "../../",
        "#x",
        "/blog/a/#%C3%BCber",
        "#",
        "#top",
        "#:~:text=a",
        "/blog/pic.png",
        "?q=1",
        "../pic.png",
    ],
)
def test_a_link_that_a_host_answers_is_whole(href: str) -> None:
    assert reasons(href) == []


@pytest.mark.parametrize("href", ["/blog/b/", "/blog", "b/", "../b.png", "/Blog/a/", "/old/"])
def test_a_link_to_nothing_is_broken(href: str) -> None:
    assert reasons(href) == ["broken-link"]


@pytest.mark.parametrize("href", ["#y", "/#x", "/blog/a/#%C3%9Cber"])
def test_an_anchor_that_is_not_on_the_page_is_broken(href: str) -> None:
    assert reasons(href) == ["broken-anchor"]


@pytest.mark.parametrize(
    "href", ["https://example.com/x", "//example.com/x", "mailto:a@b", "tel:1", "data:image/png;base64,x", "http://[bad"]
)
def test_what_leads_off_the_site_is_not_looked_at(href: str) -> None:
    assert reasons(href) == []


def test_a_link_outside_the_base_path_leads_off_the_site() -> None:
    assert reasons("/elsewhere/", prefix="/docs") == []


@pytest.mark.parametrize("href", ["/docs/", "/docs", "/docs/blog/a/", "../../"])
def test_links_below_the_base_path_are_looked_up_without_it(href: str) -> None:
    assert reasons(href, prefix="/docs") == []


@pytest.mark.parametrize("href", ["/gone/", "/gone", "/gone/#x", "../../gone/?q=1"])
def test_a_link_to_an_old_address_is_told_of(href: str) -> None:
    assert reasons(href, redirects=("/gone/",)) == ["redirected-link"]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://example.org", "/"),
        ("https://example.org/a/#b", "/a/#b"),
        ("https://example.org?q=1", "/?q=1"),
        ("https://example.org.au/page", "https://example.org.au/page"),
        ("https://example.organic/", "https://example.organic/"),
        ("/a/", "/a/"),
    ],
)
def test_the_site_s_own_origin_goes_and_one_that_begins_alike_stays(href: str, expected: str):
    assert links.without_origin(href, "https://example.org") == expected


@pytest.mark.parametrize("href", ["////[", "/%2F[a"])
def test_an_address_that_is_none_breaks_nothing(href: str):
    assert reasons(href) in ([], ["broken-link"])


@given(
    st.lists(st.sampled_from(["/", ".", "..", "a", "b.html", "//", "http:", "mailto:", "?q", "%20", "é", "\t", ";x", "-"]), max_size=7).map(
        "".join
    ),
    st.sampled_from(["index.html", "a/index.html", "404.html", "a/b/c.html"]),
    st.sampled_from(["", "/pre"]),
)
def test_the_quick_ways_to_a_target_find_what_the_rules_for_addresses_find(address: str, file: str, prefix: str) -> None:
    with patch.object(links, "_PLAIN", re.compile(r"(?!)")), patch.object(links, "_ELSEWHERE", ()):
        slow = links.target_file(address, file, prefix)
    assert links.target_file(address, file, prefix) == slow

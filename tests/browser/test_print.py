"""Pages on paper: the text and where its links lead, on white, without what only a screen can use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo import PAGES
from tests.browser.paper import addresses, pages, text
from tests.browser.visits import DESKTOP, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def printed(browser: Browser, demo: str) -> Iterator[bytes]:
    """The post with everything as a PDF, printed by a reader who likes it dark."""
    with opened(browser, viewport=DESKTOP, color_scheme="dark") as (page, _, _):
        page.goto(demo)
        page.evaluate("() => localStorage.setItem('scheme', 'dark')")
        page.goto(demo + PAGES["post"])
        page.emulate_media(media="print")
        yield page.pdf(format="A4")


def test_the_text_is_printed(printed: bytes):
    words = text(printed)
    for part in (
        "Every block that a page can have",
        "A table made for the next port",
        "Ink runs.",
        "return height - predicted",
        "Monday",
        "first quarter",
    ):
        assert part.replace(" ", "") in words.replace(" ", "")


def test_the_addresses_of_links_are_printed_and_can_be_pressed(printed: bytes):
    assert "https://elsewhere.example/tables" in text(printed).replace(" ", "")
    assert "https://elsewhere.example/tables" in addresses(printed)


def test_what_a_tab_or_a_fold_hides_is_printed(printed: bytes):
    words = text(printed).replace(" ", "")
    assert "Heightsaremetres." in words
    assert "Heightsarefeet." in words


def test_no_way_around_the_site_is_printed(printed: bytes):
    words = text(printed)
    for part in ("About Tidebook", "Skip to content", "On this page", "Edit this page", "Related posts", "Copy", "Theme:"):
        assert part.replace(" ", "") not in words.replace(" ", ""), part


def test_a_post_takes_no_more_paper_than_it_needs(printed: bytes):
    assert 2 <= pages(printed) <= 6


def colours(page: Page) -> list[str]:
    """The grounds of the page and of its body, and the colour of letters."""
    return [
        str(page.evaluate("([of, what]) => getComputedStyle(document.querySelector(of))[what]", [of, what]))
        for of, what in (("html", "backgroundColor"), ("body", "backgroundColor"), ("main p", "color"))
    ]


def channels(colour: str) -> list[int]:
    return [int(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3]]


@pytest.mark.parametrize("name", ["home", "list", "post", "doc", "release", "404"])
def test_who_reads_dark_prints_dark_on_light(browser: Browser, demo: str, name: str):
    with opened(browser, viewport=DESKTOP, color_scheme="dark") as (page, _, _):
        page.goto(demo)
        page.evaluate("() => localStorage.setItem('scheme', 'dark')")
        page.goto(demo + PAGES[name])
        page.emulate_media(media="print")
        ground, body, letters = colours(page)
        assert min(channels(ground)) > 240
        assert body == "rgba(0, 0, 0, 0)" or min(channels(body)) > 240
        assert max(channels(letters)) < 128


@pytest.mark.parametrize("name", PAGES)
def test_printing_leaves_the_menus_out(browser: Browser, demo: str, name: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo + PAGES[name])
        page.emulate_media(media="print")
        assert [nav.get_attribute("aria-label") for nav in page.get_by_role("navigation").all() if nav.is_visible()] in (
            [],
            ["Breadcrumbs"],
        )
        assert not page.get_by_role("banner").get_by_role("link").first.is_visible()
        assert page.get_by_role("heading", level=1).is_visible()

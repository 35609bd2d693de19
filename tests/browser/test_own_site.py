"""This project's own site in a real browser, under the policy it is published with."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import opened

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/blog/",
    "/blog/building-sitegen/",
    "/docs/",
    "/docs/benchmarks/",
    "/docs/first-site/",
    "/docs/reference/settings/",
    "/docs/writing/diagrams/",
    "/docs/writing/math/",
    "/tags/",
    "/releases/0.1.0/",
    "/nowhere/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_policy_and_asks_nobody_else(browser: Browser, host: str, path: str):
    with opened(browser) as (page, said, asked):
        page.goto(host + path)
        page.wait_for_load_state("networkidle")
        assert [text for text in said if "404" not in text] == []
        assert {url for url in asked if not url.startswith((host, "data:"))} == set()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(browser: Browser, host: str, path: str):
    with opened(browser) as (page, _, _):
        page.goto(host + path)
        for width in (320, 375, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_one_main_part_and_a_way_past_the_menu(browser: Browser, host: str, path: str):
    with opened(browser) as (page, _, _):
        page.goto(host + path)
        assert page.locator("h1").count() == 1
        assert page.locator("main").count() == 1
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.hash") == "#" + page.locator("main").get_attribute("id")  # type: ignore[operator]

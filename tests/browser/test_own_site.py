"""This project's own site in a real browser, under the policy it is published with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

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
PHONE, DESKTOP = {"width": 375, "height": 740}, {"width": 1280, "height": 900}


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str], list[str]]]:
    """A page in a fresh profile, what the console says, and every address that is asked for."""
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(**options)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    try:
        yield page, said, asked
    finally:
        context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_policy_and_asks_nobody_else(browser: Browser, host: str, path: str):
    with opened(browser) as (page, said, asked):
        page.goto(host + path)
        page.wait_for_load_state("networkidle")
        assert [text for text in said if "404" not in text] == []
        assert {url for url in asked if not url.startswith((host, "data:"))} == set()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_scrolls_sideways(browser: Browser, host: str, path: str, width: int):
    with opened(browser, viewport={"width": width, "height": 700}) as (page, _, _):
        page.goto(host + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_one_main_part_and_a_way_past_the_menu(browser: Browser, host: str, path: str):
    with opened(browser) as (page, _, _):
        page.goto(host + path)
        assert page.locator("h1").count() == 1
        assert page.locator("main").count() == 1
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.hash") == "#" + page.locator("main").get_attribute("id")  # type: ignore[operator]


def test_a_phone_opens_the_menu_without_javascript(browser: Browser, host: str):
    with opened(browser, viewport=PHONE, java_script_enabled=False) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        assert not page.get_by_role("link", name="Releases").first.is_visible()
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("link", name="Releases").first.click()
        assert page.url == f"{host}/releases/"


def test_the_text_is_there_without_javascript(browser: Browser, host: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(f"{host}/blog/building-sitegen/")
        assert len(page.locator("article").inner_text()) > 2000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_system(browser: Browser, host: str, scheme: Any):
    with opened(browser, color_scheme=scheme) as (page, _, _):
        page.goto(host)
        red = int(page.evaluate("getComputedStyle(document.documentElement).backgroundColor").split("(")[1].split(",")[0])
        assert (red > 200) == (scheme == "light")


def test_the_switch_turns_the_colours_and_the_next_page_remembers(browser: Browser, host: str):
    with opened(browser, color_scheme="light") as (page, _, _):
        page.goto(host)
        switch = page.locator("button.scheme")
        switch.click()
        switch.click()
        page.goto(f"{host}/blog/")
        assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_copied_block_is_what_was_typed(browser: Browser, host: str):
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        block = page.locator(".highlight", has_text="sitegen init mysite").first
        block.hover()
        block.locator("button.copy").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("sitegen init mysite\n")
        assert "$" not in copied


def test_the_contents_mark_the_section_that_is_read(browser: Browser, host: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        links = page.locator(".contents a")
        last = links.nth(links.count() - 2)
        last.click()
        page.wait_for_function("link => link.getAttribute('aria-current') === 'location'", arg=last.element_handle())


def test_printing_leaves_the_menus_out(browser: Browser, host: str):
    with opened(browser) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        page.emulate_media(media="print")
        assert not page.locator(".menu").first.is_visible()
        assert page.locator("h1").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_formulas_are_drawn_as_formulas_with_and_without_javascript(browser: Browser, host: str, scripts: bool):
    with opened(browser, viewport=DESKTOP, java_script_enabled=scripts) as (page, said, _):
        page.goto(f"{host}/docs/writing/math/")
        heights = {each.get_attribute("alttext"): each.bounding_box()["height"] for each in page.locator("math").all()}  # type: ignore[index]
        line = heights["x"] if "x" in heights else min(heights.values())
        fraction = next(height for source, height in heights.items() if source and source.startswith("\\int"))
        rows = next(height for source, height in heights.items() if source and source.startswith("\\begin{align}"))
        assert all(5 < height < 200 for height in heights.values())
        assert fraction > 1.5 * line
        assert rows > 1.5 * line
        assert said == []


def test_the_number_of_an_equation_stands_at_the_right_edge(browser: Browser, host: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(f"{host}/docs/writing/math/")
        number = page.locator("[id$='math-eq:pythagoras'] mtext").bounding_box()
        box = page.locator(".math:has([id$='math-eq:pythagoras'])").bounding_box()
        assert number is not None
        assert box is not None
        assert abs(box["x"] + box["width"] - number["x"] - number["width"]) < 12

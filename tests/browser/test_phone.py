"""Narrow pages: what stands beside the text on a desk is in drawers, which work without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.demo import PAGES
from tests.browser.visits import DESKTOP, PHONE, opened, until

pytestmark = pytest.mark.browser


def test_a_phone_opens_the_menu_without_javascript(browser: Browser, host: str):
    with opened(browser, viewport=PHONE, java_script_enabled=False) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        assert not page.get_by_role("link", name="Releases").first.is_visible()
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("link", name="Releases").first.click()
        assert page.url == f"{host}/releases/"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("name", "button", "drawer", "link", "path"),
    [
        ("doc", "Menu", "Main", "Journal", "/blog/"),
        ("doc", "Documentation", "Documentation", "Print it", "/docs/guide/print/"),
        ("release", "Versions", "Versions", "1.1.0", "/releases/1.1.0/"),
        ("post", "On this page", "On this page", "Sums", "/blog/every-block/#sums"),
        ("rtl-post", "Menu", "Main", "Journal", "/blog/"),
    ],
)
def test_a_drawer_leads_on(browser: Browser, demo: str, name: str, button: str, drawer: str, link: str, path: str, scripts: bool):
    with opened(browser, viewport=PHONE, java_script_enabled=scripts) as (page, said, _):
        page.goto(demo + PAGES[name])
        panel = page.get_by_role("navigation", name=drawer)
        assert not panel.is_visible()
        page.get_by_role("button", name=button, exact=True).click()
        assert panel.is_visible()
        panel.get_by_role("link", name=link, exact=True).click()
        assert page.url.endswith(path)
        assert said == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_drawer_closes_by_its_button_and_by_a_press_beside_it(browser: Browser, demo: str, scripts: bool):
    with opened(browser, viewport=PHONE, java_script_enabled=scripts) as (page, _, _):
        page.goto(demo)
        panel = page.get_by_role("navigation", name="Main")
        page.get_by_role("button", name="Menu").click()
        panel.get_by_role("button", name="Close").click()
        assert not panel.is_visible()
        page.get_by_role("button", name="Menu").click()
        page.mouse.click(4, PHONE["height"] - 4)
        assert not panel.is_visible()


def test_a_link_within_the_page_closes_the_drawer_that_it_stands_in(browser: Browser, demo: str):
    with opened(browser, viewport=PHONE, reduced_motion="reduce") as (page, _, _):
        page.goto(demo + PAGES["post"])
        page.get_by_role("button", name="On this page").click()
        panel = page.get_by_role("navigation", name="On this page")
        panel.get_by_role("link", name="Sums").click()
        assert not panel.is_visible()
        assert 0 <= page.locator("#sums").bounding_box()["y"] < PHONE["height"] / 2  # type: ignore[index]


def test_a_drawer_that_is_open_is_no_drawer_when_the_window_grows(browser: Browser, demo: str):
    with opened(browser, viewport=PHONE) as (page, _, _):
        page.goto(demo)
        page.get_by_role("button", name="Menu").click()
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        panel = page.get_by_role("navigation", name="Main")
        until(page, "() => !document.querySelector(':popover-open')")
        assert panel.is_visible()
        assert panel.bounding_box()["y"] < 60  # type: ignore[index]
        assert not page.get_by_role("button", name="Menu").is_visible()


def test_a_drawer_shows_its_last_entry(browser: Browser, host: str):
    with opened(browser, viewport={"width": 320, "height": 480}) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        page.get_by_role("button", name="Documentation").click()
        last = page.get_by_role("navigation", name="Documentation").get_by_role("link").last
        last.scroll_into_view_if_needed()
        box = last.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 480


def test_a_finger_finds_the_copy_button_without_a_pointer_to_rest(browser: Browser, demo: str):
    with opened(browser, viewport=PHONE, has_touch=True, is_mobile=True) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        assert page.evaluate("() => matchMedia('(hover: none)').matches")
        button = page.get_by_role("button", name="Copy").first
        assert float(button.evaluate("button => getComputedStyle(button).opacity")) > 0.9
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24

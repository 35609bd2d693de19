"""Every page works under the policy that it is published with, says nothing to the console, and asks nobody else for anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo import PAGES, PLAIN_PAGES, STUB
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

WATCH = """
    window.broken = [];
    addEventListener("securitypolicyviolation", (event) => window.broken.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def read(page: Page, address: str) -> None:
    """Open a page and scroll through it, so that all that waits for a reader is fetched."""
    page.add_init_script(WATCH)
    page.goto(address)
    page.evaluate("() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.wait_for_load_state("networkidle")


def wrong(page: Page, said: list[str], asked: list[str], host: str) -> list[str]:
    """What a page should not have done. That a page is not there is what a 404 page is for."""
    foreign = [url for url in asked if not url.startswith((host, "data:"))]
    return [*(text for text in said if "404" not in text), *foreign, *page.evaluate("() => window.broken")]


@pytest.mark.parametrize("name", PAGES)
def test_a_template_keeps_to_the_policy(browser: Browser, demo: str, name: str):
    with opened(browser) as (page, said, asked):
        answer = page.context.request.get(demo + PAGES[name])
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        read(page, demo + PAGES[name])
        assert wrong(page, said, asked, demo) == []


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_a_page_for_any_host_says_nothing_and_asks_nobody_else(browser: Browser, plain: str, name: str):
    with opened(browser) as (page, said, asked):
        read(page, plain + PLAIN_PAGES[name])
        assert wrong(page, said, asked, plain) == []


def test_what_a_reader_opens_and_presses_keeps_to_the_policy(browser: Browser, demo: str):
    with opened(browser, viewport={"width": 1280, "height": 900}) as (page, said, asked):
        read(page, demo + PAGES["post"])
        page.get_by_role("button", name="Theme:").click()
        page.locator("summary").evaluate_all("all => all.forEach((each) => each.click())")
        for button in page.get_by_role("button", name="Copy", exact=True).all():
            button.click()
        page.wait_for_load_state("networkidle")
        assert wrong(page, said, asked, demo) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_leads_on_and_takes_the_fragment_along(browser: Browser, plain: str, scripts: bool):
    with opened(browser, java_script_enabled=scripts) as (page, said, asked):
        page.goto(f"{plain}{STUB}#bees")
        page.wait_for_url(f"{plain}/bees/{'#bees' if scripts else '**'}")
        assert page.get_by_role("heading", level=1).inner_text() == "Bees"
        assert said == []
        assert [url for url in asked if not url.startswith(plain)] == []

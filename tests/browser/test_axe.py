"""What axe-core finds wrong for people who use assistive technology: nothing, in any variant of any page."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.demo import PAGES, PLAIN_PAGES, STUB
from tests.browser.visits import DESKTOP, PHONE, VARIANTS, opened

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] })
    .then(({ violations }) => violations.map(
        ({ id, impact, help, nodes }) => `${id} (${impact}): ${help}: ${nodes.map((node) => node.html.slice(0, 120))}`
    ))
"""


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN, RULES))


def look(browser: Browser, address: str) -> dict[str, list[str]]:
    """The findings of each variant of a page that has any. The policy would refuse axe, and so it is set aside; others test it."""
    found: dict[str, list[str]] = {}
    with opened(browser, bypass_csp=True, reduced_motion="reduce") as (page, _, _):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for width, scheme in VARIANTS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found[f"{width} {scheme}"] = findings(page)
    return {variant: texts for variant, texts in found.items() if texts}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_any_template(browser: Browser, demo: str, name: str):
    assert look(browser, demo + PAGES[name]) == {}


@pytest.mark.parametrize("path", [PLAIN_PAGES["home"], PLAIN_PAGES["page"]])
def test_axe_finds_nothing_on_a_site_of_three_texts(browser: Browser, plain: str, path: str):
    assert look(browser, plain + path) == {}


def test_axe_finds_nothing_on_the_stub_of_an_old_address(browser: Browser, plain: str):
    with opened(browser, bypass_csp=True) as (page, _, _):
        page.route("**/redirect*.js", lambda route: route.abort())
        page.goto(plain + STUB)
        assert page.get_by_role("link").inner_text() == "Go to its new address"
        assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "button"), [("home", "Menu"), ("doc", "Documentation"), ("post", "On this page"), ("release", "Versions")]
)
def test_axe_finds_nothing_in_an_open_drawer(browser: Browser, demo: str, name: str, button: str, scheme: Any):
    with opened(browser, bypass_csp=True, viewport=PHONE, color_scheme=scheme) as (page, _, _):
        page.goto(demo + PAGES[name])
        page.get_by_role("button", name=button, exact=True).click()
        page.get_by_role("button", name="Close").and_(page.locator(":visible")).wait_for()
        assert findings(page) == []


@pytest.mark.parametrize(("width", "scheme"), VARIANTS)
def test_axe_finds_nothing_in_the_search_dialog(browser: Browser, demo: str, width: int, scheme: Any):
    with opened(browser, bypass_csp=True, viewport={"width": width, "height": 800}, color_scheme=scheme) as (page, _, _):
        page.goto(demo)
        page.keyboard.press("/")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("searchbox").fill("gauge")
        dialog.get_by_role("link").first.wait_for()
        assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_unfolds(browser: Browser, demo: str, scheme: Any):
    with opened(browser, bypass_csp=True, viewport=DESKTOP, color_scheme=scheme) as (page, _, _):
        page.goto(demo + PAGES["post"])
        page.locator("details").evaluate_all("all => all.forEach((each) => (each.open = true))")
        assert findings(page) == []

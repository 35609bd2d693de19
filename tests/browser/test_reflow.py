"""Pages fit: on the narrowest phone, with letters twice as large, and with the spacing that some readers need."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo import PAGES, PLAIN_PAGES
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

# Words that are cut off: in a box that hides what does not fit, without a way to scroll to it.
CUT = """() => [...document.querySelectorAll("body *")].filter((each) => {
    const { overflowX, overflowY, position } = getComputedStyle(each);
    const cut = (overflow, whole, shown) => /hidden|clip/.test(overflow) && whole > shown + 1;
    const gone = cut(overflowX, each.scrollWidth, each.clientWidth) || cut(overflowY, each.scrollHeight, each.clientHeight);
    return gone && position !== "absolute" && each.innerText?.trim();
}).map((each) => each.outerHTML.slice(0, 80))"""
# WCAG 2.2, success criterion 1.4.12.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:not(math *) { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""


def overflow(page: Page) -> int:
    """How many pixels of the page are beside the window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("name", PAGES)
def test_a_template_does_not_scroll_sideways_at_any_width(browser: Browser, demo: str, name: str):
    with opened(browser, viewport={"width": 320, "height": 640}) as (page, _, _):
        page.goto(demo + PAGES[name])
        wide = {}
        for width in (320, 375, 600, 767, 768, 991, 992, 1215, 1216, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 700})
            wide[width] = overflow(page)
        assert {width: by for width, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_a_site_of_three_texts_does_not_scroll_sideways(browser: Browser, plain: str, name: str):
    with opened(browser, viewport={"width": 320, "height": 640}) as (page, _, _):
        page.goto(plain + PLAIN_PAGES[name])
        assert overflow(page) <= 0


@pytest.mark.parametrize("name", PAGES)
def test_letters_twice_as_large_and_wider_spaced_are_all_there(large_letters: Browser, demo: str, name: str):
    with opened(large_letters, viewport={"width": 1280, "height": 900}) as (page, _, _):
        page.goto(demo + PAGES[name])
        assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
        assert overflow(page) <= 0
        assert page.evaluate(CUT) == []
        page.set_viewport_size({"width": 640, "height": 900})
        page.evaluate(SPACING)
        assert overflow(page) <= 0
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("name", ["home", "post", "doc", "release"])
def test_nothing_moves_while_a_page_loads(browser: Browser, demo: str, name: str):
    with opened(browser, viewport={"width": 412, "height": 823}) as (page, _, _):
        page.add_init_script(
            """window.shifts = [];
            new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
                .observe({ type: "layout-shift", buffered: true });"""
        )
        page.goto(demo + PAGES[name])
        page.wait_for_load_state("networkidle")
        page.evaluate("() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("() => window.shifts") == []

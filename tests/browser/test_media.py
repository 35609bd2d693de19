"""What readers ask of their systems: colours of their own, less motion; and languages that run from right to left."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.demo import FEW, PAGES
from tests.browser.visits import DESKTOP, PHONE, opened

pytestmark = pytest.mark.browser

# What the system's colours leave of a control: a line around it, letters, or a figure that keeps a colour of its own.
SHOWN = """each => {
    const own = getComputedStyle(each);
    const drawn = getComputedStyle(each, "::before");
    const line = (style) => style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) > 0;
    return !!each.innerText.trim() || line(own) || line(drawn) || !!each.querySelector("svg, img");
}"""

MOVING = """() => [document.documentElement, ...document.querySelectorAll("body, body *")].filter((each) => {
    const { scrollBehavior, transitionDuration, animationName, animationDuration } = getComputedStyle(each);
    const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
    return scrollBehavior === "smooth" || long(transitionDuration) || (animationName !== "none" && long(animationDuration));
}).map((each) => each.outerHTML.slice(0, 60))"""
LOOK = """each => {
    const { color, fontWeight, borderInlineStartColor, textDecorationLine, backgroundColor } = getComputedStyle(each);
    const bar = getComputedStyle(each, "::before");
    const drawn = bar.content === "none" ? "" : bar.borderInlineStartWidth;
    return [color, fontWeight, borderInlineStartColor, textDecorationLine, backgroundColor, drawn];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["home", "post", "doc", "release"])
def test_with_forced_colours_every_control_is_still_drawn(browser: Browser, demo: str, name: str, scheme: Any):
    with opened(browser, viewport=DESKTOP, forced_colors="active", color_scheme=scheme) as (page, said, _):
        page.goto(demo + PAGES[name])
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        controls = [each for each in page.get_by_role("button").all() if each.is_visible()]
        assert controls
        assert [each.evaluate("each => each.outerHTML.slice(0, 80)") for each in controls if not each.evaluate(SHOWN)] == []
        assert said == []


def test_with_forced_colours_the_current_entry_differs_from_its_neighbours(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP, forced_colors="active") as (page, _, _):
        page.goto(demo + PAGES["doc"])
        tree = page.get_by_role("navigation", name="Documentation")
        here, other = tree.get_by_role("link", name="First table"), tree.get_by_role("link", name="Print it")
        assert here.evaluate(LOOK) != other.evaluate(LOOK)


def test_with_forced_colours_the_chosen_tab_differs_from_the_others(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP, forced_colors="active") as (page, _, _):
        page.goto(demo + PAGES["doc"])
        chosen, other = page.get_by_text("Debian", exact=True), page.get_by_text("Fedora", exact=True)
        before = [each.screenshot() for each in (chosen, other)]
        other.click()
        page.mouse.move(0, 0)
        assert [each.screenshot() for each in (chosen, other)] != before


@pytest.mark.parametrize("name", FEW)
def test_who_wants_less_motion_gets_none(browser: Browser, demo: str, name: str):
    with opened(browser, viewport=DESKTOP, reduced_motion="reduce") as (page, _, _):
        page.goto(demo + PAGES[name])
        moving = page.evaluate(MOVING)
        assert moving == []


def test_a_page_from_right_to_left_is_laid_out_from_right_to_left(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo + PAGES["rtl-doc"])
        tree = page.get_by_role("navigation", name="Documentation").bounding_box()
        text = page.get_by_role("heading", level=1).bounding_box()
        contents = page.get_by_role("main").locator("xpath=preceding-sibling::nav[1]").bounding_box()
        assert tree
        assert text
        assert contents
        assert tree["x"] > text["x"] > contents["x"]
        switch = page.get_by_role("banner").get_by_role("button").last.bounding_box()
        assert switch
        assert switch["x"] < DESKTOP["width"] / 2


def test_code_runs_from_left_to_right_on_any_page(browser: Browser, demo: str):
    with opened(browser, viewport=PHONE) as (page, _, _):
        page.goto(demo + PAGES["rtl-post"])
        code = page.locator("main pre code").first
        assert code.evaluate("code => getComputedStyle(code).direction") == "ltr"
        assert page.locator("main pre").first.evaluate("pre => pre.scrollLeft") == 0


@pytest.mark.parametrize("name", ["rtl-home", "rtl-post", "rtl-doc"])
def test_a_drawer_opens_at_the_side_of_its_button(browser: Browser, demo: str, name: str):
    with opened(browser, viewport=PHONE, reduced_motion="reduce") as (page, _, _):
        page.goto(demo + PAGES[name])
        page.locator("header button").first.click()
        box = page.locator(":popover-open").bounding_box()
        assert box
        # The menu's button stands where lines end, which is on the left here.
        assert abs(box["x"]) <= 1
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]

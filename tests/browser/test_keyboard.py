"""All that a pointer can do can be done with keys alone, and where the keyboard is can be seen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.demo import FEW, PAGES
from tests.browser.visits import DESKTOP, PHONE, focused, opened, tab_to, until

pytestmark = pytest.mark.browser

# Where the focus is: what is drawn there, and whether something else lies over it. Colours are read back from a canvas,
# which knows every way to write one.
STOP = """async () => {
    // Where the page is scrolled to for it, is seen with the next picture.
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    // The parts of a player are the browser's own.
    if (here.localName === "video") return { mark: `video ${Math.random()}`, name: "video", wide: 2, contrast: 21, seen: true };
    const pixel = (colour) => {
        const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        brush.fillStyle = colour;
        brush.fillRect(0, 0, 1, 1);
        return [...brush.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => {
        const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        const [r, g, b] = colour.map((part) => linear(part / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const colour = pixel(getComputedStyle(each).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return pixel("Canvas");
    };
    // A control that is drawn by its labels shows the focus there.
    const ring = [here, ...(here.labels || []), ...here.parentElement.querySelectorAll(":focus-visible ~ *")]
        .find((each) => getComputedStyle(each).opacity !== "0" && getComputedStyle(each).outlineStyle !== "none");
    // A link may stand on two lines, with other words in the middle of its box.
    const box = (ring || here).getClientRects()[0] || here.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height / 2, 20));
    const style = ring && getComputedStyle(ring);
    const [a, b] = ring ? [light(pixel(style.outlineColor)), light(ground(ring.parentElement))].sort((one, two) => one - two) : [0, 0];
    const name = (here.getAttribute("aria-label") || here.textContent || here.id).trim().slice(0, 40);
    return {
        name: `${here.localName} ${name}`,
        mark: `${here.localName} ${here.getAttribute("href")} ${here.id} ${name} ${Math.round(box.top + scrollY)}`,
        wide: ring ? parseFloat(style.outlineWidth) : 0,
        contrast: (b + 0.05) / (a + 0.05),
        seen: !!over && box.width > 0 && ((ring || here).contains(over) || over.contains(here)),
    };
}"""


def stops(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key, in order, once around the page."""
    found: list[dict[str, Any]] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["mark"] == found[0]["mark"]):
            return found
        found.append(stop)
    raise AssertionError("the Tab key does not come around")


# Pages whose order of stops or whose boxes are others on a phone.
NARROW = frozenset({*FEW, "terms", "404", "rtl-doc"})


@pytest.mark.parametrize("name", PAGES)
def test_every_stop_of_the_keyboard_is_seen(browser: Browser, demo: str, name: str):
    for window, scheme in ((DESKTOP, "light"), (PHONE, "dark"))[: 2 if name in NARROW else 1]:
        options: dict[str, Any] = {"viewport": window, "color_scheme": scheme, "reduced_motion": "reduce"}
        with opened(browser, **options) as (page, _, _):
            page.goto(demo + PAGES[name])
            # What a search finds comes after the page.
            page.wait_for_load_state("networkidle")
            found = stops(page)
            assert len(found) > 5
            assert [stop["name"] for stop in found if stop["wide"] < 2] == []
            assert {stop["name"]: stop["contrast"] for stop in found if stop["contrast"] < 3} == {}
            assert [stop["mark"] for stop in found if not stop["seen"]] == [], window


# A search page puts the keyboard into its field at once.
@pytest.mark.parametrize("name", [name for name in FEW if name != "search"])
def test_the_first_stop_leads_past_the_menu(browser: Browser, demo: str, name: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo + PAGES[name])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        until(page, "() => document.activeElement === document.querySelector('main')")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main, footer')")


def test_the_keyboard_opens_a_submenu_and_escape_gives_the_focus_back(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo)
        menu = page.get_by_role("navigation", name="Main")
        assert not menu.get_by_role("link", name="Handbook").is_visible()
        page.keyboard.press("Tab")
        while focused(page) != "More":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert focused(page) == "Handbook"
        page.keyboard.press("Escape")
        assert focused(page) == "More"
        assert not menu.get_by_role("link", name="Handbook").is_visible()


def test_a_submenu_folds_when_the_focus_leaves_it(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo)
        menu = page.get_by_role("navigation", name="Main")
        menu.locator("summary").focus()
        page.keyboard.press("Enter")
        assert menu.get_by_role("link", name="Releases").is_visible()
        for _ in range(3):
            page.keyboard.press("Tab")
        assert focused(page) == "Journal"
        assert not menu.get_by_role("link", name="Releases").is_visible()


def test_the_tree_unfolds_by_keyboard_and_the_next_page_remembers(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        tree = page.get_by_role("navigation", name="Documentation")
        assert not tree.get_by_role("link", name="Files").is_visible()
        while focused(page) != "Reference":
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert focused(page) == "Files"
        until(page, "() => Object.keys(sessionStorage).some(key => key.startsWith('tree:'))")
        page.goto(demo + "/docs/guide/print/")
        tree.get_by_role("link", name="Files").wait_for()


def test_the_contents_lead_the_keyboard_into_the_text(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP, reduced_motion="reduce") as (page, _, _):
        page.goto(demo + PAGES["doc"])
        tab_to(page, role="link", name="What next")
        page.keyboard.press("Enter")
        assert page.evaluate("decodeURIComponent(location.hash)") == "#what-next"
        page.keyboard.press("Tab")
        place = page.evaluate("document.querySelector('#what-next').compareDocumentPosition(document.activeElement)")
        assert place & 4 or place & 16


def test_the_keyboard_turns_the_colours(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP, color_scheme="light") as (page, _, _):
        page.goto(demo)
        tab_to(page, role="button", name="Theme: system")
        page.keyboard.press("Enter")
        assert focused(page) == "Theme: light"
        page.keyboard.press("Space")
        assert focused(page) == "Theme: dark"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("page_of", "button", "drawer"), [("doc", "Menu", "Main"), ("doc", "Documentation", "Documentation")])
def test_a_drawer_opens_by_keyboard_and_escape_gives_the_focus_back(
    browser: Browser, demo: str, page_of: str, button: str, drawer: str, scripts: bool
):
    with opened(browser, viewport=PHONE, java_script_enabled=scripts) as (page, _, _):
        page.goto(demo + PAGES[page_of])
        panel = page.get_by_role("navigation", name=drawer)
        assert not panel.is_visible()
        page.get_by_role("button", name=button, exact=True).focus()
        page.keyboard.press("Enter")
        assert panel.is_visible()
        page.keyboard.press("Tab")
        assert panel.evaluate("panel => panel.contains(document.activeElement)")
        page.keyboard.press("Escape")
        assert not panel.is_visible()
        assert focused(page) == button


def test_the_keyboard_turns_to_another_tab(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        page.get_by_role("radio", name="Debian").focus()
        assert page.get_by_text("sudo apt install").is_visible()
        page.keyboard.press("ArrowRight")
        assert page.get_by_text("sudo dnf install").is_visible()
        assert not page.get_by_text("sudo apt install").is_visible()


def test_the_keyboard_copies_a_block(browser: Browser, demo: str):
    with opened(browser, viewport=DESKTOP, permissions=["clipboard-read", "clipboard-write"]) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        button = page.get_by_role("button", name="Copy").first
        button.focus()
        assert button.evaluate("button => getComputedStyle(button).opacity") == "1"
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith("2025-06-01T00:00Z 1.82\n")


@pytest.mark.parametrize("name", ["post", "doc"])
def test_what_scrolls_sideways_scrolls_by_keyboard(browser: Browser, demo: str, name: str):
    with opened(browser, viewport=PHONE, reduced_motion="reduce") as (page, _, _):
        page.goto(demo + PAGES[name])
        boxes = page.locator("main *").element_handles()
        wide = [
            box
            for box in boxes
            if box.evaluate("box => /auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1")
        ]
        assert wide
        for box in wide:
            box.evaluate("box => box.focus()")
            assert box.evaluate("box => box === document.activeElement || box.contains(document.activeElement)")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
            until(page, "box => box.scrollLeft > 0", box)

"""What a reader of a text uses: the text itself, copying, tabs, the contents, what unfolds, and formulas."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.demo import PAGES
from tests.browser.visits import DESKTOP, opened, until

pytestmark = pytest.mark.browser


def test_the_text_is_there_without_javascript(browser: Browser, host: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(f"{host}/blog/building-sitegen/")
        assert len(page.locator("article").inner_text()) > 2000


@pytest.mark.parametrize("name", [name for name in PAGES if name != "search"])
def test_a_template_shows_the_same_words_without_javascript(browser: Browser, demo: str, name: str):
    words = []
    for scripts in (True, False):
        with opened(browser, viewport=DESKTOP, java_script_enabled=scripts) as (page, _, _):
            page.goto(demo + PAGES[name])
            page.locator("main button[type='button']").evaluate_all("all => all.forEach((each) => each.remove())") if scripts else None
            words.append(page.locator("main").inner_text().split())
    assert words[0] == words[1]


def test_a_copied_block_is_what_was_typed(browser: Browser, host: str):
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        block = page.locator(".highlight", has_text="sitegen init mysite").first
        block.hover()
        block.get_by_role("button", name="Copy").click()
        block.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("sitegen init mysite\n")
        assert "$" not in copied


def test_a_copied_block_has_neither_its_title_nor_its_line_numbers(browser: Browser, demo: str):
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        block = page.locator(".highlight", has_text="from tidebook import").first
        block.get_by_role("button", name="Copy").click()
        block.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("from tidebook import Gauge, Table\n\ngauge = ")
        assert copied.endswith('table.print("table.pdf")\n')


def test_without_javascript_there_is_no_copy_button_that_does_nothing(browser: Browser, demo: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        assert page.get_by_role("button", name="Copy").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_press_turns_to_another_tab(browser: Browser, demo: str, scripts: bool):
    with opened(browser, java_script_enabled=scripts) as (page, _, _):
        page.goto(demo + PAGES["doc"])
        assert page.get_by_text("sudo apt install").is_visible()
        page.get_by_text("Fedora", exact=True).click()
        assert page.get_by_text("sudo dnf install").is_visible()
        assert not page.get_by_text("sudo apt install").is_visible()
        assert page.get_by_role("radio", name="Fedora").is_checked()


@pytest.mark.parametrize("scripts", [True, False])
def test_details_unfold(browser: Browser, demo: str, scripts: bool):
    with opened(browser, java_script_enabled=scripts) as (page, _, _):
        page.goto(demo + PAGES["post"])
        assert not page.get_by_text("A stick with marks").is_visible()
        page.get_by_text("If you have no gauge").click()
        assert page.get_by_text("A stick with marks").is_visible()


def test_the_contents_mark_the_section_that_is_read(browser: Browser, host: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(f"{host}/docs/first-site/")
        links = page.get_by_role("navigation", name="On this page").get_by_role("link")
        last = links.nth(links.count() - 2)
        last.click()
        until(page, "link => link.getAttribute('aria-current') === 'location'", last.element_handle())


# How many letters the lines of a page's long paragraphs have, the last line of each left out.
LETTERS = """() => [...document.querySelectorAll("main p")].flatMap((paragraph) => {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    const tops = new Set([...range.getClientRects()].filter((box) => box.height > 12).map((box) => Math.round(box.bottom / 8)));
    return tops.size > 3 ? [paragraph.innerText.length / (tops.size - 0.5)] : [];
})"""


@pytest.mark.parametrize("path", ["/blog/building-sitegen/", "/docs/architecture/", "/docs/benchmarks/"])
def test_lines_are_as_long_as_is_easy_to_read(browser: Browser, host: str, path: str):
    with opened(browser, viewport={"width": 1920, "height": 1000}) as (page, _, _):
        page.goto(host + path)
        letters = page.evaluate(LETTERS)
        assert letters
        assert 55 <= sum(letters) / len(letters) <= 78


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

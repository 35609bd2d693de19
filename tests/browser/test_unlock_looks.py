"""Locked and opened pages for every eye: assistive technology, narrow screens, other directions, few colours, paper."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.paper import text
from tests.browser.sealing import BASE, LOCKED, OFFER, PASSWORDS
from tests.browser.test_axe import findings
from tests.browser.test_print import channels, colours
from tests.browser.test_reflow import CUT, SPACING, overflow
from tests.browser.vault import fault, field, try_password, unlock, wait_open
from tests.browser.visits import DESKTOP, VARIANTS, opened, until

pytestmark = pytest.mark.browser


def looked_at(page: Page) -> dict[str, list[str]]:
    """What axe finds in each variant."""
    found = {}
    for width, scheme in VARIANTS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found[f"{width} {scheme}"] = findings(page)
    return {variant: texts for variant, texts in found.items() if texts}


def settled(page: Page) -> None:
    """Wait until all files of the opened page are there, or known not to be."""
    until(page, "document.querySelectorAll('.lost').length === 2 && [...document.images].every(({ src }) => src.startsWith('blob:'))")


def test_axe_finds_nothing_before_and_after_a_wrong_password(browser: Browser, vault: str):
    with opened(browser, bypass_csp=True, reduced_motion="reduce") as (page, _, _):
        page.goto(vault + BASE + OFFER)
        field(page).wait_for()
        assert looked_at(page) == {}
        try_password(page, "nonsense")
        fault(page)
        page.get_by_role("button", name="Show password").click()
        assert looked_at(page) == {}


@pytest.mark.parametrize("name", ["", OFFER])
def test_axe_finds_nothing_on_an_opened_page(browser: Browser, vault: str, name: str):
    with opened(browser, bypass_csp=True, reduced_motion="reduce") as (page, _, _):
        unlock(page, vault + BASE + name, remembered=True)
        if name:
            settled(page)
        assert looked_at(page) == {}


def test_axe_finds_nothing_on_a_preview_without_the_password(browser: Browser, vault: str):
    with opened(browser, bypass_csp=True, reduced_motion="reduce") as (page, _, _):
        page.goto(vault + BASE + LOCKED)
        assert looked_at(page) == {}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_beside_the_narrowest_screen(browser: Browser, vault: str, direction: str):
    with opened(browser, viewport={"width": 320, "height": 640}) as (page, _, _):
        page.goto(vault + BASE + OFFER)
        page.evaluate("direction => (document.documentElement.dir = direction)", direction)
        try_password(page, "nonsense")
        fault(page)
        assert overflow(page) <= 0
        assert page.evaluate(CUT) == []
        try_password(page, PASSWORDS[0])
        wait_open(page)
        settled(page)
        assert overflow(page) <= 0


def test_the_button_beside_the_field_is_at_its_end_in_both_directions(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        page.goto(vault + BASE + OFFER)
        field(page).wait_for()
        for direction, is_right in (("ltr", True), ("rtl", False)):
            page.evaluate("direction => (document.documentElement.dir = direction)", direction)
            box, button = field(page).bounding_box(), page.get_by_role("button", name="Show password").bounding_box()
            assert box
            assert button
            assert (button["x"] > box["x"]) is is_right


def test_letters_twice_as_large_and_wider_spaced_are_all_there(large_letters: Browser, vault: str):
    with opened(large_letters, viewport={"width": 640, "height": 900}) as (page, _, _):
        page.goto(vault + BASE + OFFER)
        try_password(page, "nonsense")
        fault(page)
        page.evaluate(SPACING)
        assert overflow(page) <= 0
        assert page.evaluate(CUT) == []


def test_where_colours_are_few_the_form_has_edges_and_tells_what_is_pressed(browser: Browser, vault: str):
    with opened(browser, forced_colors="active") as (page, _, _):
        page.goto(vault + BASE + OFFER)
        show = page.get_by_role("button", name="Show password")
        edges = "each => getComputedStyle(each).borderBlockEndStyle + getComputedStyle(each).borderBlockEndWidth"
        assert {each.evaluate(edges) for each in (field(page), show, page.get_by_role("button", name="Open", exact=True))} == {"solid1px"}
        colour = "each => getComputedStyle(each).borderBlockEndColor"
        before = show.evaluate(colour)
        show.click()
        assert show.evaluate(colour) != before


def test_a_locked_page_on_paper_says_what_it_is_and_has_no_form(browser: Browser, vault: str):
    with opened(browser, viewport=DESKTOP) as (page, _, _):
        page.goto(vault + BASE + OFFER)
        field(page).wait_for()
        words = text(page.pdf(format="A4")).replace(" ", "")
        assert "Thispageisencrypted." in words
        for part in ("Remember", "Show", "Open"):
            assert part not in words


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_opened_page_on_paper_is_its_text(browser: Browser, vault: str, scheme: Any):
    with opened(browser, viewport=DESKTOP, color_scheme=scheme) as (page, _, _):
        unlock(page, vault + BASE + OFFER, remembered=True)
        words = normalize("NFKC", text(page.pdf(format="A4"))).replace(" ", "")
        for part in ("Theofferofspring", "Twomonths.", "total=40+2"):
            assert part in words
        for part in ("Forget", "Onthispage", "Copy"):
            assert part not in words
        page.emulate_media(media="print")
        ground, _, letters = colours(page)
        assert min(channels(ground)) > 240
        assert max(channels(letters)) < 128

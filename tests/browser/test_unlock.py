"""Sealed pages in a real browser, under the strict policy: how their readers open them, and what they are told."""

from __future__ import annotations

import gzip
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.sealing import BASE, FIGURES, HOSTILE, LOCKED, OFFER, PASSWORDS, TRUSTED
from tests.browser.vault import document_of, fault, field, held, let_go, try_password, unlock, wait_open
from tests.browser.visits import opened, tab_to, until
from tests.checks.weight import weigh, zipped

pytestmark = pytest.mark.browser

KB = 1024
WATCH = """
    window.broken = [];
    addEventListener("securitypolicyviolation", (event) => window.broken.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
# What the script has done so far.
COUNT = """
    for (const [name, count] of [["unwrapKey", "unwrapped"], ["decrypt", "decrypted"]]) {
        const own = SubtleCrypto.prototype[name];
        window[count] = 0;
        SubtleCrypto.prototype[name] = async function (...all) {
            try {
                return await own.apply(this, all);
            } finally {
                window[count] += 1;
            }
        };
    }
"""


def test_a_password_opens_a_page_without_a_word_from_the_console(browser: Browser, vault: str):
    with opened(browser) as (page, said, asked):
        page.add_init_script(WATCH)
        unlock(page, vault + BASE + FIGURES)
        assert page.title() == "Figures · Small"
        assert page.evaluate("document.activeElement.innerText") == "Figures"
        expect(page.locator("main")).to_contain_text("Numbers and sums.")
        expect(page.get_by_role("status")).to_have_text("The page is open.")
        assert page.locator(".unlock").count() == 0
        assert (said, page.evaluate("window.broken")) == ([], [])
        assert [url for url in asked if not url.startswith((vault, "data:"))] == []
        assert page.url == vault + BASE + FIGURES


@pytest.mark.parametrize(
    "password", [PASSWORDS[1], unicodedata.normalize("NFD", PASSWORDS[1]), f"  {PASSWORDS[0]} "], ids=["other", "decomposed", "spaces"]
)
def test_each_reader_has_a_password_however_it_is_typed(browser: Browser, vault: str, password: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + FIGURES, password)
        assert page.title() == "Figures · Small"


def test_another_password_is_told_from_damage_and_can_be_typed_again(browser: Browser, vault: str):
    with opened(browser) as (page, said, _):
        page.goto(vault + BASE + FIGURES)
        for wrong in ("nonsense", "x" * 10_000, "   "):
            try_password(page, wrong)
            assert fault(page).startswith("This password does not open the page.")
            until(page, "document.activeElement.id === 'site:password'")
            expect(field(page)).to_have_attribute("aria-invalid", "true")
            assert page.evaluate("getSelection().toString().length || document.activeElement.selectionEnd") == len(wrong)
            expect(page.get_by_role("button", name="Open", exact=True)).to_be_visible()
        try_password(page, PASSWORDS[0])
        wait_open(page)
        assert said == []


def test_it_says_that_it_is_busy_and_is_so_once(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        waiting = held(page, "**/sealed*.js")
        page.add_init_script(COUNT)
        page.goto(vault + BASE + FIGURES)
        try_password(page, PASSWORDS[0])
        expect(page.get_by_role("status")).to_have_text("Opening…")
        expect(page.locator("form")).to_have_attribute("aria-busy", "true")
        page.get_by_role("button", name="Opening…").click()
        field(page).press("Enter")
        until(page, "window.decrypted > 0")
        page.get_by_role("button", name="Opening…").click()
        let_go(page, waiting)
        wait_open(page)
        assert page.evaluate("window.unwrapped") <= 2
        assert len(waiting) == 1


def test_what_is_typed_can_be_shown_and_is_hidden_when_it_is_sent(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        page.goto(vault + BASE + FIGURES)
        field(page).fill("nonsense")
        show = page.get_by_role("button", name="Show password")
        show.click()
        expect(show).to_have_attribute("aria-pressed", "true")
        expect(field(page)).to_have_attribute("type", "text")
        show.click()
        expect(field(page)).to_have_attribute("type", "password")
        show.click()
        field(page).press("Enter")
        fault(page)
        expect(field(page)).to_have_attribute("type", "password")
        expect(show).to_have_attribute("aria-pressed", "false")


def test_the_form_is_one_that_password_managers_know(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        page.goto(vault + BASE + FIGURES)
        field(page).wait_for()
        form = page.locator(".unlock form")
        assert form.evaluate("form => form.method") == "post"
        assert form.locator("[autocomplete=username]").input_value() == "clients"
        expect(field(page)).to_have_attribute("autocomplete", "current-password")
        # What has no name is sent by no browser, whatever becomes of the script.
        assert form.evaluate("form => [...new FormData(form)]") == []


def test_everything_is_done_with_the_keyboard(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        page.goto(vault + BASE + OFFER)
        field(page).wait_for()
        tab_to(page, role="textbox", name="Password")
        page.keyboard.type(PASSWORDS[0])
        tab_to(page, role="button", name="Show password")
        page.keyboard.press("Space")
        tab_to(page, role="checkbox", name="Remember on this device")
        tab_to(page, role="button", name="Open")
        page.keyboard.press("Enter")
        wait_open(page)
        tab_to(page, role="link", name="worked out")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Figures")


def test_a_fragment_is_kept_and_gone_to(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 800, "height": 500}) as (page, _, _):
        unlock(page, f"{vault}{BASE}{OFFER}#the-end")
        until(page, "document.querySelector(':target')?.id === 'the-end'")
        expect(page.locator("#the-end")).to_be_in_viewport()
        page.evaluate("location.hash = '#timetable'")
        expect(page.locator("#timetable")).to_be_in_viewport()
        page.go_back()
        expect(page.locator("#the-end")).to_be_in_viewport()


def test_back_from_a_fragment_leads_to_the_top_of_a_page_that_was_not_scrolled(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 1280, "height": 500}) as (page, _, _):
        unlock(page, f"{vault}{BASE}{OFFER}")
        page.get_by_role("navigation", name="On this page").get_by_role("link", name="The end").click()
        expect(page.locator("#the-end")).to_be_in_viewport()
        page.go_back()
        until(page, "scrollY === 0")
        page.go_forward()
        expect(page.locator("#the-end")).to_be_in_viewport()


def test_the_comforts_of_the_theme_work_inside(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 1280, "height": 700}, permissions=["clipboard-read", "clipboard-write"]) as (page, said, _):
        page.add_init_script("addEventListener('unsealed', () => (window.unsealed = (window.unsealed || 0) + 1))")
        unlock(page, vault + BASE + OFFER)
        page.locator(".highlight").get_by_role("button", name="Copy").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "total = 40 + 2\n"
        page.get_by_text("Slow", exact=True).click()
        expect(page.get_by_text("Two months.")).to_be_visible()
        expect(page.get_by_role("region", name="Timetable")).to_have_attribute("tabindex", "0")
        page.locator("#the-end").scroll_into_view_if_needed()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.locator(".contents [aria-current]")).to_have_text("The end")
        until(page, "getComputedStyle(document.body, '::before').scale === '1'")
        assert page.evaluate("window.unsealed") == 1
        assert [text for text in said if "404" not in text] == []


def test_styles_are_there_before_the_content(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        waiting = held(page, "**/ground-posts-*.css")
        page.add_init_script(COUNT)
        page.goto(vault + BASE + OFFER)
        try_password(page, PASSWORDS[0])
        until(page, "window.decrypted > 0")
        assert page.locator("h1").inner_text() == "Protected page"
        let_go(page, waiting)
        wait_open(page)
        assert page.locator(".tabbed-labels").evaluate("labels => getComputedStyle(labels).display") == "flex"


@pytest.mark.parametrize(("name", "ran"), [(HOSTILE, False), (TRUSTED, True)])
def test_scripts_in_a_page_run_only_where_the_site_trusts_them_and_never_inline(browser: Browser, vault: str, name: str, ran: bool):
    with opened(browser) as (page, _, asked):
        unlock(page, vault + BASE + name)
        page.get_by_role("link", name="Press").click()
        until(page, "() => window.ran === true" if ran else "() => new Promise((ready) => requestIdleCallback(() => ready(true)))")
        assert page.evaluate("window.harmed") is None
        assert page.evaluate("window.ran === true") is ran
        assert (f"{vault}/harm.js" in asked) is ran


def test_text_becomes_markup_nowhere_else(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + FIGURES)
        tried = "() => { try { document.body.innerHTML = '<p>x</p>'; return 'written' } catch (error) { return error.name } }"
        assert page.evaluate(tried) == "TypeError"


def message(page: Page) -> str:
    """What stands in place of the form."""
    assert not page.get_by_role("button", name="Open", exact=True).is_visible()
    return page.locator(".unlock").inner_text().strip()


def test_without_javascript_it_says_so(browser: Browser, vault: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(vault + BASE + FIGURES)
        assert message(page) == "It can be opened only with JavaScript, which is switched off in this browser."


def test_outside_of_a_secure_context_it_says_so(browser: Browser, vault: str):
    with opened(browser) as (page, said, _):
        insecure = "http://insecure.example"

        def answer(route: Route) -> None:
            route.fulfill(response=page.context.request.get(route.request.url.replace(insecure, vault)))

        page.route(f"{insecure}/**", answer)
        page.goto(insecure + BASE + FIGURES)
        assert fault(page) == "This page can be opened only where its address begins with https."
        assert message(page) == fault(page)
        assert [text for text in said if "Cross-Origin-Opener-Policy" not in text] == []


@pytest.mark.parametrize(
    "lacks", ["delete window.DecompressionStream", "DecompressionStream = class { constructor() { throw TypeError() } }"]
)
def test_in_an_old_browser_it_says_so(browser: Browser, vault: str, lacks: str):
    with opened(browser) as (page, _, _):
        page.add_init_script(lacks)
        page.goto(vault + BASE + FIGURES)
        assert fault(page) == "This browser is too old to open the page."
        assert message(page) == fault(page)


def test_a_preview_that_was_built_without_the_password_says_so(browser: Browser, vault: str):
    with opened(browser) as (page, said, asked):
        page.goto(vault + BASE + LOCKED)
        assert message(page) == "This preview was built without the password, so there is nothing in it to open."
        assert [url for url in asked if "unlock" in url.rpartition("/")[2] and url.endswith(".js")] == []
        assert said == []


def test_what_opens_a_page_can_fail_to_load_and_be_asked_for_again(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        page.route("**/sealed*.js", lambda route: route.abort())
        page.goto(vault + BASE + FIGURES)
        try_password(page, PASSWORDS[0])
        assert fault(page).startswith("This page is damaged, or a part of it could not be loaded.")
        expect(field(page)).not_to_have_attribute("aria-invalid", "true")


def test_a_locked_page_is_light_beside_its_ciphertext(sealed_site: Path):
    file = sealed_site / BASE[1:] / FIGURES / "index.html"
    weight = weigh(sealed_site, file)
    text = file.read_text("utf-8")
    html = len(gzip.compress(text.replace(document_of(file)["ct"], "").encode(), 9, mtime=0))
    script = zipped(next(sealed_site.glob("static/unlock.*.js")))
    assert html <= 3 * KB
    assert script <= 3 * KB
    assert html + script <= 6 * KB
    assert weight.css <= 5 * KB
    assert len(weight.sheets) == 1
    assert len(weight.blocking) == 1


def test_nothing_moves_while_a_locked_page_loads(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 412, "height": 500}) as (page, _, _):
        page.add_init_script(
            """window.shifts = [];
            new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
                .observe({ type: "layout-shift", buffered: true });"""
        )
        page.goto(vault + BASE + FIGURES)
        field(page).wait_for()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("() => window.shifts") == []

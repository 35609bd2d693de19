"""What is in an opened page: its files, the other pages of its group, and the scripts of the theme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.encryption import unlocked
from tests.browser.sealing import BASE, FIGURES, FILES, OFFER, PASSWORDS, POLICY
from tests.browser.test_trusted_types import MERMAID
from tests.browser.vault import arrived, document_in, field, heading, held, let_go, unlock, with_document
from tests.browser.visits import opened, until

pytestmark = pytest.mark.browser


# Files


def test_pictures_appear_and_no_ciphertext_is_asked_for_as_one(browser: Browser, vault: str):
    with opened(browser) as (page, said, _):
        kinds: list[tuple[str, str]] = []
        page.on("request", lambda request: kinds.append((request.url.removeprefix(vault), request.resource_type)))
        unlock(page, vault + BASE + OFFER)
        until(page, "document.images.length === 2 && [...document.images].every(({ src }) => src.startsWith('blob:'))")
        until(page, "[...document.images].map((each) => each.naturalWidth).join() === '400,200'")
        assert {kind for url, kind in kinds if url.startswith("/_sealed/")} == {"fetch"}
        assert [text for text in said if "404" not in text] == []


def test_what_is_damaged_or_missing_leaves_its_text_and_the_page_stays_open(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + OFFER)
        for text in ("What is damaged", "What is missing"):
            expect(page.get_by_text(text)).to_have_text(f"{text} – A file that cannot be opened")
        page.get_by_role("link", name="what is lost").click()
        expect(page.locator("a + .lost")).to_have_text("A file that cannot be opened")
        assert page.url == vault + BASE + OFFER


def test_nothing_moves_when_pictures_come(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        waiting = held(page, "**/aa01.bin")
        unlock(page, vault + BASE + OFFER)
        box = page.get_by_alt_text("The harbour")
        box.scroll_into_view_if_needed()
        expect(box).to_have_js_property("clientHeight", round(int(str(box.evaluate("each => each.clientWidth"))) * 0.75))
        until(page, "document.querySelectorAll('.lost').length === 2")
        before = [box.bounding_box(), page.get_by_alt_text("Far below").bounding_box()]
        let_go(page, waiting)
        until(page, "[...document.images].map((each) => each.naturalWidth).join() === '400,200'")
        assert [box.bounding_box(), page.get_by_alt_text("Far below").bounding_box()] == before


def test_pictures_in_view_are_fetched_first(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 800, "height": 400}) as (page, _, asked):
        waiting = held(page, "**/aa01.bin")
        unlock(page, f"{vault}{BASE}{OFFER}#the-end")
        arrived(page, waiting)
        assert f"{vault}/_sealed/aa02.bin" not in asked
        let_go(page, waiting)
        until(page, "document.images.length === 2 && document.images[1].src.startsWith('blob:')")
        assert f"{vault}/_sealed/aa03.bin" not in asked


def test_a_link_to_a_sealed_file_saves_it_under_its_name(browser: Browser, vault: str, tmp_path: Path):
    with opened(browser, accept_downloads=True) as (page, said, _):
        unlock(page, vault + BASE + OFFER)
        for _ in range(2):
            with page.expect_download() as coming:
                page.get_by_role("link", name="The terms").click()
            assert coming.value.suggested_filename == "The terms.txt"
            coming.value.save_as(tmp_path / "terms.txt")
            assert (tmp_path / "terms.txt").read_bytes() == FILES["/_sealed/aa03.bin"][2]
        assert [text for text in said if "404" not in text] == []


# The pages of a group


def test_the_next_page_of_the_group_opens_in_place_without_a_password(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 1000, "height": 500}) as (page, said, _):
        unlock(page, vault + BASE + OFFER)
        page.evaluate("window.same = true")
        page.get_by_role("link", name="worked out").click()
        heading(page, "Figures")
        assert page.url == f"{vault}{BASE}{FIGURES}#costs"
        assert page.title() == "Figures · Small"
        expect(page.get_by_role("status")).to_have_text("Figures · Small")
        until(page, "document.querySelector(':target')?.id === 'costs'")
        expect(page.locator("#costs")).to_be_in_viewport()
        page.get_by_role("link", name="offer").click()
        heading(page, "The offer of spring")
        assert page.evaluate("[window.same, scrollY, document.activeElement.localName]") == [True, 0, "h1"]
        assert [text for text in said if "404" not in text] == []


def test_back_and_forward_show_each_page_where_it_was_read(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 1000, "height": 500}) as (page, _, _):
        unlock(page, vault + BASE + FIGURES)
        page.evaluate("window.same = true")
        page.evaluate("scrollTo(0, 300)")
        until(page, "history.state?.y === 300")
        page.evaluate("document.querySelector('main a[href*=\"0f2a\"]').click()")
        heading(page, "The offer of spring")
        page.evaluate("scrollTo(0, 200)")
        until(page, "history.state?.y === 200")
        page.go_back()
        heading(page, "Figures")
        until(page, "scrollY === 300")
        page.go_forward()
        heading(page, "The offer of spring")
        until(page, "scrollY === 200")
        assert page.title() == "The offer of spring · Small"
        assert page.evaluate("window.same") is True


def test_the_menu_of_the_header_follows(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 1000, "height": 500}) as (page, _, _):
        unlock(page, vault + BASE + OFFER)
        clients = page.locator(".site-header").get_by_role("link", name="Clients")
        expect(clients).to_have_attribute("aria-current", "true")
        clients.click()
        heading(page, "For our clients")
        expect(clients).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_click_with_a_modifier_is_left_to_the_browser(browser: Browser, vault: str, modifier: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + OFFER)
        with page.context.expect_page() as coming:
            page.get_by_role("link", name="worked out").click(modifiers=[modifier])  # type: ignore[list-item]
        field(coming.value).wait_for()
        heading(page, "The offer of spring")


def test_a_link_out_of_the_group_is_an_ordinary_one(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + OFFER)
        page.evaluate("window.same = true")
        page.get_by_role("link", name="where we are").click()
        page.get_by_role("heading", name="About").wait_for()
        assert page.url == f"{vault}/about/"
        assert page.evaluate("window.same === undefined")


def test_a_page_that_the_key_does_not_open_is_gone_to(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + OFFER)
        page.route(f"**{BASE}{FIGURES}", lambda route: route.fulfill(body="<h1>Other</h1>", content_type="text/html"))
        page.get_by_role("link", name="worked out").click()
        page.get_by_role("heading", name="Other").wait_for()
        assert page.url == f"{vault}{BASE}{FIGURES}#costs"


@pytest.mark.parametrize("path", ["index.html", "?from=mail", "#costs"])
def test_the_host_may_have_other_names_for_a_page(browser: Browser, vault: str, path: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + FIGURES + path)
        page.get_by_role("link", name="offer").click()
        heading(page, "The offer of spring")


@pytest.mark.parametrize("path", ["0f2a000000000002", "0f2a000000000002.html", "%30f2a000000000002/"])
def test_the_host_may_serve_a_page_without_a_slash(browser: Browser, vault: str, path: str):
    with opened(browser) as (page, _, _):
        page.route(
            f"{vault}{BASE}{path}",
            lambda route: route.fulfill(response=page.context.request.get(vault + BASE + FIGURES)),
        )
        unlock(page, vault + BASE + path)
        heading(page, "Figures")


def test_the_list_of_pages_is_filtered_by_typing(browser: Browser, vault: str):
    with opened(browser) as (page, said, _):
        unlock(page, vault + BASE)
        sought = page.get_by_role("searchbox", name="Filter these pages")
        shown = page.locator(".sealed-list a:visible")
        for text, titles in (
            ("creme bru", ["Crème brûlée"]),
            ("spring OFFER", ["The offer of spring"]),
            ("zzz", []),
            ("", ["The offer of spring", "Figures", "Crème brûlée"]),
        ):
            sought.fill(text)
            assert shown.all_inner_texts() == titles
            expect(page.locator(".found")).to_have_text(f"Pages: {len(titles)}" if text else "")
        sought.focus()
        page.keyboard.type("figures")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        heading(page, "Figures")
        assert said == []


# Scripts of the theme


def sealed_anew(page: Page, address: str, content: dict[str, Any], policy: str) -> None:
    """Let the page at `address` hold `content`, and let the host send another policy with it."""
    answer = page.context.request.get(address)
    document = document_in(answer.text())
    key = unlocked(document, PASSWORDS[0])
    text = with_document(answer.text(), key.page(document["page"], json.dumps(content).encode()))
    headers = {**answer.headers, "content-security-policy": policy}
    page.route(
        address,
        lambda route: route.fulfill(body=text, headers={name: headers[name] for name in ("content-type", "content-security-policy")}),
    )


def diagram(name: str) -> str:
    return (
        f'<main id="site:main"><h1>{name}</h1><figure class="diagram diagram-mermaid"><pre>graph LR</pre>'
        f'<figcaption>{name} <small>as Mermaid</small></figcaption></figure><a href="{BASE}{FIGURES}">Next</a></main>'
    )


def test_diagrams_are_drawn_on_this_page_and_on_the_next(browser: Browser, vault: str, sealed_site: Path):
    script = f"/static/{next(sealed_site.glob('static/mermaid.*.js')).name}"
    scripts = [{"src": script, "data": {"name": "Diagram", "source": "Source"}}, {"src": "/own-mermaid.js"}]
    with opened(browser) as (page, said, asked):
        page.route("**/own-mermaid.js", lambda route: route.fulfill(body=MERMAID, content_type="text/javascript"))
        policy = POLICY.format(more=" default")
        for name in (OFFER, FIGURES):
            content = {"title": name, "html": diagram(name), "body_class": "text", "files": {}, "scripts": scripts, "run": False}
            sealed_anew(page, vault + BASE + name, content, policy)
        unlock(page, vault + BASE + OFFER)
        picture = page.locator("img.diagram-picture")
        expect(picture).to_have_attribute("alt", OFFER)
        page.get_by_role("link", name="Next").click()
        heading(page, FIGURES)
        expect(picture).to_have_attribute("alt", FIGURES)
        assert asked.count(f"{vault}{script}") == 1
        assert said == []


def test_a_key_of_the_keyboard_leads_to_the_next_page_without_a_password(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        content = {"title": "One", "html": '<main id="site:main"><h1>One</h1><a rel="next" href="../0f2a000000000002/">Next</a></main>'}
        sealed_anew(
            page, vault + BASE + OFFER, content | {"body_class": "text", "files": {}, "scripts": [], "run": False}, POLICY.format(more="")
        )
        unlock(page, vault + BASE + OFFER)
        page.keyboard.press("n")
        heading(page, "Figures")

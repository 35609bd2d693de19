"""Search as a reader meets it, from typing to the opened result, under a policy that is stricter than the published one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sitegen.freeze import Options, build_site
from tests.browser.hosting import Host, serving
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

SETTINGS = """title: Garden
url: https://small.example/garden/
hosting: netlify
languages: {zh: {}, ja: {}}
"""
ROSES = """---
title: Roses
tags: [flowers]
---

How to keep them.

## Against frost

Cover roses before the first frost of November.

## Pruning

Write `<img src=x onerror=alert(1)>` on no label.
"""
SOIL = "---\ntitle: Soil\n---\n\nLoam is best.\n"
CHINESE = "---\ntitle: 玫瑰\n---\n\n在北京种植玫瑰需要充足的阳光和水分。\n"
JAPANESE = "---\ntitle: 薔薇\n---\n\n東京の庭で薔薇を育てるには、日光と水が必要です。\n"


def post(number: int) -> str:
    tags = "[soil, autumn]" if number % 3 else "[soil]"
    return (
        f"---\ntitle: Heap {number}\ndate: 2026-01-{number:02}\ntags: {tags}\n---\n\nCompost is made of leaves, for the {number}th time.\n"
    )


class Strict(Host):
    """Trusted Types are asked for beside all that the site's own policy says."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "require-trusted-types-for 'script'")
        super().end_headers()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in three languages below a path."""
    root: Path = tmp_path_factory.mktemp("garden")
    names = {"roses.md": ROSES, "roses.zh.md": CHINESE, "roses.ja.md": JAPANESE, "beds/soil.md": SOIL}
    files = {"site.yaml": SETTINGS, **{f"content/docs/{name}": text for name, text in names.items()}}
    for name, text in (files | {f"content/blog/heap-{number}.md": post(number) for number in range(1, 13)}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    build_site(root, root / "www/garden", Options(overrides={"now": datetime.now(UTC), "search": True}))
    shutil.copy(root / "www/garden/_headers", root / "www/_headers")
    (root / "www/404.html").write_text("Not found")
    with serving(root / "www", Strict) as address:
        yield f"{address}/garden"


@contextmanager
def searching(browser: Browser, address: str, query: str = "", **options: Any) -> Iterator[Page]:
    """A page on which the dialog was opened by a key, and something typed. Nothing may be said against it meanwhile."""
    with opened(browser, **options) as (page, said, asked):
        page.goto(address)
        page.keyboard.press("/")
        expect(page.get_by_role("dialog", name="Search")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type(query)
        yield page
        assert said == []
        assert {url for url in asked if not url.startswith(address.split("/garden")[0])} == set()


def test_a_reader_comes_from_a_key_to_a_section_by_keyboard_alone(browser: Browser, site: str):
    with searching(browser, f"{site}/blog/heap-1/", "november") as page:
        expect(page.locator(".results h2")).to_have_text(["Roses"])
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="Roses")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="Against frost")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}/docs/roses/#against-frost")


def test_arrows_lead_back_to_the_field_and_so_does_a_letter(browser: Browser, site: str):
    with searching(browser, f"{site}/blog/heap-1/", "november") as page:
        expect(page.locator(".results h2")).to_have_text(["Roses"])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.type("x")
        expect(page.get_by_role("searchbox")).to_have_value("novemberx")


def test_enter_opens_the_first_result_also_before_it_is_shown(browser: Browser, site: str):
    with searching(browser, f"{site}/blog/heap-1/", "november") as page:
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}/docs/roses/")


def test_a_result_on_the_page_itself_closes_the_dialog(browser: Browser, site: str):
    with searching(browser, f"{site}/docs/roses/", "november") as page:
        page.get_by_role("dialog").get_by_role("link", name="Against frost").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        assert page.url.endswith("/docs/roses/#against-frost")


def test_escape_closes_the_dialog_and_gives_the_focus_back(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/docs/roses/")
        link = page.get_by_role("link", name="Search")
        link.focus()
        page.keyboard.press("Control+k")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("frost")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(link).to_be_focused()
        assert said == []


def test_the_dialog_remembers_what_was_searched_on_the_page_before(browser: Browser, site: str):
    with searching(browser, f"{site}/blog/heap-1/", "november") as page:
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}/docs/roses/")
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_have_value("november")
        expect(page.locator(".results h2")).to_have_text(["Roses"])


def test_the_key_can_be_switched_off(browser: Browser, site: str):
    with opened(browser) as (page, _, asked):
        page.add_init_script("localStorage.setItem('keys', 'off')")
        page.goto(f"{site}/docs/roses/")
        page.keyboard.press("/")
        page.wait_for_timeout(200)
        assert not [url for url in asked if "/search" in url]


def test_how_many_were_found_is_announced(browser: Browser, site: str):
    with searching(browser, f"{site}/docs/roses/", "compost") as page:
        expect(page.get_by_role("status")).to_have_text("Results: 12")
        page.get_by_role("searchbox").fill("xylophone")
        expect(page.get_by_role("status")).to_have_text("Nothing found for “xylophone”")
        expect(page.get_by_text("Check the spelling")).to_be_visible()


def test_more_results_come_when_asked_for_and_the_first_of_them_has_the_focus(browser: Browser, site: str):
    with searching(browser, f"{site}/docs/roses/", "compost") as page:
        expect(page.locator(".results h2")).to_have_count(8)
        page.get_by_role("button", name="More results").click()
        expect(page.locator(".results h2")).to_have_count(12)
        expect(page.locator(".results h2 a").nth(8)).to_be_focused()
        expect(page.get_by_role("button", name="More results")).to_be_hidden()


def test_results_are_filtered_by_collection_and_tag(browser: Browser, site: str):
    with searching(browser, f"{site}/docs/roses/", "the") as page:
        page.locator(".narrow summary").click()
        page.get_by_role("checkbox", name="Blog 12").check()
        expect(page.get_by_role("status")).to_have_text("Results: 12")
        page.get_by_role("checkbox", name="autumn 8").check()
        expect(page.get_by_role("status")).to_have_text("Results: 8")
        expect(page.locator(".narrow summary")).to_have_text("Filter (2)")
        page.get_by_role("searchbox").fill("november")
        expect(page.get_by_role("status")).to_have_text("Nothing found for “november”")
        page.get_by_role("button", name="Search without filters").click()
        expect(page.get_by_role("status")).to_have_text("Results: 1")


def test_what_was_found_is_marked_and_the_text_of_a_page_stays_text(browser: Browser, site: str):
    with searching(browser, f"{site}/blog/heap-1/", "onerror") as page:
        part = page.locator(".results li li")
        expect(part.locator("mark")).to_contain_text("onerror")
        expect(part.locator("p")).to_contain_text("<img src=x onerror=alert(1)>")
        assert page.locator(".results img").count() == 0


def test_a_result_says_where_it_is_and_a_post_when_it_was_written(browser: Browser, site: str):
    with searching(browser, f"{site}/docs/roses/", "loam") as page:
        expect(page.locator(".where")).to_have_text("Docs / Beds")
        page.get_by_role("searchbox").fill("11th")
        expect(page.locator(".where").first).to_have_text("Blog · Jan 11, 2026")


@pytest.mark.parametrize(
    ("lang", "query", "title"), [("zh", "北京", "玫瑰"), ("zh", "阳光", "玫瑰"), ("ja", "東京", "薔薇"), ("ja", "日光", "薔薇")]
)
def test_words_of_languages_without_spaces_are_found(browser: Browser, site: str, lang: str, query: str, title: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/{lang}/docs/roses/")
        page.locator(".seek").click()
        page.get_by_role("searchbox").fill(query)
        expect(page.locator(".results h2")).to_have_text([title])
        expect(page.locator(".results mark").first).to_have_text(query)
        assert said == []


def test_a_query_is_an_address(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/search/?q=compost&tag=autumn")
        expect(page.get_by_role("status")).to_have_text("Results: 8")
        page.get_by_role("searchbox").fill("november")
        expect(page.get_by_role("status")).to_have_text("Nothing found for “november”")
        page.get_by_role("button", name="Search without filters").click()
        expect(page.get_by_role("status")).to_have_text("Results: 1")
        assert page.url == f"{site}/search/?q=november"
        assert said == []


def test_the_way_back_leads_to_the_result_that_was_left(browser: Browser, site: str):
    with opened(browser) as (page, _, _):
        page.goto(f"{site}/search/?q=compost")
        page.get_by_role("button", name="More results").click()
        last = page.locator(".results h2 a").nth(11)
        name = last.inner_text()
        last.click()
        page.wait_for_url("**/blog/**")
        page.goto(f"{site}/docs/roses/")
        page.go_back()
        page.go_back()
        expect(page.locator(".results h2")).to_have_count(12)
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()


def test_what_is_typed_before_the_dialog_is_there_is_searched_and_is_no_key(browser: Browser, site: str):
    with opened(browser) as (page, said, _):

        def late(route: Route) -> None:
            page.wait_for_timeout(300)
            route.continue_()

        page.route("**/static/search.*.js", late)
        page.goto(f"{site}/docs/roses/")
        page.keyboard.type("/pruning")
        expect(page.get_by_role("searchbox")).to_have_value("pruning")
        expect(page.get_by_role("status")).to_have_text("Results: 1")
        page.keyboard.type(" s")
        expect(page.get_by_role("searchbox")).to_have_value("pruning s")
        assert page.url == f"{site}/docs/roses/"
        assert said == []


def test_on_the_search_page_a_slash_is_written_and_leads_to_the_field(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/search/")
        page.get_by_role("link", name="Skip to content").focus()
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("a/b")
        expect(page.get_by_role("searchbox")).to_have_value("a/b")
        assert page.get_by_role("dialog").count() == 0
        assert said == []


def test_without_an_index_the_reader_is_told_and_can_try_again(browser: Browser, site: str):
    with opened(browser) as (page, _, _):
        page.route("**/*.pf_meta", lambda route: route.abort())
        page.route("**/static/pagefind.*.js", lambda route: route.fulfill(status=404, body=""))
        page.goto(f"{site}/search/")
        page.get_by_role("searchbox").fill("november")
        expect(page.get_by_role("status")).to_have_text("What search needs could not be loaded.")
        page.unroute("**/*.pf_meta")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("status")).to_have_text("Results: 1")


def test_a_pagefind_of_other_bytes_than_the_page_was_built_with_does_not_run(browser: Browser, site: str):
    other = "window.ran = true; export const options = () => {};"
    with opened(browser) as (page, _, _):
        page.route("**/static/pagefind.*.js*", lambda route: route.fulfill(body=other, content_type="text/javascript"))
        page.goto(f"{site}/search/")
        page.get_by_role("searchbox").fill("november")
        expect(page.get_by_role("status")).to_have_text("What search needs could not be loaded.")
        assert page.evaluate("() => window.ran") is None


def test_without_the_script_of_the_dialog_its_link_leads_to_the_page(browser: Browser, site: str):
    with opened(browser) as (page, _, _):
        page.route("**/search.*.js", lambda route: route.abort())
        page.goto(f"{site}/docs/roses/")
        page.keyboard.press("/")
        page.wait_for_url(f"{site}/search/")


def test_without_javascript_the_page_says_where_else_to_look(browser: Browser, site: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(f"{site}/docs/roses/")
        page.get_by_role("link", name="Search").click()
        page.wait_for_url(f"{site}/search/")
        expect(page.get_by_text("Search takes JavaScript")).to_be_visible()
        expect(page.locator("form.search")).to_be_hidden()
        assert {"Blog", "Docs", "Tags", "2026"} <= set(page.locator("main a").all_inner_texts())


@pytest.mark.parametrize("width", [320, 1280])
def test_the_dialog_fits_its_screen(browser: Browser, site: str, width: int):
    with searching(browser, f"{site}/docs/roses/", "compost", viewport={"width": width, "height": 600}) as page:
        expect(page.locator(".results h2")).to_have_count(8)
        for selector in ("dialog", "dialog form", ".results"):
            assert page.locator(selector).evaluate("(box) => box.scrollWidth <= box.clientWidth")
        assert page.locator("dialog").evaluate("(box) => box.getBoundingClientRect().bottom") <= 600


def test_the_search_page_does_not_scroll_sideways_on_a_narrow_screen(browser: Browser, site: str):
    with opened(browser, viewport={"width": 320, "height": 600}) as (page, _, _):
        page.goto(f"{site}/search/?q=compost&tag=autumn")
        expect(page.locator(".results h2")).to_have_count(8)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

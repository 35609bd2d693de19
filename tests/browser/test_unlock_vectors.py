"""The vectors of format 1, opened by the script of the theme in Chromium; those that have to be refused are."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml.html import fromstring
from playwright.sync_api import Browser, Page

from tests.browser.sealing import BASE, FIGURES
from tests.browser.vault import fault, field, try_password, with_document
from tests.browser.visits import opened, until

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parents[1] / "vectors"
FAULTS = {"wrong-password": "This password does not open the page.", "damaged": "This page is damaged"}


@cache
def vectors() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "encryption.json").read_text("utf-8")))


def stands_at(page: Page, host: str, path: str, document: Any) -> None:
    """Go to `path` of a host that publishes the document there."""
    text = with_document(page.context.request.get(host + BASE + FIGURES).text(), document)
    page.route(host + path, lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(host + path)


def opens(browser: Browser, host: str, case: dict[str, Any], password: str, content: dict[str, Any]) -> None:
    with opened(browser) as (page, said, _):
        stands_at(page, host, case["address"], case["document"])
        try_password(page, password)
        until(page, "title => document.title === title", content["title"])
        html = fromstring(f"<body>{content['html']}</body>")
        assert page.locator(".layout").evaluate("layout => layout.textContent").startswith(str(html.text_content()))
        assert said == []


PAGES = [
    (group, place, reader)
    for group, found in enumerate(vectors()["groups"])
    for place in range(len(found["pages"]))
    for reader in range(len(found["readers"]) if place == 0 else 1)
]


@pytest.mark.parametrize(("group", "place", "reader"), PAGES)
def test_every_page_of_the_vectors_opens_for_every_reader(browser: Browser, vault: str, group: int, place: int, reader: int):
    found = vectors()["groups"][group]
    case = found["pages"][place]
    readers = found["readers"][reader]
    opens(browser, vault, case, [readers["password"], *readers["written"]][-1], json.loads(bytes.fromhex(case["content"])))


def test_a_page_of_the_first_days_of_the_format_opens(browser: Browser, vault: str):
    case = json.loads((FOLDER / "page-1.json").read_text("utf-8"))
    opens(browser, vault, case, case["password"], json.loads(case["content"]))


@pytest.mark.parametrize("number", range(len(vectors()["refused"])), ids=[each["why"] for each in vectors()["refused"]])
def test_what_the_vectors_refuse_stays_closed_and_says_why(browser: Browser, vault: str, number: int):
    case = vectors()["refused"][number]
    with opened(browser) as (page, said, _):
        stands_at(page, vault, case["address"], case["document"])
        page.locator(".unlock form:not([hidden]), .unlock [role=alert]:not(:empty)").wait_for()
        if field(page).is_visible():
            try_password(page, case["password"])
        assert fault(page).startswith(FAULTS[case["as"]])
        assert page.title() == "Protected page · Small"
        assert said == []

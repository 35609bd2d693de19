"""Visits to sealed pages."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.sealing import PASSWORDS


def field(page: Page) -> Locator:
    """Where the password is typed, once it can be."""
    return page.get_by_label("Password", exact=True)


def try_password(page: Page, password: str) -> None:
    """Type a password and press Enter, once that can be done."""
    field(page).fill(password)
    field(page).press("Enter")


def fault(page: Page) -> str:
    """What is said to be wrong, once something is."""
    alert = page.locator(".unlock [role=alert]:not(:empty)")
    alert.wait_for()
    return alert.inner_text()


def unlock(page: Page, address: str, password: str = PASSWORDS[0], *, remembered: bool = False) -> None:
    """Go to a sealed page and open it."""
    page.goto(address)
    field(page).wait_for()
    if remembered:
        page.get_by_label("Remember on this device").check()
    try_password(page, password)
    wait_open(page)


def wait_open(page: Page) -> None:
    """Wait until a sealed page is open."""
    page.locator("h1[tabindex]").wait_for()


def held(page: Page, pattern: str) -> list[Route]:
    """Requests that are kept waiting, as they come in."""
    found: list[Route] = []

    def hold(route: Route) -> None:
        found.append(route)

    page.route(pattern, hold)
    return found


def arrived(page: Page, waiting: list[Route]) -> None:
    """Wait until something is asked for."""
    end = time.monotonic() + 10
    while not waiting:
        assert time.monotonic() < end, "nothing was asked for"
        page.evaluate("0")


def let_go(page: Page, waiting: list[Route]) -> None:
    """Let the requests go on, once the first is there."""
    arrived(page, waiting)
    for route in waiting:
        route.continue_()


def heading(page: Page, text: str) -> None:
    """Wait until the page with that heading is shown."""
    expect(page.locator("h1[tabindex]")).to_have_text(text)


def document_of(file: Path) -> dict[str, Any]:
    """What a built page carries."""
    return document_in(file.read_text("utf-8"))


def document_in(text: str) -> dict[str, Any]:
    """What the HTML of a locked page carries."""
    found = _DOCUMENT.search(text)
    assert found
    return dict(json.loads(found[1]))


def with_document(text: str, document: Any) -> str:
    """The HTML of a locked page with another document in it."""
    return _DOCUMENT.sub(lambda found: found[0].replace(found[1], json.dumps(document)), text)


_DOCUMENT = re.compile(r'<script type="application/json" id="site:sealed">(.*?)</script>')

"""Visits to a published site: a fresh profile each, and what the browser said and asked for meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Frame, Page

PHONE, DESKTOP = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
# The four variants in which pages are looked at: width and colours.
VARIANTS: tuple[tuple[int, Any], ...] = ((360, "light"), (360, "dark"), (1280, "light"), (1280, "dark"))


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str], list[str]]]:
    """A page in a fresh profile, what the console says, and every address that is asked for."""
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(**options)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    try:
        yield page, said, asked
    finally:
        context.close()


def until(page: Page | Frame, script: str, arg: Any = None) -> None:
    """Wait until `script` is true in `page`.

    Playwright's own `wait_for_function` asks again with `eval` within the page, which the policy of these sites forbids.

    Raises:
        AssertionError: it is not within ten seconds.
    """
    end = time.monotonic() + 10
    while not page.evaluate(script, arg):
        assert time.monotonic() < end, f"never so: {script}"
        time.sleep(0.02)


def tab_to(page: Page, **role: Any) -> None:
    """Press Tab until the element of that role and name has the focus.

    Raises:
        AssertionError: the keyboard does not come there.
    """
    wanted = page.get_by_role(**role)
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("found => found.includes(document.activeElement)"):
            return
        stops.append(
            page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '').slice(0, 30)")
        )
    raise AssertionError(f"{role} is none of the stops of the keyboard: {stops}")


def focused(page: Page) -> str:
    """What has the focus, as its text or its label."""
    return str(page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText).trim()"))

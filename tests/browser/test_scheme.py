"""Light and dark: as the system has it or as the reader chose, from the first picture on."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from tests.browser.demo import PAGES
from tests.browser.visits import DESKTOP, opened, until

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.documentElement).backgroundColor"
# When the choice is there, and in which colour each frame is drawn.
WATCH = """
    window.seen = { chosen: null, frames: [] };
    new MutationObserver(() => {
        const root = document.documentElement;
        if (root?.dataset.scheme && window.seen.chosen === null) window.seen.chosen = document.body ? "late" : "before the body";
    }).observe(document, { attributes: true, childList: true, subtree: true });
    const frame = () => {
        const root = document.documentElement;
        const style = root && document.body && getComputedStyle(root);
        if (style) window.seen.frames.push(style.backgroundColor + " " + style.colorScheme);
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
"""


def is_light(page: Page) -> bool:
    return int(page.evaluate(GROUND).split("(")[1].split(",")[0]) > 127


def choose(page: Page, scheme: str) -> None:
    """Press the switch until it says `scheme`."""
    switch = page.get_by_role("button", name="Theme:")
    for _ in range(3):
        if switch.get_attribute("aria-label") == f"Theme: {scheme}":
            return
        switch.click()
    assert switch.get_attribute("aria-label") == f"Theme: {scheme}"


@pytest.mark.parametrize("name", ["home", "list", "post", "doc", "404"])
def test_the_colours_follow_the_system(browser: Browser, demo: str, name: str):
    with opened(browser, color_scheme="light") as (page, _, _):
        page.goto(demo + PAGES[name])
        assert is_light(page)
        page.emulate_media(color_scheme="dark")
        assert not is_light(page)


def test_the_switch_goes_three_ways_and_says_where_it_stands(browser: Browser, demo: str):
    with opened(browser, color_scheme="light") as (page, _, _):
        page.goto(demo)
        switch = page.get_by_role("button", name="Theme:")
        seen = []
        for _ in range(4):
            seen.append((switch.get_attribute("aria-label"), is_light(page)))
            switch.click()
        assert seen == [("Theme: system", True), ("Theme: light", True), ("Theme: dark", False), ("Theme: system", True)]


@pytest.mark.parametrize(("scheme", "system"), [("dark", "light"), ("light", "dark")])
def test_a_choice_is_kept_over_a_reload_and_on_the_next_page(browser: Browser, demo: str, scheme: str, system: Any):
    with opened(browser, color_scheme=system) as (page, _, _):
        page.goto(demo)
        choose(page, scheme)
        for path in ("/", PAGES["post"]):
            page.goto(demo + path)
            page.reload()
            assert is_light(page) == (scheme == "light")
            assert page.get_by_role("button", name=f"Theme: {scheme}").is_visible()


def test_who_goes_back_to_the_system_follows_it_again(browser: Browser, demo: str):
    with opened(browser, color_scheme="light") as (page, _, _):
        page.goto(demo)
        choose(page, "dark")
        choose(page, "system")
        page.reload()
        assert is_light(page)
        page.emulate_media(color_scheme="dark")
        assert not is_light(page)


def test_without_storage_the_switch_still_turns_the_page(browser: Browser, demo: str):
    with opened(browser, color_scheme="light") as (page, said, _):
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
        page.goto(demo)
        choose(page, "dark")
        assert not is_light(page)
        assert said == []


def test_without_javascript_there_is_no_switch_that_does_nothing(browser: Browser, demo: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(demo)
        assert not page.get_by_role("button", name="Theme:").is_visible()


@pytest.mark.parametrize(("scheme", "system"), [("dark", "light"), ("light", "dark")])
@pytest.mark.parametrize("name", ["home", "post", "doc", "404"])
def test_a_stored_choice_is_there_before_the_body_is_read(browser: Browser, demo: str, name: str, scheme: str, system: Any):
    with opened(browser, color_scheme=system) as (page, _, _):
        page.goto(demo)
        choose(page, scheme)
        page.add_init_script(WATCH)
        page.goto(demo + PAGES[name])
        until(page, "() => window.seen.frames.length > 2")
        seen = page.evaluate("window.seen")
        assert seen["chosen"] == "before the body"
        assert {frame.rsplit(")", 1)[1].strip() for frame in seen["frames"]} == {scheme}
        assert len(set(seen["frames"])) == 1


@pytest.mark.parametrize(("scheme", "system"), [("dark", "light"), ("light", "dark")])
def test_no_picture_of_a_slow_page_flashes(browser: Browser, demo: str, scheme: str, system: Any):
    def slowly(route: Route) -> None:
        page.wait_for_timeout(120)
        route.continue_()

    with opened(browser, color_scheme=system, viewport=DESKTOP) as (page, _, _):
        page.goto(demo)
        choose(page, scheme)
        page.route("**/static/*", slowly)
        frames: list[float] = []
        devtools = page.context.new_cdp_session(page)

        def is_right(brightness: float) -> bool:
            return (brightness > 127) == (scheme == "light")

        def keep(event: dict[str, Any]) -> None:
            picture = Image.open(BytesIO(base64.b64decode(event["data"]))).convert("L")
            frames.append(sum(picture.resize((8, 8)).tobytes()) / 64)
            devtools.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

        devtools.on("Page.screencastFrame", keep)
        devtools.send("Page.startScreencast", {"format": "png", "maxWidth": 320, "maxHeight": 240, "everyNthFrame": 1})
        # The first pictures may still be of the colours before the choice.
        for _ in range(100):
            page.wait_for_timeout(50)
            if frames and is_right(frames[-1]):
                break
        frames.clear()
        page.reload()
        page.goto(demo + PAGES["post"])
        page.wait_for_timeout(200)
        devtools.send("Page.stopScreencast")
        assert len(frames) > 1
        assert [frame for frame in frames if not is_right(frame)] == []

"""Pictures in several versions, video, and embeds that load when a reader asks for them, in a real browser under the site's own policy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from sitegen.freeze import Options, build_site
from tests.browser.hosting import serving
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

FRAME = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
TEXT = """# X

![A photograph](a.jpg "Said of it")

![Another](b.jpg)

::embed[A talk]{src="https://www.youtube.com/watch?v=dQw4w9WgXcQ" poster="a.jpg"}

::video[A film]{src="film.mp4" poster="a.jpg"}
"""


def photograph(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (1600, 800), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a host that publishes a page with one of each."""
    root: Path = tmp_path_factory.mktemp("pictures")
    (root / "content").mkdir()
    (root / "site.yaml").write_text("url: https://small.example/\nhosting: netlify\nimages: {widths: [400, 800]}\n")
    (root / "content/x.md").write_text(TEXT)
    (root / "content/film.mp4").write_bytes(b"no film")
    for name, colour in (("a", "red"), ("b", "blue")):
        (root / f"content/{name}.jpg").write_bytes(photograph(colour))
    build_site(root, root / "build", Options(overrides={"now": datetime.now(UTC)}))
    with serving(root / "build") as address:
        yield address


def test_a_browser_takes_the_version_that_it_needs(browser: Browser, site: str):
    with opened(browser, viewport={"width": 375, "height": 740}) as (page, said, asked):
        page.goto(f"{site}/x/")
        page.wait_for_load_state("networkidle")
        shown = page.locator("main figure img").first
        assert "/a-400." in str(shown.evaluate("image => image.currentSrc"))
        assert str(shown.evaluate("image => image.currentSrc")).endswith(".avif")
        assert shown.evaluate("image => image.naturalWidth > 0")
        assert said == []
        assert {url for url in asked if not url.startswith(site)} == set()


def test_the_text_does_not_jump_when_a_picture_comes(browser: Browser, site: str):
    with opened(browser, viewport={"width": 800, "height": 700}) as (page, _, _):
        page.route("**/*.avif", lambda route: None)
        page.goto(f"{site}/x/", wait_until="domcontentloaded")
        box = page.locator("main figure img").first.bounding_box()
        assert box is not None
        assert abs(box["width"] / box["height"] - 2) < 0.02


def test_an_embed_loads_nothing_until_it_is_asked_for(browser: Browser, site: str):
    with opened(browser) as (page, said, asked):
        page.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="<p>The player", content_type="text/html"))
        page.goto(f"{site}/x/")
        page.wait_for_load_state("networkidle")
        assert {url for url in asked if not url.startswith(site)} == set()
        assert page.locator("iframe").count() == 0
        link = page.get_by_role("link", name="A talk")
        link.focus()
        page.keyboard.press("Enter")
        frame = page.locator("iframe")
        assert frame.get_attribute("src") == FRAME
        assert frame.get_attribute("title") == "A talk"
        assert "allow-scripts" in str(frame.get_attribute("sandbox"))
        assert page.evaluate("document.activeElement.tagName") == "IFRAME"
        assert page.frame_locator("iframe").locator("p").inner_text() == "The player"
        assert said == []


def test_without_javascript_an_embed_is_a_link(browser: Browser, site: str):
    with opened(browser, java_script_enabled=False) as (page, _, asked):
        page.goto(f"{site}/x/")
        link = page.get_by_role("link", name="A talk")
        assert link.get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
        assert link.locator("img").first.is_visible()
        assert {url for url in asked if not url.startswith(site)} == set()


def test_a_film_waits_for_its_reader(browser: Browser, site: str):
    with opened(browser) as (page, said, asked):
        page.goto(f"{site}/x/")
        page.wait_for_load_state("networkidle")
        assert page.get_by_label("A film").is_visible()
        assert not [url for url in asked if url.endswith(".mp4")]
        assert said == []


@pytest.mark.parametrize("width", [320, 1280])
def test_such_a_page_does_not_scroll_sideways(browser: Browser, site: str, width: int):
    with opened(browser, viewport={"width": width, "height": 700}) as (page, _, _):
        page.goto(f"{site}/x/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width

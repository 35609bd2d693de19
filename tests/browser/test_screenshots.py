"""Pictures of one page of each template, narrow and wide, light and dark, for people to look at: into the folder SITEGEN_SCREENSHOTS."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.demo import PAGES, PLAIN_PAGES
from tests.browser.visits import VARIANTS, opened

FOLDER = os.environ.get("SITEGEN_SCREENSHOTS", "")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not FOLDER, reason="SITEGEN_SCREENSHOTS names no folder")]


@pytest.mark.parametrize("name", PAGES)
def test_a_picture_of_each_template_is_kept(browser: Browser, demo: str, name: str):
    with opened(browser, reduced_motion="reduce") as (page, _, _):
        page.goto(demo + PAGES[name])
        page.wait_for_load_state("networkidle")
        keep(page, name)


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_a_picture_of_each_page_of_a_plain_site_is_kept(browser: Browser, plain: str, name: str):
    with opened(browser, reduced_motion="reduce") as (page, _, _):
        page.goto(plain + PLAIN_PAGES[name])
        keep(page, f"plain-{name}")


def keep(page: Page, name: str) -> None:
    """Write the four variants of the page at hand; each shows something."""
    folder = Path(FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in VARIANTS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        _fetch_all_pictures(page)
        data = page.screenshot(full_page=True, animations="allow")
        assert len(Image.open(BytesIO(data)).convert("RGB").getcolors(1 << 24) or ()) > 8
        (folder / f"{name}-{width}-{scheme}.png").write_bytes(data)


def _fetch_all_pictures(page: Page) -> None:
    """Those further down wait for a reader who scrolls."""
    page.evaluate(
        """async () => {
            const pictures = [...document.images];
            pictures.forEach((picture) => (picture.loading = "eager"));
            await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
        }"""
    )

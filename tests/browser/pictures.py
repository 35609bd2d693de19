"""Takes the pictures of README and documentation anew, from this project's own site: ``make pictures``."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from sitegen.freeze import Options, build_site
from tests.browser.conftest import FLAGS, ROOT
from tests.browser.hosting import serving

# The address, the window, and the colours of each.
PICTURES: dict[str, tuple[str, tuple[int, int], Any]] = {
    "home": ("/", (1280, 800), "light"),
    "doc": ("/docs/writing/markdown/", (1280, 800), "light"),
    "post-dark": ("/blog/building-sitegen/", (1280, 800), "dark"),
    "search": ("/docs/", (1280, 800), "light"),
    "phone": ("/docs/first-site/", (390, 800), "light"),
}
FOLDER = ROOT / "content" / "docs" / "pictures"
LARGEST = 60_000


def take(browser: Browser, host: str, name: str) -> bytes:
    """One of the pictures, as WebP."""
    path, (width, height), scheme = PICTURES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(host + path)
    if name == "search":
        _search(page)
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot(animations="allow"))).convert("RGB")
    context.close()
    return _packed(picture)


def _search(page: Page) -> None:
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("front matter")
    dialog.get_by_role("link").first.wait_for()


def _packed(picture: Image.Image) -> bytes:
    """As small as it must be, and as good as it may be."""
    for quality in (90, 80, 70, 60, 50):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def main(chromium: str = "/usr/bin/chromium") -> None:
    """Build the site, and write every picture that is not what it was."""
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        build_site(ROOT, Path(temporary) / "build", Options(wait=True, overrides={"now": datetime.now(UTC)}))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving(Path(temporary) / "build") as host:
            FOLDER.mkdir(exist_ok=True)
            for name in PICTURES:
                data = take(browser, host, name)
                (FOLDER / f"{name}.webp").write_bytes(data)
                sys.stdout.write(f"{(FOLDER / name).relative_to(ROOT)}.webp {len(data):,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main()

"""Front pages and lists in a real browser: nothing moves while pictures load, and nothing is wider than a small phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from sitegen.freeze import Options, build_site
from tests.browser.hosting import serving
from tests.conftest import post
from tests.test_pictures import picture

pytestmark = pytest.mark.browser

LONG = "A title that is longer than titles are, with Donaudampfschifffahrtsgesellschaftskapitän in it"
SITE = """title: A site with a name that is not short
url: https://small.example/
hosting: netlify
authors: {mira: {name: Mira Lindqvist de la Fuente, image: face.png}, tom: {name: Tom}}
home:
  hero: {text: What grows., image: hero.jpg, actions: [{title: Read, url: /blog/}]}
  features: [{title: One, text: Of three., icon: face.png}, {title: Two}]
  sections: [features, text, docs, release, latest, pages]
"""
PATHS = ["/", "/blog/", "/releases/", "/tags/", "/authors/", "/series/", "/docs/", "/404.html"]


def _files() -> Iterator[tuple[str, str | bytes]]:
    yield "site.yaml", SITE
    yield "content/hero.jpg", picture("JPEG", 1600, 1200)
    yield "content/face.png", picture("PNG", 60, 90)
    yield "content/about.md", "# About\n\nWe are few.\n"
    yield "content/docs/guide/one.md", "# One\n"
    yield "content/docs/two.md", post(title="Two", description="Of two.")
    yield "content/releases/1.0.0.md", post("The first.\n\n## Security\n\n- It.", date="2025-01-01")
    for number in range(8):
        yield f"content/blog/{number}.jpg", picture("JPEG", 900, 500 + 100 * number)
        said = {"image": f"{number}.jpg", "tags": "[soil, water]", "authors": f"[{'tom' if number else 'mira'}]", "series": "A tour"}
        yield f"content/blog/{number}.md", post("Words of some length. " * 20, title=LONG, date=f"2025-01-0{number + 1}", **said)


@pytest.fixture(scope="module")
def ways_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("ways-in")
    for name, data in _files():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    build_site(root, root / "build", Options(overrides={"now": datetime(2026, 1, 15, tzinfo=UTC), "search": False}))
    with serving(root / "build") as address:
        yield address


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, ways_in: str, path: str, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(ways_in + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("path", ["/", "/blog/", "/authors/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_pictures_load(browser: Browser, ways_in: str, path: str, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const each of list.getEntries()) window.moved += each.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(ways_in + path, wait_until="networkidle")
    for _ in range(10):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(50)
    assert page.evaluate("window.moved") == 0
    page.close()


def test_faces_are_round(browser: Browser, ways_in: str):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(ways_in + "/authors/")
    assert page.locator(".people img").first.evaluate("each => each.offsetWidth === each.offsetHeight")
    page.close()

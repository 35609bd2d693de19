"""What is read: a measure for the eye, columns that suit the width, a tree that remembers; from right to left and on paper too."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sitegen.freeze import Options, build_site
from tests.browser.hosting import serving
from tests.conftest import post

pytestmark = pytest.mark.browser

ARABIC = "هذا نص عربي طويل يصف كيف يبدأ الإنسان حديقته الصغيرة وما الذي يحتاج إليه من أدوات وبذور وماء. " * 3
BLOCKS = """
```console title="x"
$ sitegen build --output a-very-long-name-of-a-folder-that-is-wider-than-a-phone --jobs 2 --strict --verify
```

!!! warning
    W.

??? note "D"
    N.

| A | B | C |
|---|---|--:|
| one of them | another of them | 3 |

Note[^1].

[^1]: There.
"""
SITE = {
    "site.yaml": """
title: دليل الحديقة
url: https://rtl.example/
language: ar
hosting: netlify
menus: {main: [{title: الوثائق, url: /docs/}]}
""",
    "content/docs/index.md": "---\ntitle: الوثائق\n---\n\n" + ARABIC,
    "content/docs/guide/index.md": "---\ntitle: الدليل\n---\n\n" + ARABIC,
    "content/docs/guide/start.md": f"---\ntitle: البداية\n---\n\n{ARABIC}\n\n## قسم\n{BLOCKS}\n## قسم ثان\n\n{ARABIC}",
    **{f"content/docs/many/page-{number:02}.md": f"---\ntitle: Page {number}\n---\n\nText.\n" for number in range(60)},
    "content/docs/many/index.md": "---\ntitle: Many\n---\n\nText.\n",
    "content/blog/a.md": post("Text.\n\n## One\n\nText.\n\n## Two\n\nText.", title="A", date="2025-01-01", tags="[t]", series="S"),
    "content/blog/b.md": post("Text.", title="B", date="2025-01-02", tags="[t]", series="S"),
    "content/releases/1.0.md": "## إصلاحات\n\n- one\n\n## Security\n\n- two\n",
}


@pytest.fixture(scope="module")
def rtl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site that is written from right to left."""
    root = tmp_path_factory.mktemp("rtl")
    for name, text in SITE.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_site(root, root / "build", Options(overrides={"now": datetime(2026, 1, 15, tzinfo=UTC), "search": False}))
    with serving(root / "build") as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found, locator
    return {side: found[side] for side in ("x", "y", "width", "height")}


# The letters of each full line of the paragraphs that are long enough to have some.
LINES = """() => [...document.querySelectorAll(".prose > p")].flatMap((paragraph) => {
  const range = document.createRange(), walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), lines = [];
  let bottom = -99;
  while (walker.nextNode()) {
    for (let at = 0; at < walker.currentNode.length; at++) {
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const box = range.getClientRects()[0];
      if (!box) continue;
      if (Math.abs(box.bottom - bottom) > 12) { lines.push(0); bottom = box.bottom; }
      lines[lines.length - 1]++;
    }
  }
  return lines.slice(0, -1);
})"""


@pytest.mark.parametrize("path", ["/blog/building-sitegen/", "/docs/templates/", "/about/"])
@pytest.mark.parametrize("width", [700, 1000, 1216, 1280, 1440, 2560])
def test_a_line_of_text_has_between_60_and_75_letters(browser: Browser, host: str, path: str, width: int):
    with opened(browser, host + path, width) as page:
        lines = page.evaluate(LINES)
        assert len(lines) > 5
        assert 60 <= statistics.mean(lines) <= 75


def test_the_measure_is_that_of_the_letters_whatever_the_font(browser: Browser, host: str):
    with opened(browser, f"{host}/blog/building-sitegen/") as page:
        for font in ("Liberation Serif", "DejaVu Sans", "DejaVu Serif", "Liberation Sans Narrow"):
            page.evaluate("font => document.documentElement.style.setProperty('--sans', font)", f'"{font}"')
            assert 58 <= statistics.mean(page.evaluate(LINES)) <= 78, font


@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (1100, 2), (700, 1), (360, 1)])
def test_docs_have_as_many_columns_as_there_is_room_for(browser: Browser, host: str, width: int, columns: int):
    with opened(browser, f"{host}/docs/first-site/", width) as page:
        seen = [name for name in (".tree", ".contents") if page.locator(name).is_visible()]
        assert seen == [".tree", ".contents"][: columns - 1]
        starts = [box(page.locator(name))["x"] for name in [*seen[:1], "main", *seen[1:]]]
        assert starts == sorted(starts)
        assert len(set(starts)) == columns


@pytest.mark.parametrize("width", [360, 1100, 1280])
@pytest.mark.parametrize("path", ["/docs/guide/start/", "/blog/a/", "/releases/1.0/", "/blog/", "/"])
def test_nothing_scrolls_sideways_from_right_to_left(browser: Browser, rtl: str, path: str, width: int):
    with opened(browser, rtl + path, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("scrollTo(-500, 0)")
        assert page.evaluate("scrollX") == 0


def test_columns_stand_the_other_way_round_from_right_to_left(browser: Browser, rtl: str):
    with opened(browser, f"{rtl}/docs/guide/start/") as page:
        tree, main, contents = (box(page.locator(name))["x"] for name in (".tree", "main", ".contents"))
        assert tree > main > contents
        code = page.locator("pre code").first
        assert code.evaluate("code => getComputedStyle(code).direction") == "ltr"


def test_a_phone_opens_the_tree_without_javascript_and_escape_closes_it(browser: Browser, host: str):
    with opened(browser, f"{host}/docs/writing/links/", 360, java_script_enabled=False) as page:
        opener = page.locator(".tree-opener")
        opener.focus()
        page.keyboard.press("Enter")
        current = page.locator('.tree [aria-current="page"]')
        assert current.is_visible()
        page.keyboard.press("Escape")
        assert not current.is_visible()
        assert opener.evaluate("opener => opener === document.activeElement")


def test_the_tree_shows_the_page_that_is_read_and_stays_where_it_was(browser: Browser, rtl: str):
    with opened(browser, f"{rtl}/docs/many/page-55/") as page:
        current = page.locator('.tree [aria-current="page"]')
        assert 0 < box(current)["y"] < 800 - box(current)["height"]
        before = page.locator(".tree").evaluate("tree => tree.scrollTop")
        assert before > 0
        page.reload()
        assert page.locator(".tree").evaluate("tree => tree.scrollTop") == before
        page.locator(".tree a", has_text="Page 53").click()
        assert page.locator(".tree").evaluate("tree => tree.scrollTop") == before


def test_the_tree_remembers_what_was_folded_out(browser: Browser, host: str):
    with opened(browser, f"{host}/docs/first-site/") as page:
        fold = page.locator('.tree a[href$="/reference/"] + details')
        assert fold.get_attribute("open") is None
        fold.locator("summary").click()
        page.reload()
        assert fold.get_attribute("open") is not None
        page.goto(f"{host}/docs/templates/")
        assert fold.get_attribute("open") is not None


def test_the_section_that_is_read_is_marked_without_moving_anything(browser: Browser, host: str):
    with opened(browser, f"{host}/docs/first-site/") as page:
        heights = page.locator(".contents").evaluate("nav => nav.scrollHeight")
        page.evaluate("scrollTo({top: document.querySelectorAll('.prose h2')[4].offsetTop + 200, behavior: 'instant'})")
        expect(page.locator(".contents a").nth(4)).to_have_attribute("aria-current", "location")
        assert page.locator(".contents [aria-current]").count() == 1
        assert page.locator(".contents").evaluate("nav => nav.scrollHeight") == heights


def test_kinds_of_change_are_told_by_a_sign_and_not_by_colour_alone(browser: Browser, rtl: str):
    with opened(browser, f"{rtl}/releases/1.0/") as page:
        signs = [each.evaluate("each => getComputedStyle(each, '::before').content") for each in page.locator(".prose h2").all()]
        assert len({sign for sign in signs if sign != "none"}) == 2


def test_numbers_of_lines_are_not_in_what_is_marked(browser: Browser, host: str):
    with opened(browser, f"{host}/docs/writing/code/") as page:
        numbered = page.locator("pre:has(.linenos)").first
        assert numbered.count() == 1
        text = numbered.evaluate("pre => { getSelection().selectAllChildren(pre); return String(getSelection()) }")
        number = numbered.locator(".linenos").first.get_attribute("data-linenos") or ""
        assert not text.startswith(number.strip() + " ")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_light_and_shows_where_links_lead(browser: Browser, host: str, scheme: Any):
    with opened(browser, f"{host}/docs/templates/", color_scheme=scheme) as page:
        page.emulate_media(media="print", color_scheme=scheme)
        red = page.evaluate("getComputedStyle(document.documentElement).backgroundColor").split("(")[1].split(",")[0]
        assert int(red) > 240
        assert "jinja" in page.locator('.prose a[href*="jinja"]').first.evaluate("link => getComputedStyle(link, '::after').content")
        assert not any(page.locator(name).is_visible() for name in (".site-header", ".site-footer", ".tree", ".contents"))
        assert page.locator("pre").first.evaluate("pre => getComputedStyle(pre).whiteSpace") == "pre-wrap"


def test_in_forced_colours_what_is_current_still_differs(browser: Browser, host: str):
    with opened(browser, f"{host}/docs/first-site/", forced_colors="active") as page:
        bars = page.evaluate("[...document.querySelectorAll('.tree a')].map(link => getComputedStyle(link, '::before').content)")
        assert len([bar for bar in bars if bar != "none"]) == 1


def test_a_reader_who_wants_less_motion_sees_none(browser: Browser, host: str):
    with opened(browser, f"{host}/docs/templates/", reduced_motion="reduce") as page:
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate("document.getAnimations().filter(each => each.effect.target.matches('body')).length") == 0

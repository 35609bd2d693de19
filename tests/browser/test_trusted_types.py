"""The content security policy in a real browser, from a header and from the page: what it lets through, and what it stops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from sitegen.freeze import Options, build_site
from tests.browser.hosting import serving
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

# It writes into the page in each of the ways in which Mermaid does.
MERMAID = """
const policy = trustedTypes.createPolicy("dompurify", { createHTML: (text) => text });
window.mermaid = {
  initialize() {},
  async render(id, source) {
    const box = document.createElement("div");
    document.body.appendChild(box);
    const start = `<svg id="${id}" width="100%" viewBox="0 0 80 40" xmlns="http://www.w3.org/2000/svg">`;
    box.innerHTML = `${start}<g style="fill: red"><rect width="80" height="40"/></g></svg>`;
    const style = document.createElement("style");
    style.textContent = `#${id} rect { stroke: blue }`;
    box.firstChild.insertBefore(style, box.firstChild.firstChild);
    const parsed = new DOMParser().parseFromString(policy.createHTML('<p style="x: y"><style>a{}</style></p>'), "text/html");
    window.measured = getComputedStyle(box.querySelector("rect")).stroke + getComputedStyle(box.querySelector("g")).fill;
    box.firstChild.setAttribute("style", "max-width: 80px");
    const svg = box.innerHTML;
    box.remove();
    return { svg };
  },
};
"""
FILES = {
    "static/mermaid.min.js": MERMAID,
    "content/x.md": '# X\n\n```mermaid title="A flow"\ngraph LR\n```\n',
    "content/blog/y.md": "---\ndate: 2025-01-01\n---\n\n# Y\n\nText.\n",
}


@pytest.fixture(scope="module", params=["netlify", "plain"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a host that publishes a site with a Mermaid of its own."""
    root: Path = tmp_path_factory.mktemp("policy")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    settings = f"url: https://small.example/\nhosting: {request.param}\nsearch: false\nmarkdown: {{mermaid: mermaid.min.js}}\n"
    (root / "site.yaml").write_text(settings)
    build_site(root, root / "build", Options(overrides={"now": datetime.now(UTC)}))
    if request.param == "plain":
        (root / "build/_headers").write_text("")
    with serving(root / "build") as address:
        yield address


def drawn(page: Page) -> str:
    """The picture that a page shows in the place of its diagram."""
    page.locator("img.diagram-picture").wait_for()
    return unquote(str(page.locator("img.diagram-picture").get_attribute("src")))


def test_mermaid_draws_without_a_violation(browser: Browser, site: str):
    with opened(browser) as (page, said, asked):
        page.goto(f"{site}/x/")
        picture = drawn(page)
        assert ("<style>#diagram-1 rect { stroke: blue }</style>" in picture, '<g style="fill: red;">' in picture) == (True, True)
        assert 'width="80" height="40"' in picture
        assert page.evaluate("() => window.measured") == "rgb(0, 0, 255)rgb(255, 0, 0)"
        assert said == []
        assert {url for url in asked if not url.startswith((site, "data:"))} == set()


def test_text_becomes_markup_nowhere_else(browser: Browser, site: str):
    with opened(browser) as (page, _, _):
        page.goto(f"{site}/x/")
        drawn(page)
        for path in ("/x/", "/blog/y/"):
            page.goto(site + path)
            page.wait_for_load_state("networkidle")
            tried = "() => { try { document.body.innerHTML = '<p>x</p>'; return 'written' } catch (error) { return error.name } }"
            assert page.evaluate(tried) == "TypeError"


def test_structured_data_is_no_script(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/blog/y/")
        page.wait_for_load_state("networkidle")
        assert page.locator('script[type="application/ld+json"]').count() > 0
        assert said == []


def test_a_file_that_is_another_is_not_run(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.route("**/mermaid.min.*", lambda route: route.fulfill(body="window.taken = true", content_type="text/javascript"))
        page.goto(f"{site}/x/")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("() => window.taken === undefined")
        assert any("integrity" in text for text in said)

"""A site with a group of readers, as sitegen publishes it: its pages open in Chromium, and so does all that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from sitegen.freeze import Options, build_site
from tests.browser.hosting import serving
from tests.browser.sealing import NOW, PASSWORDS, picture
from tests.browser.test_axe import findings
from tests.browser.vault import unlock
from tests.browser.visits import opened, until
from tests.conftest import PROJECT

pytestmark = pytest.mark.browser

FILES: dict[str, str | bytes] = {
    "site.yaml": """title: Small
url: https://small.example/
hosting: netlify
search: false
protected:
  clients:
    title: For our clients
    folders: [clients]
    passwords: ../clients.txt
""",
    "content/index.md": "# Welcome\n\nTo [our clients](/clients/).\n",
    "content/clients/offer.md": (
        "---\ntitle: The offer & more\n---\n\nSee the [figures](figures.md#costs) and [the terms](terms.txt).\n\n"
        "## One\n\n![The harbour](sea.png)\n\n```python\nx = 1\n```\n\n## Two\n\nDone.\n"
    ),
    "content/clients/figures.md": "---\ntitle: Figures\n---\n\nBack to the [offer](offer.md).\n\n## Costs\n\nMuch.\n\n## Last\n\nDone.\n",
    "content/clients/terms.txt": "Terms.\n",
    "content/clients/sea.png": picture(400, 300),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("protected") / "site"
    for name, data in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (root.parent / "clients.txt").write_text(f"ann: {PASSWORDS[0]}\nberta: {PASSWORDS[1]}\n", encoding="utf-8")
    build_site(root, root / "build", Options(overrides={"now": NOW}))
    with serving(root / "build") as address:
        yield address


def test_a_reader_goes_from_the_list_to_a_page_and_on_to_the_next(browser: Browser, site: str):
    with opened(browser) as (page, said, asked):
        unlock(page, f"{site}/clients/", PASSWORDS[1])
        assert page.title() == "For our clients · Small"
        page.get_by_role("searchbox", name="Filter these pages").fill("offer more")
        expect(page.locator(".found")).to_have_text("Pages: 1")
        page.get_by_role("link", name="The offer & more").click()
        expect(page.locator("h1[tabindex]")).to_have_text("The offer & more")
        assert page.title() == "The offer & more · Small"
        until(page, "document.images[0]?.naturalWidth === 400")
        with page.expect_download() as coming:
            page.get_by_role("link", name="the terms").click()
        assert coming.value.suggested_filename == "terms.txt"
        page.get_by_role("link", name="figures").click()
        expect(page.locator("h1[tabindex]")).to_have_text("Figures")
        assert page.url.endswith("/#costs")
        expect(page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="For our clients")).to_be_visible()
        assert said == []
        assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []


def test_axe_finds_nothing_on_the_list_of_a_group(browser: Browser, site: str):
    with opened(browser, bypass_csp=True, reduced_motion="reduce") as (page, _, _):
        unlock(page, f"{site}/clients/")
        assert findings(page) == []


def test_the_page_to_try_opens_with_the_password_that_the_write_up_tells(browser: Browser, host: str):
    told = re.search(r"opens with the password `([^`]+)`", (PROJECT / "content" / "encryption.md").read_text(encoding="utf-8"))
    assert told is not None
    with opened(browser) as (page, said, _):
        page.goto(f"{host}/encryption/")
        page.get_by_role("link", name="A protected page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A protected page to try")
        page.get_by_label("Password", exact=True).fill(told[1])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are in")
        until(
            page, "() => document.querySelector('main img').naturalWidth > 0 && document.querySelector('main img').src.startsWith('blob:')"
        )
        with page.expect_download() as download:
            page.get_by_role("link", name="note beside this page").click()
        assert (download.value.suggested_filename, "plain on your disk" in download.value.path().read_text()) == ("note.txt", True)
        page.get_by_role("link", name="a second page").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A second page")
        assert said == []

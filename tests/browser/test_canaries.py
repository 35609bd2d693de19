"""A reader with the password sees every word, picture and file of the protected pages."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sitegen.freeze import Options, build_site
from tests.browser.hosting import made_once, serving
from tests.browser.visits import until
from tests.checks.canaries import ENVIRONMENT, READERS
from tests.checks.canary_pages import planted
from tests.checks.canary_places import address_of, group_of

pytestmark = pytest.mark.browser
SITE = planted()
PASSWORDS = {group: next(iter(readers.values())) for group, readers in READERS.items()}
# Where no reader gets: they are not published.
UNPUBLISHED = ("draft", "future", "expired", "drafted")
PAGES = sorted({each.page for each in SITE.canaries if not each.label.startswith(UNPUBLISHED)})


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    def make(folder: Path) -> None:
        root = SITE.write(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(os.environ, *next(iter(ENVIRONMENT.items())))
            build_site(root, root / "build", Options(overrides={"now": datetime(2026, 1, 15, 12, tzinfo=UTC), "search": False}))

    with serving(made_once(tmp_path_factory, "canaries", make) / "site" / "build") as address:
        yield address


@pytest.fixture(scope="module")
def reader(browser: Browser, host: str) -> Iterator[Page]:
    """A browser that remembers the passwords of both groups."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    for group, address in {"clients": "/clients/", "staff": "/inside/"}.items():
        page.goto(host + address)
        page.get_by_label("Remember on this device").check()
        page.get_by_label("Password", exact=True).fill(PASSWORDS[group])
        page.get_by_role("button", name="Open", exact=True).click()
        until(page, "!document.querySelector('.unlock')")
    yield page
    context.close()


def shown(reader: Page, host: str, page: str) -> Mapping[str, Any]:
    """What a reader sees of a page once it is open: all in lower case, as styles may set it in capitals."""
    reader.goto(host + address_of(SITE, page))
    until(reader, "!document.querySelector('.unlock')")
    seen = {"title": reader.title(), "text": reader.inner_text("body"), "html": reader.content()}
    return {name: text.lower() for name, text in seen.items()}


@pytest.mark.parametrize("page", PAGES)
def test_a_reader_sees_every_word_of_a_page(reader: Page, host: str, page: str):
    seen = shown(reader, host, page)
    wanted = [each for each in SITE.canaries if each.page == page and each.seen in seen]
    assert [each.label for each in wanted if each.word not in seen[each.seen]] == []


@pytest.mark.parametrize("page", sorted({picture.page for picture in SITE.pictures if picture.seen}))
def test_a_reader_sees_every_picture_of_a_page(reader: Page, host: str, page: str):
    shown(reader, host, page)
    wanted = [picture for picture in SITE.pictures if picture.page == page and picture.seen]
    until(
        reader,
        "count => [...document.images].filter(each => each.src.startsWith('blob:') && each.naturalWidth).length >= count",
        len(wanted),
    )
    colours = reader.evaluate(
        """() => [...document.images].filter(each => each.naturalWidth).map(each => {
            const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
            canvas.getContext("2d").drawImage(each, 0, 0, 1, 1);
            return [...canvas.getContext("2d").getImageData(0, 0, 1, 1).data].slice(0, 3);
        })"""
    )
    missing = [each.label for each in wanted if not any(all(abs(a - b) < 6 for a, b in zip(c, each.colour, strict=True)) for c in colours)]
    assert missing == []


@pytest.mark.parametrize("canary", [each for each in SITE.canaries if each.seen == "file"], ids=lambda each: each.label)
def test_a_reader_gets_a_file(reader: Page, host: str, canary: Any):
    shown(reader, host, canary.page)
    link = next(each for each in SITE.canaries if each.label == canary.label.replace("download", "text of a download"))
    with reader.expect_download() as download:
        reader.get_by_role("link", name=f"the {link.word}").click()
    assert canary.word in Path(download.value.path()).read_text()


def test_the_list_of_a_group_names_its_pages(reader: Page, host: str):
    reader.goto(host + "/clients/")
    until(reader, "!document.querySelector('.unlock')")
    text = reader.inner_text("main")
    titles = [each for each in SITE.canaries if each.label.endswith(": title") and group_of(SITE, each.page) == "clients"]
    assert len(titles) > 10
    assert [each.label for each in titles if each.word not in text and not each.label.startswith((*UNPUBLISHED, "unlisted"))] == []

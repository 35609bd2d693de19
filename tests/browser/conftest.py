"""The sites that are looked at, each built once and published on loopback, and the browser that looks at them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from sitegen.freeze import Options, build_site
from tests.browser.demo import build_demo, build_plain
from tests.browser.hosting import made_once, serving
from tests.browser.sealing import build_sealed

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # Traffic of its own, which this machine may not be able to answer.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The same pixels on every machine.
    "--font-render-hinting=none",
    "--disable-lcd-text",
]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site."""

    def make(folder: Path) -> None:
        build_site(ROOT, folder / "build", Options(wait=True, overrides={"now": datetime.now(UTC)}))

    return made_once(tmp_path_factory, "own", make) / "build"


@pytest.fixture(scope="session")
def host(built: Path) -> Iterator[str]:
    """The address of the project's own site."""
    with serving(built) as address:
        yield address


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with one of everything."""
    with serving(made_once(tmp_path_factory, "demo", build_demo) / "build") as address:
        yield address


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of three texts, with stubs for old addresses."""
    with serving(made_once(tmp_path_factory, "plain", build_plain) / "build") as address:
        yield address


@pytest.fixture(scope="session")
def sealed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of public and of sealed pages."""
    return made_once(tmp_path_factory, "sealed", build_sealed) / "build"


@pytest.fixture(scope="session")
def vault(sealed_site: Path) -> Iterator[str]:
    """The address of the site of sealed pages."""
    with serving(sealed_site) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def launch(playwright: Playwright, chromium: str, *flags: str) -> Browser:
    """Debian's Chromium."""
    env: dict[str, str | float | bool] = {**os.environ, "HOME": os.environ.get("HOME", "/tmp")}
    return playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *flags], env=env)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """The browser of most readers."""
    browser = launch(playwright, chromium)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def large_letters(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    """The browser of a reader who has set letters to twice their size."""
    browser = launch(playwright, chromium, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26")
    yield browser
    browser.close()

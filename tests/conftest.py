"""What every test may ask for: a site made of strings, a clock that stands still, a browser."""

from __future__ import annotations

import os
import runpy
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from lxml import html

from sitegen.app import create_app
from sitegen.freeze import Built, Options, build_site
from sitegen.report import Report, as_text
from sitegen.site import Site

PROJECT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
SiteOf = Callable[[Mapping[str, str | bytes]], Path]

# This project's own site has a page that opens with a published password.
runpy.run_path(str(PROJECT / "build.py"), run_name="build")
# The same examples on every machine, and no time limit on one that is busy.
settings.register_profile("sitegen", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sitegen")


# A shell ignores Ctrl-C in what it starts in the background, and so would every program that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected output anew; git shows what changed")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def now() -> datetime:
    """The moment at which every test builds."""
    return datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.fixture
def site_of(tmp_path: Path) -> SiteOf:
    """Writes a site's files, given as ``{path: text or bytes}``, and returns its folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "site"
        root.mkdir(exist_ok=True)
        for name, data in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        return root

    return write


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path. Tests that ask for it are skipped where there is none, unless SITEGEN_REQUIRE_BROWSER=1."""
    if CHROMIUM.exists():
        return str(CHROMIUM)
    if os.environ.get("SITEGEN_REQUIRE_BROWSER") == "1":
        pytest.fail(f"no Chromium at {CHROMIUM}, and SITEGEN_REQUIRE_BROWSER=1")
    pytest.skip(f"no Chromium at {CHROMIUM}")


SMALL_SITE: Mapping[str, str] = {
    "site.yaml": "title: Small\nurl: https://small.example/\n",
    "content/index.md": "---\ntitle: Welcome\n---\n\nRead the [first post](blog/first.md).\n",
    "content/blog/first.md": "---\ntitle: First\ndate: 2026-01-01\ntags: [python, web]\n---\n\nHello, **world**.\n\n## Part one\n\nMore.\n",
    "content/blog/second.md": "---\ntitle: Second\ndate: 2026-01-02\ntags: [python]\n---\n\nSee [part one](first.md#part-one).\n",
    "content/docs/index.md": "---\ntitle: Docs\n---\n\nStart [here](guide/start.md).\n",
    "content/docs/guide/start.md": "---\ntitle: Start\nweight: 1\n---\n\n## Install\n\nText.\n",
    "content/releases/1.0.0.md": "---\ndate: 2026-01-03\n---\n\nThe first release.\n",
    "content/about.md": "# About us\n\nWe are few.\n",
}

Build = Callable[..., Built]


@pytest.fixture
def build(now: datetime) -> Build:
    """Builds the site in a folder into ``build/`` there, in this process and without search unless the test asks otherwise."""

    def run(root: Path, **options: object) -> Built:
        output = options.pop("output", root / "build")
        overrides = {"now": now, "search": False, **dict(options.pop("overrides", {}))}  # type: ignore[call-overload]
        return build_site(root, output, Options(overrides=overrides, **options))  # type: ignore[arg-type]

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by its path, with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def small_site(site_of: SiteOf) -> Path:
    """A site with a little of everything."""
    return site_of(SMALL_SITE)


SETTINGS = "title: Small\nurl: https://small.example/\n"
Opened = Callable[..., Site]


@pytest.fixture
def app_of(site_of: SiteOf, now: datetime) -> Callable[..., Flask]:
    """The app of the site made of some files."""

    def run(files: Mapping[str, str | bytes], settings: str = "", **overrides: Any) -> Flask:
        root = site_of({"site.yaml": SETTINGS + settings, **files})
        return create_app(root, **{"now": now, "search": False, **overrides})

    return run


@pytest.fixture
def opened(app_of: Callable[..., Flask]) -> Opened:
    """The questions of the site made of some files."""
    return lambda *args, **kwargs: app_of(*args, **kwargs).extensions["sitegen"]


@pytest.fixture
def visited(app_of: Callable[..., Flask]) -> Callable[..., FlaskClient]:
    """A visitor of the site made of some files, before it is frozen."""
    return lambda *args, **kwargs: app_of(*args, **kwargs).test_client()


@pytest.fixture
def built(site_of: SiteOf, build: Build) -> Callable[..., Path]:
    """Builds the site made of some files and returns its output folder."""

    def run(files: Mapping[str, str | bytes], settings: str = "", **options: object) -> Path:
        root = site_of({"site.yaml": SETTINGS + settings, **files})
        build(root, **options)
        return root / "build"

    return run


def post(text: str = "Text.", **meta: object) -> str:
    """A content file with front matter; values are written as they print."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + f"---\n\n{text}\n"


def problems_of(site: Site) -> list[str]:
    """The errors found while the site's pages were read, as they are printed, without excerpts."""
    iter(site.pages)
    report = site.pages.report
    return [as_text(replace(problem, excerpt="", hint="")) for problem in report.errors] if isinstance(report, Report) else []


def dom(page: Path | str) -> html.HtmlElement:
    """An HTML file, or its text, as a tree."""
    data = page.read_bytes() if isinstance(page, Path) else page.encode()
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))

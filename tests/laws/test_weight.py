"""What each page of this site costs its reader, in bytes after gzip and in requests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.freeze import Options, build_site
from tests.checks.weight import Weight, blank_lines, weigh, zipped

ROOT = Path(__file__).parents[2]
KB = 1024
# A longer page may be heavier.
SHORT = 1500
HTML, CSS, JS, BLOCKING = 8 * KB, 5 * KB, 3 * KB, KB // 2
REQUESTS = 5
# Pages for doing something, whose scripts are what they are there for.
TOOLS = frozenset({"search/index.html"})
# What a page has that a password opens: its ciphertext is as long as its content, and its script is there to open it.
SEALED = '<div class="unlock">'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this project's own site."""
    output = tmp_path_factory.mktemp("weight") / "build"
    build_site(ROOT, output, Options(wait=True, overrides={"now": datetime.now(UTC)}))
    return output


@pytest.fixture(scope="module")
def weights(built: Path) -> dict[str, Weight]:
    """The weight of every page with the theme's frame that is there to be read, by its file."""
    pages = {path.relative_to(built).as_posix(): path for path in sorted(built.rglob("*.html"))}
    texts = {name: path.read_text("utf-8") for name, path in pages.items() if name not in TOOLS}
    return {name: weigh(built, pages[name]) for name, text in texts.items() if "site:main" in text and SEALED not in text}


def test_a_short_page_is_light(weights: dict[str, Weight]):
    short = {name: weight for name, weight in weights.items() if weight.words < SHORT}
    assert len(short) > 40
    assert {name: weight.html for name, weight in short.items() if weight.html > HTML} == {}


def test_no_page_has_more_of_scripts_than_this(weights: dict[str, Weight]):
    assert {name: weight.js for name, weight in weights.items() if weight.js > JS} == {}


def test_no_page_has_more_of_styles_than_this(weights: dict[str, Weight]):
    assert {name: (weight.sheets, weight.css) for name, weight in weights.items() if weight.css > CSS} == {}


def test_few_requests_show_a_page(weights: dict[str, Weight]):
    assert {name: weight for name, weight in weights.items() if weight.requests > REQUESTS or len(weight.sheets) > 1} == {}


def test_one_small_script_holds_a_page_up(built: Path, weights: dict[str, Weight]):
    blocking = {weight.blocking for weight in weights.values()}
    assert [len(names) for names in blocking] == [1]
    assert zipped(built / blocking.pop()[0].lstrip("/")) <= BLOCKING


def test_no_page_loads_a_font_or_asks_another_host(weights: dict[str, Weight]):
    assert {name: weight for name, weight in weights.items() if weight.foreign or weight.fonts} == {}


def test_the_frame_of_a_page_has_no_blank_lines(built: Path, weights: dict[str, Weight]):
    counts = {name: blank_lines((built / name).read_text("utf-8")) for name in weights}
    assert {name: count for name, count in counts.items() if count > 4} == {}


HEAVY = """<!doctype html><html lang="en"><head><title>x</title>
<link rel="stylesheet" href="/a.css"><script src="/b.js"></script><script src="https://cdn.example/c.js" defer></script></head>
<body><main>{words}<img src="/d.png"><img src="/e.png" loading="lazy"></main></body></html>"""


def test_what_a_page_loads_is_seen(tmp_path: Path):
    (tmp_path / "a.css").write_text("@font-face{src:url(x.woff2)}")
    for name in ("b.js", "d.png"):
        (tmp_path / name).write_text(name)
    page = tmp_path / "index.html"
    page.write_text(HEAVY.format(words="word " * 20))
    weight = weigh(tmp_path, page)
    assert (weight.words, weight.requests, weight.sheets, weight.blocking) == (20, 5, ("/a.css",), ("/b.js",))
    assert (weight.fonts, weight.foreign) == (("@font-face", ".woff2"), ("https://cdn.example/c.js",))
    assert weight.css == zipped(tmp_path / "a.css")

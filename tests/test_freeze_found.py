"""Ids and links found in a fraction of the time are those that a scan of the whole page finds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import manifest
from sitegen.freeze.found import Finder, Found
from sitegen.html_scan import scan
from sitegen.manifest import Manifest
from tests.conftest import SETTINGS, Build, SiteOf, post

# Tags as a theme writes them, and what could make one of them something else.
PIECES = [
    "<p>",
    "</p>",
    "text",
    "\n",
    "<a href='x'>",
    '<a href="/x/" class="y">',
    '<a class="y" href="/x/?a=1&amp;b=2" id="i">',
    '<a name="n">',
    '<a\nname="n" title="a>b">',
    '<a href="x" href="y">',
    '<a href="',
    '<A HREF="x">',
    '<a href = "x">',
    '<img src="a.png" srcset="a.png 1x, b.png 2x" alt="<b>">',
    '<link rel="next" href="https://a.example/x">',
    '<meta name="description" content="id=x href=y">',
    '<meta id="m" name="x">',
    '<h2 id="a&quot;b">',
    "<br/>",
    "<!doctype html>",
    "<!DOCTYPE html>",
    "<!-- a -->",
    "<!-- <a href=x>",
    "-->",
    "<script>",
    '<script src="s.js" defer>',
    "</script>",
    '"</a>"',
    "<title>",
    "</title>",
    "</title >",
    "<textarea>",
    "</textarea>",
    "<style>a{}</style>",
    "<my-part id='p'>",
    '<my-part id="p">',
    "<",
    ">",
    '"',
    "\0",
    "/script>",
    "é",
]
FRAGMENTS = ["", "plain", '<p id="b">A <a href="/known/">link</a> &lt;</p>', "<p>", '<a href="/x/" class="y">x</a>']
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def scanned(html: str, origin: str = "") -> Found:
    found = scan(html)
    return Found(found.ids, tuple(Finder(origin).links(reference.value for reference in found.references)))


finder = Finder("https://a.example")


@given(texts)
def test_what_is_found_is_what_a_scan_finds(html: str):
    assert finder.find(html) == scanned(html, "https://a.example")


@given(texts, st.sampled_from(FRAGMENTS), texts, st.sampled_from(FRAGMENTS), texts)
def test_a_known_fragment_makes_no_difference(before: str, first: str, between: str, second: str, after: str):
    html = before + first + between + second + after
    known = [(fragment, scanned(fragment, "https://a.example")) for fragment in (first, second)]
    assert finder.find(html, *known) == scanned(html, "https://a.example")


@pytest.mark.parametrize("piece", PIECES)
def test_each_piece_alone_is_found_as_a_scan_finds_it(piece: str):
    assert Finder("").find(piece) == Finder("").find(f"{piece}") == scanned(piece)


def test_a_fragment_is_not_looked_into():
    assert Finder("").find("<p>text</p>", ("text", Found(("id",), ("/link/",)))) == Found(("id",), ("/link/",))


def test_a_fragment_in_a_comment_is_not_there():
    known = ("<p>Text</p>", Found(("id",), ()))
    assert Finder("").find("<!-- <p>Text</p> -->", known) == Found()


BODY = """Text with a [link](other.md "quoted \\"title\\"") and a [section](#part).

## Part

![picture](p.png){ id=pic } <a name="old"></a> <img src="a.png" srcset="a.png 1x, b.png 2x">

<details><summary>More</summary>

[Äther & co](/äther/?a=1&b=2#x)

</details>
"""
BROKEN = '\n<a href="/open/" title="never closed>\n\n<!-- and <a href="/hidden/"> this\n\n<textarea><iframe src="/frame/">'


@pytest.mark.parametrize("html", ["sanitise", "trust"])
@pytest.mark.parametrize("body", [BODY, BODY + BROKEN, BROKEN, "<script>let a = '<a href=x>'</script>", "Text"])
@pytest.mark.parametrize("template", ["", "<!-- {{ body }} -->", '<p title="{{ body }}">{{ body }}', "<textarea>{{ body }}{{ body }}"])
def test_the_manifest_holds_what_a_scan_of_each_file_finds(site_of: SiteOf, build: Build, html: str, body: str, template: str):
    off = "{broken-link: off, broken-anchor: off, missing-image: off, html-removed: off, duplicate-id: off}"
    files = {
        "site.yaml": f"{SETTINGS}content: {{html: {html}}}\nrules: {off}\n",
        "content/blog/a.md": post(body, title="A", date="2025-01-01", tags="[x]"),
        "content/other.md": "Other.",
    }
    own = {"templates/post.html": f'{{% extends "theme/post.html" %}}{{% block body %}}{template}{{% endblock %}}'} if template else {}
    root = site_of({**files, **own})
    build(root)
    kept = manifest.load(root / ".cache", root / "build")
    pages = {name: output for name, output in kept.outputs.items() if name.endswith(".html")}
    assert len(pages) > 5
    told = {name: Found(_words(kept, each.ids), _words(kept, each.links)) for name, each in pages.items()}
    assert told == {name: _in(root / "build" / name) for name in pages}


def _words(kept: Manifest, numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(kept.words[number] for number in numbers)


def _in(file: Path) -> Found:
    found = scanned(file.read_text(encoding="utf-8"), "https://small.example")
    return Found(found.ids, tuple(dict.fromkeys(found.links)))


@pytest.mark.parametrize(
    "html", ["<a " * 50_000, '<a "' * 50_000, "<script>" * 20_000, '<p class="' * 20_000, "<p" + ' a="b"' * 50_000, '<a b="" ' * 30_000]
)
def test_no_page_takes_longer_than_its_length_explains(html: str):
    began = time.process_time()
    Finder("").find(html, (html[: len(html) // 2] + "x", Found()))
    assert time.process_time() - began < 1


def test_an_address_that_is_itself_the_data_is_no_link():
    html = '<img src="data:image/png,x"><img src=" data:image/svg+xml,%3Csvg/%3E" alt=""><a href="/data:/">x</a>'
    assert Finder("").find(html) == Found((), ("/data:/",))

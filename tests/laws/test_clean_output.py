"""Nothing in a page acts, styles itself or asks another host for something, unless its author wrote that address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sitegen.app import create_app
from sitegen.html_scan import StartTag, start_tags
from sitegen.markup import Options, render
from sitegen.site import Site

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
CONTENT = ROOT / "content"
_ADDRESSES = frozenset({"href", "src", "srcset", "poster", "cite", "action", "data", "formaction", "ping", "background"})
# What a browser asks for by itself; a link waits for its reader.
_LOADED = frozenset({"src", "srcset", "poster", "data", "background"})
_ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "base", "form", "frame", "applet"})


def hosts(text: str) -> set[str]:
    return {urlsplit(found).netloc.lower() for found in re.findall(r"(?:https?:)?//[^\s\"'<>)\],]+", text)} - {""}


def foreign(tag: StartTag, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The hosts that the addresses in a tag name, each with the tag's name."""
    for attribute in tag.attributes:
        if attribute.name in names:
            yield from ((tag.name, host) for host in hosts(attribute.value))


def faults(html: str, source: str) -> list[tuple[str, str]]:
    """What no content may make, and hosts that `source` does not name."""
    written = hosts(source) | {host for word in re.findall(r"\bwww\.[\w.-]+", source) for host in [word.lower().rstrip(".")]}
    found = []
    for tag in start_tags(html):
        found += [("active", tag.name)] * (tag.name in _ACTIVE)
        found += [(tag.name, each.name) for each in tag.attributes if each.name == "style" or each.name.startswith("on")]
        found += [pair for pair in foreign(tag, _ADDRESSES) if pair[1] not in written]
    return found


SOURCES = [*sorted(GOLDEN.glob("*.md")), *sorted(CONTENT.rglob("*.md"))]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_markdown_makes_acts_nowhere_and_asks_nobody(source: Path):
    text = source.read_text("utf-8")
    rendered = render(text, Options(line_numbers=True, math=True))
    assert faults(rendered.body.html, text) == []
    assert faults(rendered.summary.html, text) == []


@pytest.mark.parametrize("html", sorted(GOLDEN.rglob("*.html")), ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_golden_html_acts_nowhere(html: Path):
    text = html.read_text("utf-8")
    assert faults(text, text) == []


@pytest.fixture(scope="module")
def own() -> Flask:
    return create_app(ROOT)


@pytest.fixture(scope="module")
def client(own: Flask) -> FlaskClient:
    return own.test_client()


def test_pages_of_this_site_load_nothing_from_elsewhere_and_have_no_style_of_their_own(own: Flask, client: FlaskClient):
    site: Site = own.extensions["sitegen"]
    own_host = urlsplit(site.settings.origin).netloc
    found: dict[str, list[tuple[str, str]]] = {}
    for page in site.published.values():
        html = client.get(page.url).get_data(as_text=True)
        tags = list(start_tags(html))
        loaded = [pair for tag in tags for pair in foreign(tag, _LOADED) if pair[1] != own_host]
        styled = [(tag.name, each.name) for tag in tags for each in tag.attributes if each.name == "style" or each.name.startswith("on")]
        bare = [
            (tag.name, "no src")
            for tag in tags
            if tag.name == "script" and not any(each.name in {"src", "type"} for each in tag.attributes)
        ]
        if loaded or styled or bare:
            found[page.source] = [*loaded, *styled, *bare]
    assert found == {}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="x">', [("p", "style")]),
        ("<p onclick=x>", [("p", "onclick")]),
        ("<script src=/a.js></script>", [("active", "script")]),
        ('<img src="https://other.example/a.png">', [("img", "other.example")]),
        ('<img srcset="/a.png 1x, //other.example/b.png 2x">', [("img", "other.example")]),
        ('<a href="https://known.example/x">', []),
    ],
)
def test_the_law_itself_sees_what_it_forbids(html: str, expected: list[tuple[str, str]]):
    assert faults(html, "text https://known.example/y") == expected

"""What is done in a quick way comes out as in the plain way, which is written here or still there for the rest."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import mojibake
from sitegen.frontmatter import decode
from sitegen.html_scan import _WANTED as wanted  # noqa: N811
from sitegen.html_scan import Attribute, Scan, scan, start_tags
from sitegen.html_scan import _candidates as candidates
from sitegen.markup import places, sanitise, text
from sitegen.markup.engine import Engine
from sitegen.markup.listings.outline import sanitised_outline
from sitegen.markup.rendered import Options

ENGINE = Engine(Options())
GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.md"))
CORPUS = os.environ.get("SITEGEN_CORPUS", "")
POSTS = sorted(Path(CORPUS).rglob("*.md")) if CORPUS else []

SOURCES = [
    "`", "``", "```", "~~~", "~~~~", "\n", "\n\n", " ", "    ", "> ", "\t", "a", "b c", "<!--", "-->", "[x]", "[r]: ", "](", "(", ")",
    "<", ">", "http://x.org/a", "https:", "www.x.y", "a@b.c", "@", "href=", "src = ", "srcset='a 1x, b'", "poster=x", '"', "'", "\\",
    ".", "+", "é", "ftp://q",
]  # fmt: skip
PLACE = "\x03\U000f0000"
LISTING = '<pre tabindex="0"><code class="language-rust">fn <span class="k">a</span>(&quot;&lt;&#39;)\n</code></pre>'
PIECES = [
    LISTING, LISTING.replace('"0"', "'0'"), "<pre><span></span><code>x &amp;lt; &amp; y</code></pre>", "<pre>", "</pre>", "<code>",
    "</code>", "<span>", '<span class="k">', "</span>", "<p>", "</p>", "<table>", "<tr><td>", "</table>", "<a href=x>", "</a>",
    "<a href='u' class=c>", "<b>", "</b>", "<svg>", "<script>", "</script>", "<xmp>", "<plaintext>", "<select>", "<math><mi>", "<!--",
    "-->", "<p title='", "'", '"', ">", "<", "&#3;", "&#x03", "&#xF0000;", PLACE, "\x03", " ", "\n", "x", "\xa0", "&nbsp;",
    "<img src='data:x' alt=\"y\">", "<p style='z'>", "<br/>", "<input type=checkbox disabled>", "<i",
]  # fmt: skip
TAGS = [
    "<", "</", ">", "<a", " href", "=", '"', "'", ' id="x"', " id=y", " id", ' href="u&amp;v"', ' src="s"', ' class="c"',
    ' title="t>"', ' name="n"', "<img", "<p", "<div", "<link", "<script", "</script>", "<title", "<!--", "-->", " ", "\n", "/",
    "<source", ' srcset="a 1x, b"', "<A", " HREF=z", "</a>", " async",
]  # fmt: skip
LETTERS = "ab_1 \n'’.-–é漢カ¶“\x07\x85\xa0\r\ufeff\ufffe"


def code_spans(body: str) -> list[tuple[int, int]]:
    pattern = r"""^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$
        |(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?:\n(?![ \t]*\n)[^\n]*?)*?(?<!`)(?P=ticks)(?!`)
        |<!--(?s:.*?)-->"""
    return [match.span() for match in re.finditer(pattern, body, re.MULTILINE | re.VERBOSE)]


def scanned(html: str) -> Scan:
    ids: list[str] = []
    references: list[Attribute] = []
    tags = list(start_tags(html))
    for tag in tags:
        given = {attribute.name: attribute for attribute in reversed(tag.attributes) if attribute.start >= 0}
        for attribute in sorted(given.values(), key=lambda attribute: attribute.start):
            if attribute.name not in wanted.get(tag.name, {"id"}):
                continue
            if attribute.name in {"id", "name"}:
                ids.append(attribute.value)
            else:
                references += candidates(html, attribute) if attribute.name == "srcset" else (attribute,)
    return Scan(tuple(ids), tuple(references), tuple(tag for tag in tags if tag.name in {"img", "video"}))


def spans(matches: object) -> list[tuple[tuple[int, int], str | None]]:
    return [(match.span(), match.lastgroup) for match in matches]  # type: ignore[attr-defined]


def assert_places_alike(source: str) -> None:
    assert list(places.code_spans(source)) == code_spans(source)
    assert spans(places.addresses(source)) == spans(places._ADDRESS.finditer(source))


def assert_outline_alike(html: str) -> None:
    outline, removed = sanitised_outline(html)
    clean, expected = sanitise.sanitise(html)
    assert removed == expected == sanitise._lost(html, clean)
    clean = text.CONTROL.sub("", clean)
    assert outline.whole(outline.html) == clean
    assert outline.html.count("\x03") == len(outline.listings)
    words = text.count_words(text.text_of(outline.html)) + text.count_words(outline.text(outline.html))
    assert words == text.count_words(text.plain(clean))
    offset = outline.offsets(outline.html)
    found = scan(outline.html)
    assert found.ids == scan(clean).ids
    assert [(a.value, offset(a.start), offset(a.end)) for a in found.references] == [
        (a.value, a.start, a.end) for a in scan(clean).references
    ]


def assert_text_alike(written: str) -> None:
    assert text.count_words(written) == len(text._WORD.findall(written))
    assert text.has_controls(written) == (text.CONTROL.search(written) is not None)
    assert mojibake.find(written) == tuple(mojibake._checked(written.split("\n"), 1))


@settings(max_examples=400)
@given(st.lists(st.sampled_from(SOURCES), max_size=30).map("".join))
def test_code_and_addresses_of_any_source_are_found(source: str):
    assert_places_alike(source)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_any_html_is_sanitised_as_if_nothing_was_set_aside(html: str):
    assert_outline_alike(html)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(TAGS), max_size=16).map("".join))
def test_any_html_is_scanned_tag_by_tag(html: str):
    assert scan(html) == scanned(html)


@given(st.text(alphabet=LETTERS) | st.text())
def test_any_text_is_counted_and_searched_character_by_character(written: str):
    assert_text_alike(written)


@given(st.text(alphabet=LETTERS) | st.text())
def test_any_control_character_is_found_in_bytes(written: str):
    if "\0" not in written:
        decoded, problems = decode(written.encode(errors="surrogatepass"), path="x")
        clean = re.sub(
            "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]",
            "",
            written.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"),
        )
        assert (decoded, bool(problems)) == (clean, len(clean) < len(written.removeprefix("\ufeff").replace("\r\n", "\n")))


@pytest.mark.parametrize("html", [LISTING, f"<ul><li>{LISTING}</li></ul>", f"<table><tr><td>{LISTING}</table>", f"<b>{LISTING}"])
def test_a_listing_is_set_aside_wherever_it_stands(html: str):
    outline, _ = sanitised_outline(html)
    assert len(outline.listings) == 1
    assert "fn" not in outline.html


@pytest.mark.parametrize(
    "html",
    [f"<p title='{LISTING}'>", f"<xmp>{LISTING}", f"<plaintext>{LISTING}", f"<!-- {LISTING} -->", f"&#3;{LISTING}", f"{PLACE}{LISTING}"],
)
def test_nothing_is_set_aside_that_is_no_listing_to_a_browser_or_could_be_forged(html: str):
    assert sanitised_outline(html)[0].listings == ()
    assert_outline_alike(html)


def test_the_sanitiser_writes_no_angle_bracket_within_a_tag():
    assert nh3.clean("<p title='<b>'>") == '<p title="&lt;b&gt;"></p>'


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_texts_come_out_the_same(path: Path):
    source = path.read_text(encoding="utf-8")
    assert_places_alike(source)
    assert_text_alike(source)
    assert_outline_alike(ENGINE.convert(source, line=1).html)


@pytest.mark.skipif(not POSTS, reason="SITEGEN_CORPUS names no folder of posts")
def test_every_post_of_a_corpus_comes_out_the_same():
    for path in POSTS:
        source, _ = decode(path.read_bytes(), path=path.name)
        html = ENGINE.convert(source, line=1).html
        assert_places_alike(source)
        assert_text_alike(source)
        assert_outline_alike(html)
        assert scan(html) == scanned(html)

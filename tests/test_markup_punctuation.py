"""Quotes, dashes and dots as a printer would set them, where a site asks for it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.html_scan import decode
from sitegen.markup import Options, render
from sitegen.markup.punctuation import set_well, text_set_well
from tests.conftest import SETTINGS, Build, SiteOf

ENGLISH = Options(punctuation="en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Hello," she said.', "“Hello,” she said."),
        ("It's 'fine' -- really.", "It’s ‘fine’ – really."),
        ("\"'Nested' text\" and 'one \"in\" one'", "“‘Nested’ text” and ‘one “in” one’"),
        ("pages 3--5, this---that, and so on...", "pages 3–5, this—that, and so on…"),
        ("the '90s, 1990's, rock 'n' roll, the dogs' bowls", "the ’90s, 1990’s, rock ‘n’ roll, the dogs’ bowls"),
        ("6\" wide and 5' tall", "6\" wide and 5' tall"),
        ('("in brackets")', "(“in brackets”)"),
        ("with --flag and -v", "with --flag and -v"),
        ("https://a.example/b--c and me--you@mail.example", "https://a.example/b--c and me--you@mail.example"),
        ('"', "”"),
        ("", ""),
    ],
)
def test_plain_signs_are_set_well(text: str, expected: str):
    assert text_set_well(text, "en") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’”"),
        ("en-GB", "“a ‘b’”"),
        ("de", "„a ‚b‘“"),
        ("de-CH", "«a ‹b›»"),
        ("fr", "«\u202fa “b”\u202f»"),
        ("sv", "”a ’b’”"),
        ("ru", "«a „b“»"),
        ("xx", "“a ‘b’”"),
    ],
)
def test_quotes_are_those_of_the_language(language: str, expected: str):
    assert text_set_well("\"a 'b'\"", language) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>"<em>a</em>" <code>"x" -- y</code> "<code>z</code>"</p>', '<p>“<em>a</em>” <code>"x" -- y</code> “<code>z</code>”</p>'),
        ('<pre><code>"a" <span>"b"</span> ...</code></pre><p>"c"</p>', '<pre><code>"a" <span>"b"</span> ...</code></pre><p>“c”</p>'),
        ('<p title="a -- b...">x...</p>', '<p title="a -- b...">x…</p>'),
        ('<p>"open</p><p>"x"</p>', "<p>“open</p><p>“x”</p>"),
        ('<a href="https://a.example/b--c">https://a.example/b--c</a>', '<a href="https://a.example/b--c">https://a.example/b--c</a>'),
        ("<kbd>'</kbd>", "<kbd>'</kbd>"),
        ("<math><mtext>'a'</mtext></math>", "<math><mtext>'a'</mtext></math>"),
        ('<!-- "a" -- b --> "c"', '<!-- "a" -- b --> “c”'),
    ],
)
def test_tags_and_code_stay_as_they_are(html: str, expected: str):
    assert set_well(html, "en") == expected


@given(st.text(alphabet="ab \"'-.<>/pcode=&;\n", max_size=60))
def test_nothing_but_those_signs_changes(body: str):
    plain, well = (render(body, options).body.html for options in (Options(), ENGLISH))
    assert re.findall(r"<[^>]*>", plain) == re.findall(r"<[^>]*>", well)
    letters = [re.sub(r"[\"'“”‘’.…–—-]", "", decode(html)) for html in (plain, well)]
    assert letters[0] == letters[1]


def test_ids_and_addresses_are_those_of_the_plain_text():
    body = '## "Quoted" -- it\'s\n\n[a](b--c.md "it\'s")\n'
    plain, well = render(body, Options()), render(body, ENGLISH)
    assert plain.ids == well.ids
    assert well.contents[0].title == "“Quoted” – it’s"
    for link in well.body.references:
        assert decode(well.body.html[link.start : link.end]) == link.target


def test_a_page_is_set_in_its_own_language_if_the_site_asks_for_it(site_of: SiteOf, build: Build):
    pages = {"content/a.md": '# A\n\n"a"\n', "content/a.de.md": '# A\n\n"a"\n', "content/b.md": '---\nlang: fr\n---\n\n# B\n\n"a"\n'}
    root = site_of({"site.yaml": SETTINGS + "languages: {de: {title: Klein}}\nmarkdown: {smart_punctuation: true}\n", **pages})
    build(root)
    assert "<p>“a”</p>" in (root / "build/a/index.html").read_text()
    assert "<p>„a“</p>" in (root / "build/de/a/index.html").read_text()
    assert "<p>«\u202fa\u202f»</p>" in (root / "build/b/index.html").read_text()
    (root / "site.yaml").write_text(SETTINGS + "languages: {de: {title: Klein}}\n")
    build(root)
    assert '<p>"a"</p>' in (root / "build/a/index.html").read_text()

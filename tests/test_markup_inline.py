"""Inline Markdown means what it means on GitHub: the reference is CommonMark, as `markdown-it-py` reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from benchmarks.commonmark import canonical
from sitegen.errors import ContentError
from sitegen.markup import Options, render
from tests.conftest import dom

TRUST = Options(html="trust")
REFERENCE = MarkdownIt("commonmark")
DEFINITIONS = "\n\n[r]: /u 'T'\n\n[*é*]: /v\n\n[`c`]: x_y\n"
# No piece begins a block, makes a link on GitHub that CommonMark does not make, or is read by an extension of ours. A letter
# at either end and after each line break keeps the text one paragraph.
PIECES = [
    "*", "**", "***", "_", "__", "`", "``", "[", "]", "](", ")", "(", "](/b)", "](</c d>)", '](e "f")', "][r]", "[r]", "[R][]",
    "[*é*]", "[`c`]", "![", "!", "<b>", "</b>", '<i a="*">', "<", ">", "<!-- * -->", "<?p?>", "<x:y_z>", "&amp;", "&copy;",
    "&nosuch;", "&#35;", "&", "\\", "\\*", "\\[", "\\`", "\\&", "\\\nb", "  \nb", "\nb", " ", "word", "a_b", "é", "“", "$",
    "1", ".", "'", '"',
]  # fmt: skip


def html_of(text: str, options: Options = TRUST) -> str:
    return render(text, options, title="\0").body.html


def paragraph(text: str) -> str:
    """The inside of the paragraph that `text` is."""
    html = html_of(text)
    assert html.startswith("<p>"), html
    assert html.endswith("</p>"), html
    return html[3:-4]


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_any_mixture_means_what_commonmark_says(text: str):
    source = f"a{text}z{DEFINITIONS}"
    assert canonical(html_of(source)) == canonical(REFERENCE.render(source).strip())


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_mixture_means_the_same_beside_a_pattern_of_the_site(text: str):
    source = f"a{text}z{DEFINITIONS}"
    assert html_of(source, replace(TRUST, extensions=("pymdownx.keys",))) == html_of(source)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        # Emphasis within words, the rule of three, and what Python-Markdown reads another way.
        ("a*b*c a_b_c", "a<em>b</em>c a_b_c"),
        ("***both*** **a*b*c**", "<em><strong>both</strong></em> <strong>a<em>b</em>c</strong>"),
        ("*a _b* c_", "<em>a _b</em> c_"),
        ("**bold:**text **bold**text", "**bold:**text <strong>bold</strong>text"),
        ("~~two~~ ~one~ ~~~three~~~ ~~a~ b~~", "<del>two</del> <del>one</del> ~~~three~~~ <del>a~ b</del>"),
        ("`` a`b `` ` `` ` `a", "<code>a`b</code> <code>``</code> `a"),
        (
            "[a [b] c](/d 'T') [a](<b c> (t)) [a](b(c)d)",
            '<a href="/d" title="T">a [b] c</a> <a href="b%20c" title="t">a</a> <a href="b(c)d">a</a>',
        ),
        ("[a [b](c) d](e)", '[a <a href="c">b</a> d](e)'),
        ("[![i](j.png)](k)", '<a href="k"><img alt="i" src="j.png"></a>'),
        ("![*a* [b](c) `d` <b>e</b>](f)", '<img alt="a b d e" src="f">'),
        ("\\# \\~ \\: \\| \\& \\&amp; \\a", "# ~ : | &amp; &amp;amp; \\a"),
        ("&copy; &#x1F600; &#0; &nosuch; &amp;lt;", "© \U0001f600 � &amp;nosuch; &amp;lt;"),
        ("a\\\nb  \nc \nd", "a<br>\nb<br>\nc\nd"),
        (
            "<https://x.example/a b> <x-y:z> <a@b.example>",
            '&lt;<a href="https://x.example/a">https://x.example/a</a> b&gt; <a href="x-y:z">x-y:z</a> '
            '<a href="mailto:a@b.example">a@b.example</a>',
        ),
        ('a < b <3 <b a="*">*c*</b> <!-- * --> *d*', 'a &lt; b &lt;3 <b a="*"><em>c</em></b> <!-- * --> <em>d</em>'),
        ("{{ *x* }} {% _y_ %} [a]({{ u }}/b)", '{{ *x* }} {% _y_ %} <a href="{{ u }}/b">a</a>'),
        ("*a*{.b} `c`{.d}", '<em class="b">a</em> <code class="d">c</code>'),
    ],
)
def test_authors_get_what_they_mean(text: str, html: str):
    assert paragraph(text) == html


@pytest.mark.parametrize("text", ["[r]", "[R][]", "[ r ]", "[x][r]", "[x][R]"])
def test_labels_differ_neither_by_case_nor_by_white_space(text: str):
    assert 'href="/first"' in html_of(f"{text}\n\n[r]: /first\n\n[R]: /second")


@pytest.mark.parametrize("text", ["[x] [r]", "[x][no]", "[[r]", "\\[r]", "[r\\]", "`[r]`"])
def test_what_is_no_reference_stays_text(text: str):
    assert html_of(f"{text}\n\n[r]: /u").count("<a") == (text in {"[x] [r]", "[[r]"})


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("See https://x.example/a_b_c.", "https://x.example/a_b_c", "https://x.example/a_b_c"),
        ("**https://x.example/**", "https://x.example/", "https://x.example/"),
        ("(https://x.example/a_(b))", "https://x.example/a_(b)", "https://x.example/a_(b)"),
        ("[see https://x.example]", "https://x.example", "https://x.example"),
        ("https://x.example/?a=1&b=2&amp;", "https://x.example/?a=1&b=2", "https://x.example/?a=1&b=2"),
        ('"https://x.example/a", he said', "https://x.example/a", "https://x.example/a"),
        ("FTP://x.example/a~b, HTTP://localhost:8000", "FTP://x.example/a~b", "FTP://x.example/a~b"),
        ("http://user:secret@x.example/", "http://user:secret@x.example/", "http://user:secret@x.example/"),
        ("https://例え.example/道。", "https://例え.example/道。", "https://例え.example/道。"),
        ("https://x.example/a\\_b", "https://x.example/a_b", "https://x.example/a_b"),
        ("www.x.example/a!", "http://www.x.example/a", "www.x.example/a"),
        ("a.b+c@x-y.example.", "mailto:a.b+c@x-y.example", "a.b+c@x-y.example"),
        ("mailto:a@x.example", "mailto:a@x.example", "mailto:a@x.example"),
    ],
)
def test_an_address_alone_is_a_link_as_on_github(text: str, address: str, shown: str):
    link = next(dom(f"<p>{paragraph(text)}</p>").iter("a"))
    assert (link.get("href"), link.text_content()) == (address, shown)


@pytest.mark.parametrize(
    "text",
    [
        "example.com",
        "crates.io and Node.js",
        "xhttps://x.example",
        "http:// x",
        "a@b",
        "@user",
        "a #1",
        "wwww.x.example",
        "xwww.x.example",
        "`https://x.example`",
        "https\\://x.example",
        "<a title='https://x.example'>",
    ],
)
def test_what_github_takes_for_text_is_text(text: str):
    assert "href" not in html_of(text)


def test_an_address_in_a_link_is_text_like_any_other():
    assert paragraph("[**https://x.example/a\\_*b*_c**](y)") == '<a href="y"><strong>https://x.example/a_<em>b</em>_c</strong></a>'


@pytest.mark.parametrize(
    "text", ["[https://x.example](y)", "[a *www.x.example*](y)", '<a href="y">https://x.example</a>', "[a@x.example][r]\n\n[r]: y"]
)
def test_there_is_no_link_in_a_link(text: str):
    assert html_of(text).count("href") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (":tada: :+1: :thumbsup: :heart:", "🎉 👍 👍 ❤️"),
        ("**:tada:** 好:tada: (:tada:)", "🎉 好🎉 (🎉)"),
        (
            ":nosuch: :octocat: 10:30:45 10:100:20 std::key::x a:key:b \\:tada: `:tada:`",
            ":nosuch: :octocat: 10:30:45 10:100:20 std::key::x a:key:b :tada: :tada:",
        ),
        ("https://x.example/:tada:/", "https://x.example/:tada:/"),
    ],
)
def test_shortcodes_of_github_are_characters(text: str, shown: str):
    assert dom(f"<p>{paragraph(text)}</p>").text_content() == shown


def test_a_shortcode_in_the_text_of_a_picture_is_a_character():
    assert paragraph("![:tada: day](x.png)") == '<img alt="🎉 day" src="x.png">'


@pytest.mark.parametrize(
    ("heading", "name", "title"),
    [
        (":rocket: Quick *start*", "rocket-quick-start", "🚀 Quick start"),
        ("🚀 Quick `start()`", "-quick-start", "🚀 Quick start()"),
        ("AT&amp;T &copy; \\*x\\*", "att--x", "AT&T © *x*"),
        ("[Link `a`](b) https://x.example", "link-a-httpsxexample", "Link a https://x.example"),
        ("~~Old~~ __new__ <b>raw</b>", "old-new-raw", "Old new raw"),
    ],
)
def test_the_id_of_a_heading_is_githubs(heading: str, name: str, title: str):
    rendered = render(f"## {heading}", TRUST)
    assert [(one.id, one.title) for one in rendered.contents] == [(name, title)]


def test_cells_of_a_table_are_texts_like_any_other():
    html = html_of("| a | b |\n|---|---|\n| *a* `b` | [c](d) :tada: |\n")
    assert '<td><em>a</em> <code>b</code></td>\n<td><a href="d">c</a> 🎉</td>' in html


def test_a_footnote_may_stand_right_behind_an_exclamation_mark():
    assert '<p>Look!<sup id="fnref:a">' in html_of("Look![^a]\n\n[^a]: There.")
    assert html_of("![^a] ![b](b.png)") == '<p>![^a] <img alt="b" src="b.png"></p>'


def test_footnotes_are_numbered_as_a_reader_comes_upon_them():
    html = html_of("- one[^b]\n\n  more[^c]\n\ntwo[^a]\n\n[^a]: A\n\n[^b]: B\n\n[^c]: C")
    assert re.findall(r'id="fnref:(\w)"', html) == ["b", "c", "a"]


# Patterns of a site

EXTENDED = {
    "pymdownx.mark": ("a ==b *c*== `==d==` [==e==](f)", 'a <mark>b <em>c</em></mark> <code>==d==</code> <a href="f"><mark>e</mark></a>'),
    "pymdownx.caret": ("^sup^ ^^ins^^ [^x^](y)", '<sup>sup</sup> <ins>ins</ins> <a href="y"><sup>x</sup></a>'),
    "pymdownx.tilde": ("~~del~~ H~2~O", "<del>del</del> H<sub>2</sub>O"),
    "pymdownx.keys": (
        "++ctrl+c++ *b*",
        '<span class="keys"><kbd class="key-control">Ctrl</kbd><span>+</span><kbd class="key-c">C</kbd></span> <em>b</em>',
    ),
    "pymdownx.smartsymbols": ("(c) *a* --> `-->`", "&copy; <em>a</em> &rarr; <code>--&gt;</code>"),
    "pymdownx.betterem": ("*a* **b** ~~c~~ [*d*](e)", '<em>a</em> <strong>b</strong> <del>c</del> <a href="e"><em>d</em></a>'),
    "pymdownx.escapeall": ("\\a \\* *b*", "a * <em>b</em>"),
    "markdown.extensions.smarty": (
        '"a" *b* -- `"c"` [d](e "f")',
        '&ldquo;a&rdquo; <em>b</em> &ndash; <code>"c"</code> <a href="e" title="f">d</a>',
    ),
    "markdown.extensions.wikilinks": (
        "[[Some Page]] [a](b) `[[c]]`",
        '<a class="wikilink" href="/Some_Page/">Some Page</a> <a href="b">a</a> <code>[[c]]</code>',
    ),
    "markdown.extensions.nl2br": ("a\nb *c*\nd", "a<br>\nb <em>c</em><br>\nd"),
    "markdown.extensions.legacy_em": ("a_b_c __d__", "a<em>b</em>c <strong>d</strong>"),
}


@pytest.mark.parametrize("extension", EXTENDED)
def test_a_pattern_of_the_site_finds_its_own_beside_ours(extension: str):
    text, html = EXTENDED[extension]
    assert html_of(text, replace(TRUST, extensions=(extension,))) == f"<p>{html}</p>"


OWN = """
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor, LINK_RE, SimpleTagPattern
from xml.etree.ElementTree import Element

class Inserted(InlineProcessor):
    def handleMatch(self, m, data):
        element = Element("ins")
        element.text = m[1]
        return element, m.start(), m.end()

class Unlinked(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)
    def handleMatch(self, m, data):
        element = Element("a", {"href": "/u/" + m[1]})
        element.text = m[0]
        return element, m.start(), m.end()

class Loud(LinkInlineProcessor):
    def handleMatch(self, m, data):
        element, start, end = super().handleMatch(m, data)
        if element is not None:
            element.set("class", "loud")
        return element, start, end

class OwnExtension(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(Inserted(r"--(.+?)--", md), "ins", 175)
        md.inlinePatterns.register(Unlinked(r"@(\\w+)", md), "user", 70)
        md.inlinePatterns.register(SimpleTagPattern(r"(!!)(.+?)!!", "b"), "old", 65)
        md.inlinePatterns.register(Loud(LINK_RE, md), "link", 160)
        md.inlinePatterns.deregister("short_reference")
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a --b `--` *c* \\-- d--", "a <ins>b <code>--</code> <em>c</em> -- d</ins>"),
        ("--[a *b*](c)--", '<ins><a class="loud" href="c">a <em>b</em></a></ins>'),
        (
            "@one *@two* [@three](d) `@four`",
            '<a href="/u/one">@one</a> <em><a href="/u/two">@two</a></em> <a class="loud" href="d">@three</a> <code>@four</code>',
        ),
        ("!!a *b*!! c", "<b>a <em>b</em></b> c"),
        ("[`x` \\] y][r] [r] ![i][r]", '<a href="/u"><code>x</code> ] y</a> [r] <img alt="i" src="/u">'),
        (
            "[`r`][] https://x.example/a_b_c :tada:",
            '<a href="/v"><code>r</code></a> <a href="https://x.example/a_b_c">https://x.example/a_b_c</a> 🎉',
        ),
    ],
)
def test_patterns_of_a_site_of_every_kind_and_priority_work(text: str, html: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "own_patterns.py").write_text(OWN)
    monkeypatch.syspath_prepend(tmp_path)
    source = f"{text}\n\n[r]: /u\n\n[`r`]: /v"
    assert html_of(source, replace(TRUST, extensions=("own_patterns:OwnExtension",))) == f"<p>{html}</p>"


# Bad input

UNITS = [
    "[", "![", "]", "*", "_", "`", "~", "<", "&", "\\", ":", "@", "{{", "{%", "<![CDATA[", "<!--", "<?", "<!X", "a**b",
    "*a _b ", "a* b_ ", "*a**b***c", "[a](", "![[]()", "[](a", "[a][", "[[x]", "[a](<", '[a](b "', "[a](b '", "[a](b (",
    "[a]((((", "[^", "[^1]", "`a``b```c", "\\`", "&#", "&amp;", "<a@b", "<http:", "http://", "http://a.b/(", "www.a.",
    "a@b.c@", ":a:", ":+1:", "a_b", "**a *b ", "~~a ~b ", "  \n", "{::a", "<a\n", "<a b='", "mailto:",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_long(unit: str):
    # Many times what a page of prose of that length needs; a way that takes the square of the length would take far longer.
    assert outcome("x " + unit * (100_000 // len(unit)), seconds=5) != "too-complex"


def outcome(body: str, *, seconds: float) -> str:
    """The HTML of a body, or the rule that it breaks by taking too long."""
    try:
        return render(body, Options(), seconds=seconds).body.html
    except ContentError as error:
        return error.problem.rule


# The documentation

PAGE = (Path(__file__).parents[1] / "content" / "docs" / "writing" / "text.md").read_text(encoding="utf-8")


def test_the_pattern_on_the_page_about_text_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    code = re.findall(r"```python\n(.*?)\n\n\nmd\.(.*?)\n```", PAGE, re.DOTALL)[0]
    (tmp_path / "issues_site.py").write_text(
        "from xml.etree.ElementTree import Element\nfrom markdown.extensions import Extension\n"
        "from markdown.inlinepatterns import InlineProcessor\n"
        f"{code[0]}\n\nclass IssuesExtension(Extension):\n    def extendMarkdown(self, md):\n        md.{code[1]}\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    options = replace(TRUST, extensions=("issues_site:IssuesExtension",))
    assert html_of("See #12, `#13` and *#14*.", options) == (
        '<p>See <a href="https://example.org/issues/12">#12</a>, <code>#13</code> and <em><a href="https://example.org/issues/14">#14</a></em>.</p>'
    )


@pytest.mark.parametrize("text", ["`x`{2,3}", "`x`{|}~", "*a*{n}", "*a*{}"])
def test_braces_that_name_no_attribute_are_text(text: str):
    assert text.partition("{")[2] in html_of(text)


@pytest.mark.parametrize("text", ["is-wsl@2.2.0", "x@y.c0", "a@b_.1"])
def test_a_version_behind_a_name_is_no_address_of_mail(text: str):
    assert "<a " not in html_of(text)


def test_a_note_right_behind_an_exclamation_mark_is_no_picture():
    assert 'href="#fn:a"' in html_of("Look![^a]\n\n[^a]: There.\n")

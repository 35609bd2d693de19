"""The blocks of Markdown are those of CommonMark and GitHub; what other generators add to them stands beside."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from benchmarks.structure import shape
from sitegen.errors import ContentError
from sitegen.markup import Options, render
from sitegen.markup.blocks import Delimited, Found
from sitegen.markup.dialect import Dialect

TRUST = Options(html="trust")
GITHUB = MarkdownIt("gfm-like")
BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "ul", "ol", "li", "blockquote", "table", "tr", "th", "td", "hr"})


def html_of(body: str, **options) -> str:
    return render(body, Options(html="trust", **options), title="not to be found").body.html


def outline(body: str) -> str:
    """The HTML of a body without line breaks, attributes and what holds code and tables."""
    html = re.sub(r"<a [^>]*headerlink.*?</a>|</?span[^>]*>", "", html_of(body)).replace("<p>\n", "<p>")
    html = re.sub(r'<div class="(?:highlight|table)[^>]*>(.*?)</div>', r"\1", html, flags=re.DOTALL)
    return re.sub(r"<(\w+) [^>]*>", r"<\1>", re.sub(r"\n", "", html))


def problems_of(body: str) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in render(body, TRUST, line=10).problems]


# Lists


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("text\n1. a", "<p>text</p><ol><li>a</li></ol>"),
        ("text\n2. a", "<p>text2. a</p>"),
        ("text\n-\nmore", "<h2>text</h2><p>more</p>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n  - b\n\n    c\n- d", "<ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>"),
        ("- a\n- b\n* c", "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>"),
        ("- a\n\n<!-- -->\n\n- b", "<ul><li>a</li></ul><!-- --><ul><li>b</li></ul>"),
        ("- a\nlazy", "<ul><li>alazy</li></ul>"),
        ("- a\n> q", "<ul><li>a</li></ul><blockquote><p>q</p></blockquote>"),
        ("-   item\n\n    four in, as in MkDocs", "<ul><li><p>item</p><p>four in, as in MkDocs</p></li></ul>"),
        ("1.  item\n    - nested", "<ol><li>item<ul><li>nested</li></ul></li></ol>"),
        ("- a\n    - four in", "<ul><li>a<ul><li>four in</li></ul></li></ul>"),
        ("-\ttab\n\n\tmore", "<ul><li><p>tab</p><p>more</p></li></ul>"),
        ("1. a\n   ```\n   x\n   ```\n2. b", "<ol><li>a<pre><code>x</code></pre></li><li>b</li></ol>"),
        ("- a\n  ```\n  x\n  ```\n  b", "<ul><li>a<pre><code>x</code></pre>b</li></ul>"),
        ("- # h\n- a\n  ===", "<ul><li><h1>h</h1></li><li><h1>a</h1></li></ul>"),
    ],
)
def test_lists_are_those_of_commonmark(body: str, expected: str):
    assert outline(body) == expected


def test_a_list_begins_with_its_number():
    assert '<ol start="7">' in html_of("7. a\n8. b")


# Fences and indented code


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> ```\n> x\n> ```", "<blockquote><pre><code>x</code></pre></blockquote>"),
        ("> text\n```\nx\n```", "<blockquote><p>text</p></blockquote><pre><code>x</code></pre>"),
        ("text\n```\nx\n```\nmore", "<p>text</p><pre><code>x</code></pre><p>more</p>"),
        ("   ```\n   x\n     y\n   ```", "<pre><code>x  y</code></pre>"),
        ("~~~~\n~~~\n~~~~", "<pre><code>~~~</code></pre>"),
        ("```\nx", "<pre><code>x</code></pre>"),
        ("- ```\n  x\n\ny", "<ul><li><pre><code>x</code></pre></li></ul><p>y</p>"),
        ("    x\n\n\n    y", "<pre><code>xy</code></pre>"),
        ("text\n    not code", "<p>textnot code</p>"),
        ("!!! note\n    ```\n    x\n    ```", "<div><p>Note</p><pre><code>x</code></pre></div>"),
    ],
)
def test_code_stands_in_any_container(body: str, expected: str):
    assert outline(body) == expected


def test_empty_lines_in_a_fence_stay_and_count():
    html = html_of("```text {3} linenums=1\n\na\nb\n\n```")
    assert re.sub("<span[^>]*linenos[^>]*></span>", "", html).endswith(
        '<code class="language-text">\na\n<span class="hll">b\n</span>\n</code></pre></div>'
    )
    assert "<code></code>" in html_of("```\n```")


@pytest.mark.parametrize("body", ["```make\nall:\n\tcc\n```", "- ```make\n  all:\n  \tcc\n  ```", "    all:\n    \tcc"])
def test_tabs_in_code_stay_tabs(body: str):
    assert "\tcc" in re.sub("<[^>]*>", "", html_of(body))


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("text\n\n```py\nx", (12, 1)),
        ("- a\n\n  ```\n  x\n\nend", (12, 3)),
        ("::: tip\ntext", (10, 1)),
        ("text\n<!-- a\n\nb", (11, 1)),
        ('<div markdown="1">\ntext', (10, 1)),
    ],
)
def test_what_nothing_closes_is_a_warning_at_its_line(body: str, place: tuple[int, int]):
    assert problems_of(body) == [("unclosed-block", *place)]


# Headings, rules, quotes, paragraphs


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("#Heading", "<p>#Heading</p>"),
        ("# a #", "<h1>a</h1>"),
        ("####### a", "<p>####### a</p>"),
        ("a\nb\n===", "<h1>ab</h1>"),
        ("text\n# a\ntext", "<p>text</p><h1>a</h1><p>text</p>"),
        ("***\n- - -\n_ _ _", "<hr><hr><hr>"),
        ("> a\nb\n> c", "<blockquote><p>abc</p></blockquote>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        (">a\n>> b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        ("> a\n---", "<blockquote><p>a</p></blockquote><hr>"),
        ("a\n    b", "<p>ab</p>"),
    ],
)
def test_headings_rules_and_quotes_are_those_of_commonmark(body: str, expected: str):
    assert outline(body) == expected


# HTML


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<details>\n<summary>s</summary>\n\n**b**\n\n</details>", "<details><summary>s</summary><p><strong>b</strong></p></details>"),
        ("<div>\n**b**\n</div>", "<div>**b**</div>"),
        ("text\n<div>x</div>", "<p>text</p><div>x</div>"),
        ("<x-y>\n\n*e*\n\n</x-y>", "<x-y><p><em>e</em></p></x-y>"),
        ("<pre>\n\n*e*\n</pre>", "<pre>*e*</pre>"),
        ("- <div>\n  *e*\n  </div>\n- x", "<ul><li><div>*e*</div></li><li>x</li></ul>"),
        ('<div markdown="1">\n*e*\n\n- a\n</div>\ntext', "<div><p><em>e</em></p><ul><li>a</li></ul></div><p>text</p>"),
        ('<div markdown="1">*e*</div>', "<div><p><em>e</em></p></div>"),
        ('<p markdown="1">*e*</p>', "<p><em>e</em></p>"),
        ('<div markdown="span">*e*</div>', "<div><em>e</em></div>"),
        ('<div markdown="1">\n<div markdown="1">\n*e*\n</div>\n</div>', "<div><div><p><em>e</em></p></div></div>"),
        ('<div markdown="1">\n```\n</div>\n```\n</div>', "<div><pre><code>&lt;/div&gt;</code></pre></div>"),
    ],
)
def test_html_is_a_block_and_markdown_in_it_is_asked_for(body: str, expected: str):
    assert outline(body) == expected


# Tables


@pytest.mark.parametrize(
    ("body", "cells"),
    [
        ("a | b\n--|--\nc | d", ["a", "b", "c", "d"]),
        ("text\n| a |\n|---|\n| b |", ["a", "b"]),
        ("| a |\n|---|\n| `x\\|y` |", ["a", "<code>x|y</code>"]),
        ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", ["a", "b", "1", "", "1", "2"]),
        ("- | a |\n  |---|\n  | b |", ["a", "b"]),
        ("| a |\n|---|---|", []),
        ("a\n---", []),
    ],
)
def test_tables_are_those_of_github(body: str, cells: list[str]):
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", outline(body)) == cells


# Definitions


@pytest.mark.parametrize(
    "definition",
    ["[a]: /u", "[a]:\n/u\n'T'", '[a]: </u> "T"', "> [a]: /u", "- [a]: /u", "[A]: /u\n[a]: /other", "[b]: /x\n[a]: /u\ntext"],
)
def test_a_link_is_defined_anywhere(definition: str):
    assert 'href="/u"' in html_of(f"[a]\n\n{definition}")


@pytest.mark.parametrize("text", ["text\n[a]: /u", "[a]: /u 'T' x", "[a]:", "[a]: (", "[ ]: /u", "    [a]: /u"])
def test_what_only_looks_like_a_definition_stays_text(text: str):
    assert "href" not in html_of(f"[a]\n\n{text}")
    assert "]:" in html_of(text)


def test_notes_are_defined_anywhere_and_hold_blocks():
    html = html_of(
        "[^a][^b][^c]\n\n- item\n\n    [^b]: In a list.\n\n[^a]: One\nlazy.\n\n    ```\n    code\n    ```\n\n[^c]: - a\n    - b\n\nEnd."
    )
    assert re.findall(r'<li id="fn:(\w)">', html) == ["a", "b", "c"]
    assert re.search(r"One\nlazy\.</p>\n<div class=\"highlight\">", html)
    assert html.index("<p>End.</p>") < html.index("doc-endnotes")


def test_of_two_notes_with_one_name_the_first_counts():
    html = html_of("A[^a].\n\n[^a]: First.\n[^a]: Second.")
    assert "First" in html
    assert "Second" not in html


def test_terms_have_descriptions():
    assert outline("Term\n:   One\n:   Two\n\nOther\nthird\n\n:   Loose\n\n    more") == (
        "<dl><dt>Term</dt><dd>One</dd><dd>Two</dd><dt>Other</dt><dt>third</dt><dd><p>Loose</p><p>more</p></dd></dl>"
    )


def test_abbreviations_are_defined_in_any_paragraph():
    assert html_of("The HTML.\n\n*[HTML]: Hyper Text\n*[CSS]: Sheets") == '<p>The <abbr title="Hyper Text">HTML</abbr>.</p>'


# Boxes


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        ("> [!NOTE]\n> text", "note", "Note"),
        ("> [!warning]\n> text", "warning", "Warning"),
        ("::: tip\ntext\n:::", "tip", "Tip"),
        ("::: danger Mind *this*\ntext\n:::", "danger", "Mind <em>this</em>"),
        (":::info[A title]\n\ntext\n\n:::", "info", "A title"),
        ("- ::: tip\n  text\n  :::", "tip", "Tip"),
        ('!!! note "T"\n    text', "note", "T"),
        ("before\n!!! note\n\n    text", "note", "Note"),
    ],
)
def test_boxes_of_all_generators_are_one(body: str, kind: str, title: str):
    html = html_of(body)
    assert f'class="admonition {kind}"' in html
    assert f'<p class="admonition-title">{title}</p>\n<p>text</p>\n</div>' in html


@pytest.mark.parametrize("body", ["> [!FOO]\n> text", "> [!NOTE] text", "::: unknown\ntext", ":::\ntext", "!! note\n    text"])
def test_what_no_generator_knows_stays_text(body: str):
    assert "admonition" not in html_of(body)
    assert "text" in html_of(body)


def test_a_longer_fence_holds_boxes():
    assert outline(":::: note\n::: tip\na\n:::\nb\n::::\nc") == "<div><p>Note</p><div><p>Tip</p><p>a</p></div><p>b</p></div><p>c</p>"


def test_boxes_of_one_length_close_from_within():
    assert outline("::: note\n::: tip\na\n:::\nb\n:::\nc") == "<div><p>Note</p><div><p>Tip</p><p>a</p></div><p>b</p></div><p>c</p>"


@pytest.mark.parametrize("body", ["::: details More\ntext\n:::", '??? "More"\n    text'])
def test_details_fold_out(body: str):
    assert outline(body) == "<details><summary>More</summary><p>text</p></details>"


def test_a_box_of_mkdocs_has_no_lazy_lines():
    assert outline("!!! note\n    a\nb") == "<div><p>Note</p><p>a</p></div><p>b</p>"


def test_tabs_that_follow_one_another_are_a_set():
    html = html_of('=== "A"\n    a\n=== "B"\n    b\n\ntext\n\n===+ "C"\n    c')
    assert re.findall(r'data-tabs="(.*?)"', html) == ["1:2", "2:1"]


# Bad input


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("text\n\n" + "".join("  " * depth + "- x\n" for depth in range(400)), 112),
        ("> " * 100_000 + "x", 10),
        ("- " * 400 + "x", 10),
        ("1. " * 400 + "x", 10),
        ("::: tip\n" * 300, 210),
        ('<div markdown="1">\n' * 300, 210),
    ],
)
def test_what_is_nested_too_deep_is_an_error_that_names_its_line(body: str, line: int):
    with pytest.raises(ContentError, match="nested too deep") as caught:
        render(body, TRUST, line=10)
    assert (caught.value.problem.rule, caught.value.problem.line) == ("too-complex", line)


@pytest.mark.parametrize(
    "body",
    [
        "```\n" + "x\n" * 20_000,
        "<!-- x\n" * 5_000,
        "<![CDATA[" * 900,
        "> " * 150 + "x\n" + "lazy\n" * 5_000,
        "|" * 5_000 + "\n" + "|-" * 5_000,
        "[a]: (((" * 2_000,
        "[a]: x '" + "\n[" * 5_000,
        '<a b="c ' * 2_000,
        "<div " + "b = c" * 5_000,
        "* " * 20_000,
        "-" * 20_000 + "x",
        "a\n: b\n" * 2_000,
        '=== "a"\n' * 500,
    ],
    ids=range(13),
)
def test_nothing_takes_long(body: str):
    render(body, TRUST, seconds=2)


# Any text


MARKS = ["", "", "", "- ", "* ", "+ ", "1. ", "2. ", "3) ", "> ", "> - ", "- > ", "- - ", "1. - ", "# ", "## "]
ALONE = ["```", "~~~", "````", "---", "***", "===", "<div>", "</div>", "<!-- c -->", "<details>", "</details>", "", "", "-", ">", "#"]
WORDS = st.sampled_from(["a", "a b", "a b c", "a  ", "a #", "12"])
LINES = st.one_of(
    st.tuples(st.sampled_from(["", "", " ", "  ", "   "]), st.sampled_from(MARKS), WORDS).map("".join),
    st.tuples(st.sampled_from(["", "  ", "   "]), st.sampled_from(ALONE)).map("".join),
    st.sampled_from(["a | b\n--|--\nc | d", "| a |\n|---|\n| b |", "    code"]),
)


def blocks_of(html: str) -> list[tuple[object, ...]]:
    return [entry if entry[1] == "pre" else entry[:2] for entry in shape(html) if entry[1] in BLOCKS]


@settings(max_examples=500)
@given(st.lists(LINES, max_size=12).map("\n".join))
def test_any_text_has_the_blocks_that_markdown_it_finds(body: str):
    assert blocks_of(html_of(body)) == blocks_of(GITHUB.render(body))


@given(st.text(alphabet=st.sampled_from("-*+>#`~=|:[]^!?<>/\"'{}() \t\n1.)ab\\_&"), max_size=60))
def test_no_text_is_lost_in_a_traceback(body: str):
    render(body, TRUST, seconds=30)


# Extensions of a site


def test_a_site_s_own_processor_takes_a_paragraph_in_any_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tmp_path.joinpath("stars_site.py").write_text(
        "from xml.etree.ElementTree import SubElement\n"
        "from markdown.blockprocessors import BlockProcessor\n"
        "from markdown.extensions import Extension\n"
        "class Stars(BlockProcessor):\n"
        "    def test(self, parent, block):\n"
        "        return block.startswith('%%')\n"
        "    def run(self, parent, blocks):\n"
        "        box = SubElement(parent, 'section')\n"
        "        first = blocks.pop(0)[2:]\n"
        "        inner = [first] if first else []\n"
        "        while blocks and not inner[-1:] == ['%%']:\n"
        "            inner.append(blocks.pop(0))\n"
        "        self.parser.parseBlocks(box, [one for one in inner if one != '%%'])\n"
        "class StarsExtension(Extension):\n"
        "    def extendMarkdown(self, md):\n"
        "        md.parser.blockprocessors.register(Stars(md.parser), 'stars', 200)\n"
        "makeExtension = StarsExtension\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert html_of("- x\n\n  %%a\n\n  - b\n\n  %%\n\n  c\n\ntext", extensions=("stars_site",)) == (
        "<ul>\n<li>\n<p>x</p>\n<section>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</section>\n<p>c</p>\n</li>\n</ul>\n<p>text</p>"
    )
    many = html_of("%%a\n\n%%\n\n" * 300, extensions=("stars_site",))
    assert many.count("<section>\n<p>a</p>\n</section>") == 300


def test_blocks_of_pymdownx_hold_blocks():
    html = html_of("/// html | section\n- a\n\n```\nx\n```\n///\n\nafter", extensions=("pymdownx.blocks.html",))
    assert re.sub(r"\s", "", html).startswith("<section><ul><li>a</li></ul><div")
    assert html.endswith("</section>\n<p>after</p>")


def test_an_extension_adds_a_kind_of_block():
    found: list[Found] = []

    def make(block: Found) -> Element | str:
        found.append(block)
        return Element("hr") if block.closed else "<u>open</u>"

    end = re.compile(r"\$\$")
    md = Dialect(output_format="html")
    md.parser.add_kind(Delimited("$", re.compile(r"\$\$"), lambda _: end, make))
    html = md.convert("text\n$$\n- a\n\n    b\n$$\n> $$ c $$\n> $$\n> d\n\nend\n$$")
    assert [(block.text, block.line, block.closed) for block in found] == [
        ("\n- a\n\n    b\n", 1, True),
        (" c ", 6, True),
        ("\nd", 7, False),
    ]
    assert re.sub(r"\n", "", html) == "<p>text</p><hr><blockquote><hr><u>open</u></blockquote><p>end$$</p>"


def test_an_extension_adds_a_kind_of_line():
    md = Dialect(output_format="html")
    md.parser.add_kind(
        Delimited(":", re.compile(r"::video\[(.*?)\]$"), None, lambda block: f"<video>{block.opening[1]}</video>", interrupts=False)
    )
    assert md.convert("::video[a]\n\ntext\n::video[b]") == "<video>a</video>\n<p>text\n::video[b]</p>"


@pytest.mark.parametrize("body", ["$$ a", "$$ a $$ b", "$$ a\n\n$$", "$$ a\n" * 3_000, "$$\n" + "a\n" * 3_000])
def test_what_has_no_end_of_its_own_stays_text(body: str):
    md, end = Dialect(output_format="html"), re.compile(r"\$\$")
    md.parser.add_kind(Delimited("$", end, lambda _: end, lambda _: "<hr>"))
    assert "<hr>" not in md.convert(body)

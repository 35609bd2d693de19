"""Info strings in every dialect, and what a block makes of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import Options, render
from sitegen.markup.listings.infos import Flaw, Info, parse_info

LINES = frozenset


@pytest.mark.parametrize(
    ("text", "info"),
    [
        ("", Info()),
        ("   python  ", Info("python")),
        ("c++", Info("c++")),
        ("c#", Info("c#")),
        ("html+jinja", Info("html+jinja")),
        ("objective-c", Info("objective-c")),
        # rustdoc
        ("rust,ignore", Info("rust", rest=(("ignore", ""),))),
        ("rust,should_panic,edition2021", Info("rust", rest=(("should_panic", ""), ("edition2021", "")))),
        # Docusaurus
        ('js {1,3-5} title="a.js"', Info("js", title="a.js", marked=LINES({1, 3, 4, 5}))),
        ('jsx title="src/a b.jsx" {2} showLineNumbers', Info("jsx", title="src/a b.jsx", marked=LINES({2}), first=1)),
        ("js showLineNumbers=5", Info("js", first=5)),
        ("js showLineNumbers=false", Info("js", first=0)),
        ("js showLineNumbers{5}", Info("js", first=5)),
        ("jsx live noInline", Info("jsx", rest=(("live", ""), ("noInline", "")))),
        ("js title='it\\'s'", Info("js", title="it's")),
        # CommonMark
        (r"foo\+bar", Info("foo+bar")),
        ("f&ouml;&#246;", Info("föö")),
        ('cpp title="Vec&lt;T&gt; \\"x\\" in C:\\new"', Info("cpp", title='Vec<T> "x" in C:\\new')),
        ("js {1..3}", Info("js", marked=LINES({1, 2, 3}))),
        # VuePress and VitePress
        ("js{1,3}", Info("js", marked=LINES({1, 3}))),
        ("js:line-numbers", Info("js", first=1)),
        ("ts:line-numbers=2 {1}", Info("ts", first=2, marked=LINES({1}))),
        ("ts {1}:no-line-numbers", Info("ts", first=0, marked=LINES({1}))),
        ("sh [npm]", Info("sh", title="npm")),
        ("{1,3}", Info(marked=LINES({1, 3}))),
        # MkDocs
        ('python linenums="1" hl_lines="2"', Info("python", first=1, marked=LINES({2}))),
        ('python linenums="5 2 1"', Info("python", first=5)),
        ('python linenums="0"', Info("python", first=0)),
        ('title="a.txt"', Info(title="a.txt")),
        # numbers that are links
        ("python anchors {#grow}", Info("python", first=1, links="grow", id="grow")),
        ('python {#grow linenums="5" anchors}', Info("python", first=5, links="grow", id="grow")),
        ("{.python .numberLines .lineAnchors #grow}", Info("python", first=1, links="grow", id="grow")),
        ("go {linenos=inline,anchorLineNos=true,lineAnchors=grow}", Info("go", first=1, links="grow")),
        ('python linenums="1" anchor_linenums=false', Info("python", first=1)),
        # attribute lists
        ('{ .python #id .class hl_lines="1" }', Info("python", id="id", classes=("class",), marked=LINES({1}))),
        ('{.python .numberLines startFrom="100"}', Info("python", first=100)),
        ("python {#my-id .a class='b c'}", Info("python", id="my-id", classes=("a", "b", "c"))),
        ("{r, echo=FALSE}", Info("r", rest=(("echo", "FALSE"),))),
        ("{code-block} python", Info("python")),
        # Zola
        ("rust,linenos,hl_lines=1 3-5,name=x.rs,linenostart=10", Info("rust", title="x.rs", marked=LINES({1, 3, 4, 5}), first=10)),
        # Hugo
        ('go {linenos=table,hl_lines=[8,"15-17"],linenostart=199}', Info("go", marked=LINES({8, 15, 16, 17}), first=199)),
        ("go {linenos=false}", Info("go", first=0)),
        # Gatsby, Zenn and Starlight
        ("js:title=src/a.js{1,2}", Info("js", title="src/a.js", marked=LINES({1, 2}))),
        ("jsx{1,4}", Info("jsx", marked=LINES({1, 4}))),
        ("js:a.js", Info("js", title="a.js")),
        ("jsx {numberLines: 21}", Info("jsx", first=21)),
        ("js{numberLines: true}", Info("js", first=1)),
        ('ts ins={2} del={"old":3} mark={5-6} "a b"', Info("ts", added=LINES({2}), removed=LINES({3}), marked=LINES({5, 6}))),
        # differences
        ("diff", Info("diff")),
        ("diff-python", Info("python", diff=True)),
        ("python diff", Info("python", diff=True)),
        ("diff js", Info("js", diff=True)),
        ('diff lang="js" title="a.js"', Info("js", diff=True, title="a.js")),
        # ours
        ('python file="a b.py" lines="3-7"', Info("python", rest=(("file", "a b.py"), ("lines", "3-7")))),
    ],
)
def test_an_info_string_means_what_its_generator_means(text: str, info: Info):
    assert parse_info(text, lines=20) == info


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("js {1,x}", Flaw("`x` is neither a line nor a range of lines", 6)),
        ('js hl_lines="foo"', Flaw("`foo` is neither a line nor a range of lines", 13)),
        ("js {5-3}", Flaw("`5-3` is neither a line nor a range of lines", 4)),
        ("js {0}", Flaw("`0` is neither a line nor a range of lines", 4)),
        ("js {2-}", Flaw("`2-` is neither a line nor a range of lines", 4)),
        ("js {99}", Flaw("line 99 of a block of 3 lines cannot be marked", 4)),
        ("js {2-999999999}", Flaw("line 4 of a block of 3 lines cannot be marked", 4)),
        ('js linenums="x"', Flaw("`x` is not the number of a line", 13)),
        ("js,linenostart=ten", Flaw("`ten` is not the number of a line", 15)),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_place(text: str, flaw: Flaw):
    info = parse_info(text, lines=3)
    assert (info.language, info.flaws) == ("js", (flaw,))


def test_the_lines_that_are_there_are_marked_all_the_same():
    assert parse_info("js {2-9,x}", lines=3).marked == {2, 3}


@given(st.text(alphabet="js py{}[]()=:,\"'`#.-+1239 \t\\/éx", max_size=40), st.integers(0, 9))
def test_any_info_string_is_read_and_no_line_is_made_up(text: str, lines: int):
    info = parse_info(text, lines=lines)
    assert all(1 <= line <= lines for line in info.marked | info.added | info.removed)
    assert all(0 <= flaw.offset <= len(text) for flaw in info.flaws)


@pytest.mark.parametrize(
    "text", ["{" * 5000, "a=" * 5000, '"\\' * 5000, "[" * 5000, "a:" * 5000, "1-" * 5000, "hl_lines=" + "1 " * 5000 + "x"]
)
def test_a_long_info_string_takes_no_time(text: str):
    began = time.process_time()
    parse_info(text, lines=3)
    # What takes the square of the length takes minutes.
    assert time.process_time() - began < 5


def test_a_fence_with_a_foreign_info_string_is_code():
    html = render('```js {1,3-5} title="a.js"\none\ntwo\n```\n', Options()).body.html
    assert "<figcaption>a.js</figcaption>" in html
    assert '<span class="hll"><span class="nx">one</span>\n</span>' in html


def test_a_flaw_of_a_fence_is_a_warning_with_its_place():
    (problem,) = render("text\n\n> ```js {1,9}\n> one\n> ```\n", Options(), line=4).problems
    assert (problem.rule, problem.line, problem.column) == ("fence-option", 6, 12)
    assert problem.excerpt == "> ```js {1,9}"


def test_a_fence_within_an_indented_block_asks_for_nothing():
    assert render("text\n\n    ```js {9}\n    one\n    ```\n", Options()).problems == ()


def test_each_number_of_a_block_is_a_link_to_its_line_where_that_is_asked_for():
    rendered = render("```python anchors {#grow} linenums=9\na = 1\nb = 2\n```\n", Options())
    html = rendered.body.html
    assert (
        '<span id="grow-9"><a class="line-link" href="#grow-9" aria-label="9"><span class="linenos" data-linenos=" 9"></span></a>' in html
    )
    assert {"grow", "grow-9", "grow-10"} <= set(rendered.ids)


def test_lines_that_are_links_need_an_id():
    assert parse_info("python anchors", lines=1).flaws == (Flaw("lines that are links need an id for the block, such as `{#name}`", 0),)

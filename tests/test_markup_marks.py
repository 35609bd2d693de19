"""Comments that mark lines, and differences: what is shown of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.html_scan import decode
from sitegen.markup import Options, render
from sitegen.markup.listings.code import Code, code_block, code_of
from sitegen.markup.listings.marks import without_marks


def text_of(html: str) -> str:
    return decode(re.sub(r"<[^>]*>", "", html))


def lines_in(tag: str, html: str) -> list[str]:
    return [text_of(found).rstrip("\n") for found in re.findall(rf"<{tag}\b[^>]*>(.*?\n)</{tag}>", html)]


@pytest.mark.parametrize(
    "comment", ["// {}", "# {}", "-- {}", "; {}", "% {}", "rem {}", "/* {} */", "{{/* {} */}}", "<!-- {} -->", "(* {} *)"]
)
def test_a_comment_of_any_language_marks_the_next_line(comment: str):
    marked = without_marks(f"one\n{comment.format('highlight-next-line')}\ntwo\nthree")
    assert (marked.source, set(marked.marked)) == ("one\ntwo\nthree", {2})


@pytest.mark.parametrize(
    ("source", "shown", "marked"),
    [
        ("# highlight-start\na\nb\n# highlight-end\nc", "a\nb\nc", {1, 2}),
        ("a // highlight-line\nb", "a\nb", {1}),
        ("a\n// hide-next-line\nb\nc", "a\nc", set()),
        ("// hide-start\na\n// hide-end\nb // hide-line\nc", "c", set()),
        ("a // [!code highlight]\nb // [!code hl]\nc // [!code focus]", "a\nb\nc", {1, 2, 3}),
        ("// [!code highlight:2]\na\nb\nc", "a\nb\nc", {1, 2}),
        ("a // [!code highlight:2]\nb\nc", "a\nb\nc", {1, 2}),
        ("a // [!code word:a]\nb", "a\nb", set()),
        ("a // [\\!code ++]", "a // [\\!code ++]", set()),
        ('"// highlight-next-line"\na', '"// highlight-next-line"\na', set()),
        (".hide-line { color: red }", ".hide-line { color: red }", set()),
        ("a // [!code nonsense]", "a // [!code nonsense]", set()),
    ],
)
def test_comments_of_docusaurus_gatsby_and_vitepress(source: str, shown: str, marked: set[int]):
    found = without_marks(source)
    assert (found.source, set(found.marked), found.flaws) == (shown, marked, ())


def test_lines_of_vitepress_are_added_and_removed():
    found = without_marks("a // [!code --]\nb // [!code ++]\n<!-- [!code ++:2] -->\nc\nd\ne")
    assert (found.source, set(found.added), set(found.removed)) == ("a\nb\nc\nd\ne", {2, 3, 4}, {1})


def test_markdown_that_shows_code_of_others_keeps_its_comments():
    found = without_marks("// highlight-next-line\n<!-- highlight-next-line -->\na", language="md")
    assert (found.source, set(found.marked)) == ("// highlight-next-line\na", {2})


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("a\n// highlight-start\nb", "`highlight-start` has no `highlight-end`", 2),
        ("a\n// highlight-end\nb", "`highlight-end` has no `highlight-start`", 2),
        ("// hide-start\na\n// highlight-end\n// hide-end", "`highlight-end` has no `highlight-start`", 3),
    ],
)
def test_half_a_pair_is_said_with_its_line(source: str, message: str, line: int):
    (flaw,) = without_marks(source).flaws
    assert (flaw.message, flaw.line) == (message, line)


def test_half_a_pair_in_a_fence_is_a_warning_with_its_place():
    (problem,) = render("text\n\n```js\na\n// highlight-start\nb\n```\n", Options(), line=10).problems
    assert (problem.rule, problem.line, problem.column, problem.excerpt) == ("fence-option", 14, 1, "// highlight-start")


def test_lines_of_the_info_string_are_those_that_are_shown():
    code = code_of("a\n// highlight-next-line\nb\nc", "js {3}")
    assert (code.source, code.marked, code.flaws) == ("a\nb\nc", {2, 3}, ())


@given(st.text(alphabet="ab/#-* \n[]!code+:2highlight-nextlinestartend<>", max_size=80))
def test_no_line_is_marked_that_is_not_there(source: str):
    found = without_marks(source)
    assert all(1 <= line <= found.source.count("\n") + 1 for line in found.marked | found.added | found.removed)


DIFF = ' def f():\n-    """one\n+    """two\n     end"""\n-    return 1\n+    return "<&>"'


def test_a_difference_is_highlighted_as_its_language_and_keeps_its_text():
    html = code_block(code_of(DIFF, "diff-python"))
    assert text_of(html).rstrip("\n") == DIFF
    assert lines_in("ins", html) == ['+    """two', '+    return "<&>"']
    assert lines_in("del", html) == ['-    """one', "-    return 1"]
    # The last line of the text in quotes is text in quotes in both.
    assert '<span class="sd">    end"""</span>' in html
    assert '<span class="k">return</span>' in html
    assert 'data-language="Python"' in html


def test_what_tells_of_files_and_places_is_no_code():
    source = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ f()\n a\n-b\n+c\n\\ No newline at end of file"
    html = code_block(code_of(source, "python diff"))
    assert html.count('class="gu"') == 5
    assert (lines_in("ins", html), lines_in("del", html)) == (["+c"], ["-b"])


def test_lines_without_a_sign_belong_to_both_texts():
    assert lines_in("ins", code_block(code_of("a\n+b\n\nc", "diff js"))) == ["+b"]


@pytest.mark.parametrize("info", ["diff-python", "diff-text", "diff-nonesuch", "python diff linenums=1 {1}"])
@given(source=st.text(alphabet="+- @\"'\n\tx<&é", max_size=60))
def test_any_difference_keeps_its_text(info: str, source: str):
    assert text_of(code_block(code_of(source, info))) == source + "\n"


def test_a_line_that_was_added_and_marked_is_one_element():
    html = code_block(Code("a\nb", added={1}, marked={1, 2}))
    assert '<ins class="hll">a\n</ins><span class="hll">b\n</span>' in html


def test_a_difference_passes_the_sanitiser_unharmed():
    body = f"```diff-python linenums=1 {{1}}\n{DIFF}\n```\n"
    clean, trusted = (render(body, Options(html=html)) for html in ("sanitise", "trust"))
    assert text_of(clean.body.html) == text_of(trusted.body.html)
    assert clean.problems == ()
    assert clean.body.html.count("<ins>") == 2
    assert clean.words == trusted.words

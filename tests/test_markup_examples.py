"""Examples: source and result side by side. Those of the documentation are golden files."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.markup import Options, render
from sitegen.markup.examples import isolated

ROOT = Path(__file__).parents[1]
WRITING = ROOT / "content" / "docs" / "writing"
GOLDEN = Path(__file__).parent / "golden" / "examples"
DEFAULT = Options()
RESULT = '<div class="example-result" role="group" aria-label="Result">\n'


def example(source: str, fence: str = "````") -> str:
    return f"{fence}markdown example\n{source}\n{fence}\n"


def results(html: str) -> list[str]:
    """The HTML of each result of a page, as it is in the page."""
    found = []
    for start in re.finditer(re.escape(RESULT), html):
        depth, at = 1, start.end()
        for tag in re.finditer(r"<(/?)div\b", html[start.end() :]):
            depth += -1 if tag[1] else 1
            if not depth:
                at = start.end() + tag.start()
                break
        found.append(html[start.end() : at])
    return found


@pytest.mark.parametrize("page", sorted(WRITING.glob("*.md")), ids=lambda path: path.stem)
def test_the_examples_of_the_documentation_give_the_golden_html(page: Path, update: bool):
    _, meta, body = page.read_text("utf-8").split("---\n", 2)
    options = replace(DEFAULT, math="math: true" in meta)
    found = {f"{page.stem}-{number}.html": html for number, html in enumerate(results(render(body, options).body.html), 1)}
    if update:
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob(f"{page.stem}-[0-9]*.html"):
            old.unlink()
        for name, html in found.items():
            (GOLDEN / name).write_text(html, "utf-8")
    golden = (path for path in GOLDEN.glob("*.html") if path.stem.rpartition("-")[0] == page.stem)
    assert found == {path.name: path.read_text("utf-8") for path in golden}


def test_no_golden_example_is_of_a_page_that_is_gone():
    pages = {path.stem for path in WRITING.glob("*.md")}
    assert {path.stem.rpartition("-")[0] for path in GOLDEN.glob("*.html")} <= pages


def test_an_example_is_its_source_and_its_result():
    html = render(example("Some *text*."), DEFAULT).body.html
    assert html.startswith('<div class="example"><div class="highlight" data-language="Markdown">')
    assert results(html) == ["<p>Some <em>text</em>.</p>\n"]


def test_an_example_renders_as_the_same_markdown_does_on_a_page():
    source = "- one\n- two\n\n| a |\n|---|\n| b |\n\n!!! note\n    Text.\n\n```js\nx\n```"
    (result,) = results(render(example(source), DEFAULT).body.html)
    assert result.strip() == render(source, DEFAULT).body.html.strip()


def test_no_id_is_there_twice():
    source = '## Part\n\nText[^1] and [it](#part).\n\n=== "A"\n    a\n=== "B"\n    b\n\n[^1]: Note.'
    rendered = render(f"{source}\n\n{example(source)}\n{example(source)}", DEFAULT)
    assert len(rendered.ids) == len(set(rendered.ids))
    assert 'href="#part"' in rendered.body.html
    assert 'href="#example-1-part"' in rendered.body.html
    assert 'href="#example-2-part"' in rendered.body.html
    assert len(set(re.findall(r'name="(__tabbed_[^"]*)"', rendered.body.html))) == 3
    labels = re.findall(r'<label for="([^"]*)"', rendered.body.html)
    assert len(labels) == 6
    assert set(labels) <= set(rendered.ids)


def test_footnotes_and_headings_of_an_example_stay_in_it():
    rendered = render(example("# Title\n\n## Part\n\nText[^1].\n\n[^1]: Note.") + "\nText[^1].\n\n[^1]: Other.\n", DEFAULT)
    assert rendered.title == ""
    assert rendered.contents == ()
    (result,) = results(rendered.body.html)
    assert "Note." in result
    assert "Other." not in result


def test_an_example_in_an_example_is_code():
    inner = example("*x*", "```").rstrip("\n")
    html = render(example(inner), DEFAULT).body.html
    assert html.count("example-result") == 1
    assert "<em>x</em>" not in html


def test_what_an_example_leaves_open_is_closed_in_it():
    html = render(example('<div><b>x\n\n<script>alert(1)</script> <i onclick="y">z</i>') + "\nafter *it*\n", DEFAULT).body.html
    (result,) = results(html)
    assert "after" not in result
    assert "<script" not in html
    assert not re.search(r"<[^>]*onclick", html)


@pytest.mark.parametrize(
    "forged",
    [
        "<i title='&#26;\U000f0000'>x</i>",
        "&#26;\U000f0000",
        "<a href='&#x1a;\U000f0000'>x</a>",
        "<b title='&#26;\U000f0001'>x</b>",
        "<template>\n\n{}\n\n</template>\n\n<i title='&#26;\U000f0000'>x</i>",
    ],
)
def test_no_result_can_be_put_where_it_would_do_harm(forged: str):
    inner = example('Quoted " onmouseover="alert(1)" x.')
    html = render(forged.format(inner) if "{}" in forged else f"{forged}\n\n{inner}", DEFAULT).body.html
    assert not re.search(r"<[^>]*onmouseover", html)
    assert not re.search("[\x00-\x08\x0b-\x1f]", html)


def test_formulas_and_players_of_an_example_are_shown():
    body = "Outer $a$.\n\n" + example("Inner $x^2$.\n\n```js\nx\n```\n\n::video[A film](film.mp4)")
    rendered = render(body, Options(math=True))
    (result,) = results(rendered.body.html)
    assert "<msup>" in result
    assert rendered.body.html.count("<math") == 2


def test_a_link_in_an_example_has_its_place():
    links = render("text\n\n" + example("See [it](a.md)."), DEFAULT).body.references
    assert [(link.target, link.line, link.column) for link in links] == [("a.md", 4, 10)]


def test_only_markdown_can_be_an_example():
    assert "example-result" not in render("```python example\nx\n```\n", DEFAULT).body.html
    assert "example-result" not in render("```markdown\nexample\n```\n", DEFAULT).body.html


def test_an_example_may_stand_in_a_list():
    html = render("- item\n\n    ```markdown example\n    *x*\n    ```\n", DEFAULT).body.html
    assert results(html) == ["<p><em>x</em></p>\n"]


def test_an_example_is_the_same_in_a_page_whose_html_is_trusted():
    html = render(example("Some *text* <b>x</b>."), Options(html="trust")).body.html
    assert results(html) == ["<p>Some <em>text</em> <b>x</b>.</p>\n"]


def test_a_prefix_is_put_before_ids_and_what_refers_to_them():
    html = '<p id="a" aria-labelledby="a b" title="id=a">id="a" <a href="#a"></a><a href="#b"></a><a href="a"></a><a name="c"></a></p>'
    changes = {'<p id="a"': '<p id="x-a"', '"a b"': '"x-a b"', '"#a"': '"#x-a"', 'name="c"': 'name="x-c"'}
    expected = html
    for before, after in changes.items():
        expected = expected.replace(before, after)
    assert isolated(html, "x-") == expected

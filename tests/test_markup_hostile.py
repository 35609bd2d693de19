"""What no author means and some author writes: no body breaks the renderer, and none leaves its signs in a page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.markup import Options, Rendered, render
from sitegen.markup.text import CONTROL

OPTIONS = Options(math=True, embeds=("player.example",))
PIECES = [
    *(
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\n",
        "\n\n",
        "```\n",
        "```math\n",
        "```mermaid\n",
        "```markdown example\n",
        "~~~\n",
        "---\n",
        "|-|\n",
    ),
    *(
        "`",
        "``",
        "$",
        "$$\n",
        "\\(",
        "\\)",
        "*",
        "_",
        "~~",
        "==",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](a.md)",
        "[^1]",
        "[^1]: ",
        "[x]: y\n",
        "*[X]: y\n",
    ),
    *(
        "<",
        ">",
        "<b>",
        "</b>",
        "<p>",
        "<div>",
        '<div markdown="1">',
        "</div>",
        "<details>",
        "<table>",
        "<td>",
        "<pre>",
        "<code>",
        "</code>",
    ),
    *("<picture>", '<figure data-embed="0">', "<svg>", "<math>", "<style>", "<!--", "-->", "<!-- more -->", "<![CDATA[", "]]>", "<?"),
    *("&#2;", "&#3;&#xF0000;", "&#4;&#x100000;", "&#14;&#x100000;", "&#26;&#xF0000;", "&#27;", "{{ x }}", "{{< y >}}", "{% z %}", "{:toc}"),
    *(
        "<Part a={b}/>",
        "{n}",
        "{#i}",
        "{title}",
        "{: .c}\n",
        "{onclick=x}",
        ":tada:",
        "::: note\n",
        '!!! note "t"\n',
        '=== "t"\n',
        "[TOC]\n",
    ),
    *('::embed[t]{src="https://youtu.be/aaaaaaaaaaa"}\n', "\\begin{align}", "\\end{align}", "\\text{<b>}", "|a|b|\n", ": def\n", "word "),
]


def texts(rendered: Rendered) -> str:
    """All that a page shows of a body."""
    contents = (part for heading in rendered.contents for part in (heading.title, heading.id))
    return "\n".join(
        (rendered.body.html, rendered.summary.html, rendered.title, rendered.title_id, rendered.text, *contents, *rendered.ids)
    )


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_body_breaks_the_renderer_or_leaves_a_control_character_in_a_page(body: str):
    try:
        rendered = render(body, OPTIONS)
    except ContentError:
        return
    assert not CONTROL.search(texts(rendered))


@pytest.mark.parametrize("definition", ["[x]: y", '[x]: y "z"', "*[X]: y"])
def test_a_rule_may_stand_right_below_definitions(definition: str):
    assert render(f"{definition}\n---\n", OPTIONS).body.html == "<hr>"


@pytest.mark.parametrize("name", ["n", "title", "id", "data-toc-label", "class"])
def test_an_attribute_list_may_name_one_without_a_value(name: str):
    assert "🎉" in render(f"## Heading *a*{{{name}}} :tada: {{{name}}}\n\n[TOC]\n", OPTIONS).body.html


def test_a_picture_may_lose_its_address_to_an_attribute_list():
    assert render("![](b.png){src}", OPTIONS).body.html.startswith("<p><img")


@pytest.mark.parametrize("body", ["$a {{ x }} b$", "$$\na {{< x >}} b\n$$", "```math\na {{ x }}\n```", "![$a {{ x }}$](b.png)"])
def test_double_braces_in_a_formula_are_a_part_of_it(body: str):
    rendered = render(body, OPTIONS)
    assert not CONTROL.search(texts(rendered))
    assert [problem.rule for problem in rendered.problems if problem.rule != "missing-alt"] == []


def test_double_braces_in_a_formula_that_cannot_be_shown_stay_what_they_are():
    assert "<code>$\\unknown {{&lt; x &gt;}}$</code>" in render("$\\unknown {{< x >}}$", OPTIONS).body.html


def test_an_embed_that_an_author_numbers_is_none():
    body = '<figure data-embed="0">a</figure>\n\n<figure data-embed="' + "9" * 5000 + '">b</figure>\n'
    for options in (OPTIONS, Options(html="trust")):
        assert not re.search(r"data-embed=\"[^\"9]", render(body, options).body.html)

"""Shortcodes, template tags and components of other generators: text, and one warning each."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.html_scan import decode
from sitegen.markup import Options, render
from sitegen.markup.foreign import _FOREIGN, _candidates, prepare

DEFAULT = Options()


def found(body: str) -> list[tuple[int, int, str]]:
    problems = [problem for problem in render(body, DEFAULT).problems if problem.rule == "unknown-shortcode"]
    return [(problem.line, problem.column, problem.message.split("`")[1]) for problem in problems]


def text_of(body: str) -> str:
    return decode(re.sub(r"<[^>]*>", "", render(body, DEFAULT).body.html))


@pytest.mark.parametrize(
    ("source", "shown", "offer"),
    [
        ('{{< figure src="a.png" >}}', "{{< figure >}}", "![what it shows]"),
        ("{{<youtube w7Ft2ymGmfc>}}", "{{< youtube >}}", "::embed[A title]"),
        ("{{% notice tip %}}", "{{% notice %}}", "!!! note"),
        ('{{< highlight go "linenos=table" >}}', "{{< highlight >}}", "a fence"),
        ('{{< ref "about.md" >}}', "{{< ref >}}", "[text](other.md)"),
        ("{{< shop/price 3 >}}", "{{< shop/price >}}", "write Markdown"),
        ("{% highlight ruby linenos %}", "{% highlight %}", "a fence"),
        ("{% post_url 2020-01-01-a %}", "{% post_url %}", "[text](other.md)"),
        ("{% link a.md %}", "{% link %}", "[text](other.md)"),
        ("{% raw %}", "{% raw %}", "nothing in a page is executed"),
        ("{%- include toc.html -%}", "{% include toc.html %}", "[TOC]"),
        ("{% include figure.html url='x' %}", "{% include figure.html %}", "![what it shows]"),
        ('{% include "youtube.html" %}', '{% include "youtube.html" %}', "::embed[A title]"),
        ("{% include footer.html %}", "{% include footer.html %}", "@include: part.md"),
        ("{% if page.x %}", "{% if %}", "write out what it would give"),
        ("{% note info %}", "{% note %}", "!!! note"),
        ("{{ page.title }}", "{{ page.title }}", "write the value itself"),
        ('{{ youtube(id="x") }}', '{{ youtube(id="x") }}', "::embed[A title]"),
        ("{{ $frontmatter.title }}", "{{ $frontmatter.title }}", "write the value itself"),
        ("{:toc}", "{:toc}", "[TOC]"),
        ('{::options parse_block_html="true" /}', '{::options parse_block_html="true" /}', "write Markdown"),
        ("<Tabs>", "<Tabs>", '=== "Tab"'),
        ('<Image src={img} alt="x" />', "<Image>", "![what it shows]"),
        ("<Foo.Bar />", "<Foo.Bar>", "write Markdown"),
        ("Vec<String>", "<String>", "between backticks"),
        ("import Foo from '../foo'", "import …", "delete it"),
        ('import "./a.css";', "import …", "delete it"),
        ("export const a = 1", "export …", "delete it"),
        ("::: code-group", "::: code-group", '=== "Tab"'),
        (":::v-pre", "::: v-pre", "nothing in a page is executed"),
        ("[[info | A title]]\n| text", "[[info | A title]]", "!!! note"),
    ],
)
def test_each_is_text_and_a_warning_that_offers_something(source: str, shown: str, offer: str):
    rendered = render(f"text\n\n{source}\n\nmore", DEFAULT)
    (problem,) = rendered.problems
    assert (problem.rule, problem.line, problem.message) == ("unknown-shortcode", 3, f"`{shown}` is nothing to sitegen, and stays text")
    assert offer in problem.hint
    assert problem.excerpt == source.split("\n")[0]
    assert " ".join(source.split()) in " ".join(decode(re.sub("</?p>", "", rendered.body.html)).split())


@pytest.mark.parametrize(
    "source",
    [
        "`{{ x }}` and `<Foo/>` and ``{% y %}``",
        "```jinja\n{{ x }} {% if %} <Foo/>\n```",
        "- item\n\n    ```\n    {{ x }}\n    ```",
        "text\n\n    {{ x }} <Foo/>\n    {{< y >}}\n",
        "<!-- {{ x }} <Foo> -->",
        "\\{{ x }} \\{% y %}",
        "{{</* figure */>}}",
        "$\\frac{{a}}{{b}}$",
        "<B>bold</B> <BR> <TABLE></TABLE>",
        "::: tip\ntext\n:::",
        "text\n\n    ::: code-group\n",
        "::: details More\ntext\n:::",
        "I import a plant from Peru, and export some.",
        "[[a wiki link]] and a [[b | c]] within a line",
        "{% endif %} {% else %} {{< /note >}} </Tabs>",
    ],
)
def test_code_and_what_is_escaped_is_no_mistake(source: str):
    assert found(source) == []


def test_what_liquid_calls_raw_is_not_looked_into():
    assert found("{% raw %}{{ x }} {% if %}{% endraw %} {{ y }}") == [(1, 1, "{% raw %}"), (1, 39, "{{ y }}")]


def test_each_is_named_at_its_own_place():
    assert found("{{ a }}{{ b }}\n> {{ a }}\n\n- <Foo>\n") == [(1, 1, "{{ a }}"), (1, 8, "{{ b }}"), (2, 3, "{{ a }}"), (4, 3, "<Foo>")]


def test_a_shortcode_over_several_lines_stays_one_text():
    body = 'before\n\n{{< figure\n  src="a_b_c.png"\n  caption="*x*"\n>}}\n\nafter'
    assert found(body) == [(3, 1, "{{< figure >}}")]
    assert 'src="a_b_c.png"\ncaption="*x*"\n>}}' in text_of(body)
    assert "blockquote" not in render(body, DEFAULT).body.html


def test_markdown_between_components_is_read():
    html = render('<Tabs>\n<TabItem value="a">\n\nSome *text*.\n\n</TabItem>\n</Tabs>\n', DEFAULT).body.html
    assert "<p>Some <em>text</em>.</p>" in html
    assert html.count("&lt;/Tab") == 2


def test_a_heading_may_hold_one():
    rendered = render("# All of <Tabs>\n\n## The <Foo> of {{ x }}\n", DEFAULT)
    assert rendered.title == "All of <Tabs>"
    (heading,) = rendered.contents
    assert (heading.id, heading.title) == ("the-foo-of--x-", "The <Foo> of {{ x }}")


def test_a_link_that_holds_liquid_keeps_its_place():
    rendered = render("text\n\n[a]({{site.url}}/a) ![b]({{ site.url }}/b.png)\n", DEFAULT)
    assert [(link.target, link.line, link.column) for link in rendered.body.references][:1] == [("{{site.url}}/a", 3, 5)]
    assert all(link.line == 3 for link in rendered.body.references)


def test_nothing_is_executed_or_let_through():
    html = render('<Foo onclick="x()"><script>alert(1)</script></Foo> {{ 7*7 }} {% include "/etc/passwd" %}', DEFAULT).body.html
    assert "<script" not in html
    assert "<foo" not in html.lower()
    assert "{{ 7*7 }}" in html


def test_nothing_else_on_the_page_changes():
    body = "# A\n\ntext <b>x</b> `c`\n\n| a | b |\n|---|---|\n| {} | x |\n"
    assert render(body.replace("{}", "{{ x }}"), DEFAULT).body.html.replace("{{ x }}", "{}") == render(body, DEFAULT).body.html


@given(st.text(alphabet="{}%<>/:AaT[]|` \n\\import'\"=", max_size=80))
def test_no_mark_is_left(body: str):
    rendered = render(body, DEFAULT)
    assert not re.search(r"[\x05-\x08\x0e-\x19]", repr(rendered).encode().decode("unicode_escape"))
    assert prepare(body).source.count("\n") == body.count("\n")


@pytest.mark.parametrize("part", ["{{", "{%", "{{<", "{{ x }}", "{%\n", "<A", "<A ", "import a", "[[a | ", "{:", "{{ a\n", "`{{"])
def test_many_of_them_take_no_time(part: str):
    began = time.process_time()
    prepare(part * (8_000 // len(part)))
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("written", ["{#own-id}", "{/* #own-id */}", "{/*#own-id*/}", "{: #own-id }"])
def test_a_heading_has_the_id_that_its_author_wrote(written: str):
    rendered = render(f"## A title {written}\n\ntext\n", DEFAULT)
    assert [(heading.id, heading.title) for heading in rendered.contents] == [("own-id", "A title")]
    assert rendered.problems == ()


def test_an_id_in_code_is_code():
    assert "{/* #x */}" in text_of("```mdx\n## A {/* #x */}\n```\n")


@given(st.text(alphabet="{}%<>/:AaT[]|` \n\\import'\"=", max_size=80))
def test_the_short_way_finds_what_the_expression_finds(body: str):
    assert [found.span() for found in _candidates(body)] == [found.span() for found in _FOREIGN.finditer(body)]

"""Formulas in Markdown: where they begin and end, what they become, and what is said of those that cannot be shown."""

from __future__ import annotations

import re
import time
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import Options, Rendered, render
from sitegen.markup.engine import Engine
from sitegen.markup.latex import LONGEST
from sitegen.report import as_text

GOLDEN = Path(__file__).parent / "golden" / "math"
MATH = Options(math=True)
TAGS = re.compile(r"<[a-zA-Z][^>]*>")


def html_of(body: str, **given) -> str:
    return render(body, MATH, **given).body.html


def wrong(body: str, options: Options = MATH) -> list[tuple[str, int, int, str]]:
    return [(problem.rule, problem.line, problem.column, problem.message) for problem in render(body, options).problems]


def formulas_of(body: str) -> list[str]:
    return re.findall(r'alttext="([^"]*)"', html_of(body))


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_the_html_is_the_golden_one(source: Path, update: bool):
    html = html_of(source.read_text("utf-8")) + "\n"
    expected = source.with_suffix(".html")
    if update:
        expected.write_text(html, "utf-8")
    assert html == expected.read_text("utf-8")


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_golden_html_has_no_parse_error_and_nothing_that_a_policy_forbids(source: Path):
    html = html_of(source.read_text("utf-8"))
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(html)
    assert [code for _, code, _ in parser.errors] == []
    assert not re.search(r"<[^>]*\sstyle=|<script|\son[a-z]+=|[\x04\U00100000-\U0010fffd]", html)


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_python_markdown_without_short_cuts_finds_the_same_formulas(source: Path):
    body = source.read_text("utf-8")
    assert Engine(MATH).convert(body, line=1) == Engine(MATH, stock=True).convert(body, line=1)


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6.",
        "From 5$ to 6$ and $7.",
        "In $HOME:$PATH and $A/$B.",
        "The shell is $$, the other $$ too.",
        "Escaped \\$x$.",
        "`$x$` and `$$y$$`",
        "A lone $ sign and $ another $ one",
        "a$x$b",
        "US$5,A$6",
        "$x$5",
        "$\n\nx$",
        "    $$x$$",
    ],
)
def test_what_is_no_formula_stays_text(text: str):
    assert "<math" not in html_of(text)


def test_a_dollar_behind_a_backslash_is_a_dollar():
    assert html_of("\\$5 and \\$x\\$") == "<p>$5 and $x$</p>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$", ["x"]),
        ("$x$, $y$.", ["x", "y"]),
        ("($x$)", ["x"]),
        ("$x$-axis", ["x"]),
        ("$\\$5$", ["\\$5"]),
        ("*$a*b$*", ["a*b"]),
        ("$a_b$ and $c_d$", ["a_b", "c_d"]),
        ("$x\ny$", ["x y"]),
        ("\\(x\\)", ["x"]),
        ("\\\\(x\\\\)", ["x"]),
        ("\\[x\\]", ["x"]),
        ("\\\\[\nx\n\\\\]", ["x"]),
        ("so $$x$$ is", ["x"]),
        ("$$\nx\n$$", ["x"]),
        ("$$x\n$$", ["x"]),
        ("- $$\n  x\n  $$", ["x"]),
        ("> $$\n> x\n> $$", ["x"]),
        ("## $x$", ["x"]),
        ("```math\nx\n```", ["x"]),
        ("- a\n\n    ```math\n    x\n    ```", ["x"]),
        ("$$\na\n\nb\n$$", ["a b"]),
    ],
)
def test_a_formula_is_found(text: str, found: list[str]):
    assert formulas_of(text) == found


def test_dollars_are_text_where_a_page_wants_no_formulas_but_a_fence_says_what_it_is():
    html = render("$x$ \\(y\\)\n\n```math\nz\n```\n", Options()).body.html
    assert re.findall(r'alttext="([^"]*)"', html) == ["z"]
    assert "$x$ (y)" in html


def test_a_page_that_wants_none_is_told_once_of_a_formula():
    body = "Text\n\n$$\nx\n$$\n\n\\begin{align}\na\n\\end{align}\n"
    assert wrong(body, Options()) == [("math-off", 3, 1, "this looks like a formula, and is shown as it is written")]
    assert wrong("Costs $$ and $$.\n\n```text\n$$\nx\n$$\n```\n\n`$$x$$`\n", Options()) == []
    assert wrong("\\begin{figure}\nx\n\\end{figure}\n", Options()) == []


def test_a_display_is_a_block_and_one_within_a_line_is_in_its_paragraph():
    assert html_of("$$x$$") == '<div class="math"><math display="block" alttext="x"><mi>x</mi></math></div>'
    assert html_of("so $$x$$.") == '<p>so <math display="block" alttext="x"><mi>x</mi></math>.</p>'


def test_equations_are_numbered_as_they_stand_on_the_page_and_can_be_referred_to_from_anywhere():
    body = "$\\eqref{b}$[^1]\n\n[^1]: $$\\begin{equation}c\\end{equation}$$\n\n$$\\begin{equation}\\label{a}a\\end{equation}$$\n\n"
    body += "$$\\begin{equation}\\label{b}b\\end{equation}$$\n"
    rendered = render(body, MATH)
    assert '<a href="#math-b">(2)</a>' in rendered.body.html
    assert [name for name in rendered.ids if name.startswith("math")] == ["math-a", "math-b"]
    assert re.findall(r"<mtext>\((\d)\)", rendered.body.html) == ["1", "2", "3"]


def test_a_command_that_a_formula_defines_is_there_for_the_rest_of_the_page():
    assert "ℚ" in html_of("$$\\newcommand{\\QQ}{\\mathbb{Q}}$$\n\nLet $x \\in \\QQ$.")
    assert wrong("$\\QQ$") == [("math", 1, 2, "unknown command `\\QQ`")]


def test_a_site_has_macros_of_its_own():
    assert "ℝ" in render("$\\RR$", Options(math=True, math_macros=(("RR", "\\mathbb{R}"),))).body.html


@pytest.mark.parametrize(
    ("body", "line", "column", "message"),
    [
        ("Text\n\nand $a + \\foo$.", 3, 10, "unknown command `\\foo`"),
        ("$a$ $\\foo$ $\\foo$", 1, 6, "unknown command `\\foo`"),
        ("$$\na\n  \\ce{H}\n$$", 3, 3, "unknown command `\\ce`"),
        ("> - $$\n>   a \\ce{H}\n>   $$", 2, 7, "unknown command `\\ce`"),
        ("```math\na\n\\ce{H}\n```", 3, 1, "unknown command `\\ce`"),
        ("- x\n\n    ```math\n    a \\ce{H}\n    ```", 4, 7, "unknown command `\\ce`"),
        ("`$\\foo$` and $\\foo$", 1, 15, "unknown command `\\foo`"),
        ("$x \\eqref{y}$", 1, 4, "no equation of this page has the label `y`"),
        ("$$é \\bar{$$", 1, 10, "expected closing token `}`, but reached end of input"),
        ("$x\\tag{1}$", 1, 3, "found `\\tag[*]`, which may only appear in a numbered equation environment"),
    ],
)
def test_a_formula_that_cannot_be_shown_is_an_error_with_its_place(body: str, line: int, column: int, message: str):
    assert wrong(body)[0] == ("math", line, column, message)


def test_the_line_of_a_formula_is_that_of_its_file():
    assert render("x\n\n$\\foo$\n\n```math\n\\foo\n```", MATH, line=11).problems[0].line == 13
    assert render("x\n\n$\\foo$\n\n```math\n\\foo\n```", MATH, line=11).problems[1].line == 16


def test_the_message_says_what_to_write_instead():
    problem = render("So $\\substack{a \\\\ b}$.", MATH).problems[0]
    assert as_text(problem) == (
        "1:5: error[math]: unknown command `\\substack`\n"
        "  1 | So $\\substack{a \\\\ b}$.\n"
        "    |     ^\n"
        "  hint: write `\\begin{subarray}{c} … \\end{subarray}`"
    )


def test_a_formula_that_cannot_be_shown_is_its_source():
    assert html_of("So $\\foo<b>$.") == "<p>So <code>$\\foo&lt;b&gt;$</code>.</p>"


def test_one_mistake_does_not_take_the_other_formulas_along():
    assert formulas_of("$a$ $\\foo$ $b$ $\\bar$ $c$") == ["a", "b", "c"]


def test_text_has_the_source_of_a_formula_and_a_formula_is_one_word():
    rendered = render("# On $x^2$ < 3\n\nThe area is $\\frac{a < b}{c}$, no less.\n\n## Why $\\pi$\n", MATH)
    assert rendered.title == "On x^2 < 3"
    assert rendered.text == "The area is \\frac{a < b}{c}, no less."
    assert [(heading.id, heading.title) for heading in rendered.contents] == [("why-pi", "Why \\pi")]
    assert rendered.words == len(["The", "area", "is", "x", "no", "less", "Why", "x"])


def test_a_summary_holds_formulas_but_no_ids():
    rendered = render("So $$\\begin{equation}\\label{a}x\\end{equation}$$ is $\\eqref{a}$.", MATH)
    assert "<math" in rendered.summary.html
    assert " id=" not in rendered.summary.html
    assert [link.target for link in rendered.summary.references] == ["#math-a"]


DANGEROUS = [
    "$\\text{<img src=x onerror=alert(1)>}$",
    "$\\text{</mtext></math><script>alert(1)</script>}$",
    "$<img src=x onerror=alert(1)>$",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\includegraphics{https://evil.example/x.png}$",
    "$\\unicode{x3c}script\\unicode{x3e}$",
    '$\\begin{equation}\\label{a" onclick="alert(1)}x\\end{equation}$',
    '$\\eqref{x" onclick="alert(1)}$',
    "$\\begin{equation}\\tag{<script>alert(1)</script>}x\\end{equation}$",
    "$\\style{color:red}{x}$ $\\class{a}{b}$ $\\cssId{a}{b}$",
    "$\\operatorname{<script>}$ $\\mathrm{<script>}$",
    '$"><script>alert(1)</script>$',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>',
    '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    '<math href="javascript:alert(1)"><mi>x</mi></math>',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)></style></mglyph></mtext></form>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">$x$',
    "<b title='$x$' onclick='$y$'>$z$</b>",
    '&#4;\U00100000 $x$ &#x04;\U00100000 <b title="&#4;\U00100000">',
    "[x](javascript:$a$)",
    "[x]($javascript:alert(1)$)",
    '![$\\" onerror=\\"alert(1)$](a.png)',
]


@pytest.mark.parametrize("body", DANGEROUS)
def test_no_formula_and_no_mathml_of_an_author_smuggles_anything(body: str):
    for source in (body, f"$$\n{body}\n$$", f"```math\n{body.strip('$')}\n```", f"$x$ {body} $y$"):
        html = html_of(source)
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        elements = [element for element in tree.iter() if isinstance(element.tag, str)]
        assert not {element.tag.rpartition("}")[2] for element in elements} & {
            "script", "style", "svg", "annotation-xml", "mglyph", "maction", "form", "iframe", "semantics",
        }  # fmt: skip
        for element in elements:
            for name, value in element.attrib.items():
                assert not str(name).rpartition("}")[2].startswith("on")
                assert str(name) != "style"
                assert not value.strip().lower().startswith("javascript:") or name == "alttext"


@given(st.text(alphabet="$\\()[]{}<>&\"' abx_^\n`~*|-#:/=.", max_size=60))
def test_no_text_makes_an_element_that_is_not_listed(body: str):
    rendered = render(body, MATH)
    assert not re.search(r"<[^>]*\sstyle=|<script", rendered.body.html)
    assert "\x04" not in rendered.body.html


def test_mathml_of_an_author_is_taken_out_and_said():
    rendered = render("<math><mi>x</mi></math>", MATH)
    assert "<math" not in rendered.body.html
    assert [problem.rule for problem in rendered.problems] == ["html-removed"]


def test_a_thousand_formulas_take_less_than_a_second():
    body = "\n\n".join(f"Let $x_{{{number}}} = \\frac{{a}}{{{number}}}$ be." for number in range(1000))
    render("$x$", MATH)
    began = time.process_time()
    assert html_of(body).count("<math") == 1000
    assert time.process_time() - began < 1


@pytest.mark.parametrize("opening", ["$", "$$", "\\(", "\\[", "\\begin{align}", "$$\n", "\\\\(", "$x", "\\begin{align}\n\n"])
def test_a_run_of_openings_takes_no_time(opening: str):
    began = time.process_time()
    html_of(opening * (8192 // len(opening)))
    assert time.process_time() - began < 1


@pytest.mark.parametrize("body", ["$" + "x+" * 60_000 + "x$", "$$\n" + "{" * 60_000 + "\n$$", "```math\n" + "\\sqrt" * 30_000 + "\n```"])
def test_a_formula_of_a_hundred_kilobytes_is_refused(body: str):
    found = [message for rule, _, _, message in wrong(body) if rule == "math"]
    assert len(found) == 1
    assert f"the limit is {LONGEST:,}" in found[0]


def test_the_result_does_not_depend_on_what_was_rendered_before():
    def whole() -> Rendered:
        return render("$$\\begin{equation}x\\end{equation}$$ $\\foo$ $\\def\\a{1}\\a$", MATH)

    first = whole()
    render("$$\\begin{align}a\\\\b\\end{align}$$ $\\newcommand{\\foo}{y}$", MATH)
    assert whole() == first

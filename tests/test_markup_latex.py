"""LaTeX to MathML: mistakes, what to write instead, and formulas that would exhaust the stack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.markup.latex import INSTEAD, LONGEST, Mistake, to_mathml

NESTED = [
    "{",
    "_{",
    "x^{",
    "'^{",
    "\\frac{",
    "\\frac",
    "\\left(",
    "\\sqrt",
    "\\sqrt[",
    "\\hat ",
    "\\color{red}",
    "\\begin{matrix}",
    "\\text{",
    "\\not",
]


def one(latex: str, macros: tuple[tuple[str, str], ...] = ()) -> str | Mistake:
    return to_mathml([(latex, True)], macros)[0]


@pytest.mark.parametrize("part", NESTED)
def test_no_nesting_within_the_limit_ends_the_process(part: str):
    one(part * (LONGEST // len(part)))
    one(f"{part * 1500}x{'}' * 1500}"[:LONGEST])


@pytest.mark.parametrize(
    "latex",
    [
        "\\def\\x{\\sqrt\\x}\\x",
        "\\def\\x{{\\x}}\\x",
        f"\\def\\x#1{{{'{' * 3000}#1{'}' * 3000}}}" + "\\x{" * 500 + "}" * 500,
        "\\def\\a#1{#1#1#1#1}" + "\\a{" * 20 + "x" + "}" * 20,
        "\\newcommand{\\x}{\\frac\\x\\x}\\x",
    ],
)
def test_a_macro_that_leads_to_itself_or_grows_is_a_mistake(latex: str):
    assert isinstance(one(latex), Mistake)


def test_a_macro_of_the_site_that_leads_to_itself_is_a_mistake():
    found = one("\\x", (("x", "\\sqrt{\\x}"),))
    assert isinstance(found, Mistake)
    assert found.hint == "a macro may lead to itself: look at its definition"


@pytest.mark.parametrize("name", sorted(INSTEAD))
def test_what_the_table_says_is_lacking_is_lacking(name: str):
    latex = name + "{x}" if name.startswith("\\") else f"\\begin{{{name}}}x\\end{{{name}}}"
    found = one(latex)
    assert isinstance(found, Mistake)
    assert found.hint == INSTEAD[name]
    assert name in found.message


@pytest.mark.parametrize(
    "latex",
    [
        "\\begin{subarray}{c}a\\\\b\\end{subarray}",
        "\\begin{aligned}a&=b\\end{aligned}",
        "\\begin{equation}x\\tag{1}\\end{equation}",
        "\\mathrm{H_2O}",
        "\\,\\mathrm{kg}",
        "\\text{a}\\boldsymbol{x}\\cdots\\ldots\\textcolor{red}{x}\\cancel{x}\\operatorname{f}",
        "\\begin{gather*}a\\end{gather*}\\begin{align*}a\\end{align*}",
        "\\left( \\begin{array}{r}a\\end{array} \\right)",
        "\\hspace{1em}",
        "\\{a\\}^b",
    ],
)
def test_what_is_to_be_written_instead_is_there(latex: str):
    assert isinstance(one(latex), str)


def test_a_command_that_is_there_already_can_be_defined_anew():
    assert isinstance(one("\\newcommand{\\R}{\\mathbb{R}} \\newcommand{\\N}{\\mathbf{N}} \\R \\N"), str)
    found = one("\\newcommand{\\R}{\\mathbb{R}} \\newcommand{\\N}{\\mathbf{N}} \\R \\foo")
    assert isinstance(found, Mistake)
    assert found.offset == len("\\newcommand{\\R}{\\mathbb{R}} \\newcommand{\\N}{\\mathbf{N}} \\R ")


@pytest.mark.parametrize(("latex", "rows"), [("a \\\\ b", 2), ("\\frac{a\\\\}{b}", 0), ("\\begin{aligned}a\\\\b\\end{aligned}", 2)])
def test_lines_that_end_outside_of_any_environment_are_rows(latex: str, rows: int):
    assert str(one(latex)).count("<mtr>") == rows


def test_the_place_of_a_mistake_is_that_in_what_was_written():
    found = one("a \\\\ \\foo")
    assert isinstance(found, Mistake)
    assert found.offset == 5


def test_every_mistake_of_a_page_is_found():
    found = to_mathml([("\\foo", False), ("x", False), ("{", False), ("a_b_c", False)])
    assert [isinstance(each, Mistake) for each in found] == [True, False, True, True]


@pytest.mark.parametrize(
    ("latex", "cure"),
    [
        ("\\foo", "math_macros"),
        ("\\begin{foo}x\\end{foo}", "`aligned`"),
        ("\\frac{a}", "braces"),
        ("\\begin{aligned}x\\end{align}", "end first"),
        ("\\color{nocolor}{x}", "`red`"),
        ("\\limits", "behind"),
        ("\\hline", "beginning of a row"),
        ("#", "`\\#`"),
        ("\\hspace{1zz}", "`1em`"),
        ("\\begin{array}{q}x\\end{array}", "`l`"),
        ("\\genfrac", "backticks"),
        ("\\def", "backticks"),
    ],
)
def test_every_mistake_has_a_cure(latex: str, cure: str):
    mistake = one(latex)
    assert isinstance(mistake, Mistake)
    assert cure in mistake.hint


@pytest.mark.parametrize(
    "cure", ["\\color{red}{x}", "\\color{teal}{x}", "\\begin{gathered}x\\end{gathered}", "\\begin{array}{l|c}x & y\\end{array}", "\\#"]
)
def test_what_a_cure_says_is_read(cure: str):
    assert isinstance(one(cure), str)


@pytest.mark.parametrize("label", ["a b", "a<b", "ä", 'a"b', "a%b"])
def test_a_label_is_a_plain_word(label: str):
    assert isinstance(one(f"\\begin{{equation}}\\label{{{label}}}x\\end{{equation}}"), Mistake)


def test_space_below_a_row_and_an_empty_last_row_have_no_effect():
    plain = one("\\begin{aligned}a\\\\b\\end{aligned}")
    spaced = one("\\begin{aligned}a\\\\[1em]b\\\\\\end{aligned}")
    assert isinstance(plain, str)
    assert isinstance(spaced, str)
    assert spaced.partition("<mtable")[2] == plain.partition("<mtable")[2]


DOCS = Path(__file__).parents[1] / "content" / "docs" / "writing" / "math.md"
TABLE = re.compile(r"(?<=<!-- instead: begin -->\n).*?(?=<!-- instead: end -->)", re.DOTALL)


def test_the_documentation_has_the_same_table(update: bool):
    rows = "".join(f"| `{name}` | {hint[:1].upper()}{hint[1:]} |\n" for name, hint in INSTEAD.items())
    table = f"\n| Not known | Instead |\n|---|---|\n{rows}\n"
    text = DOCS.read_text("utf-8")
    if update:
        DOCS.write_text(TABLE.sub(lambda _: table, text), "utf-8")
    assert TABLE.findall(DOCS.read_text("utf-8")) == [table]

"""Problems: weighed, gathered, sorted, printed."""

import pytest

from sitegen.errors import Problem, ProblemsFound
from sitegen.report import RULES, Report, as_text, printable

MARKED = Problem(
    "front-matter",
    "front matter is not valid YAML: mapping values are not allowed here",
    path="content/blog/x.md",
    line=4,
    column=12,
    excerpt="title: Rust: a tour",
    hint='quote the title: "Rust: a tour"',
)


def test_a_problem_prints_place_rule_text_excerpt_caret_and_hint():
    assert as_text(MARKED) == (
        "content/blog/x.md:4:12: error[front-matter]: front matter is not valid YAML: mapping values are not allowed here\n"
        "  4 | title: Rust: a tour\n"
        "    |            ^\n"
        '  hint: quote the title: "Rust: a tour"'
    )


def test_a_warning_says_so():
    assert as_text(Problem("mojibake", "has no text", path="content/a.md"), "warn") == "content/a.md: warning[mojibake]: has no text"


def test_a_problem_without_a_place_starts_with_its_severity():
    assert as_text(Problem("usage", "no such folder")) == "error[usage]: no such folder"


def test_a_problem_without_a_column_has_no_caret():
    assert as_text(Problem("content", "is odd", path="a.md", line=12, excerpt="text")) == "a.md:12: error[content]: is odd\n  12 | text"


def test_the_caret_stays_under_its_column_when_the_line_is_cut():
    line = "x" * 200 + "!" + "y" * 200
    _, shown, caret = as_text(Problem("content", "is odd", path="a.md", line=1, column=201, excerpt=line)).split("\n")
    assert shown[caret.index("^")] == "!"
    assert len(shown) == len("  1 | ") + 100


@pytest.mark.parametrize(("before", "columns"), [("\t", 1), ("漢字", 4), ("e\u0301", 1), ("\x1b", 4)])
def test_the_caret_counts_the_columns_that_a_terminal_shows(before, columns):
    caret = as_text(Problem("content", "is odd", path="a.md", line=1, column=len(before) + 1, excerpt=before + "!")).split("\n")[2]
    assert caret == "    | " + " " * columns + "^"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb", "a\\nb"),
        ("\x9b", "\\x9b"),
        ("\u202egnp", "\\u202egnp"),
        ("caf\udce9", "caf\\udce9"),
        ("naïve 漢字\t🎉", "naïve 漢字\t🎉"),
    ],
)
def test_what_would_steer_a_terminal_is_shown_as_an_escape(text, shown):
    assert printable(text) == shown


def test_a_title_cannot_forge_a_line_of_the_report():
    text = as_text(Problem("content", "the title is a\nb.md:1: error[x]: forged", path="a.md"))
    assert "\n" not in text


def test_rules_are_in_order_of_their_ids():
    assert list(RULES) == sorted(RULES)


@pytest.mark.parametrize(("severity", "errors", "warnings"), [("error", 1, 0), ("warn", 0, 1), ("off", 0, 0)])
def test_a_rule_weighs_what_the_site_says(severity, errors, warnings):
    report = Report({"broken-link": severity})
    report.add(Problem("broken-link", "leads nowhere"))
    assert (len(report.errors), len(report.warnings)) == (errors, warnings)


def test_a_rule_has_a_weight_of_its_own():
    report = Report()
    report.add(Problem("broken-link", "leads nowhere"), Problem("mojibake", "is garbled"))
    assert [problem.rule for problem in report.errors] == ["broken-link"]
    assert [problem.rule for problem in report.warnings] == ["mojibake"]


def test_a_fixed_rule_stays_an_error_whatever_the_site_says():
    report = Report({"collision": "off"})
    report.add(Problem("collision", "two files want one address"))
    assert len(report.errors) == 1


def test_the_same_problem_counts_once():
    report = Report()
    report.add(MARKED)
    report.add(MARKED)
    assert report.errors == (MARKED,)


def test_problems_come_by_file_line_and_column():
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 9, 5), ("a.md", 9, 4)]
    report = Report()
    report.add(*(Problem("content", "is odd", path=path, line=line, column=column) for path, line, column in places))
    assert [(problem.path, problem.line, problem.column) for problem in report.errors] == sorted(places)


def test_all_errors_are_raised_together():
    report = Report()
    report.add(MARKED, Problem("content", "is odd", path="a.md"), Problem("mojibake", "has no text", path="a.md"))
    with pytest.raises(ProblemsFound) as caught:
        report.stop_on_errors()
    assert caught.value.problems == report.errors


def test_the_errors_that_are_raised_bring_the_warnings_along():
    report = Report()
    report.add(MARKED, Problem("mojibake", "is garbled", path="a.md"))
    with pytest.raises(ProblemsFound) as caught:
        report.stop_on_errors()
    assert [problem.rule for problem in caught.value.warnings] == ["mojibake"]


def test_a_strict_report_takes_warnings_for_errors_and_leaves_off_what_is_off():
    report = Report({"unknown-key": "off"}, strict=True)
    report.add(Problem("mojibake", "is garbled"), Problem("unknown-key", "is not known"))
    assert [problem.rule for problem in report.errors] == ["mojibake"]
    assert report.warnings == ()


def test_warnings_stop_nothing():
    report = Report()
    report.add(Problem("mojibake", "has no text", path="a.md"))
    report.stop_on_errors()

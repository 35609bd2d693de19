from __future__ import annotations

import subprocess
import sys
import time

import pytest

from sitegen.mojibake import find


def broken(text: str) -> str:
    return text.encode().decode("cp1252")


def test_a_line_that_went_through_windows_1252_is_told_of_with_what_it_was():
    (problem,) = find(f"plain\nA {broken('café')} it’s\n")
    assert (problem.rule, problem.line, problem.column) == ("mojibake", 2, 6)
    assert problem.hint == "it was meant to read: A café it’s"


def test_lines_count_from_the_one_the_text_begins_at():
    assert find(broken("Grüße"), line=7)[0].line == 7


@pytest.mark.parametrize(
    "text",
    [
        "plain ASCII",
        "Café, naïve — “quoted” … €5",
        "Привет, мир",
        "日本語の文章です",
        "Ünïcödé",
        "שלום",
        "l’été à Zürich",
        "5 × 3 ÷ 2 ± 1 °C",
    ],
)
def test_right_text_in_any_language_is_left_alone(text: str):
    assert find(text) == ()


@pytest.mark.parametrize(
    "code",
    [
        "```\n{}\n```\n",
        "~~~text\n{}\n```\n~~~\n",
        "- a\n\n  ```\n  {}\n  ```\n",
        "> ```\n> {}\n> ```\n",
        "Text\n\n    {}\n",
        "see `{}` and ``{} ` x``\n",
    ],
)
def test_code_may_show_broken_text(code: str):
    assert find(code.replace("{}", broken("café"))) == ()


def test_text_after_a_fence_counts_again():
    assert [problem.line for problem in find(f"```\nx\n```\n{broken('café')}\n")] == [4]


def test_an_indented_line_of_a_list_is_no_code():
    assert [problem.line for problem in find(f"- item\n\n    {broken('café')}\n")] == [3]


def test_inline_code_stays_as_it_is_in_the_mended_line():
    bad = broken("café")
    assert find(f"{bad} `{bad}`")[0].hint == f"it was meant to read: café `{bad}`"


def test_a_long_line_is_shown_around_the_place():
    hint = find("x" * 300 + broken("café") + "y" * 300)[0].hint
    assert "…" + "x" * 37 + "café" in hint
    assert len(hint) < 130


def test_a_password_is_not_shown():
    (problem,) = find(f"password: {broken('café')}")
    assert "caf" not in problem.message + problem.excerpt + problem.hint


def test_a_line_of_nothing_but_backticks_takes_no_time():
    start = time.monotonic()
    find("é" + "".join("`" * (number % 300) + " " for number in range(5_000)))
    assert time.monotonic() - start < 5


def test_ftfy_is_not_imported_for_ascii():
    program = "import sys; from sitegen.mojibake import find; find('a\\nb'); sys.exit('ftfy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

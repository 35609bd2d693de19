"""Highlighting leaves out the rules that cannot match, and nobody can tell by the result."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexer import RegexLexer, bygroups, default, using
from pygments.lexers import PythonLexer, get_lexer_by_name
from pygments.token import Keyword, Name, Number, Operator, String

from sitegen.markup.listings.highlighting import by_pygments, highlighted
from sitegen.markup.listings.lexing import LazyStates, _begins, tokens

LANGUAGES = [
    "bash", "c", "console", "cpp", "css", "diff", "docker", "elixir", "go", "graphql", "haskell", "html", "html+jinja", "http",
    "ini", "java", "js", "json", "kotlin", "lua", "make", "markdown", "nginx", "perl", "php", "powershell", "pycon", "python",
    "r", "ruby", "rust", "sql", "swift", "tex", "toml", "ts", "vim", "xml", "yaml",
]  # fmt: skip
CODE = [
    "def f(x):", "return", "class A:", "fn main() {", "}", "let mut x = 1;", "'a'", '"b"', '"', "'", '"""', "f'{x!r:>10}'",
    "r'\\d'", "`t ${x}`", "// c", "# c", "/* c", "*/", "-- c", "<!-- c -->", "<a href='x'>", "</a>", "<script>", "</script>",
    "<style>", "<?php", "?>", "{{ x }}", "{% if x %}", "{", "(", ")", "[", "]", "0x1F", "1e-5", "0b1", "1_000", "3.14", "$x",
    "${x}", "@a", "::", "->", "=>", "==", "&&", "||", "<", ">", "&", ";", ",", ".", ":", "%", "^", "~", "!", "?", "\\", "\\n",
    "SELECT", "select", "FROM", "if", "else:", "import os", "True", "nil", "None", "µ", "ſ", "K", "日本", "é", "\u2028", "\t",
    "    ", " ", "\n", "\n\n", "$ ls -l\n", ">>> x\n", "- a: b\n", "key = 1\n", "[t]\n", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n",
    "GET / HTTP/1.1\n", "\x1c", "\x0b", "\x7f", "\r\n", "\ufeff",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(CODE), max_size=25).map(lambda pieces: "".join(pieces) + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_comes_out_the_same(language: str):
    lexer = get_lexer_by_name(language, stripnl=False)

    @settings(max_examples=25)
    @given(SOURCES)
    def compare(source: str) -> None:
        assert highlighted(lexer, source) == by_pygments(lexer, source)

    compare()


class Odd(RegexLexer):
    """Every way to go to another state, rules that match nothing, and callbacks that lex by themselves."""

    name = "Odd"
    flags = re.IGNORECASE | re.MULTILINE
    tokens = {  # noqa: RUF012
        "root": [
            (r"(?=s)", String, "word"),
            (r"a+", Keyword, ("#push", "inner")),
            (r"(b)(\d*)", bygroups(Name, using(PythonLexer))),  # type: ignore[no-untyped-call]
            (r"[^\W\dc-z]", Operator),
            (r"(?<!x)[x-z]|\d{2}", Number, "inner"),
        ],
        "inner": [(r"c|(?i:d)", Name, "#pop"), (r"e", Name, "#pop:3"), (r"[fg]", Name, ("#pop", "word")), (r"\n", Name), default("#pop")],
        "word": [(r"\w", String), default(("#pop", "inner"))],
    }


@settings(max_examples=400)
@given(st.text(alphabet=string.ascii_letters + string.digits + " \n_ſK-éα", max_size=30))
def test_a_lexer_of_every_kind_of_rule_gives_the_same_tokens(source: str):
    lexer = Odd(stripnl=False)
    assert list(tokens(lexer, source)) == list(lexer.get_tokens(source))


@pytest.mark.parametrize(
    ("expression", "characters"),
    [
        ("abc", "a"),
        ("a?b", "ab"),
        ("(?:a|bc|)d", "abd"),
        (r"\b(if|else)\b", "ie"),
        (r"(?<=x)(?!y)z", "z"),
        (r"[a-c]{2,}x", "abc"),
        (r"^\d", "0123456789"),
        ("(?>a|b)c", "ab"),
    ],
)
def test_what_an_expression_can_begin_with_is_known(expression: str, characters: str):
    assert _begins(re.compile(expression)) == set(characters)


@pytest.mark.parametrize("expression", ["", "a*", "(?=a)", "(?i:a)b", r"()\1a", "a|"])
def test_an_expression_that_can_be_empty_or_is_not_understood_is_always_tried(expression: str):
    assert _begins(re.compile(expression)) >= {"", "a", "z", "\n"}


@pytest.mark.parametrize("expression", ["A", "[a-z]x", "[^b]", "ſ", "[é-ƀ]", r"[\dK]"])
def test_an_expression_without_case_begins_with_all_that_it_matches(expression: str):
    pattern = re.compile(expression, re.IGNORECASE)
    begins = _begins(pattern)
    assert all(character in begins for character in string.printable[:95] if pattern.match(character + "x"))


@pytest.mark.parametrize("language", ["css", "html", "js", "python", "rust", "scala"])
def test_states_made_when_they_are_entered_are_what_pygments_makes(language: str):
    kind: Any = type(get_lexer_by_name(language))
    lazy = LazyStates(kind)
    for name, rules in kind.process_tokendef("whole", kind.get_tokendefs()).items():
        if not name.startswith("_tmp"):
            assert [described(rule) for rule in lazy[name]] == [described(rule) for rule in rules]
    with pytest.raises(KeyError):
        lazy["no such state"]


def described(rule: Any) -> tuple[Any, ...]:
    """A rule by what can be compared: a callback is made anew each time, and so is the name of a combined state."""
    match, action, then = rule
    return match.__self__, getattr(action, "__qualname__", action), str(then).partition("_tmp")[0]

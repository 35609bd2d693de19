from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import FrontMatterError, Problem, SitegenError
from sitegen.yaml_nodes import Mapping, Scalar, compose, find, plain


def value(text: str) -> object:
    return plain(compose(text, path="x.yaml"))


def refusal(text: str, *, line: int = 1, limit: int = 1 << 18) -> Problem:
    with pytest.raises(SitegenError) as caught:
        compose(text, path="x.yaml", line=line, limit=limit)
    return caught.value.problem


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12:30", "12:30"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("=", "="),
        ("010", "010"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("2020-01-02", "2020-01-02"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("12345678901234567890", "12345678901234567890"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("-3", -3),
        ("+7", 7),
        ("0", 0),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("'1'", "1"),
        ('"true"', "true"),
        ("''", ""),
        ("!!str 5", "5"),
        ("! 5", "5"),
        ("!!int 5", 5),
        ("C # a comment", "C"),
        ("\tafter a tab", "after a tab"),
    ],
)
def test_a_plain_value_is_what_its_author_meant(written: str, meant: object):
    assert value(f"key: {written}\n") == {"key": meant}


def test_a_block_scalar_is_text():
    assert value("key: |\n  12\n") == {"key": "12\n"}


def test_lists_and_mappings_nest():
    assert value("a:\n  - 1\n  - {b: [x]}\n") == {"a": [1, {"b": ["x"]}]}


def test_an_alias_repeats_the_value_it_names():
    assert value("a: &x [1]\nb: *x\n") == {"a": [1], "b": [1]}


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n"])
def test_an_empty_document_is_nothing(text: str):
    assert compose(text, path="x.yaml") is None


def test_a_document_may_start_with_its_marker():
    assert value("%YAML 1.2\n---\na: 1\n") == {"a": 1}


def test_places_count_from_the_line_the_text_begins_at():
    node = compose("a: 1\nb: [x, y]\n", path="x.yaml", line=10)
    assert isinstance(node, Mapping)
    assert node.pairs[0] == (Scalar("a", 10, 1), Scalar("1", 10, 4))
    assert find(node, ("b", 1)) == (11, 8)


def test_a_line_separator_within_a_text_shifts_no_line():
    node = compose("a: x\u2028y\nb: 1\n", path="x.yaml")
    assert plain(node) == {"a": "x\u2028y", "b": 1}
    assert find(node, ("b",)) == (2, 4)


def test_c1_controls_survive_so_that_mojibake_can_be_mended():
    assert value("a: â\x80\x99\x85\n") == {"a": "â\x80\x99\x85"}


def test_find_gives_the_key_of_an_empty_value():
    assert find(compose("a: 1\nb:\n", path="x.yaml"), ("b",)) == (2, 1)


def test_find_gives_the_nearest_ancestor_of_what_is_absent():
    assert find(compose("a:\n  b: {c: 1}\n", path="x.yaml"), ("a", "b", "d", 0)) == (2, 6)


def test_find_in_nothing_is_nowhere():
    assert find(None, ("a",)) == (0, 0)


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("title: Rust: a tour\n", 1, 12, 'quote the title: "Rust: a tour"'),
        ("a: 1\ntitle: [draft] foo\nb: 2\n", 2, 16, 'quote the title: "[draft] foo"'),
        ("title: @foo\n", 1, 8, 'quote the title: "@foo"'),
        ("title: *x\n", 1, 8, 'quote the title: "*x"'),
        ("title: `x`\n", 1, 8, 'quote the title: "`x`"'),
        ("title: %x\n", 1, 8, 'quote the title: "%x"'),
        ("title: & x\n", 1, 9, 'quote the title: "& x"'),
        ("title: !wow x\n", 1, 8, 'quote the title: "!wow x"'),
        ("title: > x\n", 1, 10, 'quote the title: "> x"'),
        ("title: - x\n", 1, 8, 'quote the title: "- x"'),
        ("title: {{ x }}\n", 1, 9, 'quote the title: "{{ x }}"'),
        ('title: "a" b\nc: 1\n', 1, 12, "quote the title: '\"a\" b'"),
        ("title: 'It's'\nb: c\n", 1, 12, 'quote the title: "It\'s"'),
        ('title: "foo\nb: c\n', 1, 8, 'close the quote, or quote the title: "foo"'),
        ("title: [foo\nb: c\n", 1, 8, 'close the bracket, or quote the title: "[foo"'),
        ('path: "C:\\dir"\n', 1, 10, "use single quotes, where a backslash is only a backslash: path: 'C:\\dir'"),
        ("\ttitle: x\n", 1, 1, "indent with spaces: YAML does not allow tabs there"),
        ("a: b\n c: d\n", 2, 3, "start `c` in the same column as the keys above it, or quote the text it goes on with"),
        ("a: b\nfoo\nc: d\n", 2, 1, "write it as `key: value`, or indent it so that it goes on with the line above"),
        ("- a\nb: c\n", 2, 1, "start every line of the list with `- `, or indent the keys alike"),
        ("a: 1\nb: [\n", 2, 5, 'close the bracket, or quote the b: "["'),
    ],
)
def test_a_mistake_is_shown_where_it_is_with_its_cure(text: str, line: int, column: int, hint: str):
    problem = refusal(text)
    assert (problem.line, problem.column) == (line, column)
    assert problem.hint.removeprefix("close the bracket, or ") == hint.removeprefix("close the bracket, or ")
    assert problem.excerpt == text.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "the file has the key `a` twice, first on line 1"),
        ("a: {<<: {b: 1}}\n", "the file has a merge key, `<<`, which is not allowed"),
        ("a: !!python/name:os.system x\n", "the file has a tag, `!!python/name:os.system`, that is not allowed"),
        ("a: !!python/object/apply:os.system [x]\n", "the file has a tag, `!!python/object/apply:os.system`, that is not allowed"),
        ("a: &a [*a]\n", "the file has an alias, `*a`, which refers to itself"),
        ("? ? a\n", "the file has a list or a mapping where a key was expected"),
        ("[a]: b\n", "the file has a list or a mapping where a key was expected"),
        ("a: &x [1]\n*x : b\n", "the file has a list or a mapping where a key was expected"),
        ("'': b\n", "the file has a value without a key"),
        ("a: 1\n---\nb: 2\n", "the file holds a second document"),
    ],
)
def test_what_settings_have_no_need_of_is_refused(text: str, message: str):
    assert refusal(text).message == message


def test_an_error_is_of_the_class_and_the_rule_asked_for():
    with pytest.raises(FrontMatterError) as caught:
        compose("a: b: c\n", path="x.md", line=2, error=FrontMatterError, subject="the front matter")
    assert caught.value.problem.rule == "front-matter"
    assert (caught.value.problem.path, caught.value.problem.line) == ("x.md", 2)


def test_a_text_over_the_limit_is_refused_by_its_bytes():
    assert refusal("a: éé\n", limit=7).message == "the file is 8 bytes, the limit is 7"
    assert refusal("a: éé\n", limit=7).rule == "too-large"


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_fifty_thousand_open_brackets_are_an_error_at_once(opening: str):
    start = time.monotonic()
    assert "nested too deeply" in refusal(opening * 50_000).message
    assert time.monotonic() - start < 5


def test_an_alias_bomb_is_an_error():
    bomb = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'x'}]\n" for i in range(9))
    assert refusal(bomb).message == "the file expands past 100000 nodes"


def test_more_than_a_hundred_aliases_are_an_error():
    assert refusal("a: &x 1\nb: [" + "*x, " * 101 + "]\n").message == "the file has more than 100 aliases"


def test_depth_counts_through_aliases():
    chain = "a0: &a0 [[[[[[[[x]]]]]]]]\n" + "".join(f"a{i}: &a{i} [[[[[[[[*a{i - 1}]]]]]]]]\n" for i in range(1, 9))
    assert "nested too deeply" in refusal(chain).message


@pytest.mark.parametrize(
    "text",
    ["password: hunter2: x\n", "PASSWORD: *hunter2\n", "post_password: !hunter2 x\n", "a: {password: hunter2]\n", "password: 'hunter2\n"],
)
def test_a_password_is_never_shown(text: str):
    problem = refusal(text)
    assert "hunter2" not in problem.message + problem.excerpt + problem.hint


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_any_text_gives_a_value_or_an_error_of_ours(text: str):
    with suppress(SitegenError):
        plain(compose(text, path="x.yaml"))


@given(
    st.recursive(
        st.text(max_size=5) | st.booleans() | st.none() | st.integers(-99, 99), lambda inner: st.lists(inner, max_size=3), max_leaves=9
    )
)
def test_json_values_come_back_as_they_were(tree: object):
    assert value(json.dumps({"key": tree}, ensure_ascii=False)) == {"key": tree}

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ContentError, FrontMatterError, Problem
from sitegen.frontmatter import split
from sitegen.yaml_nodes import find, plain


def refusal(text: str, *, limit: int = 1 << 18) -> Problem:
    with pytest.raises(FrontMatterError) as caught:
        split(text, path="x.md", limit=limit)
    return caught.value.problem


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("---\ntitle: A\n---\nBody", "yaml"),
        ("---\ntitle: A\n...\nBody", "yaml"),
        ("--- \ntitle: A\n---\t\nBody", "yaml"),
        ("---yaml\ntitle: A\n---\nBody", "yaml"),
        ("---\n\ntitle: A\n---\nBody", "yaml"),
        ("---\n{title: A}\n---\nBody", "yaml"),
        ('---json\n{"title": "A"}\n---\nBody', "json"),
        ('{"title": "A"}\nBody', "json"),
        ('{\n  "title": "A"\n}\n;;;\nBody', "json"),
        ('"title": "A"\n;;;\nBody', "json"),
        (';;;\n"title": "A",\n;;;\nBody', "json"),
        ("---toml\ntitle = 'A'\n---\nBody", "toml"),
        ('+++\ntitle = "A"\n+++\nBody', "toml"),
        ("Title: A\n\nBody", "header"),
        ("Title:\n    A\n\nBody", "header"),
        ("title: A\n \t\nBody", "header"),
    ],
)
def test_each_delimiter_opens_its_dialect(text: str, dialect: str):
    found = split(text, path="x.md")
    title = plain(found.meta).get("title") or plain(found.meta).get("Title")
    assert (found.dialect, title, found.body) == (dialect, "A", "Body")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "Body",
        "----\nBody",
        "--- x\nBody",
        "---\n\nBody",
        "---\n\nBody\n\n---\nMore",
        "---\n\nNote: a text\n\n---\nMore",
        "---",
        "* * *\nBody",
        "+++x\nBody",
        "{% include x %}\nBody",
        "{{< figure >}}\n",
        "{: .note }\nBody",
        '"Quoted": a text',
        "Note: this is my text\n\nBody",
        "Tag Archives: flask\n\nBody",
        "Title: A\nand a text\n\nBody",
        "Title:A\n\nBody",
        "https://example.org\n\nBody",
        "`code` first",
        "*emphasis* first",
        "%percent",
        "- a list\n- of two",
        "[a link](x)",
    ],
)
def test_a_body_is_never_taken_for_metadata_by_its_looks(text: str):
    found = split(text, path="x.md")
    assert (found.dialect, found.body, found.body_line, found.meta.pairs) == ("none", text, 1, ())


@pytest.mark.parametrize("text", ["---\n---\nBody", "---\n\n---\nBody", "---\n# only a comment\n---\nBody", "+++\n+++\nBody", "{}\nBody"])
def test_front_matter_may_be_empty(text: str):
    found = split(text, path="x.md")
    assert (found.meta.pairs, found.body) == ((), "Body")
    assert found.dialect != "none"


def test_a_file_may_be_front_matter_alone():
    assert split("---\ntitle: A\n---", path="x.md").body == ""
    assert split("Title: A", path="x.md").body == ""


@pytest.mark.parametrize(("text", "line"), [("---\ntitle: A\n---\nBody", 4), ("Title: A\n\nBody", 3), ("{}\n;;;\nBody", 3), ("Body", 1)])
def test_the_line_of_the_body_is_known(text: str, line: int):
    assert split(text, path="x.md").body_line == line


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\na: 1\ntitle: A\n---\n", (3, 8)),
        ('{\n "a": 1,\n "title": "A"\n}\n', (3, 11)),
        ("+++\na = 1\ntitle = 'A'\n+++\n", (3, 9)),
        ("a: 1\ntitle: A\n", (0, 0)),
        ("Slug: 1\ntitle: A\n", (2, 8)),
    ],
)
def test_every_dialect_knows_where_a_value_stands(text: str, place: tuple[int, int]):
    found = split(text, path="x.md")
    assert (find(found.meta, ("title",)) if found.meta.pairs else (0, 0)) == place


def test_toml_tables_know_where_they_stand():
    text = '+++\nlong = """\nk = 1\n"""\n[extra]\nk = 2\n[[extra.items]]\nx = 3\n[[extra.items]]\nx = 4\n+++\n'
    meta = split(text, path="x.md").meta
    assert find(meta, ("extra", "k")) == (6, 5)
    assert find(meta, ("extra", "items", 1, "x")) == (10, 5)


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("---\ntitle: A\n", 1, 1, "the front matter opened here is never closed, expected a line `---`"),
        ("+++\ntitle = 1\n", 1, 1, "the front matter opened here is never closed, expected a line `+++`"),
        ("---js\n{}\n---\n", 1, 1, "the front matter is in `js`, expected YAML, TOML or JSON"),
        ("---\n- a\n---\n", 2, 1, "the front matter must be a mapping: lines of `key: value`"),
        ("---\na text\n---\n", 2, 1, "the front matter must be a mapping: lines of `key: value`"),
        ("---json\n[1]\n---\n", 2, 1, "the front matter must be a mapping: lines of `key: value`"),
        ("---\ntitle: a: b\n---\n", 2, 9, "the front matter is not valid YAML: mapping values are not allowed in this context"),
        ("---\na: 1\na: 2\n---\n", 3, 1, "the front matter has the key `a` twice, first on line 2"),
        ('{"a": 1,\n "a": 2}\n', 2, 2, "the front matter has the key `a` twice, first on line 1"),
        ("+++\na = 1\na = 2\n+++\n", 3, 1, "the front matter has the key `a` twice, first on line 2"),
        ("Title: a\ntitle: b\n\n", 2, 1, "the front matter has the key `title` twice, first on line 1"),
        ("+++\n\ntitle = A b\n+++\n", 3, 9, "the front matter is not valid TOML: invalid value"),
        ("+++\ntitle: A\n+++\n", 2, 6, "the front matter is not valid TOML: expected '=' after a key in a key/value pair"),
        ("+++\na = [1,\n+++\n", 2, 8, "the front matter is not valid TOML: invalid value"),
        ('{"a": 1,}\n', 1, 9, "the front matter is not valid JSON: expected a key in double quotes"),
        ('{"a" 1}\n', 1, 6, "the front matter is not valid JSON: expected `:`"),
        ('{"a": nope}\n', 1, 7, "the front matter is not valid JSON: expected a value"),
        ('{"a": 01}\n', 1, 7, "the front matter is not valid JSON: expected a value"),
        ('{"a": "b\nc"}\n', 1, 7, "the front matter is not valid JSON: a text is not closed on its line"),
        ('{"a": "\\x"}\n', 1, 8, "the front matter is not valid JSON: invalid \\escape"),
        ('{"a": "\\ud800"}\n', 1, 7, "the front matter is not valid JSON: half of a surrogate pair stands alone"),
        ('{"a": 1} b\n', 1, 1, "the JSON front matter is followed by text, expected the end of the line"),
        ("---json\n{} {}\n---\n", 2, 4, "the front matter is not valid JSON: there is text after its end"),
        ("+++\nn = " + "9" * 5000 + "\n+++\n", 2, 0, "the front matter has a number of too many digits"),
    ],
)
def test_broken_front_matter_is_shown_at_its_place(text: str, line: int, column: int, message: str):
    problem = refusal(text)
    assert (problem.line, problem.column, problem.message.removesuffix(" at").removesuffix(":")) == (line, column, message)


def test_a_toml_date_that_does_not_exist_is_a_bad_date():
    problem = refusal("+++\ntitle = 'x'\ndate = 2024-02-30\n+++\n")
    assert (problem.rule, problem.line, problem.column) == ("bad-date", 3, 8)
    assert problem.message == "`2024-02-30` is a date that does not exist"


@pytest.mark.parametrize("text", ["---\na: {}\n---\n", "+++\na = '{}'\n+++\n", '{{"a": "{}", "b": 1}}\n', "Title: {}\n\n"])
def test_front_matter_over_its_limit_is_refused(text: str):
    problem = refusal(text.replace("{}", "x" * 2000).replace("{{", "{").replace("}}", "}"), limit=1000)
    assert (problem.rule, problem.line) == ("too-large", 1)


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 50_000 + "\n---\n",
        "---\n" + "- " * 50_000 + "\n---\n",
        "+++\na = " + "[" * 50_000 + "\n+++\n",
        "+++\n" + "a." * 50_000 + "a = 1\n+++\n",
        "---json\n" + "[" * 50_000 + "\n---\n",
        '{"a": ' + "[" * 50_000,
        '{"a": ' * 50_000,
    ],
)
def test_fifty_thousand_levels_are_an_error_in_every_dialect(text: str):
    start = time.monotonic()
    assert "nested too deeply" in refusal(text).message
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("filler", ["9" * 200_000, "a " * 100_000, " " * 200_000 + "x", "'" * 200_000, "a: " * 60_000, "= " * 100_000])
@pytest.mark.parametrize("text", ["---\ntitle: {}\n---\n", "+++\ntitle = {}\n+++\n", '{{"a": {}}}\n', "Title: {}\n{}\n\n"])
def test_no_long_line_takes_more_than_linear_time(text: str, filler: str):
    start = time.monotonic()
    with suppress(ContentError):
        split(text.replace("{}", filler), path="x.md", limit=1 << 20)
    assert time.monotonic() - start < 5


@given(
    st.sampled_from(["---\n", "+++\n", "{", "---json\n", ";;;\n", "Title: ", ""]),
    st.text(max_size=100),
    st.sampled_from(["\n---\n", "\n+++\n", "}", ""]),
)
def test_any_text_is_split_or_an_error_of_ours(opening: str, middle: str, closing: str):
    text = opening + middle + closing
    with suppress(ContentError):
        found = split(text, path="x.md")
        assert found.head + found.body == text

"""What the lines of a body take in, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sitegen.errors import ContentError
from sitegen.markup.includes import Line, Wanted, parts_of, places_of, selected, with_parts

FILES = {
    "a.py": "import a\n\n\ndef f():\n    # region body\n    return 1\n    # endregion\n\n# --8<-- [start:end]\nf()\n# --8<-- [end:end]\n",
    "a.md": "One.\n\nTwo.\n\n```js\nx\n```\n",
    "a.rs": "// ANCHOR: main\nfn main() {}\n// ANCHOR_END: main\n",
    "a.xyz": "what\n",
}


def read(wanted: Wanted) -> Sequence[Line]:
    if wanted.path not in FILES:
        raise ContentError(f"there is no file `{wanted.path}`", rule="include")
    return selected(FILES[wanted.path], wanted, wanted.path)


def whole(body: str) -> str:
    return with_parts(body, parts_of(body, read))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('```python file="a.py" lines="1"\n```', '```python file="a.py" lines="1"\nimport a\n```'),
        ('```python file="a.py" lines="4-4, 10-"\n```', '```python file="a.py" lines="4-4, 10-"\ndef f():\nf()\n# --8<-- [end:end]\n```'),
        ('```python file="a.py" region="body"\n```', '```python file="a.py" region="body"\nreturn 1\n```'),
        ("> ~~~py file=a.py lines=1\n>\n> ~~~", "> ~~~py file=a.py lines=1\n> import a\n> ~~~"),
        ("- ```py file=a.py lines=1\n  ```", "- ```py file=a.py lines=1\n  import a\n  ```"),
        ('```md file="a.md" lines="5-7"\n```', '````md file="a.md" lines="5-7"\n```js\nx\n```\n````'),
        ("<<< a.py#body", "```py\nreturn 1\n```"),
        ("<<< a.py#end{1,3}", "```py {1,3}\nf()\n```"),
        ("<<< a.py#end{1 python:line-numbers} [Title]", "```python:line-numbers {1} [Title]\nf()\n```"),
        ("<<< a.py#end{text}", "```text\nf()\n```"),
        ("<<< a.rs#main", "```rs\nfn main() {}\n```"),
        ("<<< a.xyz", "```text\nwhat\n```"),
        ("x\n<!-- @include: a.md{1,3} -->\ny", "x\nOne.\n\nTwo.\ny"),
        ("<!--@include: a.md{3,3}-->", "Two."),
        ("> <!-- @include: a.md{,1} -->", "> One."),
        ('--8<-- "a.md:3:3"', "Two."),
        ('--8<-- "a.md:3"', "Two.\n\n```js\nx\n```"),
        ('--8<-- "a.md::1"', "One."),
        ('    --8<-- "a.md:1:1"', "    One."),
        ('```py\n--8<-- "a.py:end"\n```', "```py\nf()\n```"),
        (';--8<-- "a.md"', '--8<-- "a.md"'),
        ("```md\n<!-- @include: a.md -->\n<<< a.py\n```", "```md\n<!-- @include: a.md -->\n<<< a.py\n```"),
        ('````md\n```py file="a.py"\n```\n````', '````md\n```py file="a.py"\n```\n````'),
        ("in a line <!-- @include: a.md --> stays", "in a line <!-- @include: a.md --> stays"),
    ],
)
def test_files_are_taken_in_as_their_authors_write_it(body: str, expected: str):
    assert whole(body) == expected


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("<<< b.py", "there is no file `b.py`", ""),
        ("<<< a.py#nonesuch", "`a.py` has no region `nonesuch`", "it has `body`, `end`"),
        ("<<< a.xyz#nonesuch", "`a.xyz` has no region `nonesuch`", "mark one: `#region nonesuch` and `#endregion nonesuch` in comments"),
        ('--8<-- "a.md:3:70"', "`a.md` has 7 lines, and line 70 is asked for", "count its lines again"),
        ("<!-- @include: a.md{7,3} -->", "the range of lines `7-3` ends before it begins", "write the smaller number first"),
        ("<!-- @include: https://example.org/a.md -->", "`https://example.org/a.md` is not the name of a file", "write `parts/intro.md`"),
        ('--8<-- "https://example.org/a.md"', "`https://example.org/a.md` is not the name of a file", 'write `"parts/intro.md"`'),
        ('```py file="a.py" lines="x"\n```', "`x` is neither a line nor a range of lines", "write `3`, `3-7`, `3-` or `-7`"),
        ('```py file="a.py"\nown\n```', "a fence with `file=` has lines of its own", "close it on the next line"),
    ],
)
def test_what_cannot_be_taken_in_is_an_error_with_its_place(line: str, message: str, hint: str):
    with pytest.raises(ContentError) as raised:
        whole(f"text\n\n> {line}".replace("\n```", "\n> ```") if line.startswith("```") else f"text\n\n{line}")
    problem = raised.value.problem
    assert (problem.rule, problem.line, problem.message) == ("include", 3, message)
    assert problem.hint.startswith(hint)
    assert line.split("\n")[0] in problem.excerpt


def test_a_region_without_an_end_is_an_error():
    with pytest.raises(ContentError, match="the region `x` of `f` has no end"):
        selected("# region x\na\n", Wanted("f", region="x"), "f")


def test_regions_stand_in_one_another():
    text = "// #region out\na\n// #region in\nb\n// #endregion in\nc\n// #endregion out\nd\n"
    assert [line.text for line in selected(text, Wanted("f", region="out"), "f")] == ["a", "b", "c"]
    assert [line.text for line in selected(text, Wanted("f", region="in"), "f")] == ["b"]


def test_each_line_knows_where_it_comes_from():
    body = "x\n<!-- @include: a.md{3,5} -->\ny"
    found = [(place.host, place.path, place.number) for place in places_of(body, parts_of(body, read))]
    assert found == [(1, "", 0), (2, "a.md", 3), (2, "a.md", 4), (2, "a.md", 5), (3, "", 0)]

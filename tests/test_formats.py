"""One list of problems in three forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen import formats
from sitegen.errors import Problem
from sitegen.formats import as_annotations, as_json, as_listing

MARKED = Problem(
    "front-matter",
    "front matter is not valid YAML: mapping values are not allowed here",
    path="content/blog/x.md",
    line=4,
    column=12,
    excerpt="title: Rust: a tour",
    hint='quote the title: "Rust: a tour"',
)
EARLIER = Problem("mojibake", "the text is garbled", path="content/blog/a.md", line=1)
LATER = Problem("unknown-key", "the key `x` is not known", path="content/blog/x.md", line=9)
PLACELESS = Problem("cache-unusable", "the cache cannot be written")
SITE = Path("/repo/docs")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def test_errors_and_warnings_are_one_list_by_file_and_line():
    text = as_listing([MARKED], [LATER, EARLIER])
    assert [line.split(": ")[0] for line in text.split("\n") if line.startswith("content/")] == [
        "content/blog/a.md:1",
        "content/blog/x.md:4:12",
        "content/blog/x.md:9",
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "last"),
    [
        ([MARKED], [], "1 error"),
        ([], [EARLIER, LATER], "2 warnings"),
        ([MARKED, PLACELESS], [LATER], "2 errors, 1 warning"),
    ],
)
def test_the_last_line_has_the_counts_and_the_address_of_the_manual(errors, warnings, last):
    assert as_listing(errors, warnings).split("\n")[-1] == f"{last} (see {formats.MANUAL})"


def test_the_last_line_may_say_what_became_of_the_build():
    assert as_listing([MARKED], end="nothing was published").split("\n")[-1].startswith("1 error; nothing was published (see ")


def test_the_json_is_one_object_of_a_version_problems_and_counts():
    assert json.loads(as_json([MARKED], [PLACELESS])) == {
        "version": 1,
        "problems": [
            {
                "rule": "cache-unusable",
                "severity": "warning",
                "path": None,
                "line": None,
                "column": None,
                "message": "the cache cannot be written",
                "hint": "",
                "excerpt": "",
                "url": f"{formats.MANUAL}#cache-unusable",
            },
            {
                "rule": "front-matter",
                "severity": "error",
                "path": "content/blog/x.md",
                "line": 4,
                "column": 12,
                "message": MARKED.message,
                "hint": MARKED.hint,
                "excerpt": MARKED.excerpt,
                "url": f"{formats.MANUAL}#front-matter",
            },
        ],
        "counts": {"errors": 1, "warnings": 1},
    }


def test_the_json_can_be_encoded_whatever_a_file_is_called():
    as_json([Problem("content", "is odd", path="content/caf\udce9.md", excerpt="\ud800")]).encode()


def test_an_annotation_names_file_line_column_and_rule():
    assert as_annotations([MARKED])[0].startswith("::error file=content/blog/x.md,line=4,col=12,title=front-matter::front matter is not")


def test_annotations_of_errors_come_before_those_of_warnings():
    assert [line.split(" ")[0] for line in as_annotations([MARKED], [EARLIER])] == ["::error", "::warning"]


def test_an_annotation_cannot_be_ended_by_what_it_tells():
    line = as_annotations([Problem("content", "50%\n::error::forged", path="a,b:c.md")])[0]
    assert line == "::error file=a%2Cb%3Ac.md,title=content::50%25\\n::error::forged"


def shown(capsys: pytest.CaptureFixture[str], form: formats.Form | None = None) -> tuple[str, str]:
    formats.show([MARKED], [EARLIER], form, root=SITE)
    return capsys.readouterr()


def test_text_goes_to_stderr_alone(capsys: pytest.CaptureFixture[str]):
    out, err = shown(capsys)
    assert (out, "error[front-matter]" in err) == ("", True)


def test_json_goes_to_stdout_alone(capsys: pytest.CaptureFixture[str]):
    out, err = shown(capsys, "json")
    assert (len(json.loads(out)["problems"]), err) == (2, "")


def test_annotations_go_to_stdout_alone(capsys: pytest.CaptureFixture[str]):
    out, err = shown(capsys, "github")
    assert (out.count("\n"), err) == (2, "")


def test_on_github_text_and_annotations_are_told_unless_one_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out, err = shown(capsys)
    assert ("::error" in out, "error[front-matter]" in err) == (True, True)
    out, err = shown(capsys, "text")
    assert ("::error" in out, "error[front-matter]" in err) == (False, True)


def test_an_annotation_names_the_file_from_the_repositorys_folder_on(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GITHUB_WORKSPACE", "/repo")
    out, _ = shown(capsys, "github")
    assert "file=docs/content/blog/x.md" in out


def test_where_nothing_is_wrong_the_json_says_so_and_the_text_nothing(capsys: pytest.CaptureFixture[str]):
    formats.show([], [], "json", root=SITE)
    formats.show([], [], root=SITE)
    out, err = capsys.readouterr()
    assert (json.loads(out)["problems"], err) == ([], "")


def test_a_file_name_drives_no_terminal_and_begins_no_line():
    (line,) = as_annotations([Problem("error", "wrong", "a\x1b[31m\x9b\n::error::x.md")])
    assert line == "::error file=a\\x1b[31m\\x9b%0A%3A%3Aerror%3A%3Ax.md,title=error::wrong"

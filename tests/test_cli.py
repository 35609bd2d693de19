"""The command line: its exit codes, what it says, and where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

from sitegen import __version__, cli, formats
from tests.conftest import SETTINGS, SiteOf, dom, post, tree

PROJECT = Path(__file__).parents[1]
FILES = {
    "site.yaml": SETTINGS,
    "content/about.md": "Text here.",
    "content/blog/a.md": post(
        "One two three.",
        title="A",
        date="2025-01-02",
        updated="2025-02-03",
        tags="[x]",
        categories="[[Code, Python], Web]",
        author="mira",
        aliases="[/old/]",
    ),
    "content/blog/draft.md": post(title="Draft", draft="true"),
    "content/blog/future.md": post(title="Future", date="2099-01-01"),
    "content/blog/expired.md": post(title="Expired", expires="2020-01-01"),
}


@pytest.fixture
def site(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in the current folder."""
    root = site_of(FILES)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    return root


# Exit codes


def test_a_complete_site_is_0(site: Path):
    assert cli.run(["build", "--jobs", "1"]) == 0
    assert (site / "build/about/index.html").is_file()


def test_a_problem_in_content_is_1(site: Path):
    (site / "content/about.md").write_text("[a](missing.md)")
    assert cli.run(["build", "--jobs", "1"]) == 1


def test_a_problem_in_settings_is_1(site: Path):
    (site / "site.yaml").write_text("titel: x\n")
    assert cli.run(["build", "--jobs", "1"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["nonsense"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["list", "--format", "xml"],
        ["list", "some"],
        ["build", "--root", "nowhere"],
        ["build", "--output", "content"],
        ["list", "--root", "nowhere"],
        ["serve", "--root", "nowhere"],
        ["init", "."],
        ["init"],
    ],
)
def test_a_command_that_cannot_be_is_2(site: Path, arguments: list[str]):
    assert cli.run(arguments) == 2


@pytest.mark.parametrize("url", ["nonsense", "ftp://x.example/", "javascript:alert(1)"])
def test_a_base_url_that_is_none_is_refused(site: Path, url: str, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["build", "--base-url", url]) in {1, 2}
    assert url in capsys.readouterr().err


def test_a_held_lock_is_75(site: Path, capsys: pytest.CaptureFixture[str]):
    cli.run(["build", "--jobs", "1"])
    with FileLock(site / ".cache/lock"):
        assert cli.run(["build", "--jobs", "1"]) == 75
    assert "another build of this site is running" in capsys.readouterr().err


BUG = """
from sitegen import cli

@cli.commands.command()
def boom():
    1 / 0

cli.main(["boom"])
"""


def test_a_bug_of_ours_is_70_with_its_traceback():
    done = subprocess.run([sys.executable, "-c", BUG], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert "This is a bug in sitegen, not in your site." in done.stderr


# Commands


@pytest.mark.parametrize("arguments", [[], ["--jobs", "1"], ["--quiet"], ["--clean", "--jobs", "1"]])
def test_without_a_command_the_site_is_built(site: Path, arguments: list[str]):
    assert cli.run(arguments) == 0
    assert (site / "build/index.html").is_file()


def test_the_version_can_be_asked_for(capsys: pytest.CaptureFixture[str]):
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"sitegen, version {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["init", "--help"], ["serve", "--help"], ["list", "--help"]])
def test_every_command_explains_itself(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert cli.run(arguments) == 0
    assert "Usage: sitegen" in capsys.readouterr().out


def test_build_py_and_the_module_are_the_same_command(site: Path):
    script = subprocess.run([sys.executable, PROJECT / "build.py", "--quiet"], cwd=site, env={**os.environ})
    module = subprocess.run([sys.executable, "-m", "sitegen", "--quiet"], cwd=site, env={**os.environ, "PYTHONPATH": str(PROJECT)})
    assert (script.returncode, module.returncode) == (0, 0)


def test_a_new_site_in_an_empty_folder_builds_without_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert cli.run(["init", "mysite"]) == 0
    monkeypatch.chdir(tmp_path / "mysite")
    assert cli.run(["build", "--jobs", "1"]) == 0
    assert [line for line in capsys.readouterr().err.splitlines() if "missing-url" not in line and not line.startswith("  hint:")] == []
    assert (tmp_path / "mysite/build/blog/first-post/index.html").is_file()


# What a build says


def test_the_end_says_what_was_rendered_and_what_was_fresh(site: Path, capsys: pytest.CaptureFixture[str]):
    cli.run(["build", "--jobs", "1"])
    first = capsys.readouterr().out.splitlines()[-1]
    cli.run(["build", "--jobs", "1"])
    second = capsys.readouterr().out.splitlines()[-1]
    assert first.startswith("2 pages in build: ")
    assert " 0 fresh, " in first
    assert second.startswith("2 pages in build: 0 rendered, ")
    assert second.endswith(" s")


def test_a_pipe_gets_one_plain_line_for_each_step(site: Path, capsys: pytest.CaptureFixture[str]):
    cli.run(["build", "--jobs", "1"])
    steps = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()[:-1]]
    assert steps == ["reading", "rendering", "indexing"]


def test_quiet_says_nothing_where_nothing_is_wrong(site: Path, capsys: pytest.CaptureFixture[str]):
    cli.run(["build", "--jobs", "1", "--quiet"])
    assert capsys.readouterr() == ("", "")


def test_drafts_and_future_pages_are_built_when_asked_for(site: Path):
    cli.run(["build", "--jobs", "1", "--drafts", "--future"])
    assert (site / "build/blog/draft/index.html").is_file()
    assert (site / "build/blog/future/index.html").is_file()
    assert not (site / "build/blog/expired").exists()


def test_a_base_url_makes_a_preview(site: Path):
    cli.run(["build", "--jobs", "1", "--base-url", "https://preview.example/p/"])
    page = dom(site / "build/about/index.html")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://preview.example/p/about/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


def test_another_output_may_be_named(site: Path, tmp_path: Path):
    assert cli.run(["build", "--jobs", "1", "--output", str(tmp_path / "public")]) == 0
    assert (tmp_path / "public/index.html").is_file()
    assert not (site / "build").exists()


def test_warnings_are_told_and_stop_nothing(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_text("---\ntitel: About\n---\nText.\n")
    assert cli.run(["build", "--jobs", "1"]) == 0
    out, err = capsys.readouterr()
    assert err == (
        "content/about.md:2:1: warning[unknown-key]: the key `titel` is not known, did you mean `title`?\n"
        "  2 | titel: About\n"
        "    | ^\n"
        "  hint: put keys of your own under `extra:`\n"
        f"\n1 warning (see {formats.MANUAL})\n"
    )
    assert ", 1 warning, " in out.splitlines()[-1]


def test_errors_are_told_by_file_and_line_with_excerpt_and_cure(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_text("---\ntitle: About: us\n---\nText.\n")
    (site / "content/blog/a.md").write_text("---\ndate: 2024-02-30\n---\nText.\n")
    assert cli.run(["build", "--jobs", "1"]) == 1
    _, err = capsys.readouterr()
    assert err.splitlines()[-2:] == ["", f"2 errors; nothing was published (see {formats.MANUAL})"]
    assert [line for line in err.splitlines() if "error[" in line] == sorted(line for line in err.splitlines() if "error[" in line)
    assert err.startswith("content/about.md:2:13: error[front-matter]: ")
    assert "\n  2 | title: About: us\n    |             ^\n  hint: " in err


def test_on_github_errors_are_annotations_too(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (site / "content/about.md").write_text("[a](missing.md)")
    cli.run(["build", "--jobs", "1"])
    assert "::error file=content/about.md,line=1,col=5,title=broken-link::" in capsys.readouterr().out


TYPO = "---\ntitel: About\n---\nText.\n"


def test_a_strict_build_takes_a_warning_for_an_error_and_publishes_nothing(site: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["build", "--jobs", "1", "--strict"]) == 0
    before = tree(site / "build")
    (site / "content/about.md").write_text(TYPO)
    assert cli.run(["build", "--jobs", "1", "--strict"]) == 1
    assert tree(site / "build") == before
    assert "error[unknown-key]" in capsys.readouterr().err


def test_a_strict_build_that_finds_nothing_to_do_has_the_warnings_of_the_last_one(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_text(TYPO)
    assert cli.run(["build", "--jobs", "1"]) == 0
    capsys.readouterr()
    assert [cli.run(["build", "--jobs", "1", *verify, "--strict"]) for verify in ([], ["--verify"])] == [1, 1]
    quick, thorough = capsys.readouterr().err.split("1 error; ")[:2]
    assert "error[unknown-key]" in quick
    assert thorough.endswith(quick)
    assert cli.run(["build", "--jobs", "1"]) == 0
    assert "warning[unknown-key]" in capsys.readouterr().err


def test_a_build_as_json_writes_one_object_and_nothing_else(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_text(TYPO)
    for _ in ("anew", "nothing to do"):
        assert cli.run(["build", "--jobs", "1", "--format", "json"]) == 0
        out, err = capsys.readouterr()
        assert [problem["rule"] for problem in json.loads(out)["problems"]] == ["unknown-key"]
        assert err == ""


def test_a_broken_build_as_json_has_its_errors_and_its_warnings(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_text(TYPO + "[a](missing.md)\n")
    assert cli.run(["build", "--jobs", "1", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"] == {"errors": 1, "warnings": 1}


def test_a_folder_that_is_no_site_is_told_of_as_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["build", "--root", str(tmp_path), "--format", "json"]) == 2
    assert [problem["rule"] for problem in json.loads(capsys.readouterr().out)["problems"]] == ["usage"]


def test_the_time_of_a_build_can_be_set(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")
    cli.run(["build", "--jobs", "1"])
    assert (site / "build/blog/future/index.html").is_file()


def test_a_time_that_is_none_is_2(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert cli.run(["build"]) == 2


# Lists


def test_the_list_as_json_has_every_page_and_every_key(site: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["list", "--format", "json"]) == 0
    found = {entry["source"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert list(found) == [f"content/{name}.md" for name in ("about", "blog/a", "blog/draft", "blog/expired", "blog/future")]
    assert found["content/blog/a.md"] == {
        "source": "content/blog/a.md",
        "url": "/blog/a/",
        "title": "A",
        "date": "2025-01-02T00:00:00+00:00",
        "updated": "2025-02-03T00:00:00+00:00",
        "collection": "blog",
        "tags": ["x"],
        "categories": ["Code/Python", "Web"],
        "authors": ["mira"],
        "draft": False,
        "aliases": ["/old/"],
        "words": 3,
    }
    assert (found["content/about.md"]["date"], found["content/about.md"]["tags"]) == (None, [])


@pytest.mark.parametrize(
    ("which", "names"),
    [("drafts", ["draft"]), ("future", ["future"]), ("expired", ["expired"]), ("all", ["a", "draft", "expired", "future"])],
)
def test_the_list_can_be_of_some_pages(site: Path, capsys: pytest.CaptureFixture[str], which: str, names: list[str]):
    assert cli.run(["list", "--format", "json", which]) == 0
    found = [entry["source"] for entry in json.loads(capsys.readouterr().out) if entry["collection"] == "blog"]
    assert found == [f"content/blog/{name}.md" for name in names]


def test_the_list_as_a_table_shows_a_line_for_each_page(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "160")
    assert cli.run(["list"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["Source", "Url", "Title", "Date", "Status"]
    assert ["content/blog/draft.md", "/blog/draft/", "Draft", "draft"] in lines
    assert lines[-1] == ["5", "pages"]


def test_a_list_names_what_cannot_be_read(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/blog/a.md").write_text("---\ndate: 2024-02-30\n---\n")
    assert cli.run(["list"]) == 1
    assert capsys.readouterr().err.startswith("content/blog/a.md:2:7: error[bad-date]: ")


def test_a_list_leaves_no_folder_behind_where_the_cache_cannot_be_written(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (site / ".cache").write_text("in the way")
    assert cli.run(["list"]) == 0
    assert list((tmp_path / "tmp").iterdir()) == []

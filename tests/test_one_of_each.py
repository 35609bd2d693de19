"""A site with one of each mistake, and one with those that show only where nothing else is wrong: each prints one golden report."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from sitegen import cli
from sitegen.report import RULES

SITES = Path(__file__).parent / "sites_broken"
NAMES = ("one_of_each", "links_and_orphans")
FORMS = {"text": "check.txt", "json": "check.json", "github": "check.github"}
# Why a rule can be in neither report.
ELSEWHERE = {
    "bad-picture": "takes pictures in several sizes, which are an extra; test_pictures",
    "cache-unusable": "the folder of the cache would have to be in the way; test_cli",
    "card-letters": "takes social cards; test_pictures",
    "changed-during-build": "a file would have to change meanwhile; test_freeze",
    "content": "what no other rule is for: sites_broken/data_file",
    "diagram": "takes a renderer of the site's own; the tests of diagrams",
    "encryption": "takes a library that is missing; test_encryption",
    "error": "what no other rule is for",
    "extension": "without its extension there is no app to look at the rest with; test_freeze_doubts",
    "external-link": "takes another site; the tests of the links to other sites",
    "external-moved": "takes another site; the tests of the links to other sites",
    "git-history": "takes a repository without its history; test_git",
    "not-a-file": "a pipe cannot be kept in a repository; test_files",
    "not-highlighted": "takes a very large block; test_markup_highlighting",
    "password": "is about a file outside the site; test_encryption_passwords",
    "search": "Pagefind itself would have to fail; test_search_index",
    "settings": "with wrong settings no more than front matter is looked at: sites_broken/settings",
    "symlink": "a link out of the site cannot be kept in a repository; test_pages",
    "too-complex": "takes a page that is slow, or nested past what a stack holds; test_markup",
    "too-many-redirects": "takes two thousand redirects; test_views_extras",
    "unreadable": "takes permissions that a repository does not keep; test_pages",
    "unwritable": "takes a full disk; test_freeze",
    "usage": "is about the command line; test_cli",
    "weak-password": "is about a file outside the site; test_encryption_passwords",
}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """What a check of the site of that name tells in a form: what was printed, whichever way."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")

    def check(name: str, form: str, *, jobs: int = 1) -> str:
        root = tmp_path / name
        shutil.copytree(SITES / name, root, dirs_exist_ok=True)
        assert cli.run(["check", "--root", str(root), "--jobs", str(jobs), "--format", form]) == 1
        return "".join(capsys.readouterr())

    return check


def golden(name: str, form: str) -> str:
    return (SITES / name / FORMS[form]).read_text(encoding="utf-8")


def rules_in(text: str) -> set[str]:
    return set(re.findall(r"^[^ ].*?(?:error|warning)\[([a-z0-9-]+)\]: ", text, re.MULTILINE))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_one_run_tells_of_every_mistake_in_every_form(name: str, form: str, told, update: bool):
    text = told(name, form)
    if update:
        (SITES / name / FORMS[form]).write_text(text, encoding="utf-8")
    assert text == golden(name, form)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_hangs_neither_on_the_cache_nor_on_the_number_of_processes(name: str, told):
    assert [told(name, "text", jobs=jobs) for jobs in (2, 1, 2)] == [golden(name, "text")] * 3


def test_every_rule_is_in_a_report_or_it_is_said_why_not():
    shown = rules_in("".join(golden(name, "text") for name in NAMES))
    assert sorted(RULES.keys() - shown) == sorted(ELSEWHERE)


@pytest.mark.parametrize("name", NAMES)
def test_the_three_forms_tell_the_same(name: str):
    problems = json.loads(golden(name, "json"))["problems"]
    listed = [f"{each['severity']}[{each['rule']}]: {each['message']}" for each in problems]
    text = [line.split(": ", 1)[1] for line in golden(name, "text").splitlines() if re.match(r"\S.*: (?:error|warning)\[", line)]
    assert listed == text
    annotated = golden(name, "github").splitlines()
    assert sorted(line.split(" ")[0].strip(":") for line in annotated) == sorted(each["severity"] for each in problems)
    assert annotated == sorted(annotated, key=lambda line: not line.startswith("::error"))


def test_what_a_build_tells_is_told_by_a_check_too():
    for name in NAMES:
        built = (SITES / name / "error.txt").read_text(encoding="utf-8").splitlines()
        assert {line for line in built if re.match(r"\S+: (?:error|warning)\[", line)} <= set(golden(name, "text").splitlines())

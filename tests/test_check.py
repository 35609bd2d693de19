"""`sitegen check`: what a build would say, nothing published, and more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen import cli
from tests.conftest import SMALL_SITE, SiteOf, post, tree

PROJECT = Path(__file__).parents[1]
BROKEN = {
    "content/blog/first.md": post("[a](nowhere.md) and [b](second.md#nothing)", title="First", date="2026-01-01", colour="red"),
    "content/blog/early.md": post(title="Early", date="2026-01-03", updated="2026-01-02"),
}


@pytest.fixture
def site(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in the current folder."""
    root = site_of(SMALL_SITE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    return root


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """The exit code of a command, and what it said is wrong."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        return cli.run([*arguments, "--jobs", "1"]), capsys.readouterr().err

    return run


def _headlines(text: str) -> list[str]:
    return [line for line in text.splitlines() if ": error[" in line or ": warning[" in line]


def test_a_check_publishes_nothing(site: Path, said):
    assert said("check")[0] == 0
    assert sorted(path.name for path in site.iterdir()) == [".cache", "content", "site.yaml"]


def test_a_check_leaves_the_published_site_as_it_is(site_of: SiteOf, site: Path, said):
    said("build")
    before = tree(site / "build")
    site_of(BROKEN)
    assert said("check")[0] == 1
    assert tree(site / "build") == before


def test_a_check_leaves_nothing_to_do_for_the_next_build_where_there_was_nothing(site: Path, capsys: pytest.CaptureFixture[str], said):
    said("build")
    said("check")
    assert cli.run(["build"]) == 0
    assert " 0 rendered" in capsys.readouterr().out


@pytest.mark.parametrize("first", ["build", "check"])
def test_a_check_says_what_a_build_says(site_of: SiteOf, site: Path, said, first: str):
    said(first)
    site_of(BROKEN)
    code, text = said("build")
    assert code == 1
    assert set(_headlines(text)) <= set(_headlines(said("check")[1]))


def test_a_mistake_in_settings_is_told_of(site: Path, said):
    (site / "site.yaml").write_text("titel: x\n")
    code, text = said("check")
    assert code == 1
    assert "site.yaml:1:1: error[settings]" in text


def test_warnings_are_errors_to_a_strict_check(site: Path, said):
    (site / "content/blog/late.md").write_text(post(title="Late", date="2026-01-03", updated="2026-01-02", description="About being late."))
    assert said("check")[0] == 0
    assert said("check", "--strict")[0] == 1


def test_paths_limit_what_is_shown_and_not_what_is_checked(site_of: SiteOf, site: Path, said):
    site_of(BROKEN)
    code, text = said("check", "content/blog/first.md")
    assert code == 1
    assert {line.partition(":")[0] for line in _headlines(text)} == {"content/blog/first.md"}
    assert said("check", "content/docs")[0] == 0


def test_a_folder_without_content_cannot_be_checked(said):
    assert said("check", "--root", "nowhere")[0] == 2


def test_this_projects_own_site_passes_strictly(tmp_path: Path, said, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copy(PROJECT / "site.yaml", tmp_path)
    for name in ("content", "static", "templates"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    code, text = said("check", "--root", str(tmp_path), "--strict")
    assert (code, text) == (0, "")

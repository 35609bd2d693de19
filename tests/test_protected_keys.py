"""Where the passwords of groups are, and what is said where there are none that will do; what was published last stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.errors import Problem, SitegenError
from tests.conftest import Build, SiteOf, tree
from tests.protecting import FILES, OTHER, PASSWORD, SETTINGS, VARIABLE, contents, key_of, told

PROJECT = Path(__file__).parents[1]
FILE = "title: Small\nurl: https://small.example/\nprotected: {clients: {folders: [clients], passwords: ../secrets.txt}}\n"


@pytest.fixture
def site(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that was built well once, whose passwords are in a file beside it."""
    monkeypatch.delenv(VARIABLE, raising=False)
    root = site_of({**FILES, "site.yaml": FILE, "../secrets.txt": PASSWORD})
    build(root)
    return root


def refused(build: Build, root: Path, **options: object) -> tuple[Problem, ...]:
    """What is wrong; it has a place and a cure, and says no password, and the site that stands is as it was."""
    before = tree(root / "build")
    with pytest.raises(SitegenError) as caught:
        build(root, **options)
    assert tree(root / "build") == before
    for each in caught.value.problems:
        assert each.path
        assert each.hint
        assert PASSWORD not in f"{each}"
    return caught.value.problems


def test_passwords_are_in_a_file_beside_the_site(site: Path):
    assert len(contents(site / "build")) == 3
    assert told(site, PASSWORD) == []


def test_the_file_may_be_named_by_its_whole_path_or_from_home(site: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(site.parent))
    for name in (site.parent / "secrets.txt", "~/secrets.txt"):
        (site / "site.yaml").write_text(FILE.replace("../secrets.txt", str(name)))
        build(site)
        assert len(contents(site / "build")) == 3


def test_without_the_file_the_error_names_group_file_and_cure(site: Path, build: Build):
    (site.parent / "secrets.txt").unlink()
    (problem,) = refused(build, site)
    assert (problem.path, problem.line) == ("site.yaml", 3)
    assert "the group `clients` has protected pages and no passwords" in problem.message
    assert str(site.parent / "secrets.txt") in problem.hint
    assert "--allow-locked" in problem.hint


@pytest.mark.parametrize("value", [None, "", "   \n\n"])
def test_without_the_variable_the_error_names_it(site: Path, build: Build, monkeypatch: pytest.MonkeyPatch, value: str | None):
    (site / "site.yaml").write_text(SETTINGS.replace("clients: {", "our-clients: {"))
    if value is not None:
        monkeypatch.setenv("SITEGEN_PASSWORDS_OUR_CLIENTS", value)
    (problem,) = refused(build, site)
    assert (problem.path, problem.line) == ("site.yaml", 3)
    assert "SITEGEN_PASSWORDS_OUR_CLIENTS" in problem.hint


@pytest.mark.parametrize(
    ("text", "lines", "said"),
    [
        ("short", [1], "too short"),
        (f"Ada: {PASSWORD}\nBen: aaaaaaaaaaaaaaaaaaaa\n", [2], "the password of `Ben`"),
        (f"Ada: {PASSWORD}\nBen: {PASSWORD}\n", [2], "that of line 1"),
        (f"# One.\nAda: {PASSWORD}\nAda: {OTHER}\n", [3], "a second password of `Ada`"),
        (f"Ada: {PASSWORD}\n{OTHER}\n", [2], "names no reader"),
        (f"Ada: {PASSWORD}\nBen: \n", [2], "names no reader"),
        ("Ada: short\nBen: 123456789012345678\n", [1, 2], "the password of `Ben`"),
        ("# Nobody.\n", [0], "there is no password"),
    ],
)
def test_a_password_that_will_not_do_is_told_of_by_file_and_line(site: Path, build: Build, text: str, lines: list[int], said: str):
    (site.parent / "secrets.txt").write_text(text)
    problems = refused(build, site)
    assert [(each.path, each.line) for each in problems] == [(str(site.parent / "secrets.txt"), line) for line in lines]
    assert said in problems[-1].message


def test_a_weak_password_that_will_do_today_is_a_warning(site: Path, build: Build):
    (site.parent / "secrets.txt").write_text("Ada: abacus-abdomen-abdominal-abiding")
    warnings = build(site).warnings
    assert [(each.rule, each.path, each.line) for each in warnings] == [("weak-password", str(site.parent / "secrets.txt"), 1)]


def test_a_file_in_the_site_is_an_error(site: Path, build: Build):
    for name in ("secrets.txt", "content/secrets.txt", "../site/../site/secrets.txt", str(site / "secrets.txt")):
        (site / "site.yaml").write_text(FILE.replace("../secrets.txt", name))
        (problem,) = refused(build, site)
        assert (problem.path, problem.line) == ("site.yaml", 3)
        assert "in the site's folder" in problem.message


def test_a_link_to_a_file_in_the_site_is_an_error_too(site: Path, build: Build):
    (site / "inside.txt").write_text(PASSWORD)
    (site.parent / "secrets.txt").unlink()
    (site.parent / "secrets.txt").symlink_to(site / "inside.txt")
    assert "in the site's folder" in refused(build, site)[0].message


def test_a_folder_in_the_place_of_the_file_is_an_error(site: Path, build: Build):
    (site.parent / "secrets.txt").unlink()
    (site.parent / "secrets.txt").mkdir()
    (problem,) = refused(build, site)
    assert (problem.path, problem.line) == ("site.yaml", 3)
    assert "cannot be read" in problem.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_file_that_cannot_be_read_is_an_error(site: Path, build: Build):
    (site.parent / "secrets.txt").chmod(0)
    assert "cannot be read" in refused(build, site)[0].message


def test_a_file_that_is_no_text_is_an_error(site: Path, build: Build):
    (site.parent / "secrets.txt").write_bytes(f"Ada: {PASSWORD}".encode("utf-16"))
    assert "it is not UTF-8" in refused(build, site)[0].message


def test_a_preview_does_not_excuse_a_password_that_is_wrong(site: Path, build: Build):
    (site.parent / "secrets.txt").write_text("short")
    assert "too short" in refused(build, site, overrides={"allow_locked": True})[0].message


def test_of_two_groups_each_needs_its_own(site: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    (site / "site.yaml").write_text(FILE.replace("protected: {", "protected: {team: {folders: [team]}, "))
    (site / "content/team").mkdir()
    (site / "content/team/x.md").write_text("# Plans\n\n[Theirs](../clients/terms.md)\n")
    assert "the group `team`" in refused(build, site)[0].message
    build(site, overrides={"allow_locked": True})
    assert sorted(contents(site / "build")) == ["/clients/", *sorted(f"/clients/{name}/" for name in _names(site))]
    monkeypatch.setenv("SITEGEN_PASSWORDS_TEAM", OTHER)
    build(site)
    plans = contents(site / "build/team", key_of(group="team", passwords=(OTHER,)))
    assert [page for page in plans.values() if 'href="/clients/terms/"' in page["html"]]


def _names(site: Path) -> list[str]:
    return [path.name for path in (site / "build/clients").iterdir() if path.is_dir()]


def test_a_group_without_pages_needs_no_password(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    root = site_of({"site.yaml": SETTINGS.replace("{folders: [clients]}", "{}"), "content/index.md": "# Home\n"})
    build(root)
    assert not (root / "build/clients").exists()


def test_a_site_with_no_protected_page_needs_no_library_and_one_with_some_says_what_to_install(site: Path):
    program = "import sys; sys.modules['cryptography'] = None; from sitegen import cli; sys.exit(cli.run(sys.argv[1:]))"
    before = tree(site / "build")

    def run(root: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, "build", "--no-search", "--jobs", "1", "--clean", "--root", str(root)]
        return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)})

    done = run(site)
    assert done.returncode == 1
    assert "site.yaml:3" in done.stderr
    assert "pip install 'sitegen[protected]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(site / "build") == before
    (site / "site.yaml").write_text("title: Small\nurl: https://small.example/\n")
    done = run(site)
    assert (done.returncode, done.stderr) == (0, "")

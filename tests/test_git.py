"""Dates of change, from real repositories."""

import os
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sitegen import git

FIRST, SECOND, THIRD = "2020-01-01T12:00:00+09:00", "2021-01-01T12:00:00+00:00", "2022-01-01T12:00:00-05:00"


class Repository:
    """A git repository made step by step, each commit at a given time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True)
        self.run("init", "-q", "-b", "main")

    def run(self, *arguments: str, date: str = FIRST) -> str:
        names = {
            f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "x"), ("EMAIL", "x@example.org"))
        }
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        environment = os.environ | names | dates | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(command, cwd=self.root, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, date: str, **files: str) -> str:
        """Commit `files`, in whose names two underscores are a slash and a trailing one is ``.md``."""
        for name, text in files.items():
            self.write(name.replace("__", "/") + ".md", text)
        self.run("add", "-A")
        self.run("commit", "-q", "-m", "x", date=date)
        return self.run("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


@pytest.fixture
def edited(repository: Repository) -> Repository:
    """Two files of the first commit, one of them edited in the second, and a third file in the third."""
    repository.commit(FIRST, content__a="one", content__b="one")
    repository.commit(SECOND, content__a="two")
    repository.commit(THIRD, content__docs__c="one")
    return repository


def shallow(repository: Repository, depth: int) -> Path:
    target = repository.root.parent / "clone"
    repository.run("clone", "-q", "--depth", str(depth), repository.root.as_uri(), str(target))
    return target


def changed(root: Path, name: str) -> str:
    change = git.read_history(root).changed(name)
    return change.date.isoformat() if change else ""


def created(root: Path, name: str) -> str:
    change = git.read_history(root).created(name)
    return change.date.isoformat() if change else ""


def test_a_file_changed_at_its_last_commit(edited):
    assert changed(edited.root, "content/a.md") == SECOND


def test_a_file_was_created_at_its_first_commit(edited):
    assert created(edited.root, "content/a.md") == FIRST


def test_a_file_in_a_folder_has_its_own_date(edited):
    assert changed(edited.root, "content/docs/c.md") == THIRD


def test_a_date_keeps_the_offset_of_whoever_committed(edited):
    change = git.read_history(edited.root).changed("content/b.md")
    assert change is not None
    assert change.date == datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=9)))
    assert change.date.utcoffset() == timedelta(hours=9)


def test_a_change_names_its_commit(edited):
    change = git.read_history(edited.root).changed("content/docs/c.md")
    assert change is not None
    assert change.commit == git.head(edited.root)


def test_a_whole_history_has_no_problem(edited):
    assert git.read_history(edited.root).problem is None


def test_an_edit_that_is_not_committed_does_not_count(edited):
    edited.write("content/a.md", "three")
    assert changed(edited.root, "content/a.md") == SECOND


def test_a_file_that_is_not_committed_has_no_date(edited):
    edited.write("content/new.md", "x")
    assert changed(edited.root, "content/new.md") == ""


def test_files_outside_the_folder_are_not_read(edited):
    edited.commit(THIRD, README="x")
    assert changed(edited.root, "README.md") == ""


@pytest.mark.parametrize("name", ["grüße", "日本語", "a b", 'quo"te', "tab\tbed", "new\nline"])
def test_a_name_may_hold_anything(repository, name):
    repository.commit(FIRST, **{f"content__{name}": "x"})
    assert changed(repository.root, f"content/{name}.md") == FIRST


def test_a_name_that_is_not_utf8_is_read_as_the_disk_gives_it(repository):
    name = os.fsdecode(b"caf\xe9.md")
    try:
        repository.write(f"content/{name}", "x")
    except OSError:
        pytest.skip("this disk wants UTF-8")
    repository.commit(FIRST)
    assert changed(repository.root, f"content/{name}") == FIRST


def test_a_site_in_a_folder_of_a_repository_has_paths_of_its_own(repository):
    repository.commit(FIRST, website__content__a="x", content__a="x")
    repository.commit(SECOND, content__a="y")
    assert changed(repository.root / "website", "content/a.md") == FIRST


def test_a_merge_leaves_each_file_the_date_of_its_own_commit(repository):
    repository.commit(FIRST, content__a="one", content__b="one")
    repository.run("checkout", "-q", "-b", "side")
    repository.commit(SECOND, content__b="side")
    repository.run("checkout", "-q", "main")
    repository.commit(SECOND, content__a="main")
    repository.run("merge", "-q", "--no-ff", "-m", "merge", "side", date=THIRD)
    assert [changed(repository.root, f"content/{name}.md") for name in "ab"] == [SECOND, SECOND]


def test_a_conflict_resolved_by_hand_is_a_change(repository):
    repository.commit(FIRST, content__a="one")
    repository.run("checkout", "-q", "-b", "side")
    repository.commit(SECOND, content__a="side")
    repository.run("checkout", "-q", "main")
    repository.commit(SECOND, content__a="main")
    with pytest.raises(subprocess.CalledProcessError):
        repository.run("merge", "-q", "side")
    repository.commit(THIRD, content__a="both")
    assert changed(repository.root, "content/a.md") == THIRD


def test_a_shallow_clone_cannot_know_when_its_files_changed(edited):
    root = shallow(edited, 1)
    assert [changed(root, name) for name in ("content/a.md", "content/b.md", "content/docs/c.md")] == ["", "", ""]


def test_a_shallow_clone_says_so(edited):
    problem = git.read_history(shallow(edited, 1)).problem
    assert problem is not None
    assert problem.rule == "git-history"
    assert problem.message == "the git clone is shallow, so the last change of 3 files is not known"
    assert "fetch-depth: 0" in problem.hint
    assert "git fetch --unshallow" in problem.hint


def test_a_shallow_clone_knows_what_changed_since_its_edge(edited):
    root = shallow(edited, 2)
    assert [changed(root, name) for name in ("content/a.md", "content/b.md", "content/docs/c.md")] == ["", "", THIRD]


def test_a_shallow_clone_knows_no_first_commit_at_its_edge(repository):
    repository.commit(FIRST, content__a="one")
    repository.commit(SECOND, content__a="two")
    repository.commit(THIRD, content__a="three")
    root = shallow(repository, 2)
    assert (changed(root, "content/a.md"), created(root, "content/a.md")) == (THIRD, "")


def test_a_shallow_clone_that_hides_nothing_has_no_problem(repository):
    repository.commit(FIRST, other="x")
    repository.commit(SECOND, content__a="x")
    assert git.read_history(shallow(repository, 2)).problem is None


def test_a_linked_worktree_of_a_shallow_clone_is_shallow_too(edited):
    root = shallow(edited, 1)
    target = root.parent / "worktree"
    subprocess.run(["git", "worktree", "add", "-q", "--detach", str(target)], cwd=root, check=True, capture_output=True)
    assert git.read_history(target).problem is not None


def test_a_clone_without_its_trees_fetches_nothing(edited):
    edited.run("config", "uploadpack.allowFilter", "true")
    target = edited.root.parent / "clone"
    edited.run("clone", "-q", "--no-checkout", "--filter=tree:0", edited.root.as_uri(), str(target))
    objects = sorted((target / ".git" / "objects").rglob("*"))
    history = git.read_history(target)
    assert sorted((target / ".git" / "objects").rglob("*")) == objects
    assert history.problem is not None
    assert history.problem.message.startswith("the git history cannot be read: ")
    assert history.changed("content/a.md") is None


def test_a_folder_in_no_repository_has_no_history_and_no_problem(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git.read_history(tmp_path) == git.History()
    assert git.head(tmp_path) == ""


def test_a_repository_without_commits_has_no_history_and_no_problem(repository):
    assert git.read_history(repository.root) == git.History()
    assert git.head(repository.root) == ""


def test_a_repository_without_git_is_a_problem(edited, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    problem = git.read_history(edited.root).problem
    assert problem is not None
    assert problem.message == "git is not installed"
    assert git.head(edited.root) == ""


def test_a_folder_without_git_and_without_a_repository_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    if not any((parent / ".git").exists() for parent in tmp_path.parents):
        assert git.read_history(tmp_path) == git.History()


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root may give files away")
def test_a_folder_that_git_does_not_trust_is_a_problem(edited, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for path in (edited.root, edited.root / ".git"):
        os.chown(path, 12345, 12345)
    problem = git.read_history(edited.root).problem
    assert problem is not None
    assert problem.message == "git does not trust this folder, which another user owns"
    assert "safe.directory" in problem.hint


def test_a_broken_repository_is_a_problem(edited):
    shutil.rmtree(edited.root / ".git" / "objects")
    (edited.root / ".git" / "objects").mkdir()
    problem = git.read_history(edited.root).problem
    assert problem is not None
    assert problem.message.startswith("the git history cannot be read: ")


def test_the_repository_of_a_hook_is_not_mistaken_for_the_sites(edited, tmp_path, monkeypatch):
    other = Repository(tmp_path / "other")
    other.commit(THIRD, content__a="x")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    assert changed(edited.root, "content/a.md") == SECOND


def test_the_users_settings_change_nothing(edited, tmp_path, monkeypatch):
    settings = tmp_path / "gitconfig"
    sections = {
        "log": ("showRoot = false", "follow = true", "showSignature = true"),
        "color": ("ui = always",),
        "diff": ("renames = copies",),
    }
    settings.write_text("".join(f"[{name}]\n" + "\n".join(lines) + "\n" for name, lines in sections.items()), encoding="ascii")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert created(edited.root, "content/b.md") == FIRST


def test_the_history_of_ten_thousand_files_is_one_reading(repository):
    for number in range(10_000):
        path = repository.root / "content" / f"{number // 100:02}" / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    repository.commit(FIRST)
    assert len(git.read_history(repository.root).last) == 10_000

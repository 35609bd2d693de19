"""Builds of sites with protected pages: the same bytes in every way, nothing without need, and no trust in what is damaged."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from sitegen import cli, files
from sitegen.freeze import Options, build_site
from sitegen.vaults import keys
from tests.conftest import Build, SiteOf, tree
from tests.protecting import FILES, OTHER, PASSWORD, SECRET, VARIABLE, contents, key_of, told

PROJECT = Path(__file__).parents[1]
MANY = {
    **FILES,
    **{f"content/clients/n{n}.md": f"---\ntitle: N {n}\n---\n\nSee [it](n{(n + 1) % 30}.md). {SECRET} {n}.\n" for n in range(30)},
    **{f"content/blog/p{n}.md": f"---\ndate: 2025-02-{n + 1:02}\n---\n\nTo [it](../clients/n{n}.md).\n" for n in range(28)},
}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password, the time, and stamps that are old enough to be believed."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setattr(files, "_SETTLING", 0)


def command(root: Path, *arguments: str) -> int:
    """What the command line comes to."""
    return cli.run(["build", "--no-search", "--jobs", "1", "--root", str(root), *arguments])


def did(capsys: pytest.CaptureFixture[str]) -> str:
    """What the last build says that it did."""
    return capsys.readouterr().out.rpartition(": ")[2].partition(",")[0]


def from_scratch(root: Path, build: Build, **options: object) -> dict[str, bytes]:
    """What a clean build writes elsewhere."""
    output = root.with_name("scratch")
    build(root, output=output, clean=True, **options)
    return tree(output)


def edit(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


# The same bytes


def test_jobs_start_methods_and_passwords_in_any_order_change_no_byte(
    site_of: SiteOf, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = site_of(MANY)
    build(root, output=tmp_path / "one")
    first = tree(tmp_path / "one")
    for name, options in {"forked": {"start_method": "fork"}, "spawned": {"start_method": "spawn"}}.items():
        build(root, output=tmp_path / name, clean=True, jobs=2, **options)
        assert tree(tmp_path / name) == first, name
    monkeypatch.setenv(VARIABLE, f"\ufeff# Nobody.\r\n\r\n  Ada:   {PASSWORD} \r\n")
    build(root, output=tmp_path / "named", clean=True)
    assert tree(tmp_path / "named") == first


def test_two_outputs_have_the_same_bytes_and_neither_disturbs_the_other(site_of: SiteOf, build: Build, tmp_path: Path):
    root = site_of(FILES)
    for name in ("one", "two"):
        build(root, output=tmp_path / name)
    edit(root / "content/clients/terms.md", "\nMore.\n")
    build(root, output=tmp_path / "one")
    before = tree(tmp_path / "two")
    build(root, output=tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two") != before


def test_a_group_with_two_readers_opens_for_both_and_changes_with_them(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    root = site_of(FILES)
    build(root)
    alone = tree(root / "build")
    monkeypatch.setenv(VARIABLE, f"Ada: {PASSWORD}\nBen: {OTHER}\n")
    build(root)
    both = tree(root / "build")
    assert len(contents(root / "build", key_of(passwords=(PASSWORD, OTHER)))) == 3
    sealed = [name for name in alone if name.startswith(("clients/", "_sealed/"))]
    assert [name for name in sealed if both.get(name) == alone[name]] == []
    monkeypatch.setenv(VARIABLE, f"Ben: {PASSWORD}\nEve: {OTHER}\n")
    assert build(root).rendered == 0
    monkeypatch.setenv(VARIABLE, PASSWORD)
    build(root)
    assert tree(root / "build") == alone


def test_the_title_of_a_page_that_moves_keeps_no_link_alive(site_of: SiteOf, build: Build):
    """Its address is its slug, which stays; the file that a public page links to is gone."""
    root = site_of(
        {
            **FILES,
            "content/index.md": "# Home\n\n[It](clients/terms.md).\n",
            "site.yaml": str(FILES["site.yaml"]) + "rules: {broken-link: warn}\n",
        }
    )
    assert build(root).warnings == ()
    (root / "content/clients/terms.md").rename(root / "content/clients/conditions.md")
    (root / "content/clients/offer.md").write_text("# Offer\n")
    assert [each.path for each in build(root).warnings] == ["content/index.md"]
    assert tree(root / "build") == from_scratch(root, build)


# Nothing to do


def test_where_nothing_changed_nothing_is_done_and_nothing_loaded(site_of: SiteOf, tmp_path: Path):
    root = site_of(FILES)
    program = (
        "import sys; from sitegen import cli; code = cli.run(sys.argv[1:]); "
        "print(code, [name for name in ('flask', 'jinja2', 'markdown', 'pydantic', 'zxcvbn', 'sitegen.freeze') if name in sys.modules])"
    )
    arguments = [sys.executable, "-c", program, "build", "--no-search", "--root", str(root)]
    for _ in range(2):
        done = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)}, check=True)
    assert "0 rendered" in done.stdout
    assert done.stdout.splitlines()[-1] == "0 []"


@pytest.fixture
def still(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A site of which the next build would find nothing to do."""
    root = site_of(FILES)
    assert [command(root) for _ in range(3)] == [0, 0, 0]
    assert did(capsys) == "0 rendered"
    return root


def test_an_edit_of_a_protected_page_is_noticed(still: Path, capsys: pytest.CaptureFixture[str]):
    before = tree(still / "build")
    edit(still / "content/clients/terms.md", "\nMore.\n")
    assert command(still) == 0
    assert did(capsys) != "0 rendered"
    assert tree(still / "build") != before


def test_an_edit_of_a_sealed_file_is_noticed(still: Path, build: Build):
    (still / "content/clients/plan.png").write_bytes(b"another")
    assert command(still) == 0
    assert tree(still / "build") == from_scratch(still, build)


def test_a_new_file_in_a_folder_of_a_group_is_noticed(still: Path):
    (still / "content/clients/new.md").write_text("# New\n")
    assert command(still) == 0
    assert len(contents(still / "build")) == 4


def test_a_new_password_and_a_removed_one_are_noticed(still: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    before = tree(still / "build")
    monkeypatch.setenv(VARIABLE, OTHER)
    assert command(still) == 0
    assert len(contents(still / "build", key_of(passwords=(OTHER,)))) == 3
    monkeypatch.delenv(VARIABLE)
    capsys.readouterr()
    after = tree(still / "build")
    assert command(still) == 1
    assert VARIABLE in capsys.readouterr().err
    assert tree(still / "build") == after != before


def test_a_weak_password_in_the_place_of_a_good_one_is_noticed(still: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, "hunter2")
    assert command(still) == 1


def test_a_date_to_come_is_noticed_when_it_has_come(still: Path, monkeypatch: pytest.MonkeyPatch):
    (still / "content/clients/new.md").write_text("---\ndate: 2026-02-01\n---\n\n# New\n")
    (still / "content/clients/old.md").write_text("---\nexpires: 2026-02-02\n---\n\n# Old\n")
    counts = []
    for day in (0, 0, 17, 18):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1768478400 + day * 86400))
        assert command(still) == 0
        counts.append(len(contents(still / "build")))
    assert counts == [4, 4, 5, 4]


def test_a_preview_is_not_taken_for_the_site(still: Path, monkeypatch: pytest.MonkeyPatch):
    before = tree(still / "build")
    monkeypatch.delenv(VARIABLE)
    assert [command(still, "--allow-locked") for _ in range(2)] == [0, 0]
    assert contents(still / "build") == {}
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert command(still) == 0
    assert tree(still / "build") == before


def test_the_snapshot_says_no_path_of_a_protected_page(still: Path):
    found = b"".join(path.read_bytes() for path in (still / ".cache/snapshots").iterdir())
    assert [word for word in (b"offer", b"clients/terms.md", b"plan.png") if word in found] == []
    assert b"first.md" in found


# What is damaged, or another's


@pytest.mark.parametrize("shelf", ["values", "index", "key", ""])
def test_a_damaged_vault_costs_time_and_no_byte(site_of: SiteOf, build: Build, shelf: str):
    root, chance = site_of(FILES), random.Random(7)
    keys._made.clear()
    build(root)
    before = tree(root / "build")
    found = sorted(path for path in (root / ".cache/vaults").rglob("*") if path.is_file() and shelf in {*path.parts, ""})
    assert found
    for path in found:
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    keys._made.clear()
    edit(root / "content/blog/first.md", "\nMore.\n")
    build(root)
    assert tree(root / "build") == from_scratch(root, build)
    (root / "content/blog/first.md").write_text(str(FILES["content/blog/first.md"]))
    build(root)
    assert tree(root / "build") == before


def test_the_vault_of_another_key_is_not_believed(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    root = site_of(FILES)
    build(root)
    before, kept = tree(root / "build"), tmp_path / "kept"
    shutil.copytree(root / ".cache/vaults", kept)
    monkeypatch.setenv(VARIABLE, OTHER)
    build(root)
    shutil.rmtree(root / ".cache/vaults")
    shutil.copytree(kept, root / ".cache/vaults")
    keys._made.clear()
    edit(root / "content/clients/terms.md", "\nMore.\n")
    build(root)
    assert tree(root / "build") == from_scratch(root, build) != before


@pytest.mark.skipif(os.geteuid() == 0, reason="to root every folder can be written")
def test_a_cache_that_cannot_be_written_is_a_warning(site_of: SiteOf, build: Build):
    root = site_of(FILES)
    (root / ".cache").mkdir(mode=0o500)
    built = build(root)
    assert [each.rule for each in built.warnings] == ["cache-unusable"]
    assert (len(contents(root / "build")), told(root)) == (3, [])


def test_a_file_in_the_place_of_the_cache_or_of_the_vaults_is_no_end(site_of: SiteOf, build: Build):
    root = site_of(FILES)
    build(root)
    before = tree(root / "build")
    shutil.rmtree(root / ".cache/vaults")
    (root / ".cache/vaults").write_text("in the way")
    keys._made.clear()
    edit(root / "content/clients/terms.md", "\nMore.\n")
    assert [each.rule for each in build(root).warnings] in ([], ["cache-unusable"])
    assert tree(root / "build") == from_scratch(root, build) != before


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="a child is needed that can be killed from within")
def test_a_build_that_is_killed_leaves_no_word_and_the_next_is_as_from_scratch(site_of: SiteOf, build: Build, now: datetime):
    root, chance = site_of(FILES), random.Random(3)
    build(root)
    for number in range(8):
        page = root / "content/blog/first.md"
        page.write_text(f"---\ntitle: First\n{'protect: clients' if number % 2 == 0 else 'tags: [a]'}\n---\n\n## Part\n\nKept{number}x.\n")
        before = tree(root / "build")
        child = multiprocessing.get_context("fork").Process(target=_die, args=(root, chance.randrange(5, 70), now))
        child.start()
        child.join()
        after = tree(root / "build")
        build(root)
        assert after in (before, tree(root / "build")), number
        assert tree(root / "build") == from_scratch(root, build), number
        assert number % 2 or told(root, f"Kept{number}x") == told(root, f"Kept{number - 1}x") == [], number


def _die(root: Path, step: int, now: datetime) -> None:
    """Build in a process that dies at its `step`th change of the disk."""
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if writes or event in {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "ctypes.dlsym"}:
            left -= 1
            if left < 0:
                os._exit(77)

    sys.addaudithook(count)
    build_site(root, root / "build", Options(overrides={"now": now, "search": False}))
    os._exit(0)

"""Sites that must fail: all that is said of each is in its error.txt, and nothing is published."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen import cli
from tests.conftest import tree

SITES = Path(__file__).parent / "sites_broken"
NAMES = sorted(path.name for path in SITES.iterdir() if path.is_dir())


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """What a build of the site of that name tells; it must fail and leave the output of the last build as it was."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")

    def build(name: str) -> str:
        root = tmp_path / "site"
        root.mkdir()
        (root / "content").mkdir()
        (root / "site.yaml").write_text("url: https://broken.example/\n")
        assert cli.run(["build", "--root", str(root), "--jobs", "1", "--quiet"]) == 0
        before = tree(root / "build")
        shutil.copytree(SITES / name, root, dirs_exist_ok=True)
        assert cli.run(["build", "--root", str(root), "--jobs", "1", "--quiet"]) == 1
        assert tree(root / "build") == before
        return capsys.readouterr().err

    return build


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_site_is_told_of_in_full(name: str, told, update: bool):
    text, golden = told(name), SITES / name / "error.txt"
    if update:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_error_names_a_file_and_a_cure(name: str):
    blocks = (SITES / name / "error.txt").read_text(encoding="utf-8").replace("error[", "\0").split("\0")
    assert len(blocks) > 1
    for before, block in pairwise(blocks):
        assert before.rsplit("\n", 1)[-1].startswith(("content/", "site.yaml", "templates/", "data/", "locale/"))
        assert "\n  hint: " in block or ", expected " in block


@pytest.mark.parametrize("name", NAMES)
def test_errors_are_sorted_by_file_and_line(name: str):
    lines = (SITES / name / "error.txt").read_text(encoding="utf-8").splitlines()
    places = [line.partition(": error[")[0].split(":") for line in lines if ": error[" in line]
    keys = [(place[0], *(int(number) for number in place[1:])) for place in places]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_secret_is_told(name: str):
    assert "hunter2" not in (SITES / name / "error.txt").read_text(encoding="utf-8")


def test_no_golden_file_names_a_folder_of_this_machine():
    assert [name for name in NAMES if os.sep + "tmp" in (SITES / name / "error.txt").read_text(encoding="utf-8")] == []

"""Sites that a check has much to say of: all of it is in the report.txt of each."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen import cli
from sitegen.report import RULES

SITES = Path(__file__).parent / "sites_checked"
NAMES = sorted(path.name for path in SITES.iterdir() if path.is_dir())


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """What a check of the site of that name tells."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")

    def check(name: str, *arguments: str) -> str:
        if not (tmp_path / name).exists():
            shutil.copytree(SITES / name, tmp_path / name)
        cli.run(["check", "--root", str(tmp_path / name), "--jobs", "1", *arguments])
        return capsys.readouterr().err

    return check


@pytest.mark.parametrize("name", NAMES)
def test_a_check_tells_all_of_it(name: str, told, update: bool):
    text, golden = told(name), SITES / name / "report.txt"
    if update:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_second_check_says_the_same_word_for_word(name: str, told):
    assert told(name) == told(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_has_a_cure(name: str):
    blocks = (SITES / name / "report.txt").read_text(encoding="utf-8").replace(": warning[", "\0").split("\0")
    for before, block in pairwise(blocks):
        assert before.rsplit("\n", 1)[-1].startswith(("content/", "site.yaml", "templates/"))
        assert "\n  hint: " in block


def test_every_rule_that_only_a_check_finds_is_in_a_report():
    texts = "".join((SITES / name / "report.txt").read_text(encoding="utf-8") for name in NAMES)
    told = set(re.findall(r"warning\[([a-z0-9-]+)\]", texts))
    assert sorted(rule.id for rule in RULES.values() if rule.found_by == "check" and rule.id not in told) == []

"""The profile of a build: which things are in it, not how long they took."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen import cli, files
from sitegen.freeze.profile import STEPS, Addresses, Collector, Copies, Found, Profile, as_json, as_table
from tests.conftest import Build, tree

PAGES = 7
A_YEAR = 365 * 24 * 60 * 60 * 1_000_000_000


def test_every_step_takes_time_and_they_make_up_the_whole(small_site: Path, build: Build):
    profile = build(small_site).profile
    assert tuple(step.name for step in profile.steps) == STEPS
    assert all(step.wall > 0 for step in profile.steps)
    assert sum(step.wall for step in profile.steps) <= profile.total.wall
    assert profile.total.wall > 0 < profile.total.cpu


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_work_of_all_processes_counts(small_site: Path, build: Build, jobs: int):
    profile = build(small_site, jobs=jobs).profile
    assert profile.processes == jobs
    assert len(profile.slowest.bodies) == PAGES
    assert all(slow.milliseconds > 0 for slow in (*profile.slowest.bodies, *profile.slowest.addresses))


def test_a_cold_build_renders_everything(small_site: Path, build: Build):
    built = build(small_site)
    assert built.profile.files == Found(rendered=PAGES)
    assert built.profile.addresses == Addresses(stale=built.rendered)
    assert built.profile.copies == Copies(all=built.copied, kept=0)


def test_the_profile_says_what_was_known_and_how(small_site: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "_SETTLING", A_YEAR)
    build(small_site)
    (small_site / "content/about.md").write_text("Other.")
    built = build(small_site)
    assert built.profile.files == Found(by_digest=PAGES - 1, rendered=1)
    assert built.profile.addresses == Addresses(fresh=built.fresh, stale=built.rendered)
    assert built.profile.copies == Copies(all=built.copied, kept=built.copied)
    assert [slow.name for slow in built.profile.slowest.bodies] == ["content/about.md"]
    (small_site / ".cache/index").unlink()
    monkeypatch.setattr(files, "_SETTLING", -A_YEAR)
    assert build(small_site).profile.files == Found(from_cache=PAGES)
    assert build(small_site).profile.files == Found(by_stamp=PAGES)


def test_only_the_slowest_ten_are_named_and_the_slowest_first():
    collector = Collector()
    for number in range(25):
        collector.body(f"{number}.md", float(number))
    slow = collector.profile(processes=1).slowest.bodies
    assert [each.name for each in slow] == [f"{number}.md" for number in range(24, 14, -1)]
    assert slow[0].milliseconds == 24_000


def test_a_step_that_fails_is_counted():
    collector = Collector()
    with pytest.raises(ValueError, match="x"), collector.step("plan"):
        raise ValueError("x")
    assert {step.name: step.wall > 0 for step in collector.profile(processes=1).steps}["plan"]


def test_the_table_of_nothing_is_whole():
    assert as_table(Profile()).splitlines()[:2] == ["step           wall        cpu   share", "read        0.000 s    0.000 s    0.0%"]


def test_the_json_has_every_part():
    written = json.loads(as_json(Collector().profile(processes=3)))
    assert list(written) == ["total", "processes", "steps", "files", "addresses", "copies", "slowest"]
    assert written["processes"] == 3
    assert written["files"] == {"by_stamp": 0, "by_digest": 0, "from_cache": 0, "rendered": 0}


# From the command line


@pytest.fixture
def site(small_site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site in the current folder."""
    monkeypatch.chdir(small_site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    return small_site


@pytest.mark.parametrize("arguments", [["build", "--profile", "--jobs", "1"], ["--profile=table"], ["--jobs", "1", "--quiet", "--profile"]])
def test_a_table_is_printed(site: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]):
    assert cli.run(arguments) == 0
    said = capsys.readouterr().out
    for step in (*STEPS, "total"):
        assert re.search(rf"^{step} +\d+\.\d{{3}} s +\d+\.\d{{3}} s +\d+\.\d%$", said, re.MULTILINE), step
    assert "files      0 known by stamp, 0 by digest, 0 from the cache, 7 rendered" in said
    assert re.search(r"^slowest bodies\n +[\d.]+ ms  content/", said, re.MULTILINE)
    assert re.search(r"^slowest addresses\n +[\d.,]+ ms  /", said, re.MULTILINE)


@pytest.mark.parametrize("arguments", [["--profile=json"], ["--profile", "json"]])
def test_json_is_written_beside_the_cache(site: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]):
    assert cli.run(["build", "--jobs", "1", *arguments]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"profile in {Path('.cache/profile.json')}"
    assert json.loads((site / ".cache/profile.json").read_text())["files"]["rendered"] == PAGES


def test_nothing_is_said_of_time_unless_asked(site: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["build", "--jobs", "1"]) == 0
    assert "cpu" not in capsys.readouterr().out
    assert not (site / ".cache/profile.json").exists()


def test_a_profile_changes_no_byte_of_the_site(site: Path):
    assert cli.run(["build", "--jobs", "1", "--output", "plain"]) == 0
    assert cli.run(["build", "--jobs", "1", "--output", "profiled", "--profile=json"]) == 0
    assert tree(site / "plain") == tree(site / "profiled")


def test_a_profile_that_cannot_be_written_is_an_error(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / ".cache/profile.json").mkdir(parents=True)
    assert cli.run(["build", "--jobs", "1", "--profile=json"]) == 1
    assert "the profile cannot be written" in capsys.readouterr().err
    assert (site / "build/index.html").is_file()


def test_an_unknown_form_is_2(site: Path):
    assert cli.run(["build", "--profile=xml"]) == 2

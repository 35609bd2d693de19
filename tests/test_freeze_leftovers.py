"""The cache folder does not grow for ever: what belongs to nothing that there is goes in time."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from sitegen.cache import DAY, UNUSED_FOR
from sitegen.freeze import leftovers
from tests.conftest import Build


def names(root: Path, shelf: str) -> set[str]:
    folder = root / ".cache" / shelf
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def values(root: Path) -> set[Path]:
    return {path for path in (root / ".cache/values").rglob("*") if path.is_file()}


def age(path: Path, seconds: float) -> None:
    for each in (path, *path.rglob("*")):
        os.utime(each, (time.time() - seconds, time.time() - seconds))


def edit(root: Path, text: str) -> None:
    (root / "content/about.md").write_text(text)


@pytest.fixture
def twice(small_site: Path, build: Build) -> Path:
    """A site built into ``build/`` and, twice, into ``other/``."""
    for number, output in enumerate(("build", "other", "other")):
        edit(small_site, f"Text {number}.")
        build(small_site, output=small_site / output)
    return small_site


def test_what_belongs_to_an_output_that_is_gone_goes(twice: Path, build: Build):
    assert [len(names(twice, shelf)) for shelf in ("sites", "snapshots", "spares")] == [2, 2, 1]
    shutil.rmtree(twice / "other")
    age(twice / ".cache", leftovers.GONE_FOR + 60)
    build(twice)
    assert [len(names(twice, shelf)) for shelf in ("sites", "snapshots", "spares")] == [1, 1, 1]
    edit(twice, "More.")
    assert build(twice).fresh > 0


def test_what_belongs_to_an_output_that_stands_stays_however_old(twice: Path, build: Build):
    before = names(twice, "sites"), names(twice, "snapshots")
    age(twice / ".cache", 100 * leftovers.GONE_FOR)
    build(twice)
    assert (names(twice, "sites"), names(twice, "snapshots")) == before
    edit(twice, "More.")
    assert build(twice, output=twice / "other").fresh > 0


def test_an_output_may_be_away_for_some_days(twice: Path, build: Build):
    (twice / "other").rename(twice / "away")
    age(twice / ".cache", leftovers.GONE_FOR - 60)
    build(twice)
    (twice / "away").rename(twice / "other")
    edit(twice, "More.")
    assert build(twice, output=twice / "other").fresh > 0


def test_files_that_a_killed_build_left_half_written_go(twice: Path, build: Build):
    strays = [twice / f".cache/{'0' * 32}.4711.tmp", twice / f".cache/snapshots/{'0' * 32}.4711.tmp"]
    for path in strays:
        path.write_bytes(b"half")
    build(twice)
    assert all(path.exists() for path in strays)
    age(twice / ".cache", leftovers.GONE_FOR + 60)
    build(twice)
    assert not any(path.exists() for path in strays)


def test_bodies_of_texts_long_gone_go(small_site: Path, build: Build):
    build(small_site)
    edit(small_site, "Other.")
    build(small_site)
    both = values(small_site)
    age(small_site / ".cache/values", UNUSED_FOR + DAY)
    edit(small_site, "Another.")
    build(small_site)
    assert len(both - values(small_site)) == 1, "the text before the last one; the last one was used until now"


def test_two_branches_share_the_cache(small_site: Path, build: Build):
    build(small_site)
    for text in ("One.", "Two.", "One.", "Two."):
        edit(small_site, text)
        built = build(small_site)
    assert built.profile.files.rendered == 0


def test_a_build_that_rendered_nothing_prunes_nothing(small_site: Path, build: Build):
    build(small_site)
    before = (small_site / ".cache/used").stat().st_mtime_ns
    build(small_site)
    assert (small_site / ".cache/used").stat().st_mtime_ns == before


def test_a_clean_build_leaves_only_what_it_made(small_site: Path, build: Build):
    build(small_site)
    edit(small_site, "Other.")
    before = values(small_site)
    build(small_site, clean=True)
    assert len(values(small_site)) == len(before)


def test_a_small_edit_of_a_large_site_prunes_once_a_day(small_site: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    build(small_site)
    monkeypatch.setattr(leftovers, "_SHARE", 1)
    age(small_site / ".cache/used", DAY - 60)
    before = (small_site / ".cache/used").stat().st_mtime_ns
    edit(small_site, "Other.")
    build(small_site)
    assert (small_site / ".cache/used").stat().st_mtime_ns == before
    age(small_site / ".cache/used", DAY + 60)
    edit(small_site, "Another.")
    build(small_site)
    assert (small_site / ".cache/used").stat().st_mtime_ns > before


def test_what_is_not_named_like_ours_stays(twice: Path, build: Build):
    mine = twice / ".cache/sites/mine"
    mine.mkdir()
    age(twice / ".cache", 100 * leftovers.GONE_FOR)
    build(twice)
    assert mine.is_dir()

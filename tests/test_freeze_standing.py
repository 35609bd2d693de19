"""What is believed of the trees that the last builds left."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen import files, snapshot
from tests.conftest import SMALL_SITE, Build, SiteOf, tree


@pytest.fixture
def site(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a spare; every stamp is old enough to be believed."""
    monkeypatch.setattr(files, "_SETTLING", 0)
    root = site_of(SMALL_SITE)
    for number in range(3):
        edit(root, number)
        build(root)
    return root


def edit(root: Path, number: int) -> None:
    (root / "content" / "about.md").write_text(f"# About us\n\nWe are {number}.\n")


def spare_of(root: Path) -> Path:
    (spare,) = (root / ".cache" / "spares").iterdir()
    return spare


def test_an_edit_brings_the_spare_up_to_date_and_puts_it_in_place(site: Path, build: Build):
    spare = spare_of(site).stat().st_ino
    edit(site, 9)
    build(site)
    assert (site / "build").stat().st_ino == spare


def test_a_stray_in_the_spare_is_never_published_although_builds_without_work_came_between(site: Path, build: Build):
    (spare_of(site) / "docs" / "stray.html").write_text("stray")
    build(site)
    edit(site, 9)
    build(site)
    assert [name for name in tree(site / "build") if "stray" in name] == []


def test_a_stray_in_the_spare_is_never_published_although_the_snapshot_was_lost(site: Path, build: Build):
    (spare_of(site) / "docs" / "stray.html").write_text("stray")
    for path in (site / ".cache" / "snapshots").iterdir():
        path.unlink()
    edit(site, 9)
    build(site)
    assert [name for name in tree(site / "build") if "stray" in name] == []


def test_an_empty_folder_in_the_output_does_not_stay(site: Path, build: Build):
    (site / "build" / "empty").mkdir()
    build(site)
    assert not (site / "build" / "empty").exists()


@pytest.mark.parametrize("target", ["nowhere", "blog", "index.html"])
def test_a_symbolic_link_in_the_output_does_not_stay(site: Path, build: Build, target: str):
    (site / "build" / "link").symlink_to(target)
    build(site)
    assert not (site / "build" / "link").is_symlink()


def test_the_year_ends_for_a_site_with_a_page_for_a_later_one(site: Path, build: Build):
    (site / "content" / "blog" / "later.md").write_text("---\ndate: 2030-01-01\n---\n\nLater.\n")
    build(site)
    seen = snapshot.load(site / ".cache", site / "build")
    assert seen.until == datetime(2027, 1, 1, tzinfo=UTC)


def forge(path: Path) -> None:
    """Other bytes, with the size and the time of before: in the spare as well, which is hard-linked to it."""
    found = path.stat()
    path.write_bytes(bytes(found.st_size))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def test_a_forged_file_is_not_published_from_the_spare_after_a_copy_of_the_output_was_put_back(site: Path, build: Build):
    output, copy = site / "build", site.with_name("copy")
    shutil.copytree(output, copy)
    forge(output / "releases" / "rss.xml")
    shutil.rmtree(output)
    shutil.copytree(copy, output)
    edit(site, 9)
    build(site)
    assert (output / "releases" / "rss.xml").read_bytes() == (copy / "releases" / "rss.xml").read_bytes()


def test_a_forged_file_is_not_published_from_the_spare_after_one_good_file_was_put_back(site: Path, build: Build):
    file = site / "build" / "releases" / "rss.xml"
    good = file.read_bytes()
    forge(file)
    file.unlink()
    file.write_bytes(good)
    build(site)
    edit(site, 9)
    build(site)
    assert file.read_bytes() == good

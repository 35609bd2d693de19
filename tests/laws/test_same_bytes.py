"""The same input gives the same bytes: for every number of jobs, every start method, incremental or from scratch."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import SMALL_SITE, Build, SiteOf, tree


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A copy of the small site, and what its command line makes of it in a plain environment."""
    root = tmp_path_factory.mktemp("reference")
    for name, text in SMALL_SITE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root, built_by_command(root, root / "build")


def built_by_command(
    root: Path, output: Path, *arguments: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    command = [sys.executable, "-m", "sitegen", "build", "--root", str(root), "--output", str(output), "--quiet", *arguments]
    project = str(Path(__file__).parents[2])
    variables = {**os.environ, "SOURCE_DATE_EPOCH": "1768478400", "PYTHONPATH": project, **(environment or {})}
    subprocess.run(command, check=True, cwd=cwd or root, env=variables)
    return tree(output)


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"LC_ALL": "C"}, {"TZ": "Asia/Tokyo"}, {"CI": "true"}],
    ids=lambda each: "-".join(each.popitem()) if each else "",
)
def test_hash_seed_locale_and_time_zone_change_no_byte(
    reference: tuple[Path, dict[str, bytes]], tmp_path: Path, environment: dict[str, str]
) -> None:
    root, expected = reference
    assert built_by_command(root, tmp_path / "out", "--clean", environment=environment) == expected


def test_the_folder_that_a_build_starts_in_changes_no_byte(reference: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    root, expected = reference
    shutil.copytree(root, tmp_path / "moved", ignore=shutil.ignore_patterns("build", ".cache"))
    assert built_by_command(tmp_path / "moved", tmp_path / "moved" / "build", cwd=tmp_path) == expected


@pytest.mark.parametrize("jobs", [2, 5])
def test_the_number_of_jobs_changes_no_byte(site_of: SiteOf, build: Build, tmp_path: Path, jobs: int) -> None:
    root = site_of(
        {
            **SMALL_SITE,
            **{f"content/blog/more-{n}.md": f"---\ndate: 2025-02-{n + 1:02}\ntags: [t{n % 3}]\n---\n\nText {n}.\n" for n in range(28)},
        }
    )
    build(root, output=tmp_path / "one", jobs=1)
    build(root, output=tmp_path / "many", jobs=jobs, clean=True)
    assert tree(tmp_path / "many") == tree(tmp_path / "one")


def test_spawned_workers_write_the_same_bytes_as_forked_ones(site_of: SiteOf, build: Build, tmp_path: Path) -> None:
    root = site_of({**SMALL_SITE, **{f"content/blog/more-{n}.md": f"---\ndate: 2025-02-{n + 1:02}\n---\n\nText {n}.\n" for n in range(28)}})
    build(root, output=tmp_path / "forked", jobs=2, start_method="fork")
    build(root, output=tmp_path / "spawned", jobs=2, start_method="spawn", clean=True)
    assert tree(tmp_path / "spawned") == tree(tmp_path / "forked")


def test_search_and_styles_are_the_same_bytes_however_they_are_made(site_of: SiteOf, build: Build, tmp_path: Path) -> None:
    blocks = ("::: tip\nA tip.\n:::", "```python\n1\n```", "$$\nx\n$$", "::: tabs\n== One\nA\n== Two\nB\n:::", "Plain.")
    posts = {
        f"content/blog/more-{n}.md": f"---\ndate: 2025-02-{n + 1:02}\ntags: [t{n % 3}]\n---\n\n{blocks[n % 5]}\n\nText {n}.\n"
        for n in range(28)
    }
    root = site_of({**SMALL_SITE, "static/_notes.css": ".own { color: red }\n", **posts})
    ways: dict[str, dict[str, object]] = {
        "one": {"jobs": 1},
        "forked": {"jobs": 2, "start_method": "fork"},
        "spawned": {"jobs": 2, "start_method": "spawn"},
    }
    for name, options in ways.items():
        build(root, output=tmp_path / name, clean=True, overrides={"search": True}, **options)
    first = tree(tmp_path / "one")
    assert tree(tmp_path / "forked") == tree(tmp_path / "spawned") == first
    assert {name.partition("/")[0] for name in first} >= {"pagefind", "static"}
    assert len([name for name in first if name.startswith("static/ground-")]) > len(blocks)

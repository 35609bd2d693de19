"""The same input gives the same bytes: for every number of jobs, every start method, incremental or from scratch."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import SMALL_SITE, Build, SiteOf, tree

ROUNDS = 25
WORDS = ("alpha", "beta", "gamma", "delta")


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


def test_after_any_edits_an_incremental_build_equals_one_from_scratch(small_site: Path, build: Build, tmp_path: Path) -> None:
    chance = random.Random(20260115)
    for round_number in range(ROUNDS):
        edit = chance.choice(EDITS)
        edit(small_site, chance)
        build(small_site)
        build(small_site, output=tmp_path / "scratch", clean=True)
        differing = _differing(tree(small_site / "build"), tree(tmp_path / "scratch"))
        assert not differing, (round_number, edit.__name__)


def _differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that differ; the marker names the manifest, which tells one output folder from another."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def _posts(root: Path) -> list[Path]:
    return sorted((root / "content" / "blog").glob("*.md"))


def add_a_post(root: Path, chance: random.Random) -> None:
    name, tags = f"post-{chance.randrange(1000)}", ", ".join(chance.sample(WORDS, 2))
    day = chance.randrange(1, 28)
    text = f"---\ntitle: {name}\ndate: 2025-{chance.randrange(1, 13):02}-{day:02}\ntags: [{tags}]\n---\n\nBody {chance.random()}.\n"
    (root / "content" / "blog" / f"{name}.md").write_text(text)


def edit_a_body(root: Path, chance: random.Random) -> None:
    path = chance.choice([*_posts(root), root / "content" / "docs" / "guide" / "start.md"])
    path.write_text(path.read_text() + f"\nAn added line {chance.random()}.\n")


def edit_a_title(root: Path, chance: random.Random) -> None:
    path = chance.choice(_posts(root))
    lines = path.read_text().split("\n")
    path.write_text("\n".join(f"title: Renamed {chance.randrange(100)}" if line.startswith("title:") else line for line in lines))


def turn_draft(root: Path, chance: random.Random) -> None:
    path = chance.choice([path for path in _posts(root) if path.name != "first.md"])
    text = path.read_text()
    path.write_text(text.replace("draft: true\n", "") if "draft: true" in text else text.replace("---\n", "---\ndraft: true\n", 1))


def delete_a_post(root: Path, chance: random.Random) -> None:
    kept = {"first.md", "second.md"}
    others = [path for path in _posts(root) if path.name not in kept]
    if others:
        chance.choice(others).unlink()


def rename_a_doc(root: Path, chance: random.Random) -> None:
    for path in (root / "content" / "docs").glob("moved*.md"):
        path.unlink()
    (root / "content" / "docs" / f"moved-{chance.randrange(100)}.md").write_text(f"# Moved {chance.randrange(9)}\n\nText.\n")


def edit_the_settings(root: Path, chance: random.Random) -> None:
    (root / "site.yaml").write_text(f"title: Small {chance.randrange(10)}\nurl: https://small.example/\n")


def override_a_template(root: Path, chance: random.Random) -> None:
    path = root / "templates" / "post.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'{{% extends "theme/post.html" %}}{{% block footer %}}<footer>{chance.randrange(10)}</footer>{{% endblock %}}\n')


def drop_the_override(root: Path, chance: random.Random) -> None:
    (root / "templates" / "post.html").unlink(missing_ok=True)


def change_a_stylesheet(root: Path, chance: random.Random) -> None:
    path = root / "static" / "app.css"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"body {{ margin: {chance.randrange(9)}px }}\n")


def put_a_picture_beside(root: Path, chance: random.Random) -> None:
    (root / "content" / "blog" / f"picture-{chance.randrange(5)}.png").write_bytes(chance.randbytes(20))


def damage_the_output(root: Path, chance: random.Random) -> None:
    files = [path for path in (root / "build").rglob("*") if path.is_file() and path.name != ".sitegen"]
    if files:
        chance.choice(sorted(files)).write_bytes(b"damaged")


def change_the_data(root: Path, chance: random.Random) -> None:
    (root / "data").mkdir(exist_ok=True)
    (root / "data" / "team.yaml").write_text(f"- {chance.randrange(9)}\n")
    (root / "templates").mkdir(exist_ok=True)
    override = '{% extends "theme/page.html" %}{% block after %}<p>{{ site.data.team[0] }}</p>{% endblock %}\n'
    (root / "templates" / "page.html").write_text(override)


EDITS = (
    add_a_post,
    add_a_post,
    edit_a_body,
    edit_a_body,
    edit_a_title,
    turn_draft,
    delete_a_post,
    rename_a_doc,
    edit_the_settings,
    override_a_template,
    drop_the_override,
    change_a_stylesheet,
    put_a_picture_beside,
    damage_the_output,
    change_the_data,
)

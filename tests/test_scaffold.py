"""A new site in an empty folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.errors import UsageError
from sitegen.scaffold import STARTER, init

TODAY = date(2026, 1, 15)


def test_a_new_site_has_settings_pages_a_post_and_documentation(tmp_path: Path):
    assert init(tmp_path / "mysite", today=TODAY) == (
        ".gitignore",
        ".schema/front-matter.json",
        ".schema/site.json",
        "content/about.md",
        "content/blog/first-post.md",
        "content/docs/first-page.md",
        "content/docs/index.md",
        "content/index.md",
        "site.yaml",
    )


def test_every_file_named_was_written(tmp_path: Path):
    written = init(tmp_path / "mysite", today=TODAY)
    found = {path.relative_to(tmp_path / "mysite").as_posix() for path in (tmp_path / "mysite").rglob("*") if path.is_file()}
    assert found == set(written)


def test_the_first_post_is_of_today(tmp_path: Path):
    init(tmp_path, today=TODAY)
    assert "date: 2026-01-15\n" in (tmp_path / "content" / "blog" / "first-post.md").read_text(encoding="utf-8")


def test_no_placeholder_is_left(tmp_path: Path):
    written = init(tmp_path, today=TODAY)
    assert [name for name in written if "YYYY" in (tmp_path / name).read_text(encoding="utf-8")] == []


def test_an_empty_folder_will_do(tmp_path: Path):
    assert "site.yaml" in init(tmp_path, today=TODAY)


def test_a_folder_with_a_new_repository_will_do(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    assert "site.yaml" in init(tmp_path, today=TODAY)


def test_a_folder_that_holds_something_is_refused(tmp_path: Path):
    (tmp_path / "thesis.md").write_text("ten years")
    with pytest.raises(UsageError, match=r"is not empty: it holds `thesis\.md`$"):
        init(tmp_path, today=TODAY)


def test_a_refused_folder_is_left_as_it_was(tmp_path: Path):
    (tmp_path / "site.yaml").write_text("title: Mine")
    with pytest.raises(UsageError):
        init(tmp_path, today=TODAY)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("site.yaml", "title: Mine")]


def test_a_file_is_refused(tmp_path: Path):
    (tmp_path / "mysite").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        init(tmp_path / "mysite", today=TODAY)


def test_a_folder_below_a_file_is_refused_with_the_reason(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written: Not a directory"):
        init(tmp_path / "file" / "mysite", today=TODAY)


def test_a_second_site_in_the_same_folder_is_refused(tmp_path: Path):
    init(tmp_path, today=TODAY)
    with pytest.raises(UsageError):
        init(tmp_path, today=TODAY)


def test_the_starter_is_carried_with_the_package():
    assert (STARTER / "site.yaml").is_file()

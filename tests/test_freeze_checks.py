"""Which files are looked at again when a site has changed; what is said of them is in test_freeze_verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.freeze.checks import _to_look_at
from sitegen.manifest import Manifest, Output, Words
from tests.conftest import SETTINGS, Build, SiteOf

WARN = SETTINGS + "rules: {broken-anchor: warn}\n"


def site(words: Words, pages: dict[str, tuple[list[str], list[str]]]) -> dict[str, Output]:
    """Files with these ids and links."""
    return {file: Output(file, 1, ids=words.numbers(ids), links=words.numbers(links)) for file, (ids, links) in pages.items()}


@pytest.mark.parametrize(
    ("link", "is_looked_at"),
    [
        ("/a/#part", True),
        ("../a/#part", True),
        ("/a/#p%61rt", True),
        ("/a/#other", False),
        ("/a/", False),
        ("/part/", False),
        ("#part", False),
    ],
)
def test_where_an_id_is_lost_the_files_with_a_link_to_one_of_that_name_are_looked_at(link: str, is_looked_at: bool):
    words = Words()
    before = site(words, {"a/index.html": (["part", "other"], []), "b/index.html": (["part"], [link])})
    after = before | {"a/index.html": replace(before["a/index.html"], digest="x", ids=words.numbers(["other", "new"]))}
    assert _to_look_at(after, Manifest(outputs=before), words) == ["a/index.html", *(["b/index.html"] if is_looked_at else [])]


def test_where_a_file_is_gone_all_are_looked_at():
    words = Words()
    before = site(words, {"a/index.html": ([], []), "b/index.html": ([], ["/a/"]), "c/index.html": ([], [])})
    after = {file: output for file, output in before.items() if file != "a/index.html"}
    assert _to_look_at(after, Manifest(outputs=before), words) == ["b/index.html", "c/index.html"]


def test_a_heading_that_is_renamed_breaks_the_links_to_it_and_mends_others(site_of: SiteOf, build: Build):
    files = {"content/a.md": "## Part\n", "content/b.md": "[x](a.md#part)\n", "content/c.md": "[x](a.md#new)\n", "content/d.md": "Text.\n"}
    root: Path = site_of({"site.yaml": WARN, **files})
    assert [problem.path for problem in build(root).warnings] == ["content/c.md"]
    site_of({"content/a.md": "## New\n"})
    assert [problem.path for problem in build(root).warnings] == ["content/b.md"]

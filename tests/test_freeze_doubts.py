"""One run tells of all that is wrong, at whatever stage it is found, and of nothing that only follows from something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.errors import ProblemsFound
from sitegen.freeze.doubts import Doubts
from sitegen.report import as_text
from tests.conftest import SETTINGS, Build, SiteOf, tree

BROKEN = "---\ntitle: A: b\npermalink: /elsewhere/\ntags: [Open Source]\n---\nText.\n"


@pytest.fixture
def told(site_of: SiteOf, build: Build):
    """What is told of a site with those files, which must fail and leave nothing, without excerpts and cures."""

    def run(files: dict[str, str], **options: object) -> list[str]:
        root = site_of({"site.yaml": SETTINGS, **files})
        with pytest.raises(ProblemsFound) as found:
            build(root, **options)
        assert not (root / "build").exists()
        return [as_text(replace(each, excerpt="", hint="")) for each in found.value.problems]

    return run


def rules(lines: list[str]) -> list[tuple[str, str]]:
    """File and rule of each."""
    return [(line.split(":")[0], line.split("error[")[1].split("]")[0]) for line in lines]


def test_front_matter_templates_and_links_are_told_of_in_one_run(told):
    files = {
        "content/a.md": BROKEN,
        "content/b.md": "[x](missing.md)",
        "content/blog/c.md": "---\ndate: 2025-01-01\n---\nText.\n",
        "templates/post.html": "{% extends 'theme/post.html' %}\n{% block main %}{{ nothing.at_all }}{% endblock %}\n",
    }
    assert rules(told(files)) == [
        ("content/a.md", "front-matter"),
        ("content/b.md", "broken-link"),
        ("templates/post.html", "template"),
    ]


@pytest.mark.parametrize(
    "link",
    ["a.md", "a.md#part", "/a/", "../a/", "/elsewhere/", "/elsewhere/#part", "/tags/open-source/", "/blog/page/2/", "/elsewhere/pic.png"],
)
def test_a_link_that_a_mended_page_may_answer_is_not_broken(told, link: str):
    files = {"content/a/index.md": BROKEN, "content/a.md": BROKEN, "content/a/pic.png": "x", "content/b.md": f"[x]({link})"}
    assert {file for file, _ in rules(told(files))} == {"content/a.md", "content/a/index.md"}


def test_other_links_are_still_looked_at(told):
    files = {"content/a.md": BROKEN, "content/b.md": "[x](nowhere.md) [y](/nowhere/) ![z](nowhere.png) [p](#nowhere) [a](a.md)"}
    assert rules(told(files)) == [
        ("content/a.md", "front-matter"),
        ("content/b.md", "broken-link"),
        ("content/b.md", "broken-link"),
        ("content/b.md", "missing-image"),
        ("content/b.md", "broken-anchor"),
    ]


def test_a_part_of_a_page_that_is_there_is_known(told):
    files = {"content/a.md": "---\ntitle: A: b\n---\nThe part of about.\n", "content/about.md": "[x](#part)", "content/b.md": "[x](/the/)"}
    assert rules(told(files)) == [
        ("content/a.md", "front-matter"),
        ("content/about.md", "broken-anchor"),
        ("content/b.md", "broken-link"),
    ]


def test_a_value_that_is_wrong_leaves_the_address_of_its_page_open(told):
    files = {
        "site.yaml": SETTINGS + "collections:\n  blog:\n    permalink: /:year/:slug/\n",
        "content/blog/a.md": "---\ndate: 2025-13-01\n---\nText.\n",
        "content/b.md": "[x](/2025/a/)",
    }
    assert {rule for _, rule in rules(told(files))} == {"bad-date"}


def test_pages_that_collide_are_told_of_with_the_broken_links_elsewhere(told):
    files = {
        "content/a.md": "---\nslug: same\n---\n## One\n",
        "content/b.md": "---\nslug: same\n---\n## Two\n",
        "content/c.md": "[x](/same/#one) [y](/same/#two) [z](missing.md)",
    }
    assert rules(told(files)) == [("content/b.md", "collision"), ("content/c.md", "broken-link")]


def test_a_file_that_another_needs_as_a_folder_stops_nothing_else(told):
    files = {
        "content/a.md": "---\npermalink: /x.html\n---\nText.\n",
        "content/b.md": "---\npermalink: /x.html/y/\n---\nText.\n",
        "content/c.md": "[x](/x.html) [y](/x.html/y/) [z](missing.md)",
    }
    assert rules(told(files))[-1] == ("content/c.md", "broken-link")


def test_what_cannot_be_rendered_is_not_taken_for_missing(told):
    files = {
        "content/blog/a.md": "---\ndate: 2025-01-01\n---\n## Part\n",
        "content/b.md": "[x](blog/a.md#part) [y](/blog/a/#other) [z](about.md)",
        "templates/post.html": "{{ nothing.at_all }}\n",
    }
    assert rules(told(files)) == [("content/b.md", "broken-link"), ("templates/post.html", "template")]


def test_settings_and_front_matter_are_told_of_in_one_run(told):
    files = {"site.yaml": "title: [x]\nurl: ftp://x\n", "content/a.md": BROKEN, "content/b.md": "[x](missing.md)"}
    assert rules(told(files)) == [("content/a.md", "front-matter"), ("site.yaml", "settings"), ("site.yaml", "settings")]


def test_wrong_settings_make_no_page_wrong(told):
    files = {"site.yaml": "authors: [mira]\nlimits:\n  page_kb: x\n", "content/a.md": "---\nauthor: mira\n---\nText.\n"}
    assert {file for file, _ in rules(told(files))} == {"site.yaml"}


def test_an_extension_that_cannot_be_loaded_is_told_of_with_the_pages(told):
    files = {
        "site.yaml": SETTINGS + "extensions: [nothing_there]\n",
        "content/a.md": BROKEN,
        "content/b.md": "---\ndate: 2025-13-01\n---\n",
    }
    assert rules(told(files)) == [("content/a.md", "front-matter"), ("content/b.md", "bad-date"), ("site.yaml", "extension")]


def test_a_comment_is_not_called_useless_while_something_keeps_its_problem_from_showing(site_of: SiteOf, build: Build):
    silenced = "[x](a.md) <!-- sitegen: ignore broken-link -->"
    root = site_of({"site.yaml": SETTINGS, "content/a.md": BROKEN, "content/b.md": silenced})
    with pytest.raises(ProblemsFound) as found:
        build(root)
    assert found.value.warnings == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_last_good_site_stays_and_the_next_build_is_whole(site_of: SiteOf, build: Build, jobs: int, tmp_path: Path):
    files = {"site.yaml": SETTINGS, "content/a.md": "# A", "content/b.md": "[x](a.md)"}
    root = site_of(files)
    build(root)
    before = tree(root / "build")
    (root / "content/a.md").write_text(BROKEN)
    (root / "content/b.md").write_text("[x](a.md) [y](missing.md)")
    with pytest.raises(ProblemsFound):
        build(root, jobs=jobs)
    assert tree(root / "build") == before
    (root / "content/a.md").write_text("# B")
    (root / "content/b.md").write_text("[x](a.md) again")
    build(root, jobs=jobs)
    build(root, output=tmp_path / "clean", clean=True)
    assert {name: data for name, data in tree(root / "build").items() if name != ".sitegen"} == {
        name: data for name, data in tree(tmp_path / "clean").items() if name != ".sitegen"
    }


def test_where_nothing_is_in_doubt_nothing_is_looked_for():
    doubts = Doubts()
    assert not doubts
    assert not doubts.cover("index.html", "/x/", "")

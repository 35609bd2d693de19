"""`sitegen check`: what a build would say, nothing published, and more."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sitegen import cli
from tests.conftest import SMALL_SITE, SiteOf, post, tree

PROJECT = Path(__file__).parents[1]
BROKEN = {
    "content/blog/first.md": post("[a](nowhere.md) and [b](second.md#nothing)", title="First", date="2026-01-01", colour="red"),
    "content/blog/early.md": post(title="Early", date="2026-01-03", updated="2026-01-02"),
}


@pytest.fixture
def site(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in the current folder."""
    root = site_of(SMALL_SITE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    return root


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]):
    """The exit code of a command, and what it said is wrong."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        return cli.run([*arguments, "--jobs", "1"]), capsys.readouterr().err

    return run


def _headlines(text: str) -> list[str]:
    return [line for line in text.splitlines() if ": error[" in line or ": warning[" in line]


def test_a_check_publishes_nothing(site: Path, said):
    assert said("check")[0] == 0
    assert sorted(path.name for path in site.iterdir()) == [".cache", "content", "site.yaml"]


def test_a_check_leaves_the_published_site_as_it_is(site_of: SiteOf, site: Path, said):
    said("build")
    before = tree(site / "build")
    site_of(BROKEN)
    assert said("check")[0] == 1
    assert tree(site / "build") == before


def test_a_check_leaves_nothing_to_do_for_the_next_build_where_there_was_nothing(site: Path, capsys: pytest.CaptureFixture[str], said):
    said("build")
    said("check")
    assert cli.run(["build"]) == 0
    assert " 0 rendered" in capsys.readouterr().out


@pytest.mark.parametrize("first", ["build", "check"])
def test_a_check_says_what_a_build_says(site_of: SiteOf, site: Path, said, first: str):
    said(first)
    site_of(BROKEN)
    code, text = said("build")
    assert code == 1
    assert set(_headlines(text)) <= set(_headlines(said("check")[1]))


def test_a_mistake_in_settings_is_told_of(site: Path, said):
    (site / "site.yaml").write_text("titel: x\n")
    code, text = said("check")
    assert code == 1
    assert "site.yaml:1:1: error[settings]" in text


def test_warnings_are_errors_to_a_strict_check(site: Path, said):
    (site / "content/blog/late.md").write_text(post(title="Late", date="2026-01-03", updated="2026-01-02", description="About being late."))
    assert said("check")[0] == 0
    assert said("check", "--strict")[0] == 1


def test_paths_limit_what_is_shown_and_not_what_is_checked(site_of: SiteOf, site: Path, said):
    site_of(BROKEN)
    code, text = said("check", "content/blog/first.md")
    assert code == 1
    assert {line.partition(":")[0] for line in _headlines(text)} == {"content/blog/first.md"}
    assert said("check", "content/docs")[0] == 0


def test_a_folder_without_content_cannot_be_checked(said):
    assert said("check", "--root", "nowhere")[0] == 2


def test_this_projects_own_site_passes_strictly(tmp_path: Path, said, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copy(PROJECT / "site.yaml", tmp_path)
    for name in ("content", "static", "templates"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    code, text = said("check", "--root", str(tmp_path), "--strict")
    assert (code, text) == (0, "")


MOJIBAKE = "CafÃ© au lait".encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(MOJIBAKE + b"\n", "Café au lait\n".encode(), id="one line"),
        pytest.param(b"One\r\n" + MOJIBAKE + b"\r\nTwo", "One\r\nCafé au lait\r\nTwo".encode(), id="CRLF and no end"),
        pytest.param(b"\xef\xbb\xbf" + MOJIBAKE + b"\n", "\ufeffCafé au lait\n".encode(), id="byte order mark"),
        pytest.param(b"---\ntitle: " + MOJIBAKE + b"\n---\n", "---\ntitle: Café au lait\n---\n".encode(), id="front matter"),
        pytest.param("Â© CafÃ©, `CafÃ©`\n".encode(), "© Café, `CafÃ©`\n".encode(), id="inline code stays"),
        pytest.param("```\nCafÃ©\n```\n\nCafÃ©\n".encode(), "```\nCafÃ©\n```\n\nCafé\n".encode(), id="blocks of code stay"),
        pytest.param("A\u2028B\x0bC\n\nCafÃ©\n".encode(), "A\u2028B\x0bC\n\nCafé\n".encode(), id="separators that end no line"),
        pytest.param("Café, naïve\n".encode(), "Café, naïve\n".encode(), id="right already"),
    ],
)
def test_fix_mends_what_was_decoded_wrongly_and_nothing_else(site: Path, said, before: bytes, after: bytes):
    path = site / "content/about.md"
    path.write_bytes(before)
    path.chmod(0o640)
    said("check", "--fix")
    assert path.read_bytes() == after
    assert path.stat().st_mode & 0o777 == 0o640
    assert "mojibake" not in said("check")[1]


def test_fix_shows_what_it_changed(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_bytes(b"First.\n\n" + MOJIBAKE + b"\n")
    cli.run(["check", "--fix", "--jobs", "1"])
    shown = capsys.readouterr().out
    assert "--- content/about.md\n+++ content/about.md\n" in shown
    assert "-CafÃ© au lait\n+Café au lait\n" in shown


def test_fix_keeps_json_readable(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/about.md").write_bytes(MOJIBAKE)
    cli.run(["check", "--fix", "--format", "json", "--jobs", "1"])
    assert json.loads(capsys.readouterr().out)["counts"]["errors"] == 0


def test_fix_leaves_alone_what_is_not_among_the_paths_and_what_is_silenced(site: Path, said):
    silenced = "CafÃ© <!-- sitegen: ignore mojibake -->\n"
    (site / "content/about.md").write_bytes(MOJIBAKE)
    (site / "content/docs/index.md").write_text(silenced, encoding="utf-8")
    said("check", "--fix", "content/docs")
    assert (site / "content/about.md").read_bytes() == MOJIBAKE
    assert (site / "content/docs/index.md").read_text(encoding="utf-8") == silenced


def test_fix_writes_through_a_symbolic_link(site: Path, said):
    (site / "content/real.md").write_bytes(MOJIBAKE)
    (site / "content/about.md").unlink()
    (site / "content/about.md").symlink_to("real.md")
    said("check", "--fix")
    assert (site / "content/about.md").is_symlink()
    assert (site / "content/real.md").read_text(encoding="utf-8") == "Café au lait"


def test_without_fix_no_file_is_written(site: Path, said):
    (site / "content/about.md").write_bytes(MOJIBAKE)
    before = tree(site / "content")
    said("check")
    assert tree(site / "content") == before


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"content/docs/x.py": "x = 1\n", "content/docs/index.md": '```python file="x.py"\n```\n'}, id="taken in"),
        pytest.param({"content/docs/x.zip": "zip", "content/docs/index.md": "[all](x.zip)\n"}, id="linked"),
        pytest.param({"content/docs/x.zip": "zip", "content/docs/index.md": "---\ndraft: true\n---\n[all](x.zip)\n"}, id="in a draft"),
        pytest.param({"content/x.png": "png", "content/docs/index.md": "---\nimage: /x.png\n---\n"}, id="in front matter"),
        pytest.param({"content/x.svg": "<svg/>", "site.yaml": "url: https://x.example/\ntheme: {favicon: x.svg}\n"}, id="in settings"),
        pytest.param(
            {"content/ads.txt": "x", "content/.well-known/security.txt": "x", "content/CNAME": "x.example"}, id="asked for by name"
        ),
        pytest.param(
            {"content/demo/a.html": "<img src=b.png>", "content/demo/b.png": "png", "content/docs/index.md": "[a](/demo/a.html)\n"},
            id="in a file",
        ),
    ],
)
def test_a_file_that_something_refers_to_is_no_orphan(site_of: SiteOf, site: Path, said, files: dict[str, str]):
    site_of(files)
    assert "orphan-file" not in said("check")[1]


def test_the_search_for_orphans_waits_until_no_page_is_missing(site_of: SiteOf, site: Path, said):
    site_of({"content/docs/x.zip": "zip", "content/docs/index.md": "---\ntitle: [\n---\n[all](x.zip)\n"})
    text = said("check")[1]
    assert "front-matter" in text
    assert "orphan" not in text


def test_a_template_that_an_extension_or_a_page_asks_for_is_used(site_of: SiteOf, site: Path, said):
    site_of({"templates/wide.html": '{% extends "page.html" %}', "content/about.md": post(template="wide", title="About")})
    assert "unused-template" not in said("check")[1]


def test_blocks_below_an_overridden_one_are_new_and_right(site_of: SiteOf, site: Path, said):
    site_of({"templates/post.html": '{% extends "theme/post.html" %}{% block body %}{% block mine %}x{% endblock %}{% endblock %}'})
    assert "unused-block" not in said("check")[1]


def test_a_check_silenced_by_a_comment_says_nothing(site_of: SiteOf, site: Path, said):
    site_of({"content/docs/guide/start.md": post("#### Deep <!-- sitegen: ignore heading-jump -->", title="Start")})
    text = said("check")[1]
    assert "start.md" not in "".join(line for line in text.splitlines() if "heading-jump" in line or "unused-ignore" in line)


def test_an_edit_is_checked_anew(site: Path, said):
    path = site / "content/docs/guide/start.md"
    assert "heading-jump" not in said("check")[1]
    path.write_text(post("#### Deep", title="Start"))
    assert "heading-jump" in said("check")[1]
    path.write_text(post("## Shallow", title="Start"))
    assert "heading-jump" not in said("check")[1]

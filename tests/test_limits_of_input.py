"""Posts that are made to take long: each is published as it reads, or named as too complex with its file and line; nothing hangs."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from sitegen import cli
from tests.conftest import SETTINGS, SiteOf

POSTS = {
    "brackets": "[" * 8192,
    "pictures": "![" * 4096,
    "cdata": "<![CDATA[" * 910,
    "backslashes": "```scala\n" + "\\" * 40 + "\n```",
    "string": '```scala\nval x = "' + "\\" * 40 + "\n```",
    "two-spaces": "\n".join("  " * depth + "- x" for depth in range(400)),
    "four-spaces": "\n".join("    " * depth + "- x" for depth in range(400)),
}
# What must be there of a post that is published.
SHOWN: dict[str, Callable[[str], bool]] = {
    "brackets": lambda text: text.count("[") >= 8192,
    "pictures": lambda text: text.count("![") >= 4096,
    "cdata": lambda _: True,
    "backslashes": lambda text: "\\" * 40 in text,
    "string": lambda text: "\\" * 40 in text,
    "two-spaces": lambda text: text.count("x") >= 400,
    "four-spaces": lambda text: text.count("x") >= 400,
}
# Seconds of the processor for the worst of them: a page's budget, and what the rest of a small site takes.
MOST = 15


@pytest.fixture
def site(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A site with posts of that name, each after a line of text."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")

    def make(*names: str) -> Path:
        posts = {f"content/blog/{name}.md": f"---\ntitle: {name}\ndate: 2026-01-01\n---\n\nFirst.\n\n{POSTS[name]}\n" for name in names}
        return site_of({"site.yaml": SETTINGS, "content/blog/harmless.md": "---\ndate: 2026-01-01\n---\n\nText.\n", **posts})

    return make


@pytest.fixture
def errors(capsys: pytest.CaptureFixture[str]):
    """The errors of a command, by rule, file and line."""

    def run(*arguments: str) -> list[tuple[str, str, int]]:
        capsys.readouterr()
        code = cli.run([*arguments, "--format", "json"])
        problems = json.loads(capsys.readouterr().out or '{"problems": []}')["problems"]
        found = [(each["rule"], each["path"], each["line"]) for each in problems if each["severity"] == "error"]
        assert code == bool(found)
        return found

    return run


@pytest.mark.parametrize("name", POSTS)
def test_a_hostile_post_is_published_as_it_reads_or_named(name: str, site, errors):
    root, began = site(name), time.process_time()
    found = errors("build", "--root", str(root), "--jobs", "1")
    assert time.process_time() - began < MOST
    if found:
        assert [(rule, path) for rule, path, _ in found] == [("too-complex", f"content/blog/{name}.md")]
        assert found[0][2] >= 8
    else:
        assert SHOWN[name](_text(root / f"build/blog/{name}/index.html"))


def test_all_of_them_are_named_in_one_run_whoever_works(site, errors):
    root = str(site(*POSTS))
    alone = errors("build", "--root", root, "--jobs", "1")
    assert {rule for rule, _, _ in alone} <= {"too-complex"}
    # These two no machine is quick enough for.
    assert {"content/blog/string.md", "content/blog/four-spaces.md"} <= {path for _, path, _ in alone} | _published(root)
    assert errors("build", "--root", root, "--jobs", "2") == alone
    assert errors("check", "--root", root, "--jobs", "2") == alone


def _text(page: Path) -> str:
    """What is between the tags: a parser would cut off what is nested deep."""
    return unescape(re.sub(r"<[^>]*>", "", page.read_text(encoding="utf-8")))


def _published(root: str) -> set[str]:
    return {f"content/blog/{path.parent.name}.md" for path in Path(root, "build/blog").glob("*/index.html")}

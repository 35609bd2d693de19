"""What pages of the documentation say becomes of pictures, players, parts of files and front matter, and is said of mistakes: it is so."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from sitegen import cli
from tests.conftest import SETTINGS, Build, SiteOf, dom

WRITING = Path(__file__).parents[1] / "content" / "docs" / "writing"


def blocks(page: str, language: str) -> list[str]:
    """The code of each fence of that language, whatever else the fence says."""
    text = (WRITING / f"{page}.md").read_text("utf-8")
    found = re.findall(rf"^(`{{3,4}}){language}\b[^\n]*\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    return [code for _, code in found]


def photo(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height)).save(out, "JPEG")
    return out.getvalue()


def canonical(node: Any) -> str:
    """An element with its attributes sorted, and without the space between elements."""
    attributes = "".join(f" {name}={value}" if value else f" {name}" for name, value in sorted(node.attrib.items()))
    inner = "".join(canonical(child) + (child.tail or "").strip() for child in node)
    return f"<{node.tag}{attributes}>{(node.text or '').strip()}{inner}</{node.tag}>"


def meant(code: str) -> re.Pattern[str]:
    """What `code` says, where an ellipsis stands for anything."""
    return re.compile("".join(canonical(each) for each in map(_escaped, html.fragments_fromstring(code))).replace("…", ".*?"))


def _escaped(node: Any) -> Any:
    for each in node.iter():
        each.text, each.tail = re.escape((each.text or "").strip()), re.escape((each.tail or "").strip())
        for name, value in each.attrib.items():
            each.attrib[name] = re.escape(value)
    return node


def shown(build: Build, root: Path, source: str) -> str:
    (root / "content/blog/x.md").write_text(f"# X\n\n{source}", "utf-8")
    build(root)
    (prose,) = dom(root / "build/blog/x/index.html").xpath("//*[@class='prose']")
    return "".join(canonical(child) for child in prose)


FILES: dict[str, str | bytes] = {
    "site.yaml": SETTINGS,
    "content/blog/greenhouse.jpg": photo(1600, 900),
    "content/blog/building.jpg": photo(1280, 720),
    "content/blog/talk.jpg": photo(1280, 720),
    "content/blog/building.mp4": "film",
    "content/blog/building.vtt": "WEBVTT",
    "content/blog/bells.mp3": "bells",
    "content/blog/plan.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"/>',
    "content/blog/plans.md": "# Plans\n",
}


@pytest.mark.parametrize(
    ("page", "source", "result"),
    [("images", 0, 0), ("images", 1, 1), ("embeds", 0, 0), ("embeds", 1, 1), ("embeds", 2, 2)],
)
def test_what_a_page_says_becomes_of_a_line_does(page: str, source: int, result: int, site_of: SiteOf, build: Build):
    root = site_of(FILES)
    assert meant(blocks(page, "html")[result]).match(shown(build, root, blocks(page, "markdown")[source]))


def test_what_the_page_of_pictures_says_becomes_of_a_large_one_does(site_of: SiteOf, build: Build):
    settings = SETTINGS + next(code for code in blocks("images", "yaml") if code.startswith("images:"))
    root = site_of({**FILES, "site.yaml": settings, "content/blog/greenhouse.jpg": photo(4000, 3000)})
    assert meant(f"<p>{blocks('images', 'html')[3]}</p>").match(shown(build, root, blocks("images", "markdown")[0]))


def test_what_the_page_of_parts_says_a_fence_shows_it_does(site_of: SiteOf, build: Build):
    fences, (file, result) = blocks("includes", "markdown")[0], blocks("includes", "python")[2:4]
    root = site_of({**FILES, "examples/grow.py": file})
    (root / "content/blog/x.md").write_text(f"# X\n\n{fences}", "utf-8")
    build(root)
    first, second = dom(root / "build/blog/x/index.html").xpath("//*[@class='prose']//pre")
    assert first.text_content() == result
    assert second.text_content() == '"""What a seed becomes."""\ndef grow(seed):\n    return seed.upper()\n'


def told(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command says of the site, whichever way."""
    cli.run([*arguments, "--root", str(root)])
    return "".join(capsys.readouterr())


def test_the_page_of_formatting_shows_what_becomes_of_front_matter(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    before, after = blocks("../reference/formatting", "toml")[0], blocks("../reference/formatting", "yaml")[0]
    root = site_of({"site.yaml": SETTINGS, "content/a.md": before + "\nText.\n"})
    told(root, capsys, "fmt")
    assert (root / "content/a.md").read_text("utf-8") == after + "\nText.\n"


def test_the_page_of_formatting_names_keys_as_fmt_does(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    text = (WRITING.parent / "reference/formatting.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`|]+)` \| `([^`|]+)` \|$", text, re.MULTILINE)
    root = site_of({"site.yaml": SETTINGS, **{f"content/{at}.md": f"---\n{before}\n---\n" for at, (before, _) in enumerate(rows)}})
    told(root, capsys, "fmt")
    assert [(root / f"content/{at}.md").read_text("utf-8") for at in range(len(rows))] == [f"---\n{after}\n---\n" for _, after in rows]
    assert len(rows) > 4


LINK = "Who wants more [it] is for those who open the post. Link to files, like [the about page](../abuot.md), and the build finds it."
SAMPLES = {
    "links": {"content/about.md": "# About\n", "content/blog/hello.md": "---\ntitle: Hello\ndate: 2026-01-01\n---\n" + "\n" * 6 + LINK},
    "checking": {"content/blog/a.md": "---\ntitle: A\ndate: 2026-01-01\ntags: [pyton]\n---\n"},
    "../reference/reports": {"content/about.md": "---\ntitel: About\n---\n[a](missing.md)\n"},
    "math": {"content/blog/x.md": "---\nmath: true\n---\n" + "\n" * 8 + "$$\\sum_{\\substack{i<n \\\\ j<n}} x$$\n"},
}


@pytest.mark.parametrize("page", SAMPLES)
def test_the_report_that_a_page_shows_is_what_a_build_or_a_check_says(page: str, site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    sample = next(code for code in blocks(page, "text") if re.match(r"content/\S+: (?:error|warning)\[", code))
    terms = next((code for code in blocks(page, "yaml") if code.startswith("check:") and "terms" in code), "")
    root = site_of({"site.yaml": SETTINGS + terms, **SAMPLES[page]})
    assert sample in told(root, capsys, "check" if terms else "build")


def test_the_object_that_the_page_of_reports_shows_is_written(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    root = site_of({"site.yaml": SETTINGS, "content/about.md": "---\ntitel: About\n---\nText.\n"})
    cli.run(["build", "--root", str(root), "--format", "json"])
    assert json.loads(capsys.readouterr().out) == json.loads(blocks("../reference/reports", "json")[0])


def test_the_page_of_checking_shows_what_fix_mends(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    (session,) = [code for code in blocks("checking", "console") if "--fix" in code]
    root = site_of({"site.yaml": SETTINGS, "content/blog/a.md": "---\ntitle: A\n---\n\nText.\n\nWhere we met:\na cafÃ© in Paris.\n"})
    assert session.partition("\n")[2] in told(root, capsys, "check", "--fix")

"""What pages of the documentation say becomes of pictures, players and parts of files that live elsewhere: it does."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

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

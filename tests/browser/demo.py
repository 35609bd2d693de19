"""The site that the browser tests read: ``demo/`` with pictures and thirty more posts, and one of nothing but three texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from sitegen.freeze import Options, build_site

HERE = Path(__file__).parent
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)

# One page of each template, by what it is.
PAGES = {
    "home": "/",
    "list": "/blog/",
    "list-2": "/blog/page/2/",
    "archive": "/blog/2025/",
    "term": "/tags/harbour/",
    "author": "/authors/mara/",
    "terms": "/tags/",
    "post": "/blog/every-block/",
    "post-short": "/blog/first-reading/",
    "doc": "/docs/guide/start/",
    "docs": "/docs/",
    "page": "/about/",
    "release": "/releases/2.0.0/",
    "releases": "/releases/",
    "search": "/search/?q=gauge",
    "404": "/nowhere/",
    "rtl-home": "/ar/",
    "rtl-post": "/ar/blog/every-block/",
    "rtl-doc": "/ar/docs/guide/start/",
}
# Those that differ most from each other, for what the stylesheets alone decide.
FEW = ("home", "list", "post", "doc", "release", "search")
# Those of the site of three texts, which is for a host that knows no rules and so has stubs at old addresses.
PLAIN_PAGES = {"home": "/", "page": "/bees/", "post": "/blog/bread/", "list": "/blog/", "404": "/nowhere/"}
STUB = "/hive/"

_WORDS = ("tables", "harbour", "printing", "gauges", "weather", "boats", "maps")
_TITLES = ("Fog until noon", "What the ice did", "A float that sank", "High water at midnight", "The new pencil", "Two clocks, one gauge")
_TEXTS = (
    "The wind stood in the harbour mouth all week, and the water with it.",
    "We measured twice, and were wrong only once.",
    "A reader asked why the table and the quay disagree. The quay is right.",
    "Nobody had wound the clock since the summer.",
)


def build_demo(root: Path) -> None:
    """Write the site into `root` and build it into ``build/`` there."""
    shutil.copytree(HERE / "demo", root, dirs_exist_ok=True)
    for path, data in (*_pictures(), *_posts()):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    _build(root)


def build_plain(root: Path) -> None:
    """Three texts and two lines of settings, for a host that knows no rules: what most people begin with."""
    (root / "content" / "blog").mkdir(parents=True)
    (root / "site.yaml").write_text("title: Three texts\nurl: https://plain.example/\n")
    (root / "content" / "index.md").write_text("# Welcome\n\nI write about [bread](blog/bread.md) and [keep bees](bees.md).\n")
    (root / "content" / "bees.md").write_text("---\naliases: [/hive/]\n---\n\n# Bees\n\nThey are at the end of the garden.\n")
    (root / "content" / "blog" / "bread.md").write_text("---\ndate: 2026-01-02\n---\n\n# Bread\n\nFlour, water, salt, and a night.\n")
    _build(root)


def _build(root: Path) -> None:
    build_site(root, root / "build", Options(overrides={"now": NOW}))


def _pictures() -> Iterator[tuple[str, bytes]]:
    yield "content/blog/quay.jpg", _scene("#8fa7b3", "#3d4f57", size=(1200, 675))
    yield "content/blog/gauge.jpg", _scene("#d9b991", "#6b4a2f", size=(1000, 500))
    yield "content/people/mara.png", _scene("#c77b58", "#53301f", size=(160, 160))
    yield "content/people/tomas.png", _scene("#5f8f6c", "#21402b", size=(160, 160))
    yield "content/blog/water.mp4", b"no film"


def _scene(sky: str, sea: str, size: tuple[int, int]) -> bytes:
    """A sky above a sea, with some boats."""
    width, height = size
    picture = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 6 // 10, width, height), fill=sea)
    for boat in range(3):
        x, y = width * (2 * boat + 1) // 6, height * (60 + 6 * boat) // 100
        draw.polygon([(x - width // 20, y), (x + width // 20, y), (x, y - height // 5)], fill="#f3efe6")
    out = BytesIO()
    picture.save(out, "PNG" if width == height else "JPEG")
    return out.getvalue()


def _posts() -> Iterator[tuple[str, bytes]]:
    """Thirty posts, the latest of them first, over two years."""
    for number in range(30):
        day = date(2026, 1, 9) - timedelta(days=19 * number)
        title = f"{_TITLES[number % len(_TITLES)]}, week {day.isocalendar().week}"
        tags = ", ".join(sorted({_WORDS[number % 7], _WORDS[number % 3]}))
        picture = "image: gauge.jpg\nimage_alt: The gauge at the quay\n" if number % 5 == 0 else ""
        text = "\n\n".join(_TEXTS[(number + each) % len(_TEXTS)] for each in range(3))
        head = f"title: {title}\ndate: {day}\ntags: [{tags}]\nauthors: [{'tomas' if number % 4 else 'mara'}]\n{picture}"
        yield f"content/blog/{day}-note-{30 - number}.md", f"---\n{head}---\n\n{text}\n\n## What we did\n\n{text}\n".encode()

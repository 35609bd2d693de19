"""What a page costs the reader who opens it: bytes as a host sends them, and requests as a browser makes them."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import html as lxml_html

_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes after ``gzip -9``, requests without that for the icon, and the blocking scripts and foreign addresses by name."""

    words: int
    html: int
    css: int
    js: int
    requests: int
    sheets: tuple[str, ...]
    blocking: tuple[str, ...]
    foreign: tuple[str, ...]
    fonts: tuple[str, ...]


def weigh(folder: Path, page: Path) -> Weight:
    """The weight of a page of the site that is published in `folder`, at the root of its host."""
    tree = lxml_html.parse(page).getroot()
    main = tree.find(".//main")
    sheets = tree.xpath("//link[@rel='stylesheet'][not(ancestor::template)]/@href")
    scripts = tree.xpath("//script[@src]")
    loaded = [*sheets, *(script.get("src") for script in scripts)]
    pictures = [img.get("src") for img in tree.xpath("//img") if img.get("loading") != "lazy" and not img.get("src").startswith("data:")]
    return Weight(
        words=len(main.text_content().split()),
        html=zipped(page),
        css=sum(zipped(_file(folder, name)) for name in sheets),
        js=sum(zipped(_file(folder, name)) for name in {script.get("src") for script in scripts} if _is_own(name)),
        requests=1 + len(set(loaded)) + len(set(pictures)),
        sheets=tuple(sheets),
        blocking=tuple(script.get("src") for script in scripts if script.get("defer") is None and script.get("type") != "module"),
        foreign=tuple(name for name in (*loaded, *pictures) if not _is_own(name)),
        fonts=tuple(name for sheet in sheets for name in re.findall(r"@font-face|\.woff2?", _file(folder, sheet).read_text("utf-8"))),
    )


@cache
def zipped(file: Path) -> int:
    """The size of a file after ``gzip -9``."""
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))


def blank_lines(text: str) -> int:
    """How many lines in which nothing stands are outside of what an author writes: in the head, and around the main part."""
    head, _, rest = text.partition("<main")
    return len(_BLANK.findall(head)) + len(_BLANK.findall(rest.rpartition("</main>")[2]))


def _is_own(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")


def _file(folder: Path, address: str) -> Path:
    return folder / address.lstrip("/")

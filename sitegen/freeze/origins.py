"""Where a link is written that no page's text holds: in site.yaml, in a data file or in a template of the site's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from sitegen import config, files
from sitegen.config import Settings

_FOLDERS = ("data", "templates")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; `path` is relative to the site's folder, `excerpt` is the line, `written` is what stands there."""

    path: str
    line: int
    column: int
    excerpt: str
    written: str


class Origins:
    """Finds the places; the files are read when the first is looked for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of_link(self, href: str) -> Place | None:
        """The first place where `href` is written, with or without the base path or the origin."""
        prefix, origin = self._settings.prefix, self._settings.origin
        path = href.removeprefix(prefix) if href.startswith(f"{prefix}/") else href
        forms = dict.fromkeys((href, path, unquote(path), origin + href))
        pattern = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        return self._find(rf"""(?<![^\s"'=(\[,:])({pattern})(?=["'\s),\]}}>]|$)""")

    def of_id(self, id_: str) -> Place | None:
        """The first place where something is given that id."""
        return self._find(rf"""\bid=["']?({re.escape(id_)})(?=["'\s>])""")

    def _find(self, pattern: str) -> Place | None:
        wanted = re.compile(pattern, re.MULTILINE)
        for path, text in self._texts:
            found = wanted.search(text)
            if found:
                start = text.rfind("\n", 0, found.start(1)) + 1
                line = text[start:].partition("\n")[0]
                return Place(path, text.count("\n", 0, start) + 1, found.start(1) - start + 1, line, found[1])
        return None

    @cached_property
    def _texts(self) -> list[tuple[str, str]]:
        return list(texts(self._settings))


def texts(settings: Settings) -> Iterator[tuple[str, str]]:
    """The files that may hold links and are no pages: path relative to the site's folder, and text."""
    for path in (settings.root / config.FILE, *_inside(settings.root)):
        if path.is_file():
            yield files.site_path(path, settings.root), path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")


def _inside(root: Path) -> Iterator[Path]:
    for folder in _FOLDERS:
        for name in files.walk(root / folder, within=root).files:
            yield root / folder / name

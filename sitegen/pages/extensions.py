"""The site's own code: the modules beside site.yaml that it names as extensions."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from sitegen.config import Settings


def extension_sources(settings: Settings) -> Iterator[bytes]:
    """What lies below the site's folder and site.yaml names as extensions, packages with their templates: output depends on it."""
    for path in extension_files(settings):
        yield path.read_bytes()


def make_importable(settings: Settings) -> None:
    """Let the site's modules be imported as they are on disk now, whatever was imported under their names before."""
    tops = {path.relative_to(settings.root).parts[0].removesuffix(".py") for path in extension_files(settings)}
    if not tops:
        return
    root = str(settings.root)
    sys.path[:] = [root, *(entry for entry in sys.path if entry != root)]
    for name in [name for name in sys.modules if name.partition(".")[0] in tops]:
        del sys.modules[name]
    importlib.invalidate_caches()


def extension_files(settings: Settings) -> Iterator[Path]:
    """The files of those modules, sorted."""
    markdown = settings.markdown
    for dotted in sorted({*settings.extensions, *markdown.extensions, *markdown.diagrams.values()}):
        stem = settings.root / dotted.partition(":")[0].partition(".")[0]
        within = (path for path in sorted(stem.rglob("*")) if "__pycache__" not in path.parts)
        yield from (path for path in (stem.with_suffix(".py"), *within) if path.is_file())

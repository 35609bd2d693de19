"""Diagrams as they were drawn once, so that an edit around one does not draw it again."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen import markup
from sitegen.cache import Cache


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the cache keeps of a diagram."""

    svg: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws through the cache; `code` is the digest of the site's own modules, which decide what a source comes to."""

    cache: Cache
    code: str

    def __call__(self, path: str, source: str) -> str:
        """The SVG that the function at the import path `path` makes of `source`; raises what that raises."""
        return self.cache.keep(Drawing, (path, source, self.code), lambda: Drawing(markup.draw(path, source))).svg

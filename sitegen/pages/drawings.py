"""Diagrams as they were drawn once, so that an edit around one does not draw it again."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen import files, markup
from sitegen.cache import Cache


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the cache keeps of a diagram."""

    svg: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws through the cache; `code` is the digest of the site's own modules, which decide what a source comes to.

    `drawn` are the renderer and the digest of the source of each diagram that was asked for.
    """

    cache: Cache
    code: str
    drawn: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, path: str, source: str) -> str:
        """The SVG that the function at the import path `path` makes of `source`; raises what that raises."""
        name = path, files.digest(source.encode(errors="surrogatepass"))
        self.drawn.append(name)
        return self.cache.keep(Drawing, (*name, self.code), lambda: Drawing(markup.draw(path, source))).svg

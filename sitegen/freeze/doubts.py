"""What nobody can know of a site with mistakes in it, and so nobody is told of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from sitegen import links, urls
from sitegen.errors import Problem
from sitegen.report import RULES

# Of a file, as much as an address in it is looked for in.
_READ = 1_000_000
_FENCE = re.compile(r"^(?:---|\+\+\+|;;;|\.\.\.)[ \t\w]*\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Doubts:
    """A link to a page that could not be read, or to what could not be rendered, is not known to be broken.

    Where a page would be that cannot be read stands in its name or in its front matter: slug, permalink, aliases, tags. `sources` are such
    files; `outputs` are files of the site that would be there, but for a mistake, with who knows what in them.
    """

    root: Path = Path()
    sources: Collection[str] = ()
    outputs: Collection[str] = ()

    @classmethod
    def of(cls, problems: Iterable[Problem], root: Path, outputs: Iterable[str] = ()) -> Doubts:
        """Those that `problems` leave of the site in `root`."""
        sources = sorted({each.path for each in problems if RULES[each.rule].fixed and each.path})
        return cls(root, tuple(sources), frozenset(outputs))

    def __bool__(self) -> bool:
        return bool(self.sources or self.outputs)

    def cover(self, file: str, href: str, prefix: str, *, is_there: bool = False) -> bool:
        """Whether `href`, printed in the output file `file`, may lead somewhere once all mistakes are mended.

        Of a page that `is_there`, the parts are known.
        """
        if not self:
            return False
        address = href.partition("#")[0]
        target = links.target_file(address, file, prefix)
        if target is not None and (target in self.outputs or f"{target}/index.html" in self.outputs):
            return True
        name = unquote(address).rstrip("/").rpartition("/")[2].removesuffix(".html").casefold()
        return not is_there and self._names(name)

    def _names(self, name: str) -> bool:
        """Whether a page that cannot be read may have an address that ends in `name`; numbers are those of dates and of long lists."""
        return bool(self.sources and name) and (name.isdecimal() or any(name in text for text in self._texts))

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(text for source in self.sources for text in _texts(self.root, source))


def _texts(root: Path, source: str) -> tuple[str, ...]:
    """The name and the front matter of a file and the names beside it, as written, and with words as they stand in addresses."""
    text = source
    with suppress(OSError), (root / source).open("rb") as file:
        # Pictures beside a page may go where it goes.
        beside = " ".join(sorted(path.name for path in (root / source).parent.iterdir() if path.suffix not in {"", ".md"}))
        text = " ".join([source, beside, *_FENCE.split(file.read(_READ).decode(errors="replace"), maxsplit=2)[:2]])
    return text.casefold(), urls.slugify(text)


NO_DOUBTS = Doubts()

"""What was found in the text of each page, from one check to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sitegen import files
from sitegen.errors import Problem
from sitegen.pages import Page, Reader

_FILE = "lints"


@dataclass(frozen=True, slots=True)
class Remembered:
    """By content file the digest of all that its problems come from, and they themselves."""

    pages: Mapping[str, tuple[str, tuple[Problem, ...]]] = field(default_factory=dict)


def problems(reader: Reader, pages: Iterable[Page], find: Callable[[Page], Iterable[Problem]]) -> Iterator[Problem]:
    """What `find` tells of each of `pages`, which goes by its file alone; asked again where the file is another than at the last check."""
    last = reader.cache.load(_FILE, Remembered) or Remembered()
    values = reader.values()
    now: dict[str, tuple[str, tuple[Problem, ...]]] = {}
    for page in pages:
        name = files.digest(page.digest.encode(), *(part.encode() for part in values[page.source]))
        known = last.pages.get(page.source)
        now[page.source] = known if known is not None and known[0] == name else (name, tuple(find(page)))
        yield from now[page.source][1]
    if now != last.pages:
        reader.cache.save(_FILE, Remembered(now))

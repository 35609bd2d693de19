"""What is known of a site's pictures from one build to the next."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sitegen import files
from sitegen.cache import Cache
from sitegen.files import UNKNOWN, Stamp
from sitegen.pictures.cards import Style
from sitegen.pictures.recipe import Recipe, variants
from sitegen.pictures.size import Facts, facts_of
from sitegen.pictures.variants import Order, fault

_FILE = "pictures"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a picture's header says, the digest of all of it where that was asked for, and the stamp that its file had then."""

    stamp: Stamp
    facts: Facts
    digest: str = ""


@dataclass(frozen=True, slots=True)
class _Index:
    """Pictures by their path below the site's folder; `world` is the source of sitegen that looked at them."""

    world: str
    seen: Mapping[str, _Seen] = field(default_factory=dict)


class Gallery:
    """The pictures in the folder `root`: each header is read once, and again where the file's stamp is another.

    With `verify` no stamp of an earlier build is believed. With a `recipe` there are versions of each, with a `style` cards of pages.
    `used` are kind and parts of the values in the cache that this build needs.
    """

    def __init__(self, root: Path, cache: Cache, *, verify: bool = False, recipe: Recipe | None = None, style: Style | None = None) -> None:
        self.root, self.cache, self.recipe, self.style, self._verify = root, cache, recipe, style, verify
        self._now: dict[str, _Seen] = {}
        self.used: list[tuple[type[Any], tuple[str, ...]]] = []

    @cached_property
    def _before(self) -> Mapping[str, _Seen]:
        index = None if self._verify else self.cache.load(_FILE, _Index)
        return index.seen if index is not None and index.world == files.of_package() else {}

    def facts(self, file: str) -> Facts:
        """What the header says of the picture at `file`, a path below the site's folder or a whole one."""
        return self._seen(file).facts

    def content(self, file: str) -> str:
        """The digest of all of a picture; empty where it cannot be read."""
        seen = self._seen(file)
        if not seen.digest:
            seen = self._now[file] = replace(seen, digest=files.digest_of(self.root / file))
        return seen.digest

    def _seen(self, file: str) -> _Seen:
        seen = self._now.get(file)
        if seen is None:
            seen = self._now[file] = self._look(file)
        return seen

    def _look(self, file: str) -> _Seen:
        clock = time.time_ns()
        try:
            stamp = files.stamp((self.root / file).stat())
            before = self._before.get(file)
            if before is not None and before.stamp == stamp:
                return before
            return _Seen(files.settled(stamp, clock), facts_of(self.root / file))
        except OSError:
            return _Seen(UNKNOWN, Facts(None))

    def digest(self, file: str) -> str:
        """What a page's HTML can depend on of a picture, by digest: its header, and all of it where there are versions."""
        facts = self.facts(file)
        if facts.size is None:
            return ""
        content = f" {self.content(file)} {self.recipe.key}" if self.recipe and facts.kind else ""
        return f"{facts.size.width}x{facts.size.height}{content}"

    def order(self, file: str) -> Order | None:
        """What is made of a picture; None where it stays as it is."""
        facts = self.facts(file)
        if self.recipe is None or facts.size is None or not facts.kind or fault(file, facts) is not None:
            return None
        digest = self.content(file)
        versions = variants(file, facts.size, facts.kind, digest, self.recipe)
        return Order(str(self.root / file), file, facts.kind, digest, versions, self.recipe) if versions else None

    def save(self) -> None:
        """Keep what was asked for in this build, for the next."""
        if self._now and self._now != self._before:
            self.cache.save(_FILE, _Index(files.of_package(), self._now))

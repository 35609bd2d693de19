"""What a generator must tell to take part."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.tools import Tools

SITES = Path(__file__).parents[1] / "sites"


class Peer(ABC):
    """A generator. Its site is a copy of ``sites/<name>/`` with a file for each post; every site puts posts at /blog/<slug>/."""

    name: ClassVar[str]
    title: ClassVar[str]
    # How its site is set up, for the documentation.
    about: ClassVar[str]
    # Where posts are written and what a build makes, relative to the site.
    content: ClassVar[str]
    output: ClassVar[str] = "output"
    caches: ClassVar[tuple[str, ...]] = ()
    # Whether a build looks at what the last one left, so that it is worth measuring what it does after an edit.
    is_incremental: ClassVar[bool] = False
    proofs: ClassVar[Mapping[str, Proof]]

    @abstractmethod
    def text(self, post: Post) -> str:
        """The file of a post, in the format of this generator."""

    @abstractmethod
    def command(self, tools: Tools) -> Sequence[str]:
        """What builds the site, run in its folder."""

    @abstractmethod
    def version(self, tools: Tools) -> str:
        """The version of the generator that `command` runs."""

    def env(self) -> Mapping[str, str]:
        """What the command needs in its environment besides the usual."""
        return {}

    def prepare(self, site: Path, posts: Sequence[Post]) -> None:
        """Make the whole site anew in the folder `site`."""
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(SITES / self.name, site)
        (site / self.content).mkdir(parents=True, exist_ok=True)
        for post in posts:
            self.write(site, post)

    def write(self, site: Path, post: Post) -> None:
        """Write one post, or write it anew."""
        (site / self.content / f"{post.slug}.md").write_text(self.text(post), encoding="utf-8")

    def forget(self, site: Path) -> None:
        """Delete all that builds have left, so that the next is cold."""
        for name in (self.output, *self.caches):
            shutil.rmtree(site / name, ignore_errors=True)

    def page(self, site: Path, post: Post) -> Path:
        """The HTML of a post."""
        return site / self.output / "blog" / post.slug / "index.html"

"""sitegen itself, from this checkout, with all its processes and with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.peers.front_matter import as_yaml, meta_of
from benchmarks.peers.peer import SITES, Peer
from benchmarks.tools import ROOT, Tools
from sitegen import __version__

TEMPLATE = Path("templates/base.html")


class Sitegen(Peer):
    """With a process for each core."""

    name = "sitegen"
    title = "sitegen"
    about = "the built-in theme and default settings; it also checks every link, anchor and picture, and cleans raw HTML"
    content = "content/blog"
    output = "build"
    caches = (".cache",)
    is_incremental = True
    options: tuple[str, ...] = ()
    proofs: ClassVar[Mapping[str, Proof]] = {
        "highlighting": Proof("blog/*/index.html", '<span class="'),
        "contents": Proof("blog/*/index.html", 'id="site:contents"'),
        "neighbours": Proof("blog/*/index.html", 'rel="prev"'),
        "related": Proof("blog/*/index.html", 'class="related"'),
        "meta": Proof("blog/*/index.html", '"og:title"'),
        "pages": Proof("blog/page/2/index.html"),
        "tags": Proof("tags/*/index.html"),
        "months": Proof("blog/[0-9]*/[0-9]*/index.html"),
        "atom": Proof("atom.xml"),
        "rss": Proof("rss.xml"),
        "json": Proof("feed.json"),
        "tag feeds": Proof("tags/*/atom.xml"),
        "sitemap": Proof("sitemap.xml"),
        "twins": Proof("blog/*/index.md"),
        "llms": Proof("llms.txt"),
    }

    def text(self, post: Post) -> str:
        """YAML, as sitegen's documentation writes it."""
        return as_yaml({**meta_of(post), "slug": post.slug, "tags": list(post.tags)}, post.body)

    def command(self, tools: Tools) -> Sequence[str]:
        """`--future`, since a post that an edit adds is a day newer than the newest, and without a search, which no other has."""
        return (tools.python, "-P", "-m", "sitegen", "build", "--future", "--no-search", *self.options)

    def version(self, tools: Tools) -> str:  # noqa: ARG002 - every generator is asked so
        """That of this checkout."""
        return __version__

    def env(self) -> Mapping[str, str]:
        """The checkout, whether or not it is installed."""
        return {"PYTHONPATH": str(ROOT)}

    def edit_template(self, site: Path, number: int) -> str:
        """Change a word in the footer of every page, and return it."""
        text = (SITES / self.name / TEMPLATE).read_text(encoding="utf-8")
        word = f"Edition {number}"
        (site / TEMPLATE).write_text(text.replace("Edition 0", word), encoding="utf-8")
        return word


class SitegenAlone(Sitegen):
    """With one process, to see what the others are worth. Its site is a copy of the same files."""

    title = "sitegen --jobs 1"
    is_incremental = False
    options = ("--jobs", "1")

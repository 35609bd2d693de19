"""Frozen-Flask and Flask-FlatPages without sitegen: one plain app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.peers.front_matter import as_yaml, meta_of
from benchmarks.peers.peer import Peer
from benchmarks.tools import Tools


class FrozenFlask(Peer):
    """What it makes is what its app writes out. Its front matter has to end in an empty line."""

    name = "flask"
    title = "Frozen-Flask and Flask-FlatPages"
    about = "one plain app, written for the benchmark"
    content = "content"
    proofs: ClassVar[Mapping[str, Proof]] = {
        "highlighting": Proof("blog/*/index.html", '<span class="'),
        "contents": Proof("blog/*/index.html", 'class="toc"'),
        "neighbours": Proof("blog/*/index.html", 'rel="prev"'),
        "meta": Proof("blog/*/index.html", '"og:title"'),
        "pages": Proof("page/2/index.html"),
        "tags": Proof("tags/*/index.html"),
        "months": Proof("archive/*/*/index.html"),
        "atom": Proof("atom.xml"),
        "tag feeds": Proof("tags/*/atom.xml"),
        "sitemap": Proof("sitemap.xml"),
    }

    def text(self, post: Post) -> str:
        """YAML between dashes, and the mark that the contents take the place of."""
        return as_yaml({**meta_of(post), "tags": list(post.tags)}, f"[TOC]\n\n{post.body}")

    def command(self, tools: Tools) -> Sequence[str]:
        """The app freezes itself."""
        return (tools.script("python"), "blog.py")

    def version(self, tools: Tools) -> str:
        """Those of the two libraries."""
        return f"{tools.package('Frozen-Flask')}, {tools.package('Flask-FlatPages')}"

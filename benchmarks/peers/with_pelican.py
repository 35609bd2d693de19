"""Pelican, with its own plugins for the sitemap and for neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.peers.peer import Peer
from benchmarks.tools import Tools, printed, version_in


class Pelican(Peer):
    """With the theme `simple`, the lightest that comes with it. It has no built-in JSON feed and no related posts."""

    name = "pelican"
    title = "Pelican"
    about = "its theme `simple`, with the plugins `sitemap` and `neighbors`"
    content = "content"
    caches = ("cache",)
    proofs: ClassVar[Mapping[str, Proof]] = {
        "highlighting": Proof("blog/*/index.html", '<span class="'),
        "contents": Proof("blog/*/index.html", 'class="toc"'),
        "neighbours": Proof("blog/*/index.html", 'rel="prev"'),
        "meta": Proof("blog/*/index.html", '"og:title"'),
        "pages": Proof("index2.html"),
        "tags": Proof("tags/*/index.html"),
        "months": Proof("blog/[0-9]*/[0-9]*/index.html"),
        "atom": Proof("atom.xml"),
        "rss": Proof("rss.xml"),
        "tag feeds": Proof("tags/*/atom.xml"),
        "sitemap": Proof("sitemap.xml"),
        "twins": Proof("blog/*/index.md"),
        "llms": Proof("llms.txt"),
    }

    def text(self, post: Post) -> str:
        """Header lines, and the mark that its contents take the place of."""
        tags = ", ".join(post.tags)
        return f"Title: {post.title}\nDate: {post.date}\nSlug: {post.slug}\nTags: {tags}\n\n[TOC]\n\n{post.body}"

    def command(self, tools: Tools) -> Sequence[str]:
        """Without its cache of content, which cannot tell that a setting or a plugin changed."""
        return (tools.script("pelican"), "--quiet")

    def version(self, tools: Tools) -> str:
        """Pelican's own."""
        return version_in(printed((tools.script("pelican"), "--version")))

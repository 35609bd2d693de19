"""MkDocs with the theme Material and its blog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.peers.front_matter import as_yaml, meta_of
from benchmarks.peers.peer import Peer
from benchmarks.tools import Tools, printed, version_in

_MORE = "<!-- more -->"


class MkDocs(Peer):
    """Its search is off, as no other generator here makes an index. Categories stand for tags, which have no pages of their own."""

    name = "mkdocs"
    title = "MkDocs with Material"
    about = "the theme's own blog, with categories for tags; search is off"
    content = "docs/blog/posts"
    output = "site"
    caches = (".cache",)
    proofs: ClassVar[Mapping[str, Proof]] = {
        "highlighting": Proof("blog/*/index.html", '<span class="k'),
        "contents": Proof("blog/*/index.html", 'data-md-component="toc"'),
        "neighbours": Proof("blog/*/index.html", 'rel="prev"'),
        "pages": Proof("blog/page/2/index.html"),
        "tags": Proof("blog/tags/*/index.html"),
        "months": Proof("blog/[0-9]*/[0-9]*/index.html"),
        "rss": Proof("feed_rss_created.xml"),
        "json": Proof("feed_json_created.json"),
        "sitemap": Proof("sitemap.xml"),
    }

    def text(self, post: Post) -> str:
        """With a mark after the first paragraph: without it, lists would hold whole posts."""
        first, _, rest = post.body.partition("\n\n")
        meta = {**meta_of(post), "slug": post.slug, "categories": list(post.tags)}
        return as_yaml(meta, f"{first}\n\n{_MORE}\n\n{rest}")

    def command(self, tools: Tools) -> Sequence[str]:
        """A build into an empty folder."""
        return (tools.script("mkdocs"), "build", "--quiet")

    def version(self, tools: Tools) -> str:
        """That of MkDocs, then that of the theme."""
        return f"{version_in(printed((tools.script('mkdocs'), '--version')))}, {tools.package('mkdocs-material')}"

    def env(self) -> Mapping[str, str]:
        """Its advertisement would drown what goes wrong."""
        return {"NO_MKDOCS_2_WARNING": "1"}

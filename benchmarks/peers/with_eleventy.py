"""Eleventy, with templates in JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from benchmarks.corpus import Post
from benchmarks.peers.features import Proof
from benchmarks.peers.front_matter import as_json_in_yaml
from benchmarks.peers.peer import Peer
from benchmarks.tools import Tools, printed, version_in


class Eleventy(Peer):
    """What it makes is what its site asks for: it has no lists, feeds or archives built in."""

    name = "eleventy"
    title = "Eleventy"
    about = "templates in JavaScript, written for the benchmark"
    content = "content/blog"
    caches = (".cache",)
    proofs: ClassVar[Mapping[str, Proof]] = {
        "highlighting": Proof("blog/*/index.html", '<span class="token'),
        "contents": Proof("blog/*/index.html", 'class="table-of-contents"'),
        "neighbours": Proof("blog/*/index.html", 'rel="prev"'),
        "meta": Proof("blog/*/index.html", '"og:title"'),
        "pages": Proof("blog/page/2/index.html"),
        "tags": Proof("tags/*/index.html"),
        "months": Proof("blog/[0-9]*/[0-9]*/index.html"),
        "atom": Proof("atom.xml"),
        "tag feeds": Proof("tags/*/atom.xml"),
        "sitemap": Proof("sitemap.xml"),
        "twins": Proof("blog/*/index.md"),
        "llms": Proof("llms.txt"),
    }

    def text(self, post: Post) -> str:
        """Tags under another name, since Eleventy would make a collection of each."""
        meta = {"title": post.title, "date": post.date.isoformat(), "terms": list(post.tags)}
        return as_json_in_yaml(meta, f"${{toc}}\n\n{post.body}")

    def command(self, tools: Tools) -> Sequence[str]:
        """Its script itself: npx would look for it first."""
        return ("node", tools.eleventy, "--quiet")

    def version(self, tools: Tools) -> str:
        """Eleventy's own."""
        return version_in(printed(("node", tools.eleventy, "--version")))

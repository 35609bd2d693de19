"""One blog as the sites of several generators, edited in all of them alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.edits import EDITS, Edit, apply
from benchmarks.peers import PEERS
from benchmarks.peers.with_sitegen import Sitegen


class Blog:
    """The sites lie in `folder`, each under the name of its generator. Edits are kept: each finds the blog as the last one left it."""

    def __init__(self, folder: Path, posts: Sequence[Post], peers: Iterable[str]) -> None:
        self.folder = folder
        self.posts = tuple(posts)
        self.size = len(self.posts)
        self.peers = tuple(peers)
        self._edits = 0
        for name in self.peers:
            PEERS[name].prepare(self.site(name), self.posts)

    def site(self, peer: str) -> Path:
        """The folder of the site of a generator."""
        return self.folder / peer

    def edit(self, kind: str) -> Edit:
        """Make the next edit of that kind, in every site."""
        self._edits += 1
        edit = EDITS[kind](self.posts, self._edits)
        self.posts = apply(edit, self.posts)
        for name in self.peers:
            PEERS[name].write(self.site(name), edit.post)
        return edit

    def edit_template(self, peer: Sitegen) -> str:
        """Change what stands on every page of sitegen's site; the word that is there from now on."""
        self._edits += 1
        return peer.edit_template(self.site(peer.name), self._edits)

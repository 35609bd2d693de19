"""Whether a build did what it was measured for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Post
from benchmarks.edits import Edit
from benchmarks.peers.features import missing
from benchmarks.peers.peer import Peer

_SUMMARY = re.compile(r"^(\d+) pages in .*: (\d+) rendered, (\d+) fresh", re.MULTILINE)
_SAMPLES = 50
# Where an edit shows besides its own page.
_LISTS: Mapping[str, tuple[str, ...]] = {"body": (), "title": ("llms.txt",), "post": ("llms.txt", "blog/index.html", "atom.xml")}


class WrongBuildError(Exception):
    """A build that ended well without doing what was to be measured."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What sitegen says that a build did: files rendered, and files kept from the build before."""

    rendered: int
    fresh: int


def counts(output: str) -> Counts:
    """From the last line that sitegen prints."""
    found = _SUMMARY.search(output)
    if not found:
        raise WrongBuildError(f"there is no summary in what sitegen printed:\n{output[-2000:]}")
    return Counts(int(found[2]), int(found[3]))


def check_cold(peer: Peer, site: Path, posts: Sequence[Post]) -> None:
    """Every post has its page, and there is what the site is set up for."""
    absent = [post.slug for post in posts if not peer.page(site, post).is_file()]
    _expect(not absent, f"{peer.title} made no page of {len(absent)} posts: {absent[:3]}")
    lacking = missing(peer.proofs, site / peer.output)
    _expect(not lacking, f"{peer.title} did not make: {', '.join(lacking)}")


def check_unchanged(made: Counts) -> None:
    """Nothing was rendered."""
    _expect(made.rendered == 0 and made.fresh > 0, f"nothing had changed: {made}")


def check_edit(kind: str, edit: Edit, made: Counts, peer: Peer, site: Path) -> None:
    """The word of the edit arrived where readers see it, and pages that do not show it were kept."""
    _expect(made.rendered > 0 and made.fresh > 0, f"an edit of a {kind}: {made}")
    page = peer.page(site, edit.post)
    _expect(page.is_file() and edit.word in page.read_text(encoding="utf-8"), f"{edit.word} is not in {page}")
    for name in _LISTS[kind]:
        path = site / peer.output / name
        _expect(edit.word in path.read_text(encoding="utf-8"), f"{edit.word} is not in {path}")


def check_template(word: str, made: Counts, peer: Peer, site: Path, posts: Sequence[Post]) -> None:
    """Pages all over the site have the word."""
    _expect(made.rendered > len(posts), f"a template of every page: {made}")
    for post in posts[:: max(1, len(posts) // _SAMPLES)]:
        _expect(word in peer.page(site, post).read_text(encoding="utf-8"), f"{word!r} is not in the page of {post.slug}")


def _expect(truth: object, words: str) -> None:
    if not truth:
        raise WrongBuildError(words)

"""What the sites may have, and how a look at the output tells whether one has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

# Feature -> what it is called in tables, in their order.
FEATURES: Mapping[str, str] = {
    "highlighting": "highlighted code",
    "contents": "contents on each post",
    "neighbours": "posts before and after",
    "related": "related posts",
    "meta": "link previews",
    "pages": "lists in pages of ten",
    "tags": "a page for each tag",
    "months": "archives by month",
    "atom": "Atom feed",
    "rss": "RSS feed",
    "json": "JSON feed",
    "tag feeds": "a feed for each tag",
    "sitemap": "sitemap",
    "twins": "Markdown beside each post",
    "llms": "llms.txt",
}
# The posts that have code, headings or relatives are among the first so many.
_LOOK_AT = 400


@dataclass(frozen=True, slots=True)
class Proof:
    """A feature is there if a file that `pattern` (relative to the output, as of `Path.glob`) finds has the text `holds`."""

    pattern: str
    holds: str = ""

    def found(self, output: Path) -> bool:
        """Whether the output has it."""
        return any(self.holds in path.read_text(encoding="utf-8") for path in islice(self._paths(output), _LOOK_AT))

    def _paths(self, output: Path) -> Iterator[Path]:
        return (path for path in output.glob(self.pattern) if path.is_file())


def missing(proofs: Mapping[str, Proof], output: Path) -> list[str]:
    """The features that a site is set up for and that its output does not have."""
    return [feature for feature, proof in proofs.items() if not proof.found(output)]


def not_made(features: Mapping[str, bool]) -> list[str]:
    """What a generator did not do, in words."""
    return [words for feature, words in FEATURES.items() if not features.get(feature)]

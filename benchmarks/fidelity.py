"""``python benchmarks/fidelity.py``: how near to GitHub's Markdown sitegen comes, on real posts and on CommonMark's own examples."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# A script's own folder comes first, where the package that it is in cannot be seen.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from markdown_it import MarkdownIt

from benchmarks import commonmark
from benchmarks.corpus import Post, read_posts
from benchmarks.reference import gfm_like, github, without_notes
from benchmarks.structure import Entry, shape


@dataclass(frozen=True, slots=True)
class Difference:
    """A post that readers of the two renderings would not see alike; `lines` is a diff of their shapes."""

    slug: str
    lines: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was asked for."""
    options = _parse(arguments)
    if options.spec:
        found = [asdict(example) for example in commonmark.examples_in(options.spec.read_text(encoding="utf-8"))]
        commonmark.EXAMPLES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _say("\n".join(_table(failed=options.failed)))
    if options.corpus:
        posts = read_posts(options.corpus)
        _say("\n" + "\n".join(_told(posts, options.lines)))


def differences(posts: Sequence[Post], reference: MarkdownIt) -> Iterator[Difference]:
    """The posts whose structure is not what `reference` makes of them."""
    for post in posts:
        theirs, ours = (shape(without_notes(html)) for html in (reference.render(post.body), commonmark.rendered(post.body)))
        if ours != theirs:
            yield Difference(post.slug, _diff(theirs, ours))


def _diff(theirs: tuple[Entry, ...], ours: tuple[Entry, ...]) -> tuple[str, ...]:
    before, after = ([f"{depth} {tag} {text}" for depth, tag, text in entries] for entries in (theirs, ours))
    return tuple(difflib.unified_diff(before, after, lineterm="", n=0))[2:]


def _table(*, failed: bool) -> Iterator[str]:
    equal = every = 0
    for section, (met, all_of) in commonmark.counts().items():
        equal, every = equal + met, every + all_of
        yield f"{section:42} {met:4} of {all_of:4}"
    yield f"{'CommonMark 0.31.2':42} {equal:4} of {every:4}"
    if failed:
        yield "not equal: " + " ".join(str(example.number) for example in commonmark.examples() if not commonmark.is_met(example))


def _told(posts: Sequence[Post], lines: int) -> Iterator[str]:
    found = list(differences(posts, github()))
    for difference in found:
        yield difference.slug
        yield from (f"    {line[:200]}" for line in difference.lines[:lines])
    plain = sum(shape(gfm_like().render(post.body)) == shape(commonmark.rendered(post.body)) for post in posts)
    yield f"{_share(len(posts) - len(found), posts)} have the structure that GitHub gives them"
    yield f"{_share(plain, posts)} have that of markdown-it-py's `gfm-like` as it is: without footnotes, with links nobody wrote"


def _share(count: int, posts: Sequence[Post]) -> str:
    return f"{count} of {len(posts)} posts ({100 * count / len(posts):.1f} %)"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare sitegen's Markdown with CommonMark's examples and with GitHub's dialect.")
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown posts to compare with markdown-it-py")
    parser.add_argument("--lines", type=int, default=6, help="how many lines of each difference to print (6)")
    parser.add_argument("--failed", action="store_true", help="name the examples that are not met")
    parser.add_argument("--spec", type=Path, help="make commonmark/examples.json anew from this spec.txt of `commonmark-spec`")
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()

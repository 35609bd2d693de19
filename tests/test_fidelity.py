"""How near to CommonMark and to GitHub sitegen comes: the counts are published, and go up alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from benchmarks import commonmark, fidelity
from benchmarks.commonmark import canonical
from benchmarks.corpus import Post
from benchmarks.reference import github
from benchmarks.structure import shape

PAGE = Path(__file__).parents[1] / "content" / "docs" / "reference" / "commonmark.md"
ROW = re.compile(r"^\| ([^|]+?) +\| +(\d+) +\| +(\d+) +\|$", re.MULTILINE)


def published() -> dict[str, tuple[int, int]]:
    return {section: (int(met), int(all_of)) for section, met, all_of in ROW.findall(PAGE.read_text(encoding="utf-8"))}


def written(counts: Mapping[str, tuple[int, int]]) -> str:
    """The page with these counts in its table."""
    total = sum(met for met, _ in counts.values()), sum(all_of for _, all_of in counts.values())
    rows = [f"| {section} | {met} | {all_of} |" for section, (met, all_of) in {**counts, "All": total}.items()]
    head, _, rest = PAGE.read_text(encoding="utf-8").partition("|---|--:|--:|\n")
    return f"{head}|---|--:|--:|\n" + "\n".join(rows) + "\n" + rest[rest.index("\n\n") + 1 :]


def test_the_published_counts_are_what_sitegen_reaches_and_never_sink(update: bool) -> None:
    counts, before = dict(commonmark.counts()), published()
    assert [section for section, (met, _) in counts.items() if met < before.get(section, (0, 0))[0]] == []
    if update:
        PAGE.write_text(written(counts), encoding="utf-8")
    total = published().pop("All")
    assert {**counts, "All": total} == published(), "pytest --update writes them anew"
    assert total == (sum(met for met, _ in counts.values()), 652)


def test_what_a_commonmark_parser_gives_is_equal_to_the_examples() -> None:
    reference = MarkdownIt("commonmark")
    assert [e.number for e in commonmark.examples() if canonical(reference.render(e.markdown)) != canonical(e.html)] == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("<p>a b</p>", "<p>ab</p>"),
        ("<pre><code>a\n b</code></pre>", "<pre><code>a\nb</code></pre>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ('<a href="x" title="y">z</a>', '<a href="x">z</a>'),
        ("<p>a</p><p>b</p>", "<p>a\nb</p>"),
    ],
)
def test_html_that_means_something_else_is_not_equal(ours: str, theirs: str) -> None:
    assert canonical(ours) != canonical(theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("<p>one <em>two</em></p>", "<p>one two</p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ('<a href="x">z</a>', '<a href="y">z</a>'),
        ("<blockquote><p>a</p></blockquote>", "<p>a</p>"),
        ("<h2>a</h2>", "<h3>a</h3>"),
    ],
)
def test_what_a_reader_can_tell_apart_has_another_structure(ours: str, theirs: str) -> None:
    assert shape(ours) != shape(theirs)


def test_what_a_reader_cannot_tell_apart_has_the_same_structure() -> None:
    assert shape('<h2 id="a">A<a class="headerlink" href="#a"></a></h2>\n<p>“b”</p>') == shape('<h2>A</h2><p>"b"</p>')


def test_a_post_that_differs_is_told_with_its_lines() -> None:
    posts = [Post("same", "Same", None, (), "one *two*\n"), Post("other", "Other", None, (), "Prices {#prices}\n===\n")]  # type: ignore[arg-type]
    found = list(fidelity.differences(posts, github()))
    assert [difference.slug for difference in found] == ["other"]
    assert found[0].lines

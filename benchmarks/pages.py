"""The page of the documentation that shows results. What it says holds whatever was measured."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.results import Results
from benchmarks.tables import cold_table, goals_table, outputs_table, warm_sizes, warm_table

_HEAD = """---
title: Benchmarks
description: How long sitegen and other generators take for the same blog, how much memory they use, and what each of them makes.
weight: 75
---"""

_HOW = """## How it is measured

Each generator gets the same posts, in its own format, with all outputs switched on that it can make and sitegen makes. They take
turns: one build of each, then one of each again, so that a machine that slows down slows down all. Times are medians; the least and
the greatest stand in parentheses, and ratios are taken within a round. Memory is the most that all processes of a build had together
(PSS, which counts shared pages once), sampled every 50 ms in a round of its own.

After each build the benchmark looks whether it did what was measured: that every post has its page, that an edited word arrived, that
nothing was rendered when nothing had changed. Each edit is made to another post.

All Python programs run on the same interpreter; how it was built matters, so its name stands above. The generators write to the same
disk, without a development server and without minifying HTML, and none makes a search index."""

_AFTER = """## After an edit

sitegen renders what changed and keeps the rest. The other generators build everything anew, so that each change costs them a full
build. Hugo's, of as many posts, is what sitegen is held against here."""

_AGAIN = """## Run it yourself

In a checkout, with `make`, Python and Node:

```console
$ make bench ARGS="--runs 1 --only cold --peers hugo,pelican"
$ make bench ARGS="--corpus ~/my-blog/content/blog"
$ make bench ARGS="--help"
```

The first is quick. Without `--corpus` the posts are made up, as long and as full of code as those of real blogs, and the same each
time. The other generators are installed below `benchmarks/.work/`. `python benchmarks/report.py` makes this page from the results."""


def page(results: Results) -> str:
    """The whole file."""
    return "\n\n".join([_HEAD, *_sections(results), _HOW, _AGAIN]) + "\n"


def _sections(results: Results) -> Iterator[str]:
    yield _intro(results)
    yield "![The seconds of the tables below, as bars](benchmarks.svg)"
    yield from _cold(results)
    if results.made:
        yield f"What a generator does not do costs it no time:\n\n{outputs_table(results)}"
    yield from _warm(results)
    yield f"## What we aim at\n\n{goals_table(results)}"


def _intro(results: Results) -> str:
    corpus, machine = results.corpus, results.machine
    blog = f"{corpus.posts:,} {corpus.about}, {corpus.bytes / 1e6:.1f} MB of Markdown"
    larger = f", and a blog of {corpus.copies} times as many" if corpus.copies > 1 else ""
    place = f"{machine.cpu}, {machine.cores} cores, {machine.memory / 2**30:.0f} GiB, {machine.system}"
    return (
        f"One blog, built by sitegen and by other generators: {blog}{larger}.\n\n"
        f"Measured on {results.when[:10]} on one machine: {place}, {machine.python}. On another machine the figures will differ."
    )


def _cold(results: Results) -> Iterator[str]:
    sizes = [size for size in results.sizes() if results.find("sitegen", "cold", size)]
    if sizes:
        yield "## From nothing\n\nThe output folder and all caches were deleted before each build."
    for size in sizes:
        yield f"### {size:,} posts\n\n{cold_table(results, size)}"


def _warm(results: Results) -> Iterator[str]:
    sizes = warm_sizes(results)
    if sizes:
        yield _AFTER
    for size in sizes:
        yield f"### {size:,} posts\n\n{warm_table(results, size)}"

"""Patterns that cannot match are skipped, and nobody can tell by the result."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.markup import Options, render
from sitegen.markup.engine import Engine

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.md"))
PIECES = ["*", "_", "**", "`", "[", "]", "(", ")", "!", "<", ">", "&amp;", "&", "~~", "~", "\\", "  \n", "\n\n", "www.x.org", "WwW.x.org", "HTTP://x.org",
          "a@b.org", "{{ x }}", "{% y %}", "[^1]", "[^1]: n", "[r]: /u", "[r]", "word", " ", "<b>", "</b>", "<http://x>", "é"]  # fmt: skip
OURS, STOCK = Engine(Options()), Engine(Options(), stock=True)


def test_the_engine_skips_patterns():
    assert "sitegen.markup.inline" in {type(processor).__module__ for processor in OURS._md.treeprocessors}
    assert "sitegen.markup.inline" not in {type(processor).__module__ for processor in STOCK._md.treeprocessors}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_texts_come_out_the_same(path: Path):
    text = path.read_text(encoding="utf-8")
    assert OURS.convert(text, line=1) == STOCK.convert(text, line=1)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_comes_out_the_same(text: str):
    assert OURS.convert(text, line=1) == STOCK.convert(text, line=1)


def test_an_extension_may_add_to_the_delimiters():
    assert render("a ==b== c", Options(extensions=("pymdownx.mark",))).body.html == "<p>a <mark>b</mark> c</p>"

"""The engine takes short cuts through Python-Markdown and Pygments, and nobody can tell by the result."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.markup.engine import Converted, Engine
from sitegen.markup.limits import stack_depth
from sitegen.markup.rendered import Options

ROOT = Path(__file__).parent.parent
OWN = sorted([*(ROOT / "content").rglob("*.md"), *(ROOT / "tests" / "golden").glob("*.md"), *(ROOT / "tests" / "dialects").glob("*.md")])
CORPUS = os.environ.get("SITEGEN_CORPUS", "")
FAST, STOCK = Engine(Options()), Engine(Options(), stock=True)

# Extensions of sites: patterns, blocks, passes, and other ones under the names of ours.
EXTENSIONS = [
    "pymdownx.mark", "pymdownx.caret", "pymdownx.keys", "pymdownx.smartsymbols", "pymdownx.betterem", "pymdownx.arithmatex",
    "pymdownx.saneheaders", "pymdownx.critic", "pymdownx.escapeall", "pymdownx.progressbar", "pymdownx.quotes",
    "pymdownx.blocks.html", "pymdownx.superfences", "pymdownx.highlight", "markdown.extensions.smarty",
    "markdown.extensions.wikilinks", "markdown.extensions.sane_lists", "markdown.extensions.nl2br", "markdown.extensions.extra",
    "markdown.extensions.toc", "markdown.extensions.legacy_em",
]  # fmt: skip

INLINE = [
    "word", "two words", "*em*", "**strong**", "***both***", "_em_", "__strong__", "*open", "**open", "_o_p_en_", "a*b*c",
    "`code`", "``co`de``", "`open", "\\`", "\\\\`x`", "\\*", "\\", "[a](/b)", "[a](</b c> 'd')", '[a](b "c d")', "[a](b(c)d)",
    "[a](  )", "[a]( x y )", "[a](b'c)", "[a [b] c](d)", "[`a](b)`", "[a", "](b)", "![i](/j.png)", "![i][r]", "[a][r]", "[r]",
    "[R][]", "[no][no]", "[^1]", "[^2]", "[^no]", "[*e*](u)", "[![i](j)](k)", "<b>", "</b>", "<br>", "<http://x.org>",
    "<a@b.org>", "<!-- c -->", "<?p?>", "<!D>", "<span markdown>", "a < b > c", "</>", "<", "&amp;", "&", "&#65;", "&#65",
    "&#x41;", "&nosuch;", "~~del~~", "~", "~~", "www.x.org", "WWW.X.org", "ww.", "http://x.org/?a=b_c_d", "ftp://x", "a@b.org",
    "{{ x }}", "{% y %}", "{ .c }", "{: #i .c k=v }", "{#i}", "HTML", "é", "日本", "\u0661", "\u200b", "  \n", "\n", "|", "\\|",
    "a | b", ":", "!", "==mark==", "^sup^", "++ctrl+c++", "(c)", "$x$", "[[wiki]]", "'q'", '"q"', "--", "\t", "   ", "    ",
    "[x](y){.z}", "\x02", "\x02klzzwxh:0000\x03",
]  # fmt: skip
STARTS = [
    "", "# ", "## ", "###### ", "#", "- ", "* ", "+ ", "1. ", "2) ", "10. ", "\u0661. ", "- [ ] ", "- [x] ", "> ", ">", "> > ",
    "> - ", "    ", "        ", "   ", " ", "\t", ": ", ":   ", "| ", "|", "|---|", "--- | :-:", "-|-", "\\\\|", "***", "---",
    "_ _ _", "===", "--", "=", "!!! note\n    ", '!!! tip "T"\n\n    ', "??? info\n    ", '=== "Tab"\n    ', "[^1]: ",
    "[^2]:\n    ", "[r]: /u 'T'", "[r]: <u>\n", "*[HTML]: H T", "```\n", "```python\n", "``` {.rust #i hl_lines=1}\n",
    "~~~~ js title=x\n", "```", "~~~", "> ```\n> x\n> ```\n", "  ```c\n  x\n  ```\n", "<div>", "</div>", '<div markdown="1">',
    "<p>", "<table><tr><td>", "<script>", "</script>", "<details>", "<!-- more -->", "{/* truncate */}", "# more", "[TOC]",
    "/// html | div\n", "{ .c }", "\\", "\u3000", "\x02wzxhzdk:0\x03",
]  # fmt: skip
ENDS = [
    "\n", "\n\n", "\n\n\n", "  \n", "\n    \n", "\n\n    ", "\n```\n", "\n~~~~\n", " #\n", "\n---\n", "\n===\n", "\n| - | - |\n",
    "\n</div>\n\n", "\r", "",
]  # fmt: skip

LINES = st.builds(
    lambda start, middle, end: start + "".join(middle) + end,
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(INLINE), max_size=5),
    st.sampled_from(ENDS),
)
DOCUMENTS = st.lists(LINES, max_size=14).map("".join)


def outcome(engine: Engine, text: str) -> Converted | str:
    """What comes of a text; the name of the exception where that is what comes of it, for both must break off alike."""
    try:
        with stack_depth():
            return engine.convert(text, line=1)
    except (RecursionError, AttributeError, ValueError, TypeError, IndexError, KeyError) as error:
        return type(error).__name__


def test_only_one_of_the_two_takes_short_cuts():
    kinds = {type(one).__module__ for one in (FAST._md, FAST._md.parser, *FAST._md.treeprocessors, *FAST._md.inlinePatterns)}
    stock = {type(one).__module__ for one in (STOCK._md, STOCK._md.parser, *STOCK._md.treeprocessors, *STOCK._md.inlinePatterns)}
    ours = {f"sitegen.markup.{name}" for name in ("fast", "passes")}
    assert ours <= kinds
    assert not ours & stock


@pytest.mark.parametrize("path", OWN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_our_own_texts_come_out_the_same(path: Path):
    text = path.read_text(encoding="utf-8")
    assert outcome(FAST, text) == outcome(STOCK, text)


@settings(max_examples=500)
@given(DOCUMENTS)
def test_any_document_comes_out_the_same(text: str):
    assert outcome(FAST, text) == outcome(STOCK, text)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_documents_come_out_the_same_with_an_extension_of_the_site(extension: str):
    options = Options(extensions=(extension,))
    fast, stock = Engine(options), Engine(options, stock=True)

    @settings(max_examples=40)
    @given(DOCUMENTS)
    def compare(text: str) -> None:
        assert outcome(fast, text) == outcome(stock, text)

    compare()


@pytest.mark.skipif(not CORPUS, reason="SITEGEN_CORPUS names no folder of Markdown files")
def test_every_text_of_a_corpus_comes_out_the_same():
    paths = sorted(Path(CORPUS).rglob("*.md"))
    texts = ((path, path.read_text(encoding="utf-8", errors="replace")) for path in paths)
    different = [path for path, text in texts if outcome(FAST, text) != outcome(STOCK, text)]
    assert paths
    assert not different

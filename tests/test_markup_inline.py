"""Inline Markdown means what it means on GitHub: the reference is CommonMark, as `markdown-it-py` reads it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from benchmarks.commonmark import canonical
from sitegen.markup import Options, render

TRUST = Options(html="trust")
REFERENCE = MarkdownIt("commonmark")
DEFINITIONS = "\n\n[r]: /u 'T'\n\n[*é*]: /v\n\n[`c`]: x_y\n"
# No piece begins a block, makes a link on GitHub that CommonMark does not make, or is read by an extension of ours. A letter
# at either end and after each line break keeps the text one paragraph.
PIECES = [
    "*", "**", "***", "_", "__", "`", "``", "[", "]", "](", ")", "(", "](/b)", "](</c d>)", '](e "f")', "][r]", "[r]", "[R][]",
    "[*é*]", "[`c`]", "![", "!", "<b>", "</b>", '<i a="*">', "<", ">", "<!-- * -->", "<?p?>", "<x:y_z>", "&amp;", "&copy;",
    "&nosuch;", "&#35;", "&", "\\", "\\*", "\\[", "\\`", "\\&", "\\\nb", "  \nb", "\nb", " ", "word", "a_b", "é", "“", "$",
    "1", ".", "'", '"',
]  # fmt: skip


def html_of(text: str, options: Options = TRUST) -> str:
    return render(text, options, title="\0").body.html


def paragraph(text: str) -> str:
    """The inside of the paragraph that `text` is."""
    html = html_of(text)
    assert html.startswith("<p>"), html
    assert html.endswith("</p>"), html
    return html[3:-4]


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_any_mixture_means_what_commonmark_says(text: str):
    source = f"a{text}z{DEFINITIONS}"
    assert canonical(html_of(source)) == canonical(REFERENCE.render(source).strip())

"""Code blocks: Pygments by class, one way for fences and for indented blocks.

    <div class="highlight" data-language="Python"><pre tabindex="0"><code class="language-python">…</code></pre></div>

With a title it is a ``figure`` with a ``figcaption``. The ``pre`` takes the focus, so that a keyboard can scroll it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from sitegen.markup.highlighting import highlighted
from sitegen.markup.lexing import make_lazy

MAX_LINE = 5_000
MAX_BLOCK = 200_000
# What authors write for "no language", beside Pygments' own names for it.
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "nohighlight", "no-highlight", "ascii"})
_NO_CLASS = re.compile(r"[^\w+#.-]+")
Highlight = Callable[[Lexer, str], str]


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code as its author described it. `marked` counts lines from 1; `first` is the number of the first line, 0 for none."""

    source: str
    language: str = ""
    title: str = ""
    marked: Collection[int] = ()
    first: int = 0
    id: str = ""
    classes: tuple[str, ...] = ()


def is_plain(language: str) -> bool:
    """Whether `language` is a name for plain text."""
    return language.lower() in _PLAIN


def is_known(language: str) -> bool:
    """Whether `language` is a name that Pygments knows, or one for plain text."""
    return is_plain(language) or _lexer(language.lower()) is not None


def is_too_large(source: str) -> bool:
    """Whether highlighting a block of this size could take for ever; what it is then depends on nothing but its size."""
    return len(source) > MAX_BLOCK or (len(source) > MAX_LINE and any(len(line) > MAX_LINE for line in source.split("\n")))


def code_block(code: Code, highlight: Highlight = highlighted) -> str:
    """The HTML of a code block."""
    language = code.language.lower()
    lexer = None if is_plain(language) else _lexer(language)
    body = _decorate(_highlight(code.source, lexer, highlight), code)
    attributes = _attributes(code, lexer.name if lexer else "")
    name = _NO_CLASS.sub("-", language)
    named = f' class="language-{name}"' if name else ""
    inner = f'<pre tabindex="0"><code{named}>{body}</code></pre>'
    if code.title:
        return f"<figure{attributes}><figcaption>{escape(code.title)}</figcaption>{inner}</figure>"
    return f"<div{attributes}>{inner}</div>"


def _attributes(code: Code, language: str) -> str:
    names = " ".join(("highlight", *code.classes))
    return "".join(
        f' {name}="{escape(value)}"' for name, value in (("id", code.id), ("class", names), ("data-language", language)) if value
    )


def _highlight(source: str, lexer: Lexer | None, highlight: Highlight) -> str:
    """`source` escaped, with a ``span`` around each token that has a style; each line closes what it opens."""
    source = source.strip("\n") + "\n"
    if lexer is None or is_too_large(source):
        return escape(source)
    return highlight(lexer, source)


def _decorate(html: str, code: Code) -> str:
    """Number the lines, and mark those the author wants seen."""
    if not code.first and not code.marked:
        return html
    lines: Iterable[str] = html.removesuffix("\n").split("\n")
    lines = [line + "\n" for line in lines]
    if code.first:
        width = len(str(code.first + len(lines) - 1))
        lines = [f'<span class="linenos" data-linenos="{number:{width}}"></span>{line}' for number, line in enumerate(lines, code.first)]
    return "".join(f'<span class="hll">{line}</span>' if number in code.marked else line for number, line in enumerate(lines, 1))


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        kind = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    make_lazy(kind)
    return kind(stripnl=False)

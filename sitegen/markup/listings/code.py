"""Code blocks: Pygments by class, one way for fences and for indented blocks.

    <div class="highlight" data-language="Python"><pre tabindex="0"><code class="language-python">…</code></pre></div>

With a title it is a ``figure`` with a ``figcaption``. The ``pre`` takes the focus, so that a keyboard can scroll it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from sitegen.markup.examples import is_example, left
from sitegen.markup.listings.diffs import diff_of
from sitegen.markup.listings.highlighting import highlighted
from sitegen.markup.listings.infos import Flaw, parse_info
from sitegen.markup.listings.lexing import make_lazy
from sitegen.markup.listings.marks import without_marks

MAX_LINE = 5_000
MAX_BLOCK = 200_000
# What authors write for "no language", beside Pygments' own names for it.
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "nohighlight", "no-highlight", "ascii"})
_NO_CLASS = re.compile(r"[^\w+#.-]+")
Highlight = Callable[[Lexer, str], str]


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code as its author described it. `marked`, `added` and `removed` are lines, counted from 1; `first` is the number of the
    first line, 0 for none; with `links` each number is a link to its line, whose id begins so. With `diff` the signs in `source` say what
    was added and removed; an `example` is shown with its result.

    `flaws` are what the author asked for in vain.
    """

    source: str
    language: str = ""
    title: str = ""
    marked: Collection[int] = ()
    added: Collection[int] = ()
    removed: Collection[int] = ()
    first: int = 0
    links: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    diff: bool = False
    example: bool = False
    flaws: tuple[Flaw, ...] = ()


def code_of(source: str, text: str, *, line_numbers: bool = False) -> Code:
    """The block `source` behind a fence with the info string `text`; `line_numbers` is what the site wants where it does not say."""
    shown = without_marks(source, language=parse_info(text, lines=0).language)
    info = parse_info(text, lines=shown.source.count("\n") + 1)
    return Code(
        shown.source,
        info.language,
        title=info.title,
        marked=info.marked | shown.marked,
        added=info.added | shown.added,
        removed=info.removed | shown.removed,
        first=int(line_numbers) if info.first is None else info.first,
        links=info.links,
        id=info.id,
        classes=info.classes,
        diff=info.diff,
        example=is_example(info.language, info.get("example")),
        flaws=info.flaws + shown.flaws,
    )


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
    if code.diff:
        diff = diff_of(code.source, lambda source: _highlight(source, lexer, highlight))
        code = replace(code, added=diff.added, removed=diff.removed, classes=("diff", *code.classes))
    body = _decorate(diff.html if code.diff else _highlight(f"{code.source}\n" if code.source else "", lexer, highlight), code)
    attributes = _attributes(code, lexer.name if lexer else "")
    name = _NO_CLASS.sub("-", language)
    named = f' class="language-{name}"' if name else ""
    inner = f'<pre tabindex="0"><code{named}>{body}</code></pre>'
    block = (
        f"<figure{attributes}><figcaption>{escape(code.title)}</figcaption>{inner}</figure>"
        if code.title
        else f"<div{attributes}>{inner}</div>"
    )
    return left(block, code.source) if code.example else block


def _attributes(code: Code, language: str) -> str:
    names = " ".join(("highlight", *code.classes))
    return "".join(
        f' {name}="{escape(value)}"' for name, value in (("id", code.id), ("class", names), ("data-language", language)) if value
    )


def _highlight(source: str, lexer: Lexer | None, highlight: Highlight) -> str:
    """`source` escaped, with a ``span`` around each token that has a style; each line closes what it opens."""
    if lexer is None or is_too_large(source):
        return escape(source)
    return highlight(lexer, source)


def _decorate(html: str, code: Code) -> str:
    """Number the lines, and mark those the author wants seen."""
    if not code.first and not code.marked and not code.added and not code.removed:
        return html
    lines: Iterable[str] = html.removesuffix("\n").split("\n")
    lines = [line + "\n" for line in lines]
    if code.first:
        width = len(str(code.first + len(lines) - 1))
        lines = [_numbered(line, number, width, code.links) for number, line in enumerate(lines, code.first)]
    return "".join(_line(line, number, code) for number, line in enumerate(lines, 1))


def _numbered(line: str, number: int, width: int, links: str) -> str:
    shown = f'<span class="linenos" data-linenos="{number:{width}}"></span>'
    if not links:
        return shown + line
    name = escape(f"{links}-{number}")
    return f'<span id="{name}"><a class="line-link" href="#{name}" aria-label="{number}">{shown}</a>{line}</span>'


def _line(html: str, number: int, code: Code) -> str:
    named = ' class="hll"' if number in code.marked else ""
    tag = "ins" if number in code.added else "del" if number in code.removed else "span" if named else ""
    return f"<{tag}{named}>{html}</{tag}>" if tag else html


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        kind = find_lexer_class_by_name(language)
    except ClassNotFound:
        return None
    make_lazy(kind)
    return kind(stripnl=False)

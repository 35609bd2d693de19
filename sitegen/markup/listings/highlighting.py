"""Source code to HTML by way of Pygments: a ``span`` with a class around each token that has a style."""

from __future__ import annotations

from io import StringIO

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.token import _TokenType

from sitegen.markup.listings.lexing import tokens

_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


def by_pygments(lexer: Lexer, source: str) -> str:
    """The HTML of `source`, as Pygments makes it."""
    out = StringIO()
    _FORMATTER.format(lexer.get_tokens(source), out)
    return out.getvalue()


def highlighted(lexer: Lexer, source: str) -> str:
    """What `by_pygments` gives, in one pass: neighbours of one class share a span, and each line closes what it opens."""
    pieces: list[str] = []
    opened = run = ""
    for kind, value in tokens(lexer, source):
        opener = _OPENERS[kind]
        if opener == opened:
            run += value
        elif value:
            pieces.append(_wrapped(opened, run))
            opened, run = opener, value
    pieces.append(_wrapped(opened, run))
    html = "".join(pieces)
    return html + "\n" if html and not html.endswith("\n") else html


def _wrapped(opener: str, text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not opener:
        return text
    if "\n" in text:
        return "\n".join([f"{opener}{line}</span>" if line else "" for line in text.split("\n")])
    return f"{opener}{text}</span>"


class _Openers(dict[_TokenType, str]):
    """The tag that opens a token of a type; nothing for one without a style."""

    def __missing__(self, kind: _TokenType) -> str:
        out = StringIO()
        _FORMATTER.format([(kind, "\0")], out)
        self[kind] = out.getvalue().partition("\0")[0]
        return self[kind]


_OPENERS = _Openers()

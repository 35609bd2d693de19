"""Markdown shown with what becomes of it: a fence ``markdown example``, its source above its result.

Whoever renders the block of code leaves the source behind, between two control characters, which no body holds. Once the page around it
is parsed, the source is rendered as a page of its own: its footnotes, its headings and its tabs are not those of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

_BEGIN, _END = "\x1a", "\x1b"
_LEFT = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_LANGUAGES = frozenset({"markdown", "md"})
_OPENING = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*(?:markdown|md)\b[^\n]*\bexample\b")
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r"""(?<=\s)(id|name|for|headers|href|aria-labelledby|aria-describedby)="([^"]*)\"""")
_TABS = "__tabbed_"


def is_example(language: str, word: str | None) -> bool:
    """Whether a fence of that language asks to be an example; `word` is what its info string says of it."""
    return word is not None and language.lower() in _LANGUAGES


def opens_example(source: str, at: int) -> bool:
    """Whether the line of `source` that begins at `at` opens an example, so that what follows is no code alone."""
    return _OPENING.match(source, at) is not None


def left(block: str, source: str) -> str:
    """The HTML of an example: the `block` of code, and the `source` left to be rendered."""
    return f'<div class="example">{block}{_BEGIN}{escape(source)}{_END}</div>'


def shown(html: str, render: Callable[[str], str], *, label: str) -> str:
    """`html` with each source that was left in it rendered. An example in an example is its source alone."""
    if _BEGIN not in html:
        return html
    count = 0

    def result(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        inner = isolated(_LEFT.sub("", render(unescape(found[1]))), f"example-{count}-")
        return f'<div class="example-result" role="group" aria-label="{escape(label)}">\n{inner.strip()}\n</div>'

    return _LEFT.sub(result, html)


def isolated(html: str, prefix: str) -> str:
    """`html`, whose tags are well-formed, with `prefix` before its ids and wherever they are referred to."""
    ids = {value for tag in _TAG.findall(html) for name, value in _ATTRIBUTE.findall(tag) if name in {"id", "name"}}

    def renamed(found: re.Match[str]) -> str:
        name, value = found[1], found[2]
        if value.startswith(_TABS) and name == "name":
            value = _TABS + prefix + value.removeprefix(_TABS)
        elif name == "href":
            value = f"#{prefix}{value[1:]}" if value[:1] == "#" and unescape(value[1:]) in ids else value
        elif value:
            value = " ".join(prefix + word if word in ids else word for word in value.split(" "))
        return f'{name}="{value}"'

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(renamed, tag[0]), html)

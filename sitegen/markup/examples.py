"""Markdown shown with what becomes of it: a fence ``markdown example``, its source above its result.

Whoever renders the block of code leaves the source behind, between two control characters, which no body holds. Once the page around it
is parsed, the source is rendered as a page of its own: its footnotes, its headings and its tabs are not those of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

# What stands for a result, and first of all before the source that is left to be rendered.
SIGN = _BEGIN = "\x1a"
_END = "\x1b"
_FIRST = 0xF0000
_SIGNED = re.compile(f"{SIGN}([\U000f0000-\U000fffff])")
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


def taken(html: str) -> tuple[str, tuple[str, ...]]:
    """`html` with a sign in the place of each source that was left in it, and the sources."""
    if _BEGIN not in html:
        return html, ()
    sources: list[str] = []

    def sign(found: re.Match[str]) -> str:
        sources.append(unescape(found[1]))
        return f"{SIGN}{chr(_FIRST + len(sources) - 1)}"

    return _LEFT.sub(sign, html), tuple(sources)


def with_results(html: str, results: Sequence[str], *, label: str) -> str:
    """`html`, which is safe, with each result in the place of its sign. Without results signs are taken out.

    So they are where somebody forged one: in a tag a result would do harm.
    """
    if SIGN not in html:
        return html
    expected = [chr(_FIRST + number) for number in range(len(results))]
    if not results or _SIGNED.findall(html) != expected or _SIGNED.findall(_TAG.sub("", html)) != expected:
        return _SIGNED.sub("", html).replace(SIGN, "")

    def result(found: re.Match[str]) -> str:
        number = ord(found[1]) - _FIRST
        inner = isolated(results[number], f"example-{number + 1}-").strip()
        return f'<div class="example-result" role="group" aria-label="{escape(label)}">\n{inner}\n</div>'

    return _SIGNED.sub(result, html)


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

"""Plain text out of HTML: what a reader sees, how many words it is."""

from __future__ import annotations

import re
from html import unescape

_ATTRIBUTES = r"""[^<>"']*+(?>(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+)*)"""
TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>")
_MARKUP = re.compile(
    rf"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|</?([a-zA-Z][^\s/>]*+){_ATTRIBUTES}>",
    re.DOTALL,
)
_PHRASING = "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr"
_INLINE = frozenset(_PHRASING.split())
# Chinese characters and kana, which are written without spaces.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+(?:['’.-][^\W{_SINGLE}]+)*")


def plain(html: str) -> str:
    """The text of `html` in one line."""
    return " ".join(unescape(_MARKUP.sub(_space, html)).split())


def count_words(text: str) -> int:
    """How many words a reader reads; a Chinese character or a kana is one."""
    return len(_WORD.findall(text))


def first_words(text: str, count: int) -> str:
    """The first `count` words of `text`, with an ellipsis where something is left out."""
    for number, match in enumerate(_WORD.finditer(text)):
        if number == count:
            return text[: match.start()].rstrip(" ([{<“‘\"'-–—") + "…"
    return text


def _space(match: re.Match[str]) -> str:
    """What a tag leaves: nothing within a line of text, a space between blocks."""
    return "" if match[1] in _INLINE else " "

"""Plain text out of HTML: what a reader sees, how many words it is."""

from __future__ import annotations

import re
from html import unescape

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_C0 = bytes((*range(9), *range(11, 32), 127))
_ATTRIBUTES = r"""[^<>"']*+(?>(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+)*)"""
TAG = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_ATTRIBUTES})>")
_MARKUP = re.compile(
    rf"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|</?([a-zA-Z][^\s/>]*+){_ATTRIBUTES}>",
    re.DOTALL,
)
# As `sitegen.markup.mathml` writes it.
_MATH = re.compile(r'<math[^<>]* alttext="([^"]*)">.*?</math>', re.DOTALL)
_PHRASING = "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr"
_INLINE = frozenset(_PHRASING.split())
# Chinese characters and kana, which are written without spaces.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+(?:['’.-][^\W{_SINGLE}]+)*")
_ONE = re.compile(rf"[{_SINGLE}]")
_INLINE_TAG = re.compile(r"<[^>]*+>")
_ASCII = bytes(range(128))
# So many letters beyond ASCII are replaced one by one.
_ALPHABET = 50


def has_controls(text: str, *, keep: str = "") -> bool:
    """Whether `text` holds a control character that is not one of `keep`."""
    data = text.encode(errors="surrogatepass")
    # With all from 0x80 on, which UTF-8 begins with these two. A regular expression alone takes five times as long.
    if b"\xc2" in data or b"\xed" in data:
        return any(found[0] not in keep for found in CONTROL.finditer(text))
    return len(data) - len(data.translate(None, _C0)) > sum(map(text.count, keep))


def without_controls(text: str, *, keep: str) -> str:
    """`text` without control characters, but for those of `keep`."""
    return CONTROL.sub(lambda found: found[0] if found[0] in keep else "", text) if has_controls(text, keep=keep) else text


def plain(html: str) -> str:
    """The text of `html` in one line."""
    return " ".join(text_of(html).split())


def text_of(html: str, *, formula: str = r"\1") -> str:
    """The text of `html`, with the white space that is written. `formula` is what stands for MathML: its source."""
    if "<math" in html:
        html = _MATH.sub(formula, html)
    pieces = _MARKUP.split(html)
    # A tag leaves nothing within a line of text, a space between blocks.
    pieces[1::2] = ["" if name in _INLINE else " " for name in pieces[1::2]]
    return unescape("".join(pieces))


def untagged(html: str) -> str:
    """The text of `html`, which holds inline elements alone, and no ``>`` in their attributes."""
    return unescape(_INLINE_TAG.sub("", html))


def count_words(text: str) -> int:
    """How many words a reader reads; a Chinese character or a kana is one."""
    if not text.isascii():
        others = set(text.encode(errors="ignore").translate(None, _ASCII).decode())
        if len(others) > _ALPHABET:
            return len(_WORD.findall(text))
        for character in others:
            text = text.replace(character, _shape(character))
    # A word, joined ones being one, begins after a space, or after a joiner that no word stands before.
    shapes = b" " + text.encode(errors="replace").translate(_SHAPES)
    return shapes.count(b" w") + shapes.count(b" -w") + shapes.count(b"--w")


def first_words(text: str, count: int) -> str:
    """The first `count` words of `text`, with an ellipsis where something is left out."""
    for number, match in enumerate(_WORD.finditer(text)):
        if number == count:
            return text[: match.start()].rstrip(" ([{<“‘\"'-–—") + "…"
    return text


def _shape(character: str) -> str:
    """An ASCII text that counts the same where it stands in the place of `character`."""
    if character == "’":
        return "'"
    if _WORD.match(character) is None:
        return " "
    return " w " if _ONE.match(character) else "w"


_SHAPES = bytes(ord(_shape(chr(code)) if chr(code) not in "'.-" else "-") for code in range(128)).ljust(256)

"""Straight quotes, dashes of hyphens and three dots made into what a printer would set, in the text of safe HTML.

Quotes are those of the page's language, after CLDR's delimiters (https://cldr.unicode.org, version 46).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.markup.text import TAG

_NNBSP = "\u202f"
_ENGLISH = "“", "”", "‘", "’"
# Opening and closing quotes, and those within quotes.
_QUOTES = {
    "cs": ("„", "“", "‚", "‘"),
    "da": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "el": ("«", "»", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "fi": ("”", "”", "’", "’"),
    "fr": (f"«{_NNBSP}", f"{_NNBSP}»", "“", "”"),
    "hu": ("„", "”", "»", "«"),
    "it": ("«", "»", "“", "”"),
    "nb": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt-pt": ("«", "»", "“", "”"),
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": ("„", "“", "‚", "‘"),
    "sl": ("„", "“", "‚", "‘"),
    "sv": ("”", "”", "’", "’"),
    "tr": ("“", "”", "‘", "’"),
    "uk": ("«", "»", "„", "“"),
    "de-ch": ("«", "»", "‹", "›"),
}
# Their text is not prose.
_LITERAL = frozenset({"code", "pre", "kbd", "samp", "var", "tt", "math", "script", "style", "textarea", "template"})
_PHRASING = "a abbr b bdi bdo cite data del dfn em i ins mark q s small span strong sub sup u"
_INLINE = frozenset(_PHRASING.split())
# Looked for at the start of a word alone, or a long word would be gone through once for each of its characters.
_ADDRESS = r"(?<![^\s<>])[^\s<>]*(?:://|www\.)[^\s<>]*|(?<![^\s<>@])[^\s<>@]+@[\w-]+\.[\w.-]+|<!--.*?-->"
_SIGN = re.compile(rf"""({_ADDRESS})|---|(?<![\w-])--(?=\w)|--|\.\.\.|["']""", re.DOTALL)
_ANY_SIGN = re.compile(r"""["']|--|\.\.\.""")
_DASHES = {"...": "…", "---": "—", "--": "–"}
# Elements within a line: the text goes on behind their tags.
_JOINING = _INLINE | {"code", "kbd", "samp", "var", "math"}
_OPENS_AFTER = frozenset("([{<-–—/=«»„“‚‘‹\u2009\u202f\u00a0")
_DECADE = re.compile(r"[0-9]0s\b")
# How many characters behind a sign are looked at: a decade, and what ends it.
_FURTHER = 4


def quotes_of(language: str) -> tuple[str, str, str, str]:
    """The quotes of a language tag; the English ones where nothing else is known."""
    tag = language.lower().replace("_", "-")
    return _QUOTES.get(tag) or _QUOTES.get(tag.partition("-")[0]) or _ENGLISH


def set_well(html: str, language: str) -> str:
    """`html` with the punctuation of `language` in its prose: not in code, in addresses or in tags."""
    return "".join(_Setter(language).pieces(html))


def text_set_well(text: str, language: str) -> str:
    """The same for plain text."""
    return _Setter(language).text(text, following="")


class _Setter:
    """Goes through a text in pieces, and knows what stood before, and which quotes are open."""

    def __init__(self, language: str) -> None:
        self._outer, self._inner = quotes_of(language)[:2], quotes_of(language)[2:]
        self._begin()

    def _begin(self) -> None:
        """A new block: nothing stands before, and no quote is open."""
        self._before, self._opened, self._open = "", False, {'"': 0, "'": 0}

    def pieces(self, html: str) -> Iterator[str]:
        """`html` with each piece of prose set, tags and all."""
        done, tags = 0, TAG.finditer(html)
        for tag in tags:
            name = tag[2].lower()
            following = html[tag.end() : tag.end() + 1].replace("<", "x") if name in _JOINING else ""
            yield self.text(html[done : tag.start()], following=following)
            done = tag.end()
            if name in _LITERAL and not tag[1]:
                done = next((each.end() for each in tags if each[1] and each[2].lower() == name), len(html))
                self._before = "x"
            elif name not in _INLINE:
                self._begin()
            yield html[tag.start() : done]
        yield self.text(html[done:], following="")

    def text(self, text: str, *, following: str) -> str:
        """`text`, before which stands what came last, and behind which the character `following`."""
        if not _ANY_SIGN.search(text):
            self._before = text[-1:] or self._before
            return text
        whole = text + following

        def sign(found: re.Match[str]) -> str:
            before = text[found.start() - 1] if found.start() else self._before
            return found[0] if found[1] else self._sign(found[0], before, whole[found.end() : found.end() + _FURTHER])

        result = _SIGN.sub(sign, text)
        self._before = text[-1]
        return result

    def _sign(self, sign: str, before: str, after: str) -> str:
        if sign in _DASHES:
            return sign if sign == "--" and after[:1].isalnum() and (not before or before.isspace()) else _DASHES[sign]
        is_start = not before or before.isspace() or before in _OPENS_AFTER or (before in "\"'" and self._opened)
        self._opened = is_start and bool(after) and not after[0].isspace() and not (sign == "'" and _DECADE.match(after))
        opening, closing = self._outer if sign == '"' else self._inner
        if self._opened:
            self._open[sign] += 1
            return opening
        if self._open[sign] and not (sign == "'" and after[:1].isalnum()):
            self._open[sign] -= 1
            return closing
        # What closes nothing is an apostrophe, or a sign of feet or inches.
        return "’" if sign == "'" and not (before.isdigit() and not after[:1].isalnum()) else sign if before.isdigit() else closing

"""Stylesheets as text: minified, what they import first, and the addresses in them, which are found and replaced."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import lightningcss

from sitegen.errors import SitegenError

_FAULT = re.compile(r"(?:[^:]*failed: )?(?P<what>.*) at [^:]*:(?P<line>\d+):(?P<column>\d+)\Z", re.DOTALL)


def minify_css(text: str) -> str:
    """`text` without what a browser does not need. No browser list: nothing is rewritten for old ones.

    Raises:
        SitegenError: `text` is not CSS; it names line and column, and the caller knows the path.
    """
    try:
        return lightningcss.process_stylesheet(text)
    except ValueError as error:
        raise _not_css(str(error), text) from error


def _not_css(message: str, text: str) -> SitegenError:
    """lightningcss counts lines from 0 and columns from 1."""
    match = _FAULT.match(message)
    what, line, column = (match["what"], int(match["line"]) + 1, int(match["column"])) if match else (message, 0, 0)
    excerpt = text.split("\n")[line - 1] if 0 < line <= text.count("\n") + 1 else ""
    return SitegenError(
        f"is not valid CSS: {what[:1].lower()}{' '.join(what[1:].split())}",
        line=line,
        column=column,
        excerpt=excerpt,
        hint="mend the rule there, or the one before it; a browser would skip it without a word",
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a stylesheet: as it reads, and where it stands, quotes included."""

    target: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""
      /\*.*?(?:\*/|\Z)
    | (?<![\w-])url\(\s*(?P<bare>(?:\\.|[^\s"'()\\])+)\s*\)
    | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?<![\w-])(?P<open>[\w-]*)\(
    | (?P<close>\))
    | (?P<word>@import\b)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_TAKES_ADDRESSES = frozenset({"url", "src", "image-set", "-webkit-image-set"})


def references(css: str) -> Iterator[Reference]:
    """The addresses in `css`, in order: ``url()``, ``src()``, the strings of ``image-set()`` and of ``@import``.

    Tokens after CSS Syntax Level 3, section 4.3; what stands in comments and other strings is none.
    """
    inside: list[str] = []
    word = ""
    for token in _TOKEN.finditer(css):
        if token.lastgroup is None:
            continue
        if token["open"] is not None:
            inside.append(token["open"].lower())
        elif token["close"] and inside:
            inside.pop()
        elif token["bare"]:
            yield Reference(_unescape(token["bare"]), *token.span("bare"))
        elif token["string"] and (word or (inside and inside[-1] in _TAKES_ADDRESSES)):
            yield Reference(_unescape(token["string"][1:-1]), *token.span("string"))
        word = token["word"] or ""


_ESCAPE = re.compile(r"\\(?:(?P<code>[0-9a-fA-F]{1,6})\s?|\n|(?P<character>.))", re.DOTALL)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(int(match["code"], 16)) if match["code"] else match["character"] or "", text)


def _character(code: int) -> str:
    return "\ufffd" if code == 0 or 0xD800 <= code <= 0xDFFF or code > sys.maxunicode else chr(code)


def split_address(address: str) -> tuple[str, str]:
    """The path of an address and its query and fragment; no path where it is absolute, a scheme's, or of this very page."""
    path, tail = re.match(r"([^?#]*)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    is_foreign = path.startswith("/") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", path)
    return ("", "") if is_foreign else (path, tail)


def rewrite(css: str, fresh: Mapping[str, str]) -> str:
    """`css` with each address replaced by what `fresh` has for it."""
    pieces, end = [], 0
    for found in references(css):
        target = fresh.get(found.target, found.target)
        if target != found.target:
            quotes = css[found.start] if css[found.start] in "\"'" else ""
            pieces += [css[end : found.start], quotes, target, quotes]
            end = found.end
    return "".join([*pieces, css[end:]])


def is_part(name: str) -> bool:
    """Whether the stylesheet of that name is published in others alone."""
    return posixpath.basename(name).startswith("_") and name.endswith(".css")


# Imports without conditions, which stand before all else. A comment before the first of them goes with it.
_IMPORT = re.compile(r"""(?:\s|/\*(?:[^*]|\*(?!/))*\*/)*@import\s+(?P<name>"[^"\n]*"|'[^'\n]*')\s*;""")


def imported(text: str) -> tuple[list[Reference], str]:
    """The parts that a stylesheet begins with, and what follows them, on the lines that it has in `text`."""
    parts: list[Reference] = []
    end = 0
    while (found := _IMPORT.match(text, end)) and is_part(split_address(found["name"][1:-1])[0]):
        parts.append(Reference(found["name"][1:-1], *found.span("name")))
        end = found.end()
    return parts, "\n" * text.count("\n", 0, end) + text[end:] if end else text

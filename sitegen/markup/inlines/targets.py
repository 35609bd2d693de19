"""Where links lead: labels, destinations, titles, and the characters that entities and backslashes stand for.

As in https://spec.commonmark.org/0.31.2/#links.
"""

from __future__ import annotations

import re
from collections import UserDict
from collections.abc import Callable
from html.entities import html5
from string import punctuation
from typing import Any

_ESCAPE = re.compile(rf"\\([{re.escape(punctuation)}])")
# All that the serialiser takes for an entity.
_NAMED = r"&(?:[a-zA-Z0-9]+|#[0-9]+|#[xX][0-9a-fA-F]+);"
ENTITY = re.compile(_NAMED)
_ESCAPE_OR_ENTITY = re.compile(f"{_ESCAPE.pattern}|{_NAMED}")
_SPACES = re.compile(r"[ \t\n]*+")
# Most targets are this simple.
_PLAIN = re.compile(r"\([ \t\n]*+([^()<\\&\x00-\x20\x7f]*+)[ \t\n]*+\)")
_ANGLE = re.compile(r"<((?>(?:[^<>\n\\]|\\.)*))>")
_BARE = re.compile(r"(?>(?:\{\{[^\n{}]*\}\}|\{%[^\n%]*%\}|[^()\\\x00-\x20\x7f]|\\[!-/:-@\[-`{-~]|\\)*)")
_TITLE = re.compile(r'"((?>(?:[^"\\]|\\.)*))"' + r"|'((?>(?:[^'\\]|\\.)*))'" + r"|\(((?>(?:[^()\\]|\\.)*))\)", re.DOTALL)
_LABEL = re.compile(r"\[((?>(?:[^\[\]\\]|\\.)*))\]", re.DOTALL)
LABEL_LENGTH = 999
_DEEPEST = 32
# What no address may hold as it is, but for the brackets of a host, and what a template language would have filled in.
# Letters beyond ASCII may stay, and are easier to read.
_UNSAFE = re.compile(r'\{\{[^\n{}]*\}\}|\{%[^\n%]*%\}|[][ "<>\\^`{|}]')
_NUMERIC_HOST = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*+://\[[0-9a-fA-F:.]++\]")
Target = tuple[str, str | None, int]


class References(UserDict[str, Any]):
    """The definitions of links, found by their labels; of two with the same label the first counts."""

    def __setitem__(self, label: str, target: Any) -> None:
        if label.strip():
            self.data.setdefault(normal(label), target)

    def __getitem__(self, label: str) -> Any:
        return self.data[normal(label)]

    def __contains__(self, label: object) -> bool:
        return isinstance(label, str) and normal(label) in self.data


def normal(label: str) -> str:
    """What two labels have in common that name the same link."""
    return " ".join(label.split()).casefold()


def label(text: str, at: int) -> tuple[str, int] | None:
    """The label in brackets that begins at `at`, and where it ends."""
    found = _LABEL.match(text, at)
    return (found[1], found.end()) if found and len(found[1]) <= LABEL_LENGTH else None


def target(text: str, at: int, restored: Callable[[str], str] = str) -> Target | None:
    """The address, the title and the end of ``(address "title")`` at `at`.

    `restored` gives the source of what stands for something else in the text.
    """
    plain = _PLAIN.match(text, at)
    if plain:
        return address(restored(plain[1])), None, plain.end()
    found = destination(text, _SPACES.match(text, at + 1).end())  # type: ignore[union-attr]
    if found is None:
        return None
    written, end = found
    after = _SPACES.match(text, end).end()  # type: ignore[union-attr]
    titled = _TITLE.match(text, after) if after > end else None
    if titled:
        after = _SPACES.match(text, titled.end()).end()  # type: ignore[union-attr]
    if not text.startswith(")", after):
        return None
    title = decoded(restored(titled[titled.lastindex or 0])) if titled else None
    return address(restored(written)), title, after + 1


def destination(text: str, at: int) -> tuple[str, int] | None:
    """A link's destination as it is written at `at`, and where it ends; brackets in it come in pairs."""
    if text.startswith("<", at):
        angled = _ANGLE.match(text, at)
        return (angled[1], angled.end()) if angled else None
    end, depth = at, 0
    while depth <= _DEEPEST:
        end = _BARE.match(text, end).end()  # type: ignore[union-attr]
        following = text[end : end + 1]
        if following == "(":
            depth += 1
        elif following == ")" and depth:
            depth -= 1
        else:
            return (text[at:end], end) if not depth else None
        end += 1
    return None


def address(written: str) -> str:
    """A destination as an attribute: decoded, and without what no address may hold."""
    plain = decoded(written) if "\\" in written or "&" in written else written
    return encoded(plain)


def encoded(address: str) -> str:
    """`address` with what no address may hold as it is in percent."""
    if _UNSAFE.search(address) is None:
        return address
    host = _NUMERIC_HOST.match(address)
    start = host.end() if host else 0
    return address[:start] + _UNSAFE.sub(lambda found: found[0] if found[0][1:] else f"%{ord(found[0]):02X}", address[start:])


def decoded(written: str) -> str:
    """`written` with the characters that its escapes and entities stand for, for the serialiser."""
    return protected(unescaped(written))


def unescaped(written: str) -> str:
    """`written` with the characters that its escapes and entities stand for, as plain text."""
    return _ESCAPE_OR_ENTITY.sub(lambda found: found[1] or character(found[0]), written)


def protected(text: str) -> str:
    """`text` with no ampersand that the serialiser would take for the beginning of an entity."""
    return ENTITY.sub(lambda found: "&amp;" + found[0][1:], text) if "&" in text else text


def character(entity: str) -> str:
    """What an entity stands for; itself where there is none of that name or so long a number."""
    if entity[1] != "#":
        return html5.get(entity[1:], entity)
    digits, base, most = (entity[3:-1], 16, 6) if entity[2] in "xX" else (entity[2:-1], 10, 7)
    if len(digits) > most:
        return entity
    code = int(digits, base)
    return chr(code) if _is_character(code) else "\ufffd"


def _is_character(code: int) -> bool:
    """Whether a number is a character that a text may hold: no control, no surrogate."""
    if code < 0xA0:
        return code in {9, 10, 13} or 0x20 <= code < 0x7F
    return code < 0xD800 or 0xE000 <= code < 0xFDD0 or (0xFDF0 <= code <= 0x10FFFF and code & 0xFFFE != 0xFFFE)

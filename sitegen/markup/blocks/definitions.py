"""Definitions of links and of abbreviations, at the start of a paragraph."""

from __future__ import annotations

import re
from html import unescape

from sitegen.markup.blocks.document import Document

# https://spec.commonmark.org/0.31.2/#link-reference-definitions
_SPACE = r"[ \t]*+(?:\n[ \t]*+)?"
_TARGET = rf"""\[(?P<label>(?=[^\]]*[^\]\s])(?:\\.|[^\\\[\]]){{1,999}})\]:{_SPACE}
    (?:<(?P<angle>(?:\\.|[^\\<>\n])*)>|(?P<bare>[^\s<\x00-\x1f][^\s\x00-\x1f]*+))"""
_TITLE = r"""(?:[ \t]++(?:\n[ \t]*+)?|\n[ \t]*+)(?P<title>"(?:\\.|[^\\"])*"|'(?:\\.|[^\\'])*'|\((?:\\.|[^\\()])*\))"""
_END = r"[ \t]*+(?:\n|\Z)"
# What looks like a title in the next line, and has something behind it, belongs to no definition.
_LINK = re.compile(rf"{_TARGET}(?:{_TITLE}{_END}|{_END})", re.VERBOSE | re.DOTALL)
_ABBREVIATION = re.compile(r"^\*\[([^\]\\\n]*)\][ ]?:[ ]*\n?[ ]*(.*)(?:\n|\Z)", re.MULTILINE)
_ESCAPED = re.compile(r"""\\([!-/:-@\[-`{-~])""")


def take_definitions(text: str, document: Document) -> str:
    """What is left of a paragraph's text without the definitions in it. Those of links stand at its start, and the first one counts."""
    if "*[" in text:
        for found in _ABBREVIATION.finditer(text):
            _abbreviate(found[1].strip(), found[2].strip(), document)
        text = _ABBREVIATION.sub("", text).strip()
    at = 0
    while text.startswith("[", at):
        link = _LINK.match(text, at)
        if link is None or not is_balanced(link["bare"] or ""):
            break
        target = link["angle"] if link["bare"] is None else link["bare"]
        document.links.setdefault(label_of(link["label"]), (plain(target), plain((link["title"] or "")[1:-1])))
        at = link.end()
    return text[at:]


def label_of(label: str) -> str:
    """What two labels that mean the same link have in common."""
    return " ".join(label.split()).lower()


def plain(text: str) -> str:
    """`text` without its backslashes and entities."""
    if "\\" not in text:
        return unescape(text) if "&" in text else text
    pieces = _ESCAPED.split(text)
    pieces[::2] = map(unescape, pieces[::2])
    return "".join(pieces)


def is_balanced(target: str) -> bool:
    """Whether every bracket of a bare address has its other half, as CommonMark wants it."""
    depth = 0
    for sign in re.findall(r"\\.|[()]", target):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _abbreviate(name: str, title: str, document: Document) -> None:
    """An empty title in quotation marks takes an abbreviation back, as in Python-Markdown."""
    if title in {"''", '""'}:
        document.abbreviations.pop(name, None)
    elif name and title:
        document.abbreviations[name] = title

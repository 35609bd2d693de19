"""Definitions of links and of abbreviations, which stand in paragraphs."""

from __future__ import annotations

import re

from sitegen.markup.blocks.document import Document
from sitegen.markup.inlines.targets import address, decoded, destination, label

# https://spec.commonmark.org/0.31.2/#link-reference-definitions
_SPACE = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
_QUOTED = r"""(?:"((?>(?:[^"\\]|\\.)*))"|'((?>(?:[^'\\]|\\.)*))'|\(((?>(?:[^()\\]|\\.)*))\))"""
_TITLE = re.compile(rf"(?:[ \t]++(?:\n[ \t]*+)?|\n[ \t]*+){_QUOTED}[ \t]*+(?:\n|\Z)", re.DOTALL)
_END = re.compile(r"[ \t]*+(?:\n|\Z)")
_ABBREVIATION = re.compile(r"^\*\[([^\]\\\n]*)\][ ]?:[ ]*\n?[ ]*(.*)(?:\n|\Z)", re.MULTILINE)


def take_definitions(text: str, document: Document) -> str:
    """What is left of a paragraph's text without the definitions in it. Those of links stand at its start, and the first one counts."""
    if "*[" in text:
        for found in _ABBREVIATION.finditer(text):
            _abbreviate(found[1].strip(), found[2].strip(), document)
        text = _ABBREVIATION.sub("", text).strip()
    at = 0
    while text.startswith("[", at):
        end = _take_link(text, at, document)
        if not end:
            break
        at = end
    return text[at:]


def _take_link(text: str, at: int, document: Document) -> int:
    """Where the definition ends that begins at `at`; 0 where none does."""
    named = label(text, at)
    if named is None or not named[0].strip() or not text.startswith(":", named[1]):
        return 0
    start = _SPACE.match(text, named[1] + 1).end()  # type: ignore[union-attr]
    target = destination(text, start)
    if target is None or target[1] == start:
        return 0
    # What looks like a title in the next line, and has something behind it, belongs to no definition.
    titled = _TITLE.match(text, target[1])
    end = titled or _END.match(text, target[1])
    if end is None:
        return 0
    title = decoded(titled[titled.lastindex or 0]) if titled else None
    document.links[named[0]] = (address(target[0]), title)
    return end.end()


def _abbreviate(name: str, title: str, document: Document) -> None:
    """An empty title in quotation marks takes an abbreviation back, as in Python-Markdown."""
    if title in {"''", '""'}:
        document.abbreviations.pop(name, None)
    elif name and title:
        document.abbreviations[name] = title

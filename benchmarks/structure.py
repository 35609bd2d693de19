"""What a reader sees of a page's structure: which blocks there are and what they say, whatever markup says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# These are told by all their text, so that what stands in them counts once and markup within it by its own entry.
_WORDED = _HEADINGS | {"p", "pre", "th", "td", "em", "strong", "code", "del"}
_NESTING = frozenset({"ul", "ol", "blockquote"})
_TOLD = _WORDED | _NESTING | {"li", "table", "tr", "hr", "img", "a"}
_SAME = {"s": "del", "strike": "del", "b": "strong", "i": "em"}
_CELLS = frozenset({"li", "td", "th", "dd"})
_SAME_TEXT = str.maketrans("“”‘’", "\"\"''", "\ufe0f")

Entry = tuple[int, str, str]


def shape(html: str) -> tuple[Entry, ...]:
    """Depth of lists and quotes, tag, and text or address of every element a reader can tell, in the order of the document.

    Text that stands in no paragraph has the tag ``#``. White space, ids, classes, the kind of quotation marks and the links
    to a heading that the heading itself holds do not count; a paragraph that is all of a list item or a cell is that item's text.
    """
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return tuple(_inside(root, 0, worded=False))


def _inside(element: Any, depth: int, *, worded: bool) -> Iterator[Entry]:
    if not worded:
        yield from _loose(element.text, depth)
    for child in element:
        if isinstance(child.tag, str) and not _is_permalink(child):
            yield from _of(child, element.tag, depth, worded=worded)
        if not worded:
            yield from _loose(child.tail, depth)


def _of(element: Any, parent: str, depth: int, *, worded: bool) -> Iterator[Entry]:
    tag = _SAME.get(element.tag, element.tag)
    if tag == "figcaption":
        return  # the title of a picture, which is not told
    if tag == "figure" and element.find("figcaption") is not None:
        tag = "p"
    told = tag in _TOLD and not (tag == "p" and parent in _CELLS) and not (tag == "code" and parent == "pre")
    if told:
        yield depth, tag, _plain(_words(element, tag))
    yield from _inside(element, depth + (tag in _NESTING), worded=worded or (told and tag in _WORDED))


def _words(element: Any, tag: str) -> str:
    if tag == "a":
        return str(element.get("href") or "")
    if tag == "img":
        return f"{element.get('src')} {element.get('alt') or ''}"
    return "".join(element.itertext()) if tag in _WORDED else ""


def _is_permalink(element: Any) -> bool:
    return element.tag == "a" and str(element.get("class") or "").startswith(("headerlink", "toc"))


def _loose(text: str | None, depth: int) -> Iterator[Entry]:
    if text and not text.isspace():
        yield depth, "#", _plain(text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_SAME_TEXT)).strip()

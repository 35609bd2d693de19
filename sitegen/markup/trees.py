"""What the extensions need of Python-Markdown's trees."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX

_ESCAPED = re.compile(f"{STX}([0-9]+){ETX}")
_TAG = re.compile(r"<[^>]*>")


def attribute(text: str) -> str:
    """Plain text as an attribute's value: the serialiser escapes all but an ampersand that looks like an entity."""
    return text.replace("&", "&amp;")


def text_of(element: Element, md: Markdown) -> str:
    """The plain text of an element after inline parsing, footnote marks left out."""
    text = "".join(_pieces(element)).replace(AMP_SUBSTITUTE, "&")
    text = HTML_PLACEHOLDER_RE.sub(lambda match: _stashed(md, int(match[1])), text)
    return " ".join(unescape(unescaped(text)).split())


def unescaped(text: str) -> str:
    """`text` with the characters that stood behind a backslash; Python-Markdown puts them back last of all."""
    return _ESCAPED.sub(lambda match: chr(int(match[1])), text)


def _pieces(element: Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        if not (child.tag == "sup" and child.get("id", "").startswith("fnref")):
            pieces += _pieces(child)
        pieces.append(child.tail or "")
    return pieces


def _stashed(md: Markdown, number: int) -> str:
    """What a piece of raw HTML shows: its text without its tags."""
    blocks = md.htmlStash.rawHtmlBlocks
    return _TAG.sub("", str(blocks[number])) if number < len(blocks) else ""

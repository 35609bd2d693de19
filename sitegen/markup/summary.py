"""The summary of a page, cut out of its rendered body: no second run of the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from sitegen.markup.markers import MARK
from sitegen.markup.text import TAG, count_words, first_words, plain

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_NOT_PROSE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre", "figure", "table", "hr", "style", "script"})
_MARKS = re.compile(
    r"""<sup\b[^>]*\bid="fnref.*?</sup>|<a\b[^>]*\bclass="headerlink"[^>]*></a>|<input\b[^>]*\btype="radio"[^>]*>|<a\b[^>]*\bname="[^>]*></a>""",
    re.DOTALL,
)
_ID = re.compile(r"""(<[a-zA-Z][^<>]*?)\s+id=(?:"[^"]*"|'[^']*'|[^\s"'<>]+)""")
_LABEL = re.compile(r'<label for="__tabbed[^>]*>(.*?)</label>', re.DOTALL)
_TABS = re.compile(r'<div class="tabbed-set[^>]*>')
_OPEN_AT_END = re.compile(r"(?:<(?:p|li|ul|ol|dd)>\s*)+\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """A child of the body: ``html[start:end]``, and ``html[inner:]`` is what follows its start tag."""

    tag: str
    start: int
    inner: int
    end: int
    attributes: str


def blocks(html: str) -> Iterator[Block]:
    """The elements of `html` that are in no other; an end tag closes what was left open within."""
    opened: list[re.Match[str]] = []
    for match in TAG.finditer(html):
        name = match[2].lower()
        if not match[1]:
            if name not in _VOID:
                opened.append(match)
            elif not opened:
                yield Block(name, match.start(), match.end(), match.end(), match[3])
        elif any(start[2].lower() == name for start in opened):
            start = opened.pop()
            while start[2].lower() != name:
                start = opened.pop()
            if not opened:
                yield Block(name, start.start(), start.end(), match.end(), start[3])


def summarise(html: str, *, words: int) -> str:
    """The summary of a body that may hold `MARK`: up to it, else the first paragraph, else the first words.

    Without ids, footnote marks and heading links, which a page that lists many summaries could hold twice.
    """
    before = _before_mark(html)
    if before:
        return before
    html = html.replace(MARK, "")
    paragraph = _first_paragraph(html)
    text = plain(paragraph)
    if text and count_words(text) <= 2 * words:
        return paragraph
    text = first_words(text or _prose(html, words=words), words)
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


def _before_mark(html: str) -> str:
    """What stands above the first mark that is not in a tag, closed correctly; empty where that shows no text."""
    at = html.find(MARK)
    if at < 0:
        return ""
    opened: list[str] = []
    for match in TAG.finditer(html):
        if match.start() > at:
            break
        if match.end() > at:
            at = html.find(MARK, match.end())
            if at < 0:
                return ""
        name = match[2].lower()
        if not match[1]:
            opened += [name] if name not in _VOID else []
        elif opened and opened[-1] == name:
            opened.pop()
    cut = html[:at].rstrip()
    while bare := _OPEN_AT_END.search(cut):
        del opened[len(opened) - bare[0].count("<") :]
        cut = cut[: bare.start()].rstrip()
    cut = _without_furniture(cut + "".join(f"</{name}>" for name in reversed(opened)))
    return cut if plain(cut) else ""


def _first_paragraph(html: str) -> str:
    """The first paragraph with text that is a child of the body."""
    for block in blocks(html):
        if block.tag == "p":
            paragraph = unmarked(html[block.start : block.end])
            if plain(paragraph):
                return paragraph
    return ""


def _prose(html: str, *, words: int) -> str:
    """Enough of the body's text for that many words, without headings, code and tables."""
    text: list[str] = []
    count = 0
    html = _without_furniture(html)
    for block in blocks(html):
        if block.tag not in _NOT_PROSE and 'class="highlight' not in block.attributes and 'class="table"' not in block.attributes:
            text.append(plain(html[block.start : block.end]))
            count += count_words(text[-1])
        if count > words:
            break
    return " ".join(filter(None, text))


def _without_furniture(html: str) -> str:
    """`html` without contents lists and footnotes among its blocks, and without marks."""
    for block in reversed(list(blocks(html))):
        if re.search(r'class="(?:toc|footnotes)"', block.attributes):
            html = html[: block.start] + html[block.end :]
    return unmarked(html).strip()


def unmarked(html: str) -> str:
    """`html` without ids, footnote marks and heading links; tabs show all they hold."""
    html = _MARKS.sub("", html)
    if "tabbed-set" in html:
        html = _TABS.sub('<div class="tabbed-plain">', _LABEL.sub(r"<span>\1</span>", html))
    return _ID.sub(r"\1", html)

"""The part of a finished page that readers search: what its template marks, without the frame that all pages share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

MARK = "data-pagefind-body"
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_START = re.compile(rf"<(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?>(?:\s+[^\s\"'<>/=]+(?>(?:\s*=\s*{_VALUE})?))*))\s*/?>")
_NAMES = re.compile(rf"\s([^\s\"'<>/=]+)(?>(?:\s*=\s*{_VALUE})?)")
_LANG = re.compile(r"<html(?=[\s>])[^>]*?\slang=[\"']?([\w-]+)", re.IGNORECASE)
_H1 = re.compile(r"<h1[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """What the search knows of a page besides its text: what results show, and what readers narrow them down by."""

    title: str
    collection: str
    tags: tuple[str, ...] = ()
    date: str = ""
    crumbs: tuple[str, ...] = ()


def text_of(html: str) -> str:
    """The elements of a page that are marked as its text, else its ``main``, as they stand there; empty where it has neither."""
    marked = "".join(_marked(html))
    return marked or next((html[match.start() : _end(html, match)] for match in _START.finditer(html) if match["name"] == "main"), "")


def _marked(html: str) -> Iterator[str]:
    """Each marked element that lies in no other one."""
    at = html.find(MARK)
    while at >= 0:
        start = _START.match(html, html.rfind("<", 0, at))
        if start is not None and MARK in _NAMES.findall(start["attributes"]):
            end = _end(html, start)
            yield html[start.start() : end]
            at = html.find(MARK, end)
        else:
            at = html.find(MARK, at + 1)


def _end(html: str, start: re.Match[str]) -> int:
    """Where the element ends whose start tag is `start`; the end of the page where it is not closed."""
    depth = 1
    for tag in _tags(start["name"]).finditer(html, start.end()):
        depth += 0 if tag[1] is None else -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(html)


@cache
def _tags(name: str) -> re.Pattern[str]:
    """The tags of one element. Comments, elements of text alone and values of other tags match too, with no group, to be passed over."""
    rest = r"(?>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>"
    only_text = "(?:script|style|textarea|title)"
    passed = rf"<!--.*?-->|<{only_text}[\s>].*?</{only_text}\s*>|<(?!/?{name}[\s/>])[a-z][^<>]*[\"']{rest}"
    return re.compile(rf"{passed}|<(/?){name}(?=[\s/>]){rest}", re.IGNORECASE | re.DOTALL)


def reduced(html: str, hit: Hit) -> str:
    """A page that holds what is searched of the page `html`, and nothing else."""
    text = text_of(html)
    lang = _LANG.search(html)
    facts = [f'<p data-pagefind-filter="{name}">{escape(value)}</p>' for name, value in _filters(hit)]
    facts += [f'<p data-pagefind-meta="date">{hit.date}</p>'] if hit.date else []
    facts += [f'<p data-pagefind-meta="crumbs">{escape(" / ".join(hit.crumbs))}</p>'] if hit.crumbs else []
    heading = "" if _H1.search(text) else f"<h1>{escape(hit.title)}</h1>"
    start = f'<!doctype html><html lang="{lang[1]}">' if lang else "<!doctype html><html>"
    return f"{start}<meta charset=utf-8><body><main {MARK}>{heading}{text}</main>{''.join(facts)}</body></html>"


def _filters(hit: Hit) -> Iterator[tuple[str, str]]:
    yield "collection", hit.collection
    yield from (("tag", tag) for tag in hit.tags)

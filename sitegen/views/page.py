"""A template rendered in a language, with a stylesheet made of what is on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from flask import current_app, g, render_template

from sitegen.markup import Labels
from sitegen.pages import labels_of
from sitegen.site import current_site

# Kinds of boxes with a hue that others do not have.
_HUES = ("tip", "success", "warning", "caution", "question", "danger", "failure", "bug", "important", "example", "quote", "abstract")
# The parts of the stylesheet that a page is given, in their order, each with the signs that ask for it; one without any is on all pages.
# An author's text has no such sign unescaped.
_PARTS = {
    "ground": (),
    "posts": (
        'class="tags"',
        'class="lines"',
        'class="author"',
        'class="byline"',
        'class="pin"',
        'class="version"',
        'class="feeds"',
    ),
    "drawers": ('class="tree drawer"', 'class="contents drawer"'),
    "reading": ('class="prose',),
    "code": ("<pre",),
    "menus": ('class="submenu',),
    "long": ('class="top"',),
    "lists": (
        'class="card',
        'class="features"',
        'class="releases"',
        'class="doors',
        'class="parts"',
        'class="terms',
        'class="pagination"',
        'class="years"',
    ),
    "home": ('class="home"',),
    "missing": ('class="text missing"',),
    "notes": ('class="admonition', 'class="change ', *(f'<details class="{kind}' for kind in _HUES)),
    "blocks": ('class="example"', "<ins", "<del", 'class="line-link"'),
    "tabs": ('class="tabbed-set',),
    "embeds": ('class="embed"', 'class="comments"'),
    "math": ("<math ",),
    "strikes": ("<menclose",),
    "diagrams": ('class="diagram',),
    "search": ('<form class="search"',),
    "unlock": ('class="unlock"',),
}

PARTS = tuple(_PARTS)


def _signs(start: str) -> re.Pattern[str]:
    """The signs that begin with `start`, in a group for each part. To look for them one by one takes three times as long."""
    parts = {name: [re.escape(sign.removeprefix(start)) for sign in signs if sign.startswith(start)] for name, signs in _PARTS.items()}
    groups = (f"(?P<{name}>{'|'.join(each)})" for name, each in parts.items() if each)
    return re.compile(f"{start}(?:{'|'.join(groups)})")


_SIGNS = (_signs('class="'), _signs("<"))
_MERMAID = '"diagram diagram-mermaid"'
# Where a head wants the stylesheet.
_MARK, _END = "<!-- stylesheet -->", "</head>"


def render(template: str, *, lang: str, **context: Any) -> str:
    """The finished HTML of `template`, its strings and dates in `lang`."""
    site = current_site()
    site.template(template)
    g.lang = lang
    html = render_template(template, lang=lang, **context)
    mermaid = site.settings.markdown.mermaid
    if _MERMAID in html and mermaid:
        html = html.replace(_END, "".join((*_mermaid(mermaid, labels_of(site.words.of(lang))), _END)), 1)
    if _MARK in html:
        html = html.replace(_MARK, f'<link rel="stylesheet" href="{site.sheet(_parts_for(html))}">', 1)
    return html


def whole_sheet() -> str:
    """The address of the stylesheet that has every part: for what is shown on a page that did not say what it would show."""
    return current_site().sheet(" ".join(PARTS))


def _parts_for(html: str) -> str:
    """The names of the parts that a page asks for, in their order."""
    found = {match.lastgroup for signs in _SIGNS for match in signs.finditer(html)}
    return " ".join(name for name, signs in _PARTS.items() if not signs or name in found)


def _mermaid(name: str, labels: Labels) -> Iterator[str]:
    """The site's own Mermaid, and what lets it draw; both wait until the page is read."""
    words = f'data-name="{escape(labels.diagram.format("Mermaid"))}" data-source="{escape(labels.diagram_details)}"'
    yield f'<script src="{_static("mermaid.js")}" {words} defer></script>\n'
    yield f'<script src="{_static(name)}" integrity="{current_site().integrity(name)}" defer></script>\n'


def _static(name: str) -> str:
    """The address of a static file, as templates get it."""
    url_for: Callable[..., str] = current_app.jinja_env.globals["url_for"]  # type: ignore[assignment]
    return url_for("static", filename=name)

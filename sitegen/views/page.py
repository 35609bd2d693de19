"""A template rendered in a language, with the stylesheets that what is on the page asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from flask import current_app, g, render_template

from sitegen.markup import Labels
from sitegen.pages import labels_of
from sitegen.site import current_site

# What tells that a page is, or holds, a list or a running text; an author's text has no such sign unescaped.
_LIST = (
    'class="card',
    'class="releases"',
    'class="doors',
    'class="parts"',
    'class="terms',
    'class="pagination"',
    'class="years"',
    'class="home"',
)
_TEXT = ('class="prose', 'class="home"', 'class="tree drawer"', 'class="contents drawer"')
# Stylesheets that few pages need, in the order in which they are linked, and what asks for them.
_BLOCKS = ('class="example"', 'class="tabbed-set', 'class="embed"', "<ins", "<del", 'class="comments"', 'class="line-link"')
_EXTRAS = {"blocks.css": _BLOCKS, "math.css": ("<math ",), "diagrams.css": ('class="diagram',), "search.css": ('<form class="search"',)}
_MERMAID = '"diagram diagram-mermaid"'
# Where the theme's head wants them; a head without the mark gets them at its end.
_MARK, _END = "<!-- stylesheets -->", "</head>"


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
        return html.replace(_MARK, "\n".join(map(_link, (_main(html), *_extras(html)))), 1)
    tags = "".join(f"{_link(sheet)}\n" for sheet in _extras(html))
    return html.replace(_END, tags + _END, 1) if tags else html


def _main(html: str) -> str:
    """The one stylesheet that every page has."""
    has_list, has_text = (any(sign in html for sign in signs) for signs in (_LIST, _TEXT))
    return ("all.css" if has_text else "list.css") if has_list else "text.css"


def _extras(html: str) -> list[str]:
    return [sheet for sheet, signs in _EXTRAS.items() if any(sign in html for sign in signs)]


def _link(sheet: str) -> str:
    return f'<link rel="stylesheet" href="{_static(sheet)}">'


def _mermaid(name: str, labels: Labels) -> Iterator[str]:
    """The site's own Mermaid, and what lets it draw; both wait until the page is read."""
    words = f'data-name="{escape(labels.diagram.format("Mermaid"))}" data-source="{escape(labels.diagram_details)}"'
    yield f'<script src="{_static("mermaid.js")}" {words} defer></script>\n'
    yield f'<script src="{_static(name)}" integrity="{current_site().integrity(name)}" defer></script>\n'


def _static(name: str) -> str:
    """The address of a static file, as templates get it."""
    url_for: Callable[..., str] = current_app.jinja_env.globals["url_for"]  # type: ignore[assignment]
    return url_for("static", filename=name)

"""A template rendered in a language, with the stylesheets that what is on the page asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from flask import current_app, g, render_template

from sitegen.markup import Labels
from sitegen.site import current_site

# What tells that a page needs a stylesheet that few pages need; text of an author's has no such sign unescaped.
_BLOCKS = ('class="example"', 'class="tabbed-set', 'class="embed"', "<ins", "<del")
_SHEETS = {"blocks.css": _BLOCKS, "math.css": ("<math ",), "diagrams.css": ('class="diagram',)}
_MERMAID = '"diagram diagram-mermaid"'


def render(template: str, *, lang: str, **context: Any) -> str:
    """The finished HTML of `template`, its strings and dates in `lang`."""
    site = current_site()
    site.template(template)
    g.lang = lang
    html = render_template(template, lang=lang, **context)
    tags = [f'<link rel="stylesheet" href="{_static(sheet)}">\n' for sheet, signs in _SHEETS.items() if any(sign in html for sign in signs)]
    if _MERMAID in html and site.settings.markdown.mermaid:
        tags += _mermaid(site.settings.markdown.mermaid)
    return html.replace("</head>", "".join((*tags, "</head>")), 1) if tags else html


def _mermaid(name: str) -> Iterator[str]:
    """The site's own Mermaid, and what lets it draw; both wait until the page is read."""
    labels = Labels()
    words = f'data-name="{escape(labels.diagram.format("Mermaid"))}" data-source="{escape(labels.diagram_details)}"'
    yield f'<script src="{_static(name)}" defer></script>\n'
    yield f'<script src="{_static("mermaid.js")}" {words} defer></script>\n'


def _static(name: str) -> str:
    """The address of a static file, as templates get it."""
    url_for: Callable[..., str] = current_app.jinja_env.globals["url_for"]  # type: ignore[assignment]
    return url_for("static", filename=name)

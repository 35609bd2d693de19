"""A template rendered in a language, with the stylesheets that what is on the page asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, g, render_template

from sitegen.site import current_site

# What tells that a page needs a stylesheet that few pages need; text of an author's has no such sign unescaped.
_SHEETS = {"<math ": "math.css"}


def render(template: str, *, lang: str, **context: Any) -> str:
    """The finished HTML of `template`, its strings and dates in `lang`."""
    current_site().template(template)
    g.lang = lang
    html = render_template(template, lang=lang, **context)
    for sign, sheet in _SHEETS.items():
        if sign in html:
            link = f'<link rel="stylesheet" href="{_static(sheet)}">\n'
            html = html.replace("</head>", f"{link}</head>", 1)
    return html


def _static(name: str) -> str:
    """The address of a static file, as templates get it."""
    url_for: Callable[..., str] = current_app.jinja_env.globals["url_for"]  # type: ignore[assignment]
    return url_for("static", filename=name)

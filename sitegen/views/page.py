"""A template rendered in a language."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from sitegen.site import current_site


def render(template: str, *, lang: str, **context: Any) -> str:
    """The finished HTML of `template`, its strings and dates in `lang`."""
    current_site().template(template)
    g.lang = lang
    return render_template(template, lang=lang, **context)

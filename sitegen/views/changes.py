"""The kinds of change in release notes: headings such as "Fixed" are marked with what they say, whatever their language."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

from sitegen.site.changes import kind_of

_HEADING = re.compile(r"<h(?P<level>[2-4])(?P<id> id=\"[^\"]*\")?>(?P<inner>.*?)</h(?P=level)>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*\bclass=\"headerlink\".*", re.DOTALL)


def marked(body: Markup) -> Markup:
    """`body` with classes on those of its headings that name a kind of change: ``class="change added"``."""
    return Markup(_HEADING.sub(_mark, body))  # noqa: S704  a body is finished HTML, and only words of ours are put into it


def _mark(heading: re.Match[str]) -> str:
    text = unescape(re.sub(r"<[^>]*>", "", _LINK.sub("", heading["inner"])))
    kind = kind_of(text)
    level, own = heading["level"], heading["id"] or ""
    return f'<h{level}{own} class="change {kind}">{heading["inner"]}</h{level}>' if kind else heading[0]

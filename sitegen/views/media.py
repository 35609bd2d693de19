"""Pictures and downloads beside pages. The freeze copies them; this sends them while the site is being written."""

from __future__ import annotations

from flask import Response, send_from_directory

from sitegen.pages import CONTENT
from sitegen.site import Site


def send(site: Site, path: str) -> Response | None:
    """The file published at `path`, or None. Only what the site publishes is ever opened: a look-up, no path is joined."""
    sources = {address: name for name, address in site.media.items()}
    if path not in sources:
        return None
    return send_from_directory(site.settings.root / CONTENT, sources[path], max_age=0)

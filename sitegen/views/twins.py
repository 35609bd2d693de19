"""The Markdown twin of every public page, for readers that are programs and for people who like plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Blueprint, Response, abort

from sitegen.markup import with_parts
from sitegen.pages import CONTENT, Page
from sitegen.site import Site, current_site
from sitegen.tracing import unnoted
from sitegen.views.planned import Planned

# A comment that is shown as code is none.
_CODE = r"^[ \t>]*(?P<fence>`{3,}|~{3,}).*?^[ \t>]*(?P=fence)|`[^`\n]+`"
_COMMENT = re.compile(rf"(?P<code>{_CODE})|<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)


def blueprint(_site: Site) -> Blueprint:
    """One route for all: a twin's address is its page's with ``index.md``, or with ``.md`` for ``.html``."""
    bp = Blueprint("twins", __name__)
    bp.add_url_rule("/<path:path>.md", "show", show)
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """One for each page that machines may read."""
    for path, page in site.by_twin.items():
        yield Planned(path, f"{CONTENT}/{page.source}")


def show(path: str) -> Response:
    """The twin at `path`."""
    site = current_site()
    with unnoted():
        page = site.by_twin.get(f"/{path}.md")
    if page is None:
        abort(404)
    return Response(_text(site, site.page(page.source)), mimetype="text/markdown")


def _text(site: Site, page: Page) -> str:
    """The title, then the body as its author wrote it, but for links made absolute and comments left out."""
    targets = [
        target if "://" in target or not target.startswith("/") else site.settings.origin + target for target in site.targets(page.source)
    ]
    body = _with_targets(page, targets)
    heading = "" if page.rendered.title == page.title else f"# {page.title}\n\n"
    if "<!--" in body:
        body = _COMMENT.sub(lambda found: found["code"] or "", body)
    return f"{heading}{body.strip()}\n"


def _with_targets(page: Page, targets: list[str]) -> str:
    """The body with each address replaced where the renderer found it in the source; one it did not find stays as it is."""
    lines, first = page.body.split("\n"), page.body_line
    pairs = zip(page.rendered.body.references, targets, strict=True)
    places = sorted({(ref.line, ref.column, ref.target, target) for ref, target in pairs if ref.target != target}, reverse=True)
    for line, column, written, target in places:
        at = line - first
        if column and 0 <= at < len(lines) and lines[at].startswith(written, column - 1):
            lines[at] = lines[at][: column - 1] + target + lines[at][column - 1 + len(written) :]
    return with_parts("\n".join(lines), page.parts)

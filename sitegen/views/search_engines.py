"""What crawlers read: sitemap.xml (sitemaps.org), robots.txt (RFC 9309) and llms.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort

from sitegen.site import Site, current_site
from sitegen.views.head import shortened
from sitegen.views.planned import Planned

URLS_PER_FILE = 50_000
_BRACKET, _ESCAPED = re.compile(r"[\\\[\]]"), r"\\\g<0>"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def blueprint(_site: Site, *, limit: int = URLS_PER_FILE) -> Blueprint:
    """Fixed addresses at the root, as crawlers expect them; a sitemap of more than `limit` addresses is split."""
    bp = Blueprint("search_engines", __name__)
    bp.add_url_rule("/sitemap.xml", "sitemap", sitemap, defaults={"limit": limit})
    bp.add_url_rule("/sitemap-<int:number>.xml", "sitemap_part", sitemap_part, defaults={"limit": limit})
    bp.add_url_rule("/robots.txt", "robots", robots)
    bp.add_url_rule("/llms.txt", "llms", llms)
    return bp


def urls(site: Site, *, limit: int = URLS_PER_FILE) -> Iterator[Planned]:
    """The sitemap with its parts where it needs them, and the two texts."""
    yield Planned("/sitemap.xml", "the sitemap")
    for number in range(1, _parts(site, limit) + 1):
        yield Planned(f"/sitemap-{number}.xml", "the sitemap")
    yield Planned("/robots.txt", "robots.txt")
    yield Planned("/llms.txt", "llms.txt")


def _parts(site: Site, limit: int) -> int:
    """How many files the sitemap is split into; 0 when it is one."""
    count = len(site.sitemap())
    return 0 if count <= limit else -(-count // limit)


def sitemap(limit: int) -> Response:
    """The sitemap, or the index of its parts where it has any."""
    site = current_site()
    parts = _parts(site, limit)
    if not parts:
        return _urlset(site, 0, limit)
    locations = "".join(
        f"<sitemap><loc>{escape(site.absolute(f'/sitemap-{number}.xml'))}</loc></sitemap>\n" for number in range(1, parts + 1)
    )
    return _xml(f'<sitemapindex xmlns="{_NAMESPACE}">\n{locations}</sitemapindex>')


def sitemap_part(number: int, limit: int) -> Response:
    """Part `number`, from 1."""
    site = current_site()
    if not 1 <= number <= _parts(site, limit):
        abort(404)
    return _urlset(site, (number - 1) * limit, number * limit)


def _urlset(site: Site, start: int, end: int) -> Response:
    entries = []
    for url, changed in site.sitemap()[start:end]:
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        entries.append(f"<url><loc>{escape(url)}</loc>{lastmod}</url>\n")
    return _xml(f'<urlset xmlns="{_NAMESPACE}">\n{"".join(entries)}</urlset>')


def _xml(text: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n', mimetype="application/xml")


def robots() -> Response:
    """Everybody is welcome, but to a preview nobody is."""
    site = current_site()
    if site.settings.preview:
        return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")
    return Response(f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute('/sitemap.xml')}\n", mimetype="text/plain")


def llms() -> Response:
    """The site as a list of its Markdown twins, by https://llmstxt.org."""
    site = current_site()
    lang = site.settings.language
    lines = [f"# {site.title(lang)}", ""]
    if site.description(lang):
        lines += [f"> {shortened(site.description(lang), 500)}", ""]
    for heading, entries in site.twins():
        lines += [f"## {heading}", ""]
        lines += [f"- [{_BRACKET.sub(_ESCAPED, title)}]({url})" + (f": {about}" if about else "") for title, url, about in entries]
        lines.append("")
    return Response("\n".join(lines), mimetype="text/plain")

"""Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 for the site, each collection and each term."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from flask import Blueprint, Response, abort

from sitegen.site import FeedScope, Person, Site, addresses, current_site, spliced
from sitegen.views.planned import Planned

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as feeds carry it: absolute addresses throughout."""

    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    content: str
    people: tuple[Person, ...]
    tags: tuple[str, ...]
    image: str


def blueprint(_site: Site) -> Blueprint:
    """A feed may stand beneath any page, so the routes take any path."""
    bp = Blueprint("feeds", __name__)
    for kind, name in addresses.FORMATS.items():
        bp.add_url_rule(f"/{name}", kind, show, defaults={"base": "", "kind": kind})
        bp.add_url_rule(f"/<path:base>/{name}", kind, show, defaults={"kind": kind})
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Every format of every feed that has an entry."""
    for path, scope in site.feed_scopes.items():
        for kind in scope.formats:
            yield Planned(addresses.feed(path, kind), f"the feed of {scope.title!r}")


def show(base: str, kind: str) -> Response:
    """The feed of the page at `base`."""
    site = current_site()
    try:
        scope = site.feed(f"/{base}/" if base else "/")
    except KeyError:
        abort(404)
    if kind not in scope.formats:
        abort(404)
    entries = [_entry(site, source) for source in scope.sources]
    return Response(_WRITERS[kind](site, scope, entries), mimetype=addresses.MEDIA_TYPES[kind])


def _entry(site: Site, source: str) -> Entry:
    page, card = site.page(source), site.card(source)
    published = page.meta.date or site.now
    body = spliced(
        page.rendered.body, tuple(_absolute(site, target, page.canonical) for target in site.targets(source)), site.sizes(source)
    )
    return Entry(
        title=_xml(page.title),
        url=page.canonical,
        published=published,
        updated=max(page.meta.updated or published, published),
        summary=_xml(page.description),
        content=_xml(body if site.settings.feeds.content == "full" else f"<p>{html.escape(page.description)}</p>"),
        people=tuple(replace(person, name=_xml(person.name), url=_xml(person.url)) for person in site.people(source)),
        tags=tuple(_xml(tag) for tag in dict.fromkeys((*page.meta.tags, *(category[-1] for category in page.meta.categories)))),
        image=_absolute(site, card.image, page.canonical) if card.image else "",
    )


def _absolute(site: Site, target: str, canonical: str) -> str:
    if target.startswith("#"):
        return canonical + target
    return site.settings.origin + target if target.startswith("/") and not target.startswith("//") else target


def _xml(text: str) -> str:
    """`text` without the characters that no XML 1.0 document may hold."""
    return _NOT_XML.sub("", text)


class _Atom(Atom1Feed):  # type: ignore[misc]
    """With every author of an entry, where the library writes one."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for person in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", person.name)
            if person.url:
                handler.addQuickElement("uri", person.url)
            handler.endElement("author")


class _Rss(Rss201rev2Feed):  # type: ignore[misc]
    """With the body in ``content:encoded``, so that the description stays a summary."""

    def rss_attributes(self) -> dict[str, str]:
        names = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
        return {**super().rss_attributes(), **names}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])
        for person in item["people"]:
            handler.addQuickElement("dc:creator", person.name)


def _xml_feed(kind: str, make: type[SyndicationFeed]) -> Callable[[Site, FeedScope, list[Entry]], str]:
    def write(site: Site, scope: FeedScope, entries: list[Entry]) -> str:
        feed = make(
            title=_xml(scope.title),
            link=site.absolute(scope.path),
            description=_xml(scope.description),
            language=scope.lang,
            feed_url=site.absolute(addresses.feed(scope.path, kind)),
            author_name=_xml(site.title(scope.lang)),
            feed_copyright=_xml(site.settings.copyright) or None,
        )
        for entry in entries:
            feed.add_item(
                title=entry.title,
                link=entry.url,
                description=entry.summary,
                content=entry.content,
                unique_id=entry.url,
                unique_id_is_permalink=True,
                pubdate=entry.published,
                updateddate=entry.updated,
                categories=entry.tags,
                people=entry.people,
            )
        out = StringIO()
        feed.write(out, "utf-8")
        return out.getvalue()

    return write


def _json_feed(site: Site, scope: FeedScope, entries: list[Entry]) -> str:
    """JSON Feed 1.1, https://jsonfeed.org/version/1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": scope.title,
        "home_page_url": site.absolute(scope.path),
        "feed_url": site.absolute(addresses.feed(scope.path, "json")),
        "description": scope.description,
        "language": scope.lang,
        "items": [_json_entry(entry) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_entry(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": person.name} | ({"url": person.url} if person.url else {}) for person in entry.people],
        "tags": list(entry.tags),
    }
    return {key: value for key, value in item.items() if value}


_WRITERS = {"atom": _xml_feed("atom", _Atom), "rss": _xml_feed("rss", _Rss), "json": _json_feed}

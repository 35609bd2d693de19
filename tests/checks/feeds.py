"""What is wrong with a feed or a sitemap, by its standard: RFC 4287, RSS 2.0, JSON Feed 1.1, sitemaps.org."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import html5lib
from lxml import etree

# As RELAX NG, which says the order and the number of things; what a value may be is told below.
_ATOM = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom">
<start><element name="feed"><optional><attribute name="xml:lang"/></optional><interleave>
<ref name="id"/><ref name="title"/><ref name="updated"/>
<zeroOrMore><ref name="link"/></zeroOrMore><zeroOrMore><ref name="author"/></zeroOrMore>
<zeroOrMore><ref name="category"/></zeroOrMore>
<optional><element name="subtitle"><ref name="words"/></element></optional>
<optional><element name="generator"><optional><attribute name="uri"/></optional>
<optional><attribute name="version"/></optional><text/></element></optional>
<optional><element name="icon"><text/></element></optional><optional><element name="rights"><ref name="words"/></element></optional>
<zeroOrMore><element name="entry"><interleave>
<ref name="id"/><ref name="title"/><ref name="updated"/>
<oneOrMore><ref name="link"/></oneOrMore><zeroOrMore><ref name="author"/></zeroOrMore><zeroOrMore><ref name="category"/></zeroOrMore>
<optional><element name="published"><text/></element></optional>
<optional><element name="summary"><ref name="words"/></element></optional>
<optional><element name="content"><ref name="words"/></element></optional>
</interleave></element></zeroOrMore></interleave></element></start>
<define name="id"><element name="id"><text/></element></define>
<define name="title"><element name="title"><ref name="words"/></element></define>
<define name="updated"><element name="updated"><text/></element></define>
<define name="words"><optional><attribute name="type"><choice><value>text</value><value>html</value></choice></attribute></optional>
<optional><attribute name="xml:lang"/></optional><text/></define>
<define name="link"><element name="link"><attribute name="href"/><optional><attribute name="rel"/></optional>
<optional><attribute name="type"/></optional><optional><attribute name="title"/></optional><optional><attribute name="hreflang"/></optional>
<optional><attribute name="length"/></optional></element></define>
<define name="author"><element name="author"><interleave><element name="name"><text/></element>
<optional><element name="uri"><text/></element></optional>
<optional><element name="email"><text/></element></optional></interleave></element>
</define>
<define name="category"><element name="category"><attribute name="term"/><optional><attribute name="scheme"/></optional>
<optional><attribute name="label"/></optional></element></define></grammar>"""
_SITEMAP = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.sitemaps.org/schemas/sitemap/0.9">
<start><choice>
<element name="urlset"><oneOrMore><element name="url"><element name="loc"><text/></element><ref name="day"/></element></oneOrMore></element>
<element name="sitemapindex"><oneOrMore>
<element name="sitemap"><element name="loc"><text/></element><ref name="day"/></element></oneOrMore></element>
</choice></start>
<define name="day"><optional><element name="lastmod"><text/></element></optional></define></grammar>"""
_GRAMMARS = {name: etree.RelaxNG(etree.fromstring(text)) for name, text in (("atom", _ATOM), ("sitemap", _SITEMAP))}
_NS = {
    "a": "http://www.w3.org/2005/Atom",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")
_LARGEST_SITEMAP = 50_000


def of_atom(data: bytes) -> list[str]:
    """What is wrong with an Atom feed."""
    root = etree.fromstring(data)
    ids = Counter(root.xpath("//a:entry/a:id/text()", namespaces=_NS))
    found = [*_of_grammar("atom", root), *(f"{name} is the id of {count} entries" for name, count in ids.items() if count > 1)]
    found += [
        f"{text!r} is no moment" for text in root.xpath("//a:updated/text()|//a:published/text()", namespaces=_NS) if not _is_moment(text)
    ]
    found += [f"{href!r} is not absolute" for href in root.xpath("//@href|//a:id/text()", namespaces=_NS) if not _is_absolute(href)]
    found += [] if root.xpath("a:link[@rel='self']", namespaces=_NS) else ["there is no link to the feed itself"]
    authorless = root.xpath("not(a:author) and //a:entry[not(a:author)]", namespaces=_NS)
    found += ["an entry has no author"] if authorless else []
    return found + [fault for text in root.xpath("//*[@type='html']/text()", namespaces=_NS) for fault in _of_html(text)]


def of_rss(data: bytes) -> list[str]:
    """What is wrong with an RSS feed (https://www.rssboard.org/rss-specification)."""
    root = etree.fromstring(data)
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        return ["it is no RSS 2.0"]
    found = [f"the channel has no {name}" for name in ("title", "link", "description") if not channels[0].findtext(name)]
    found += ["there is no link to the feed itself"] if not channels[0].xpath("a:link[@rel='self']", namespaces=_NS) else []
    guids = Counter(item.findtext("guid") for item in root.iter("item"))
    found += [f"{name} is the guid of {count} items" for name, count in guids.items() if count > 1]
    found += [
        "an item has neither title nor description"
        for item in root.iter("item")
        if not (item.findtext("title") or item.findtext("description"))
    ]
    found += [f"{text!r} is no date of mail" for text in root.xpath("//pubDate/text()|//lastBuildDate/text()") if not _is_mail_date(text)]
    found += [
        f"{href!r} is not absolute"
        for href in root.xpath("//link/text()|//guid[not(@isPermaLink='false')]/text()")
        if not _is_absolute(href)
    ]
    return found + [
        fault for text in root.xpath("//item/description/text()|//content:encoded/text()", namespaces=_NS) for fault in _of_html(text)
    ]


def of_json(data: bytes) -> list[str]:
    """What is wrong with a JSON feed (https://www.jsonfeed.org/version/1.1/)."""
    feed: dict[str, Any] = json.loads(data)
    found = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["it is no JSON Feed 1.1"]
    found += [f"the feed has no {name}" for name in ("title", "items") if name not in feed]
    found += [f"{name} is not absolute" for name in ("home_page_url", "feed_url") if not _is_absolute(feed.get(name, ""))]
    ids = Counter(item.get("id") for item in feed.get("items", []))
    found += [f"{name} is the id of {count} items" for name, count in ids.items() if count > 1 or not isinstance(name, str)]
    return found + [fault for item in feed.get("items", []) for fault in _of_item(item)]


def _of_item(item: dict[str, Any]) -> Iterator[str]:
    if not ("content_html" in item or "content_text" in item):
        yield "an item has no content"
    if not _is_absolute(item.get("url", "")):
        yield "the address of an item is not absolute"
    yield from (f"{name} is no moment" for name in ("date_published", "date_modified") if name in item and not _is_moment(item[name]))
    yield from _of_html(item.get("content_html", ""))


def of_sitemap(data: bytes, origin: str) -> list[str]:
    """What is wrong with a sitemap of the site at `origin` (https://www.sitemaps.org/protocol.html)."""
    root = etree.fromstring(data)
    addresses = Counter(root.xpath("//s:loc/text()", namespaces=_NS))
    found = [*_of_grammar("sitemap", root), *(f"{url} is there {count} times" for url, count in addresses.items() if count > 1)]
    found += [f"{url!r} is not of this site" for url in addresses if not url.startswith(f"{origin}/")]
    found += [f"{day!r} is no day" for day in root.xpath("//s:lastmod/text()", namespaces=_NS) if not _DAY.fullmatch(day)]
    return found + (["there are too many addresses"] if len(addresses) > _LARGEST_SITEMAP else [])


def _of_grammar(name: str, root: Any) -> list[str]:
    grammar = _GRAMMARS[name]
    return [] if grammar.validate(root) else [f"line {error.line}: {error.message}" for error in grammar.error_log]


def _of_html(text: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(text)
    return [f"its HTML does not parse: {code}" for _, code, _ in parser.errors]


def _is_moment(text: str) -> bool:
    return _RFC_3339.fullmatch(text) is not None and datetime.fromisoformat(text).tzinfo is not None


def _is_mail_date(text: str) -> bool:
    try:
        return parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        return False


def _is_absolute(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.scheme and (parts.netloc or parts.path))

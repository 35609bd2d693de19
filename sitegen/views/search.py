"""The page where readers search, one for each language, and its description for the address bars of browsers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from sitegen.site import Site, Translation, current_site
from sitegen.views import head
from sitegen.views.head import shortened
from sitegen.views.page import render
from sitegen.views.planned import Planned

_PAGE, _ENGINE = "search/", "search/opensearch.xml"
# What a browser shows of an engine's name and description, by the OpenSearch specification.
_NAME_LENGTH, _ABOUT_LENGTH = 16, 1024


def blueprint(site: Site) -> Blueprint:
    """A page and a description below the home of every language; none where the site has no search."""
    bp = Blueprint("search", __name__)
    for lang in site.settings.all_languages if site.settings.search else ():
        home = site.home(lang)
        bp.add_url_rule(f"{home}{_PAGE}", "show", show, defaults={"lang": lang})
        bp.add_url_rule(f"{home}{_ENGINE}", "engine", engine, defaults={"lang": lang})
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Both addresses of each language that has pages."""
    for lang in site.languages_in_use() if site.settings.search else ():
        yield Planned(f"{site.home(lang)}{_PAGE}", "the search page")
        yield Planned(f"{site.home(lang)}{_ENGINE}", "the search page's description for browsers")


def show(lang: str) -> str:
    """The page that searches. Search engines may list it: it is the same for every query, and says where else to go."""
    site = current_site()
    path = f"{site.home(lang)}{_PAGE}"
    page_head = head.of_list(site, site.words.of(lang).gettext("Search"), path, lang=lang, translations=_in_all_languages(site, lang))
    archives = tuple(
        (site.collection_ref(name, lang), site.years(name, lang)) for name, each in site.settings.collections.items() if each.kind == "blog"
    )
    return render(
        "search.html",
        head=page_head,
        lang=lang,
        crumbs=(site.home_ref(lang),),
        overviews=site.overviews(lang),
        archives=tuple((ref, years) for ref, years in archives if years),
        engine_url=site.href(f"{site.home(lang)}{_ENGINE}"),
    )


def _in_all_languages(site: Site, lang: str) -> tuple[Translation, ...]:
    return tuple(replace(each, url=site.search_url(each.lang)) for each in site.homes(lang))


def engine(lang: str) -> Response:
    """The search page as a browser's search engine, by https://github.com/dewitt/opensearch (1.1, draft 6)."""
    site = current_site()
    name = escape(shortened(site.title(lang), _NAME_LENGTH))
    about = escape(shortened(site.description(lang) or site.title(lang), _ABOUT_LENGTH))
    address = escape(site.absolute(f"{site.home(lang)}{_PAGE}"), {'"': "&quot;"})
    text = f"""<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{name}</ShortName>
<Description>{about}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{address}?q={{searchTerms}}"/>
</OpenSearchDescription>
"""
    return Response(text, mimetype="application/opensearchdescription+xml")

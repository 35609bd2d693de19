"""The index of each collection with its pages, and the archives by year and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import Any

from flask import Blueprint, abort

from sitegen import i18n
from sitegen.pages import CONTENT
from sitegen.site import Card, Ref, Site, addresses, current_site
from sitegen.views import head
from sitegen.views.page import render
from sitegen.views.planned import Planned

_TEMPLATES = {"blog": "list.html", "releases": "releases.html", "docs": "docs.html"}


def blueprint(site: Site) -> Blueprint:
    """Routes at each collection's base, once for each language."""
    bp = Blueprint("lists", __name__)
    for name, lang in _indexed(site):
        base = site.base(name, lang)
        which: dict[str, Any] = {"collection": name, "lang": lang}
        bp.add_url_rule(base, "index", index, defaults={**which, "number": 1})
        if site.collection(name).kind != "docs":
            bp.add_url_rule(f"{base}page/<int:number>/", "index", index, defaults=which)
        if site.collection(name).kind == "blog":
            bp.add_url_rule(f"{base}<int(fixed_digits=4):year>/", "archive", archive, defaults={**which, "month": 0})
            bp.add_url_rule(f"{base}<int(fixed_digits=4):year>/<int(fixed_digits=2):month>/", "archive", archive, defaults=which)
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Every page of every index, and every year and month that has posts."""
    for name, lang in _indexed(site):
        front, base = site.front(name, lang), site.base(name, lang)
        if site.collection(name).kind != "docs":
            owner = f"{CONTENT}/{front.source}" if front else f"the index of {name}"
            for number in site.numbers(name, lang):
                yield Planned(addresses.numbered(base, number), owner)
        else:
            yield Planned(base, f"the index of {name}")
        if site.collection(name).kind == "blog":
            yield from _archives(site, name, lang)


def _indexed(site: Site) -> Iterator[tuple[str, str]]:
    """The collections that have an index of ours, by language: docs that begin with a page of their own need none."""
    for name, lang in product(site.indexed, site.settings.all_languages):
        front = site.front(name, lang)
        if site.collection(name).kind != "docs" if front else site.shelf(name, lang):
            yield name, lang


def _archives(site: Site, name: str, lang: str) -> Iterator[Planned]:
    base = site.base(name, lang)
    for year in site.years(name, lang):
        yield Planned(addresses.month(base, year.year), f"the archive of {year.year}")
        for month in year.months:
            yield Planned(addresses.month(base, year.year, month.month), f"the archive of {year.year}-{month.month:02}")


def index(collection: str, lang: str, number: int) -> str:
    """Page `number` of a collection's index; the author's index page, where there is one, stands above the list."""
    site = current_site()
    kind = site.collection(collection).kind
    source = site.front_source(collection, lang)
    page = site.page(source) if source and number == 1 else None
    about: dict[str, Any] = {
        "collection": site.about(collection, lang),
        "page": page,
        "body": site.body(source) if page else None,
        "lang": lang,
    }
    if kind == "docs":
        about["sidebar"] = site.outline(collection, lang)
        return render("docs.html", **about, head=_head(site, collection, lang, 1, ("", "")))
    try:
        listing = site.listing(collection, lang, number)
    except KeyError:
        abort(404)
    years = site.years(collection, lang) if kind == "blog" else ()
    if kind == "releases":
        about["newest"] = site.newest_release(collection, lang)
    page_head = _head(site, collection, lang, number, (listing.previous, listing.next))
    return render(_TEMPLATES[kind], **about, listing=listing, years=years, head=page_head)


def _head(site: Site, collection: str, lang: str, number: int, around: tuple[str, str]) -> head.Head:
    about, base = site.about(collection, lang), site.base(collection, lang)
    source = site.front_source(collection, lang)
    if source and number == 1:
        return head.of_page(site, site.page(source), site.breadcrumbs(source), around=around)
    title = about.title if number == 1 else f"{about.title} ({number})"
    path, others = addresses.numbered(base, number), site.indexes(collection, lang)
    which: dict[str, Any] = {"translations": others} if number == 1 else {"near": others}
    return head.of_list(site, title, path, lang=lang, description=about.description, feed=base, around=around, **which)


def archive(collection: str, lang: str, year: int, month: int) -> str:
    """The posts of a year or of a month."""
    site = current_site()
    cards = site.archive(collection, lang, year, month)
    if not cards:
        abort(404)
    base = site.base(collection, lang)
    title = i18n.format_month(year, month, lang)
    about = site.about(collection, lang)
    crumbs = [site.home_ref(lang), Ref(about.title, about.url)]
    if month:
        crumbs.append(Ref(i18n.format_month(year, 0, lang), site.href(addresses.month(base, year))))
    page_head = head.of_list(
        site,
        f"{about.title}: {title}",
        addresses.month(base, year, month),
        lang=lang,
        feed=base,
        translations=site.archives(collection, lang, year, month),
        near=site.indexes(collection, lang),
    )
    years = site.years(collection, lang)
    context = {"title": title, "crumbs": tuple(crumbs), "cards": cards, "months": tuple(_by_month(cards, lang)), "years": years}
    return render("archive.html", **context, collection=about, head=page_head, lang=lang)


@dataclass(frozen=True, slots=True)
class Month:
    """The posts of a month, as the archive of its year shows them."""

    name: str
    cards: tuple[Card, ...]


def _by_month(cards: Sequence[Card], lang: str) -> Iterator[Month]:
    for number, found in groupby(cards, key=lambda card: card.date.month if card.date else 0):
        yield Month(i18n.month_name(number, lang) if number else "", tuple(found))

"""The list of all feeds, for people: what a feed is, and the address of each."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint

from sitegen.site import Site, addresses, current_site
from sitegen.views import head
from sitegen.views.page import render
from sitegen.views.planned import Planned


def blueprint(site: Site) -> Blueprint:
    """One page for each language that has feeds."""
    bp = Blueprint("subscriptions", __name__)
    for lang in filter(site.lists_feeds, site.languages_in_use()):
        bp.add_url_rule(addresses.feeds(site.home(lang)), "show", show, defaults={"lang": lang})
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Those pages."""
    for lang in filter(site.lists_feeds, site.languages_in_use()):
        yield Planned(addresses.feeds(site.home(lang)), f"the list of feeds ({lang})")


def show(lang: str) -> str:
    """All feeds of a language."""
    site = current_site()
    path = addresses.feeds(site.home(lang))
    page_head = head.of_list(site, site.words.of(lang).gettext("Feeds"), path, lang=lang, feed=site.home(lang))
    return render("feeds.html", groups=site.subscriptions(lang), crumbs=(site.home_ref(lang),), head=page_head, lang=lang)

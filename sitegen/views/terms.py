"""Tags, categories, authors and series: an overview of each, and an archive for every term."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from flask import Blueprint, abort

from sitegen.site import Ref, Site, addresses, current_site
from sitegen.views import head
from sitegen.views.page import render
from sitegen.views.planned import Planned

# A category with more of them below it names them on its first page alone.
_REPEATED = 100


def blueprint(site: Site) -> Blueprint:
    """Routes for each taxonomy in use, once for each language; a category's slug is a path."""
    bp = Blueprint("terms", __name__)
    for taxonomy, lang in _used(site):
        base = addresses.taxonomy(taxonomy, site.home(lang))
        which = {"taxonomy": taxonomy, "lang": lang}
        slug = "<slugs:slug>" if taxonomy == "categories" else "<slug>"
        bp.add_url_rule(base, "index", index, defaults=which)
        bp.add_url_rule(f"{base}{slug}/", "show", show, defaults={**which, "number": 1})
        bp.add_url_rule(f"{base}{slug}/page/<int:number>/", "show", show, defaults=which)
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Every taxonomy in use, and every page of every term's archive."""
    for taxonomy, lang in _used(site):
        terms = site.tagged(taxonomy, lang)
        yield Planned(addresses.taxonomy(taxonomy, site.home(lang)), f"the overview of {taxonomy}")
        for slug in terms:
            base = addresses.term(taxonomy, slug, site.home(lang))
            for number in site.term_numbers(taxonomy, slug, lang):
                yield Planned(addresses.numbered(base, number), f"the archive of {terms[slug][0]!r} in {taxonomy}")


def _used(site: Site) -> Iterator[tuple[str, str]]:
    return ((taxonomy, lang) for taxonomy, lang in product(site.taxonomies, site.settings.all_languages) if site.tagged(taxonomy, lang))


def index(taxonomy: str, lang: str) -> str:
    """All terms of a taxonomy."""
    site = current_site()
    terms = site.terms(taxonomy, lang)
    about = site.taxonomy(taxonomy, lang)
    page_head = head.of_list(site, about.title, addresses.taxonomy(taxonomy, site.home(lang)), lang=lang)
    return render("terms.html", taxonomy=about, terms=terms, crumbs=_home(site, lang), head=page_head, lang=lang)


def show(taxonomy: str, slug: str, lang: str, number: int) -> str:
    """One page of a term's archive."""
    site = current_site()
    try:
        term = site.term(taxonomy, slug, lang)
        listing = site.term_listing(taxonomy, slug, lang, number)
    except KeyError:
        abort(404)
    about = site.taxonomy(taxonomy, lang)
    children = site.term_children(slug, lang) if taxonomy == "categories" else ()
    base = addresses.term(taxonomy, slug, site.home(lang))
    title = f"{about.singular}: {term.name}" + (f" ({number})" if number > 1 else "")
    path = addresses.numbered(base, number)
    return render(
        "term.html",
        taxonomy=about,
        term=term,
        children=children if number == 1 or len(children) <= _REPEATED else (),
        listing=listing,
        person=site.author(slug, lang) if taxonomy == "authors" else None,
        crumbs=(*_home(site, lang), Ref(about.title, about.url), *_parents(site, term.parent, lang)),
        head=head.of_list(site, title, path, lang=lang, feed=base, around=(listing.previous, listing.next)),
        lang=lang,
    )


def _home(site: Site, lang: str) -> tuple[Ref, ...]:
    return (Ref(site.title(lang), site.href(site.home(lang))),)


def _parents(site: Site, slug: str, lang: str) -> Iterator[Ref]:
    parts = slug.split("/") if slug else []
    for depth in range(1, len(parts) + 1):
        parent = site.term("categories", "/".join(parts[:depth]), lang)
        yield Ref(parent.name, parent.url)

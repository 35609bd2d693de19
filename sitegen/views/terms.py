"""Tags, categories, authors and series: an overview of each, and an archive for every term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Blueprint, abort

from sitegen.site import Listing, Ref, Site, Term, addresses, current_site
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
    path, others = addresses.taxonomy(taxonomy, site.home(lang)), site.term_overviews(taxonomy, lang)
    page_head = head.of_list(site, about.title, path, lang=lang, translations=others)
    return render(
        "terms.html", **_shown(site, taxonomy, lang), terms=terms, taxonomy=about, crumbs=(site.home_ref(lang),), head=page_head, lang=lang
    )


@dataclass(frozen=True, slots=True)
class Branch:
    """A category with those below it."""

    term: Term
    children: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A series with its first parts."""

    term: Term
    items: tuple[Ref, ...]


def _shown(site: Site, taxonomy: str, lang: str) -> dict[str, Any]:
    """What an overview shows beside its terms: categories as a tree, the people whom authors are, the parts of series."""
    terms = site.terms(taxonomy, lang)
    return {
        "branches": _branches(terms) if taxonomy == "categories" else (),
        "people": tuple((term, site.author(term.slug, lang)) for term in terms) if taxonomy == "authors" else (),
        "parts": tuple(Parts(term, site.first_parts(term.slug, lang)) for term in terms) if taxonomy == "series" else (),
    }


def _branches(terms: Sequence[Term]) -> tuple[Branch, ...]:
    """The categories at the top, with all below them."""
    below = defaultdict[str, list[Term]](list)
    for term in terms:
        below[term.parent].append(term)

    def branch(term: Term) -> Branch:
        return Branch(term, tuple(map(branch, below[term.slug])))

    return tuple(map(branch, below[""]))


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
    title = site.words.of(lang).gettext("%(taxonomy)s: %(name)s") % {"taxonomy": about.singular, "name": term.name}
    title += f" ({number})" if number > 1 else ""
    return render(
        "term.html",
        taxonomy=about,
        term=term,
        children=children if number == 1 or len(children) <= _REPEATED else (),
        listing=listing,
        person=site.author(slug, lang) if taxonomy == "authors" else None,
        crumbs=(site.home_ref(lang), Ref(about.title, about.url), *_parents(site, term.parent, lang)),
        head=_head(site, title, taxonomy, slug, lang, listing),
        lang=lang,
    )


def _head(site: Site, title: str, taxonomy: str, slug: str, lang: str, listing: Listing) -> head.Head:
    base, others = addresses.term(taxonomy, slug, site.home(lang)), site.term_archives(taxonomy, slug, lang)
    return head.of_list(
        site,
        title,
        addresses.numbered(base, listing.number),
        lang=lang,
        feed=base,
        around=(listing.previous, listing.next),
        translations=others if listing.number == 1 else (),
        near=others or site.term_overviews(taxonomy, lang),
    )


def _parents(site: Site, slug: str, lang: str) -> Iterator[Ref]:
    parts = slug.split("/") if slug else []
    for depth in range(1, len(parts) + 1):
        parent = site.term("categories", "/".join(parts[:depth]), lang)
        yield Ref(parent.name, parent.url)

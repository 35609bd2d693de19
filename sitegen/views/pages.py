"""Every content page: posts, docs, releases, plain pages and the home page, each at its permalink."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect
from werkzeug.wrappers import Response as BaseResponse

from sitegen import theme
from sitegen import urls as addresses
from sitegen.pages import CONTENT, Page
from sitegen.site import Site, current_site
from sitegen.tracing import unnoted
from sitegen.views import changes, head, media
from sitegen.views.comments import comments_of
from sitegen.views.home import front_page
from sitegen.views.page import render
from sitegen.views.planned import Planned
from sitegen.views.shares import shares_of

# Of the theme's templates, those that a page may ask for by its kind; the others want what only their own views know.
_FITTING = {
    "blog": frozenset({"post.html"}),
    "docs": frozenset({"doc.html", "page.html", "home.html"}),
    "releases": frozenset({"release.html"}),
    "pages": frozenset({"page.html", "home.html"}),
}
_TEMPLATES = {"blog": "post.html", "docs": "doc.html", "releases": "release.html", "pages": "page.html"}


def blueprint(_site: Site) -> Blueprint:
    """One route for all pages: where each one is, its front matter says."""
    bp = Blueprint("pages", __name__)
    bp.add_url_rule("/", "home", show, defaults={"path": ""})
    bp.add_url_rule("/<path:path>", "show", show)
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Every published page, and a home page for each language without one."""
    for page in site.published.values():
        if not page.meta.redirect and (page.kind == "docs" or not site.is_front(page)):
            yield Planned(page.permalink, f"{CONTENT}/{page.file}")
    for lang in site.languages_in_use():
        if site.home(lang) not in site.by_permalink:
            yield Planned(site.home(lang), f"the home page ({lang})")


def show(path: str) -> str | Response | BaseResponse:
    """The page at `path`, or a file beside one."""
    site = current_site()
    with unnoted():
        home = {site.home(lang): lang for lang in site.languages_in_use()}.get(f"/{path}")
        page = site.by_permalink.get(f"/{path}")
    if home is not None and not site.home_source(home):
        return generated_home(site, home)
    if page is not None:
        return of_page(site, page)
    if addresses.normalise(path) in site.by_permalink:
        return redirect(site.href(addresses.normalise(path)))
    return media.send(site, f"/{path}") or abort(404)


def of_page(site: Site, page: Page) -> str:
    """The page in its template, with what pages of its kind show beside the text."""
    page = site.page(page.source)
    if page.permalink == site.home(page.lang):
        return render(template_of(page, site, "home.html"), **_common(site, page), **front_page(site, page.lang, page))
    context = _CONTEXTS[page.kind](site, page)
    template = template_of(page, site, _TEMPLATES[page.kind])
    if template == "home.html":
        context |= front_page(site, page.lang, page)
    return render(template, **{**_common(site, page), **context})


def generated_home(site: Site, lang: str) -> str:
    """The home page of a site that has not written one: ways into all that there is."""
    page_head = head.of_list(site, site.title(lang), site.home(lang), lang=lang, feed=site.home(lang), translations=site.homes(lang))
    return render("home.html", head=page_head, lang=lang, page=None, body=None, **front_page(site, lang, None))


def template_of(page: Page, site: Site, default: str) -> str:
    """The page's own template, its collection's, or the default: the first that is there and shows pages of this kind.

    A layout that only another generator's theme has is no mistake: posts are taken as they are. Neither is a name of our theme that
    means something else there: every page of Zola has ``page.html``, and its posts stay posts here.
    """
    wanted = (page.meta.template, site.collection(page.collection).layout)
    names = [f"{name.removesuffix('.html')}.html" for name in wanted if name]
    # An extension may bring templates of its own.
    others = current_app.extensions["sitegen-templates"]
    return next(
        (
            name
            for name in names
            if (site.has_template(name) or name in others) and (name not in theme.NAMES or name in _FITTING[page.kind])
        ),
        default,
    )


def _common(site: Site, page: Page) -> dict[str, Any]:
    crumbs = site.breadcrumbs(page.source)
    return {"page": page, "lang": page.lang, "crumbs": crumbs, "head": head.of_page(site, page, crumbs), "body": site.body(page.source)}


def _plain(site: Site, page: Page) -> dict[str, Any]:
    return {"changed": site.changed(page.file), "edit_url": _edit_url(site, page), "comments": comments_of(site, page)}


def _post(site: Site, page: Page) -> dict[str, Any]:
    card = site.card(page.source)
    return {
        "neighbours": site.neighbours(page.source),
        "related": site.related(page.source),
        "series": site.series_of(page.source),
        "authors": site.people(page.source),
        "tags": card.tags,
        "categories": card.categories,
        "image": card.image,
        "shares": () if page.group else shares_of(site.settings.share, page.title, page.canonical),
        **_plain(site, page),
    }


def _doc(site: Site, page: Page) -> dict[str, Any]:
    return {"neighbours": site.neighbours(page.source), "sidebar": site.sidebar(page.source), **_in_collection(site, page)}


def _release(site: Site, page: Page) -> dict[str, Any]:
    return {
        "body": changes.marked(site.body(page.source)),
        "neighbours": site.neighbours(page.source),
        "versions": site.versions(page.source),
        **_in_collection(site, page),
    }


def _in_collection(site: Site, page: Page) -> dict[str, Any]:
    index = None if site.is_front(page) else site.index_of(page.collection, page.lang)
    return {"index_url": index.url if index else "", **_plain(site, page)}


_CONTEXTS: dict[str, Callable[[Site, Page], dict[str, Any]]] = {"pages": _plain, "blog": _post, "docs": _doc, "releases": _release}


def _edit_url(site: Site, page: Page) -> str:
    # To whom the source of a protected page is open, the theme does not say.
    return "" if page.group else site.settings.editing.replace("{path}", f"{CONTENT}/{addresses.href(page.file)}")

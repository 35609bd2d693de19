"""What a front page shows below its top: parts in the author's order, each with what there is of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.pages import Page
from sitegen.site import FrontPage, Site

LATEST = 5
# In this order where nobody says another: below a text of the author's, and where there is none.
_BESIDE_TEXT = ("features", "text", "latest")
_ALL = ("features", "docs", "latest", "release", "pages")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a front page: its `kind`, a heading that is empty where the kind says all, the address of the whole, and its items."""

    kind: str
    title: str = ""
    url: str = ""
    items: tuple[Any, ...] = ()


def front_page(site: Site, lang: str, page: Page | None) -> dict[str, Any]:
    """What ``home.html`` is rendered with, besides what every page is: for `page`, or for a language's home where nobody wrote one."""
    front = site.front_page(page.source if page else "", lang)
    return {"front": front, "sections": tuple(_sections(site, lang, front, page)), "latest": site.latest(lang, LATEST)}


def _sections(site: Site, lang: str, front: FrontPage, page: Page | None) -> Iterator[Section]:
    for name in front.sections or (_BESIDE_TEXT if page else _ALL):
        if name == "features" and front.features:
            yield Section(name, items=front.features)
        elif name == "text" and page and page.words:
            yield Section(name)
        elif name in _MAKERS:
            yield from _MAKERS[name](site, lang)


def _docs(site: Site, lang: str) -> Iterator[Section]:
    for about, doors in ((site.about(name, lang), site.doors(name, lang)) for name in site.of_kind("docs", lang)):
        yield Section("docs", about.title, about.url if site.collection(about.name).listed else "", doors)


def _release(site: Site, lang: str) -> Iterator[Section]:
    for name in site.of_kind("releases", lang):
        about, newest = site.about(name, lang), site.newest_release(name, lang)
        yield Section("release", about.title, about.url if site.collection(name).listed else "", (site.card(newest),))


def _latest(site: Site, lang: str) -> Iterator[Section]:
    latest, blogs = site.latest(lang, LATEST), [name for name in site.of_kind("blog", lang) if site.collection(name).listed]
    if latest:
        yield Section("latest", url=site.about(blogs[0], lang).url if len(blogs) == 1 else "", items=latest)


def _pages(site: Site, lang: str) -> Iterator[Section]:
    for name in site.of_kind("pages", lang):
        doors = site.doors(name, lang)
        if doors:
            yield Section("pages", items=doors)


_MAKERS: dict[str, Callable[[Site, str], Iterator[Section]]] = {"docs": _docs, "release": _release, "latest": _latest, "pages": _pages}

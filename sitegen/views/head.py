"""The head of a page: what search engines, feed readers and link previews are told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sitegen import i18n
from sitegen.pages import Page
from sitegen.site import Feed, Ref, Site, Translation
from sitegen.urls import twin_of
from sitegen.views import policy

DESCRIPTION_LENGTH = 160
# A text that takes so many minutes to read shows how far it is read, and a way back to its top.
_LONG = 4
_NO_INDEX = "noindex, nofollow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """All that base.html prints between ``<head>`` and ``</head>``, and what its header needs.

    Of a page that `is_sealed` only a group of readers sees what the template puts between the marks ``sealed``.
    ``canonical``, ``image`` and the addresses in ``alternates`` are absolute; ``url``, the page's own href, and the others are not.
    """

    title: str
    site_name: str
    description: str
    canonical: str
    lang: str
    dir: str
    locale: str
    url: str
    home: str
    policy: str = ""
    type: str = "website"
    robots: str = ""
    image: str = ""
    image_alt: str = ""
    image_width: int = 0
    image_height: int = 0
    feeds: tuple[Feed, ...] = ()
    twin: str = ""
    is_long: bool = False
    is_sealed: bool = False
    published: datetime | None = None
    modified: datetime | None = None
    json_ld: tuple[dict[str, Any], ...] = ()
    translations: tuple[Translation, ...] = ()
    languages: tuple[Translation, ...] = ()
    original: Translation | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    previous: str = ""
    next: str = ""

    @property
    def tab_title(self) -> str:
        """The title of the browser's tab: the page's and the site's."""
        return self.title if self.title == self.site_name else f"{self.title} · {self.site_name}"

    def current(self, url: str) -> str:
        """What ``aria-current`` says of a link to `url` in a menu: ``page``, ``true`` where this page is below it, or nothing."""
        if url == self.url:
            return "page"
        return "true" if url and url != self.home and self.url.startswith(url) else ""


def of_page(site: Site, page: Page, crumbs: tuple[Ref, ...], *, around: tuple[str, str] = ("", "")) -> Head:
    """The head of a content page; `around` is the hrefs before and after it where it is the index of a list."""
    changed = site.changed(page.file)
    modified = page.meta.updated or (changed.date if changed else None) or page.meta.date
    description = shortened(page.description or site.description(page.lang))
    preview = site.preview(page)
    image = _absolute(site, preview.url)
    translations = site.translations(page.source)
    versions = site.versions_of(page.source)
    near = (*(site.indexes(page.collection, page.lang) if page.kind != "pages" else ()), *versions)
    return Head(
        title=page.seo_title,
        site_name=site.title(page.lang),
        description=description,
        canonical=page.canonical,
        lang=page.lang,
        dir=i18n.direction(page.lang),
        locale=i18n.og_locale(page.lang),
        url=page.url,
        home=site.home_url(page.lang),
        policy=policy.in_page(site),
        type="article" if page.kind == "blog" else "website",
        robots=_NO_INDEX if page.noindex or site.settings.preview else "",
        image=image,
        image_alt=preview.alt,
        image_width=preview.width,
        image_height=preview.height,
        feeds=site.feeds(page.lang, site.base(page.collection, page.lang) if page.kind != "pages" else ""),
        twin=site.href(twin_of(page.permalink)) if page.is_indexed else "",
        is_long=page.minutes >= _LONG,
        is_sealed=bool(page.group),
        published=page.meta.date if page.kind == "blog" else None,
        modified=modified if page.kind == "blog" else None,
        json_ld=tuple(_page_data(site, page, description, image, modified, crumbs)),
        translations=translations,
        languages=_switch(site, page.lang, page.url, near, translations),
        alternates=_alternates(site, translations),
        original=next((each for each in versions if each.lang == site.settings.language), None) if page.original else None,
        previous=around[0],
        next=around[1],
    )


def of_list(
    site: Site,
    title: str,
    path: str,
    *,
    lang: str,
    description: str = "",
    feed: str = "",
    around: tuple[str, str] = ("", ""),
    translations: tuple[Translation, ...] = (),
    near: tuple[Translation, ...] = (),
    noindex: bool = False,
) -> Head:
    """The head of a generated page at `path`, empty for one without an address; `feed` is the path of the page whose feeds it announces.

    `near` are lists in each language, for readers who would rather have that and find no translation.
    """
    preview = site.list_preview()
    return Head(
        title=title,
        site_name=site.title(lang),
        description=shortened(description or site.description(lang)),
        canonical=site.absolute(path) if path else "",
        lang=lang,
        dir=i18n.direction(lang),
        locale=i18n.og_locale(lang),
        url=site.href(path) if path else "",
        home=site.home_url(lang),
        policy=policy.in_page(site),
        robots=_NO_INDEX if noindex or site.settings.preview else "",
        image=_absolute(site, preview.url),
        image_width=preview.width,
        image_height=preview.height,
        feeds=site.feeds(lang, feed),
        translations=translations,
        languages=_switch(site, lang, site.href(path) if path else "", near, translations),
        alternates=_alternates(site, translations),
        previous=around[0],
        next=around[1],
    )


def shortened(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """`text` on one line, cut at a word and ended by an ellipsis where it is longer than `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0].rstrip(",;:.–-") + "…"


def _alternates(site: Site, translations: tuple[Translation, ...]) -> tuple[tuple[str, str], ...]:
    """The language and the absolute address of each translation, as search engines want them; all other readers get the site's own."""
    found = {each.lang: _absolute(site, each.url) for each in translations}
    if site.settings.language in found:
        found["x-default"] = found[site.settings.language]
    return tuple(found.items())


def _switch(
    site: Site, lang: str, here: str, near: tuple[Translation, ...], translations: tuple[Translation, ...]
) -> tuple[Translation, ...]:
    """Where the language switch leads: to the page's translations; without one to what is `near`, the list it stands in, else home."""
    best = {each.lang: each for each in (*site.homes(lang), *near, *translations)}
    if here and lang in best:
        best[lang] = replace(best[lang], url=here)
    return tuple(best.values())


def _absolute(site: Site, address: str) -> str:
    return site.settings.origin + address if address.startswith("/") and not address.startswith("//") else address


def _page_data(
    site: Site, page: Page, description: str, image: str, modified: datetime | None, crumbs: tuple[Ref, ...]
) -> list[dict[str, Any]]:
    """JSON-LD by schema.org: BlogPosting for posts, TechArticle for docs, and the breadcrumbs of both."""
    data: list[dict[str, Any]] = []
    types = {"blog": "BlogPosting", "docs": "TechArticle"}
    if page.kind in types and not site.is_front(page):
        article: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": types[page.kind],
            "headline": page.title,
            "description": description,
            "url": page.canonical,
            "inLanguage": page.text_lang,
            "datePublished": page.meta.date.isoformat() if page.meta.date else None,
            "dateModified": modified.isoformat() if modified else None,
            "image": image or None,
            "keywords": list(page.meta.tags) or None,
            "wordCount": page.words,
            "author": [_author(site, person.name, person.url or person.page_url) for person in site.people(page.source)] or None,
        }
        data.append({key: value for key, value in article.items() if value is not None})
    if len(crumbs) > 1:
        data.append(_breadcrumbs(site, page, crumbs))
    return data


def _author(site: Site, name: str, url: str) -> dict[str, str]:
    return {"@type": "Person", "name": name} | ({"url": _absolute(site, url)} if url else {})


def _breadcrumbs(site: Site, page: Page, crumbs: tuple[Ref, ...]) -> dict[str, Any]:
    trail = [crumb for crumb in (*crumbs, Ref(page.title, page.url)) if crumb.url]
    items = [
        {"@type": "ListItem", "position": place, "name": crumb.title, "item": _absolute(site, crumb.url)}
        for place, crumb in enumerate(trail, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}

"""Questions about the site as a whole: what a collection is, and what crawlers are told there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import GISCUS
from sitegen.pages import Page, origin_of
from sitegen.search import Hit
from sitegen.site.answers import Person
from sitegen.site.fronts import Fronts
from sitegen.site.questions import question

_DIRECTIVES = ("img-src", "media-src", "frame-src", "connect-src")
_KINDS = {"font-src": {".woff2", ".woff", ".ttf", ".otf"}, "manifest-src": {".webmanifest"}}


@dataclass(frozen=True, slots=True)
class About:
    """A collection as its index shows it."""

    name: str
    kind: str
    title: str
    description: str
    url: str


class Catalogue(Fronts):
    """Overviews."""

    @question
    def about(self, collection: str, lang: str) -> About:
        """A collection's title and description: its index page's, else those of site.yaml."""
        settings, front = self.collection(collection), self.front(collection, lang)
        title = front.title if front else self.collection_title(collection, lang)
        description = front.meta.description if front and front.meta.description else self.said(settings.description, lang)
        return About(collection, settings.kind, title, description, self.href(self.base(collection, lang)))

    @question
    def front_source(self, collection: str, lang: str) -> str:
        """The content file that is the collection's index page; empty where it is generated."""
        front = self.front(collection, lang)
        return front.source if front else ""

    @question
    def home_source(self, lang: str) -> str:
        """The content file that is a language's home page; empty where it is generated."""
        page = self.by_permalink.get(self.home(lang))
        return page.source if page else ""

    def searched_at(self, path: str) -> Page | None:
        """The page at `path`, if readers can search for it. An index page that is a list of others is none."""
        page = self.by_permalink.get(path) if self.settings.search else None
        is_text = page is not None and page.is_searched and (page.kind == "docs" or not self.is_front(page))
        return page if is_text else None

    @question
    def searched(self, source: str) -> Hit:
        """What the search shows of a page beside its text."""
        page = self.page_of(source)
        date = page.meta.date.date().isoformat() if page.meta.date and page.kind in {"blog", "releases"} else ""
        # Home leads to every page, and crumbs that are the collection alone are known without.
        crumbs = tuple(crumb.title for crumb in self.breadcrumbs(page.source)[1:])
        return Hit(page.title, self.about(page.collection, page.lang).title, page.meta.tags, date, crumbs if len(crumbs) > 1 else ())

    @question
    def author(self, slug: str, lang: str) -> Person:
        """The author whose archive has that slug. Raises KeyError."""
        _, pages = self.tagged("authors", lang)[slug]
        return next(self.person(author, page) for page in pages for author in self.authors_of(page) if urls.slugify(author.id) == slug)

    @question
    def origins(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What pages load from elsewhere, by the directive of the policy that has to allow it."""
        found = {source for page in self.published.values() for source in page.origins}
        keys = self.settings
        homes = (keys.home, *(each.home for each in keys.languages.values()))
        fronts = (name for home in homes for name in (home.hero.image, *(feature.icon for feature in home.features)))
        own = (keys.theme.logo, keys.theme.favicon, *(author.image for author in keys.authors.values()), *fronts)
        found |= {f"img-src {origin}" for origin in map(origin_of, own) if origin}
        found |= {f"frame-src {GISCUS}"} if keys.comments and keys.comments.giscus else set()
        found |= {f"connect-src {origin_of(keys.counter.address)}"} if keys.counter else set()
        split = [source.split(" ", 1) for source in sorted(found)]
        return tuple((name, tuple(origin for each, origin in split if each == name)) for name in _DIRECTIVES)

    @question
    def own_kinds(self) -> tuple[str, ...]:
        """The directives of the policy that allow what few sites have among their static files: fonts, and the manifest of an app."""
        suffixes = {f".{name.rpartition('.')[2]}" for name in self.assets.published}
        return tuple(directive for directive, kinds in _KINDS.items() if suffixes & kinds)

    @question
    def sitemap(self) -> tuple[tuple[str, str], ...]:
        """Every address a search engine should know, absolute, with the day of its last change where that is known."""
        found = {page.canonical: self._last_change(page) for page in self.published.values() if page.is_indexed}
        # Where a page of the author's is, or a redirect, that alone decides.
        for path in self._indexes():
            if path not in self.by_permalink and path not in self.redirects:
                found[self.absolute(path)] = ""
        return tuple(sorted(found.items()))

    def _indexes(self) -> Iterator[str]:
        for lang in self.languages_in_use():
            yield self.home(lang)
            yield from (self.base(name, lang) for name in self.indexed if self.shelf(name, lang))

    def _last_change(self, page: Page) -> str:
        changed = self.changed(page.source)
        date = page.meta.updated or (changed.date if changed else None) or page.meta.date
        return date.date().isoformat() if date else ""

    @question
    def twins(self) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
        """Every Markdown twin in the site's own language, by section: title, absolute address, description."""
        lang = self.settings.language
        sections = []
        for name, collection in self.settings.collections.items():
            front = self.front(name, lang)
            pages = [*([front] if front else []), *self.shelf(name, lang)]
            heading = self.about(name, lang).title if collection.kind != "pages" else self.collection_title(name, lang)
            entries = tuple(
                (page.title, self.absolute(urls.twin_of(page.permalink)), page.meta.description) for page in pages if page.is_indexed
            )
            if entries:
                sections.append((heading, entries))
        return tuple(sections)

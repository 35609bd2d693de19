"""Questions about many pages at once: lists, archives, terms, related pages, feeds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from heapq import nsmallest
from itertools import groupby, product
from math import log

from sitegen import i18n, urls
from sitegen.pages import Page
from sitegen.site import addresses
from sitegen.site.answers import Card, Feed, FeedScope, Listing, Month, Newest, Ref, SeriesBox, Step, Term, Year
from sitegen.site.bodies import Bodies
from sitegen.site.ordering import DAWN, newest
from sitegen.site.questions import aggregate, question
from sitegen.site.windows import around, steps

RELATED = 3
_CANDIDATES = 50
# How many of the newest pages under a term are looked at: a tag that everything has says little.
_DEPTH = 200
_FIRST_PARTS = 12
_TOPICS = ("tags", "categories")


class Lists(Bodies):
    """Questions whose answers are lists."""

    @question
    def listing(self, collection: str, lang: str, number: int) -> Listing:
        """Page `number` of a collection, pinned pages first."""
        return self._listing(
            self._pinned_first[collection, lang], self.base(collection, lang), number, self.collection(collection).paginate
        )

    @aggregate
    def _pinned_first(self) -> dict[tuple[str, str], list[Page]]:
        keys = product(self.settings.collections, self.settings.all_languages)
        return {key: sorted(self.shelf(*key), key=lambda page: not page.meta.pin) for key in keys}

    @question
    def latest(self, lang: str, count: int) -> tuple[Card, ...]:
        """The newest posts of all blogs."""
        return self._cards(self.posts(lang)[:count])

    def posts(self, lang: str) -> tuple[Page, ...]:
        """Every listed post of a language, newest first."""
        blogs = (name for name, collection in self.settings.collections.items() if collection.kind == "blog")
        return newest(page for name in blogs for page in self.shelf(name, lang))

    @question
    def years(self, collection: str, lang: str) -> tuple[Year, ...]:
        """The years and months that have posts, newest first."""
        base = self.base(collection, lang)
        counts = Counter((page.meta.date.year, page.meta.date.month) for page in self.shelf(collection, lang) if page.meta.date)
        years = groupby(sorted(counts, reverse=True), key=lambda key: key[0])
        return tuple(self._year(base, year, [(month, counts[year, month]) for _, month in keys], lang) for year, keys in years)

    def _year(self, base: str, year: int, months: Sequence[tuple[int, int]], lang: str) -> Year:
        parts = tuple(
            Month(month, i18n.month_name(month, lang), self.href(addresses.month(base, year, month)), count) for month, count in months
        )
        return Year(
            year, i18n.format_month(year, 0, lang), self.href(addresses.month(base, year)), sum(count for _, count in months), parts
        )

    @question
    def archive(self, collection: str, lang: str, year: int, month: int) -> tuple[Card, ...]:
        """The posts of a year, or of one month where `month` is not 0, newest first."""
        return self._cards(self._months[collection, lang].get((year, month), []))

    @aggregate
    def _months(self) -> dict[tuple[str, str], dict[tuple[int, int], list[Page]]]:
        """Collection and language -> year and month, or year and 0 for all of it -> its posts, newest first."""
        found: dict[tuple[str, str], dict[tuple[int, int], list[Page]]] = {}
        for key in product(self.settings.collections, self.settings.all_languages):
            months = found.setdefault(key, defaultdict(list))
            for page in newest(self.shelf(*key)):
                if page.meta.date:
                    for month in (0, page.meta.date.month):
                        months[page.meta.date.year, month].append(page)
        return found

    @question
    def terms(self, taxonomy: str, lang: str) -> tuple[Term, ...]:
        """All terms of a taxonomy by name; a category stands after the one it is in."""
        return tuple(self.term(taxonomy, slug, lang) for slug in sorted(self.tagged(taxonomy, lang), key=lambda slug: slug.split("/")))

    @question
    def term(self, taxonomy: str, slug: str, lang: str) -> Term:
        """One term. Raises KeyError."""
        name, pages = self.tagged(taxonomy, lang)[slug]
        url = self.href(addresses.term(taxonomy, slug, self.home(lang)))
        size = 1 + round(4 * log(len(pages)) / log(self._largest_terms[taxonomy, lang])) if len(pages) > 1 else 1
        return Term(name, slug, url, len(pages), size, slug.count("/"), slug.rpartition("/")[0])

    @aggregate
    def _largest_terms(self) -> dict[tuple[str, str], int]:
        return {key: max(len(pages) for _, pages in terms.values()) for key, terms in self._terms.items()}

    @question
    def term_children(self, slug: str, lang: str) -> tuple[Term, ...]:
        """The categories directly below one."""
        return tuple(self.term("categories", child, lang) for child in self._children[lang].get(slug, []))

    @aggregate
    def _children(self) -> dict[str, dict[str, list[str]]]:
        """Language -> category -> those directly below it, by name."""
        found: dict[str, dict[str, list[str]]] = {}
        for lang in self.settings.all_languages:
            below = found.setdefault(lang, defaultdict(list))
            for slug in sorted(self.tagged("categories", lang), key=lambda slug: slug.split("/")):
                below[slug.rpartition("/")[0]].append(slug)
        return found

    @question
    def term_listing(self, taxonomy: str, slug: str, lang: str, number: int) -> Listing:
        """Page `number` of a term's archive; a series in reading order, the others newest first."""
        pages = self.in_series(slug, lang) if taxonomy == "series" else self.tagged(taxonomy, lang)[slug][1]
        return self._listing(pages, addresses.term(taxonomy, slug, self.home(lang)), number, self.settings.paginate)

    def in_series(self, slug: str, lang: str) -> tuple[Page, ...]:
        """The parts of a series: by their order where they have one, then oldest first."""
        return self._parts[slug, lang]

    @aggregate
    def _parts(self) -> dict[tuple[str, str], tuple[Page, ...]]:
        languages = self.settings.all_languages
        return {
            (slug, lang): tuple(sorted(pages, key=_part)) for lang in languages for slug, (_, pages) in self.tagged("series", lang).items()
        }

    @aggregate
    def _part_refs(self) -> dict[tuple[str, str], tuple[Ref, ...]]:
        return {key: tuple(Ref(part.title, part.url, part.foreign) for part in parts) for key, parts in self._parts.items()}

    @question
    def first_parts(self, slug: str, lang: str) -> tuple[Ref, ...]:
        """The first parts of a series, in reading order. Raises KeyError."""
        return self._part_refs[slug, lang][:_FIRST_PARTS]

    @question
    def is_shared(self, lang: str) -> bool:
        """Whether more than one author writes in that language: a name on every card says nothing where there is but one."""
        return len(self.tagged("authors", lang)) > 1

    @aggregate
    def _places(self) -> dict[str, int]:
        """Where in its series each part stands, from 0, by source."""
        return {page.source: place for parts in self._parts.values() for place, page in enumerate(parts)}

    @question
    def series_of(self, source: str) -> SeriesBox | None:
        """The series that the page is a part of."""
        page = self.page_of(source)
        if page.meta.series is None or not page.is_listed:
            return None
        slug = urls.slugify(page.meta.series.name)
        items, at = self._part_refs[slug, page.lang], self._places[source]
        shown = around(len(items), at)
        before, after = items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None
        term = self.term("series", slug, page.lang)
        return SeriesBox(term.name, term.url, at + 1, len(items), items[shown], before, after, shown.start + 1)

    @question
    def related(self, source: str) -> tuple[Card, ...]:
        """The posts that share the page's rarest tags and categories, at most three."""
        page = self.page_of(source)
        shared = sorted(self._shared(page), key=lambda term: term.count)
        scores: dict[str, int] = {}
        for term in shared:
            for name in term.ages:
                if len(scores) == _CANDIDATES:
                    break
                scores.setdefault(name, 0)
            for name in scores.keys() & term.ages.keys():
                scores[name] += 1_000_000 // term.count
        scores.pop(source, None)
        ages = {name: age for term in shared for name, age in term.ages.items()}
        ranked = nsmallest(RELATED, scores, key=lambda name: (-scores[name], -ages[name], name))
        return tuple(self.card(name) for name in ranked)

    def _shared(self, page: Page) -> list[Newest]:
        terms = self.terms_of(page) if page.is_listed else ()
        return [self.newest_under(taxonomy, slug, page.lang) for taxonomy, slug, _ in terms if taxonomy in _TOPICS]

    @question
    def newest_under(self, taxonomy: str, slug: str, lang: str) -> Newest:
        """What stands under a term: how many pages, and the newest of them. Raises KeyError."""
        pages = self.tagged(taxonomy, lang)[slug][1]
        return Newest(len(pages), {page.source: page.meta.date.timestamp() if page.meta.date else 0.0 for page in pages[:_DEPTH]})

    @question
    def feed(self, path: str) -> FeedScope:
        """The feed that stands for the page at `path`. Raises KeyError."""
        return self.feed_scopes[path]

    @question
    def feeds(self, lang: str, base: str) -> tuple[Feed, ...]:
        """The feeds that the page at `base` announces: its own, then the site's."""
        paths = [path for path in dict.fromkeys((base, self.home(lang))) if path in self.feed_scopes]
        return tuple(
            Feed(f"{self.feed_scopes[path].title} ({kind})", self.href(addresses.feed(path, kind)), addresses.MEDIA_TYPES[kind])
            for path in paths
            for kind in self.feed_scopes[path].formats
        )

    @aggregate
    def feed_scopes(self) -> dict[str, FeedScope]:
        """Every feed of the site that has an entry, by the path of the page that it stands for."""
        scopes: dict[str, FeedScope] = {}
        for lang in self.languages_in_use():
            scopes |= self._collection_feeds(lang)
            scopes |= self._term_feeds(lang)
            scopes[self.home(lang)] = self._feed_scope(self.title(lang), self.description(lang), self.home(lang), self._fed(lang), lang)
        return {path: scope for path, scope in scopes.items() if scope.sources}

    def _collection_feeds(self, lang: str) -> dict[str, FeedScope]:
        fed = {self.base(name, lang): name for name, collection in self.settings.collections.items() if collection.feed}
        return {
            base: self._feed_scope(
                f"{self.title(lang)}: {self.collection_title(name, lang)}",
                self.said(self.collection(name).description, lang),
                base,
                self.shelf(name, lang),
                lang,
            )
            for base, name in fed.items()
        }

    def _term_feeds(self, lang: str) -> dict[str, FeedScope]:
        found: dict[str, FeedScope] = {}
        for taxonomy in self.taxonomies:
            for slug, (name, pages) in self.tagged(taxonomy, lang).items():
                if any(page.meta.date for page in pages):
                    path = addresses.term(taxonomy, slug, self.home(lang))
                    found[path] = self._feed_scope(f"{self.title(lang)}: {name}", "", path, pages, lang, self.settings.feeds.terms)
        return found

    def _fed(self, lang: str) -> list[Page]:
        return [page for name, collection in self.settings.collections.items() if collection.feed for page in self.shelf(name, lang)]

    def _feed_scope(
        self, title: str, description: str, path: str, pages: Sequence[Page], lang: str, formats: Sequence[str] | None = None
    ) -> FeedScope:
        sources = [page.source for page in newest(page for page in pages if page.meta.date and not page.original)]
        formats = self.settings.feeds.collections if formats is None else formats
        return FeedScope(title, description or title, path, lang, tuple(formats), tuple(sources[: self.settings.feeds.limit]))

    def numbers(self, collection: str, lang: str) -> range:
        """The numbers of the pages that a collection's index is split into."""
        return range(1, _count(self.shelf(collection, lang), self.collection(collection).paginate) + 1)

    def term_numbers(self, taxonomy: str, slug: str, lang: str) -> range:
        """The numbers of the pages that a term's archive is split into."""
        return range(1, _count(self.tagged(taxonomy, lang)[slug][1], self.settings.paginate) + 1)

    def _listing(self, pages: Sequence[Page], base: str, number: int, size: int) -> Listing:
        count = _count(pages, size)
        if not 1 <= number <= count:
            raise KeyError(number)
        hrefs = {each: self.href(addresses.numbered(base, each)) for each in steps(number, count)}
        return Listing(
            items=self._cards(pages[(number - 1) * size : number * size]),
            number=number,
            pages=count,
            total=len(pages),
            previous=hrefs.get(number - 1, ""),
            next=hrefs.get(number + 1, ""),
            steps=tuple(Step(each, href, current=each == number, gap=each > 1 and each - 1 not in hrefs) for each, href in hrefs.items()),
        )

    def _cards(self, pages: Sequence[Page]) -> tuple[Card, ...]:
        return tuple(self.card(page.source) for page in pages)


def _count(pages: Sequence[Page], size: int) -> int:
    """How many lists of `size` items it takes, one for an empty list too."""
    return max(1, -(-len(pages) // size))


def _part(page: Page) -> tuple[bool, int, datetime, str]:
    order = page.meta.series.order if page.meta.series else None
    return order is None, order or 0, page.meta.date or DAWN, page.source

"""Questions about feeds as readers choose among them: which there are, and what each is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.site import addresses
from sitegen.site.answers import Ref
from sitegen.site.catalogue import Catalogue
from sitegen.site.questions import question


@dataclass(frozen=True, slots=True)
class Subscription:
    """What can be followed: its title, the href of the page that shows the same, and the absolute address of each format."""

    title: str
    url: str
    formats: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Subscriptions of one kind; those of the site and of its collections have no title."""

    title: str
    items: tuple[Subscription, ...]


class Subscriptions(Catalogue):
    """Overviews of feeds."""

    @question
    def feeds_url(self, lang: str) -> str:
        """The href of the page that lists all feeds in a language; empty where there are none."""
        return self.href(addresses.feeds(self.home(lang))) if self._is_fed(lang) else ""

    def _is_fed(self, lang: str) -> bool:
        return any(scope.formats and scope.lang == lang for scope in self.feed_scopes.values())

    def lists_feeds(self, lang: str) -> bool:
        """Whether the list of feeds is made: not where a page, a redirect or a collection of the author's has its address."""
        path = addresses.feeds(self.home(lang))
        bases = {self.base(name, lang) for name in self.settings.collections}
        return self._is_fed(lang) and path not in self.by_permalink and path not in self.redirects and path not in bases

    @question
    def subscriptions(self, lang: str) -> tuple[Group, ...]:
        """Every feed in a language: first the site's and its collections', then those of tags, categories, authors and series."""
        own = (self.home(lang), *(self.base(name, lang) for name in self.settings.collections))
        groups = [Group("", tuple(self._subscriptions((path, self._feed_title(path, lang)) for path in dict.fromkeys(own))))]
        for taxonomy in self.taxonomies:
            terms = sorted(self.tagged(taxonomy, lang).items(), key=lambda term: (term[1][0].casefold(), term[0]))
            named = ((addresses.term(taxonomy, slug, self.home(lang)), name) for slug, (name, _) in terms)
            groups.append(Group(self.taxonomy(taxonomy, lang).title, tuple(self._subscriptions(named))))
        return tuple(group for group in groups if group.items)

    def _feed_title(self, path: str, lang: str) -> str:
        found = next((name for name in self.settings.collections if self.base(name, lang) == path and path != self.home(lang)), "")
        return self.collection_ref(found, lang).title if found else self.title(lang)

    def _subscriptions(self, named: Iterator[tuple[str, str]]) -> Iterator[Subscription]:
        for path, title in named:
            scope = self.feed_scopes.get(path)
            if scope and scope.formats:
                formats = tuple(Ref(addresses.NAMES[kind], self.absolute(addresses.feed(path, kind))) for kind in scope.formats)
                yield Subscription(title, self.href(path), formats)

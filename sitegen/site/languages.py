"""Questions about what there is in which language."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen import i18n
from sitegen.site import addresses
from sitegen.site.answers import Translation
from sitegen.site.questions import question
from sitegen.site.trees import Trees


class Languages(Trees):
    """Questions whose answers are one page in each language that has it; empty where there is only one.

    `lang` is the language of the page that asks.
    """

    @question
    def translations(self, source: str) -> tuple[Translation, ...]:
        """The page in each language it exists in; of a home page or the index of a collection, also those that nobody wrote."""
        if len(self.settings.all_languages) == 1:
            return ()
        page = self.page_of(source)
        if page.permalink == self.home(page.lang):
            return self.homes(page.lang)
        if page.original:
            return ()
        if self.is_front(page):
            found = (each for each in self.indexes(page.collection, page.lang) if not self._is_borrowed(page.collection, each.lang))
            return several(tuple(found))
        others = [self.translated[page.key, lang] for lang in self.settings.all_languages if (page.key, lang) in self.translated]
        shown = (each for each in others if each is page or (each.is_listed and not each.original))
        return self._each({each.lang: each.permalink for each in shown}, page.lang)

    def _is_borrowed(self, collection: str, lang: str) -> bool:
        """Whether the index of a collection is another language's."""
        front = self.front(collection, lang)
        return front is not None and bool(front.original)

    @question
    def versions_of(self, source: str) -> tuple[Translation, ...]:
        """Where readers of each language find the page, in its own words or in the original's; empty where all are translations."""
        if not self.settings.fallback:
            return ()
        page = self.page_of(source)
        found = [self.translated[page.key, lang] for lang in self.settings.all_languages if (page.key, lang) in self.translated]
        if not any(each.original for each in found):
            return ()
        return self._each({each.lang: each.permalink for each in found if each.is_listed}, page.lang)

    @question
    def homes(self, lang: str) -> tuple[Translation, ...]:
        """The home pages."""
        return self._each({each: self.home(each) for each in self.languages_in_use()}, lang)

    @question
    def indexes(self, collection: str, lang: str) -> tuple[Translation, ...]:
        """The indexes of a collection."""
        if collection not in self.indexed:
            return ()
        has = [each for each in self.languages_in_use() if self.shelf(collection, each) or self.front(collection, each)]
        return self._each({each: self.base(collection, each) for each in has}, lang)

    @question
    def archives(self, collection: str, lang: str, year: int, month: int) -> tuple[Translation, ...]:
        """The archives of a year, or of a month of it where `month` is not 0."""
        has = [each for each in self.languages_in_use() if (year, month) in self._months[collection, each]]
        return self._each({each: addresses.month(self.base(collection, each), year, month) for each in has}, lang)

    @question
    def term_overviews(self, taxonomy: str, lang: str) -> tuple[Translation, ...]:
        """The overviews of a taxonomy."""
        has = [each for each in self.languages_in_use() if self.tagged(taxonomy, each)]
        return self._each({each: addresses.taxonomy(taxonomy, self.home(each)) for each in has}, lang)

    @question
    def term_archives(self, taxonomy: str, slug: str, lang: str) -> tuple[Translation, ...]:
        """The archives of a term: those with the same slug."""
        has = [each for each in self.languages_in_use() if slug in self.tagged(taxonomy, each)]
        return self._each({each: addresses.term(taxonomy, slug, self.home(each)) for each in has}, lang)

    def _each(self, paths: Mapping[str, str], lang: str) -> tuple[Translation, ...]:
        return several(tuple(Translation(each, self._language_name(each), self.href(path), each == lang) for each, path in paths.items()))

    def _language_name(self, lang: str) -> str:
        named = self.settings.languages[lang].name if lang in self.settings.languages else ""
        return named or i18n.language_name(lang)


def several(found: tuple[Translation, ...]) -> tuple[Translation, ...]:
    """Those, if they are more than one: a page is no translation of itself."""
    return found if len(found) > 1 else ()

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
        if self.is_front(page):
            return self.indexes(page.collection, page.lang)
        found = [self.translated[page.key, lang] for lang in self.settings.all_languages if (page.key, lang) in self.translated]
        return self._each({each.lang: each.permalink for each in found if each.is_listed or each is page}, page.lang)

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
    def overviews(self, taxonomy: str, lang: str) -> tuple[Translation, ...]:
        """The overviews of a taxonomy."""
        has = [each for each in self.languages_in_use() if self.tagged(taxonomy, each)]
        return self._each({each: addresses.taxonomy(taxonomy, self.home(each)) for each in has}, lang)

    @question
    def term_archives(self, taxonomy: str, slug: str, lang: str) -> tuple[Translation, ...]:
        """The archives of a term: those with the same slug."""
        has = [each for each in self.languages_in_use() if slug in self.tagged(taxonomy, each)]
        return self._each({each: addresses.term(taxonomy, slug, self.home(each)) for each in has}, lang)

    def _each(self, paths: Mapping[str, str], lang: str) -> tuple[Translation, ...]:
        if len(paths) < 2:
            return ()
        return tuple(Translation(each, self._language_name(each), self.href(path), each == lang) for each, path in paths.items())

    def _language_name(self, lang: str) -> str:
        named = self.settings.languages[lang].name if lang in self.settings.languages else ""
        return named or i18n.language_name(lang)

"""The shelves: every published page, indexed once, in fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sitegen import files, urls
from sitegen.config import Collection
from sitegen.frontmatter import Author
from sitegen.pages import CONTENT, Page
from sitegen.pictures import Order, Size
from sitegen.site import addresses, titles
from sitegen.site.answers import Taxonomy
from sitegen.site.inputs import PICTURE, Inputs
from sitegen.site.ordering import in_order, newest
from sitegen.site.questions import aggregate, face
from sitegen.tracing import note_input


class Library(Inputs):
    """Pages by source, by address, by collection and by term. Its indexes are made at first use and never change."""

    @aggregate
    def by_permalink(self) -> dict[str, Page]:
        """The published pages by address; of two that collide, the first by source."""
        found: dict[str, Page] = {}
        for page in self.published.values():
            found.setdefault(page.permalink, page)
        return found

    @aggregate
    def by_twin(self) -> dict[str, Page]:
        """The pages that have a Markdown twin, by its address."""
        return {urls.twin_of(path): page for path, page in self.by_permalink.items() if page.is_indexed}

    @aggregate
    def _shelves(self) -> dict[tuple[str, str], tuple[Page, ...]]:
        shelves: dict[tuple[str, str], list[Page]] = defaultdict(list)
        for page in self.published.values():
            if page.is_listed and not self.is_front(page):
                shelves[page.collection, page.lang].append(page)
        return {key: in_order(pages, self.collection(key[0])) for key, pages in shelves.items()}

    @aggregate
    def _fronts(self) -> dict[tuple[str, str], Page]:
        return {(page.collection, page.lang): page for page in self.published.values() if self.is_front(page)}

    @aggregate
    def _terms(self) -> dict[tuple[str, str], dict[str, tuple[str, tuple[Page, ...]]]]:
        """Taxonomy and language -> slug -> the term's name as first written, and its pages, newest first."""
        names: dict[tuple[str, str, str], str] = {}
        found: dict[tuple[str, str], dict[str, dict[str, Page]]] = defaultdict(lambda: defaultdict(dict))
        for page in self.published.values():
            if page.is_listed:
                for taxonomy, slug, name in self.terms_of(page):
                    names.setdefault((taxonomy, page.lang, slug), name)
                    found[taxonomy, page.lang][slug][page.source] = page
        return {
            key: {slug: (names[*key, slug], newest(pages.values())) for slug, pages in sorted(terms.items())}
            for key, terms in found.items()
        }

    @aggregate
    def translated(self) -> dict[tuple[str, str], Page]:
        """The published pages by translation key and language."""
        return {(page.key, page.lang): page for page in self.published.values()}

    @aggregate
    def media(self) -> dict[str, str]:
        """Every picture or download that is published, from its path below content/ to its address.

        A file in the folder of an ``index.md`` goes where that page goes, and nowhere if the page is not in the build. Of its
        translations, the one in the site's own language counts, if it is published.
        """
        best_last = sorted(self.all, key=lambda page: (page.status == "published", page.lang == self.settings.language))
        bundles = {page.source.rpartition("/")[0]: page for page in best_last if page.is_index}
        placed = ((name, self._media_address(name, bundles)) for name in self._files)
        return {name: address for name, address in placed if address is not None}

    def _media_address(self, name: str, bundles: dict[str, Page]) -> str | None:
        if "_drafts" in name.split("/") and not self.settings.drafts:
            return None
        folder = name
        while folder:
            folder = folder.rpartition("/")[0]
            page = bundles.get(folder)
            if page is not None and page.status != "published" and not self._holds_others(page):
                return None
            if page is not None and page.status == "published" and page.permalink.endswith("/"):
                return page.permalink + name.removeprefix(folder).removeprefix("/")
        return f"/{name}"

    def _holds_others(self, page: Page) -> bool:
        """Whether the page is the index of a collection or of all: what lies below it is not its own."""
        return self.is_front(page) or page.permalink == self.home(page.lang)

    @aggregate
    def _files(self) -> tuple[str, ...]:
        iter(self.pages)
        return self.pages.media

    @aggregate
    def _files_by_href(self) -> dict[str, str]:
        """Each file that pages may show, by its href: its path below the site's folder, or a whole one for the theme's."""
        assets = self.assets.published.values()
        static = {self.href(f"/{each.file}"): files.site_path(each.source, self.settings.root) for each in assets}
        return static | {self.href(address): f"{CONTENT}/{name}" for name, address in self.media.items()}

    def file_at(self, href: str) -> str:
        """The file that pages show by that href, as `picture_size` takes it; empty where it leads elsewhere."""
        return self._files_by_href.get(href.partition("#")[0].partition("?")[0], "")

    def picture_size(self, file: str) -> Size | None:
        """The size of the picture in a file of the site; None where it holds none."""
        note_input(f"{PICTURE}:{file}")
        return self.gallery.facts(file).size

    def picture_order(self, file: str) -> Order | None:
        """What is made of the picture in a file of the site; None where it stays as it is."""
        note_input(f"{PICTURE}:{file}")
        return self.gallery.order(file)

    def page_of(self, source: str) -> Page:
        """The published page that the content file `source` is. Raises KeyError."""
        note_input(face(source))
        return self._published[source]

    def shelf(self, collection: str, lang: str) -> tuple[Page, ...]:
        """The listed pages of a collection in its order, without its index page."""
        return self._shelves.get((collection, lang), ())

    def front(self, collection: str, lang: str) -> Page | None:
        """The collection's index page, where the author wrote one."""
        return self._fronts.get((collection, lang))

    def is_front(self, page: Page) -> bool:
        """Whether `page` is the index of its collection, and so not one of its items."""
        return page.is_index and page.collection in self.indexed and page.permalink == self.base(page.collection, page.lang)

    def tagged(self, taxonomy: str, lang: str) -> dict[str, tuple[str, tuple[Page, ...]]]:
        """slug -> name and pages of every term of a taxonomy."""
        return self._terms.get((taxonomy, lang), {})

    @property
    def indexed(self) -> tuple[str, ...]:
        """The collections that have an index page."""
        return tuple(name for name, collection in self.settings.collections.items() if collection.kind != "pages" and collection.listed)

    def terms_of(self, page: Page) -> Iterator[tuple[str, str, str]]:
        """Every (taxonomy, slug, name) that `page` stands under; under a category also each one above it."""
        for tag in page.meta.tags:
            yield "tags", urls.slugify(tag), tag
        for category in page.meta.categories:
            slugs = [urls.slugify(part) for part in category]
            for depth in range(1, len(category) + 1):
                yield "categories", "/".join(slugs[:depth]), category[depth - 1]
        for author in self.authors_of(page):
            yield "authors", urls.slugify(author.id), author.name or author.id
        if page.meta.series:
            yield "series", urls.slugify(page.meta.series.name), page.meta.series.name

    def authors_of(self, page: Page) -> tuple[Author, ...]:
        """Who wrote the page; a post that names nobody is by the site's own author."""
        own = page.kind == "blog" and self.settings.author
        return page.meta.authors or ((Author(self.settings.author),) if own else ())

    def collection(self, name: str) -> Collection:
        """The collection of that name. Raises KeyError."""
        return self.settings.collections[name]

    def home(self, lang: str) -> str:
        """The path of a language's home page."""
        return "/" if lang == self.settings.language else f"/{lang}/"

    def base(self, collection: str, lang: str) -> str:
        """The path of a collection's index."""
        return self.home(lang) + self.collection(collection).base.removeprefix("/")

    def collection_title(self, name: str, lang: str) -> str:
        """What a collection is called where no index page of its own says so."""
        given = self.collection(name)
        return self.said(given.title, lang) if given.is_named else titles.of_collections(self.words.of(lang)).get(name, given.title)

    def said(self, text: str, lang: str) -> str:
        """What site.yaml says, in a language: it is written in the site's own, and its catalogue may have it in others."""
        return text if not text or lang == self.settings.language else self.words.of(lang).gettext(text)

    def title(self, lang: str) -> str:
        """The site's title in a language."""
        return (self.settings.languages[lang].title if lang in self.settings.languages else "") or self.settings.title

    def description(self, lang: str) -> str:
        """The site's description in a language."""
        return (self.settings.languages[lang].description if lang in self.settings.languages else "") or self.settings.description

    def href(self, path: str) -> str:
        """`path` as templates print it."""
        return urls.href(path, self.settings.prefix)

    def absolute(self, path: str) -> str:
        """`path` with scheme and host."""
        return self.settings.origin + self.href(path)

    def languages_in_use(self) -> tuple[str, ...]:
        """The languages that have a page, be it a protected one, the site's own first."""
        return self._languages

    @aggregate
    def _languages(self) -> tuple[str, ...]:
        used = {page.lang for page in self.published.values()} | {shell.lang for shell in self.shells.by_path.values()}
        return tuple(lang for lang in self.settings.all_languages if lang in used or lang == self.settings.language)

    def taxonomy(self, name: str, lang: str) -> Taxonomy:
        """How a taxonomy is called and where its overview is."""
        title, singular = titles.of_taxonomies(self.words.of(lang))[name]
        return Taxonomy(name, title, singular, self.href(addresses.taxonomy(name, self.home(lang))))

    @property
    def taxonomies(self) -> tuple[str, ...]:
        """The names of all taxonomies."""
        return titles.TAXONOMIES

"""The page: one content file as the site sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal

import flask_flatpages

from sitegen.frontmatter import Meta
from sitegen.markup import Fragment, Heading, Part, Rendered
from sitegen.pages.facts import Kept, minutes
from sitegen.tracing import note_input

# The levels of the headings that the contents of a page show.
_SECTIONS = (2, 3)
Status = Literal["published", "draft", "future", "expired"]


def body(source: str) -> str:
    """The input that is all of a content file, its body above all; see `sitegen.tracing`."""
    return f"body:{source}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Page(flask_flatpages.Page):  # type: ignore[misc]
    """One content file, finished when it exists.

    ``path`` is Flask-FlatPages' name for it (the file below content/ without its suffix), ``permalink`` its address within the site,
    decoded, ``url`` the href to print and ``canonical`` the absolute URL. ``digest`` names all that the page is made of but settings and
    templates, ``face`` the part of it that other pages may show. ``date`` is aware; one that names only a day is midnight in the site's
    zone. Only the readers of ``group`` may see any of it, where it is not empty.
    """

    source: str
    path: str
    collection: str
    kind: str
    lang: str
    key: str
    permalink: str
    url: str
    canonical: str
    digest: str
    face: str
    status: Status
    meta: Meta
    title: str
    title_id: str
    nav_title: str
    description: str
    slug: str
    weight: float | None
    version: str
    words: int
    is_index: bool
    contents: tuple[Heading, ...]
    origins: tuple[str, ...]
    pictures: tuple[str, ...]
    original: str = ""
    group: str = ""
    summary: Fragment = field(repr=False)
    load: Callable[[], Kept] = field(repr=False, compare=False)

    date = property(attrgetter("meta.date"))
    date_only = property(attrgetter("meta.date_only"))
    updated = property(attrgetter("meta.updated"))
    expires = property(attrgetter("meta.expires"))
    tags = property(attrgetter("meta.tags"))
    categories = property(attrgetter("meta.categories"))
    authors = property(attrgetter("meta.authors"))
    series = property(attrgetter("meta.series"))
    image = property(attrgetter("meta.image"))
    image_alt = property(attrgetter("meta.image_alt"))
    draft = property(attrgetter("meta.draft"))
    unlisted = property(attrgetter("meta.unlisted"))
    pin = property(attrgetter("meta.pin"))
    extra = property(attrgetter("meta.extra"))

    @property
    def file(self) -> str:
        """The content file that the page is made of: its source, or where it stands for a translation that is not there, the original's."""
        return self.original or self.source

    @property
    def folder(self) -> str:
        """The folder below content/ that the file lies in; empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def rendered(self) -> Rendered:
        """The body as HTML with all that was found in it, read from the cache when it is asked for: a large site never holds them all."""
        return self._loaded().rendered

    @property
    def body(self) -> str:
        """The Markdown below the front matter, read like `rendered`."""
        return self._loaded().source.body

    @property
    def body_line(self) -> int:
        """The number of the body's first line in its file."""
        return self._loaded().source.body_line

    @property
    def parts(self) -> tuple[Part, ...]:
        """What lines of `body` take in from other files."""
        return self._loaded().source.parts

    def _loaded(self) -> Kept:
        note_input(body(self.source))
        return self.load()

    @property
    def html(self) -> str:
        """The body as HTML, its links as the author wrote them."""
        return self.rendered.body.html

    def __getitem__(self, name: str) -> Any:
        """Front matter by its canonical key, then what stands under ``extra:``."""
        return getattr(self.meta, name) if name in Meta.__dataclass_fields__ else self.meta.extra[name]

    @property
    def text_lang(self) -> str:
        """The language of the text, which may be one that the site has no pages in: what is around it is in `lang`."""
        return self.meta.lang or self.lang

    @property
    def foreign(self) -> str:
        """The language of its title, where that is none of the pages around it; else empty."""
        return self.text_lang if self.text_lang != self.lang else ""

    @property
    def seo_title(self) -> str:
        """The title for search engines and browser tabs."""
        return self.meta.seo_title or self.title

    @property
    def minutes(self) -> int:
        """Reading time, at least one minute."""
        return minutes(self.words)

    @property
    def sections(self) -> tuple[Heading, ...]:
        """The headings that its contents show, of the second and third level; none where there is but one, or front matter says so."""
        shown = tuple(heading for heading in self.contents if heading.level in _SECTIONS) if self.toc else ()
        return shown if len(shown) > 1 else ()

    @property
    def toc(self) -> bool:
        """Whether the page shows its contents."""
        return self.meta.toc is not False

    @property
    def noindex(self) -> bool:
        """Whether search engines are asked to stay away."""
        return self.meta.noindex or self.meta.unlisted

    @property
    def is_listed(self) -> bool:
        """Whether lists, feeds and navigation may show the page: the one place that says so."""
        return self.status == "published" and not self.meta.unlisted and not self.meta.redirect and not self.group

    @property
    def is_indexed(self) -> bool:
        """Whether the sitemap and twins, which are there for machines, may show the page as well."""
        return self.is_listed and not self.meta.noindex and not self.original

    @property
    def is_searched(self) -> bool:
        """Whether the site's own search may find the page."""
        return self.is_indexed and self.meta.searchable and not self.meta.draft

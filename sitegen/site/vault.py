"""The site as the readers of one group see it: what is for all, and their own pages.

Here alone protected pages are pages. The site for everybody never holds one, so none of its lists, feeds and indexes can tell of it;
what it knows are `sitegen.site.shells`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from sitegen.assets import Assets
from sitegen.config import Settings
from sitegen.encryption import Key
from sitegen.pages import CONTENT, Page, Pages
from sitegen.pictures import Order
from sitegen.site import Site
from sitegen.site.answers import Card, Neighbours, Ref
from sitegen.site.cards import names_of_sources
from sitegen.site.questions import aggregate, question

FOLDER = "_sealed"


@dataclass(frozen=True, slots=True)
class Sealing:
    """What the pages of a group are sealed with: its `key`, or none where they stay locked, and the files that only they show.

    `files` leads from names below content/ to the paths that they are published at.
    """

    group: str
    key: Key | None
    files: Mapping[str, str] = field(default_factory=dict)


def sealing_of(group: str, key: Key | None, pages: Pages, others: Iterable[str]) -> Sealing:
    """How the `pages` of a group are sealed: with the group's own files, and those of the `others` that its pages show or lead to."""
    found = tuple(pages)
    own = pages.media
    known = {*own, *others}
    names = {*own, *(name for page in found for name in _shown(page, known))}
    return Sealing(group, key, {name: f"/{FOLDER}/{key.name(name) if key else group}.bin" for name in sorted(names)})


def _shown(page: Page, known: set[str]) -> Iterator[str]:
    """The files among the `known` that a page shows or leads to."""
    meta = page.meta
    front = [meta.image, *(author.image for author in meta.authors), *(feature.icon for feature in meta.features)]
    front += [link for feature in meta.features for link in (feature.link,)]
    front += [meta.hero.image, *(action.link for action in meta.hero.actions)] if meta.hero else []
    references = (*page.rendered.body.references, *page.rendered.summary.references)
    for target in (*front, *(reference.target for reference in references)):
        path = _path_of(target)
        bases = dict.fromkeys((page.source, page.source.removeprefix(f"{page.lang}/")))
        yield from (name for base in bases for name in names_of_sources(path, base) if path and name in known)


def _path_of(target: str) -> str:
    """The path in an address that may lead to a file of the site; empty where it leads elsewhere."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else unquote(parts.path)


class Vault(Site):
    """The questions, as a group's pages ask them. Those pages are in no list of the site's own; they have one of theirs."""

    def __init__(self, public: Site, pages: Pages, assets: Assets, sealing: Sealing) -> None:
        super().__init__(public.settings, pages, assets, public.all_shells, public._vaults)
        self.public, self.sealing = public, sealing

    @cached_property
    def _all(self) -> tuple[Page, ...]:
        return tuple(sorted((*self.public.all, *self.pages), key=lambda page: page.source))

    @cached_property
    def _data(self) -> Mapping[str, object]:
        return self.public._data

    @cached_property
    def own(self) -> tuple[Page, ...]:
        """The group's pages that are in the build, newest first; those without a date come last, by title."""
        found = [page for page in self.pages if page.status == "published"]
        dated = sorted((page for page in found if page.date), key=lambda page: (page.date, page.source), reverse=True)
        return (*dated, *sorted((page for page in found if not page.date), key=lambda page: (page.title, page.source)))

    @cached_property
    def by_path(self) -> Mapping[str, Page]:
        """The group's pages by address."""
        return {page.permalink: page for page in self.own}

    @cached_property
    def own_names(self) -> frozenset[str]:
        """What inputs call the group's own pages and files."""
        return frozenset({page.source for page in self.pages} | {f"{CONTENT}/{name}" for name in self.sealing.files})

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {page.source: rank for rank, page in enumerate(self.own)}

    @aggregate
    def media(self) -> dict[str, str]:
        """What is published for all, and what is for the group alone."""
        found: dict[str, str] = {**self.public.media, **self.sealing.files}
        return found

    @aggregate
    def _files(self) -> tuple[str, ...]:
        return (*self.public._files, *self.sealing.files)

    def picture_order(self, file: str) -> Order | None:
        """None: of what is sealed there are no versions."""
        del file
        return None

    @question
    def contents_ref(self) -> Ref:
        """The list of the group's pages."""
        return Ref(self.group_title, self.href(self.settings.address_of(self.sealing.group)))

    @property
    def group_title(self) -> str:
        """What the group is called."""
        return title_of(self.settings, self.sealing.group)

    @question
    def breadcrumbs(self, source: str) -> tuple[Ref, ...]:
        """The way from the home page over the list of the group's pages."""
        return (self.home_ref(self.page_of(source).lang), self.contents_ref())

    @question
    def neighbours(self, source: str) -> Neighbours:
        """The group's pages before and after this one in its list."""
        at = self._ranks[source]
        before, after = (self.own[at - 1] if at else None), (self.own[at + 1] if at + 1 < len(self.own) else None)
        return Neighbours(_ref(after), _ref(before))

    @question
    def related(self, source: str) -> tuple[Card, ...]:
        """None: they would be the same on each page of a small group."""
        del source
        return ()

    @question
    def contents_cards(self) -> tuple[Card, ...]:
        """The group's pages as its list shows them."""
        return tuple(self.card(page.source) for page in self.own)


def digest_of(sealing: Sealing, pages: Pages) -> str:
    """A name for all that is the group's own: a MAC under its key, so that nobody can try whether a page says what he guesses.

    Without a key there is no such name, and nothing is what it was.
    """
    if sealing.key is None:
        return os.urandom(16).hex()
    told = [part for page in pages for part in (page.source, page.digest, page.face)]
    shown = [part for name in sealing.files for part in (name, pages.reader.gallery.content(f"{CONTENT}/{name}"))]
    return sealing.key.digest(*map(str.encode, (*told, "", *shown)))


def title_of(settings: Settings, group: str) -> str:
    """What a group is called in public."""
    return settings.protected[group].title or group.replace("-", " ").capitalize()


def _ref(page: Page | None) -> Ref | None:
    return None if page is None else Ref(page.title, page.url)

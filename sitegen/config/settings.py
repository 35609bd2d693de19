"""The settings as the rest of sitegen reads them: complete, with nothing left to default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field

from sitegen.config.counters import Counter, counter_of
from sitegen.config.menu_keys import MenuItem
from sitegen.config.model import CollectionKeys, Kind, Order, SiteKeys
from sitegen.config.repositories import Repository, repository_of
from sitegen.errors import Problem
from sitegen.report import Ignore

_KINDS: dict[str, Kind] = {"blog": "blog", "docs": "docs", "releases": "releases", "pages": "pages"}
_ORDERS: dict[Kind, Order] = {"blog": "newest", "docs": "weight", "releases": "version", "pages": "title"}
_NOT_WORLD = {"root", "now", "problems", "ignores", "check", "allow_locked"}


class Collection(CollectionKeys):
    """A collection with every default filled in; `is_named` where its title is the author's."""

    name: str
    folder: str
    kind: Kind
    order: Order
    paginate: int
    feed: bool
    is_named: bool = True

    @cached_property
    def base(self) -> str:
        """The path of its index: where the addresses of its pages all begin, or its name where they begin differently."""
        fixed = self.permalink.partition(":")[0].rpartition("/")[0] + "/"
        return fixed if fixed != "/" or not self.folder else f"/{self.name}/"

    def holds(self, source: str) -> bool:
        """Whether the file `source`, below content/, lies in its folder."""
        return not self.folder or source.startswith(self.folder + "/")


class Settings(SiteKeys):
    """site.yaml with every default filled in, and what the command line says.

    ``url`` is the address that the site is built for: ASCII, with a slash at its end. Groups without passwords are no error where it is
    `allow_locked`. `problems` are the warnings that reading it gave,
    `ignores` the comments in it that silence one.
    """

    collections: Mapping[str, Collection]
    search: bool
    root: Path
    now: datetime
    drafts: bool = False
    future: bool = False
    preview: bool = False
    allow_locked: bool = False
    problems: tuple[Problem, ...] = Field(())
    ignores: tuple[Ignore, ...] = Field(())

    @cached_property
    def origin(self) -> str:
        """Scheme and host: ``https://example.org``."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @cached_property
    def prefix(self) -> str:
        """The base path without a slash at its end, percent-encoded: ``/docs``, or nothing at the root of a host."""
        return urlsplit(self.url).path.rstrip("/")

    @cached_property
    def source(self) -> Repository | None:
        """Where the site's source lives; None where nobody said."""
        return repository_of(self.repository) if self.repository else None

    @cached_property
    def editing(self) -> str:
        """The address at which a page is edited, with ``{path}`` in it; empty where it is not known."""
        return self.edit_url or (self.source.edit_url if self.source else "")

    @cached_property
    def counter(self) -> Counter | None:
        """Who counts visits; None for nobody, which a preview always has."""
        return None if self.preview or self.analytics is None else counter_of(self.analytics, urlsplit(self.url).hostname or "")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of dates that name none."""
        return ZoneInfo(self.timezone)

    @cached_property
    def all_languages(self) -> tuple[str, ...]:
        """The codes of all languages, the site's own first."""
        return tuple(dict.fromkeys((self.language, *self.languages)))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What is written in the site's own language and said in others as a catalogue has it: of menus and collections, each once."""
        of_menus = (title for items in self.menus.values() for title in _titles(items))
        named = (each.title for each in self.collections.values() if each.is_named)
        about = (each.description for each in self.collections.values())
        return tuple(dict.fromkeys(filter(None, (*of_menus, *named, *about))))

    def collection_of(self, source: str) -> Collection:
        """The collection that the file `source` belongs to: the one with the longest folder around it.

        `source` is relative to content/, without the folder of a language.
        """
        return next(collection for collection in self._by_depth if collection.holds(source))

    def group_of(self, source: str, wanted: str = "") -> str:
        """The group of readers that the file `source` belongs to, relative to content/ and without the folder of a language; empty for all.

        `wanted` is what its front matter says: a folder that is protected comes before it.
        """
        folders = ((folder, name) for name, group in self.protected.items() for folder in group.folders)
        around = [(len(folder), name) for folder, name in folders if source.startswith(f"{folder}/") or not folder]
        return max(around)[1] if around else self.collection_of(source).protect or wanted

    def address_of(self, group: str) -> str:
        """The path of the page that lists the pages of a group."""
        return self.protected[group].address or f"/{group}/"

    @cached_property
    def _by_depth(self) -> tuple[Collection, ...]:
        return tuple(sorted(self.collections.values(), key=lambda collection: -len(collection.folder)))

    def world(self) -> str:
        """All settings that output may depend on, as JSON: the same text for the same settings, wherever the site lies."""
        return self.model_dump_json(exclude=_NOT_WORLD)


def _titles(items: Iterable[MenuItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def complete(name: str, given: CollectionKeys, *, paginate: int) -> Collection:
    """The collection `name` with the defaults of its kind; `paginate` is the site's."""
    kind = given.kind or _KINDS.get(name, "blog")
    return Collection(
        name=name,
        folder=folder_of(name, given),
        kind=kind,
        permalink=given.permalink or _permalink(name, kind),
        title=given.title or name.replace("-", " ").replace("_", " ").capitalize(),
        description=given.description,
        order=given.order or _ORDERS[kind],
        paginate=given.paginate or paginate,
        is_named=bool(given.title),
        feed=given.feed if given.feed is not None else kind in {"blog", "releases"},
        layout=given.layout,
        listed=given.listed,
        protect=given.protect,
    )


def folder_of(name: str, given: CollectionKeys) -> str:
    """The folder below content/ of the collection `name`."""
    if given.folder is not None:
        return given.folder
    return "" if name == "pages" else name


def complete_all(given: Mapping[str, CollectionKeys], *, paginate: int) -> dict[str, Collection]:
    """The collections of site.yaml in its order, then the built-in ones whose names and folders it leaves free."""
    declared = {name: complete(name, keys, paginate=paginate) for name, keys in given.items()}
    taken = {collection.folder.casefold() for collection in declared.values()}
    built_in = (complete(name, CollectionKeys(), paginate=paginate) for name in _KINDS if name not in given)
    return declared | {collection.name: collection for collection in built_in if collection.folder not in taken}


def _permalink(name: str, kind: Kind) -> str:
    base = "" if name == "pages" else f"/{name}"
    return f"{base}/:path/" if kind in {"docs", "pages"} else f"{base}/:slug/"

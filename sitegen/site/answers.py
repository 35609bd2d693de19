"""What `Site` answers: small frozen values. Every ``url`` is an href ready to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Ref:
    """A page in a word: all that a link to it shows. ``lang`` is the title's language, empty where it is that of the pages around it."""

    title: str
    url: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An author. ``url`` is their own site, ``page_url`` their page here."""

    id: str
    name: str
    page_url: str
    url: str = ""
    email: str = ""
    image: str = ""
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Byline:
    """An author in a word, with the address of a portrait; empty for none."""

    title: str
    url: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as lists show it: its size in pixels, zeros where it is not known, and narrower versions of it.

    ``type`` is the media type of the versions in ``srcset``, empty where they are of the picture's own.
    """

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    type: str = ""
    srcset: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A page as lists show it; `summary` holds no ids, and its links are resolved. ``changes`` are those that a release names."""

    source: str
    title: str
    url: str
    date: datetime | None
    date_only: bool
    updated: datetime | None
    summary: Markup
    image: str
    image_alt: str
    tags: tuple[Ref, ...]
    categories: tuple[Ref, ...]
    authors: tuple[Byline, ...]
    minutes: int
    pin: bool
    collection: str
    lang: str
    version: str
    picture: Picture | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A way from one page of a long list to another; `number` counts from 1.

    ``gap`` where numbers are left out before it.
    """

    number: int
    url: str
    current: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a long list. `number` counts from 1 to `pages`, `total` counts items.

    ``previous`` is the page with newer items, empty on the first; ``next`` the one with older items, empty on the last. ``steps`` lead to
    the first page, the last, this one and those beside it: as many in a list of a thousand pages as in one of ten.
    """

    items: tuple[Card, ...]
    number: int
    pages: int
    total: int
    previous: str
    next: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pages before and after one, in its collection's order."""

    previous: Ref | None
    next: Ref | None


@dataclass(frozen=True, slots=True)
class SeriesBox:
    """A series as one of its posts shows it. `position` counts from 1.

    ``items`` are all its parts or, in a long series, those around this one; ``start`` is the position of the first of them.
    """

    title: str
    url: str
    position: int
    total: int
    items: tuple[Ref, ...]
    previous: Ref | None
    next: Ref | None
    start: int = 1

    @property
    def whole(self) -> bool:
        """Whether ``items`` are all its parts."""
        return len(self.items) == self.total


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest pages under a term, newest first: their dates in seconds by source; `count` is how many pages there are."""

    count: int
    ages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has posts."""

    month: int
    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year that has posts, and its months, newest first; `name` is how its language writes it."""

    year: int
    name: str
    url: str
    count: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A way of sorting pages: tags, categories, authors or series."""

    id: str
    title: str
    singular: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a taxonomy. ``slug`` is a path of slugs where the taxonomy is a hierarchy; `count` counts pages below it too.

    ``size`` goes from 1 to 5, by the logarithm of the count, for a cloud.
    """

    name: str
    slug: str
    url: str
    count: int
    size: int
    depth: int = 0
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A place in a tree of docs, or in a long list of releases. ``open`` where the current page is inside.

    ``url`` is empty for a folder without a page of its own; where its children are left out, it is that of the first page inside.
    ``more``, at the first or the last of a row, where those beyond it are left out.
    """

    title: str
    url: str
    current: bool
    open: bool
    children: tuple[Node, ...] = ()
    more: bool = False
    text: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of a menu."""

    title: str
    url: str
    external: bool
    children: tuple[MenuItem, ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """The page in another language, or in the same."""

    lang: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that stands for a page: its href and media type."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class FeedScope:
    """The feed of the page at `path`: its formats, and the pages in it, newest first."""

    title: str
    description: str
    path: str
    lang: str
    formats: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A way into a part of the site: a page, or a folder of docs with `count` pages below it."""

    title: str
    url: str
    text: str = ""
    count: int = 0
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Hero:
    """The top of a front page."""

    label: str
    title: str
    text: str
    image: Picture | None
    actions: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """A reason to read on, which may lead further. ``sign`` is an emoji, ``image`` the address of a picture; one of them at most."""

    title: str
    text: str
    url: str
    sign: str
    image: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a front page is made of; ``sections`` are the names of its parts in their order, empty where nobody says."""

    hero: Hero
    features: tuple[Feature, ...]
    sections: tuple[str, ...]

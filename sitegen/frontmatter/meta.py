"""What front matter comes to, whatever tool it was written for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Author:
    """Someone a page names as its author: an id or a name as written, and what an object beside it says."""

    id: str
    name: str = ""
    url: str = ""
    email: str = ""
    image: str = ""
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The series a page is a part of, and its place in it where the page says one."""

    name: str
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a front page; ``link`` is written like one in the page's text."""

    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Hero:
    """The top of a front page."""

    label: str = ""
    title: str = ""
    text: str = ""
    image: str = ""
    image_alt: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A reason to read on. ``icon`` is an emoji or the address of a picture."""

    title: str
    text: str = ""
    icon: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """The canonical front matter of one page. Empty and None mean that the page says nothing.

    Datetimes are aware and in the site's zone; ``date_only`` says that `date` names a day. ``path`` is a whole address or a pattern
    with ``:tokens``. Each category is the path of its names, from the top. ``summary`` is Markdown.
    """

    title: str = ""
    seo_title: str = ""
    nav_title: str = ""
    description: str = ""
    summary: str = ""
    date: datetime | None = None
    date_only: bool = False
    updated: datetime | None = None
    expires: datetime | None = None
    git_dates: tuple[str, ...] = ()
    slug: str = ""
    path: str = ""
    aliases: tuple[str, ...] = ()
    redirect: str = ""
    draft: bool = False
    protect: str = ""
    public_title: str = ""
    unlisted: bool = False
    skip: bool = False
    noindex: bool = False
    searchable: bool = True
    tags: tuple[str, ...] = ()
    categories: tuple[tuple[str, ...], ...] = ()
    series: Series | None = None
    authors: tuple[Author, ...] = ()
    image: str = ""
    image_alt: str = ""
    weight: float | None = None
    template: str = ""
    lang: str = ""
    translation_key: str = ""
    math: bool | None = None
    comments: bool | None = None
    toc: bool | None = None
    pin: bool = False
    hero: Hero | None = None
    features: tuple[Feature, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

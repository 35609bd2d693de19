"""The site: the questions a template may ask of all pages, each answer remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import msgspec
from flask import current_app, g

from sitegen import files, frontmatter, theme, yaml_nodes
from sitegen.config import Settings
from sitegen.errors import ContentError
from sitegen.files import walk_shallow
from sitegen.site import addresses
from sitegen.site.answers import Card, Feed, FeedScope, FrontPage, Listing, MenuItem, Person, Ref, Term, Translation
from sitegen.site.cards import names_of_sources
from sitegen.site.previews import CARDS, Preview
from sitegen.site.questions import QUESTIONS, Answered, noting, question
from sitegen.site.redirects import Redirect
from sitegen.site.splicing import spliced
from sitegen.site.subscriptions import Subscriptions
from sitegen.tracing import note_input

__all__ = [
    "TEMPLATES",
    "Answered",
    "Asking",
    "Card",
    "Data",
    "Feed",
    "FeedScope",
    "FrontPage",
    "Listing",
    "MenuItem",
    "Person",
    "Preview",
    "Redirect",
    "Ref",
    "Settled",
    "Site",
    "Term",
    "Translation",
    "addresses",
    "current_site",
    "names_of_sources",
    "noting",
    "question",
    "seen_as",
    "spliced",
]

_DATA, TEMPLATES, _YEAR = "data", "templates", "year"
_SEEN = "sitegen_site"


class Site(Subscriptions):
    """What templates and views know: settings, pages and the questions about them."""

    @property
    def data(self) -> Data:
        """The files under data/: ``site.data.team`` is what data/team.yaml holds."""
        return Data(self)

    @question
    def datum(self, name: str) -> Any:
        """The contents of data/<name>.yaml as plain lists and mappings. Raises KeyError."""
        note_input(_DATA)
        return self._data[name]

    def _inputs(self) -> dict[str, Callable[[], str]]:
        return super()._inputs() | {
            _DATA: lambda: files.digest(msgspec.json.encode(self._data)),
            TEMPLATES: lambda: theme.digest_of_all(self.settings),
            _YEAR: lambda: str(self.now.year),
            CARDS: lambda: files.digest(msgspec.json.encode(self.gallery.style)),
        }

    @cached_property
    def _data(self) -> Mapping[str, Any]:
        found = (path for path in walk_shallow(self.settings.root / _DATA) if path.suffix in {".yaml", ".yml"})
        return {path.stem: _read_data(path) for path in found}

    def home_url(self, lang: str) -> str:
        """The href of a language's home page."""
        return self.href(self.home(lang))

    def search_url(self, lang: str) -> str:
        """The href of the page that searches a language's pages; empty where the site has no search."""
        return self.href(f"{self.home(lang)}search/") if self.settings.search else ""

    @property
    def logo(self) -> str:
        """The address of the site's logo; empty where site.yaml names none."""
        return self.picture(self.settings.theme.logo)

    @property
    def favicon(self) -> str:
        """The address of the site's icon; empty where site.yaml names none."""
        return self.picture(self.settings.theme.favicon)

    @property
    def image(self) -> str:
        """The address of the picture for link previews of pages without one; empty where site.yaml names none."""
        return self.picture(self.settings.image)

    @question
    def template(self, name: str) -> str:
        """What a page looks like by the template `name`: a digest of all that it is made of."""
        note_input(TEMPLATES)
        return theme.digest_of(self.settings, name)

    @question
    def has_template(self, name: str) -> bool:
        """Whether the site or its theme has a template of that name."""
        note_input(TEMPLATES)
        return name in self._template_names

    @cached_property
    def _template_names(self) -> frozenset[str]:
        return frozenset(theme.loader(self.settings).list_templates())

    @question
    def year(self) -> int:
        """The year of the build, for a copyright line."""
        note_input(_YEAR)
        return self.now.year

    @property
    def now(self) -> datetime:
        """The moment of the build. Templates have `year` alone, since a page that prints the time is never fresh."""
        return self.settings.now.astimezone(self.settings.zone)


def _read_data(path: Path) -> Any:
    shown = f"{_DATA}/{path.name}"
    try:
        text, _ = frontmatter.decode(path.read_bytes(), path=shown)
    except OSError as error:
        raise ContentError(f"cannot be read: {error.strerror}", rule="unreadable", path=shown, hint="check its permissions") from None
    return yaml_nodes.plain(yaml_nodes.compose(text, path=shown, error=ContentError))


class Data:
    """Attribute access to `Site.datum`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __getattr__(self, name: str) -> Any:
        try:
            return self._site.datum(name)
        except KeyError:
            raise AttributeError(f"there is no data/{name}.yaml") from None


# What settings alone decide; a change of settings is a change of the world.
_SETTLED = frozenset({"body", "data", "description", "favicon", "home", "home_url", "href", "image", "logo", "search_url", "title"})

_NOT_SETTLED = frozenset({"root", "now", "problems", "check", "model_dump", "model_dump_json"})


class Asking:
    """The site as templates have it: its questions, and what settings alone decide. Anything else would go unnoted."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __getattr__(self, name: str) -> Any:
        if name == "settings":
            return Settled(self._site.settings)
        if name in QUESTIONS or name in _SETTLED:
            return getattr(self._site, name)
        raise AttributeError(f"the site has no question {name!r}")

    def __dir__(self) -> Iterable[str]:
        return {"settings", *QUESTIONS, *_SETTLED}


class Settled:
    """The settings as templates have them: without what is no part of the world, where the site lies and when it is built."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __getattr__(self, name: str) -> Any:
        if name in _NOT_SETTLED:
            raise AttributeError(f"templates have no settings.{name}")
        return getattr(self._settings, name)

    def __dir__(self) -> Iterable[str]:
        return set(dir(self._settings)) - _NOT_SETTLED


def current_site() -> Site:
    """The site of the app that handles this request, or what a group of readers sees of it while one of their pages is made."""
    return cast(Site, g.get(_SEEN) or current_app.extensions["sitegen"])


@contextmanager
def seen_as(site: Site) -> Iterator[None]:
    """Templates rendered inside ask `site`."""
    setattr(g, _SEEN, site)
    try:
        yield
    finally:
        delattr(g, _SEEN)

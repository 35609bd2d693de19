"""The site: the questions a template may ask of all pages, each answer remembered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any, cast

from flask import current_app

from sitegen import yaml_nodes
from sitegen.assets import Assets
from sitegen.config import Settings
from sitegen.errors import ContentError, TemplateError
from sitegen.files import walk_shallow
from sitegen.pages import Pages
from sitegen.site import addresses
from sitegen.site.answers import Feed, FeedScope, MenuItem, Person, Ref, Translation
from sitegen.site.cards import spliced
from sitegen.site.catalogue import Catalogue
from sitegen.site.questions import noting, question
from sitegen.site.redirects import Redirect

__all__ = [
    "Data",
    "Feed",
    "FeedScope",
    "MenuItem",
    "Person",
    "Redirect",
    "Ref",
    "Site",
    "Translation",
    "addresses",
    "current_site",
    "noting",
    "question",
    "spliced",
]

_DATA = "data"


class Site(Catalogue):
    """What templates and views know: settings, pages and the questions about them."""

    def __init__(self, settings: Settings, pages: Pages, assets: Assets) -> None:
        super().__init__(settings, pages)
        self.assets = assets

    @property
    def data(self) -> Data:
        """The files under data/: ``site.data.team`` is what data/team.yaml holds."""
        return Data(self)

    @question
    def datum(self, name: str) -> Any:
        """The contents of data/<name>.yaml as plain lists and mappings. Raises KeyError."""
        return self._data[name]

    @cached_property
    def _data(self) -> Mapping[str, Any]:
        found = {}
        for path in walk_shallow(self.settings.root / _DATA):
            if path.suffix in {".yaml", ".yml"}:
                shown = f"{_DATA}/{path.name}"
                found[path.stem] = yaml_nodes.plain(yaml_nodes.compose(path.read_text(encoding="utf-8"), path=shown, error=ContentError))
        return found

    @question
    def asset(self, name: str) -> str:
        """The fingerprinted href of a static file.

        Raises:
            TemplateError: there is no such file.
        """
        asset = self.assets.published.get(name)
        if asset is None:
            near = get_close_matches(name, self.assets.published, 1)
            raise TemplateError(f"there is no static file {name!r}", hint=f"did you mean {near[0]!r}?" if near else "put it under static/")
        return self.href("/" + asset.file)

    @question
    def brand(self, which: str) -> str:
        """The href of the site's ``logo`` or ``favicon``, a file under static/ or content/; empty where site.yaml names none."""
        name = getattr(self.settings.theme, which).lstrip("/")
        if name and name in self.media:
            return self.href(self.media[name])
        return self.asset(name) if name else ""

    def home_url(self, lang: str) -> str:
        """The href of a language's home page."""
        return self.href(self.home(lang))

    @property
    def logo(self) -> str:
        return self.brand("logo")

    @property
    def favicon(self) -> str:
        return self.brand("favicon")

    @question
    def year(self) -> int:
        """The year of the build, for a copyright line."""
        return self.now.year

    @property
    def now(self) -> datetime:
        """The moment of the build. A template that prints it is not noted as stale when time goes on; `year` is."""
        return self.settings.now.astimezone(self.settings.zone)


class Data:
    """Attribute access to `Site.datum`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __getattr__(self, name: str) -> Any:
        try:
            return self._site.datum(name)
        except KeyError:
            raise AttributeError(f"there is no data/{name}.yaml") from None


def current_site() -> Site:
    """The site of the app that handles this request."""
    return cast(Site, current_app.extensions["sitegen"])

"""One blueprint for each kind of output: `blueprint(site)` gives its routes, `urls(site)` every address it answers."""

from __future__ import annotations

from types import ModuleType

from sitegen.views import extras, feeds, lists, pages, protected, search, search_engines, subscriptions, terms, twins

ALL: tuple[ModuleType, ...] = (lists, terms, feeds, subscriptions, search, search_engines, extras, protected, pages, twins)

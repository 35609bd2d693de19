"""Where templates come from, and the filters they have: the site's own folder, then the built-in theme."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from gettext import NullTranslations
from pathlib import Path

from flask import Flask, g
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined

from sitegen import files, i18n
from sitegen.config import Settings

_PACKAGE = Path(__file__).parent
PREFIX = "theme"


# The theme's templates that stand for a whole page.
_PAGES = "404 archive base doc docs home list page post redirect release releases term terms"
NAMES = frozenset(f"{name}.html" for name in _PAGES.split(" "))


def folder(kind: str) -> Path:
    """The built-in theme's ``templates`` or ``static``: inside the package where it is installed, beside it in a checkout."""
    inside = _PACKAGE / PREFIX / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def loader(settings: Settings) -> BaseLoader:
    """Templates by name, the site's first. ``theme/post.html`` always names the built-in one, so that an override can extend it."""
    theme = FileSystemLoader(folder("templates"))
    own = FileSystemLoader(settings.root / "templates")
    return ChoiceLoader([own, theme, PrefixLoader({PREFIX: theme})])


def template_files(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Every template that a build may read, by its name in its folder, in an order that no file system decides."""
    for root in dict.fromkeys((settings.root / "templates", folder("templates"))):
        for name in files.walk(root, within=root.resolve().parent).files:
            yield name, (root / name).read_bytes()


def install(app: Flask, settings: Settings) -> None:
    """Give `app` its templates: loader, escaping in every one of them, no undefined names, translations and filters."""
    environment = app.jinja_env
    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    catalogues = {lang: i18n.translations(lang) for lang in settings.all_languages}

    def catalogue() -> NullTranslations:
        return catalogues[g.get("lang", settings.language)]

    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogue().gettext(text), lambda one, many, count: catalogue().ngettext(one, many, count), newstyle=True
    )
    environment.filters["date"] = partial(_date, settings.language)
    environment.filters["iso"] = datetime.isoformat
    app.extensions["sitegen-templates"] = frozenset(environment.list_templates())


def _date(language: str, value: datetime, style: str = "long") -> str:
    return i18n.format_date(value, g.get("lang", language), style)

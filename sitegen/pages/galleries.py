"""The gallery of a site's pictures, with what its settings want made of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sitegen import config
from sitegen.cache import Cache
from sitegen.config import Settings
from sitegen.errors import SettingsError
from sitegen.pages.walking import CONTENT
from sitegen.pictures import Gallery, Recipe, Style, pillow, style_of


def gallery_of(settings: Settings, cache: Cache, *, verify: bool) -> Gallery:
    """The pictures of the site that `settings` are of. Where `verify`, no file is believed by its stamp.

    Raises:
        SettingsError: something is asked for that Pillow has to make, and Pillow is not there, or the font of the cards cannot be read.
    """
    return Gallery(settings.root, cache, verify=verify, recipe=_recipe(settings), style=_style(settings))


def _recipe(settings: Settings) -> Recipe | None:
    wanted = settings.images
    if wanted is None:
        return None
    with _placed(settings, "images"):
        return Recipe(tuple(wanted.widths), tuple(wanted.formats), wanted.quality, pillow("images"))


def _style(settings: Settings) -> Style | None:
    if settings.social_cards is None:
        return None
    name = settings.theme.logo.lstrip("/")
    logo = next((f"{folder}/{name}" for folder in (CONTENT, "static") if name and (settings.root / folder / name).is_file()), "")
    font = settings.social_cards.font
    with _placed(settings, "social_cards"):
        library = pillow("social_cards")
    with _placed(settings, "social_cards", "font"):
        return style_of(settings.root, accent=settings.theme.accent, font=font, logo=logo, library=library)


@contextmanager
def _placed(settings: Settings, *keys: str) -> Iterator[None]:
    """What is wrong with the value at the path `keys` is told of at the line of site.yaml that has the last of them."""
    try:
        yield
    except SettingsError as error:
        line, column, excerpt = config.place_of(settings.root, keys, of_key=True)
        error.problem = replace(error.problem, line=line, column=column, excerpt=excerpt)
        raise

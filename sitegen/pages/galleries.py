"""The gallery of a site's pictures, with what its settings want made of them."""

from __future__ import annotations

from sitegen.cache import Cache
from sitegen.config import Settings
from sitegen.pages.walking import CONTENT
from sitegen.pictures import Gallery, Recipe, Style, pillow, style_of


def gallery_of(settings: Settings, cache: Cache, *, verify: bool) -> Gallery:
    """The pictures of the site that `settings` are of. Where `verify`, no file is believed by its stamp.

    Raises:
        SettingsError: something is asked for that Pillow has to make, and Pillow is not there.
    """
    return Gallery(settings.root, cache, verify=verify, recipe=_recipe(settings), style=_style(settings))


def _recipe(settings: Settings) -> Recipe | None:
    wanted = settings.images
    return Recipe(tuple(wanted.widths), tuple(wanted.formats), wanted.quality, pillow("images")) if wanted is not None else None


def _style(settings: Settings) -> Style | None:
    if settings.social_cards is None:
        return None
    name = settings.theme.logo.lstrip("/")
    logo = next((f"{folder}/{name}" for folder in (CONTENT, "static") if name and (settings.root / folder / name).is_file()), "")
    library = pillow("social_cards")
    return style_of(settings.root, accent=settings.theme.accent, font=settings.social_cards.font, logo=logo, library=library)

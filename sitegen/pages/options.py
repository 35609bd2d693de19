"""How the site wants its bodies rendered and its pictures made, and how one page wants its own body."""

from __future__ import annotations

from dataclasses import replace

from sitegen import files
from sitegen.config import Settings
from sitegen.frontmatter import Meta
from sitegen.markup import Options
from sitegen.pages.extensions import extension_sources
from sitegen.pictures import Recipe, Style, pillow, style_of


def options_of(settings: Settings) -> Options:
    """What the settings say; the digest of the site's own modules is a part of it."""
    return Options(
        html=settings.content.html,
        line_numbers=settings.markdown.line_numbers,
        extensions=tuple(settings.markdown.extensions),
        code=files.digest(*extension_sources(settings)),
        summary_words=settings.content.summary_words,
        embeds=tuple(settings.embeds),
        math=settings.markdown.math,
        diagrams=tuple(settings.markdown.diagrams.items()),
        math_macros=tuple((name.removeprefix("\\"), text) for name, text in settings.markdown.math_macros.items()),
    )


def options_for(meta: Meta, options: Options) -> Options:
    """`options` with what the front matter of one page says otherwise."""
    return options if meta.math is None or meta.math == options.math else replace(options, math=meta.math)


def recipe_of(settings: Settings) -> Recipe | None:
    """How pictures get smaller; None where they stay as they are."""
    wanted = settings.images
    return Recipe(tuple(wanted.widths), tuple(wanted.formats), wanted.quality, pillow("images")) if wanted is not None else None


def card_style(settings: Settings) -> Style | None:
    """How social cards look; None where there are none."""
    if settings.social_cards is None:
        return None
    name = settings.theme.logo.lstrip("/")
    logo = next((f"{folder}/{name}" for folder in ("content", "static") if name and (settings.root / folder / name).is_file()), "")
    library = pillow("social_cards")
    return style_of(settings.root, accent=settings.theme.accent, font=settings.social_cards.font, logo=logo, library=library)

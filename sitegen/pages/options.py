"""How the site wants its bodies rendered, and how one page wants its own."""

from __future__ import annotations

from dataclasses import replace

from sitegen import files
from sitegen.config import Settings
from sitegen.frontmatter import Meta
from sitegen.markup import Options
from sitegen.pages.extensions import extension_sources


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

"""How the bodies of a site are rendered: by its settings, and by what a page says for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sitegen import files, markup
from sitegen.config import Settings
from sitegen.frontmatter import Meta
from sitegen.markup import Labels, Options
from sitegen.pages.extensions import extension_sources
from sitegen.pages.languages import language_of


def options_of(settings: Settings) -> Options:
    """What all pages have in common; its punctuation is that of the site's language."""
    return markup.Options(
        html=settings.content.html,
        line_numbers=settings.markdown.line_numbers,
        extensions=tuple(settings.markdown.extensions),
        code=files.digest(*extension_sources(settings)),
        summary_words=settings.content.summary_words,
        embeds=tuple(settings.embeds),
        math=settings.markdown.math,
        diagrams=tuple(settings.markdown.diagrams.items()),
        math_macros=tuple((name.removeprefix("\\"), text) for name, text in settings.markdown.math_macros.items()),
        punctuation=settings.language if settings.markdown.smart_punctuation else "",
    )


def options_for(name: str, meta: Meta, options: Options, settings: Settings, *, labels: Callable[[str], Labels]) -> Options:
    """`options` as the content file `name` (below content/) wants them; `labels` gives those of a language."""
    math = options.math if meta.math is None else meta.math
    language = meta.lang or language_of(name, meta.lang, settings)[1]
    punctuation, said = language if options.punctuation else "", labels(language)
    if (math, punctuation, said) == (options.math, options.punctuation, options.labels):
        return options
    return replace(options, math=math, punctuation=punctuation, labels=said)

"""Which language a content file is in."""

from __future__ import annotations

from sitegen.config import Settings


def language_of(name: str, meta_lang: str, settings: Settings) -> tuple[str, str]:
    """`name` without its language, and the language: ``fr/x.md`` and ``x.fr.md`` are both the French ``x.md``."""
    folder, _, rest = name.partition("/")
    if rest and folder in settings.languages:
        return rest, folder
    stem, dot, suffix = name.rpartition(".")
    inner, _, code = stem.rpartition(".")
    if inner and code in settings.all_languages:
        return inner + dot + suffix, code
    return name, meta_lang if meta_lang in settings.all_languages else settings.language

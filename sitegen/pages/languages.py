"""Which language a content file is in."""

from __future__ import annotations

from sitegen.config import Settings

# Jekyll's folders, which stand for no part of a name.
INVISIBLE_FOLDERS = frozenset({"_posts", "_drafts"})


def inner_of(name: str, settings: Settings) -> str:
    """The place of the content file `name` among those of its language: where its collection and its group are looked for.

    Jekyll's folders at the top of content/ hold the posts of the site's first blog.
    """
    inner, _ = language_of(name, "", settings)
    blog = next((collection for collection in settings.collections.values() if collection.kind == "blog"), None)
    return f"{blog.folder}/{inner}" if blog and inner.partition("/")[0] in INVISIBLE_FOLDERS else inner


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

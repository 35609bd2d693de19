"""Pages that nobody has translated, as readers of another language get them: at an address of their language, in the original's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sitegen import files, urls
from sitegen.config import Settings
from sitegen.pages import Page

# What is read as part of a whole; a post or a release that nobody translated is none of that language's blog.
_KINDS = frozenset({"docs", "pages"})


def fallbacks(published: Mapping[str, Page], settings: Settings) -> dict[str, Page]:
    """Every listed doc and plain page of the site's own language for each other language that has pages, but not this one; by source."""
    if not settings.fallback:
        return {}
    pages = published.values()
    there = {(page.key, page.lang) for page in pages}
    taken = {address for page in pages for address in (page.permalink, *map(urls.normalise, page.meta.aliases))}
    used = {page.lang for page in pages} - {settings.language}
    wanted = [page for page in pages if page.lang == settings.language and page.kind in _KINDS and page.is_listed and page.permalink != "/"]
    shown = (_shown(page, lang, settings) for lang in sorted(used) for page in wanted if (page.key, lang) not in there)
    return {page.source: page for page in shown if page.permalink not in taken and page.source not in published}


def _shown(page: Page, lang: str, settings: Settings) -> Page:
    """The page among those in `lang`; what makes it stand in lists, or bring redirects along, the original alone has."""
    permalink, source = f"/{lang}{page.permalink}", f"{lang}/{page.source}"
    bare = replace(page.meta, lang=page.text_lang, tags=(), categories=(), authors=(), series=None, aliases=(), pin=False)
    return replace(
        page,
        source=source,
        path=source.rpartition(".")[0],
        lang=lang,
        permalink=permalink,
        url=urls.href(permalink, settings.prefix),
        digest=files.digest(page.digest.encode(), permalink.encode()),
        face=files.digest(page.face.encode(), permalink.encode()),
        meta=bare,
        original=page.source,
    )


def own(pages: Mapping[str, Page]) -> Iterator[Page]:
    """The pages among `pages` that are content files of their own."""
    return (page for page in pages.values() if not page.original)

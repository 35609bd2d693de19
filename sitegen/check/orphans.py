"""Pages that no other leads to, files that no page shows, and files that were meant for pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote

from sitegen import links, urls
from sitegen.errors import Problem
from sitegen.links import without_origin
from sitegen.pages import CONTENT
from sitegen.site import Site

Links = Mapping[str, Collection[str]]

# What other programs ask for by name, or what is asked for beside the file that names it.
_ASKED_FOR = (".txt", ".xml", ".json", ".webmanifest", ".ico", ".html", ".htm", ".asc", ".pub", ".map")
_TEXTS = (".html", ".htm", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".webmanifest", ".txt", ".vtt", ".m3u8")
_MARKUPS = (".mdx", ".mdown", ".mkd", ".mkdn", ".mdwn", ".rst", ".adoc", ".org", ".textile")
_COPIES = (".bak", ".orig", ".old", ".txt", ".rej")
_MOST = 1024 * 1024


def problems(site: Site, found: Links) -> Iterator[Problem]:
    """Pages and files that nothing leads to; `found` are the links of each file of the finished site, as hrefs."""
    reached = _reached(site, found)
    told = {problem.path for problem in unread(site)}
    yield from _pages(site, reached)
    yield from (problem for problem in _files(site, reached) if problem.path not in told)


def _reached(site: Site, found: Links) -> set[str]:
    """Every file that another one leads to. That a redirect does is no way for a reader to find it."""
    redirects = {urls.file_of(path) for path in site.redirects}
    reached: set[str] = set()
    known: dict[str, str | None] = {}
    for file, hrefs in found.items():
        for href in hrefs if file not in redirects else ():
            if not href.startswith("/") or href not in known:
                known[href] = links.target_file(href.partition("#")[0], file, site.settings.prefix)
            target = known[href]
            if target is not None and target != file:
                reached.update((target, f"{target}/index.html", f"{target}.html"))
    return reached


def _pages(site: Site, reached: Collection[str]) -> Iterator[Problem]:
    homes = {site.home(lang) for lang in site.settings.all_languages}
    for page in site.published.values():
        if page.is_indexed and page.permalink not in homes and urls.file_of(page.permalink) not in reached:
            message = f"no page, list or menu leads to {page.permalink}"
            hint = "link to it, add it to a menu, or set `unlisted: true` if that is meant"
            yield Problem("orphan-page", message, f"{CONTENT}/{page.source}", hint=hint)


def _files(site: Site, reached: Collection[str]) -> Iterator[Problem]:
    left = {name: address for name, address in site.media.items() if address.removeprefix("/") not in reached and not _is_asked_for(name)}
    if not left:
        return
    named, taken_in = _named(site), _taken_in(site)
    texts = _texts(site) if any(address.removeprefix("/") not in named for address in left.values()) else ""
    for name, address in left.items():
        if f"{CONTENT}/{name}" not in taken_in and address.removeprefix("/") not in named and name.rpartition("/")[2] not in texts:
            hint = "show or link it where it belongs, or remove it"
            yield Problem("orphan-file", "the file is published, and nothing refers to it", f"{CONTENT}/{name}", hint=hint)


def _is_asked_for(name: str) -> bool:
    return ".well-known/" in name or ("/" not in name and (name.lower().endswith(_ASKED_FOR) or "." not in name))


def _taken_in(site: Site) -> set[str]:
    """The files that are a part of a page's text, from the site's folder on."""
    return {file for page in site.all for file in site.pages.reader.facts(page.source).included}


def _named(site: Site) -> set[str]:
    """The files that pages, and settings, refer to without a link to them in the finished site."""
    named = [site.image, site.logo, site.favicon, *(site.picture(each.image) for each in site.settings.authors.values())]
    for page in site.published.values():
        named += [*site.targets(page.source), site.target(page.source, page.meta.image) if page.meta.image else ""]
    prefix, origin = site.settings.prefix, site.settings.origin
    return {unquote(without_origin(each, origin).partition("#")[0]).removeprefix(prefix).removeprefix("/") for each in named if each}


def _texts(site: Site) -> str:
    """What may name a file in words of its own: pages that are not in the build, front matter, files of text, and data."""
    root = site.settings.root
    waiting = [page.body for page in site.all if page.status != "published"]
    waiting += [repr(page.meta) for page in site.all]
    paths = [root / CONTENT / name for name in site.media if name.lower().endswith(_TEXTS)]
    paths += [
        path for folder in ("data", "static") for path in sorted((root / folder).rglob("*")) if path.suffix in (*_TEXTS, ".yaml", ".yml")
    ]
    waiting += [path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file() and path.stat().st_size <= _MOST]
    return "\n".join(waiting)


def unread(site: Site) -> Iterator[Problem]:
    """Files that were meant for pages."""
    for name in site.media:
        stem, dot, suffix = name.lower().rpartition(".")
        is_copy = dot + suffix in _COPIES and stem.endswith((".md", ".markdown"))
        if is_copy or dot + suffix in _MARKUPS:
            message = "the file is published as a download: only files in .md and .markdown are pages"
            hint = "remove the copy, or move it out of content/" if is_copy else "write it in Markdown as .md, or move it out of content/"
            yield Problem("unread-page", message, f"{CONTENT}/{name}", hint=hint)

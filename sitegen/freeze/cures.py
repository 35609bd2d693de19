"""What to do about a link at fault: the address that was meant, the page that is not published, the one that an old address leads to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from sitegen import links, urls
from sitegen.errors import Problem
from sitegen.freeze.checks import Ids
from sitegen.manifest import Named
from sitegen.nearest import Nearest, most_like
from sitegen.pages import CONTENT, Page
from sitegen.site import Site, names_of_sources

_HINTS = {
    "broken-link": "correct the address, or set `rules: {broken-link: warn}` in site.yaml",
    "broken-anchor": "correct the part after #, or set `rules: {broken-anchor: warn}` in site.yaml",
    "missing-image": "put the picture beside the page, or correct its address",
}
_UNPUBLISHED = {
    "draft": ("is a draft", "publish it, or take the link out"),
    "future": ("has a date in the future", "publish the link when it is there, or take it out"),
    "expired": ("has expired", "take the link out"),
    "": ("is not published", "publish it, or take the link out"),
    "sealed": ("belongs to a protected page", "give this page a copy of its own under another name, or protect it too"),
}
# Each takes a millisecond or more, and whoever has so many broken links does not mend the last of them first.
_SUGGESTIONS = 50


class Verdict(NamedTuple):
    """What is to be said besides the fault itself; `state` is why the page that was meant is not in the site."""

    hint: str = ""
    state: str = ""


class Cures:
    """Cures for the links of one site, whose finished files hold `reachable`."""

    def __init__(self, site: Site, reachable: Ids) -> None:
        self._site, self._reachable = site, reachable
        self._near: dict[tuple[str, str, str], str] = {}

    def of_text(self, named: Named, file: str) -> Problem:
        """The problem of a link in a page's text, whose output is `file`, with its cure."""
        problem = named.problem
        source = problem.path.removeprefix(f"{CONTENT}/")
        verdict = self._in_general(problem.rule, named.href, file) or self._of_path(problem.rule, source, named.written)
        message = f"{named.written!r} {verdict.state}, and so not in this site" if verdict.state else problem.message
        return replace(problem, message=message, hint=verdict.hint or _HINTS[problem.rule])

    def of_generated(self, rule: str, href: str, file: str, written: str = "") -> Verdict:
        """The cure for a link that a template or a setting put into `file`; it may be `written` as a file below content/."""
        verdict = self._in_general(rule, href, file)
        if verdict is not None:
            return verdict
        path = urls.path_of_href(href.partition("#")[0].partition("?")[0], self._site.settings.prefix)
        by_source = self._unpublished_by_source.get(written.removeprefix("/"))
        page = by_source or (self._unpublished_by_path.get(urls.normalise(path)) if path else None)
        if page is not None:
            state, hint = _UNPUBLISHED[page.status]
            return Verdict(hint, state)
        near = self._suggested("", path, self._addresses) if path else ""
        return Verdict(f"did you mean `{self._site.href(near)}`?" if near else "")

    def _in_general(self, rule: str, href: str, file: str) -> Verdict | None:
        """The cure where it does not matter who wrote the link."""
        if rule == "redirected-link":
            return Verdict(f"link to its new one: `{self._end_of(href, file)}`")
        if rule == "broken-anchor":
            near = self._id_like(href, file)
            return Verdict(f"did you mean `#{near}`?" if near else "")
        return None

    def _end_of(self, href: str, file: str) -> str:
        address, _, fragment = href.partition("#")
        target = links.target_file(address, file, self._site.settings.prefix) or ""
        end = self._ends.get(target) or self._ends.get(f"{target}/index.html") or self._end_below(target)
        end = end.removeprefix(self._site.settings.prefix) if end.startswith("/") else end
        return f"{end}#{fragment}" if fragment and "#" not in end else end

    def _end_below(self, target: str) -> str:
        """Where a file leads that a redirect of many addresses stands for."""
        path = urls.path_of(target)
        for redirect in self._site.all_redirects():
            below = redirect.path.removesuffix("*")
            if redirect.is_pattern and path.startswith(below):
                return redirect.target.replace(":splat", urls.href(path.removeprefix(below)))
        return ""

    @cached_property
    def _ends(self) -> dict[str, str]:
        return {urls.file_of(path): redirect.target for path, redirect in self._site.redirects.items()}

    def _id_like(self, href: str, file: str) -> str:
        """The id on the page that `href` leads to that is most like the one it asks for."""
        address, _, fragment = href.partition("#")
        target = links.file_that_answers(address, file, self._reachable, self._site.settings.prefix)
        key = (target, fragment, "ids")
        if key not in self._near and len(self._near) < _SUGGESTIONS and target in self._reachable:
            ids = [each for each in sorted(self._reachable[target]) if not each.startswith("site:")]
            wanted = unquote(fragment)
            slug = urls.slugify(wanted)
            self._near[key] = slug if slug in ids else most_like(wanted, ids)
        return self._near.get(key, "")

    def _of_path(self, rule: str, source: str, written: str) -> Verdict:
        """The cure for an address that leads nowhere, as it is written in the content file `source`."""
        if written.startswith("www."):
            return Verdict(f"did you mean `https://{written}`?")
        path = unquote(urlsplit(written).path)
        names = names_of_sources(path, source)
        unpublished = self._unpublished(names, path, source)
        if unpublished is not None:
            state, hint = _UNPUBLISHED[unpublished]
            return Verdict(hint, state)
        if rule == "broken-link" and (path.endswith("/") or (path.startswith("/") and "." not in posixpath.basename(path))):
            near = self._suggested("", urls.joined(self._site.published[source].permalink, path), self._addresses)
            if near:
                return Verdict(f"did you mean `{urls.href(near)}`?")
        near = self._suggested(source, names[0], self._pictures if rule == "missing-image" else self._sources) if names else ""
        return Verdict(f"did you mean `{_as_written(near, path, source)}`?" if near else "")

    def _unpublished(self, names: Iterable[str], path: str, source: str) -> str | None:
        """Why what is written as `path` is there and not in the site: a state of `_UNPUBLISHED`; None where there is no such thing."""
        for name in names:
            for each in (name, f"{name}.md", f"{name}/index.md"):
                page = self._unpublished_by_source.get(each)
                if page is not None:
                    return page.status
            if name in self._site.all_shells.files:
                return "sealed"
            if name not in self._site.published and name in self._files:
                return ""
        if not self._unpublished_by_path:
            return None
        page = self._unpublished_by_path.get(urls.normalise(urls.joined(self._site.published[source].permalink, path)))
        return page.status if page else None

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self._site.pages.reader.walked.files)

    @cached_property
    def _unpublished_by_source(self) -> dict[str, Page]:
        return {page.source: page for page in self._site.all if page.status != "published"}

    @cached_property
    def _unpublished_by_path(self) -> dict[str, Page]:
        return {page.permalink: page for page in self._unpublished_by_source.values()}

    def _suggested(self, source: str, path: str, known: Nearest) -> str:
        """What of `known` is nearest to `path`; nothing once there were many suggestions."""
        key = (source.rpartition("/")[0], path, known.name)
        if key not in self._near and len(self._near) < _SUGGESTIONS:
            self._near[key] = known.to(path)
        return self._near.get(key, "")

    @cached_property
    def _addresses(self) -> Nearest:
        old = self._site.redirects
        paths = map(urls.path_of, self._reachable)
        return Nearest("addresses", (path for path in paths if path not in old and "/page/" not in path))

    @cached_property
    def _sources(self) -> Nearest:
        return Nearest("sources", [*self._site.published, *self._site.media, *self._static])

    @cached_property
    def _pictures(self) -> Nearest:
        return Nearest("pictures", [*self._site.media, *self._static])

    @property
    def _static(self) -> Iterable[str]:
        return (f"static/{name}" for name in self._site.assets.published)


def _as_written(name: str, path: str, source: str) -> str:
    """The file `name` below content/, or below static/, as the author of `path` in `source` would write it."""
    mark = next((mark for mark in ("@/", "{filename}/", "{static}/", "{attach}/", "/") if path.startswith(mark)), "")
    if name.startswith("static/"):
        mark = "/"
    return (mark + name if mark else posixpath.relpath(name, posixpath.dirname(source) or ".")).replace(" ", "%20")

"""Links to other sites: what each answers, said at every place where it is written."""

from __future__ import annotations

import fnmatch
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import unquote

from sitegen import external
from sitegen.cache import Cache
from sitegen.config import Settings
from sitegen.errors import Problem
from sitegen.external import Answer, Manners
from sitegen.external.asking import Told, silent
from sitegen.freeze.origins import Origins
from sitegen.pages import CONTENT, Page
from sitegen.site import Site
from sitegen.site.fallbacks import own

_HINT = "correct it, or name it under `check: {external: {ignore: […]}}` in site.yaml"
_WHOLE = ("https://", "http://")
Uses = dict[str, list[Problem]]


def problems(site: Site, links: Mapping[str, Iterable[str]], cache: Cache, *, output: str, told: Told = silent) -> Iterator[Problem]:
    """What is wrong with the links of `site` to others. `links` are those of each finished file, in the folder `output`.

    Raises:
        UsageError: urllib3 is not installed.
    """
    keys = site.settings.check.external
    manners = Manners(
        timeout=keys.timeout,
        retries=keys.retries,
        per_host=keys.per_host,
        pause=keys.pause,
        keep_days=keys.keep_days,
        anchors=keys.anchors,
        private=keys.private,
    )
    uses = _uses(site, links, output)
    answers = external.asked(map(_address, uses), manners, cache, clock=time.time(), told=told)
    for url, places in uses.items():
        problem = _problem(url, answers[_address(url)], anchors=manners.anchors)
        if problem is not None:
            yield from (replace(place, rule=problem.rule, message=problem.message, hint=problem.hint) for place in places)


def _address(url: str) -> str:
    return url.partition("#")[0]


def _problem(url: str, answer: Answer, *, anchors: bool) -> Problem | None:
    if answer.fault:
        return Problem(
            "external-link", f"{url} {answer.fault}", hint="correct it, or add it to `check: {external: {ignore: […]}}` in site.yaml"
        )
    fragment = unquote(url.partition("#")[2]) if anchors else ""
    if answer.ids and fragment not in {"", "top"} and not fragment.startswith((":~:", "!", "/")) and fragment not in answer.ids:
        return Problem("external-link", f"there is no `#{fragment}` on {_address(url)}", hint="correct the part after #")
    if answer.moved:
        return Problem("external-moved", f"{url} has moved for good", hint=f"link to its new address: {answer.moved}")
    return None


def _uses(site: Site, links: Mapping[str, Iterable[str]], output: str) -> Uses:
    """Every address of another site that is to be asked for, and each place where it is written."""
    is_asked = _Wanted(site.settings)
    uses: Uses = {}
    for page in own(site.published):
        for url, written in _in_text(page):
            if is_asked(url):
                uses.setdefault(url, []).append(written)
    origins = Origins(site.settings)
    for file, hrefs in sorted(links.items()):
        for url in hrefs:
            if url not in uses and is_asked(url):
                found = origins.of_link(url)
                place = (found.path, found.line, found.column, found.excerpt) if found else (f"{output}/{file}", 0, 0, "")
                uses[url] = [Problem("external-link", "", *place)]
    return dict(sorted(uses.items()))


def _in_text(page: Page) -> Iterator[tuple[str, Problem]]:
    lines = page.body.split("\n")
    for reference in page.rendered.body.references:
        if reference.target.startswith(_WHOLE):
            at = reference.line - page.body_line
            excerpt = lines[at] if reference.line and 0 <= at < len(lines) else ""
            yield reference.target, Problem("external-link", "", f"{CONTENT}/{page.source}", reference.line, reference.column, excerpt)


class _Wanted:
    """Whether an address is to be asked for: none of the site's own, none that site.yaml wants ignored, and no page's edit link."""

    def __init__(self, settings: Settings) -> None:
        self._own = settings.url.rstrip("/")
        self._edit = settings.edit_url.partition("{path}")[0]
        patterns = [fnmatch.translate(re.sub(r"([\[\]?])", r"[\1]", each)) for each in settings.check.external.ignore]
        self._ignored = re.compile("|".join(patterns)) if patterns else None

    def __call__(self, url: str) -> bool:
        is_own = url == self._own or url.startswith((f"{self._own}/", f"{self._own}#", f"{self._own}?"))
        is_edit = bool(self._edit) and url.startswith(self._edit)
        ignored = self._ignored is not None and self._ignored.match(url) is not None
        return url.startswith(_WHOLE) and not (is_own or is_edit or ignored)

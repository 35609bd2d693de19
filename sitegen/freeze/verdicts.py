"""What is said of the links and ids that a check found: each once, with the cure that the site as it is suggests."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen import config, links, urls
from sitegen.errors import Problem
from sitegen.freeze import checks
from sitegen.freeze.cures import Cures, Verdict
from sitegen.freeze.doubts import NO_DOUBTS, Doubts
from sitegen.freeze.origins import Origins, Place
from sitegen.manifest import Finding, Named
from sitegen.site import Site

_GENERATED = "the link is in a template, a menu, or a generated page"


def problems(
    site: Site, findings: Mapping[str, Finding], reachable: checks.Ids, output: str, doubts: Doubts = NO_DOUBTS
) -> Iterator[Problem]:
    """All that is wrong with links and ids. What no page's text is to blame for is said once for all files below `output` that hold it."""
    off = frozenset(rule for rule, severity in site.settings.rules.items() if severity == "off")
    cures, origins = Cures(site, reachable), Origins(site.settings)
    for file, finding in findings.items():
        yield from finding.ids
        yield from (cures.of_text(named, file) for named in finding.named if named.problem.rule not in off)
    yield from (problem for href, problem in _redirects(site, cures, reachable) if not doubts.cover("", href, site.settings.prefix))
    left = _left(findings, off, {urls.file_of(path) for path in site.redirects})
    for picture in _pictures(site, left):
        yield cures.of_text(picture, "")
        del left["broken-link", picture.href]
    blamed = {href for finding in findings.values() for href in finding.blamed}
    for (rule, href), files in left.items():
        place = origins.of_link(href)
        # A list shows the summaries of pages. What one of these is to blame for may stand in a template as well.
        if place or href not in blamed:
            verdict, written = cures.of_generated(rule, href, files[0]), place.written if place else href
            yield _generated(rule, _text(rule, written, verdict), verdict.hint, place, files, output)
    for id_, files in _by_id(findings).items():
        yield _generated("duplicate-id", checks.id_text(id_), "give one of them another id", origins.of_id(id_), files, output)


def _redirects(site: Site, cures: Cures, reachable: checks.Ids) -> Iterator[tuple[str, Problem]]:
    """What is wrong, by href, with where `redirect:` of a page and ``redirects:`` of site.yaml lead: neither is a file on every host."""
    claims = {
        claim.target: claim for claim in site.redirect_claims if not (claim.source and site.published[claim.source].url == claim.target)
    }
    for broken in links.broken(reachable, {"": claims}, site.redirects, prefix=site.settings.prefix):
        claim = claims[broken.href]
        if broken.reason == "redirected-link" or ":splat" in claim.target:
            continue
        written = site.published[claim.source].meta.redirect if claim.source else site.settings.redirects[claim.written].to
        verdict = cures.of_generated(broken.reason, broken.href, "", written)
        problem = Problem(broken.reason, _text(broken.reason, written, verdict), hint=verdict.hint or "correct it here")
        if claim.source:
            yield broken.href, checks.at_front_matter(site, site.published[claim.source], ("redirect", written), problem)
        else:
            line, column, excerpt = config.place_of(site.settings.root, ("redirects", claim.written, "to"))
            yield broken.href, replace(problem, path=config.FILE, line=line, column=column, excerpt=excerpt)


def _text(rule: str, written: str, verdict: Verdict) -> str:
    return f"{written!r} {verdict.state}, and so not in this site" if verdict.state else checks.text_of(rule, written)


def _left(findings: Mapping[str, Finding], off: frozenset[str], stubs: Container[str]) -> dict[tuple[str, str], list[str]]:
    """Reason and href of every link at fault, and the files, but for `stubs`, that hold it without their page's text to blame."""
    found: dict[tuple[str, str], list[str]] = {}
    for file, finding in findings.items():
        if file in stubs:
            continue
        own = {named.href for named in finding.named}
        for href, reason in finding.broken:
            if href not in own and reason not in off:
                found.setdefault((reason, href), []).append(file)
    return found


def _pictures(site: Site, left: Iterable[tuple[str, str]]) -> list[Named]:
    """Those of the links that are pictures which front matter names and which only other pages show."""
    hrefs = {href for rule, href in left if rule == "broken-link"}
    if not hrefs:
        return []
    targets = {site.target(page.source, page.meta.image): page for page in site.published.values() if page.meta.image}
    return [checks.picture_of(site, targets[href], href) for href in sorted(hrefs & targets.keys())]


def _by_id(findings: Mapping[str, Finding]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file, finding in findings.items():
        for id_ in finding.twice:
            found.setdefault(id_, []).append(file)
    return found


def _generated(rule: str, message: str, hint: str, place: Place | None, files: Sequence[str], output: str) -> Problem:
    """A problem that is in `files` and was written at `place`."""
    if len(files) > 1:
        message += f"; it is on {len(files)} pages"
    if place is None:
        return Problem(rule, message, path=f"{output}/{files[0]}", hint=hint or _GENERATED)
    return Problem(rule, message, place.path, place.line, place.column, place.excerpt, hint or "correct it here")

"""Every file of the site, before the first template renders: addresses to render, files to copy, and what collides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from flask import Flask

from sitegen import config, files, search, urls, views, workers
from sitegen.errors import CollisionError, ContentError, Problem
from sitegen.freeze import sealed
from sitegen.freeze.cards import cards
from sitegen.freeze.copies import Copy
from sitegen.freeze.versions import versions
from sitegen.pages import CONTENT
from sitegen.pictures import without_metadata
from sitegen.report import Report
from sitegen.site import Site
from sitegen.views import extras
from sitegen.views.planned import Planned


@dataclass(frozen=True, slots=True)
class Plan:
    """What the finished site holds: `paths` to render and `copies`, both by the file they are written to.

    Files that collide are `disputed`: who knows which of them will be there.
    """

    paths: dict[str, str]
    copies: dict[str, Copy]
    disputed: frozenset[str] = frozenset()


def plan_urls(app: Flask, *, jobs: int = 1, start_method: str = workers.START_METHOD) -> Plan:
    """Every address of the site, each once. What is wrong with them goes to the app's report."""
    site: Site = app.extensions["sitegen"]
    report: Report = app.extensions["sitegen-report"]
    planned = list(_planned(app, site))
    made = chain(*(make(site, report, jobs=jobs, start_method=start_method) for make in (versions, cards)))
    copies = {**_static(site), **dict(_media(site, report)), **dict(made), **dict(sealed.copies(app))}
    sound = [each for each in planned if not _is_faulty(each, report)]
    owned = [(urls.file_of(each.path), each.owner) for each in sound]
    owned += [*_rules(site), *((file, _shown(copy, site)) for file, copy in copies.items())]
    collisions, disputed = _collisions(owned)
    report.add(*(error.problem for error in collisions), *(_in_index(owned) if site.settings.search else ()))
    report.add(*site.redirect_problems, *extras.problems(site))
    paths = {urls.file_of(each.path): each.path for each in sound}
    return Plan({file: path for file, path in paths.items() if file not in disputed}, copies, disputed)


def _planned(app: Flask, site: Site) -> Iterator[Planned]:
    for view in views.ALL:
        yield from view.urls(site)
    for extension in app.extensions["sitegen-urls"]:
        yield from extension(site)


def _rules(site: Site) -> list[tuple[str, str]]:
    """The redirects for which there is a rule and no file: a file would win on one host, the rule on another."""
    if site.settings.hosting == "plain":
        return []
    return [(urls.file_of(claim.path), claim.owner) for claim in site.redirect_claims if not claim.is_pattern]


def _is_faulty(planned: Planned, report: Report) -> bool:
    reason = urls.fault(planned.path) if planned.path not in {"/_headers", "/_redirects"} else ""
    if reason:
        where = planned.owner if planned.owner.startswith(f"{CONTENT}/") else ""
        message = f"the address {planned.path!r} of {planned.owner} {reason}"
        report.add(ContentError(message, rule="bad-path", path=where, hint="choose another name").problem)
    return bool(reason)


def _static(site: Site) -> dict[str, Copy]:
    return {
        asset.file: Copy(asset.source, asset.digest, _size(asset.source, asset.data), asset.data)
        for asset in site.assets.published.values()
    }


def _size(source: Path, data: bytes | None) -> int:
    return len(data) if data is not None else source.stat().st_size


def _media(site: Site, report: Report) -> Iterator[tuple[str, Copy]]:
    for name, address in site.media.items():
        source = site.settings.root / CONTENT / name
        try:
            data = source.read_bytes()
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            report.add(ContentError(message, rule="unreadable", path=f"{CONTENT}/{name}", hint="check its permissions").problem)
            continue
        reason = urls.fault(address)
        if reason:
            report.add(
                ContentError(f"the address {address!r} {reason}", rule="bad-path", path=f"{CONTENT}/{name}", hint="rename the file").problem
            )
        yield address.removeprefix("/"), _published(site, name, source, data)


def _published(site: Site, name: str, source: Path, data: bytes) -> Copy:
    """The file as it is, or where the site has its pictures made smaller, without what a camera wrote into it."""
    kind = site.gallery.facts(f"{CONTENT}/{name}").kind if site.gallery.recipe else ""
    if not kind:
        return Copy(source, files.digest(data), len(data))
    bare = without_metadata(data, kind)
    return Copy(source, files.digest(bare), len(bare), make=lambda: without_metadata(source.read_bytes(), kind))


def _shown(copy: Copy, site: Site) -> str:
    return files.site_path(copy.source, site.settings.root)


def _collisions(owned: list[tuple[str, str]]) -> tuple[list[CollisionError], frozenset[str]]:
    """Files that are one on some disk, and files that another needs as a folder: one error for each pair of owners, at the later.

    Besides, all of those files.
    """
    disputed: set[str] = set()
    first: dict[str, tuple[str, str]] = {}
    found: dict[tuple[str, str], CollisionError] = {}
    for entry in owned:
        file, owner = entry
        rival = first.setdefault(urls.key(urls.path_of(file)), entry)
        if rival is not entry:
            disputed |= {rival[0], file}
            found.setdefault((rival[1], owner), _collision(rival, (file, owner)))
    for file, owner in owned:
        for folder in _folders(urls.key(urls.path_of(file))):
            if folder in first:
                rival = first[folder]
                disputed |= {rival[0], file}
                found.setdefault((rival[1], owner), _collision(rival, (file, owner)))
    return list(found.values()), frozenset(disputed)


def _in_index(owned: list[tuple[str, str]]) -> Iterator[Problem]:
    """What lies in the folder that the search index is put into when all else is done."""
    there = {owner: urls.path_of(file) for file, owner in reversed(owned) if urls.key(urls.path_of(file)).startswith(f"{search.FOLDER}/")}
    for owner, path in there.items():
        message = f"{owner} wants {path!r}, and /{search.FOLDER}/ belongs to the search index"
        where = owner if owner.startswith(f"{CONTENT}/") else ""
        yield CollisionError(message, path=where, hint="give it another address, or set `search: false`").problem


def _folders(key: str) -> Iterator[str]:
    while "/" in key:
        key = key.rpartition("/")[0]
        yield key


def _collision(first: tuple[str, str], second: tuple[str, str]) -> CollisionError:
    (file, owner), (other_file, other_owner) = first, second
    if owner.startswith(f"{CONTENT}/") and not other_owner.startswith(f"{CONTENT}/"):
        (file, owner), (other_file, other_owner) = second, first
    same = urls.path_of(file)
    message = f"{owner} and {other_owner} both want the address {same!r}"
    if file != other_file:
        message = (
            f"{owner} wants {same!r} and {other_owner} wants {urls.path_of(other_file)!r}, which not every disk and host can tell apart"
        )
    where = other_owner if other_owner.startswith(f"{CONTENT}/") else config.FILE if config.FILE in {owner, other_owner} else ""
    return CollisionError(message, path=where, hint="give one of them another `slug:` or `permalink:`")

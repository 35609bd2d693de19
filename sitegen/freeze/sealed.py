"""Sealed files, and the links of protected pages, which no manifest and no check of the public site may hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from flask import Flask

from sitegen import links, urls
from sitegen.errors import Problem
from sitegen.files import digest
from sitegen.freeze.checks import Anything, finding_of
from sitegen.freeze.copies import Copy
from sitegen.pages import CONTENT, Page
from sitegen.report import redacted
from sitegen.site import Site
from sitegen.site.vault import Vault
from sitegen.views.page import PARTS
from sitegen.views.protected import VAULTS, sealed_file


@dataclass(frozen=True, slots=True)
class _Measured:
    """What is known of a sealed file without sealing it again."""

    digest: str
    size: int


def vaults_of(app: Flask) -> Mapping[str, Vault]:
    """What each group sees."""
    vaults: Mapping[str, Vault] = app.extensions[VAULTS]
    return vaults


def copies(app: Flask) -> Iterator[tuple[str, Copy]]:
    """The sealed files of all groups that are not locked, and the stylesheet of what is in pages, by the file each is published as."""
    site: Site = app.extensions["sitegen"]
    if site.all_shells.by_path:
        sheet = site.assets.sheet(PARTS)
        data = sheet.data or b""
        yield sheet.file, Copy(sheet.source, sheet.digest, len(data), data)
    for vault in vaults_of(app).values():
        for name, path in vault.sealing.files.items() if vault.sealing.key else ():
            source = vault.settings.root / CONTENT / name
            make = partial(sealed_file, vault, name)
            parts = (vault.gallery.content(f"{CONTENT}/{name}"), vault.href(path))
            measured = vault.pages.reader.cache.keep(_Measured, parts, partial(_measured, make))
            yield path.removeprefix("/"), Copy(source, measured.digest, measured.size, make=make)


def _measured(make: partial[bytes]) -> _Measured:
    data = make()
    return _Measured(digest(data), len(data))


def problems(app: Flask, ids: Mapping[str, Container[str]]) -> Iterator[Problem]:
    """What is wrong with the links in protected pages: where each stands, and the rule. `ids` are those in each public file."""
    for vault in vaults_of(app).values():
        found = _Both(ids, {urls.file_of(page.permalink): frozenset(page.rendered.ids) for page in vault.own}, vault)
        for page in vault.own:
            yield from _of_page(vault, page, found)


class _Both(Mapping[str, Container[str]]):
    """The ids of public files and of a group's own pages."""

    def __init__(self, public: Mapping[str, Container[str]], own: Mapping[str, Container[str]], vault: Vault) -> None:
        self._public, self._own = public, own
        self._files = frozenset(path.removeprefix("/") for path in vault.sealing.files.values())

    def __getitem__(self, file: str) -> Container[str]:
        return self._own[file] if file in self._own else Anything() if file in self._files else self._public[file]

    def __contains__(self, file: object) -> bool:
        return file in self._own or file in self._files or file in self._public

    def __iter__(self) -> Iterator[str]:
        return iter({*self._own, *self._files, *self._public})

    def __len__(self) -> int:
        return len({*self._own, *self._files, *self._public})


def _of_page(vault: Vault, page: Page, ids: Mapping[str, Container[str]]) -> Iterator[Problem]:
    """What `sitegen.freeze.checks` finds in a finished file, found in what it is made of: the body, and what the front matter names."""
    settings, file = vault.settings, urls.file_of(page.permalink)
    targets = (*vault.targets(page.source), *(vault.target(page.source, name) for name in _named(page) if name))
    hrefs = list(dict.fromkeys(links.without_origin(target, settings.origin) for target in targets))
    broken = tuple(links.broken(ids, {file: hrefs}, vault.public.redirects, prefix=settings.prefix))
    twice = tuple(id_ for id_, count in Counter(page.rendered.ids).items() if count > 1)
    finding = finding_of(vault, file, broken, twice)
    yield from (redacted(problem) for problem in (*(each.problem for each in finding.named), *finding.ids))


def _named(page: Page) -> Iterator[str]:
    """The pictures and links that the front matter of a page names."""
    hero = page.meta.hero
    yield page.meta.image
    # An icon without a dot or a slash is a sign.
    yield from (feature.icon for feature in page.meta.features if {".", "/"} & {*feature.icon})
    yield from (feature.link for feature in page.meta.features)
    yield from (hero.image, *(action.link for action in hero.actions)) if hero else ()

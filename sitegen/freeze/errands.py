"""What workers on other machines do for a build: they read the site where it lies for them, and send home what they made of it.

They write nothing below the site's folder. What they read must be what this machine reads: they compare it before they begin, and
every answer that a page was made from is compared here once more, so that a machine with other files can be an error and nothing else.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from flask import Flask

from sitegen import config, files, pages, theme, urls, words, workers
from sitegen.app import create_app, open_groups, open_reader
from sitegen.cache import Cache
from sitegen.cluster import Cluster, differing, traits
from sitegen.config import Settings
from sitegen.errors import Problem, SitegenError
from sitegen.freeze.memory import Told
from sitegen.freeze.shards import SHARD, Freezer, Frozen
from sitegen.markup.limits import BLOCK_SECONDS
from sitegen.pages import CONTENT, Learnt, Reader
from sitegen.site import Site

T = TypeVar("T")

_Entry = tuple[type[Any], tuple[str, ...], Any]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a worker is told: where the site is, what the command line set, and what must be the same there as here."""

    root: str
    cache: tuple[str, str]
    overrides: dict[str, Any]
    same: dict[str, str]


class Borrowed(Cache):
    """Another machine's cache, read as far as it can be read here and never written; `made` is what it lacked."""

    def __init__(self, home: Path, shelf: str) -> None:
        self.home, self.shelf, self.problem = home, shelf, None
        self.made: list[_Entry] = []

    def save(self, name: str, value: object) -> None:
        """Nothing: it is for the machine that asked to keep."""

    def keep(self, kind: type[T], parts: Sequence[str], make: Callable[[], T]) -> T:
        """The value that `parts` name: read if it is there and whole, else made and noted in `made`."""
        value = self.get(kind, parts)
        if value is None:
            value = make()
            self.made.append((kind, tuple(parts), value))
        return value


@dataclass(frozen=True, slots=True)
class Warmed:
    """Bodies that a worker rendered: the digest of each file as it was there, what its cache lacked, and what is wrong with the others."""

    machine: str
    digests: dict[str, str]
    made: list[_Entry]
    learnt: list[Learnt]
    refused: dict[str, tuple[Problem, ...]]


def warm_bodies(reader: Reader, names: Sequence[str], overrides: dict[str, Any], cluster: Cluster) -> Iterator[list[Learnt]]:
    """Render the bodies of `names` on other machines into the cache of `reader`; yields what was learnt of some of them after the other.

    What is wrong with one of them is told to `reader`, which raises it when it is asked for that file.

    Raises:
        SitegenError: a worker died at a file, or does not read what this machine reads.
    """
    brief = Brief(str(reader.settings.root), reader.cache.address, overrides, _of_settings(reader.settings))
    for warmed in workers.map_all(
        _warm,
        workers.shares(names, SHARD),
        jobs=cluster.jobs,
        initialise=_open_reader,
        arguments=(brief,),
        describe=lambda shard: ", ".join(f"{CONTENT}/{name}" for name in shard),
        parts=workers.singly,
        executor=cluster,
    ):
        for name, digest in warmed.digests.items():
            if digest != _digest(reader.settings, name):
                raise _other_site(f"{CONTENT}/{name}", warmed.machine)
        for kind, parts, value in warmed.made:
            _keep(reader.cache, kind, parts, value)
        reader.refused |= warmed.refused
        yield warmed.learnt


def freeze_urls(app: Flask, paths: Sequence[str], target: Path, cluster: Cluster) -> Iterator[Frozen]:
    """Render every one of `paths` on other machines, write them below `target`, and tell of each in the order of `paths`.

    Raises:
        SitegenError: a worker died at an address, or does not read what this machine reads.
    """
    site: Site = app.extensions["sitegen"]
    same = {**_of_settings(site.settings), **_of_site(site)}
    brief = Brief(str(site.settings.root), app.extensions["sitegen-cache"].address, app.config["SITEGEN_OVERRIDES"], same)
    for machine, shard in workers.map_all(
        _freeze,
        workers.shares(paths, SHARD),
        jobs=cluster.jobs,
        initialise=_open_site,
        arguments=(brief,),
        describe=", ".join,
        parts=workers.singly,
        executor=cluster,
    ):
        for frozen, data in shard:
            if frozen.written is not None:
                _check_answers(site, frozen.path, frozen.answers, machine)
                files.write_whole(target / urls.file_of(frozen.path), data)
            yield frozen


def _keep(cache: Cache, kind: type[T], parts: tuple[str, ...], value: T) -> None:
    cache.keep(kind, parts, lambda: value)


def _check_answers(site: Site, path: str, answers: Mapping[str, Told], machine: str) -> None:
    for question, told in answers.items():
        if site.digest_now(question) != told.digest:
            raise _other_site(f"the answer to {question}, which {path} asks,", machine)


def _other_site(what: str, machine: str) -> SitegenError:
    hint = "every machine needs the same files in the same place; a shared folder may lag some seconds behind an edit: build again"
    return SitegenError(f"not the same site as here: {what} differs on {machine}", hint=hint)


def _of_settings(settings: Settings) -> dict[str, str]:
    """The traits of this machine and of the site, but for its pages."""
    return {
        **traits(),
        "site.yaml": files.digest(settings.world().encode()),
        "the site's extensions": files.digest(*pages.extension_sources(settings)),
        "templates/": theme.digest_of_all(settings),
        "locale/": words.digest_of(settings.root),
    }


def _of_site(site: Site) -> dict[str, str]:
    """The traits of the site's files that are made into pages, or that pages name by their content."""
    every = [part.encode() for page in site.all for part in (page.source, page.digest)]
    static = [part.encode() for asset in site.assets.published.values() for part in (asset.file, asset.digest)]
    static += [text.encode() for part in site.assets.parts.values() for text in (part.name, part.css)]
    return {f"{CONTENT}/": files.digest(*every, *map(str.encode, site.media)), "static/": files.digest(*static)}


def _digest(settings: Settings, name: str) -> str:
    return files.digest_of(settings.root / CONTENT / name)


# On the other machine.

_reader: Reader
_app: Flask


def _machine() -> str:
    return f"{socket.gethostname()} (process {os.getpid()})"


def _open_reader(brief: Brief) -> None:
    global _reader  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    _reader = Reader(_settings(brief), Borrowed(Path(brief.cache[0]), brief.cache[1]))


def _settings(brief: Brief) -> Settings:
    if not Path(brief.root, CONTENT).is_dir():
        raise _other_site(brief.root, _machine())
    settings = config.load(Path(brief.root), **brief.overrides)
    pages.make_importable(settings)
    _compare(brief, _of_settings(settings))
    return settings


def _compare(brief: Brief, here: dict[str, str]) -> None:
    what = differing({name: value for name, value in brief.same.items() if name in here}, here)
    if what:
        raise _other_site(what, _machine())


def _warm(names: tuple[str, ...]) -> Warmed:
    digests = {name: _digest(_reader.settings, name) for name in names}
    made: list[_Entry] = []
    learnt: list[Learnt] = []
    refused: dict[str, tuple[Problem, ...]] = {}
    for name in names:
        entries, facts, problems = _made(name)
        made += entries
        learnt += facts
        refused |= problems
    return Warmed(_machine(), digests, made, learnt, refused)


def _made(name: str) -> tuple[list[_Entry], list[Learnt], dict[str, tuple[Problem, ...]]]:
    """What the file `name` adds to the cache, what is learnt of it, and what is wrong with it; nothing if it took long.

    Limits of time hold in a main thread alone, and Dask works in others, on stacks of their own. So the machine that asked decides what
    becomes of such a file, or of one that goes too deep.
    """
    cache: Any = _reader.cache
    began = time.thread_time()
    learnt = _reader.warm((name,))
    made, cache.made = cache.made, []
    problems = _reader.refused.pop(name, ())
    if time.thread_time() - began >= BLOCK_SECONDS or any(each.rule == "too-complex" for each in problems):
        return [], [], {}
    return made, learnt, {name: problems} if problems else {}


def _open_site(brief: Brief) -> None:
    """Open the site on a worker."""
    global _app  # noqa: PLW0603  as above
    _settings(brief)
    reader = open_reader(Path(brief.root), Borrowed(Path(brief.cache[0]), brief.cache[1]), **brief.overrides)
    app = create_app(brief.root, reader=reader, groups=open_groups(reader, locked=True), **brief.overrides)
    _compare(brief, _of_site(app.extensions["sitegen"]))
    _app = app


def _freeze(paths: tuple[str, ...]) -> tuple[str, list[tuple[Frozen, bytes]]]:
    with TemporaryDirectory(prefix="sitegen-") as folder:
        target = Path(folder)
        return _machine(), [(frozen, _written(frozen, target)) for frozen in Freezer(_app, target).freeze(paths)]


def _written(frozen: Frozen, target: Path) -> bytes:
    return (target / urls.file_of(frozen.path)).read_bytes() if frozen.written is not None else b""

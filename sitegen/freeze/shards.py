"""Addresses made into files by Frozen-Flask, in this process or in several."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask_frozen
from flask import Flask

from sitegen import files, html_scan, urls, workers
from sitegen.app import create_app
from sitegen.cache import Cache
from sitegen.errors import Problem
from sitegen.faults import AsProblems
from sitegen.freeze.client import Client
from sitegen.links import without_origin
from sitegen.manifest import Output
from sitegen.site import Site, noting

SHARD = 24


@dataclass(frozen=True, slots=True)
class Frozen:
    """One address after freezing: its file and what is known of it, or what went wrong."""

    path: str
    output: Output | None
    problems: tuple[Problem, ...] = ()


class Freezer:
    """Writes addresses of one app below `target`, with the public interface of Frozen-Flask alone.

    Frozen-Flask may neither guess addresses nor log `url_for` (each page with a sidebar would cost the square of its links) nor
    delete what another process wrote.
    """

    def __init__(self, app: Flask, target: Path) -> None:
        self.app, self.target = app, target
        self.site: Site = app.extensions["sitegen"]
        app.config.update(
            FREEZER_DESTINATION=str(target),
            FREEZER_BASE_URL=self.site.settings.origin + self.site.settings.prefix + "/",
            FREEZER_REMOVE_EXTRA_FILES=False,
            FREEZER_IGNORE_MIMETYPE_WARNINGS=True,
        )
        app.test_client_class = Client
        self._freezer = flask_frozen.Freezer(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
        self._freezer.register_generator(lambda: iter(self._waiting))
        self._waiting: list[str] = []

    def freeze(self, paths: Sequence[str]) -> Iterator[Frozen]:
        """Write each of `paths`; one that fails does not keep the others from being tried."""
        self._waiting = [urls.href(path) for path in paths]
        left = list(paths)
        while left:
            yield from self._until_failure(left)
            self._waiting = [urls.href(path) for path in left]

    def _until_failure(self, left: list[str]) -> Iterator[Frozen]:
        """Freeze from the front of `left`, taking out what is done; ends at the end or after the first failure."""
        problems: list[Problem] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", flask_frozen.MissingURLGeneratorWarning)
            with closing(self._freezer.freeze_yield()) as steps:
                while left and not problems:
                    with noting() as asked, AsProblems(problems, self.site, left[0]):
                        next(steps)
                    path = left.pop(0)
                    yield Frozen(path, None if problems else self._output(path, asked), tuple(problems))

    def _output(self, path: str, asked: dict[str, str]) -> Output:
        file = urls.file_of(path)
        data = (self.target / file).read_bytes()
        if not file.endswith(".html"):
            return Output(files.digest(data), len(data), asked, rendered=True)
        scan = html_scan.scan(data.decode())
        origin = self.site.settings.origin
        links = dict.fromkeys(without_origin(reference.value.strip(), origin) for reference in scan.references)
        return Output(files.digest(data), len(data), asked, scan.ids, tuple(links), rendered=True)


_apps: dict[str, Flask] = {}


def freeze_urls(app: Flask, paths: Sequence[str], target: Path, *, jobs: int, start_method: str = workers.START_METHOD) -> Iterator[Frozen]:
    """Write every one of `paths` below `target`, in shards over `jobs` processes, and tell of each in the order of `paths`.

    A forked worker inherits the app with its pages; a spawned one opens the site anew.
    """
    site: Site = app.extensions["sitegen"]
    shards = [tuple(paths[start : start + SHARD]) for start in range(0, len(paths), SHARD)]
    root = str(site.settings.root)
    _apps[root] = app
    arguments = (root, app.extensions["sitegen-cache"].address, app.config["SITEGEN_OVERRIDES"], str(target))
    freeze: Callable[[tuple[str, ...]], list[Frozen]] = _freeze_shard
    try:
        for shard in workers.map_all(
            freeze,
            shards,
            jobs=jobs,
            initialise=_open,
            arguments=arguments,
            describe=", ".join,
            parts=lambda shard: ((path,) for path in shard),
            start_method=start_method,
        ):
            yield from shard
    finally:
        _apps.pop(root, None)


_freezer: Freezer


def _open(root: str, cache: tuple[str, str], overrides: dict[str, Any], target: str) -> None:
    """Prepare a process: its app and its freezer, made once."""
    global _freezer  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    home, shelf = cache
    app = _apps.get(root) or create_app(root, cache=Cache(Path(home), shelf), **overrides)
    _freezer = Freezer(app, Path(target))


def _freeze_shard(paths: tuple[str, ...]) -> list[Frozen]:
    return list(_freezer.freeze(paths))

"""Addresses made into files by Frozen-Flask, in this process or in several."""

from __future__ import annotations

import time
import warnings
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import flask_frozen
import msgspec
from flask import Flask

from sitegen import files, urls, workers
from sitegen.app import create_app
from sitegen.cache import Cache
from sitegen.errors import Problem
from sitegen.faults import AsProblems
from sitegen.freeze.client import Client
from sitegen.freeze.found import Finder, Found
from sitegen.freeze.memory import Told, Written, told
from sitegen.freeze.target import Fresh
from sitegen.search import Hit, reduced
from sitegen.site import Site, noting
from sitegen.tracing import current, unnoted

SHARD = 24


@dataclass(frozen=True, slots=True)
class Frozen:
    """One address after freezing: its file and what is known of it, or what went wrong.

    `answers` are those that this process gave for the first time; `seconds` is how long all of it took.
    """

    path: str
    written: Written | None
    problems: tuple[Problem, ...] = ()
    answers: Mapping[str, Told] = field(default_factory=dict)
    seconds: float = 0.0


class _Writer(flask_frozen.Freezer):  # type: ignore[misc]
    """Frozen-Flask, told once where it writes to."""

    def __init__(self, app: Flask, target: Path) -> None:
        self._target = Fresh(target)
        super().__init__(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)

    @property
    def root(self) -> Path:
        return self._target


class Freezer:
    """Writes addresses of one app below `target`, which was empty, with the public interface of Frozen-Flask alone.

    Frozen-Flask may neither guess addresses nor log `url_for` (each page with a sidebar would cost the square of its links) nor
    delete what another process wrote.
    """

    def __init__(self, app: Flask, target: Path) -> None:
        self.site: Site = app.extensions["sitegen"]
        app.config.update(
            FREEZER_BASE_URL=self.site.settings.origin + self.site.settings.prefix + "/",
            FREEZER_REMOVE_EXTRA_FILES=False,
            FREEZER_IGNORE_MIMETYPE_WARNINGS=True,
        )
        self._answer: deque[bytes] = deque(maxlen=1)
        app.test_client_class = partial(Client, answer=self._answer)  # type: ignore[assignment]
        self._writer = _Writer(app, target)
        self._writer.register_generator(lambda: iter(self._waiting))
        self._waiting: list[str] = []
        self._finder = Finder(self.site.settings.origin)
        self._told: set[str] = set()

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
            with closing(self._writer.freeze_yield()) as steps:
                while left and not problems:
                    began = time.perf_counter()
                    with noting() as asked, AsProblems(problems, self.site, left[0]):
                        next(steps)
                        hit = self._hit(left[0])
                        self._ask_of_inputs(asked)
                    path = left.pop(0)
                    if problems:
                        yield Frozen(path, None, tuple(problems))
                    else:
                        written, answers = self._written(path, tuple(asked), hit), self._answers(asked)
                        yield Frozen(path, written, answers=answers, seconds=time.perf_counter() - began)

    def _ask_of_inputs(self, asked: Collection[str]) -> None:
        """Ask of what was read past all questions, so that it is noted like them."""
        trace = current()
        for name in tuple(trace.inputs) if trace is not None else ():
            kind, _, source = name.partition(":")
            # Whoever asked for the page knows all of its body.
            if kind != "body" or msgspec.json.encode(("page", source)).decode() not in asked:
                self.site.seen(name)

    def _hit(self, path: str) -> Hit | None:
        """What the search shows of the page at `path` beside its text; nothing where it must not find it."""
        with unnoted():
            page = self.site.searched_at(path)
        return self.site.searched(page.source) if page is not None else None

    def _written(self, path: str, asked: tuple[str, ...], hit: Hit | None) -> Written:
        file = urls.file_of(path)
        data = self._answer.pop()
        if not file.endswith(".html"):
            links = self._finder.addresses(file, data.decode()) if file.endswith((".xml", ".json")) else ()
            return Written(files.digest(data), len(data), asked, (), tuple(dict.fromkeys(links)))
        html = data.decode()
        found = self._finder.find(html, *self._known(path))
        searched = files.digest(reduced(html, hit).encode()) if hit else ""
        return Written(files.digest(data), len(data), asked, found.ids, tuple(dict.fromkeys(found.links)), searched)

    def _known(self, path: str) -> Iterator[tuple[str, Found]]:
        """The body of the page at `path` with its ids and links, where it is whole HTML: what nobody sanitised may leave a tag open."""
        page = self.site.by_permalink.get(path)
        if page is None or self.site.settings.content.html != "sanitise":
            return
        rendered = page.rendered
        if "srcset" in rendered.body.html:
            return
        targets = self.site.targets(page.source)
        yield self.site.body(page.source), Found(rendered.ids, tuple(self._finder.links(targets)))

    def _answers(self, asked: Iterable[str]) -> dict[str, Told]:
        """What these questions, and those behind them, were answered with, as far as it was not told before."""
        new: dict[str, Told] = {}
        waiting = [text for text in asked if text not in self._told]
        while waiting:
            text = waiting.pop()
            answered = self.site.answered(text)
            if answered is not None and text not in self._told:
                self._told.add(text)
                new[text] = told(answered)
                waiting += answered.trace.questions
        return new


_apps: dict[str, Flask] = {}


def freeze_urls(app: Flask, paths: Sequence[str], target: Path, *, jobs: int, start_method: str = workers.START_METHOD) -> Iterator[Frozen]:
    """Write every one of `paths` below `target`, in shards over `jobs` processes, and tell of each in the order of `paths`.

    A forked worker inherits the app with its pages; a spawned one opens the site anew.
    """
    site: Site = app.extensions["sitegen"]
    root = str(site.settings.root)
    _apps[root] = app
    arguments = (root, app.extensions["sitegen-cache"].address, app.config["SITEGEN_OVERRIDES"], str(target))
    freeze: Callable[[tuple[str, ...]], bytes] = _freeze_shard
    try:
        for shard in workers.map_all(
            freeze,
            workers.shares(paths, SHARD),
            jobs=jobs,
            initialise=_open,
            arguments=arguments,
            describe=", ".join,
            parts=workers.singly,
            start_method=start_method,
        ):
            yield from msgspec.msgpack.decode(shard, type=list[Frozen])
    finally:
        _apps.pop(root, None)


_freezer: Freezer


def _open(root: str, cache: tuple[str, str], overrides: dict[str, Any], target: str) -> None:
    """Prepare a process: its app and its freezer, made once."""
    global _freezer  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    home, shelf = cache
    app = _apps.get(root) or create_app(root, cache=Cache(Path(home), shelf), **overrides)
    _freezer = Freezer(app, Path(target))


def _freeze_shard(paths: tuple[str, ...]) -> bytes:
    """What became of these paths, as MessagePack, which is quicker to send than the values themselves."""
    return msgspec.msgpack.encode(list(_freezer.freeze(paths)))

"""The site that a build works on: read, its cold bodies rendered, and opened as an application."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from flask import Flask

from sitegen import cluster, config, files, pages, theme, workers
from sitegen.app import CACHE, Groups, create_app, open_groups, open_reader
from sitegen.cache import Cache
from sitegen.cluster import Cluster
from sitegen.errors import Problem, SitegenError
from sitegen.freeze import bodies, errands
from sitegen.freeze.profile import Collector
from sitegen.freeze.shards import SHARD
from sitegen.lock import locked
from sitegen.pages import CONTENT, Reader, extension_files, is_page
from sitegen.report import Report
from sitegen.site import Site
from sitegen.snapshot import Inputs
from sitegen.vaults import key_of

# Rules about what a page owes to settings, which say it no more where they are wrong.
_HANGING_ON_SETTINGS = frozenset({"unknown-author", "too-large"})

Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None:
    """No progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build. `overrides` are settings that the command line sets; `progress` is told step, done and total.

    With the address of a Dask `scheduler`, its workers take the place of `jobs` processes here. `verify` believes no file by its stamp.
    `strict` takes warnings for errors.
    """

    jobs: int = 1
    scheduler: str = ""
    clean: bool = False
    wait: bool = False
    verify: bool = False
    strict: bool = False
    start_method: str = workers.START_METHOD
    overrides: Mapping[str, Any] = field(default_factory=dict)
    progress: Progress = _silent


DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class Work:
    """A site that was read and opened, on its way to `output`; `inputs` are the files it was read from, `learnt` counts new values.

    `groups` are the readers of what belongs to groups of readers.
    """

    app: Flask
    output: Path
    reader: Reader
    groups: Mapping[str, Reader]
    inputs: Inputs
    learnt: int
    options: Options
    helpers: Cluster | None
    taken: Collector

    @property
    def site(self) -> Site:
        """The questions."""
        return cast(Site, self.app.extensions["sitegen"])

    @property
    def report(self) -> Report:
        """What is wrong, as far as it was found."""
        return cast(Report, self.app.extensions["sitegen-report"])


@contextmanager
def opened(root: Path, output: Path, options: Options) -> Iterator[Work]:
    """Read and open the site in `root`, both absolute; it stays locked inside.

    Raises:
        SitegenError: settings or extensions are wrong.
        LockedError: another build of this site is running.
    """
    taken = Collector()
    if options.scheduler:
        # What is too little for other machines is done in this process: it has threads by then and must not be forked.
        options = replace(options, jobs=1)
    helping = cluster.connected(options.scheduler) if options.scheduler else nullcontext()
    with (
        _cache(root / CACHE, clean=options.clean) as cache,
        locked(cache.home, wait=options.wait),
        helping as helpers,
        workers.without_collections(),
    ):
        with taken.step("read"):
            reader = open_reader(root, cache, verify=options.verify, tolerant=True, **options.overrides)
            _check_settings(reader, strict=options.strict)
            others = [files.PACKAGE, theme.folder("templates"), theme.folder("static"), *extension_files(reader.settings)]
            others += [Path(reader.gallery.style.font)] if reader.gallery.style is not None and reader.gallery.style.font else []
            inputs = Inputs.of(root, [*others, *(root / path for path in sorted(reader.included()))])
        learnt = _read(reader, options, helpers, taken)
        # How these looked before they were read, nobody knows: while they are there, the next build has to look.
        inputs.absent += sorted({f"{root}/{name}" for name in reader.included()} - inputs.known())
        with _groups(reader, options, taken) as groups:
            inputs.absent += sorted(_looked_for(groups, root) - inputs.known())
            with taken.step("plan"):
                app = _app(root, reader, groups, options)
            yield Work(app, output, reader, groups.readers, inputs, learnt, options, helpers, taken)


@contextmanager
def _groups(reader: Reader, options: Options, taken: Collector) -> Iterator[Groups]:
    """The readers of what belongs to groups, their bodies rendered. Of these no profile tells."""
    with taken.step("unlock"):
        try:
            groups = open_groups(reader)
        except SitegenError as error:
            raise _with_pages(reader, error, options) from error
    try:
        with taken.step("render"):
            for own in groups.readers.values():
                cold = [name for name in own.walked.files if is_page(name) and key_of(own.cache) and own.is_cold(name)]
                for learnt in bodies.warm_group(own, cold, jobs=options.jobs, start_method=options.start_method):
                    for name, facts, _ in learnt:
                        own.adopt(name, facts)
                own.save()
        yield groups
    finally:
        for own in groups.readers.values():
            own.cache.close()


def _looked_for(groups: Groups, root: Path) -> set[str]:
    return {f"{root}/{name}" for own in groups.readers.values() for name in own.included()}


@contextmanager
def _cache(folder: Path, *, clean: bool) -> Iterator[Cache]:
    cache = Cache.clean(folder) if clean else Cache(folder)
    try:
        yield cache
    finally:
        cache.close()


def _check_settings(reader: Reader, *, strict: bool) -> None:
    """Raise what is wrong with settings, and with it what is wrong with the front matter of pages: that does not hang on settings."""
    report = Report(strict=strict)
    report.silence(config.FILE, reader.settings.ignores)
    report.add(*reader.settings.problems)
    if not report.errors:
        return
    for name in filter(is_page, reader.walked.files):
        report.add(*(problem for problem in _above_the_body(reader, name, report) if problem.rule not in _HANGING_ON_SETTINGS))
    report.stop_on_errors()


def _above_the_body(reader: Reader, name: str, report: Report) -> tuple[Problem, ...]:
    try:
        source = reader.source(name)
    except SitegenError as error:
        return error.problems
    report.silence(f"{CONTENT}/{name}", source.ignores)
    return source.problems


def _app(root: Path, reader: Reader, groups: Groups, options: Options) -> Flask:
    """The app. What keeps it from being made is told with all that is wrong with the pages themselves."""
    try:
        return create_app(root, reader=reader, groups=groups, strict=options.strict, **options.overrides)
    except SitegenError as error:
        raise _with_pages(reader, error, options) from error


def _with_pages(reader: Reader, error: SitegenError, options: Options) -> SitegenError:
    """`error` with all that is wrong with the pages themselves."""
    report = Report(reader.settings.rules, strict=options.strict)
    iter(pages.Pages(Flask("sitegen"), reader=reader, report=report))
    report.add(*reader.settings.problems, *error.problems)
    try:
        report.stop_on_errors()
    except SitegenError as found:
        return found
    return error


def _read(reader: Reader, options: Options, helpers: Cluster | None, taken: Collector) -> int:
    """Learn what there is to know of every content file, and keep it; returns how many had to be rendered."""
    with taken.step("read"):
        cold = [name for name in reader.walked.files if is_page(name) and reader.is_cold(name)]
    taken.count(rendered=len(cold), **reader.known)
    with taken.step("render"):
        _render(reader, cold, options, helpers, taken)
    with taken.step("record"):
        reader.save()
    return len(cold)


def _render(reader: Reader, cold: list[str], options: Options, helpers: Cluster | None, taken: Collector) -> None:
    if helpers is not None and len(cold) > SHARD:
        learning = errands.warm_bodies(reader, cold, dict(options.overrides), helpers)
    else:
        learning = bodies.warm_bodies(reader, cold, dict(options.overrides), jobs=options.jobs, start_method=options.start_method)
    done = 0
    for learnt in learning:
        for name, facts, seconds in learnt:
            reader.adopt(name, facts)
            taken.body(f"{CONTENT}/{name}", seconds)
        done += len(learnt)
        options.progress("reading", done, len(cold))

"""The build, from top to bottom."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask

from sitegen import cluster, files, theme, urls, workers
from sitegen.app import CACHE, create_app, open_reader, world
from sitegen.cache import Cache
from sitegen.cluster import Cluster
from sitegen.errors import Problem
from sitegen.freeze import bodies, checks, errands, standing
from sitegen.freeze.edits import edited
from sitegen.freeze.memory import Memory
from sitegen.freeze.plan import plan_urls
from sitegen.freeze.publish import check_output, staging, unwritable_as_problem
from sitegen.freeze.renewal import Renewal, remember
from sitegen.freeze.shards import SHARD, freeze_urls
from sitegen.lock import locked
from sitegen.manifest import Finding, Manifest, Output
from sitegen.pages import Reader, extension_files, is_page, walk_content
from sitegen.report import Report
from sitegen.site import Site
from sitegen.snapshot import Inputs, Summary

Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None:
    """No progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build. `overrides` are settings that the command line sets; `progress` is told step, done and total.

    With the address of a Dask `scheduler`, its workers take the place of `jobs` processes here. `verify` believes no file by its stamp.
    """

    jobs: int = 1
    scheduler: str = ""
    clean: bool = False
    wait: bool = False
    verify: bool = False
    start_method: str = workers.START_METHOD
    overrides: Mapping[str, Any] = field(default_factory=dict)
    progress: Progress = _silent


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: how many files it rendered, how many were fresh, how many were copied, and the warnings."""

    rendered: int
    fresh: int
    copied: int
    pages: int
    changed: bool
    warnings: tuple[Problem, ...]


def build_site(root: Path, output: Path, options: Options = Options()) -> Built:
    """Build the site in `root` into `output`, which is either replaced as a whole or left as it was.

    Raises:
        ProblemsFound: something in settings, content or templates is wrong; all of it.
        UsageError: the output folder is not ours to replace.
        LockedError: another build of this site is running.
    """
    root, output = root.resolve(), output.absolute()
    check_output(output, root)
    if options.scheduler:
        # What is too little for other machines is done in this process: it has threads by then and must not be forked.
        options = replace(options, jobs=1)
    helping = cluster.connected(options.scheduler) if options.scheduler else nullcontext()
    with _seldom_collected(), _cache(root / CACHE, clean=options.clean) as cache, locked(cache.home, wait=options.wait), helping as helpers:
        reader = open_reader(root, cache, verify=options.verify, **options.overrides)
        others = [files.PACKAGE, theme.folder("templates"), theme.folder("static"), *extension_files(reader.settings)]
        inputs = Inputs.of(root, others)
        _read(reader, options, helpers)
        app = create_app(root, reader=reader, **options.overrides)
        with unwritable_as_problem():
            return _build(app, output, reader, inputs, options, helpers)


def _build(app: Flask, output: Path, reader: Reader, inputs: Inputs, options: Options, helpers: Cluster | None) -> Built:
    site: Site = app.extensions["sitegen"]
    report: Report = app.extensions["sitegen-report"]
    if reader.cache.problem:
        report.add(reader.cache.problem)
    plan = plan_urls(app)
    report.stop_on_errors()
    today = world(app)
    before = standing.of(reader.cache.home, output, believed=not options.clean, verify=options.verify)
    memory = Memory(before.manifest if before.manifest.world == today else Manifest(), site)
    fresh = {file: memory.last.outputs[file] for file in plan.paths if memory.is_fresh(file) and before.is_sound(file)}
    # A page and its twin side by side: what the one asks and reads, the other does not ask and read again.
    stale = sorted(path for file, path in plan.paths.items() if file not in fresh)
    with staging(output) as folder:
        outputs = fresh | _freeze(app, stale, folder, memory, options, helpers)
        outputs |= {file: Output(copy.digest, copy.size) for file, copy in plan.copies.items()}
        findings = _check(app, outputs, memory, output)
        report.add(*edited(reader.walked.stamps, walk_content(site.settings).stamps))
        new = memory.manifest(today, outputs, findings, checks.redirects_of(site))
        new, changed = Renewal(before, folder, plan.copies).publish(new)
    reader.cache.commit()
    summary = Summary(len(site.published), len(plan.paths), len(plan.copies), report.warnings)
    remember(before, new, inputs, site, summary, options.overrides)
    return Built(len(stale), len(fresh), len(plan.copies), len(site.published), changed, report.warnings)


# Nearly all that a build makes stays until its end: to look for garbage after every 700 objects is a tenth of the parent's work.
_COLLECTED_AFTER = 20_000


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Garbage is looked for less often, here and in workers that are forked meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _cache(folder: Path, *, clean: bool) -> Iterator[Cache]:
    cache = Cache.clean(folder) if clean else Cache(folder)
    try:
        yield cache
    finally:
        cache.close()


def _read(reader: Reader, options: Options, helpers: Cluster | None) -> None:
    """Learn what there is to know of every content file, and keep it."""
    cold = [name for name in reader.walked.files if is_page(name) and reader.is_cold(name)]
    if helpers is not None and len(cold) > SHARD:
        learning = errands.warm_bodies(reader, cold, dict(options.overrides), helpers)
    else:
        learning = bodies.warm_bodies(reader, cold, dict(options.overrides), jobs=options.jobs, start_method=options.start_method)
    done = 0
    for learnt in learning:
        for name, facts in learnt:
            reader.adopt(name, facts)
        done += len(learnt)
        options.progress("reading", done, len(cold))
    reader.save()


def _freeze(app: Flask, stale: list[str], folder: Path, memory: Memory, options: Options, helpers: Cluster | None) -> dict[str, Output]:
    report: Report = app.extensions["sitegen-report"]
    outputs: dict[str, Output] = {}
    problems: list[Problem] = []
    if helpers is not None and len(stale) > SHARD:
        freezing = errands.freeze_urls(app, stale, folder, helpers)
    else:
        freezing = freeze_urls(app, stale, folder, jobs=options.jobs, start_method=options.start_method)
    for done, frozen in enumerate(freezing, 1):
        problems += frozen.problems
        memory.learn(frozen.answers)
        if frozen.written is not None:
            outputs[urls.file_of(frozen.path)] = memory.output(frozen.written)
        options.progress("rendering", done, len(stale))
    report.add(*_once(problems))
    report.stop_on_errors()
    return outputs


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Each mistake in a template once, however many pages it broke."""
    found: dict[Problem, list[Problem]] = {}
    for problem in problems:
        found.setdefault(replace(problem, hint=""), []).append(problem)
    for first, *others in found.values():
        yield replace(first, hint=f"{first.hint}, and {len(others)} more do") if others else first


def _check(app: Flask, outputs: Mapping[str, Output], memory: Memory, output: Path) -> dict[str, Finding]:
    site: Site = app.extensions["sitegen"]
    report: Report = app.extensions["sitegen-report"]
    findings = checks.find(site, outputs, memory)
    report.add(*checks.problems(site, findings, outputs, output.name))
    history = site.pages.history
    if history.problem:
        report.add(history.problem)
    report.stop_on_errors()
    return findings

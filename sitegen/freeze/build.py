"""The build, from top to bottom."""

from __future__ import annotations

import time
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
from sitegen.freeze import bodies, checks, errands, leftovers, standing, verdicts
from sitegen.freeze.edits import edited
from sitegen.freeze.memory import Memory
from sitegen.freeze.plan import plan_urls
from sitegen.freeze.profile import Collector, Profile
from sitegen.freeze.publish import check_output, staging, unwritable_as_problem
from sitegen.freeze.renewal import Renewal, remember
from sitegen.freeze.shards import SHARD, freeze_urls
from sitegen.lock import locked
from sitegen.manifest import Finding, Manifest, Output
from sitegen.pages import CONTENT, Reader, extension_files, is_page, walk_content
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
    """What a build did: how many files it `rendered`, whether the output was `changed`, and where time went."""

    rendered: int
    changed: bool
    summary: Summary
    profile: Profile = field(default_factory=Profile)

    @property
    def fresh(self) -> int:
        """How many files did not have to be rendered."""
        return self.summary.files - self.rendered

    @property
    def copied(self) -> int:
        """How many files are the same in the sources."""
        return self.summary.copied

    @property
    def pages(self) -> int:
        """How many pages the site has."""
        return self.summary.pages

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is wrong and did not stop the build."""
        return self.summary.warnings


def build_site(root: Path, output: Path, options: Options = Options()) -> Built:
    """Build the site in `root` into `output`, which is either replaced as a whole or left as it was.

    Raises:
        ProblemsFound: something in settings, content or templates is wrong; all of it.
        UsageError: the output folder is not ours to replace.
        LockedError: another build of this site is running.
    """
    taken = Collector()
    root, output = root.resolve(), output.absolute()
    check_output(output, root)
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
            reader = open_reader(root, cache, verify=options.verify, **options.overrides)
            others = [files.PACKAGE, theme.folder("templates"), theme.folder("static"), *extension_files(reader.settings)]
            inputs = Inputs.of(root, others)
        rendered = _read(reader, options, helpers, taken)
        with taken.step("plan"):
            app = create_app(root, reader=reader, **options.overrides)
        with unwritable_as_problem():
            built = _build(app, output, reader, inputs, options, helpers, taken)
        with taken.step("record"):
            leftovers.clear(reader, output, written=rendered, clock=time.time())
    return replace(built, profile=taken.profile(processes=helpers.jobs // 2 if helpers else options.jobs))


def _build(app: Flask, output: Path, reader: Reader, inputs: Inputs, options: Options, helpers: Cluster | None, taken: Collector) -> Built:
    site: Site = app.extensions["sitegen"]
    report: Report = app.extensions["sitegen-report"]
    if reader.cache.problem:
        report.add(reader.cache.problem)
    with taken.step("plan"):
        plan = plan_urls(app)
        report.stop_on_errors()
        today = world(app)
        before = standing.of(reader.cache.home, output, believed=not options.clean, verify=options.verify)
        memory = Memory(before.manifest if before.manifest.world == today else Manifest(), site)
        fresh = {file: memory.last.outputs[file] for file in plan.paths if memory.is_fresh(file) and before.is_sound(file)}
        # A page and its twin side by side: what the one asks and reads, the other does not ask and read again.
        stale = sorted(path for file, path in plan.paths.items() if file not in fresh)
    taken.count(fresh=len(fresh), stale=len(stale), copies=len(plan.copies))
    with staging(output) as folder:
        with taken.step("freeze"):
            outputs = fresh | _freeze(app, stale, folder, memory, options, helpers, taken)
        outputs |= {file: Output(copy.digest, copy.size) for file, copy in plan.copies.items()}
        with taken.step("check"):
            findings = _check(app, outputs, memory, output)
            report.add(*edited(reader.walked.stamps, walk_content(site.settings).stamps))
        with taken.step("record"):
            new = memory.manifest(today, outputs, findings, checks.redirects_of(site))
        new, changed = Renewal(before, folder, plan.copies, taken).publish(new)
    with taken.step("record"):
        reader.cache.commit()
        summary = Summary(len(site.published), len(plan.paths), len(plan.copies), report.warnings)
        remember(before, new, inputs, site, summary, options.overrides, changed=changed)
    return Built(len(stale), changed, summary)


@contextmanager
def _cache(folder: Path, *, clean: bool) -> Iterator[Cache]:
    cache = Cache.clean(folder) if clean else Cache(folder)
    try:
        yield cache
    finally:
        cache.close()


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


def _freeze(
    app: Flask, stale: list[str], folder: Path, memory: Memory, options: Options, helpers: Cluster | None, taken: Collector
) -> dict[str, Output]:
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
        taken.address(frozen.path, frozen.seconds)
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
    report.add(*verdicts.problems(site, findings, checks.Ids(outputs, memory.words), output.name))
    history = site.pages.history
    if history.problem:
        report.add(history.problem)
    report.stop_on_errors()
    return findings

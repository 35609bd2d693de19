"""The build, from top to bottom."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask

from sitegen import cluster, config, files, manifest, urls, workers
from sitegen.app import CACHE, create_app, world
from sitegen.cache import Cache
from sitegen.cluster import Cluster
from sitegen.errors import Problem
from sitegen.freeze import checks, errands
from sitegen.freeze.edits import State, content_state, edited_since
from sitegen.freeze.lock import locked
from sitegen.freeze.plan import Copy, Plan, plan_urls
from sitegen.freeze.publish import check_output, publish, staging, unwritable_as_problem
from sitegen.freeze.shards import SHARD, freeze_urls
from sitegen.manifest import Manifest, Output
from sitegen.pages import CONTENT, Reader, is_page, make_importable, walk_content
from sitegen.report import Report
from sitegen.site import Site

_CHUNK = 16

Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None:
    """No progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build. `overrides` are settings that the command line sets; `progress` is told step, done and total.

    With the address of a Dask `scheduler`, its workers take the place of `jobs` processes here.
    """

    jobs: int = 1
    scheduler: str = ""
    clean: bool = False
    wait: bool = False
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
    with _cache(root / CACHE, clean=options.clean) as cache, locked(cache.home, wait=options.wait), helping as helpers:
        before = content_state(root)
        warm_bodies(root, cache, options, helpers)
        app = create_app(root, cache=cache, **options.overrides)
        with unwritable_as_problem():
            return _build(app, output, cache, before, options, helpers)


def _build(app: Flask, output: Path, cache: Cache, before: Mapping[str, State], options: Options, helpers: Cluster | None) -> Built:
    site: Site = app.extensions["sitegen"]
    report: Report = app.extensions["sitegen-report"]
    if cache.problem:
        report.add(cache.problem)
    plan = plan_urls(app)
    report.stop_on_errors()
    last = Manifest() if options.clean else manifest.load(cache.home, output)
    today = world(app)
    fresh = {file: last.outputs[file] for file in plan.paths if _is_fresh(file, last, output, site, today)}
    stale = [path for file, path in plan.paths.items() if file not in fresh]
    with staging(output) as folder:
        outputs = fresh | _freeze(app, stale, folder, options, helpers)
        outputs |= {file: Output(copy.digest, copy.size) for file, copy in plan.copies.items()}
        _check(app, outputs, output, report)
        report.add(*edited_since(before, site.settings.root))
        changed = outputs != dict(last.outputs) or bool(stale) or not _is_whole(output, plan.copies) or _has_strays(output, outputs)
        if changed:
            data = manifest.encode(Manifest(today, dict(sorted(outputs.items()))))
            _complete(folder, output, fresh, plan)
            manifest.mark(folder, data)
            # Before the site: one without its site is not believed, and a site without its manifest is rendered anew.
            manifest.save(cache.home, output, data)
            publish(folder, output)
    cache.commit()
    return Built(len(stale), len(fresh), len(plan.copies), len(site.published), changed, report.warnings)


@contextmanager
def _cache(folder: Path, *, clean: bool) -> Iterator[Cache]:
    cache = Cache.clean(folder) if clean else Cache(folder)
    try:
        yield cache
    finally:
        cache.close()


def warm_bodies(root: Path, cache: Cache, options: Options, helpers: Cluster | None = None) -> None:
    """Render the bodies that the cache does not have, in all processes, or on other machines where there is enough to do."""
    settings = config.load(root, **options.overrides)
    make_importable(settings)
    reader = Reader(settings, cache)
    cold = [name for name in walk_content(settings).files if is_page(name) and not reader.is_warm(name)]
    if helpers is not None and len(cold) > SHARD:
        warmed = errands.warm_bodies(reader, cold, dict(options.overrides), helpers)
    else:
        warmed = _warm_here(cold, (str(root), cache.address, dict(options.overrides)), options)
    done = 0
    for count in warmed:
        done += count
        options.progress("reading", done, len(cold))


def _warm_here(cold: list[str], arguments: tuple[Any, ...], options: Options) -> Iterator[int]:
    chunks = [tuple(cold[start : start + _CHUNK]) for start in range(0, len(cold), _CHUNK)]
    return workers.map_all(
        _warm,
        chunks,
        jobs=options.jobs,
        initialise=_open_reader,
        arguments=arguments,
        describe=lambda chunk: ", ".join(f"{CONTENT}/{name}" for name in chunk),
        parts=lambda chunk: ((name,) for name in chunk),
        start_method=options.start_method,
    )


_reader: Reader


def _open_reader(root: str, cache: tuple[str, str], overrides: dict[str, Any]) -> None:
    global _reader  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    home, shelf = cache
    settings = config.load(Path(root), **overrides)
    make_importable(settings)
    _reader = Reader(settings, Cache(Path(home), shelf))


def _warm(names: tuple[str, ...]) -> int:
    _reader.warm(names)
    return len(names)


def _is_fresh(file: str, last: Manifest, output: Path, site: Site, today: str) -> bool:
    """Whether `file` is what a build from scratch would write: same world, same answers, and the file itself as it was left."""
    known = last.outputs.get(file)
    if known is None or not known.rendered or last.world != today:
        return False
    return all(site.digest_now(question) == digest for question, digest in known.asked.items()) and _is_file(
        output / file, known.digest, known.size
    )


def _is_file(path: Path, digest: str, size: int) -> bool:
    try:
        return path.stat().st_size == size and files.digest(path.read_bytes()) == digest
    except OSError:
        return False


def _is_whole(output: Path, copies: Mapping[str, Copy]) -> bool:
    return all(_is_file(output / file, copy.digest, copy.size) for file, copy in copies.items())


def _has_strays(output: Path, outputs: Mapping[str, Output]) -> bool:
    """Whether something lies in `output` that no build put there."""
    return any(path.relative_to(output).as_posix() not in outputs for path in files.walk_all(output) if path.name != manifest.MARKER)


def _freeze(app: Flask, stale: list[str], folder: Path, options: Options, helpers: Cluster | None) -> dict[str, Output]:
    report: Report = app.extensions["sitegen-report"]
    outputs: dict[str, Output] = {}
    problems: list[Problem] = []
    if helpers is not None and len(stale) > SHARD:
        freezing = errands.freeze_urls(app, stale, folder, helpers)
    else:
        freezing = freeze_urls(app, stale, folder, jobs=options.jobs, start_method=options.start_method)
    for done, frozen in enumerate(freezing, 1):
        problems += frozen.problems
        if frozen.output is not None:
            outputs[urls.file_of(frozen.path)] = frozen.output
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


def _check(app: Flask, outputs: Mapping[str, Output], output: Path, report: Report) -> None:
    site: Site = app.extensions["sitegen"]
    report.add(*checks.broken_links(site, outputs, output.name), *checks.missing_images(site, outputs))
    history = site.pages.history
    if history.problem:
        report.add(history.problem)
    report.stop_on_errors()


def _complete(folder: Path, output: Path, fresh: Mapping[str, Output], plan: Plan) -> None:
    """Add to the rendered files those that are still fresh and those that are only copied."""
    for file in fresh:
        files.link_or_copy(output / file, folder / file)
    for file, copy in plan.copies.items():
        if _is_file(output / file, copy.digest, copy.size):
            files.link_or_copy(output / file, folder / file)
        elif copy.data is not None:
            files.write_whole(folder / file, copy.data)
        else:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copy.source, folder / file)

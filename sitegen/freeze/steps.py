"""The steps of a build up to where it is published: what is to be done, the files, and whether their links hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from sitegen import urls
from sitegen.app import world
from sitegen.errors import Problem, TemplateError
from sitegen.freeze import checks, errands, index, sealed, standing, verdicts
from sitegen.freeze.copies import Copy
from sitegen.freeze.doubts import Doubts
from sitegen.freeze.edits import edited
from sitegen.freeze.memory import Memory
from sitegen.freeze.plan import Plan, plan_urls
from sitegen.freeze.shards import SHARD, freeze_urls
from sitegen.freeze.shards import Frozen as SomeFrozen
from sitegen.freeze.sheets import sheets
from sitegen.freeze.standing import Standing
from sitegen.freeze.work import Work
from sitegen.manifest import Finding, Manifest, Output
from sitegen.pages import walk_content


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done: the `plan`, what stands (`before`), the files of it that are `fresh`, and the paths that are `stale`."""

    plan: Plan
    world: str
    before: Standing
    memory: Memory
    fresh: Mapping[str, Output]
    stale: tuple[str, ...]


def plan(work: Work) -> Planned:
    """Compare the site with what stands. Of content that is wrong, or its addresses, the report tells: the rest is planned all the same."""
    cache, taken = work.reader.cache, work.taken
    if cache.problem:
        work.report.add(cache.problem)
    with taken.step("plan"):
        work.report.add(*index.problems(work.site))
        found = plan_urls(work.app, jobs=work.options.jobs, start_method=work.options.start_method)
        today = world(work.app)
        before = standing.of(cache.home, work.output, believed=not work.options.clean, verify=work.options.verify)
        memory = Memory(before.manifest if before.manifest.world == today else Manifest(), work.site)
        fresh = {file: memory.last.outputs[file] for file in found.paths if memory.is_fresh(file) and before.is_sound(file)}
        # A page and its twin side by side: what the one asks and reads, the other does not ask and read again.
        stale = sorted(path for file, path in found.paths.items() if file not in fresh)
    taken.count(fresh=len(fresh), stale=len(stale))
    return Planned(found, today, before, memory, fresh, tuple(stale))


@dataclass(frozen=True, slots=True)
class Frozen:
    """Every file of the site as it will be, and those of them that are copies."""

    outputs: dict[str, Output]
    copies: Mapping[str, Copy]


def freeze(work: Work, planned: Planned, folder: Path) -> Frozen:
    """All files: those that are fresh, those that are written into `folder`, and copies.

    Of templates that are wrong the report tells, and what they were to make is missing.
    """
    with work.taken.step("freeze"):
        outputs = {**planned.fresh, **_frozen(work, planned, folder)}
    copies = planned.plan.copies | dict(sheets(work.site, outputs.values(), planned.memory.words))
    work.taken.count(copies=len(copies))
    outputs |= {file: Output(copy.digest, copy.size) for file, copy in copies.items()}
    # Links to them hold, as far as anybody can tell before they are made anew.
    return Frozen(outputs | (index.standing(planned.before) if work.site.settings.search else {}), copies)


def _frozen(work: Work, planned: Planned, folder: Path) -> dict[str, Output]:
    stale, memory, options = planned.stale, planned.memory, work.options
    outputs: dict[str, Output] = {}
    problems: list[Problem] = []
    # The keys of groups stay on this machine.
    shells = work.site.all_shells.by_path
    public = tuple(path for path in stale if path not in shells) if work.helpers is not None else ()
    freezing: Iterator[SomeFrozen]
    if work.helpers is not None and len(public) > SHARD:
        own = tuple(path for path in stale if path in shells)
        freezing = chain(errands.freeze_urls(work.app, public, folder, work.helpers), freeze_urls(work.app, own, folder, jobs=1))
    else:
        freezing = freeze_urls(work.app, stale, folder, jobs=options.jobs, start_method=options.start_method)
    for done, frozen in enumerate(freezing, 1):
        problems += frozen.problems
        memory.learn(frozen.answers)
        work.taken.address(frozen.path, frozen.seconds)
        if frozen.written is not None:
            outputs[urls.file_of(frozen.path)] = memory.output(frozen.written)
        options.progress("rendering", done, len(stale))
    work.report.add(*_once(problems))
    return outputs


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Each mistake in a template once, however many pages it broke."""
    found: dict[Problem, list[Problem]] = {}
    for problem in problems:
        found.setdefault(replace(problem, hint=""), []).append(problem)
    for first, *others in found.values():
        # Of a template the hint ends in a page that needs it; what is wrong elsewhere is not the fault of pages.
        counted = bool(others) and first.rule == TemplateError.rule
        yield replace(first, hint=f"{first.hint}, and {len(others)} more do") if counted else first


def check(work: Work, outputs: Mapping[str, Output], planned: Planned) -> dict[str, Finding]:
    """What is wrong with the links.

    Raises:
        ProblemsFound: some are broken, or something was wrong before; all of it.
    """
    site, report = work.site, work.report
    with work.taken.step("check"):
        missing = planned.plan.paths.keys() - outputs.keys()
        doubts = Doubts.of(report.errors, site.settings.root, planned.plan.disputed | missing)
        findings = checks.find(site, outputs, planned.memory, doubts)
        ids = checks.Ids(outputs, planned.memory.words, site)
        report.add(*verdicts.problems(site, findings, ids, work.output.name, doubts))
        report.add(*(sealed.problems(work.app, ids) if not doubts else ()))
        history = site.pages.history
        if history.problem:
            report.add(history.problem)
        report.add(*edited(work.reader.everything.stamps, walk_content(site.settings).stamps))
        if not doubts:
            report.add_unused()
        report.stop_on_errors()
    return findings

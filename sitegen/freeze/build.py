"""The build, from top to bottom."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from sitegen import snapshot
from sitegen.errors import Problem
from sitegen.freeze import checks, index, leftovers, secrets, steps
from sitegen.freeze.profile import Profile
from sitegen.freeze.publish import check_output, staging, unwritable_as_problem
from sitegen.freeze.renewal import Renewal, seen_now
from sitegen.freeze.work import DEFAULTS, Options, Work, opened
from sitegen.site.fallbacks import own
from sitegen.snapshot import Summary


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


def build_site(root: Path, output: Path, options: Options = DEFAULTS) -> Built:
    """Build the site in `root` into `output`, which is either replaced as a whole or left as it was.

    Raises:
        ProblemsFound: something in settings, content or templates is wrong; all of it.
        UsageError: the output folder is not ours to replace.
        LockedError: another build of this site is running.
    """
    root, output = root.resolve(), output.absolute()
    check_output(output, root)
    with opened(root, output, options) as work:
        with unwritable_as_problem():
            built = _build(work)
        with work.taken.step("record"):
            leftovers.clear(work.reader, output, written=work.learnt, clock=time.time())
            leftovers.clear_vaults(work.reader, work.groups)
            for own in work.groups.values():
                leftovers.clear_values(own, clock=time.time())
    return replace(built, profile=work.taken.profile(processes=work.helpers.jobs // 2 if work.helpers else options.jobs))


def _build(work: Work) -> Built:
    planned = steps.plan(work)
    plan, before, taken = planned.plan, planned.before, work.taken
    with staging(work.output) as folder:
        frozen = steps.freeze(work, planned, folder)
        outputs = frozen.outputs
        findings = steps.check(work, outputs, planned)
        indexed, outputs = index.renewed(work, before, outputs, folder)
        forget = secrets.are_new(work, before.manifest.outputs, outputs)
        with taken.step("record"):
            redirects = checks.redirects_of(work.site)
            new = planned.memory.manifest(planned.world, outputs, findings, redirects=redirects, index=indexed, forget=forget)
            for reader in (work.reader, *work.groups.values()):
                reader.gallery.save()
            if forget:
                leftovers.forget(work.reader, clock=time.time())
        new, changed = Renewal(before, folder, frozen.copies, taken, forget).publish(new)
    with taken.step("record"):
        for reader in (work.reader, *work.groups.values()):
            reader.cache.commit()
        pages = sum(1 for _ in own(work.site.published)) + len(work.site.all_shells.by_source)
        summary = Summary(pages, len(plan.paths), len(frozen.copies), work.report.warnings)
        seen = seen_now(before, new, work.inputs, work.site, summary, work.options.overrides, changed=changed)
        snapshot.save(before.home, before.output, secrets.kept_apart(work, seen))
    return Built(len(planned.stale), changed, summary)

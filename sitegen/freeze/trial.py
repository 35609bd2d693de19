"""A build that nothing is published of."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import ProblemsFound
from sitegen.freeze import leftovers, steps
from sitegen.freeze.doubts import Doubts
from sitegen.freeze.publish import staging, unwritable_as_problem
from sitegen.freeze.work import DEFAULTS, Options, Work, opened


@dataclass(frozen=True, slots=True)
class Trial:
    """A build that nothing is published of: its `work` and the `links` of each file, as hrefs.

    There are none where mistakes keep pages out of it, so that nobody knows what leads where.
    """

    work: Work
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@contextmanager
def tried(root: Path, output: Path, options: Options = DEFAULTS) -> Iterator[Trial]:
    """Do all that a build would but publish: what it would tell of is in the report of its work.

    What stands in `output` need not be rendered again, and nothing is written there. The site stays open, and the cache locked, inside.

    Raises:
        SitegenError: the site cannot be opened at all; see `build_site`.
    """
    root, output = root.resolve(), output.absolute()
    with opened(root, output, options) as work:
        # Beside the cache and not the output, of which not even the folder around it is this command's to touch.
        with staging(work.reader.cache.home / "trial") as folder, unwritable_as_problem():
            trial = _trial(work, folder)
        yield trial
        work.reader.cache.commit()
        leftovers.clear(work.reader, output, written=work.learnt, clock=time.time())


def _trial(work: Work, folder: Path) -> Trial:
    planned = steps.plan(work)
    outputs = steps.freeze(work, planned, folder).outputs
    # All that is found is in the report.
    with suppress(ProblemsFound):
        steps.check(work, outputs, planned)
    if Doubts.of(work.report.errors, work.site.settings.root, planned.plan.paths.keys() - outputs.keys()):
        return Trial(work)
    words = planned.memory.words
    return Trial(work, {file: tuple(words.spelt(each.links)) for file, each in outputs.items()})

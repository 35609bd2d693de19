"""A site tried and looked through: every problem of it, weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.check import duplicates, front_matter, orphans, remembered, templates, terms, text
from sitegen.check import external as outside
from sitegen.check.written import Written
from sitegen.errors import Problem, SitegenError, UsageError
from sitegen.freeze import Options, Trial, tried
from sitegen.report import Report
from sitegen.site.fallbacks import own


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a site, by file and line."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def all(self) -> tuple[Problem, ...]:
        """Both."""
        return (*self.errors, *self.warnings)

    def strictly(self) -> Checked:
        """The same with its warnings taken for errors."""
        return Checked(self.all, ())

    def within(self, root: Path, paths: Sequence[Path]) -> Checked:
        """What is wrong in one of the files or folders `paths`, which are as a shell gives them; all of it where there are none."""
        if not paths:
            return self
        here, named = root.resolve(), [path.resolve() for path in paths]

        def shown(problems: Sequence[Problem]) -> tuple[Problem, ...]:
            return tuple(each for each in problems if any((here / each.path).resolve().is_relative_to(path) for path in named))

        return Checked(shown(self.errors), shown(self.warnings))


def check_site(root: Path, output: Path, options: Options, *, external: bool = False) -> Checked:
    """Find every problem of the site in `root`; those of links to other sites where `external` says so.

    What stands in `output` is believed where it holds, which makes it as quick as a build; nothing there is touched.

    Raises:
        UsageError: the site is being built, or is none.
    """
    try:
        with tried(root, output, options) as trial:
            report = trial.work.report
            report.add(*_more(trial))
            if external:
                report.add(*_external(trial, output.name, options))
            if trial.links:
                report.add_unused({"check", "check --external"} if external else {"check"})
    except UsageError:
        raise
    except SitegenError as error:
        report = Report()
        report.add(*error.problems, *error.warnings)
    return Checked(report.errors, report.warnings)


def _external(trial: Trial, output: str, options: Options) -> Iterator[Problem]:
    def told(done: int, total: int) -> None:
        options.progress("asking", done, total)

    yield from outside.problems(trial.work.site, trial.links, trial.work.reader.cache, output=output, told=told)


def _more(trial: Trial) -> Iterator[Problem]:
    """What a build does not look for."""
    site = trial.work.site
    everything = [Written(page, site.settings) for page in site.all]
    shown = [written for written in everything if written.page.status == "published"]
    known = {(problem.rule, problem.path) for problem in trial.work.report.errors}
    for written in everything:
        yield from front_matter.problems(written, known)
    yield from terms.problems(shown)
    yield from duplicates.problems(shown)
    yield from remembered.problems(site.pages.reader, own(site.published), text.problems)
    yield from orphans.unread(site)
    yield from templates.blocks(site, trial.work.app.jinja_env)
    if trial.links:
        yield from orphans.problems(site, trial.links)
        yield from templates.unused(site, trial.work.app.jinja_env)

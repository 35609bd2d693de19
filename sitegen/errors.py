"""What can be wrong with a site, as values and as exceptions that name file, line and cure.

- SitegenError: what the author can mend
    - UsageError: the command line, or the folders it names
        - LockedError: another build of this site is running
    - SettingsError: site.yaml
    - ContentError: a file under content/
        - FrontMatterError: its front matter
        - CollisionError: two files that want one URL
    - TemplateError: a template, its line, and the page that asked for it
    - PagefindError: the index for the search cannot be made
    - EncryptionError: nothing can be sealed or opened with what is there
        - WeakPasswordError: a password that is too short, or can be guessed
        - WrongPasswordError: no slot of a lock is for this password
        - DamagedError: what was to be opened is not as it was sealed
    - ProblemsFound: all that a build found, together
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    ``rule`` is an id from `sitegen.report.RULES`. ``path`` is relative to the site's folder, with ``/``.
    ``line`` and ``column`` count from 1; 0 means unknown. ``excerpt`` is the source line itself, without its end.
    """

    rule: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    hint: str = ""

    def at(self, path: str) -> Problem:
        """The same problem in the file at `path`, unless it names one already."""
        return self if self.path else replace(self, path=path)


class SitegenError(Exception):
    """What the author can mend. Anything else that escapes is a bug of ours and keeps its traceback."""

    rule = "error"
    warnings: tuple[Problem, ...] = ()

    def __init__(
        self,
        message: str,
        *,
        rule: str = "",
        path: str = "",
        line: int = 0,
        column: int = 0,
        excerpt: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.problem = Problem(rule or self.rule, message, path, line, column, excerpt, hint)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything this error tells of; most tell of one thing."""
        return (self.problem,)

    def __reduce__(self) -> tuple[object, ...]:
        return (_revive, (type(self), self.problem))


def _revive(kind: type[SitegenError], problem: Problem) -> SitegenError:
    """Rebuild an error that crossed from a worker process."""
    error = kind(problem.message)
    error.problem = problem
    return error


class UsageError(SitegenError):
    """The command line, or a folder it names, cannot be worked with."""

    rule = "usage"


class LockedError(UsageError):
    """Another build of this site is running."""


class SettingsError(SitegenError):
    """site.yaml says what it must not."""

    rule = "settings"


class ContentError(SitegenError):
    """A file under content/ cannot be published."""

    rule = "content"


class FrontMatterError(ContentError):
    """The front matter of a file cannot be understood."""

    rule = "front-matter"


class CollisionError(ContentError):
    """Two files want one URL."""

    rule = "collision"


class TemplateError(SitegenError):
    """A template cannot be rendered."""

    rule = "template"


class ProblemsFound(SitegenError):  # noqa: N818  it tells of errors, each with a name of its own
    """All the problems of a build, in the order they are printed; besides, the warnings that would not have stopped it."""

    def __init__(self, problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> None:
        self._problems = tuple(problems)
        self.warnings = tuple(warnings)
        super().__init__(f"{len(self._problems)} problems")

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._problems

    def __reduce__(self) -> tuple[object, ...]:
        return (ProblemsFound, (self._problems, self.warnings))

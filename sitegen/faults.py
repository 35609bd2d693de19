"""What a template or the site's own code raises, as a problem that names the file and the line."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

import jinja2

from sitegen import files, theme
from sitegen.errors import Problem, SitegenError, TemplateError
from sitegen.nearest import most_like
from sitegen.site import Site


class AsProblems:
    """Turns what a template or the site's own code raises into a problem that names the line; our own bugs pass through."""

    def __init__(self, problems: list[Problem], site: Site, path: str) -> None:
        self.problems, self.site, self.path = problems, site, path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        problem = self._problem(error) if isinstance(error, Exception) else None
        if problem is None:
            return False
        self.problems.append(problem)
        return True

    def _problem(self, error: Exception) -> Problem | None:
        if isinstance(error, SitegenError) and error.problem.path:
            return error.problem
        if isinstance(error, jinja2.TemplateSyntaxError):
            return self._in_template(error.filename or "", error.lineno, error.message or "cannot be parsed")
        place = self._last_frame(error)
        if place is not None:
            return self._in_template(place.filename, place.lineno or 0, self._text(error), self._cure(error))
        if isinstance(error, jinja2.TemplateNotFound):
            return TemplateError(self._text(error), hint=self._hint()).problem
        if isinstance(error, SitegenError):
            return error.problem
        if isinstance(error, ValueError) and "Unexpected status" in str(error):
            return TemplateError(f"the address {self.path!r} was planned and does not answer: {error}").problem
        return None

    def _text(self, error: Exception) -> str:
        """What went wrong; of a protected page only the kind of it, as the words may be the page's."""
        if self.path in self.site.all_shells.by_path and not isinstance(error, TemplateError | RecursionError):
            return f"{type(error).__name__}, of which more would tell what stands in a protected page"
        return _text(error)

    def _last_frame(self, error: Exception) -> traceback.FrameSummary | None:
        """The innermost frame in a template or in the site's own code."""
        root = str(self.site.settings.root)
        own = (
            str(theme.folder("templates")),
            f"{root}/templates",
            *(f"{root}/{name.partition('.')[0]}" for name in self.site.settings.extensions),
        )
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(own)]
        return frames[-1] if frames else None

    def _in_template(self, filename: str, line: int, text: str, cure: str = "") -> Problem:
        excerpt = ""
        if filename and Path(filename).is_file():
            lines = Path(filename).read_text(encoding="utf-8").splitlines()
            excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        shown = files.site_path(Path(filename), self.site.settings.root) if filename else ""
        return TemplateError(text, path=shown, line=line, excerpt=excerpt, hint=cure + self._hint()).problem

    def _cure(self, error: Exception) -> str:
        """What would mend it, with what parts it from who needs it; empty where that is not known."""
        if isinstance(error, SitegenError):
            return f"{error.problem.hint}{' ' if error.problem.hint.endswith('?') else '; '}" if error.problem.hint else ""
        if isinstance(error, RecursionError):
            return f"to extend the theme's own template, put `{theme.PREFIX}/` before its name; "
        if isinstance(error, jinja2.TemplateNotFound):
            near = most_like(str(error.name), theme.loader(self.site.settings).list_templates())
            return f"did you mean `{near}`? " if near else ""
        return ""

    def _hint(self) -> str:
        page = self.site.by_permalink.get(self.path)
        return f"{self.path} needs it" + (f" from content/{page.source}" if page else "")


def _text(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "the template extends or includes itself"
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name!r}"
    return str(error) if isinstance(error, SitegenError | jinja2.UndefinedError) else f"{type(error).__name__}: {error}"

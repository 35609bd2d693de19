"""The problems of a run as one list: for people, for programs, or for the review of a change on GitHub."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import click

from sitegen.errors import Problem
from sitegen.report import as_text, in_order, printable

Form = Literal["text", "json", "github"]
FORMS: tuple[Form, ...] = get_args(Form)
# The shape of the JSON: it is raised when a name in it changes its meaning or goes.
VERSION = 1
MANUAL = "https://sitegen.example.org/docs/reference/rules/"
_WORDS = {"error": "error", "warn": "warning"}
_Weighed = tuple[Problem, str]


def show(
    errors: Iterable[Problem], warnings: Iterable[Problem] = (), form: Form | None = None, *, root: Path, end: str | None = ""
) -> None:
    """Print all problems of a run of the site in `root`: text on stderr, the others on stdout.

    Without a `form` it is text, and on GitHub Actions annotations besides. `end` is said behind the counts of the text;
    with None for it, nothing is counted.
    """
    errors, warnings = tuple(errors), tuple(warnings)
    if form == "json":
        click.echo(as_json(errors, warnings))
        return
    if form == "github" or (form is None and os.environ.get("GITHUB_ACTIONS") == "true"):
        for line in as_annotations(errors, warnings, base=_below_workspace(root)):
            click.echo(line)
    if form != "github" and (errors or warnings):
        click.echo(as_listing(errors, warnings, end=end), err=True)


def as_listing(errors: Iterable[Problem], warnings: Iterable[Problem] = (), *, end: str | None = "") -> str:
    """Every problem with excerpt, caret and cure, by file and line, and a last line with the counts."""
    errors, warnings = tuple(errors), tuple(warnings)
    listed = [as_text(problem, severity) for problem, severity in _weighed(errors, warnings)]
    if end is not None:
        listed += ["", counted(errors, warnings) + (f"; {end}" if end else "") + f" (see {MANUAL})"]
    return "\n".join(listed)


def counted(errors: Sequence[Problem], warnings: Sequence[Problem]) -> str:
    """How many there are of either, in words."""
    counts = (len(errors), "error"), (len(warnings), "warning")
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count) or "no problems"


def as_json(errors: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """One JSON object: ``version``, ``problems`` by file and line, and ``counts``."""
    import json  # not for `--help`, nor for a build with nothing to do

    errors, warnings = tuple(errors), tuple(warnings)
    listed = [_entry(*each) for each in _weighed(errors, warnings)]
    counts = {"errors": len(errors), "warnings": len(warnings)}
    return json.dumps({"version": VERSION, "problems": listed, "counts": counts}, ensure_ascii=False, indent=2)


def _entry(problem: Problem, severity: str) -> dict[str, Any]:
    return {
        "rule": problem.rule,
        "severity": _WORDS[severity],
        "path": _encodable(problem.path) or None,
        "line": problem.line or None,
        "column": problem.column or None,
        "message": _encodable(problem.message),
        "hint": _encodable(problem.hint),
        "excerpt": _encodable(problem.excerpt),
        "url": MANUAL + f"#{problem.rule}",
    }


def _encodable(text: str) -> str:
    """`text` without half characters, which JSON in UTF-8 cannot hold."""
    return text.encode(errors="backslashreplace").decode()


def as_annotations(errors: Iterable[Problem], warnings: Iterable[Problem] = (), *, base: str = "") -> list[str]:
    """Workflow commands of GitHub Actions (docs.github.com, "Workflow commands"), errors first: of either, it shows ten a step.

    `base` is the site's folder below the repository's.
    """
    both = (in_order(errors), "error"), (in_order(warnings), "warn")
    return [_annotation(problem, severity, base) for problems, severity in both for problem in problems]


def _annotation(problem: Problem, severity: str, base: str) -> str:
    path = f"{base}{problem.path}" if problem.path else ""
    places = {"file": path, "line": problem.line, "col": problem.column, "title": problem.rule}
    fields = ",".join(f"{name}={printable(_escape(str(value)))}" for name, value in places.items() if value)
    text = problem.message + (f" (hint: {problem.hint})" if problem.hint else "")
    return f"::{_WORDS[severity]} {fields}::{_escape(printable(text), in_text=True)}"


def _escape(text: str, *, in_text: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text if in_text else text.replace(":", "%3A").replace(",", "%2C")


def _below_workspace(root: Path) -> str:
    """The folder `root` as a prefix of paths in the repository that GitHub Actions checked out."""
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    root = root.resolve()
    if not workspace or not root.is_relative_to(Path(workspace).resolve()):
        return ""
    below = root.relative_to(Path(workspace).resolve()).as_posix()
    return "" if below == "." else f"{below}/"


def _weighed(errors: Iterable[Problem], warnings: Iterable[Problem]) -> list[_Weighed]:
    severities = dict.fromkeys(warnings, "warn") | dict.fromkeys(errors, "error")
    return [(problem, severities[problem]) for problem in in_order(severities)]

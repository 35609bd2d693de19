"""Problems gathered, weighed by the site's rules, sorted and printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from unicodedata import combining, east_asian_width

from sitegen.errors import Problem, ProblemsFound

Severity = Literal["error", "warn", "off"]
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem. A fixed one stays an error: without it output would be unsafe or ambiguous."""

    id: str
    severity: Severity
    about: str
    fixed: bool = False


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}


RULES = _rules(
    Rule("bad-alias", "error", "an old address that cannot be redirected", fixed=True),
    Rule("bad-date", "error", "a date that does not exist or cannot be read", fixed=True),
    Rule("bad-encoding", "error", "a file that is not UTF-8", fixed=True),
    Rule("bad-path", "error", "an address that cannot be a file on every host", fixed=True),
    Rule("bad-value", "error", "a front matter value of the wrong kind", fixed=True),
    Rule("broken-anchor", "error", "a link to a heading or an id that is not on the page"),
    Rule("broken-link", "error", "a link to a page or a file that is not in the site"),
    Rule("cache-unusable", "warn", "the cache folder cannot be written; the build goes on without it"),
    Rule("changed-during-build", "warn", "a file was edited while the build ran"),
    Rule("collision", "error", "two files that want one address", fixed=True),
    Rule("content", "error", "a content file that cannot be published", fixed=True),
    Rule("control-character", "warn", "a control character in a text; it is left out"),
    Rule("deprecated-value", "warn", "a value another tool accepts, written as sitegen does not expect it"),
    Rule("diagram", "error", "a diagram that cannot be drawn"),
    Rule("error", "error", "any other mistake", fixed=True),
    Rule("extension", "error", "an extension that cannot be loaded or breaks", fixed=True),
    Rule("front-matter", "error", "front matter that is not valid YAML, TOML or JSON", fixed=True),
    Rule("git-history", "warn", "a date of change that the git history at hand cannot tell"),
    Rule("html-removed", "warn", "raw HTML that the sanitiser took out"),
    Rule("math", "error", "a formula that cannot be shown"),
    Rule("math-off", "warn", "a formula on a page that does not ask for them"),
    Rule("missing-image", "error", "a picture that is not in the site"),
    Rule("missing-url", "warn", "site.yaml has no `url:`, so feeds and canonical links name localhost"),
    Rule("mojibake", "warn", "text that was decoded with the wrong encoding and saved again"),
    Rule("not-a-file", "warn", "a pipe, a socket or a device under content/; it is left out"),
    Rule("not-highlighted", "warn", "a block of code that is too large to highlight"),
    Rule("secret", "error", "a page that asks to be protected or carries a password", fixed=True),
    Rule("settings", "error", "a mistake in site.yaml", fixed=True),
    Rule("symlink", "error", "a symbolic link that leads out of the site", fixed=True),
    Rule("template", "error", "a template that cannot be rendered", fixed=True),
    Rule("too-complex", "error", "a page that takes too deep or too long to parse", fixed=True),
    Rule("too-large", "error", "a file or a front matter over the size limit", fixed=True),
    Rule("too-many-redirects", "warn", "more redirects than every host takes"),
    Rule("unknown-author", "warn", "an author id that site.yaml does not know"),
    Rule("unknown-key", "warn", "a front matter key that nothing reads"),
    Rule("unknown-language", "warn", "a code block in a language Pygments does not know"),
    Rule("unreadable", "error", "a file that cannot be read", fixed=True),
    Rule("unwritable", "error", "a folder or a disk that cannot be written, or has no room left", fixed=True),
    Rule("updated-before-date", "warn", "a page that was updated before it was written"),
    Rule("usage", "error", "the command line, or a folder it names", fixed=True),
)


class Report:
    """The problems of one run, each once, weighed by `rules` (what site.yaml says under ``rules:``)."""

    def __init__(self, rules: Mapping[str, Severity] | None = None) -> None:
        self.rules = dict(rules or {})
        self._problems: dict[Problem, None] = {}

    def add(self, *problems: Problem) -> None:
        """Take in `problems`; those of a rule that is off are dropped."""
        for problem in problems:
            if self.severity(problem) != "off":
                self._problems.setdefault(problem)

    def severity(self, problem: Problem) -> Severity:
        """How `problem` weighs on this site."""
        rule = RULES[problem.rule]
        return rule.severity if rule.fixed else self.rules.get(rule.id, rule.severity)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops the build, sorted by file, line and column."""
        return self._sorted("error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What does not, in the same order."""
        return self._sorted("warn")

    def stop_on_errors(self) -> None:
        """Raise all errors together.

        Raises:
            ProblemsFound: there is at least one.
        """
        if self.errors:
            raise ProblemsFound(self.errors)

    def _sorted(self, severity: Severity) -> tuple[Problem, ...]:
        return in_order(p for p in self._problems if self.severity(p) == severity)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by file, line, column and text."""
    return tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column, p.rule, p.message)))


def as_text(problem: Problem, severity: str = "error") -> str:
    """``path:line:col: error[id]: text``, then excerpt, caret and hint.

    Control characters are shown as escapes, so that no title can drive a terminal.
    """
    place = ":".join(str(part) for part in (problem.path, problem.line, problem.column) if part)
    word = "warning" if severity == "warn" else severity
    lines = [f"{place}: {word}[{problem.rule}]: {problem.message}" if place else f"{word}[{problem.rule}]: {problem.message}"]
    if problem.excerpt and problem.line:
        lines += _excerpt(problem)
    if problem.hint:
        lines.append(f"  hint: {problem.hint}")
    return "\n".join(printable(line) for line in lines)


def as_annotation(problem: Problem, severity: str = "error") -> str:
    """The problem as a workflow command of GitHub Actions (docs.github.com, "Workflow commands")."""
    places = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.rule}
    fields = ",".join(f"{name}={_escape(str(value))}" for name, value in places.items() if value)
    word = "warning" if severity == "warn" else severity
    text = problem.message + (f" (hint: {problem.hint})" if problem.hint else "")
    return f"::{word} {fields}::{_escape(printable(text), in_text=True)}"


def _escape(text: str, *, in_text: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text if in_text else text.replace(":", "%3A").replace(",", "%2C")


def printable(text: str) -> str:
    """`text` on one line, with what would steer a terminal or cannot be encoded written as escapes."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text)


def _excerpt(problem: Problem) -> list[str]:
    """The source line under its number, cut to 100 characters around the column, and a caret below."""
    start = max(0, problem.column - 70)
    shown, before = (_flat(problem.excerpt[start:end]) for end in (start + 100, max(start, problem.column - 1)))
    gutter = f"  {problem.line} | "
    if not problem.column:
        return [gutter + shown]
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * _width(before) + "^"]


def _flat(text: str) -> str:
    return printable(text.replace("\t", " "))


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes: two for a Chinese character, none for an accent of its own."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(bool(combining(character)) for character in text)

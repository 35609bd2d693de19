"""Problems gathered, weighed by the site's rules, sorted and printed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from unicodedata import combining, east_asian_width

from sitegen.errors import Problem, ProblemsFound

Severity = Literal["error", "warn", "off"]
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of problem. A fixed one stays an error: without it output would be unsafe or ambiguous.

    `found_by` is the command that looks for it; what a build finds, `check` finds too. `cure` is told of mistakes that no one file shows.
    """

    id: str
    severity: Severity
    about: str
    fixed: bool = False
    found_by: str = "build"
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment at a place in a file that silences `rule` at the line `covers`; `excerpt` is the comment's own line."""

    rule: str
    line: int
    column: int
    covers: int
    excerpt: str = ""


def redacted(problem: Problem) -> Problem:
    """`problem` in a page that only some may read: where it is and what kind it is, and no word of the page."""
    rule = RULES.get(problem.rule)
    return Problem(problem.rule, rule.about if rule else "is not as it should be", problem.path, problem.line, problem.column)


def _rules(*rules: Rule) -> dict[str, Rule]:
    return {rule.id: replace(rule, cure=_CURES.get(rule.id, "")) for rule in sorted(rules, key=lambda rule: rule.id)}


_CURES = {
    "bad-picture": "save the picture anew, in the format that its name says",
    "cache-unusable": "make `.cache` a folder that can be written, or give the disk room",
    "card-letters": "name a font that has them under `social_cards: {font: …}`, or give the page an `image:`",
    "changed-during-build": "build again when all is saved",
    "diagram": "mend the function that draws it, at the line that the hint names; it gives SVG that has a size",
    "encryption": "mend the passwords of the group, and see that the extra `sitegen[protected]` is installed",
    "error": "the message says what is wrong",
    "extension": "mend the module at the line that the hint names, or take it out of `extensions:`",
    "external-link": "correct the address, or name it under `check: {external: {ignore: …}}` where it answers people and not programs",
    "external-moved": "write the new address",
    "git-history": "fetch the whole history, as `git fetch --unshallow` does, or write the dates into front matter",
    "not-a-file": "move it out of content/",
    "not-highlighted": "show a part of it, and link to the whole",
    "password": "give each reader a password that `sitegen password new` made",
    "search": "mend what Pagefind tells of; `sitegen build --no-search` builds the site without an index meanwhile",
    "symlink": "copy the file or the folder into the site",
    "too-complex": "take levels out of its lists and quotes, break up long runs of `[`, `*` or `|`, or split the page",
    "too-many-redirects": "remove aliases that nobody follows any more, or set `hosting: plain`",
    "unreadable": "let the user who builds read the file",
    "unwritable": "let the user who builds write the folder, and give the disk room",
    "usage": "see `sitegen --help`",
    "weak-password": "give the reader one that `sitegen password new` made",
}

RULES = _rules(
    Rule("bad-alias", "error", "an old address that cannot be redirected", fixed=True),
    Rule("bad-date", "error", "a date that does not exist or cannot be read", fixed=True),
    Rule("bad-directive", "error", "a line such as `::video` that says too little, or what nobody understands"),
    Rule("bad-encoding", "error", "a file that is not UTF-8", fixed=True),
    Rule("bad-path", "error", "an address that cannot be a file on every host", fixed=True),
    Rule("bad-picture", "error", "a picture that cannot be read, is too large, or is none of the format its name says", fixed=True),
    Rule("bad-value", "error", "a front matter value of the wrong kind", fixed=True),
    Rule("broken-anchor", "error", "a link to a heading or an id that is not on the page"),
    Rule("broken-link", "error", "a link to a page or a file that is not in the site"),
    Rule("cache-unusable", "warn", "the cache folder cannot be written; the build goes on without it"),
    Rule("catalogue", "error", "a catalogue of words that cannot be read, or a translation that loses what is filled in", fixed=True),
    Rule("changed-during-build", "warn", "a file was edited while the build ran"),
    Rule("card-letters", "warn", "a title with letters that the font of the social cards does not have"),
    Rule("collision", "error", "two files that want one address", fixed=True),
    Rule("content", "error", "a content file that cannot be published", fixed=True),
    Rule("control-character", "warn", "a control character in a text; it is left out"),
    Rule("deprecated-value", "warn", "a value another tool accepts, written as sitegen does not expect it"),
    Rule("diagram", "error", "a diagram that cannot be drawn"),
    Rule("duplicate-description", "warn", "two pages with one description", found_by="check"),
    Rule("duplicate-title", "warn", "two pages with one title", found_by="check"),
    Rule("duplicate-id", "error", "an id that is twice on one page; a link to it finds the first"),
    Rule("embed-host", "error", "an embed of a host that site.yaml does not allow"),
    Rule("empty-heading", "warn", "a heading without text", found_by="check"),
    Rule("empty-link", "warn", "a link without text, or without an address", found_by="check"),
    Rule("encryption", "error", "protected pages that cannot be sealed, or cannot be opened again", fixed=True),
    Rule("error", "error", "any other mistake", fixed=True),
    Rule("expires-before-date", "warn", "a page that expires before its date", found_by="check"),
    Rule("extension", "error", "an extension that cannot be loaded or breaks", fixed=True),
    Rule("external-link", "warn", "a link to another site that does not answer", found_by="check --external"),
    Rule("external-moved", "warn", "a link to another site that has moved for good", found_by="check --external"),
    Rule("far-date", "warn", "a date more than a year ahead, or an update that is still to come", found_by="check"),
    Rule("fence-option", "warn", "an option of a code block that cannot be read, or marks a line that is not there"),
    Rule("front-matter", "error", "front matter that is not valid YAML, TOML or JSON", fixed=True),
    Rule("git-history", "warn", "a date of change that the git history at hand cannot tell"),
    Rule("heading-jump", "warn", "a heading more than one level below the one before it", found_by="check"),
    Rule("html-removed", "warn", "raw HTML that the sanitiser took out"),
    Rule("include", "error", "a file to be taken in that is missing, outside the site, or lacks the lines asked for", fixed=True),
    Rule("long-description", "warn", "a description that is too long for a list of search results", found_by="check"),
    Rule("long-title", "warn", "a title that is too wide for a list of search results", found_by="check"),
    Rule("math", "error", "a formula that cannot be shown"),
    Rule("math-off", "warn", "a formula on a page that does not ask for them"),
    Rule("missing-alt", "warn", "a picture without a text for those who do not see it"),
    Rule("missing-description", "warn", "a page without a description", found_by="check"),
    Rule("missing-image", "error", "a picture that is not in the site"),
    Rule("missing-title", "warn", "a page that is called after its file", found_by="check"),
    Rule("missing-url", "warn", "site.yaml has no `url:`, so feeds and canonical links name localhost"),
    Rule("mojibake", "warn", "text that was decoded with the wrong encoding and saved again"),
    Rule("not-a-file", "warn", "a pipe, a socket or a device under content/; it is left out"),
    Rule("not-highlighted", "warn", "a block of code that is too large to highlight"),
    Rule("orphan-file", "warn", "a published file that nothing refers to", found_by="check"),
    Rule("orphan-page", "warn", "a page that no page, list or menu leads to", found_by="check"),
    Rule("password", "error", "a password of protected pages that is missing, miswritten, or can be guessed", fixed=True),
    Rule("redirect-chain", "warn", "an old address that leads to another old address"),
    Rule("redirected-link", "warn", "a link to an old address of a page"),
    Rule("search", "error", "an index for the search that could not be made", fixed=True),
    Rule("second-h1", "warn", "a heading of level 1 besides the page's title", found_by="check"),
    Rule("secret", "error", "a page that carries a password, or is meant for a group of readers that is not there", fixed=True),
    Rule("settings", "error", "a mistake in site.yaml", fixed=True),
    Rule("symlink", "error", "a symbolic link that leads out of the site", fixed=True),
    Rule("template", "error", "a template that cannot be rendered", fixed=True),
    Rule(
        "term-spelling",
        "warn",
        "a tag, category or series that another page writes in another case, or with other separators",
        found_by="check",
    ),
    Rule("theme-words", "warn", "words of the theme that are English on pages in another language, or a catalogue that no page reads"),
    Rule("too-complex", "error", "a page that takes too deep or too long to parse", fixed=True),
    Rule("too-large", "error", "a file or a front matter over the size limit", fixed=True),
    Rule("too-many-redirects", "warn", "more redirects than every host takes"),
    Rule("undated-post", "warn", "a post without a date", found_by="check"),
    Rule("unknown-author", "warn", "an author id that site.yaml does not know"),
    Rule("unknown-key", "warn", "a front matter key that nothing reads"),
    Rule("unclosed-block", "warn", "a code block, a comment or a container that nothing closes"),
    Rule("unknown-language", "warn", "a code block in a language Pygments does not know"),
    Rule("unknown-rule", "warn", "a comment that silences a rule there is not"),
    Rule("unknown-shortcode", "warn", "a shortcode, a template tag or a component of another generator; it stays text"),
    Rule("unknown-term", "warn", "a tag, category or series that `check: {terms: …}` does not name", found_by="check"),
    Rule("unread-page", "warn", "a text that is published as a download because of its suffix", found_by="check"),
    Rule("unreadable", "error", "a file that cannot be read", fixed=True),
    Rule("unused-block", "warn", "a block of a template that no template above it has", found_by="check"),
    Rule("unused-ignore", "warn", "a comment that silences what is not there, or cannot be silenced"),
    Rule("unused-template", "warn", "a template that replaces none of the theme's and that nothing asks for", found_by="check"),
    Rule("unwritable", "error", "a folder or a disk that cannot be written, or has no room left", fixed=True),
    Rule("updated-before-date", "warn", "a page that was updated before it was written"),
    Rule("weak-password", "warn", "a password of protected pages that will not hold for ever"),
    Rule("usage", "error", "the command line, or a folder it names", fixed=True),
    Rule("vague-link", "off", 'a link that says only "here" or "read more"', found_by="check"),
)


class Discreet:
    """Takes what is wrong with pages that only some may read to `report`, without a word of them."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def silence(self, path: str, ignores: tuple[Ignore, ...]) -> None:
        """As `Report.silence`."""
        self._report.silence(path, ignores)

    def add(self, *problems: Problem) -> None:
        """As `Report.add`."""
        self._report.add(*map(redacted, problems))


class Report:
    """The problems of one run, each once, weighed by `rules` (what site.yaml says under ``rules:``).

    Where it is `strict`, what would be a warning is an error.
    """

    def __init__(self, rules: Mapping[str, Severity] | None = None, *, strict: bool = False) -> None:
        self.rules, self.strict = dict(rules or {}), strict
        self._problems: dict[Problem, None] = {}
        self._ignores: dict[str, tuple[Ignore, ...]] = {}
        self._hidden: frozenset[str] = frozenset()
        self._used: set[tuple[str, Ignore]] = set()

    def silence(self, path: str, ignores: tuple[Ignore, ...]) -> None:
        """Drop, of what will be added of the file at `path`, what these comments in it silence."""
        if ignores:
            self._ignores[path] = ignores

    def hide(self, paths: Iterable[str]) -> None:
        """Say no word of the files at `paths` but where in them something is wrong, and what kind of mistake it is."""
        self._hidden |= frozenset(paths)

    def add(self, *problems: Problem) -> None:
        """Take in `problems`; those of a rule that is off are dropped, and those that a comment silences."""
        for problem in problems:
            if not self._is_silenced(problem) and self.severity(problem) != "off":
                self._problems.setdefault(redacted(problem) if problem.path in self._hidden else problem)

    def _is_silenced(self, problem: Problem) -> bool:
        """Whether a comment covers the problem; one of a file as a whole, that names no line, is covered anywhere in it."""
        ignores = self._ignores.get(problem.path, ()) if not RULES[problem.rule].fixed else ()
        covering = [each for each in ignores if each.rule == problem.rule and problem.line in {0, each.covers}]
        self._used.update((problem.path, each) for each in covering)
        return bool(covering)

    def add_unused(self, found_by: Collection[str] = ("build",)) -> None:
        """Warn of each comment that silenced nothing, once all is looked for that the commands `found_by` find."""
        for path, ignores in self._ignores.items():
            for each in ignores:
                if RULES[each.rule].found_by in found_by and (path, each) not in self._used:
                    hint = "remove the comment" if each.covers == each.line else f"remove the comment; it is about line {each.covers}"
                    message = f"there is no `{each.rule}` to silence here"
                    self.add(Problem("unused-ignore", message, path, each.line, each.column, each.excerpt, hint))

    def severity(self, problem: Problem) -> Severity:
        """How `problem` weighs on this site."""
        rule = RULES[problem.rule]
        severity = rule.severity if rule.fixed else self.rules.get(rule.id, rule.severity)
        return "error" if severity == "warn" and self.strict else severity

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
            ProblemsFound: there is at least one; it tells of the warnings too.
        """
        if self.errors:
            raise ProblemsFound(self.errors, self.warnings)

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

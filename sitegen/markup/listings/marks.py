"""Comments in a block of code that mark its lines, taken out of what is shown.

// highlight-next-line   # highlight-start … # highlight-end     Docusaurus (docusaurus.io, "Code blocks")
code // highlight-line   // hide-next-line                       Gatsby
code // [!code ++]   <!-- [!code --] -->   [!code highlight:3]   VitePress (shiki.style, "Transformers")
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sitegen.markup.listings.infos import Flaw

_DIRECTIVE = r"""(?P<verb>highlight|hide)-(?P<where>next-line|line|start|end)
    |\[!code[ ](?P<code>\+\+|--|hl|highlight|focus|error|warning|word:[^\]\n]*?)(?::(?P<count>[0-9]{1,6}))?\]"""
_LINE_COMMENT = rf"(?://+|\#+|--|;+|%+|(?i:rem\b))[ \t]*(?:{_DIRECTIVE})[ \t]*\Z"
_MARKUP_COMMENT = rf"(?:\{{/\*|/\*|<!--|\(\*)[ \t]*(?:{_DIRECTIVE})[ \t]*(?:\*/\}}?|-->|\*\))[ \t]*\Z"
_HINTS = re.compile(r"\[!code |\b(?:highlight|hide)-(?:next-line|line|start|end)\b")
_COMMENTS = re.compile(f"[ \\t]*(?:{_LINE_COMMENT})", re.VERBOSE), re.compile(f"[ \\t]*(?:{_MARKUP_COMMENT})", re.VERBOSE)
# Languages that show code of others: there a comment in another language's way is a part of what is shown.
_SHOWING = frozenset({"markdown", "md", "mdx", "mdc"})
_KINDS = {"++": "added", "--": "removed"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A block without the comments that mark its lines, and the lines they mark, counted from 1."""

    source: str
    marked: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()
    flaws: tuple[Flaw, ...] = ()


def without_marks(source: str, *, language: str = "") -> Marked:
    """`source` without the comments that mark lines; in a language that shows others, those alone that are comments in it."""
    if not _HINTS.search(source):
        return Marked(source)
    reading = _Reading(showing=language.lower() in _SHOWING)
    for number, line in enumerate(source.split("\n"), 1):
        reading.take(line, number)
    if reading.opened:
        verb, at = reading.opened
        reading.flaws.append(Flaw(f"`{verb}-start` has no `{verb}-end`", 0, at))
    sets = {kind: frozenset(found) for kind, found in reading.sets.items()}
    return Marked("\n".join(reading.lines), flaws=tuple(reading.flaws), **sets)


@dataclass(slots=True)
class _Reading:
    showing: bool
    lines: list[str] = field(default_factory=list)
    sets: dict[str, set[int]] = field(default_factory=lambda: {"marked": set(), "added": set(), "removed": set()})
    flaws: list[Flaw] = field(default_factory=list)
    opened: tuple[str, int] | None = None
    # What the next lines are to be, and how many of them.
    next: list[tuple[str, int]] = field(default_factory=list)

    def take(self, line: str, number: int) -> None:
        found = self._find(line)
        if found is None:
            self._show(line)
        elif found["verb"]:
            self._take_verb(found, line[: found.start()], number)
        else:
            self._take_code(found, line[: found.start()])

    def _find(self, line: str) -> re.Match[str] | None:
        hint = _HINTS.search(line)
        if hint is None:
            return None
        for pattern in _COMMENTS[self.showing :]:
            found = pattern.search(line, max(0, hint.start() - 200))
            if found:
                return found
        return None

    def _take_verb(self, found: re.Match[str], before: str, number: int) -> None:
        verb, where = found["verb"], found["where"]
        if where == "line":
            self._show(before, "hidden" if verb == "hide" else "marked")
        elif before.strip():
            self._show(before + found[0])
        elif where == "next-line":
            self.next.append(("hidden" if verb == "hide" else "marked", 1))
        elif where == "start":
            self.opened = verb, number
        elif self.opened is None or self.opened[0] != verb:
            self.flaws.append(Flaw(f"`{verb}-end` has no `{verb}-start`", found.start(), number))
        else:
            self.opened = None

    def _take_code(self, found: re.Match[str], before: str) -> None:
        kind = _KINDS.get(found["code"], "marked")
        count = int(found["count"] or 1)
        if found["code"].startswith("word:"):
            kind, count = "", 0
        if not before.strip():
            self.next.append((kind, count))
        else:
            self._show(before, kind)
            self.next.append((kind, count - 1))

    def _show(self, line: str, kind: str = "") -> None:
        """Take a line that is shown, unless one of the comments hides it."""
        kinds = {kind, *(each for each, count in self.next if count > 0)}
        self.next = [(each, count - 1) for each, count in self.next if count > 1]
        if self.opened:
            kinds.add("hidden" if self.opened[0] == "hide" else "marked")
        if "hidden" in kinds:
            return
        self.lines.append(line)
        for each in kinds - {""}:
            self.sets[each].add(len(self.lines))

"""One walk through a text, from left to right, that finds what a row of inline patterns means by CommonMark's rules.

A scanner jumps to the next place where anything may begin and asks the patterns that may begin there, in their order. Brackets
and delimiters are only noted on the way: a bracket is decided when it closes, emphasis when the text or its bracket ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX

from sitegen.markup.inlines import targets
from sitegen.markup.inlines.emphasis import Delimiter, Delimiters, Run, pair, run_at
from sitegen.markup.inlines.pieces import Piece, Unlinked, build, plain

# Patterns of others that a scan may ask like our own, by an expression that takes no longer the more there is behind it.
_OTHERS: dict[type, re.Pattern[str]] = {FootnoteInlineProcessor: re.compile(r"\[\^([^\[\]]++)\]")}
# Only where it is sought for: without one of these in the text the trigger cannot be met, and costs time.
_SELDOM = {"\n": " \n", r"w(?=ww\.)": "www."}
_Asked = Callable[["Line", int], int]


class Brackets(InlineProcessor):
    """Stands among the patterns for one form of links or images, so that a site can take it out or put its own in its place."""

    def __init__(self, *, image: bool, form: str) -> None:
        super().__init__("(?!)")
        self.kind = (image, form)


@dataclass(slots=True)
class _Bracket:
    """An open bracket: `item` is its place among the pieces, `runs` the number of runs before it, `after` where its text begins."""

    image: bool
    item: int
    runs: int
    after: int
    holds_brackets: bool = False


class Line:
    """What was found in a text so far: its pieces, up to `done`, and what is open."""

    __slots__ = ("above", "brackets", "closed_link", "count", "done", "pieces", "runs", "text")

    def __init__(self, text: str, above: Iterable[str]) -> None:
        self.text, self.above = text, above
        self.pieces: list[Piece] = []
        self.runs: list[Run] = []
        self.brackets: list[_Bracket] = []
        self.done = self.count = 0
        # No bracket before this place begins a link, as there is a link behind it: links hold no links.
        self.closed_link = 0

    def put(self, piece: Piece, start: int, end: int) -> None:
        """Set a piece in the place of ``text[start:end]``."""
        if start > self.done:
            self.pieces.append(self.text[self.done : start])
        self.pieces.append(piece)
        self.done = end


class Scanner:
    """What is in a text by a row of patterns. `keep` is asked what stands for an element that was made of some source."""

    def __init__(self, md: Markdown, patterns: Iterable[InlineProcessor], keep: Callable[[Element | str, str], str] | None = None) -> None:
        self._md, self._keep = md, keep
        # The source, and the plain text, of what placeholders in a text stand for.
        self.restored: Callable[[str], str] = str
        self.told: Callable[[str], str] = str
        self._rules: dict[str, list[_Asked]] = {}
        self._delimiters: dict[str, tuple[Delimiter, re.Pattern[str]]] = {}
        self._forms: set[tuple[bool, str]] = set()
        self._triggers: list[str] = []
        self._searches: dict[tuple[bool, ...], Callable[[str, int], re.Match[str] | None]] = {}
        for pattern in patterns:
            self._add(pattern)
        if self._forms:
            for trigger, rule in ((r"\[", self._open), (r"!(?=\[(?!\^))", self._open_image), (r"\]", self._close)):
                self._trigger(trigger, rule)

    def find(self, text: str, above: Iterable[str] = ()) -> list[Piece] | None:
        """The pieces of `text`, which stands in elements `above`; None where it is all plain text."""
        search = self._search_for(text)
        found = search(text, 0)
        if found is None:
            return None
        line, rules = Line(text, above), self._rules
        while found is not None:
            at = found.start()
            for rule in rules[text[at]]:
                end = rule(line, at)
                if end:
                    break
            else:
                end = at + 1
            found = search(text, end)
        if line.done < len(text):
            line.pieces.append(text[line.done :])
        if line.runs:
            pair(line.runs)
        return line.pieces

    def _search_for(self, text: str) -> Callable[[str, int], re.Match[str] | None]:
        present = tuple([need in text for need in _SELDOM.values()])
        search = self._searches.get(present)
        if search is None:
            absent = {trigger for trigger, found in zip(_SELDOM, present, strict=True) if not found}
            triggers = [trigger for trigger in self._triggers if trigger not in absent]
            search = self._searches[present] = re.compile("|".join(triggers) or "(?!)").search
        return search

    def _add(self, pattern: InlineProcessor) -> None:
        if isinstance(pattern, Brackets):
            self._forms.add(pattern.kind)
        elif isinstance(pattern, Delimiters):
            for mark, delimiter in pattern.table.items():
                self._delimiters[mark] = delimiter, re.compile(re.escape(mark) + "+")
                self._trigger(re.escape(mark), self._delimit)
        else:
            rule = self._asking(pattern)
            for trigger in triggers_of(pattern):
                self._trigger(trigger, rule)

    def _trigger(self, trigger: str, rule: _Asked) -> None:
        if trigger not in self._triggers:
            self._triggers.append(trigger)
        self._rules.setdefault(trigger[trigger[0] == "\\"], []).append(rule)

    def _asking(self, pattern: InlineProcessor) -> _Asked:
        """How a pattern is asked: for the place behind what it takes, or 0."""
        match = _OTHERS.get(type(pattern), pattern.getCompiledRegExp()).match
        handle, keep = pattern.handleMatch, self._keep
        excludes, enter = frozenset(pattern.ANCESTOR_EXCLUDES), getattr(pattern, "enter", None)

        def ask(line: Line, at: int) -> int:
            found = match(line.text, at)
            if found is None or (excludes and not excludes.isdisjoint(line.above)):
                return 0
            node, start, end = handle(found, line.text)
            if start is None or end is None or start < line.done:
                return 0
            if node is None:
                return end if end > at else 0
            source = line.text[start:end]
            piece = keep(node, source) if keep else node
            line.put(Unlinked(piece, source) if "a" in excludes else piece, start, end)
            if enter:
                line.above = enter(source, line.above)
            return end

        return ask

    def _delimit(self, line: Line, at: int) -> int:
        delimiter, row = self._delimiters[line.text[at]]
        end: int = row.match(line.text, at).end()  # type: ignore[union-attr]
        before, after = line.text[at - 1 : at], line.text[end : end + 1]
        if self._keep:
            before, after = self._before(line.text, at) or before, self._after(line.text, end) or after
        run = run_at(delimiter, line.text[at:end], before, after, line.count)
        if run:
            line.put(run, at, end)
            line.runs.append(run)
            line.count += 1
        return end

    def _before(self, text: str, at: int) -> str:
        """The last character of what a placeholder stands for that ends at `at`."""
        return self.restored(text[text.rfind(STX, 0, at) : at])[-1:] if text[at - 1 : at] == ETX else ""

    def _after(self, text: str, at: int) -> str:
        """The first character of what a placeholder stands for that begins at `at`."""
        return self.restored(text[at : text.find(ETX, at) + 1])[:1] if text[at : at + 1] == STX else ""

    def _open(self, line: Line, at: int, *, image: bool = False) -> int:
        if line.brackets:
            line.brackets[-1].holds_brackets = True
        after = at + 1 + image
        line.put(line.text[at:after], at, after)
        line.brackets.append(_Bracket(image, len(line.pieces) - 1, len(line.runs), after))
        return after

    def _open_image(self, line: Line, at: int) -> int:
        return self._open(line, at, image=True)

    def _close(self, line: Line, at: int) -> int:
        """Make the last open bracket a link or an image, if it is one."""
        if not line.brackets:
            return 0
        opened = line.brackets.pop()
        if not opened.image and opened.after <= line.closed_link:
            return 0
        target = self._target(line.text, opened, at)
        if target is None:
            return 0
        address, title, end = target
        if line.done < at:
            line.pieces.append(line.text[line.done : at])
        pair(line.runs[opened.runs :])
        inner = list(self._within_link(line.pieces[opened.item + 1 :]))
        made = _image(address, title, plain(inner, self.told)) if opened.image else _link(address, title, inner)
        source = line.text[opened.after - 1 - opened.image : end]
        line.pieces[opened.item :] = [self._keep(made, source) if self._keep else made]
        del line.runs[opened.runs :]
        line.done = end
        if not opened.image:
            line.closed_link = opened.after
        return end

    def _within_link(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """`pieces` with what may not stand in a link read again, as what it is there."""
        for piece in pieces:
            if isinstance(piece, Unlinked):
                yield from self.find(piece.source, ("a",)) or [piece.source]
            else:
                yield piece

    def _target(self, text: str, opened: _Bracket, at: int) -> targets.Target | None:
        """Where the bracket that closes at `at` leads to."""
        forms, image, following = self._forms, opened.image, text[at + 1 : at + 2]
        if following == "(" and (image, "inline") in forms:
            found = targets.target(text, at + 1, self.restored)
            if found:
                return found
        if not self._md.references:
            return None
        written = targets.label(text, at + 1) if following == "[" and (image, "full") in forms else None
        if written and written[0].strip():
            return self._defined(*written)
        if opened.holds_brackets or at - opened.after > targets.LABEL_LENGTH or not (written or (image, "short") in forms):
            return None
        return self._defined(text[opened.after : at], written[1] if written else at + 1)

    def _defined(self, label: str, end: int) -> targets.Target | None:
        found = self._md.references.get(self.restored(label))
        if found is None:
            return None
        address, title = found
        return targets.protected(targets.encoded(address)), targets.protected(title or "") or None, end


def triggers_of(pattern: Any) -> tuple[str, ...]:
    """Where a pattern may begin; nothing for one of a site's own, which may begin anywhere.

    A pattern with an attribute `triggers` is asked within a scan: expressions, each of which starts with one letter as it is.
    """
    triggers: tuple[str, ...] = getattr(pattern, "triggers", ())
    return (r"\[",) if type(pattern) in _OTHERS else triggers


def _link(address: str, title: str | None, inner: list[Piece]) -> Element:
    element = Element("a", {"href": address})
    if title is not None:
        element.set("title", title)
    build(element, inner)
    return element


def _image(address: str, title: str | None, alt: str) -> Element:
    element = Element("img", {"src": address, "alt": alt})
    if title is not None:
        element.set("title", title)
    return element

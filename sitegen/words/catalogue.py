"""A file of translations as gettext has them (``.po``), read: what it says, and every line that is wrong.

The format is that of the GNU gettext manual, section "The Format of PO Files". Babel reads it as well, but takes ten times as long, which
every build would wait for, and guesses at what it does not understand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from gettext import c2py

from sitegen.errors import Problem
from sitegen.words.placeholders import fault_of

RULE = "catalogue"
_LINE = re.compile(
    r"""[ \t]*(?:(?P<key>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<form>[0-9])\])?[ \t]*)?"(?P<text>(?:[^"\\]|\\.)*)"[ \t]*""", re.DOTALL
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
# No language has a rule that looks at more than the last three digits.
_TRIED = 1001
_PLURALS = re.compile(r"nplurals[ \t]*=[ \t]*([1-9])[ \t]*;[ \t]*plural[ \t]*=[ \t]*([^;\n]+)")


@dataclass(slots=True)
class Entry:
    """A text with its translation: a singular and, in `forms` by number, what counts want. `lines` are those that its parts begin at."""

    line: int
    is_fuzzy: bool = False
    context: str | None = None
    one: str | None = None
    many: str | None = None
    forms: dict[int, str] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether there is a translation that counts."""
        return not self.is_fuzzy and bool(self.forms) and all(self.forms.values())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one file says. ``plurals`` has all forms of a text, of which `choose` tells the one for a count."""

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choose: Callable[[int], int] = int
    asked: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def read(data: bytes, path: str, *, plural: Callable[[], tuple[int, str]]) -> Catalogue:
    """What the file at `path` says; `plural` gives number and rule of the plural forms for one without ``Plural-Forms``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {error.start} is 0x{data[error.start]:02X}"
        return Catalogue(problems=(Problem("bad-encoding", message, path=path, line=line, hint="save it as UTF-8"),))
    reader = _Reader(text)
    problems = [*reader.read(), *_twice(reader.entries)]
    header = next((each for each in reader.entries if each.one == "" and each.context is None), Entry(0))
    count, rule, wrong = _plural_forms(header, plural)
    sound = [each for each in reader.entries if each.one and each.context is None]
    problems += [*wrong, *(problem for each in sound for problem in _mistakes(each, count))]
    done = [each for each in sound if each.is_done]
    lines = text.splitlines()
    return Catalogue(
        texts={str(each.one): each.forms[0] for each in done if each.many is None and 0 in each.forms},
        plurals={str(each.one): tuple(each.forms[form] for form in sorted(each.forms)) for each in done if each.many is not None},
        choose=rule,
        asked=frozenset(str(each.one) for each in sound),
        problems=tuple(_placed(problem, path, lines) for problem in problems),
    )


def _placed(problem: Problem, path: str, lines: list[str]) -> Problem:
    excerpt = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    return replace(problem, path=path, excerpt=excerpt)


class _Reader:
    """Goes through the lines; `entries` are those found so far."""

    def __init__(self, text: str) -> None:
        self._lines = text.replace("\r\n", "\n").split("\n")
        self.entries: list[Entry] = []
        self._is_fuzzy = False
        self._part: tuple[str, int] = ("", 0)

    def read(self) -> Iterator[Problem]:
        """Read all; yields what is wrong with single lines."""
        for number, line in enumerate(self._lines, 1):
            if line.startswith("#"):
                self._comment(line)
            elif line.strip():
                yield from self._take(line, number)

    def _comment(self, line: str) -> None:
        if line.startswith("#,") and "fuzzy" in line[2:].replace(",", " ").split():
            self._is_fuzzy = True

    def _take(self, line: str, number: int) -> Iterator[Problem]:
        found = _LINE.fullmatch(line)
        if found is None:
            hint = 'write `msgid "…"` and below it `msgstr "…"`; within a text, `\\"` is a quotation mark'
            yield Problem(RULE, "a line that is none of a catalogue", line=number, column=1, hint=hint)
            return
        text = _ESCAPE.sub(lambda each: _ESCAPED.get(each[1], each[1]), found["text"])
        if found["key"] is None:
            yield from self._go_on(text, number)
        else:
            yield from self._begin(found["key"], int(found["form"] or 0), text, number)

    def _go_on(self, text: str, number: int) -> Iterator[Problem]:
        if not self._part[0]:
            yield Problem(RULE, "a text that nothing says what it is", line=number, column=1, hint="write `msgid` or `msgstr` before it")
            return
        self._add(text)

    def _begin(self, key: str, form: int, text: str, number: int) -> Iterator[Problem]:
        last = self.entries[-1] if self.entries else None
        if key == "msgctxt" or (key == "msgid" and (last is None or last.one is not None)):
            last = Entry(number, self._is_fuzzy)
            self.entries.append(last)
            self._is_fuzzy = False
        if last is None or (key != "msgctxt" and key != "msgid" and last.one is None):
            self._part = ("", 0)
            yield Problem(RULE, f"`{key}` without a `msgid` before it", line=number, column=1, hint="write the English text before it")
            return
        self._part = (key, form)
        last.lines.setdefault(form if key == "msgstr" else -1, number)
        self._add(text)

    def _add(self, text: str) -> None:
        entry, (key, form) = self.entries[-1], self._part
        if key == "msgstr":
            entry.forms[form] = entry.forms.get(form, "") + text
        else:
            name = {"msgctxt": "context", "msgid": "one", "msgid_plural": "many"}[key]
            setattr(entry, name, (getattr(entry, name) or "") + text)


def _twice(entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[tuple[str | None, str | None], int] = {}
    for each in entries:
        line = first.setdefault((each.context, each.one), each.line)
        if line != each.line:
            hint = f"keep one of them; the other is in line {line}"
            yield Problem(RULE, f"the text {each.one!r} is here a second time", line=each.line, column=1, hint=hint)


def _plural_forms(header: Entry, plural: Callable[[], tuple[int, str]]) -> tuple[int, Callable[[int], int], list[Problem]]:
    """How many forms a count chooses from, what chooses, and what is wrong with the header that says so."""
    said = header.forms.get(0, "")
    found = _PLURALS.search(said)
    wrong: list[Problem] = []
    if "Plural-Forms:" in said:
        try:
            return (*_chooser(found), [])
        except (ValueError, ZeroDivisionError):
            hint = "for most languages of Europe it is `nplurals=2; plural=(n != 1);`"
            wrong.append(Problem(RULE, "the header's `Plural-Forms` cannot be understood", line=header.lines.get(0, 1), hint=hint))
    count, rule = plural()
    return count, c2py(rule), wrong


def _chooser(found: re.Match[str] | None) -> tuple[int, Callable[[int], int]]:
    """Raises ValueError or ZeroDivisionError where the rule is none, or chooses a form that there is not."""
    if found is None:
        raise ValueError
    count, choose = int(found[1]), c2py(found[2].strip())
    if not {choose(number) for number in range(_TRIED)} <= set(range(count)):
        raise ValueError
    return count, choose


def _mistakes(entry: Entry, count: int) -> Iterator[Problem]:
    if entry.one is None or not entry.is_done:
        return
    if entry.many is None and set(entry.forms) != {0}:
        yield Problem(RULE, "`msgstr[…]` without `msgid_plural`", line=entry.line, column=1, hint="write `msgstr` alone")
        return
    if entry.many is not None and set(entry.forms) != set(range(count)):
        hint = "the header's `Plural-Forms` says how many, " + ", ".join(f"`msgstr[{form}]`" for form in range(count))
        yield Problem(RULE, f"has {len(entry.forms)} plural forms, expected {count}", line=entry.line, column=1, hint=hint)
        return
    for form, text in entry.forms.items():
        fault = fault_of(entry.one, text, may_lack=entry.many is not None)
        if fault is not None:
            yield Problem(RULE, fault.message, line=entry.lines[form], column=1, hint=fault.hint)

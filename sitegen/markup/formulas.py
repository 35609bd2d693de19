"""Formulas between dollars and the like: found while Markdown is read, converted when the page is known to be safe.

Until then a formula is a sign of two characters, which is neither HTML nor a word. So the sanitiser never sees MathML, and takes out all
that authors write themselves: of all that HTML can hold it is what has carried most attacks on sanitisers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import STX, AtomicString

from sitegen.errors import Problem
from sitegen.markup.blocks import Delimited, Found, Parser
from sitegen.markup.latex import Macros, Mistake, to_mathml
from sitegen.markup.places import Places

# No body holds the first of the two, which is taken out of all text.
SIGN = "\x04"
_FIRST = 0x100000
_MOST = 0xFFFD
_SIGNED = re.compile(f"{SIGN}([\U00100000-\U0010fffd])")
_SIGNED_TAG = re.compile(rf"<[a-zA-Z][^<>]*{SIGN}[^<>]*>")
_READ = re.compile(r' (?:alt|title|aria-label)="[^"]*"')
_ENVIRONMENTS = "equation align gather multline alignat flalign eqnarray aligned gathered split cases matrix array"
_ENVIRONMENT = rf"\\begin\{{(?P<name>(?:{'|'.join(_ENVIRONMENTS.split())})\*?)\}}"
_OPENING = re.compile(rf"(?P<dollars>\$\$)|(?P<slashes>\\\\?)\[|{_ENVIRONMENT}")
_WRITTEN = re.compile(rf"^ {{0,3}}(?:{_OPENING.pattern})", re.MULTILINE)
_INLINE = re.compile(r"\\\\?[(\[]|\\.|\$\$?", re.DOTALL)
_BEFORE = re.compile(r"[0-9A-Za-z$]")
# Behind two dollars in prose, but hardly at the start of a formula.
_STOPS = frozenset(",.;:!?)")
_AFTER = re.compile(r"[0-9A-Za-z]")
_CLOSING_DOLLAR = re.compile(r"(?:[^$\\]|\\.)+?\$", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as its author wrote it: in `raw` with what stands around it. `line` is where it starts in its file; 0 for not known."""

    latex: str
    raw: str
    is_block: bool
    line: int = 0


class FormulasExtension(Extension):
    """Finds formulas, those between dollars where `wanted`. After a conversion `found` holds them as they were come upon.

    `first` is the number of the body's first line in its file.
    """

    def __init__(self, *, wanted: bool) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[Formula] = []
        self.first = 1

    def extendMarkdown(self, md: Markdown) -> None:
        """Register below code spans and above escapes, and as a kind of block."""
        md.registerExtension(self)
        if self.wanted:
            md.inlinePatterns.register(_Inline(md, self), "math", 187)
        if self.wanted and isinstance(md.parser, Parser):
            md.parser.add_kind(Delimited("$\\", _OPENING, _end, self._block))

    def reset(self) -> None:
        """Forget the formulas of the last document."""
        self.found = []

    def put(self, formula: Formula) -> str:
        """The sign that stands for `formula` from here on; the formula itself where a page has too many."""
        if len(self.found) >= _MOST:
            return formula.raw or formula.latex
        self.found.append(formula)
        return SIGN + chr(_FIRST + len(self.found) - 1)

    def fence(self, latex: str, _title: str, line: int) -> str:
        """The HTML of a fence that holds `latex`, which begins at `line`, counted from 0 in the body."""
        return f'<div class="math">{self.put(Formula(latex, latex.strip(), is_block=True, line=self.first + line))}</div>'

    def _block(self, found: Found) -> Element:
        """A formula with lines to itself; text where it is empty, or the list or quote ends before it."""
        opened = found.opening
        raw = opened[0] + found.text + (_end_mark(opened) if found.closed else "")
        if not found.closed or not found.text.strip():
            element = Element("p")
            element.text = raw
            return element
        element = Element("div", {"class": "math"})
        element.text = AtomicString(self.put(Formula(raw if opened["name"] else found.text, raw, is_block=True)))
        return element

    def readable(self, text: str) -> str:
        """`text` with the source of each formula in the place of its sign."""
        return _SIGNED.sub(lambda found: self._of(found).latex.strip(), text) if SIGN in text else text

    def _of(self, found: re.Match[str]) -> Formula:
        return self.found[ord(found[1]) - _FIRST]


class _Inline(InlineProcessor):
    triggers: ClassVar = (r"\\", r"\$")

    def __init__(self, md: Markdown, extension: FormulasExtension) -> None:
        super().__init__("", md)
        self.compiled_re = _INLINE
        self._extension = extension

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        """The sign of the formula that opens here, or a dollar that was escaped."""
        opening, start = m[0], m.end()
        if opening == "\\$":
            return "$", m.start(), start
        end = _closing(opening, data, start)
        latex = data[start:end]
        if end < 0 or not latex.strip() or STX in latex or SIGN in latex or _BLANK.search(latex):
            return None, None, None
        end += len(opening)
        formula = Formula(latex, data[m.start() : end], is_block=opening == "$$" or opening[-1] == "[")
        return self._extension.put(formula), m.start(), end


def _closing(opening: str, text: str, start: int) -> int:
    """Where what closes `opening` stands in `text`, which goes on at `start`; -1 for nowhere."""
    if opening[-1] in "([":
        return text.find(opening[:-1] + {"(": ")", "[": "]"}[opening[-1]], start)
    if opening == "$$":
        return text.find("$$", start) if text[start : start + 1] not in _STOPS else -1
    if opening != "$" or (start > 1 and _BEFORE.match(text[start - 2])) or text[start : start + 1].isspace():
        return -1
    found = _CLOSING_DOLLAR.match(text, start)
    if found is None or found[0][-2].isspace() or _AFTER.match(text, found.end()):
        return -1
    return found.end() - 1


@lru_cache
def _ending(mark: str) -> re.Pattern[str]:
    return re.compile(re.escape(mark))


def _end(opened: re.Match[str]) -> re.Pattern[str]:
    """What closes a formula with lines to itself."""
    return _ending(_end_mark(opened))


def _end_mark(opened: re.Match[str]) -> str:
    if opened["name"]:
        return f"\\end{{{opened['name']}}}"
    return "$$" if opened["dollars"] else opened["slashes"] + "]"


def _blocks(text: str) -> Iterator[Formula]:
    """The formulas that have lines to themselves."""
    at = 0
    while opened := _WRITTEN.search(text, at):
        end = text.find(_end_mark(opened), opened.end())
        at = opened.end() if end < 0 else end + len(_end_mark(opened))
        latex = text[opened.end() : end]
        if end >= 0 and latex.strip() and not text[at:].partition("\n")[0].strip():
            raw = text[opened.start() : at].lstrip(" ")
            yield Formula(raw if opened["name"] else latex, raw, is_block=True)


def unread(source: str, places: Places) -> Iterator[Problem]:
    """A warning for the first formula on a page that reads none."""
    if "$$" not in source and "\\begin{" not in source:
        return
    for formula in _blocks(places.prose):
        if formula.raw.startswith(("$$", "\\begin")):
            line, column = places.passage(formula.raw)
            message = "this looks like a formula, and is shown as it is written"
            hint = "write `math: true` in the front matter, or `markdown: {math: true}` in site.yaml"
            yield Problem("math-off", message, line=line, column=column, excerpt=places.excerpt(line), hint=hint)
            return


def shown(html: str, formulas: Sequence[Formula], macros: Macros, places: Places) -> tuple[str, list[Problem]]:
    """`html`, which is safe, with MathML in the place of signs; a formula that has none is shown as code, with a problem.

    Within a tag, in the text that stands for a picture or in an address, a formula is its source.
    """
    html = _SIGNED_TAG.sub(lambda tag: _in_tag(tag[0], formulas), html)
    order = list(dict.fromkeys(number for sign in _SIGNED.findall(html) if (number := ord(sign) - _FIRST) < len(formulas)))
    found = dict(zip(order, to_mathml([(formulas[at].latex, formulas[at].is_block) for at in order], macros), strict=True))
    problems = [_problem(formulas[at], mistake, places) for at, mistake in found.items() if isinstance(mistake, Mistake)]

    def show(sign: re.Match[str]) -> str:
        at = ord(sign[1]) - _FIRST
        mathml = found.get(at, "")
        return f"<code>{escape(formulas[at].raw, quote=False)}</code>" if isinstance(mathml, Mistake) else mathml

    return _SIGNED.sub(show, html).replace(SIGN, ""), sorted(problems, key=lambda problem: (problem.line, problem.column))


def _in_tag(tag: str, formulas: Sequence[Formula]) -> str:
    def written(sign: re.Match[str], *, is_read: bool) -> str:
        at = ord(sign[1]) - _FIRST
        return escape((formulas[at].latex.strip() if is_read else formulas[at].raw) if at < len(formulas) else "")

    # Python-Markdown puts a backslash before what it set aside within a tag.
    tag = tag.replace(f"\\{SIGN}", SIGN)
    tag = _READ.sub(lambda found: _SIGNED.sub(lambda sign: written(sign, is_read=True), found[0]), tag)
    return _SIGNED.sub(lambda sign: written(sign, is_read=False), tag)


def _problem(formula: Formula, mistake: Mistake, places: Places) -> Problem:
    line, column = _place(formula, mistake.offset, places)
    excerpt = places.excerpt(line)
    return Problem("math", mistake.message, line=line, column=column, excerpt=excerpt, hint=mistake.hint)


def _place(formula: Formula, offset: int, places: Places) -> tuple[int, int]:
    """The line and the column of a character of a formula; of the formula's start where the source does not show more."""
    before = formula.latex[:offset]
    piece = formula.latex.split("\n")[before.count("\n")]
    if formula.line:
        line, column, further = formula.line, 1, before.count("\n")
    else:
        line, column = places.passage(formula.raw)
        further = before.count("\n") + formula.raw[: formula.raw.find(formula.latex)].count("\n")
    if not line:
        return 0, 0
    at = places.excerpt(line + further).find(piece.strip(), 0 if further else column - 1)
    if at < 0:
        return line, column
    return line + further, at + 1 + max(0, len(before) - before.rfind("\n") - 1 - (len(piece) - len(piece.lstrip())))

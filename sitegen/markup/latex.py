"""LaTeX to MathML through math-core, with the limits that it lacks.

It nests its own calls as deep as a formula is nested, and a formula of a few thousand braces would end the process. So a formula has
a limit of size, and is converted in a thread whose stack is large enough for any formula within the limit.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from math_core import LatexError, LatexToMathML

from sitegen.markup.mathml import PREFIX, MathMLError, cleaned

LONGEST = 10_000
# One level of nesting takes a character or more, and 3.1 KB of the stack at most (measured on x86-64).
_STACK_PER_CHARACTER = 4096
_MOST_EXPANSIONS = 1000
_EXPANDED = 40_000
_DEFINITION = re.compile(r"\\(?:[gex]?def|(?:new|renew|provide)command|let)(?![a-zA-Z])")
# What math-core would print or number: the space below a row, where a table within a line stands, an empty last row.
_OPTION = re.compile(
    r"(?<=\\\\)\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]|\\\\\s*(?=\\end\{)|(?<=\\begin\{aligned\})\[[tbc]\]|(?<=\\begin\{array\})\[[tbc]\]"
)
_PLACE = re.compile(r"(?:(?P<kind>input|macro)(?P<index>\d+):)?(?P<offset>\d+): (?P<text>.*)", re.DOTALL)
_UNKNOWN = re.compile(r'Unknown (?:command|environment) "(?P<name>[^"]+)"')
_NOWHERE = re.compile(rf'<a href="#{PREFIX}([^"]*)">\(\?\?\)</a>')
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_PLAIN_LABEL = re.compile(r"[\w:.-]+", re.ASCII)
_TABLE = "write `\\begin{equation} … \\end{equation}` around the formula"
# What authors write that math-core lacks, and what to write instead.
INSTEAD: dict[str, str] = {
    "\\substack": "write `\\begin{subarray}{c} … \\end{subarray}`",
    "\\ce": "chemistry has no package here: write `\\mathrm{H_2O}`",
    "\\pu": "write the unit as `\\,\\mathrm{kg}`",
    "\\ref": "write `\\eqref{…}`",
    "\\href": "write a Markdown link beside the formula",
    "\\url": "write a Markdown link beside the formula",
    "\\includegraphics": "write a Markdown image beside the formula",
    "\\mbox": "write `\\text{…}`",
    "\\hbox": "write `\\text{…}`",
    "\\verb": "write `\\text{…}`, or inline code beside the formula",
    "\\pmb": "write `\\boldsymbol{…}`",
    "\\dotsb": "write `\\cdots`",
    "\\dotsm": "write `\\cdots`",
    "\\dotsi": "write `\\cdots`",
    "\\dotsc": "write `\\ldots`",
    "\\dotso": "write `\\ldots`",
    "\\colorbox": "write `\\textcolor{red}{…}`",
    "\\cancelto": "write `\\cancel{…}` and the value above it",
    "\\intertext": "end the environment, write the text, and begin another",
    "\\shortintertext": "end the environment, write the text, and begin another",
    "\\DeclareMathOperator": "write `\\operatorname{…}`, or name it in `markdown: {math_macros: …}`",
    "\\require": "take it out: nothing is loaded while pages are read",
    "\\hspace*": "write `\\hspace`",
    "\\vspace": "take it out",
    "\\smash": "take it out",
    "\\rule": "take it out",
    "\\displaylines": "write `\\begin{gather*} … \\end{gather*}`",
    "\\eqalign": "write `\\begin{aligned} … \\end{aligned}`",
    "split": "write `aligned` in its place",
    "alignat": "write `align` in its place",
    "alignat*": "write `align*` in its place",
    "eqnarray": "write `align` in its place",
    "eqnarray*": "write `align*` in its place",
    "smallmatrix": "write `matrix` in its place",
    "matrix*": "write `array` in its place",
    "pmatrix*": "write `\\left( \\begin{array}{r} … \\end{array} \\right)`",
    "bmatrix*": "write `\\left[ \\begin{array}{r} … \\end{array} \\right]`",
    "subequations": "take it out: each equation has a number of its own",
    "tabular": "write `array`, or a Markdown table",
    "CD": "draw the diagram with `array`, or as a picture",
    "tikzpicture": "draw it as a picture",
}
# The start of what else math-core says, and the cure.
_CURES = (
    ('Found "\\tag', _TABLE),
    ('Found "\\label', _TABLE),
    ('Found "&"', "write `\\&`, or put the rows into an environment such as `aligned`"),
    ('Unexpected "$"', "write `\\$` for a dollar"),
    ("Math mode within text", "end `\\text{…}` before the formula"),
    ("Expected closing token", "close what is open there"),
    ("Unmatched closing", "take it out, or open it before"),
    ("Duplicate sub", "put braces around one of them, as in `{a^b}^c`"),
    ("This command is already defined", "write `\\renewcommand`"),
    ("Too many expansions", "a macro may lead to itself: look at its definition"),
)
_T = TypeVar("_T")
Macros = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why a formula cannot be shown; `offset` is the character of it where that shows."""

    offset: int
    message: str
    hint: str = ""


def to_mathml(formulas: Sequence[tuple[str, bool]], macros: Macros = ()) -> list[str | Mistake]:
    """The MathML of each formula of a page, in the order in which equations are numbered, or what is wrong with it.

    The second part of a formula says that it is one of a line of its own. What one defines, those after it may use; any of them can
    refer to an equation of another. `macros` are names without their backslash, and what they stand for.
    """
    found: list[str | Mistake] = [_too_long(latex) or _bad_label(latex) or "" for latex, _ in formulas]
    wanted = [("" if found[at] else _prepared(latex), block) for at, (latex, block) in enumerate(formulas)]
    longest = max((len(latex) for latex, _ in wanted), default=0)
    body = max([len(latex) for latex, _ in wanted if _DEFINITION.search(latex)] + [len(text) for _, text in macros], default=0)
    expansions = min(_MOST_EXPANSIONS, _EXPANDED // body) if body else _MOST_EXPANSIONS
    stack = _STACK_PER_CHARACTER * (longest + expansions * body) + 2**20
    converted = _with_stack(stack, lambda: _convert_all(_converter(macros, expansions), wanted))
    return [found[at] or _finished(formulas[at][0], result) for at, result in enumerate(converted)]


@lru_cache(maxsize=16)
def _converter(macros: Macros, expansions: int) -> LatexToMathML:
    return LatexToMathML(macros=dict(macros), fancy_error=False, global_group=True, max_expansions=expansions, id_prefix=PREFIX)


def _convert_all(converter: LatexToMathML, formulas: list[tuple[str, bool]]) -> list[str | Mistake]:
    """math-core stops at the first mistake: that formula is left out of the next attempt."""
    mistakes: dict[int, Mistake] = {}
    while True:
        try:
            converted = converter.convert_all(formulas)
        except LatexError as error:
            at, mistake = _mistake(str(error))
            if at in mistakes:
                raise
            mistakes[at] = mistake
            formulas[at] = ("", formulas[at][1])
            continue
        return [mistakes.get(at, mathml) for at, mathml in enumerate(converted)]


def _mistake(said: str) -> tuple[int, Mistake]:
    """Which formula is wrong, and how."""
    place = _PLACE.match(said)
    if place is None or place["kind"] != "input":
        raise ValueError(f"math-core says {said!r}")
    return int(place["index"]), Mistake(int(place["offset"]), _worded(place["text"]), _cure(place["text"]))


def _worded(text: str) -> str:
    """A sentence of math-core in the manner of ours."""
    text = text.rstrip(".").replace('"', "`")
    return text[:1].lower() + text[1:]


def _cure(text: str) -> str:
    unknown = _UNKNOWN.match(text)
    if unknown:
        return INSTEAD.get(unknown["name"], "")
    return next((cure for start, cure in _CURES if text.startswith(start)), "")


def _finished(latex: str, converted: str | Mistake) -> str | Mistake:
    if isinstance(converted, Mistake):
        return converted
    nowhere = _NOWHERE.search(converted)
    if nowhere:
        at = latex.find(f"\\eqref{{{nowhere[1]}}}")
        return Mistake(max(at, 0), f"no equation of this page has the label `{nowhere[1]}`", "write `\\label{…}` in a numbered environment")
    try:
        return cleaned(converted, latex)
    except MathMLError as error:
        return Mistake(0, error.message, error.hint)


def _too_long(latex: str) -> Mistake | None:
    if len(latex) <= LONGEST:
        return None
    return Mistake(0, f"a formula of {len(latex):,} characters; the limit is {LONGEST:,}", "split it")


def _bad_label(latex: str) -> Mistake | None:
    for label in _LABEL.finditer(latex):
        if not _PLAIN_LABEL.fullmatch(label[1]):
            message = f"the label `{label[1]}` cannot be an address"
            return Mistake(label.start(1), message, "write it with letters, digits, `:`, `.`, `_` and `-`")
    return None


def _prepared(latex: str) -> str:
    """`latex` without what has no effect here, each character where it was."""
    return _OPTION.sub(lambda found: " " * len(found[0]), latex) if "\\begin" in latex else latex


def _with_stack(size: int, work: Callable[[], _T]) -> _T:
    """What `work` gives in a thread with a stack of `size` bytes; of that the system gives out what is used."""
    results: list[_T] = []
    errors: list[LatexError] = []

    def run() -> None:
        try:
            results.append(work())
        except LatexError as error:
            errors.append(error)

    before = threading.stack_size(size // 4096 * 4096)
    try:
        thread = threading.Thread(target=run)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if errors:
        raise errors[0]
    return results[0]

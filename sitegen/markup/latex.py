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
_NESTING = re.compile(r"\\(?:begin|end|left|right)(?![a-zA-Z])|\\.|[{}]", re.DOTALL)
_NUMBERED = re.compile(r"\\begin\{(?:equation|align|gather|multline)\*?\}")
_PLACE = re.compile(r"(?:(?P<kind>input|macro)(?P<index>\d+):)?(?P<offset>\d+): (?P<text>.*)", re.DOTALL)
_UNKNOWN = re.compile(r'Unknown (?:command|environment) "(?P<name>[^"]+)"')
_NOWHERE = re.compile(rf'<a href="#{PREFIX}([^"]*)">\(\?\?\)</a>')
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_PLAIN_LABEL = re.compile(r"[\w:.-]+", re.ASCII)
_TABLE = "write `\\begin{equation} … \\end{equation}` around the formula"
# What authors write that math-core lacks, and what to write instead.
INSTEAD: dict[str, str] = {
    "\\substack": "write `\\begin{subarray}{c} … \\end{subarray}`",
    "split": "write `aligned`",
    "alignat": "write `align`",
    "alignedat": "write `aligned`",
    "flalign": "write `align`",
    "eqnarray": "write `align`",
    "smallmatrix": "write `matrix`",
    "subequations": "take it out: each equation has a number of its own",
    "tabular": "write `array`, or a Markdown table",
    "CD": "write `array`, or show a picture",
    "tikzpicture": "show a picture",
    "\\matrix": "write `\\begin{matrix} … \\end{matrix}`",
    "\\pmatrix": "write `\\begin{pmatrix} … \\end{pmatrix}`",
    "\\cases": "write `\\begin{cases} … \\end{cases}`",
    "\\eqalign": "write `\\begin{aligned} … \\end{aligned}`",
    "\\displaylines": "write `\\begin{gather*} … \\end{gather*}`",
    "\\ref": "write `\\eqref{…}`",
    "\\ce": "write `\\mathrm{H_2O}`",
    "\\pu": "write `\\,\\mathrm{kg}`",
    "\\mbox": "write `\\text{…}`",
    "\\hbox": "write `\\text{…}`",
    "\\textup": "write `\\text{…}`",
    "\\verb": "write `\\text{…}`",
    "\\LaTeX": "write `\\text{LaTeX}`",
    "\\mathds": "write `\\mathbb{…}`",
    "\\mathbbm": "write `\\mathbb{…}`",
    "\\pmb": "write `\\boldsymbol{…}`",
    "\\abs": "write `\\lvert … \\rvert`, or define a macro",
    "\\norm": "write `\\lVert … \\rVert`, or define a macro",
    "\\DeclareMathOperator": "write `\\operatorname{…}`, or define a macro",
    "\\DeclareMathOperator*": "write `\\operatorname*{…}`, or define a macro",
    "\\dotsb": "write `\\cdots`",
    "\\dotsc": "write `\\ldots`",
    "\\colorbox": "write `\\textcolor{red}{…}`",
    "\\bbox": "write `\\boxed{…}`",
    "\\cancelto": "write `\\cancel{…}`",
    "\\hspace*": "write `\\hspace`",
    "\\vspace": "take it out",
    "\\smash": "take it out",
    "\\strut": "write `\\mathstrut`",
    "\\hfill": "write `\\qquad`",
    "\\rule": "take it out",
    "\\intertext": "end the environment before the text, and begin another behind it",
    "\\require": "take it out: nothing is loaded while pages are read",
    "\\href": "put a Markdown link beside the formula",
    "\\url": "put a Markdown link beside the formula",
    "\\includegraphics": "put a Markdown image beside the formula",
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
    ("Too many expansions", "a macro may lead to itself: look at its definition"),
    ("Expected argument", "write what is missing in braces, as in `\\frac{1}{2}`"),
    ('Expected "\\end{', "end first what began last"),
    ("Unknown color", "write the name of a colour, such as `red` or `teal`"),
    ('Found "\\limits', "put it right behind such a sign"),
    ('Found "\\h[dash]line', "put it at the beginning of a row"),
    ("Expected parameter number", "write `\\#` for the sign itself"),
    ("Expected length", "write a number and a unit, as in `1em`"),
    ("Expected column", "write `l`, `c` or `r` for each column, and `|` for a line between two"),
    ("Unknown command", "correct its name, or define it under `markdown: {math_macros: {…}}` in site.yaml"),
    ("Unknown environment", "correct its name, or write `aligned`, `gathered`, `cases`, `matrix` or `array`"),
    ("", "correct it, or put it between backticks to show it as it is written"),
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
    wanted = [_Prepared("" if found[at] else latex, is_block=block) for at, (latex, block) in enumerate(formulas)]
    longest = max((len(each.text) for each in wanted), default=0)
    body = max([len(each.text) for each in wanted if _DEFINITION.search(each.text)] + [len(text) for _, text in macros], default=0)
    expansions = min(_MOST_EXPANSIONS, _EXPANDED // body) if body else _MOST_EXPANSIONS
    stack = _STACK_PER_CHARACTER * (longest + expansions * body) + 2**20
    converted = _with_stack(stack, lambda: _convert_all(_converter(macros, expansions), wanted))
    return [found[at] or _finished(formulas[at][0], result) for at, result in enumerate(converted)]


@lru_cache(maxsize=16)
def _converter(macros: Macros, expansions: int) -> LatexToMathML:
    return LatexToMathML(
        macros=dict(macros),
        fancy_error=False,
        global_group=True,
        max_expansions=expansions,
        id_prefix=PREFIX,
        allow_unreliable_rendering=True,
    )


class _Prepared:
    """A formula as math-core is given it. What has no effect here is blank, and rows without an environment have one."""

    def __init__(self, latex: str, *, is_block: bool) -> None:
        self.text = _OPTION.sub(lambda found: " " * len(found[0]), latex) if "\\begin" in latex else latex
        self.is_block = is_block
        self._added: list[tuple[int, int]] = []
        if is_block and _has_rows(self.text):
            self.add(0, "\\begin{gathered}")
            self.text += "\\end{gathered}"

    def add(self, at: int, text: str) -> None:
        """Put `text` where the character `at` is."""
        self.text = self.text[:at] + text + self.text[at:]
        self._added.append((at, len(text)))

    def offset(self, offset: int) -> int:
        """Where the character `offset` stood in what the author wrote."""
        for at, count in reversed(self._added):
            offset = max(at, offset - count) if offset > at else offset
        return offset


def _has_rows(latex: str) -> bool:
    """Whether a line ends outside of all braces and environments."""
    depth = 0
    for found in _NESTING.finditer(latex) if "\\\\" in latex and "\\label" not in latex and "\\tag" not in latex else ():
        if found[0] == "\\\\" and not depth:
            return not _NUMBERED.search(latex)
        depth += 1 if found[0] in {"{", "\\begin", "\\left"} else -1 if found[0] in {"}", "\\end", "\\right"} else 0
    return False


def _convert_all(converter: LatexToMathML, formulas: list[_Prepared]) -> list[str | Mistake]:
    """math-core stops at the first mistake: that formula is left out of the next attempt."""
    mistakes: dict[int, Mistake] = {}
    while True:
        try:
            converted = converter.convert_all([(each.text, each.is_block) for each in formulas])
        except LatexError as error:
            place = _PLACE.match(str(error))
            if place is None or place["kind"] != "input" or int(place["index"]) in mistakes:
                raise
            formula = formulas[int(place["index"])]
            if not _defined_anew(formula, int(place["offset"]), place["text"]):
                offset = formula.offset(int(place["offset"]))
                mistakes[int(place["index"])] = Mistake(offset, _worded(place["text"]), _cure(place["text"]))
                formula.text = ""
            continue
        return [mistakes.get(at, mathml) for at, mathml in enumerate(converted)]


def _defined_anew(formula: _Prepared, offset: int, said: str) -> bool:
    """Let a new command replace one that is there already, as MathJax does."""
    at = formula.text.rfind("\\newcommand", 0, offset)
    if at < 0 or not said.startswith("This command is already defined"):
        return False
    formula.add(at + 1, "re")
    return True


def _worded(text: str) -> str:
    """A sentence of math-core in the manner of ours."""
    text = text.rstrip(".").replace('"', "`")
    return text[:1].lower() + text[1:]


def _cure(text: str) -> str:
    unknown = _UNKNOWN.match(text)
    instead = INSTEAD.get(unknown["name"]) or INSTEAD.get(unknown["name"].removesuffix("*")) if unknown else None
    return instead or next(cure for start, cure in _CURES if text.startswith(start))


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

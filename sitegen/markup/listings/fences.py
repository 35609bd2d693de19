"""Blocks of code, through `sitegen.markup.listings.code`, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from markdown import Markdown
from markdown.extensions import Extension

from sitegen.errors import Problem
from sitegen.markup.blocks import Parser
from sitegen.markup.limits import BLOCK_SECONDS, TooComplex, processor_time
from sitegen.markup.listings.code import MAX_BLOCK, MAX_LINE, Code, code_block, code_of, is_known, is_plain, is_too_large
from sitegen.markup.listings.highlighting import by_pygments, highlighted
from sitegen.markup.listings.infos import Flaw

# Takes the source of a block, its title and its first line's number; gives HTML.
Own = Callable[[str, str, int], str]
_WORDS = {
    "unknown-language": ("`{}` is not a language that Pygments knows", "use a name from https://pygments.org/languages/, or `text`"),
    "not-highlighted": (
        f"this `{{}}` block is not highlighted: it has a line over {MAX_LINE:,} or more than {MAX_BLOCK:,} characters",
        "break the line, or mark the fence `text`",
    ),
}


class FencesExtension(Extension):
    """Makes the HTML of the block parser's code. Its line numbers count from 0 within the body.

    `own` are languages that are no code, each with what makes HTML of it. With `stock` it goes through the code as Pygments does.
    """

    def __init__(self, *, line_numbers: bool, own: Mapping[str, Own] = MappingProxyType({}), stock: bool = False) -> None:
        super().__init__()
        self._line_numbers, self._own, self._stock = line_numbers, own, stock
        self._plain: list[tuple[int, str, str]] = []
        self._flaws: list[tuple[int, str, Flaw]] = []

    def extendMarkdown(self, md: Markdown) -> None:
        """Tell the parser."""
        md.registerExtension(self)
        if isinstance(md.parser, Parser):
            md.parser.document.code = self._block

    def reset(self) -> None:
        """Forget the blocks of the last document."""
        self._plain, self._flaws = [], []

    def problems(self, lines: list[str], *, line: int) -> list[Problem]:
        """The blocks of the last document that are not as they ask; the first of its `lines` has the number `line` in its file."""
        return [
            *(_problem(rule, language, line + index, lines[index]) for index, language, rule in self._plain),
            *(flaw_problem(flaw, text, line + index + flaw.line, lines[index + flaw.line]) for index, text, flaw in self._flaws),
        ]

    def _block(self, text: str | None, source: str, line: int) -> str:
        """The HTML of the code with that info string, and a note of what is wrong with it. Indented code has none."""
        if text is None:
            return code_block(Code(source))
        code = code_of(source, text, line_numbers=self._line_numbers)
        own = self._own.get(code.language.lower())
        if own:
            return own(source, code.title, line + 1)
        if code.language and not is_known(code.language):
            self._plain.append((line, code.language, "unknown-language"))
        elif code.language and is_too_large(source):
            self._plain.append((line, code.language, "not-highlighted"))
        self._flaws += [(line, text, flaw) for flaw in code.flaws]
        return self._render(code, line)

    def _render(self, code: Code, line: int) -> str:
        if is_plain(code.language):
            return code_block(code)
        error = TooComplex(
            f"this `{code.language}` block takes more than {BLOCK_SECONDS:g} s to highlight",
            line=line + 1,
            hint="mark the fence `text`",
        )
        with processor_time(BLOCK_SECONDS, error):
            try:
                return code_block(code, by_pygments if self._stock else highlighted)
            except RecursionError:
                raise error from None


def _problem(rule: str, language: str, line: int, excerpt: str) -> Problem:
    message, hint = _WORDS[rule]
    return Problem(rule, message.format(language), line=line, column=excerpt.find(language) + 1, excerpt=excerpt, hint=hint)


def flaw_problem(flaw: Flaw, text: str, line: int, excerpt: str) -> Problem:
    """What is wrong in the info string `text`, or a line of its block, that stands in that line of the file."""
    if flaw.line:
        return Problem("fence-option", flaw.message, line=line, column=flaw.offset + 1, excerpt=excerpt)
    hint = 'lines are counted from 1 within the block: `{1,3-5}` or `hl_lines="1 3-5"`'
    return Problem("fence-option", flaw.message, line=line, column=excerpt.find(text) + 1 + flaw.offset, excerpt=excerpt, hint=hint)

"""Fenced and indented code blocks, through `sitegen.markup.code`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.superfences import (
    NESTED_FENCE_END,
    RE_NESTED_FENCE_START,
    SuperFencesBlockPreprocessor,
    SuperFencesCodeExtension,
)

from sitegen.errors import Problem
from sitegen.markup.code import MAX_BLOCK, MAX_LINE, Code, code_block, code_of, is_known, is_plain, is_too_large
from sitegen.markup.highlighting import by_pygments, highlighted
from sitegen.markup.infos import Flaw, parse_info
from sitegen.markup.limits import BLOCK_SECONDS, TooComplex, processor_time

# Takes the source of a block, its title and its first line's number; gives HTML.
Own = Callable[[str, str, int], str]
_WORDS = {
    "unknown-language": ("`{}` is not a language that Pygments knows", "use a name from https://pygments.org/languages/, or `text`"),
    "not-highlighted": (
        f"this `{{}}` block is not highlighted: it has a line over {MAX_LINE:,} or more than {MAX_BLOCK:,} characters",
        "break the line, or mark the fence `text`",
    ),
}


class FencesExtension(SuperFencesCodeExtension):  # type: ignore[misc]
    """The ``superfences`` extension with our code blocks. Its line numbers count from 0 within the body.

    `own` are languages that are no code, each with what makes HTML of it. With `stock` it goes through the lines and the code as
    `superfences` and Pygments do.
    """

    def __init__(self, *, line_numbers: bool, own: Mapping[str, Own] = MappingProxyType({}), stock: bool = False) -> None:
        super().__init__(relaxed_headers=True)
        self.line_numbers, self.own, self.stock = line_numbers, own, stock
        self._plain: dict[str, tuple[int, str, str]] = {}
        self._flaws: list[tuple[str, int, str, Flaw]] = []

    def patch_fenced_rule(self) -> None:
        """Register our preprocessor in the place of the one that `superfences` brings."""
        super().patch_fenced_rule()
        fences = (_Fences if self.stock else _FastFences)(self.md, self)
        self.superfences[0]["formatter"] = fences.highlight
        self.md.preprocessors.register(fences, "fenced_code_block", 25)
        self.md.treeprocessors.register(_IndentedBlocks(self.md), "indent-highlight", 30)

    def reset(self) -> None:
        """Forget the blocks of the last document."""
        super().reset()
        self._plain, self._flaws = {}, []

    def note_plain(self, placeholder: str, line: int, language: str, rule: str) -> None:
        """Remember a block that is not highlighted, by what stands for it in the text."""
        self._plain[placeholder] = (line, language, rule)

    def note_flaw(self, placeholder: str, line: int, text: str, flaw: Flaw) -> None:
        """Remember what the info string `text` asks in vain."""
        self._flaws.append((placeholder, line, text, flaw))

    def problems(self, lines: list[str], *, line: int) -> list[Problem]:
        """The blocks of the last document that are not as they ask; its first line has the number `line` in its file.

        A fence within an indented block was put back as text: it asked for nothing.
        """
        lines = [*lines, ""]
        plain = (place for placeholder, place in self._plain.items() if self.stash.get(placeholder) is not None)
        flaws = ((index, text, flaw) for place, index, text, flaw in self._flaws if self.stash.get(place) is not None)
        return [
            *(_problem(rule, language, line + index, lines[index]) for index, language, rule in plain),
            *(flaw_problem(flaw, text, line + index + flaw.line, lines[index + flaw.line]) for index, text, flaw in flaws),
        ]


def _problem(rule: str, language: str, line: int, excerpt: str) -> Problem:
    message, hint = _WORDS[rule]
    return Problem(rule, message.format(language), line=line, column=excerpt.find(language) + 1, excerpt=excerpt, hint=hint)


def flaw_problem(flaw: Flaw, text: str, line: int, excerpt: str) -> Problem:
    """What is wrong in the info string `text`, or a line of its block, that stands in that line of the file."""
    if flaw.line:
        return Problem("fence-option", flaw.message, line=line, column=flaw.offset + 1, excerpt=excerpt)
    hint = 'lines are counted from 1 within the block: `{1,3-5}` or `hl_lines="1 3-5"`'
    return Problem("fence-option", flaw.message, line=line, column=excerpt.find(text) + 1 + flaw.offset, excerpt=excerpt, hint=hint)


class _Fences(SuperFencesBlockPreprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, extension: FencesExtension) -> None:
        super().__init__(md)
        self.config = extension.getConfigs()
        self.extension = extension
        self._line = 0
        self._text, self._code = "", Code("")

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        """Remember where the block starts."""
        self._line = start
        super().process_nested_block(ws, content, start, end)

    def parse_options(self, m: re.Match[str]) -> bool:
        """Take every info string; what it says is read when it is known how many lines follow."""
        self._text = m[0].removeprefix(m["fence"]).strip()
        self.lang = parse_info(self._text, lines=0).language
        self.formatter = self.highlight
        return True

    handle_attrs = handle_unrecognized = parse_options

    def highlight(self, src: str = "", **_given: Any) -> str:
        """Render a block; `superfences` calls this."""
        self._code = code_of(src, self._text, line_numbers=self.extension.line_numbers)
        own = self.extension.own.get(self.lang.lower())
        return own(src, self._code.title, self._line + 1) if own else self._render(self._code)

    def _render(self, code: Code) -> str:
        if is_plain(code.language):
            return code_block(code)
        error = TooComplex(
            f"this `{code.language}` block takes more than {BLOCK_SECONDS:g} s to highlight",
            line=self._line + 1,
            hint="mark the fence `text`",
        )
        with processor_time(BLOCK_SECONDS, error):
            try:
                return code_block(code, by_pygments if self.extension.stock else highlighted)
            except RecursionError:
                raise error from None

    def _store(self, source: str, code: str, start: int, end: int) -> None:
        super()._store(source, code, start, end)
        rule = self._fault(source)
        placeholder = self.stack[-1][0].lstrip("> ")[1:-1]
        if rule:
            self.extension.note_plain(placeholder, self._line, self.lang, rule)
        for flaw in self._code.flaws:
            self.extension.note_flaw(placeholder, self._line, self._text, flaw)

    def _fault(self, source: str) -> str:
        """The rule that says why the block is not highlighted; nothing for one that is, or need not be."""
        if not self.lang or self.lang.lower() in self.extension.own:
            return ""
        return "unknown-language" if not is_known(self.lang) else "not-highlighted" if is_too_large(source) else ""


class _FastFences(_Fences):
    """Leaves out the lines that can neither open nor close a fence."""

    def search_nested(self, lines: list[str]) -> list[str]:
        opened = 0
        for index, line in enumerate(lines):
            if self.fence is None:
                if ("```" in line or "~~~" in line) and self._opens(line.rstrip("\r")):
                    opened = index
            elif self.ws_virtual_len or line.startswith(self.fence) or line.endswith("\r"):
                self._go_on(line.rstrip("\r"), opened, index + 1)
            else:
                self.code.append(line)
        reassembled: list[str] = self.reassemble(lines)
        return reassembled

    def _opens(self, line: str) -> bool:
        """Whether a fence starts here. What follows is `superfences`' own way with such a line."""
        indent = self.parse_whitespace(line)
        found = RE_NESTED_FENCE_START.match(line, self.ws_len)
        if found is None:
            return False
        parse = self.handle_unrecognized if found["unrecognized"] else self.handle_attrs if found["attrs"] else self.parse_options
        if not parse(found):
            self.clear()
            return False
        self.first = indent + self.normalize_ws(found[0])
        self.ws, self.fence = indent, found["fence"]
        self.quote_level = indent.count(">")
        self.empty_lines = 0
        self.fence_end = re.compile(NESTED_FENCE_END % self.fence)
        return True

    def _go_on(self, line: str, start: int, end: int) -> None:
        """Take a line within a fence, as `superfences` does."""
        indent, content = self.parse_fence_line(line)
        if self.quote_level:
            self.eval_quoted(indent, content, indent.count(">"), start, end)
        elif ">" in indent:
            self.clear()
        else:
            self.eval_fence(indent, content, start, end)


class _IndentedBlocks(Treeprocessor):
    def run(self, root: Element) -> None:
        """Give each indented block the markup of a fence without a language."""
        for block in root.iter("pre"):
            if len(block) == 1 and block[0].tag == "code":
                source = (block[0].text or "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
                placeholder = self.md.htmlStash.store(code_block(Code(source)))
                block.clear()
                # A paragraph that holds nothing else gives way to what is stashed.
                block.tag, block.text = "p", placeholder

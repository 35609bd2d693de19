"""Python-Markdown with our blocks and our inline patterns: the Markdown of CommonMark and GitHub."""

from __future__ import annotations

import re
from typing import Any, Self

from markdown import Markdown
from markdown.extensions.md_in_html import MarkdownInHTMLPostprocessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.util import ETX, HTML_PLACEHOLDER, STX

from sitegen.markup.blocks import Block, Parser
from sitegen.markup.inlines import patterns
from sitegen.markup.inlines.inline import InlineProcessor
from sitegen.markup.inlines.targets import References

_STASHED = re.compile("<p>{0}</p>|{0}".format(HTML_PLACEHOLDER % "([0-9]+)"))


class Dialect(Markdown):
    """`Markdown` with our block parser, to which HTML is a kind of block, with our patterns, and with our pass that applies them."""

    parser: Parser

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.references = References()  # type: ignore[assignment]
        self.preprocessors.register(_Whitespace(self), "normalize_whitespace", 30)
        self.treeprocessors.register(InlineProcessor(self), "inline", 20)
        self.postprocessors.register(_RawHtml(self), "raw_html", 30)

    def build_parser(self) -> Self:
        """Put our parser and patterns in the place of the stock ones before any extension takes hold of them."""
        super().build_parser()
        self.preprocessors.deregister("html_block")
        self.parser = Parser(self, self.parser)
        patterns.register(self)
        return self

    def reset(self) -> Self:
        """Forget the last document."""
        super().reset()
        self.parser.document.reset()
        return self


class _Whitespace(NormalizeWhitespace):
    """Line ends alone: tabs are the block parser's, which counts columns, and so are blank lines."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class _RawHtml(MarkdownInHTMLPostprocessor):
    """Puts back what was stashed, and no paragraph around a `Block`."""

    def run(self, text: str) -> str:
        return _STASHED.sub(self._restored, text) if self.md.htmlStash.html_counter else text

    def _restored(self, match: re.Match[str]) -> str:
        """What was stashed, and what was stashed in it. Most of it is code, in which there is nothing to look for."""
        wrapped, number = match[1], int(match[1] or match[2])
        if number >= self.md.htmlStash.html_counter:
            return match[0]
        html = self.stash_to_string(self.md.htmlStash.rawHtmlBlocks[number])
        if wrapped and not isinstance(self.md.htmlStash.rawHtmlBlocks[number], Block) and not self.isblocklevel(html):
            html = f"<p>{html}</p>"
        return _STASHED.sub(self._restored, html) if STX in html else html

"""Python-Markdown with our own classes in the place of those of its parts that cost most. The result is the same to the letter."""

from __future__ import annotations

from typing import Any

from markdown import Markdown

from sitegen.markup import patterns
from sitegen.markup.blocks import Parser
from sitegen.markup.inline import InlineProcessor


class FastMarkdown(Markdown):
    """`Markdown` that registers our parts once the extensions have registered theirs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        patterns.register(self)
        self.treeprocessors.register(InlineProcessor(self), "inline", 20)

    def build_parser(self) -> Markdown:
        """Put our block parser in the place of the stock one before any extension takes hold of it."""
        super().build_parser()
        self.parser = Parser(self, self.parser)
        return self

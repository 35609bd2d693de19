"""Abbreviations, defined by a line ``*[HTML]: HyperText Markup Language`` anywhere in a text."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension

from sitegen.markup.blocks import Parser


class AbbreviationsExtension(AbbrExtension):
    """The ``abbr`` extension, which has the block parser find the definitions."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register as the base does."""
        super().extendMarkdown(md)
        if isinstance(md.parser, Parser):
            md.parser.document.abbreviations = self.abbrs  # type: ignore[attr-defined]

"""Python-Markdown with our inline patterns; and with our own classes in the place of those of its parts that cost most."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from markdown import Markdown

from sitegen.markup import passes, patterns
from sitegen.markup.blocks import Parser
from sitegen.markup.inline import InlineProcessor
from sitegen.markup.serialising import to_html
from sitegen.markup.targets import References


class InlineMarkdown(Markdown):
    """`Markdown` whose text is that of CommonMark and GitHub: with our patterns, and our pass that applies them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.references = References()  # type: ignore[assignment]
        self.treeprocessors.register(InlineProcessor(self), "inline", 20)

    def build_parser(self) -> Self:
        """Put our patterns in the place of the stock ones before any extension takes hold of them."""
        super().build_parser()
        patterns.register(self)
        return self


class FastMarkdown(InlineMarkdown):
    """Registers our short cuts once the extensions it is made with have registered theirs. The result is the same to the letter."""

    output_formats: ClassVar = {**Markdown.output_formats, "html": to_html}

    def __init__(self, **options: Any) -> None:
        self._block_level: dict[Any, bool] = {}
        super().__init__(**options)
        passes.register(self)

    def build_parser(self) -> Self:
        """Put our block parser in the place of the stock one before any extension takes hold of it."""
        super().build_parser()
        self.parser = Parser(self, self.parser)
        return self

    def reset(self) -> Self:
        """Forget the last document."""
        self._block_level = {}
        super().reset()
        return self

    def is_block_level(self, tag: Any) -> bool:
        """Whether `tag` is one of `block_level_elements`, which is a list."""
        found = self._block_level.get(tag)
        if found is None:
            found = self._block_level[tag] = super().is_block_level(tag)
        return found

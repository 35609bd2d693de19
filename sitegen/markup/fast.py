"""Our Python-Markdown with our own classes in the place of those of its parts that cost most. The result is the same to the letter."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from sitegen.markup import passes, patterns
from sitegen.markup.dialect import BlocksMarkdown
from sitegen.markup.inline import InlineProcessor
from sitegen.markup.serialising import to_html


class FastMarkdown(BlocksMarkdown):
    """Registers our parts once the extensions it is made with have registered theirs."""

    output_formats: ClassVar = {**BlocksMarkdown.output_formats, "html": to_html}

    def __init__(self, **options: Any) -> None:
        self._block_level: dict[Any, bool] = {}
        super().__init__(**options)
        passes.register(self)
        self.treeprocessors.register(InlineProcessor(self), "inline", 20)

    def build_parser(self) -> Self:
        """Put our patterns in the place of the stock ones before any extension takes hold of them."""
        super().build_parser()
        patterns.register(self)
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

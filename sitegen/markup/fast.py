"""Our dialect of Markdown with our own classes in the place of those parts of Python-Markdown that cost most."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from sitegen.markup import passes
from sitegen.markup.dialect import Dialect
from sitegen.markup.serialising import to_html


class FastMarkdown(Dialect):
    """Registers our short cuts once the extensions it is made with have registered theirs. The result is the same to the letter."""

    output_formats: ClassVar = {**Dialect.output_formats, "html": to_html}

    def __init__(self, **options: Any) -> None:
        self._block_level: dict[Any, bool] = {}
        super().__init__(**options)
        passes.register(self)

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

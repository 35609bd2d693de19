"""The block processors that a site brings: each is asked about every paragraph, and may take what follows it as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions.md_in_html import MarkdownInHtmlProcessor

# Their blocks are made here. One that takes elements which a preprocessor of the same extension left in the text is not among them.
_DONE_HERE = ("markdown.", "pymdownx.details", "pymdownx.tabbed", "pymdownx.superfences", "pymdownx.saneheaders")


class Guests:
    """The processors of a site among all that are registered. `parse` is for what they leave: text, parent and index of its first line."""

    def __init__(self, processors: Iterable[Any], parse: Callable[[Element, str, int], None]) -> None:
        self.processors = [one for one in processors if _is_guest(one)]
        self._parse = parse
        self._busy: Element | None = None
        self._left = ""

    def wants(self, parent: Element, text: str) -> bool:
        """Whether one of them wants a paragraph."""
        return any(one.test(parent, text) for one in self.processors)

    def take(self, parent: Element, text: str, line: int) -> None:
        """Let them take what they want of text of which one wants the first paragraph; parse the rest.

        The rest may hold more that they want. It comes back here, and the call that is at work already goes on with it: a document with
        many such blocks is no deeper than one with few.
        """
        if self._busy is parent:
            self._left = text
            return
        text = text.rstrip("\n")
        outer, self._busy = self._busy, parent
        while text:
            blocks = text.split("\n\n")
            if not self._offer(parent, blocks):
                self._refuse(parent, blocks.pop(0), line)
                text = "\n\n".join(blocks)
                continue
            self._left = ""
            if blocks:
                self._parse(parent, "\n\n".join(blocks), line)
            text = self._left.rstrip("\n")
        self._busy = outer

    def parse_for(self, parent: Element, text: str) -> None:
        """Parse what a processor asks to have parsed, while it is at work."""
        busy, left = self._busy, self._left
        self._busy = None
        self._parse(parent, text, 0)
        self._busy, self._left = busy, left

    def _offer(self, parent: Element, blocks: list[str]) -> bool:
        """Whether they took something."""
        before = list(blocks)
        while blocks and any(one.test(parent, blocks[0]) and one.run(parent, blocks) is not False for one in self.processors):
            if blocks == before:
                break
        return blocks != before

    def _refuse(self, parent: Element, text: str, line: int) -> None:
        """Parse what was wanted and not taken, and ask nobody."""
        processors, self.processors = self.processors, []
        self._parse(parent, text, line)
        self.processors = processors


def _is_guest(processor: Any) -> bool:
    return isinstance(processor, MarkdownInHtmlProcessor) or not type(processor).__module__.startswith(_DONE_HERE)

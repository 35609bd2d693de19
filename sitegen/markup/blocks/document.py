"""What the blocks of one document share, and what they need from Python-Markdown and its extensions."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AtomicString


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the author did not mean, in the line with that index."""

    line: int
    message: str
    hint: str


class Notes(Protocol):
    """Where the definitions of footnotes go."""

    def define(self, name: str) -> Element:
        """The element for the blocks of a note; one that leads nowhere where there is a note of that name."""


class Takers(Protocol):
    """The block processors that a site brings."""

    def wants(self, parent: Element, text: str) -> bool:
        """Whether one of them wants a paragraph."""

    def take(self, parent: Element, text: str, line: int) -> None:
        """Take text of which one wants the first paragraph, and parse what is left."""


class Block(str):
    """HTML that is a block of its own: no paragraph goes around it, whatever it begins with."""

    __slots__ = ()


class Document:
    """The document that is being parsed.

    `title_of` gives the title of a box by its kind. `code` makes HTML of a block of code: of the info string, which indented code lacks,
    its source, and the index of its line.
    """

    def __init__(self, md: Markdown) -> None:
        self.title_of: Callable[[str], str] = str.capitalize
        self.code: Callable[[str | None, str, int], str] | None = None
        self.notes: Notes | None = None
        self.guests: Takers | None = None
        self.abbreviations: MutableMapping[str, str] = {}
        self.links: MutableMapping[str, Any] = {}
        self.troubles: list[Trouble] = []
        self.tab_sets = 0
        self._md = md

    def reset(self) -> None:
        """Forget the last document."""
        self.links = self._md.references
        self.troubles = []
        self.tab_sets = 0

    def add_html(self, parent: Element, html: str) -> None:
        """Put finished HTML in its place; a postprocessor lets it out of what holds it."""
        SubElement(parent, "p").text = AtomicString(self._md.htmlStash.store(Block(html)))

    def add_code(self, parent: Element, info: str | None, source: str, line: int) -> None:
        """Put a block of code in its place."""
        self.add_html(parent, self.code(info, source, line) if self.code else f"<pre><code>{escape(source)}\n</code></pre>")

"""Python-Markdown's inline pass, where patterns that stand together in the order are asked in one scan of a text.

Usually these are all there are, and what a scan finds goes into the tree at once. A pattern of a site's own may begin anywhere and
counts on what those above it left: then the patterns above and below it are a scan each, with placeholders in between, which is
what Python-Markdown does with every pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_RE, AtomicString

from sitegen.markup.inlines.emphasis import Delimiters
from sitegen.markup.inlines.pieces import build, texts
from sitegen.markup.inlines.scanning import Brackets, Scanner, triggers_of

# A step is a scan or a pattern of a site's own, and the place in the order behind it.
_Step = tuple[int, Any]


class InlineProcessor(treeprocessors.InlineProcessor):
    """The stock pass with scans. It bears its base's name, so that a private method takes the place of the base's."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: list[Any] = []
        self._steps: list[_Step] = []
        self._sources: dict[str, str] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns as they are registered now, in the order of the document."""
        self._learn()
        self._sources, self.stashed_nodes = {}, {}
        if len(self._steps) != 1 or not isinstance(self._steps[0][1], Scanner):
            return super().run(tree, ancestors)
        scanner = self._steps[0][1]
        todo: list[tuple[Element, Element | None, tuple[str, ...]]] = [(tree, None, (*(ancestors or ()), tree.tag.lower()))]
        while todo:
            element, parent, above = todo.pop()
            if parent is not None:
                _scan_tail(scanner, element, parent, above)
                continue
            for child in reversed(element):
                if child.tail and not child.tail.isspace():
                    todo.append((child, element, above))
                if len(child) or child.text:
                    todo.append((child, None, (*above, child.tag.lower())))
            _scan_text(scanner, element, above)
        return tree

    def _learn(self) -> None:
        """Divide the patterns into scans and patterns of the site's own."""
        patterns = list(self.inlinePatterns)
        if patterns == self._patterns:
            return
        self._patterns, self._steps = patterns, []
        parted = not all(map(_is_scanned, patterns))
        for scanned, group in groupby(enumerate(patterns, 1), lambda one: _is_scanned(one[1])):
            places, members = zip(*group, strict=True)
            if scanned:
                scanner = Scanner(self.md, members, partial(self._keep, places[-1]) if parted else None)
                if parted:
                    scanner.restored, scanner.told = self._restored, self._told
                self._steps.append((places[-1], scanner))
            else:
                self._steps += zip(places, members, strict=True)

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  the base's names
        if isinstance(data, AtomicString):
            return data
        for behind, step in self._steps:
            if behind > patternIndex:
                data = self._scanned(step, data, behind) if isinstance(step, Scanner) else self._applied(step, data, behind)
        return data

    def _applied(self, pattern: Any, data: str, behind: int) -> str:
        """`data` with placeholders for all that a pattern of the site's own finds in it."""
        start, matched = 0, True
        while matched:
            data, matched, start = self.__applyPattern(pattern, data, behind - 1, start)  # type: ignore[attr-defined]
        return data

    def _scanned(self, scanner: Scanner, data: str, behind: int) -> str:
        """`data` with placeholders for all that a scan finds in it."""
        pieces = scanner.find(data, self.ancestors)
        if pieces is None:
            return data
        box = Element("d")
        build(box, pieces)
        texts = [box.text or ""]
        for child in box:
            tail, child.tail = child.tail, None
            texts += [self._keep(behind, child, ""), tail or ""]
        return "".join(texts)

    def _keep(self, behind: int, node: Element | str, source: str) -> str:
        """A placeholder for what was made of `source`; the patterns behind that place in the order are applied within it."""
        if not isinstance(node, str):
            self._finish(node, behind)
        name = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[name] = node
        self._sources[name] = self._restored(source)
        return INLINE_PLACEHOLDER % name

    def _finish(self, node: Element, behind: int) -> None:
        self.ancestors.append(node.tag.lower())
        for element in node.iter():
            if element.text:
                element.text = self.__handleInline(element.text, behind)
            if element.tail and element is not node:
                element.tail = self.__handleInline(element.tail, behind)
        self.ancestors.pop()

    def _restored(self, text: str) -> str:
        """`text` with the source of what placeholders stand for."""
        return INLINE_PLACEHOLDER_RE.sub(lambda found: self._sources.get(found[1], found[0]), text)

    def _told(self, text: str) -> str:
        """`text` with the plain text of what placeholders stand for."""
        return INLINE_PLACEHOLDER_RE.sub(lambda found: self._told(_plain(self.stashed_nodes.get(found[1], ""))), text)


def _plain(node: Element | str) -> str:
    return node if isinstance(node, str) else "".join(texts(node))


def _is_scanned(pattern: Any) -> bool:
    return bool(triggers_of(pattern)) or isinstance(pattern, Brackets | Delimiters)


def _scan_text(scanner: Scanner, element: Element, above: Sequence[str]) -> None:
    """Put what is in an element's text before its children."""
    text = element.text
    if not text or isinstance(text, AtomicString):
        return
    pieces = scanner.find(text, above)
    if pieces is None:
        return
    box = Element("d") if len(element) else element
    box.text = element.text = None
    build(box, pieces)
    if box is not element:
        element.text, element[:0] = box.text, list(box)


def _scan_tail(scanner: Scanner, element: Element, parent: Element, above: Sequence[str]) -> None:
    """Put what is in the tail of an element behind it."""
    pieces = scanner.find(element.tail or "", above)
    if pieces is None:
        return
    box = Element("d")
    build(box, pieces)
    at = list(parent).index(element) + 1
    element.tail, parent[at:at] = box.text, list(box)

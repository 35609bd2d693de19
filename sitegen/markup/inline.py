"""Python-Markdown's inline pass without the patterns that cannot match.

It tries every pattern on every piece of text. Most pieces hold no character that a pattern could begin with, and to look for that
is far cheaper than to search. The result is the same to the letter: a test renders everything both ways.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns, treeprocessors
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, STX, AtomicString

# What a text must hold, one of it, for the pattern of that name to match anywhere in it.
_NEEDS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "template-tag": ("{",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "magic-link": ("://", "ww.", "wW.", "Ww.", "WW."),
    "magic-mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~",),
}
# These never match in a document that defines no reference.
_REFERENCES = frozenset({"reference", "short_reference", "image_reference", "short_image_ref"})
_KNOWN_PACKAGES = frozenset({"markdown", "pymdownx", "sitegen"})
_Step = tuple[int, Any, tuple[str, ...]]
_Nodes = list[tuple[Element, list[str]]]


class InlineProcessor(treeprocessors.InlineProcessor):
    """The stock pass, but for the loops over the elements and the patterns.

    It bears its base's name, so that its private methods take the place of the base's. It makes no ``parent_map``, which
    told the base nothing but that the root has no parent.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: list[Any] = []
        self._needs: dict[str, int] = {}
        self._wanted: dict[int, tuple[_Step, ...]] = {}
        self._without_references: dict[int, tuple[_Step, ...]] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns as they are registered now, level by level."""
        self._learn()
        self.stashed_nodes = {}
        levels = deque([(tree, [*(ancestors or ()), tree.tag.lower()])])
        while levels:
            element, self.ancestors = levels.popleft()
            if not len(element):
                continue
            if element is not tree:
                self.ancestors.append(element.tag.lower())
            inserted = []
            for child in element:
                if child.text and not isinstance(child.text, AtomicString):
                    nodes = self._replace_text(child)
                    levels += nodes
                    inserted.append((child, nodes))
                if child.tail:
                    self._replace_tail(element, child)
                if len(child):
                    levels.append((child, self.ancestors[:]))
            for child, nodes in inserted:
                for at, (node, _) in enumerate(nodes):
                    child.insert(at, node)
        return tree

    def _learn(self) -> None:
        patterns = list(self.inlinePatterns)
        if patterns == self._patterns:
            return
        self._patterns, self._wanted, self._without_references = patterns, {}, {}
        needs = {need for name in _NEEDS if name in self.inlinePatterns for need in _needs(self.inlinePatterns[name], _NEEDS[name])}
        self._needs = {need: 1 << at for at, need in enumerate(sorted(needs))}

    def _replace_text(self, child: Element) -> _Nodes:
        """What of the text is no text any more."""
        before = child.text or ""
        self.ancestors.append(child.tag.lower())
        text = self.__handleInline(before)
        nodes: _Nodes = []
        if text is not before or STX in text:
            child.text = None
            nodes = self.__processPlaceholders(text, child)
        self.ancestors.pop()
        return nodes

    def _replace_tail(self, parent: Element, child: Element) -> None:
        """Put what of the tail is no text any more behind the child, where the loop over the parent comes upon it."""
        before = child.tail or ""
        text = self.__handleInline(before)
        if text is before and STX not in text:
            return
        box = Element("d")
        nodes = self.__processPlaceholders(text, box, isText=False)
        child.tail = box.tail or None
        if nodes:
            at = list(parent).index(child) + 1
            for node, _ in reversed(nodes):
                parent.insert(at, node)

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  the base's names
        if isinstance(data, AtomicString):
            return data
        found = 0
        # What a match puts in a text's place begins no other match: what is not there now will not be.
        for need, bit in self._needs.items():
            if need in data:
                found |= bit
        wanted = self._wanted if self.md.references else self._without_references
        steps, changed = wanted.get(found), False
        if steps is None:
            steps = wanted[found] = tuple(self._steps(found))
        for at, pattern, needs in steps:
            matched, start = at >= patternIndex, 0
            if changed and matched and needs:
                matched = any(need in data for need in needs)
            while matched:
                data, matched, start = self.__applyPattern(pattern, data, at, start)
                changed |= matched
        return data

    def _steps(self, found: int) -> Iterator[_Step]:
        """The patterns that may match where these needs are met, and their places in the order."""
        names = {id(self.inlinePatterns[name]): name for name in _NEEDS if name in self.inlinePatterns}
        for at, pattern in enumerate(self._patterns):
            name = names.get(id(pattern), "")
            needs = _needs(pattern, _NEEDS.get(name, ()))
            if needs and (not any(self._needs[need] & found for need in needs) or (name in _REFERENCES and not self.md.references)):
                continue
            yield at, pattern, needs

    def __applyPattern(self, pattern: Any, data: str, patternIndex: int, startIndex: int = 0) -> tuple[str, bool, int]:  # noqa: N802, N803
        """Put a placeholder in the place of the first match; whether there was one, and where to go on."""
        if not isinstance(pattern, inlinepatterns.InlineProcessor):
            return super().__applyPattern(pattern, data, patternIndex, startIndex)  # type: ignore[misc, no-any-return]
        if pattern.ANCESTOR_EXCLUDES and any(exclude.lower() in self.ancestors for exclude in pattern.ANCESTOR_EXCLUDES):
            return data, False, 0
        for match in pattern.getCompiledRegExp().finditer(data, startIndex):
            node, start, end = pattern.handleMatch(match, data)
            if start is not None and end is not None:
                break
        else:
            return data, False, 0
        if node is None:
            return data, True, end
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            for child in (node, *node):
                if child.text:
                    self.ancestors.append(child.tag.lower())
                    child.text = self.__handleInline(child.text, patternIndex + 1)
                    self.ancestors.pop()
                if child.tail:
                    child.tail = self.__handleInline(child.tail, patternIndex)
        name = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[name] = node
        placeholder = INLINE_PLACEHOLDER % name
        return f"{data[:start]}{placeholder}{data[end:]}", True, start + len(placeholder)

    def __processPlaceholders(self, data: str | None, parent: Element, isText: bool = True) -> _Nodes:  # noqa: N802, N803
        """What stands for elements in `data` as elements; the text between them goes to `parent` or to their tails."""
        pieces = INLINE_PLACEHOLDER_RE.split(data or "")
        stashed = list(map(self.stashed_nodes.get, pieces[1::2]))
        if isinstance(data, AtomicString) or None in stashed or (data or "").count(INLINE_PLACEHOLDER_PREFIX) != len(stashed):
            odd: _Nodes = super().__processPlaceholders(data, parent, isText)  # type: ignore[misc]
            return odd
        nodes: _Nodes = []
        _link(pieces[0], nodes, parent, isText)
        for node, text in zip(stashed, pieces[2::2], strict=True):
            if isinstance(node, str):
                _link(node, nodes, parent, isText)
            elif node is not None:
                for child in (node, *node):
                    if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
                        self.__processElementText(node, child, isText=False)  # type: ignore[attr-defined]
                    if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
                        self.__processElementText(child, child)  # type: ignore[attr-defined]
                nodes.append((node, self.ancestors[:]))
            _link(text, nodes, parent, isText)
        return nodes


def _link(text: str, nodes: _Nodes, parent: Element, is_text: bool) -> None:
    """Append text behind the last node, else to the text or the tail of the parent."""
    if not text:
        return
    if nodes:
        last = nodes[-1][0]
        last.tail = last.tail + text if last.tail else text
    elif is_text:
        parent.text = parent.text + text if parent.text else text
    else:
        parent.tail = parent.tail + text if parent.tail else text


def _needs(pattern: Any, needs: tuple[str, ...]) -> tuple[str, ...]:
    """What the table says of the pattern; nothing where it is a site's own under the same name.

    The delimiters of `pymdownx` share one pattern, to which an extension such as ``pymdownx.mark`` adds its own.
    """
    if type(pattern).__module__.partition(".")[0] not in _KNOWN_PACKAGES:
        return ()
    return tuple(getattr(pattern, "tokens", needs))

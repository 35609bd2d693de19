"""Python-Markdown's inline pass without the patterns that cannot match.

It tries every pattern on every piece of text. Most pieces hold no character that a pattern could begin with, and to look for that
is far cheaper than to search. The result is the same to the letter: a test renders everything both ways.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.util import AtomicString

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
    "magic-link": ("://", "w.", "W."),
    "magic-mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "delimiter": ("~",),
}
_KNOWN_PACKAGES = frozenset({"markdown", "pymdownx", "sitegen"})


class InlineProcessor(treeprocessors.InlineProcessor):
    """The stock pass, but for the loop over the patterns.

    It bears its base's name, so that its private method takes the place of the base's.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._steps: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Take the patterns as they are registered now."""
        patterns = self.inlinePatterns
        needs = {patterns.get_index_for_name(name): needs for name, needs in _NEEDS.items() if name in patterns}
        self._steps = tuple((pattern, _needs(pattern, needs.get(at, ()))) for at, pattern in enumerate(patterns))
        return super().run(tree, ancestors)

    def __handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  the base's names
        if isinstance(data, AtomicString):
            return data
        steps = self._steps
        start = 0
        while patternIndex < len(steps):
            pattern, needs = steps[patternIndex]
            matched = False
            if not needs or any(need in data for need in needs):
                data, matched, start = self.__applyPattern(pattern, data, patternIndex, start)  # type: ignore[attr-defined]
            if not matched:
                patternIndex += 1  # noqa: N806
                start = 0
        return data


def _needs(pattern: Any, needs: tuple[str, ...]) -> tuple[str, ...]:
    """What the table says of the pattern; nothing where it is a site's own under the same name.

    The delimiters of `pymdownx` share one pattern, to which an extension such as ``pymdownx.mark`` adds its own.
    """
    if type(pattern).__module__.partition(".")[0] not in _KNOWN_PACKAGES:
        return ()
    return tuple(getattr(pattern, "tokens", needs))

"""Tags of template languages stay the text they are: content is never a template, and `attr_list` may not eat them."""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import InlineProcessor

from sitegen.markup.inlines import targets
from sitegen.markup.inlines.patterns import Ends

# How a tag begins that ends further on; the others are whole.
_ENDS = {"{{": "}}", "{%": "%}"}
_TAG = r"\{[{%]|\{:toc\}|\{::[a-z/][^\n{}]*+\}"
_LONGEST = 1_000
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")


class LiteralExtension(Extension):
    """Prints ``{{ … }}``, ``{% … %}`` and what only kramdown knows as they are; brings attribute lists with it."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register below code spans and above all other inline patterns."""
        md.inlinePatterns.register(_Literal(_TAG, md), "template-tag", 185)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)


class _Literal(InlineProcessor):
    triggers: ClassVar = (r"\{(?=[{%:])",)

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self._ends = Ends()

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override]
        start, end = m.span()
        if m[0] in _ENDS:
            end = self._ends.behind(_ENDS[m[0]], data, end)
        if not start < end <= start + _LONGEST or _BLANK_LINE.search(data, start, end):
            return None, None, None
        return targets.protected(data[start:end]), start, end


class _AttributeLists(AttrListTreeprocessor):
    """`attr_list`, but ``{%``, ``{{`` and what only kramdown knows do not start an attribute list.

    Nor does what has neither an id, nor a class, nor a key with a value, and no colon before it: ``{2,3}`` behind code is text.
    """

    BASE_RE = r"(?<!\{)\{(?![{%]|:toc\}|::)(?=:|[ ]*(?:[#.]|[\w-]+=))\:?[ ]*([^\}\n ][^\n]*)\}"  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]

    def run(self, doc: Element) -> None:
        if any("{" in text for text in doc.itertext()):
            super().run(doc)

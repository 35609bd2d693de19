"""Tags of template languages stay the text they are: content is never a template, and `attr_list` may not eat them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.inlinepatterns import InlineProcessor

_LONGEST = 1_000
_WITHIN = rf"(?:[^\n]|\n(?![ \t]*\n)){{0,{_LONGEST}}}?"
_TEMPLATE_TAG = rf"\{{\{{{_WITHIN}\}}\}}|\{{%{_WITHIN}%\}}|\{{:toc\}}|\{{::[a-z/][^\n}}]*\}}"


class LiteralExtension(Extension):
    """Prints ``{{ … }}``, ``{% … %}`` and what only kramdown knows as they are; brings attribute lists with it."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register below code spans and above all other inline patterns."""
        md.inlinePatterns.register(_Literal(_TEMPLATE_TAG, md), "template-tag", 185)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)


class _Literal(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        return data[m.start() : m.end()], m.start(), m.end()


class _AttributeLists(AttrListTreeprocessor):
    """`attr_list`, but ``{%``, ``{{`` and what only kramdown knows do not start an attribute list."""

    BASE_RE = r"(?<!\{)\{(?![{%]|:toc\}|::)\:?[ ]*([^\}\n ][^\n]*)\}"  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]

    def run(self, doc: Element) -> None:
        if any("{" in text for text in doc.itertext()):
            super().run(doc)

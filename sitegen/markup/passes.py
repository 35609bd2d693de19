"""Python-Markdown's passes over a whole document, which leave alone what they would not change.

Each of them would do upstream as it is.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.util import STX


def register(md: Markdown) -> None:
    """Put our passes in the place of the stock ones."""
    md.treeprocessors.register(_LineBreaks(md), "prettify", 10)
    md.treeprocessors.register(_Escapes(md), "unescape", 0)


class _LineBreaks(treeprocessors.PrettifyTreeprocessor):
    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802  the base's name
        is_block = self.md.is_block_level
        if elem.tag not in {"code", "pre"} and is_block(elem.tag):
            if len(elem) and (not elem.text or not elem.text.strip()) and is_block(elem[0].tag):
                elem.text = "\n"
            for child in elem:
                if is_block(child.tag):
                    self._prettifyETree(child)
        if not elem.tail or not elem.tail.strip():
            elem.tail = "\n"


class _Escapes(treeprocessors.UnescapeTreeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for name, value in element.attrib.items():
                if STX in (value or ""):
                    element.set(name, self.unescape(value))

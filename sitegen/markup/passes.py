"""Python-Markdown's passes over a whole document, which leave alone what they would not change.

Each of them would do upstream as it is.
"""

from __future__ import annotations

import re
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown, treeprocessors
from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra, MarkdownInHTMLPostprocessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.util import ETX, HTML_PLACEHOLDER, STX

_BLANKS = re.compile(r"\n ++(?=\n)")
_STASHED = re.compile("<p>{0}</p>|{0}".format(HTML_PLACEHOLDER % "([0-9]+)"))


def register(md: Markdown) -> None:
    """Put our passes in the place of the stock ones."""
    md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
    md.treeprocessors.register(_LineBreaks(md), "prettify", 10)
    md.treeprocessors.register(_Escapes(md), "unescape", 0)
    md.postprocessors.register(_RawHtml(md), "raw_html", 30)


class _Whitespace(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        return _BLANKS.sub("\n", source).split("\n")


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        # Without these the parser gives back what it was given; it completes a numeric entity.
        if "<" not in source and "&#" not in source:
            return lines
        parser = _Extractor(self.md)
        parser.feed(source)
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Extractor(HTMLExtractorExtra):
    @cached_property
    def block_level_tags(self) -> set[str]:
        # The base makes the set anew for each tag.
        return set(self.md.block_level_elements)


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


class _RawHtml(MarkdownInHTMLPostprocessor):
    def run(self, text: str) -> str:
        return _STASHED.sub(self._restored, text) if self.md.htmlStash.html_counter else text

    def _restored(self, match: re.Match[str]) -> str:
        """What was stashed, and what was stashed in it. Most of it is code, in which there is nothing to look for."""
        wrapped, number = match[1], int(match[1] or match[2])
        if number >= self.md.htmlStash.html_counter:
            return match[0]
        html = self.stash_to_string(self.md.htmlStash.rawHtmlBlocks[number])
        if wrapped and not self.isblocklevel(html):
            html = f"<p>{html}</p>"
        return _STASHED.sub(self._restored, html) if STX in html else html

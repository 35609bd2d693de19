"""Pictures that stand alone with a caption made figures, and pictures without a text in their place found."""

from __future__ import annotations

from html import unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from sitegen.markup.trees import unescaped


class FiguresExtension(Extension):
    """``![Alt](x.png "Caption")`` alone in a paragraph becomes a figure.

    After a conversion, `unnamed` are the addresses of the pictures that were written in Markdown with nothing between the brackets.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unnamed: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:
        """Register where attribute lists have been read, and what was escaped has not been put back."""
        md.registerExtension(self)
        md.treeprocessors.register(_Figures(md, self), "figures", 7)

    def reset(self) -> None:
        """Forget the last document."""
        self.unnamed = []


class _Figures(Treeprocessor):
    def __init__(self, md: Markdown, extension: FiguresExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "img" and not (element.get("alt") or "").strip():
                self._extension.unnamed.append(unescape(unescaped(element.get("src") or "")))
            elif element.tag == "p":
                picture = _alone(element)
                if picture is not None and picture.get("title"):
                    _frame(element, picture)


def _alone(paragraph: Element) -> Element | None:
    """The picture that is all of a paragraph, in a link or not."""
    inside = paragraph
    for tags in (("img", "a"), ("img",)):
        if len(inside) != 1 or _shows(inside.text) or _shows(inside[0].tail) or inside[0].tag not in tags:
            return None
        inside = inside[0]
        if inside.tag == "img":
            return inside
    return None


def _shows(text: str | None) -> bool:
    return bool(text and text.strip())


def _frame(paragraph: Element, picture: Element) -> None:
    """Make the paragraph a figure; what it has of its own, such as an id, stays."""
    paragraph.tag = "figure"
    paragraph.text = None
    caption = SubElement(paragraph, "figcaption")
    caption.text = AtomicString(picture.attrib.pop("title"))

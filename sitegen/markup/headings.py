"""Heading ids as GitHub makes them, a link on each heading, and the page's contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.markup.inlines.emoji import named, shown
from sitegen.markup.rendered import Heading, Labels
from sitegen.markup.slugs import Slugger
from sitegen.markup.trees import attribute, text_of, unescaped

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class HeadingsExtension(Extension):
    """Takes the place of ``toc``. After a conversion `found` holds every heading in document order.

    `readable` puts text in the place of what stands for something else.
    """

    def __init__(self, labels: Labels, *, readable: Callable[[str], str] = str) -> None:
        super().__init__()
        self.found: list[Heading] = []
        self.labels, self.readable = labels, readable

    def extendMarkdown(self, md: Markdown) -> None:
        """Register where `toc` does: after inline parsing and attribute lists."""
        md.registerExtension(self)
        md.treeprocessors.register(_Headings(md, self), "toc", 5)

    def reset(self) -> None:
        """Forget the headings of the last document."""
        self.found = []


class _Headings(Treeprocessor):
    def __init__(self, md: Markdown, extension: HeadingsExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        elements = list(root.iter())
        slugger = Slugger(element.attrib["id"] for element in elements if "id" in element.attrib)
        self._extension.found += [self._finish(element, slugger) for element in elements if element.tag in _HEADINGS]
        if any("[TOC]" in (element.text or "") for element in root.iter("p")):
            self._put_contents(root)

    def _finish(self, element: Element, slugger: Slugger) -> Heading:
        """Give a heading its id and its link."""
        text = self._extension.readable(text_of(element, self.md))
        if not element.get("id"):
            # GitHub's ids go by the names of emoji: `:tada:` is `tada`.
            element.set("id", slugger.slug(named(text)))
        text = shown(text)
        title = unescaped(element.attrib.pop("data-toc-label", "") or "") or text
        heading = Heading(int(element.tag[1]), unescaped(element.attrib["id"]), title)
        label = attribute(self._extension.labels.section_link.format(heading.title))
        SubElement(element, "a", {"class": "headerlink", "href": "#" + heading.id, "aria-label": label})
        return heading

    def _put_contents(self, root: Element) -> None:
        """Replace each ``[TOC]`` with a list of the headings."""
        for parent, index in list(_markers(root)):
            contents = _contents(self._extension.found)
            contents.tail = parent[index].tail
            parent[index] = contents


def _markers(root: Element) -> Iterator[tuple[Element, int]]:
    for parent in root.iter():
        for index, child in enumerate(parent):
            if child.tag == "p" and not len(child) and (child.text or "").strip() == "[TOC]":
                yield parent, index


def _contents(headings: list[Heading]) -> Element:
    """Lists in lists, as deep as the levels go down; without the first H1, which is the page's title."""
    box = Element("div", {"class": "toc"})
    opened: list[tuple[int, Element]] = []
    title = next((heading for heading in headings if heading.level == 1), None)
    for heading in headings:
        if heading is title:
            continue
        while opened and opened[-1][0] > heading.level:
            opened.pop()
        if not opened or opened[-1][0] < heading.level:
            parent = opened[-1][1][-1] if opened else box
            opened.append((heading.level, SubElement(parent, "ul")))
        item = SubElement(opened[-1][1], "li")
        SubElement(item, "a", {"class": "toc-link", "href": "#" + heading.id}).text = attribute(heading.title)
    return box

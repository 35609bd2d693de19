"""Blocks that hold blocks, and how each tells from a line whether it goes on."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from sitegen.markup.blocks.document import Document, Trouble
from sitegen.markup.blocks.lines import Line

INDENT = 4


class Container:
    """A block that is open, and the `element` its blocks go to.

    Where `lazy`, a paragraph in it goes on in a line that the container itself does not.
    """

    __slots__ = ("children", "element")
    lazy = True

    def __init__(self, element: Element) -> None:
        self.element = element
        self.children = 0

    def continues(self, line: Line) -> bool:  # noqa: ARG002  most of the others ask it
        """Whether `line` belongs to it; takes off the line what is the container's own."""
        return True

    def add_paragraph(self, paragraph: Element) -> None:
        """Take in a paragraph."""
        self.element.append(paragraph)

    def remove_paragraph(self, paragraph: Element) -> None:
        """Give a paragraph back."""
        self.element.remove(paragraph)

    def loosen(self) -> None:
        """Hear that a blank line stands between two of its blocks."""

    def close(self, document: Document) -> None:
        """Finish: no more lines come."""


class Quote(Container):
    """Lines that begin with ``>``."""

    __slots__ = ()

    def continues(self, line: Line) -> bool:
        if line.indent >= INDENT or line.body[:1] != ">":
            return False
        line.skip(1)
        if line.indent:
            line.drop(1)
        return True


class Indented(Container):
    """Lines indented by four, and blank ones, as MkDocs has them below ``!!! note``."""

    __slots__ = ()
    lazy = False

    def continues(self, line: Line) -> bool:
        if not line.body:
            return True
        if line.indent < INDENT:
            return False
        line.drop(INDENT)
        return True


class Note(Indented):
    """The definition of a footnote. A paragraph in it goes on without its indentation."""

    __slots__ = ()
    lazy = True


class Fenced(Container):
    """The lines up to one that closes it, which its own start function finds: ``:::``, or an element's end tag."""

    __slots__ = ("closed", "line", "mark", "tight")
    lazy = False

    def __init__(self, element: Element, *, mark: str, line: int, tight: bool = False) -> None:
        super().__init__(element)
        self.mark, self.line, self.tight = mark, line, tight
        self.closed = False

    def close(self, document: Document) -> None:
        if not self.closed:
            end = self.mark if self.mark[0] == ":" else f"{self.mark}>"
            document.troubles.append(Trouble(self.line, "nothing closes what begins here", f"add a line `{end}`"))
        if self.tight:
            unwrap(self.element, [child for child in self.element if child.tag == "p"])


class Hanging(Container):
    """Lines indented as far as the first one's text, and blank ones; its paragraphs lose their tags unless it is loose."""

    __slots__ = ("offset", "paragraphs")

    def __init__(self, element: Element, offset: int) -> None:
        super().__init__(element)
        self.offset = offset
        self.paragraphs: list[Element] = []

    def continues(self, line: Line) -> bool:
        if not line.body:
            return self.children > 0
        if line.indent < self.offset:
            return False
        line.drop(self.offset)
        return True

    def add_paragraph(self, paragraph: Element) -> None:
        self.element.append(paragraph)
        self.paragraphs.append(paragraph)

    def remove_paragraph(self, paragraph: Element) -> None:
        self.element.remove(paragraph)
        self.paragraphs.remove(paragraph)


class List(Container):
    """Items that have the same `marker`; `loose` where a blank line stands between two of them or within one."""

    __slots__ = ("items", "loose", "marker")

    def __init__(self, element: Element, marker: str) -> None:
        super().__init__(element)
        self.marker, self.loose = marker, False
        self.items: list[Item] = []

    def loosen(self) -> None:
        self.loose = True

    def close(self, document: Document) -> None:  # noqa: ARG002  the base's
        if not self.loose:
            for item in self.items:
                unwrap(item.element, item.paragraphs)


class Item(Hanging):
    """An item of a list."""

    __slots__ = ("list",)

    def __init__(self, element: Element, offset: int, parent: List) -> None:
        super().__init__(element, offset)
        self.list = parent
        parent.items.append(self)

    def loosen(self) -> None:
        self.list.loose = True


class Description(Hanging):
    """What is said of a term."""

    __slots__ = ("loose",)

    def __init__(self, element: Element, offset: int, *, loose: bool) -> None:
        super().__init__(element, offset)
        self.loose = loose

    def loosen(self) -> None:
        self.loose = True

    def continues(self, line: Line) -> bool:
        # MkDocs indents by four whatever stands behind the colon.
        if line.body and line.indent >= INDENT:
            line.drop(INDENT)
            return True
        return super().continues(line)

    def close(self, document: Document) -> None:  # noqa: ARG002  the base's
        if not self.loose:
            unwrap(self.element, self.paragraphs)


def unwrap(element: Element, paragraphs: list[Element]) -> None:
    """Put the text of some of an element's children in their place."""
    gone = set(map(id, paragraphs))
    children = list(element)
    element[:] = []
    for child in children:
        if id(child) not in gone:
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + "\n" + (child.text or "")
        else:
            element.text = (element.text + "\n" if element.text else "") + (child.text or "")

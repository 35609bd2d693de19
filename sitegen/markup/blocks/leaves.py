"""Blocks of text and of code, which hold no other blocks."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from sitegen.markup.blocks.containers import INDENT, Container
from sitegen.markup.blocks.definitions import take_definitions
from sitegen.markup.blocks.document import Document, Trouble
from sitegen.markup.blocks.lines import Line

_MARGIN = re.compile(r"^[ \t]+", re.MULTILINE)


class Leaf:
    """A block that is open and takes lines. One that is `verbatim` is asked before anything else may begin in a line."""

    __slots__ = ("ended", "line")
    verbatim = True

    def __init__(self, line: int) -> None:
        self.line, self.ended = line, False

    def takes(self, line: Line) -> bool:
        """Whether `line`, which all containers go on with, belongs to it; `ended` tells afterwards whether it was the last one."""
        raise NotImplementedError

    def close(self, place: Container, document: Document) -> None:
        """Add what it makes to `place`."""
        raise NotImplementedError


class Paragraph(Leaf):
    """Lines of text."""

    __slots__ = ("lines",)
    verbatim = False

    def __init__(self, line: int, text: str) -> None:
        super().__init__(line)
        self.lines = [text]

    def takes(self, line: Line) -> bool:
        self.lines.append(line.text)
        return True

    def text(self, document: Document) -> str:
        """What is left of it without the definitions at its start, which become known."""
        text = "\n".join(self.lines)
        if " " in {text[:1], text[-1:]} or "\n " in text or "\t" in text:
            text = _MARGIN.sub("", text).rstrip(" \t")
        return take_definitions(text, document) if "]:" in text or "] :" in text else text

    def close(self, place: Container, document: Document) -> None:
        if document.guests and document.guests.wants(place.element, "\n".join(self.lines)):
            document.guests.take(place.element, "\n".join(self.lines), self.line)
            return
        text = self.text(document)
        if text:
            element = Element("p")
            element.text = text
            place.add_paragraph(element)


class Captured(Leaf):
    """The rest of a container, beginning with a paragraph that a site's own block processor wants: it may want what follows as well."""

    __slots__ = ("lines",)

    def __init__(self, paragraph: Paragraph) -> None:
        super().__init__(paragraph.line)
        self.lines = paragraph.lines

    def takes(self, line: Line) -> bool:
        self.lines.append(line.text)
        return True

    def close(self, place: Container, document: Document) -> None:
        if document.guests:
            document.guests.take(place.element, "\n".join(self.lines), self.line)


class Indented(Leaf):
    """Code that is indented by four columns."""

    __slots__ = ("lines",)

    def __init__(self, number: int, line: Line) -> None:
        super().__init__(number)
        self.lines: list[str] = []
        self.takes(line)

    def takes(self, line: Line) -> bool:
        if line.body and line.indent < INDENT:
            return False
        if line.indent >= INDENT:
            line.drop(INDENT)
            self.lines.append(line.text)
        else:
            self.lines.append("")
        return True

    def close(self, place: Container, document: Document) -> None:
        while not self.lines[-1].strip():
            self.lines.pop()
        document.add_code(place.element, None, "\n".join(self.lines), self.line)


class Fence(Leaf):
    """Code between fences; its lines lose as much indentation as the first fence has."""

    __slots__ = ("_indent", "_info", "_mark", "lines")

    def __init__(self, number: int, indent: int, mark: str, info: str) -> None:
        super().__init__(number)
        self._indent, self._mark, self._info = indent, mark, info
        self.lines: list[str] = []

    def takes(self, line: Line) -> bool:
        body = line.body
        if body[:3] == self._mark[:3] and line.indent < INDENT:
            rest = body.rstrip(" \t")
            if len(rest) >= len(self._mark) and not rest.strip(self._mark[0]):
                self.ended = True
                return True
        if line.indent and self._indent:
            line.drop(min(line.indent, self._indent))
        self.lines.append(line.text)
        return True

    def close(self, place: Container, document: Document) -> None:
        if not self.ended:
            cure = "add a fence like the first where the code ends"
            document.troubles.append(Trouble(self.line, "nothing closes this block of code", cure))
        document.add_code(place.element, self._info, "\n".join(self.lines), self.line)

"""The block phase of CommonMark: line by line, with the containers that are open.

https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy tells how it goes. A line first finds the containers that go on; then what
begins in it is opened, and what did not go on is closed; what is left of the line is text. Elements are made at once, in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from sitegen.markup.blocks.containers import INDENT, Container, Fenced, List, Quote
from sitegen.markup.blocks.document import Document
from sitegen.markup.blocks.leaves import Captured, Indented, Leaf, Paragraph
from sitegen.markup.blocks.lines import Line
from sitegen.markup.limits import TooComplex

MAX_DEPTH = 200
# What a start function says: nothing of its kind begins here; a block that holds others does; the whole line is taken.
NOTHING, OPENED, TAKEN = range(3)


class Scan:
    """One way through `lines`, whose blocks go to `parent`; `first` is the index of the first line in the document.

    `starts` holds, by the first character of a line that is no white space, the functions that know what may begin with it.
    They are asked in their order, and only about lines indented by less than four columns.
    """

    def __init__(
        self, document: Document, starts: Mapping[str, Sequence[Start]], parent: Element, lines: Sequence[str], *, first: int = 0
    ) -> None:
        self.document = document
        self.lines, self.index = lines, 0
        self.stack: list[Container] = [Container(parent)]
        self.leaf: Leaf | None = None
        self.matched = 1
        self.after_blank = False
        # From which line on nothing is found of an end that was looked for.
        self.endless: dict[re.Pattern[str], int] = {}
        self._starts, self._first = starts, first
        self._line = Line()
        self._blank_from = 0

    def run(self) -> None:
        """Take all lines."""
        starts, stack = self._starts, self.stack
        for index, text in enumerate(self.lines):
            self.index = index
            # Most lines go on with a paragraph, and begin with a letter.
            leaf = self.leaf
            if type(leaf) is Paragraph and len(stack) == 1 and text and text[0] not in starts:
                leaf.lines.append(text)
            else:
                self._take(text)
        self.index = len(self.lines)
        self.settle(0)

    @property
    def number(self) -> int:
        """The index of the current line in the document."""
        return self._first + self.index

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that what begins in this line would break off."""
        leaf = self.leaf
        return leaf if isinstance(leaf, Paragraph) and self.matched == len(self.stack) else None

    def _take(self, text: str) -> None:
        line, stack, leaf = self._line, self.stack, self.leaf
        line.start(text)
        matched = 1
        while matched < len(stack) and stack[matched].continues(line):
            matched += 1
        self.matched = matched
        if leaf is not None and leaf.verbatim:
            if matched == len(stack) and leaf.takes(line):
                self.after_blank = False
                if leaf.ended:
                    self._end_leaf()
                return
            self._end_leaf()
        elif self.document.guests and self._captures(line):
            return
        self.inside(line)

    def _captures(self, line: Line) -> bool:
        """Whether a site's own block processor wants the paragraph that this line would end, and with it what follows."""
        paragraph, guests = self.paragraph, self.document.guests
        if paragraph is None or guests is None or (line.body and line.body[0] not in self._starts):
            return False
        if not guests.wants(self.stack[-1].element, "\n".join(paragraph.lines)):
            return False
        self.leaf = Captured(paragraph)
        return self.leaf.takes(line)

    def inside(self, line: Line) -> None:
        """Take what the containers have left of the line. An end tag that closes one of them counts as a line of its own."""
        if not line.body:
            self._rest()
            return
        at = self._end_tag(line.body)
        if at > 0:
            column, after = line.column + line.indent + at, line.body[at:]
            line.start(line.body[:at].rstrip(), line.column + line.indent)
            self.inside(line)
            self.matched = len(self.stack)
            line.start(after, column)
        self._open(line)
        self.after_blank = False

    def _end_tag(self, body: str) -> int:
        for container in self.stack[1:]:
            if type(container) is Fenced and container.mark[0] == "<" and container.mark in body:
                return body.index(container.mark)
        return -1

    def _rest(self) -> None:
        """Take a blank line. Behind the sign of a quote it is blank for what the quote holds alone."""
        self.settle(self.matched)
        self.after_blank = True
        self._blank_from = max([at + 1 for at, one in enumerate(self.stack) if isinstance(one, Quote)], default=0)

    def _open(self, line: Line) -> None:
        """Open what begins in the line, one block in the other."""
        while line.body:
            if line.indent >= INDENT:
                if isinstance(self.leaf, Paragraph):
                    break
                self.add(Indented(self.number, line))
                return
            said = self._begin(line)
            if said == TAKEN:
                return
            if said == NOTHING:
                break
        if line.body:
            self._go_on(line)

    def _begin(self, line: Line) -> int:
        for start in self._starts.get(line.body[0], ()):
            said = start(self, line)
            if said:
                return said
        return NOTHING

    def _go_on(self, line: Line) -> None:
        """Take text, where it may be without the signs of the containers that hold its paragraph."""
        leaf = self.leaf
        whole = self.matched == len(self.stack)
        if leaf is not None and (whole or (isinstance(leaf, Paragraph) and all(one.lazy for one in self.stack[self.matched :]))):
            leaf.takes(line)
        else:
            self.add(Paragraph(self.number, line.text))

    def settle(self, matched: int) -> None:
        """Close the leaf, and all containers from that depth on."""
        self._end_leaf()
        while len(self.stack) > matched:
            self.stack.pop().close(self.document)
        self.matched = len(self.stack)

    def _end_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if leaf is not None:
            leaf.close(self.stack[-1], self.document)

    def make_room(self, *, item: bool = False) -> Container:
        """Close what this line does not go on with; what is opened next is a child of what is returned."""
        if self.leaf is not None or len(self.stack) > self.matched:
            self.settle(self.matched)
        if not item and type(self.stack[-1]) is List:
            self.settle(self.matched - 1)
        parent = self.stack[-1]
        if self.after_blank and parent.children and len(self.stack) > self._blank_from:
            parent.loosen()
        parent.children += 1
        return parent

    def begin(self, container: Container) -> int:
        """Open a container, whose element is in its place."""
        if len(self.stack) > MAX_DEPTH:
            raise TooComplex("lists, quotes or other blocks are nested too deep", line=self.number + 1, hint="take some levels out")
        self.stack.append(container)
        self.matched = len(self.stack)
        return OPENED

    def add(self, leaf: Leaf) -> int:
        """Open a leaf, or add it where its first line is its last."""
        self.make_room()
        self.leaf = leaf
        if leaf.ended:
            self._end_leaf()
        return TAKEN

    def add_element(self, tag: str, text: str = "") -> int:
        """Add a block that is one line."""
        SubElement(self.make_room().element, tag).text = text or None
        return TAKEN


Start = Callable[[Scan, Line], int]

"""HTML blocks (https://spec.commonmark.org/0.31.2/#html-blocks), and elements with Markdown in them where they say ``markdown="1"``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import SubElement

from sitegen.markup.blocks.containers import Container, Fenced
from sitegen.markup.blocks.document import Document, Trouble
from sitegen.markup.blocks.leaves import Leaf
from sitegen.markup.blocks.lines import Line
from sitegen.markup.blocks.scan import NOTHING, TAKEN, Scan

_BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol "
    "optgroup option p param search section summary table tbody td tfoot th thead title tr track ul"
)
_RAW = "script|pre|style|textarea"
_ATTRIBUTE = r"""\s+[a-zA-Z_:][\w.:-]*+(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_TAG = rf"<[a-zA-Z][a-zA-Z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[a-zA-Z][a-zA-Z0-9-]*\s*>"
# Those whose text is a paragraph's, and not blocks.
_SPANS = frozenset({"address", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "li", "p", "summary", "td", "th"})
_MARKDOWN = re.compile(rf"<(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*>")
_PAIR = re.compile(r"""([a-zA-Z_:][\w.:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


@dataclass(frozen=True, slots=True)
class Kind:
    """What an HTML block begins with, and what its last line holds: None where a blank line ends it."""

    starts: re.Pattern[str]
    ends: re.Pattern[str] | None
    interrupts: bool = True


_KINDS = (
    Kind(re.compile(rf"<(?:{_RAW})(?=[\s>]|$)", re.IGNORECASE), re.compile(f"</(?:{_RAW})>", re.IGNORECASE)),
    Kind(re.compile("<!--"), re.compile("-->")),
    Kind(re.compile(r"<\?"), re.compile(r"\?>")),
    Kind(re.compile("<![a-zA-Z]"), re.compile(">")),
    Kind(re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    Kind(re.compile(rf"</?(?:{'|'.join(_BLOCKS.split())})(?=[\s>]|/>|$)", re.IGNORECASE), None),
    Kind(re.compile(rf"(?:{_TAG})[ \t]*$"), None, interrupts=False),
)


class Html(Leaf):
    """Lines that go into the page as they are."""

    __slots__ = ("_kind", "lines")

    def __init__(self, number: int, line: Line, kind: Kind) -> None:
        super().__init__(number)
        self._kind = kind
        self.lines: list[str] = []
        self.takes(line)

    def takes(self, line: Line) -> bool:
        if self._kind.ends is None and not line.body:
            return False
        self.lines.append(line.text)
        if self._kind.ends is not None:
            # A comment's own beginning may be its end: `<!-->`.
            self.ended = self._kind.ends.search(line.text) is not None
        return True

    def close(self, place: Container, document: Document) -> None:
        html = "\n".join(self.lines)
        if self._kind.ends is not None and not self.ended and html.lstrip().startswith("<!--"):
            document.troubles.append(Trouble(self.line, "nothing closes this comment", "add `-->` where it ends"))
            html += "-->"
        document.add_html(place.element, html)


def start_html(scan: Scan, line: Line) -> int:
    """An HTML block, an element with Markdown in it, or the end of one."""
    body = line.body
    if body.startswith("</") and _close(scan, line):
        return TAKEN
    for kind in _KINDS:
        if kind.starts.match(body):
            if not kind.interrupts and scan.paragraph is not None:
                return NOTHING
            if "markdown" in body and _open(scan, line):
                return TAKEN
            return scan.add(Html(scan.number, line, kind))
    return NOTHING


def _open(scan: Scan, line: Line) -> bool:
    """Whether the line begins with a tag that has the attribute ``markdown``; then opens its element."""
    found = _MARKDOWN.match(line.body)
    attributes = _attributes(found["attributes"]) if found else {}
    how = attributes.pop("markdown", None)
    if found is None or how not in {"1", "", "block", "span"}:
        return False
    tag = found["tag"].lower()
    element = SubElement(scan.make_room().element, tag, attributes)
    tight = how == "span" or (how in {"1", ""} and tag in _SPANS)
    scan.begin(Fenced(element, mark=f"</{found['tag']}", line=scan.number, tight=tight))
    line.skip(found.end())
    if line.body:
        scan.inside(line)
    return True


def _close(scan: Scan, line: Line) -> bool:
    """Whether the line begins with the end tag of an element that is open; then closes it."""
    for depth in range(scan.matched - 1, 0, -1):
        container = scan.stack[depth]
        if isinstance(container, Fenced) and line.body.startswith(container.mark):
            container.closed = True
            scan.settle(depth)
            line.skip((line.body.find(">") + 1) or len(line.body))
            if line.body:
                scan.inside(line)
            return True
    return False


def _attributes(text: str) -> dict[str, str]:
    pairs = (match.groups("") for match in _PAIR.finditer(text))
    return {name.lower(): unescape(double or single or bare).replace("&", "&amp;") for name, double, single, bare in pairs}

"""The examples of the CommonMark specification, and which of them sitegen renders to the HTML that stands there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import html5lib

from sitegen.markup import Options, render

# Made by `python benchmarks/fidelity.py --spec spec.txt` from the npm package `commonmark-spec`; its licence stands beside it.
EXAMPLES = Path(__file__).with_name("commonmark") / "examples.json"
_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} *([^\n]*)$", re.MULTILINE | re.DOTALL)
_RAW = Options(html="trust")
# What sitegen puts around and into an element on purpose.
_WRAPPERS = frozenset({("div", "highlight"), ("div", "table")})
_ADDED = frozenset({("pre", "tabindex"), ("img", "loading"), ("img", "decoding"), ("th", "scope")})
_NAMES = "address article blockquote dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tbody td th thead tr ul"
_BLOCKS = frozenset(re.findall(r"\w+", _NAMES))


@dataclass(frozen=True, slots=True)
class Example:
    """One example: `number` counts from 1 as in the specification."""

    number: int
    section: str
    markdown: str
    html: str


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of the specification."""
    return tuple(Example(**fields) for fields in json.loads(EXAMPLES.read_text(encoding="utf-8")))


def examples_in(spec: str) -> Iterator[Example]:
    """The examples of the specification's own text (``spec.txt``), where ``→`` stands for a tab."""
    number, section = 0, ""
    for markdown, html, heading in _EXAMPLE.findall(spec.partition("<!-- END TESTS -->")[0]):
        if heading:
            section = heading
            continue
        number += 1
        yield Example(number, section, markdown.replace("→", "\t"), html.replace("→", "\t"))


def counts() -> Mapping[str, tuple[int, int]]:
    """Section -> how many of its examples give equal HTML, and how many it has."""
    found: dict[str, tuple[int, int]] = {}
    for example in examples():
        equal, all_of = found.get(example.section, (0, 0))
        found[example.section] = equal + is_met(example), all_of + 1
    return found


def is_met(example: Example) -> bool:
    """Whether sitegen renders the example to equal HTML, but for what sitegen adds to headings, code and pictures."""
    return canonical(rendered(example.markdown)) == canonical(example.html)


def rendered(markdown: str) -> str:
    """What sitegen makes of it, unsanitised and with its title."""
    return render(markdown, _RAW, title="\0").body.html


def canonical(html: str) -> str:
    """The tree that a browser makes of `html`: attributes sorted, white space as it counts, without sitegen's additions."""
    # What closes no element takes the line end behind it in.
    root = html5lib.parseFragment(html.strip(), treebuilder="etree", namespaceHTMLElements=False)
    return re.sub(r"\s*\n\s*", "\n", "".join(_inside(root, kept=False))).strip()


def _inside(element: Any, *, kept: bool) -> Iterator[str]:
    yield _text(element.text, kept=kept)
    for child in element:
        yield from _of(child, kept=kept)
        yield _text(child.tail, kept=kept)


def _of(element: Any, *, kept: bool) -> Iterator[str]:
    tag, named = element.tag, str(element.get("class") or "")
    if not isinstance(tag, str):
        yield f"<!--{element.text}-->"
    elif (tag, named) in _WRAPPERS or (tag == "span" and kept):
        yield from _inside(element, kept=kept)
    elif tag == "figure" and element.find("figcaption") is not None:
        yield from _of(_unframed(element), kept=kept)
    elif not (tag == "a" and named == "headerlink"):
        edge = "\n" if tag in _BLOCKS else ""
        yield f"{edge}<{tag}{_attributes(element)}>{edge if tag != 'pre' else ''}"
        yield from _inside(element, kept=kept or tag == "pre")
        yield f"{edge if tag != 'pre' else ''}</{tag}>{edge}"


def _unframed(figure: Any) -> Any:
    """The paragraph that a figure was written as: its caption was the title of the picture."""
    caption, picture = figure.find("figcaption"), next(figure.iter("img"))
    picture.set("title", caption.text or "")
    figure.remove(caption)
    figure.tag = "p"
    return figure


def _attributes(element: Any) -> str:
    heading = re.fullmatch("h[1-6]", element.tag)
    kept = ((name, value) for name, value in sorted(element.attrib.items()) if (element.tag, name) not in _ADDED)
    return "".join(f' {name}="{value}"' for name, value in kept if not (heading and name == "id"))


def _text(text: str | None, *, kept: bool) -> str:
    """Within ``pre`` line ends count, and are told apart from those between blocks."""
    if not text:
        return ""
    return text.replace("\n", "\\n") if kept else re.sub(r"\s+", " ", text) if not text.isspace() else " "

"""What is wrong with a page of HTML: how it parses, what may stand in what, what leads nowhere, what has no name.

The rules are those of the HTML standard (https://html.spec.whatwg.org/) and of accessible names that can be told without a browser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OBSOLETE = frozenset(
    ["acronym", "applet", "basefont", "big", "center", "dir", "font", "frame", "frameset", "marquee", "nobr", "noembed", "strike", "tt"]
)
_OBSOLETE_ATTRIBUTES = frozenset(["align", "bgcolor", "border", "cellpadding", "cellspacing", "clear", "hspace", "valign", "vspace"])
_INTERACTIVE = frozenset({"a", "button", "details", "embed", "iframe", "input", "label", "select", "summary", "textarea"})
_NO_INTERACTIVE_INSIDE = frozenset({"a", "button"})
_CHILDREN = {
    "ul": frozenset({"li", "script", "template"}),
    "ol": frozenset({"li", "script", "template"}),
    "dl": frozenset({"dt", "dd", "div"}),
    "tr": frozenset({"th", "td"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}),
}
_PARENTS = {"li": frozenset({"ul", "ol", "menu"}), "summary": frozenset({"details"}), "figcaption": frozenset({"figure"})}
_POINTING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget", "list", "headers")
_NAMED = frozenset({"button", "summary", "iframe"})
_NUMBER = re.compile(r"\d+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")


def faults(text: str) -> list[str]:
    """What is wrong with the whole page `text`."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root = parser.parse(text)
    wrong = [f"does not parse: {code} at line {place[0]}" for place, code, _ in parser.errors]
    elements = list(root.iter())
    # The others are comments.
    tags = [each for each in elements if isinstance(each.tag, str)]
    parents = {child: parent for parent in elements for child in parent if isinstance(child.tag, str)}
    return [*wrong, *_of_document(root, tags), *(fault for each in tags for fault in _of_element(each, parents))]


def _of_document(root: Element, elements: list[Element]) -> Iterator[str]:
    count = Counter(each.tag for each in elements)
    if not _LANGUAGE.fullmatch(root.get("lang", "")):
        yield "the document says no language"
    if not "".join(title.text or "" for title in root.iter("title")).strip():
        yield "the document has no title"
    yield from (f"there are {count[tag]} elements {tag}" for tag in ("h1", "main", "title") if count[tag] != 1)
    yield from _of_headings([_HEADINGS[each.tag] for each in elements if each.tag in _HEADINGS])
    ids = Counter(each.get("id") for each in elements if each.get("id") is not None)
    yield from (f"the id {name!r} is there {times} times" for name, times in ids.items() if times > 1)
    yield from (f"the id {name!r} is none" for name in ids if not name or re.search(r"\s", name))
    for each in elements:
        yield from (f"{name}={target!r} leads nowhere" for name, target in _pointers(each) if target not in ids)
    labels = Counter(each.get("aria-label") or each.get("aria-labelledby") for each in elements if each.tag == "nav")
    if sum(labels.values()) > 1:
        yield from (f"there are {times} elements nav called {name!r}" for name, times in labels.items() if times > 1 or not name)


def _of_headings(levels: list[int]) -> Iterator[str]:
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _pointers(element: Element) -> Iterator[tuple[str, str]]:
    for name in _POINTING:
        yield from ((name, target) for target in element.get(name, "").split())
    href = element.get("href", "")
    if href.startswith("#") and len(href) > 1 and element.tag == "a":
        yield "href", href[1:]


def _of_element(element: Element, parents: dict[Element, Element]) -> Iterator[str]:
    tag = str(element.tag)
    if tag in _OBSOLETE:
        yield f"{tag} is obsolete"
    yield from (f"{name} on {tag} is obsolete" for name in _OBSOLETE_ATTRIBUTES.intersection(element.keys()))
    children = [str(child.tag) for child in element if child in parents] if tag in _CHILDREN else []
    yield from (f"{child} stands in {tag}" for child in children if child not in _CHILDREN[tag])
    parent = parents.get(element)
    if tag in _PARENTS and (parent is None or parent.tag not in _PARENTS[tag]):
        yield f"{tag} stands in {parent.tag if parent is not None else 'nothing'}"
    if tag in _NO_INTERACTIVE_INSIDE:
        yield from (f"{inner.tag} stands in {tag}" for inner in element.iter() if inner is not element and inner.tag in _INTERACTIVE)
    if element.get("aria-hidden") == "true":
        yield from (f"{inner.tag} can be reached in what is hidden" for inner in element.iter() if _is_reached(inner))
    yield from filter(None, (check(element) for check in _CHECKS))


def _is_reached(element: Element) -> bool:
    return element.tag in {"button", "input", "select", "textarea"} or (element.tag == "a" and element.get("href") is not None)


def _nameless(element: Element) -> str | None:
    is_asked = element.tag in _NAMED or (element.tag == "a" and element.get("href") is not None)
    # Its script gives it a name before it is shown.
    return f"{element.tag} has no name" if is_asked and element.get("hidden") is None and not _name(element) else None


def _name(element: Element) -> str:
    said = []
    for place, each in enumerate(element.iter()):
        said += [each.get(name, "") for name in ("aria-label", "aria-labelledby", "title")]
        said += [each.get("alt", "")] if each.tag == "img" else [each.text or ""]
        said += [each.tail or ""] if place else []
    return "".join(said).strip()


def _picture(element: Element) -> str | None:
    if element.tag != "img":
        return None
    sizes = [element.get(side) for side in ("width", "height")]
    if element.get("alt") is None:
        return "img has no alt"
    return "img has a size that is no number" if any(size is not None and not _NUMBER.fullmatch(size) for size in sizes) else None


def _moment(element: Element) -> str | None:
    wrong = element.tag == "time" and not _TIME.fullmatch(element.get("datetime", "") or (element.text or ""))
    return "time has no moment" if wrong else None


def _field(element: Element) -> str | None:
    if element.tag not in {"input", "select", "textarea"} or element.get("type") in {"hidden", "submit", "button"}:
        return None
    if element.get("hidden") is not None:
        return None
    named = element.get("id") or element.get("aria-label") or element.get("aria-labelledby") or element.get("disabled") is not None
    return None if named else f"{element.tag} has no label"


def _formula(element: Element) -> str | None:
    tag = str(element.tag).rpartition("}")[2]
    return f"scriptlevel on {tag}" if element.get("scriptlevel") is not None and tag != "mstyle" else None


_CHECKS: tuple[Callable[[Element], str | None], ...] = (_nameless, _picture, _moment, _field, _formula)

"""Python-Markdown's serialiser for HTML, with the common element written at once. It would do upstream as it is."""

from __future__ import annotations

from xml.etree.ElementTree import HTML_EMPTY, Element, QName

from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP, to_html_string  # type: ignore[attr-defined]

_BOOLEAN = BOOLEAN_ATTRIBUTES["html"]


def to_html(root: Element) -> str:
    """What `to_html_string` gives."""
    pieces: list[str] = []
    write = pieces.append
    todo: list[Element | str] = [root]
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            write(element)
            continue
        tag, text, tail = element.tag, element.text, element.tail
        if type(tag) is not str:
            write(to_html_string(element))
            continue
        write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
        name = tag if tag.islower() else tag.lower()
        if text:
            write(text if name in {"script", "style"} else escaped(text))
        if len(element):
            if tail:
                todo.append(escaped(tail))
            if name not in HTML_EMPTY:
                todo.append(f"</{tag}>")
            todo.extend(reversed(element))
            continue
        if name not in HTML_EMPTY:
            write(f"</{tag}>")
        if tail:
            write(escaped(tail))
    return "".join(pieces)


def escaped(text: str) -> str:
    """`text` with what is no entity escaped."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _attributes(element: Element) -> str:
    """In the order of their names; one without a value is its name."""
    pieces = []
    for name, value in sorted(element.items()):
        if value is None:
            pieces.append(f" {name}")
            continue
        value = escaped(value.text if isinstance(value, QName) else value).replace('"', "&quot;")
        pieces.append(f" {value}" if name == value and name in _BOOLEAN else f' {name}="{value}"')
    return "".join(pieces)

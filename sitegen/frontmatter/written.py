"""Where a key of the front matter is written: for a mistake that only the finished site shows."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sitegen.errors import SitegenError
from sitegen.frontmatter.decode import decode
from sitegen.frontmatter.fields import Fields
from sitegen.frontmatter.split import split
from sitegen.yaml_nodes import Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Written:
    """A place in a file, and the line there; zeros where it is not known."""

    line: int = 0
    column: int = 0
    excerpt: str = ""


def find(data: bytes, key: str, value: str, *, path: str) -> Written:
    """Where the file at `path`, which holds `data`, says `value` under the canonical `key`, else where it says anything there."""
    try:
        text, _ = decode(data, path=path)
        parts = split(text, path=path)
    except SitegenError:
        return Written()
    fields = list(Fields(parts, path=path, zone=ZoneInfo("UTC")).all(key))
    said = [node for field in fields for node in _texts(field.value) if node.text.strip() == value]
    place: Node | None = next(iter([*said, *(field.key for field in fields)]), None)
    return Written(place.line, place.column, parts.excerpt(place.line)) if place is not None else Written()


def _texts(node: Node) -> list[Scalar]:
    """The texts of a value, of whatever shape."""
    if isinstance(node, Scalar):
        return [node]
    inner = node.items if isinstance(node, Sequence) else tuple(item for _, item in node.pairs)
    return [text for item in inner for text in _texts(item)]

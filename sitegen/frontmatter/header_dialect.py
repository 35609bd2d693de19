"""``Key: value`` lines up to the first blank one: Pelican, and MkDocs' MultiMarkdown form."""

from __future__ import annotations

import re

from sitegen.frontmatter.block import Block
from sitegen.yaml_nodes import Mapping, Node, Scalar

_LINE = re.compile(r"(?P<key>[A-Za-z_][\w.-]*):(?:[ \t]+(?P<value>.*))?")
_CONTINUATION = re.compile(r"[ \t]+(?P<value>\S.*)")


def is_header(text: str) -> bool:
    """Whether every line of `text` is a pair or goes on with the one above."""
    return all(_LINE.fullmatch(line) or _CONTINUATION.fullmatch(line) for line in text.split("\n"))


def read(block: Block) -> Mapping:
    """The pairs of `block`; a value of several lines is one text with line ends.

    Raises:
        FrontMatterError: a key is there twice.
    """
    pairs: dict[str, tuple[Scalar, Node]] = {}
    last = ""
    for number, text in enumerate(block.text.split("\n"), block.line):
        pair = _LINE.fullmatch(text)
        if pair is None:
            _go_on(pairs, last, text)
            continue
        last = pair["key"].lower()
        if last in pairs:
            block.fail(f"has the key `{pair['key']}` twice, first on line {pairs[last][0].line}", number, 1, "keep one of them")
        pairs[last] = (Scalar(pair["key"], number, 1), Scalar((pair["value"] or "").rstrip(), number, max(pair.start("value") + 1, 1)))
    return Mapping(tuple(pairs.values()), block.line, 1)


def _go_on(pairs: dict[str, tuple[Scalar, Node]], key: str, text: str) -> None:
    found = _CONTINUATION.fullmatch(text)
    name, value = pairs[key]
    if found is None or not isinstance(value, Scalar):
        return
    text = found["value"].rstrip()
    if value.text:
        pairs[key] = (name, Scalar(f"{value.text}\n{text}", value.line, value.column))
    else:
        pairs[key] = (name, Scalar(text, value.line + 1, found.start("value") + 1))

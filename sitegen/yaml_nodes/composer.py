"""A YAML text to nodes, with every limit held while it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from sitegen.errors import SitegenError
from sitegen.yaml_nodes.cures import Source, cure, shown
from sitegen.yaml_nodes.values import Mapping, Node, Scalar, Sequence, find

SIZE = 256 * 1024
DEPTH = 50
ALIASES = 100
EXPANDED = 100_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(_YAML_TAG + name for name in ("bool", "float", "int", "map", "null", "seq", "timestamp"))
_TEXT_TAGS = frozenset({"!", _YAML_TAG + "str"})
# YAML's reader refuses some of these and takes the others for line ends, which would shift every line number after them. Text that
# went through a wrong encoding is full of them, so they pass through plane 15.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_SHIELDED = re.compile("[\U000f0000-\U000fffff]")


def compose(
    text: str, *, path: str, line: int = 1, error: type[SitegenError] = SitegenError, limit: int = SIZE, subject: str = "the file"
) -> Node | None:
    """The one document of `text`, or None where it is empty. `line` is the file's line that `text` begins at.

    Raises:
        SitegenError: of class `error`: `subject` is not valid YAML, is over `limit` bytes, nests or expands past the limits above,
            or uses what settings have no need of: tags, merge keys, keys that are not text, a key twice, a second document.
    """
    source = Source(text, path, line, error, subject)
    size = len(text) if text.isascii() else len(text.encode(errors="surrogatepass"))
    if size > limit:
        raise error(f"{subject} is {size:,} bytes, the limit is {limit:,}", rule="too-large", path=path, line=line)
    shielded = _UNREADABLE.search(text) is not None
    composer = _Composer(source, shielded)
    try:
        for event in yaml.parse(_UNREADABLE.sub(_shield, text) if shielded else text, Loader=_LOADER):
            composer.take(event)
    except yaml.YAMLError as fault:
        source.refuse(fault)
    return None if composer.root == Scalar("", *find(composer.root, ())) else composer.root


def _shield(found: re.Match[str]) -> str:
    return chr(0xF0000 + ord(found[0]))


def _unshield(found: re.Match[str]) -> str:
    return chr(ord(found[0]) - 0xF0000)


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not come. A mapping's `nodes` are key, value, key, value."""

    is_mapping: bool
    line: int
    column: int
    anchor: str | None
    nodes: list[Node] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    size: int = 1
    height: int = 1

    def close(self) -> Node:
        if not self.is_mapping:
            return Sequence(tuple(self.nodes), self.line, self.column)
        names = iter(self.nodes)
        return Mapping(
            tuple((name, value) for name, value in zip(names, names, strict=True) if isinstance(name, Scalar)), self.line, self.column
        )


class _Composer:
    """Events to nodes. An alias repeats the node it names, so sizes count what a walk would meet."""

    def __init__(self, source: Source, shielded: bool) -> None:
        self.source, self.shielded = source, shielded
        self.root: Node | None = None
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._aliases = 0

    def take(self, event: yaml.Event) -> None:
        mark: Any = event.start_mark
        line, column = self.source.line + mark.line, mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line, column)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event, line, column)
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self._stack.pop()
            self._add(frame.close(), frame.size, frame.height, frame.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor, line, column)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._fail("holds a second document", line, column, "keep one, and remove the `---` between them")

    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> None:
        quoted = bool(event.style)
        if event.tag is not None:
            quoted = quoted or self._is_text(event.tag, line, column)
        text = _SHIELDED.sub(_unshield, event.value) if self.shielded else event.value
        self._add(Scalar(text, line, column, quoted), 1, 0, event.anchor)

    def _start(self, event: yaml.CollectionStartEvent, line: int, column: int) -> None:
        if event.tag is not None:
            self._is_text(event.tag, line, column)
        if self._expects_key():
            self._fail("has a list or a mapping where a key was expected", line, column, self._cure(line, column))
        if len(self._stack) >= DEPTH:
            self._fail(f"is nested too deeply: more than {DEPTH} levels", line, column, "flatten it, or quote the text")
        self._stack.append(_Open(isinstance(event, yaml.MappingStartEvent), line, column, event.anchor))

    def _alias(self, name: str | None, line: int, column: int) -> None:
        if any(frame.anchor == name for frame in self._stack):
            self._fail(f"has an alias, `*{name}`, which refers to itself", line, column, "write the value out")
        if name is None or name not in self._anchors:
            self._fail(f"has an alias{self._spelled(f'*{name}', line)} of nothing before it", line, column, self._cure(line, column))
        self._aliases += 1
        node, size, height = self._anchors[name]
        if self._aliases > ALIASES:
            self._fail(f"has more than {ALIASES} aliases", line, column, "write the values out")
        if len(self._stack) + height > DEPTH:
            self._fail(f"is nested too deeply: more than {DEPTH} levels through `*{name}`", line, column, "write the value out")
        if self._expects_key() and not isinstance(node, Scalar):
            self._fail("has a list or a mapping where a key was expected", line, column, "write a name there")
        self._add(node, size, height, None, line)

    def _add(self, node: Node, size: int, height: int, anchor: str | None, line: int = 0) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, size, height)
        if not self._stack:
            self.root = node
            return
        frame = self._stack[-1]
        if frame.is_mapping and not len(frame.nodes) % 2 and isinstance(node, Scalar):
            self._check_key(frame, node)
        frame.nodes.append(node)
        frame.size += size
        frame.height = max(frame.height, height + 1)
        if frame.size > EXPANDED:
            self._fail(f"expands past {EXPANDED} nodes", line or node.line, node.column, "write the values out")

    def _check_key(self, frame: _Open, key: Scalar) -> None:
        if key.text == "<<" and not key.quoted:
            self._fail("has a merge key, `<<`, which is not allowed", key.line, key.column, "write the keys out")
        if not key.text:
            self._fail("has a value without a key", key.line, key.column, "write `key: value`")
        first = frame.keys.setdefault(key.text, key.line)
        if len(frame.keys) * 2 <= len(frame.nodes):
            self._fail(f"has the key `{key.text}` twice, first on line {first}", key.line, key.column, "keep one of them")

    def _expects_key(self) -> bool:
        return bool(self._stack) and self._stack[-1].is_mapping and not len(self._stack[-1].nodes) % 2

    def _is_text(self, tag: str, line: int, column: int) -> bool:
        if tag not in _TEXT_TAGS and tag not in _PLAIN_TAGS:
            name = "!!" + tag.removeprefix(_YAML_TAG) if tag.startswith(_YAML_TAG) else tag
            self._fail(f"has a tag{self._spelled(name, line)} that is not allowed", line, column, self._cure(line, column))
        return tag in _TEXT_TAGS

    def _spelled(self, word: str, line: int) -> str:
        """`word` for a message, unless its line holds a password."""
        return f", `{word}`," if shown(self.source.excerpt(line)) else ""

    def _cure(self, line: int, column: int) -> str:
        return cure(self.source.excerpt(line), column)

    def _fail(self, message: str, line: int, column: int, hint: str) -> NoReturn:
        self.source.fail(f"{self.source.subject} {message}", line, column, hint)

"""Values as lines of YAML that read back as what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.errors import SitegenError
from sitegen.yaml_nodes import Mapping, Node, Scalar, Sequence, compose

_WIDE = 100
_INDENT = "  "
_IN_FLOW = re.compile(r"[\[\]{},]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
# What other readers of YAML take for something else than a text.
_TYPED = re.compile(
    r"[-+]?[.\d][\d_,.:eExXoObB+a-fA-F-]*|[-+]?\.(?:inf|nan)|~|null|true|false|yes|no|on|off|y|n|<<|=|\d{4}-\d\d?-\d\d?.*", re.IGNORECASE
)


def pair(key: str, value: Node, *, is_bare: bool = False) -> Iterator[str]:
    """The lines of one key with its value; a text that `is_bare` needs no quotes for looking like a date or a number."""
    name = _scalar(Scalar(key, 0, 0, quoted=True), is_bare=True)
    if isinstance(value, Scalar) and "\n" in value.text and _fits_block(value.text):
        yield from _block(f"{name}: ", value.text)
    elif isinstance(value, Scalar):
        yield f"{name}: {_scalar(value, is_bare=is_bare)}".rstrip()
    else:
        inline = _flow(value)
        if inline is not None and len(name) + len(inline) < _WIDE:
            yield f"{name}: {inline}"
        else:
            yield f"{name}:"
            yield from (_INDENT + line if line else line for line in _nested(value))


def _nested(value: Mapping | Sequence) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.pairs:
            yield from pair(key.text, inner)
        return
    for item in value.items:
        lines = list(_item(item))
        yield f"- {lines[0]}".rstrip()
        yield from (_INDENT + line if line else line for line in lines[1:])


def _item(item: Node) -> Iterable[str]:
    if isinstance(item, Scalar):
        return _block("", item.text) if "\n" in item.text and _fits_block(item.text) else [_scalar(item)]
    inline = _flow(item)
    return [inline] if inline is not None and len(inline) < _WIDE and isinstance(item, Sequence) else list(_nested(item)) or [inline or ""]


def _flow(value: Mapping | Sequence) -> str | None:
    """A list of short words, or what is empty, on one line; None for anything else."""
    if isinstance(value, Mapping):
        return None if value.pairs else "{}"
    items = [item for item in value.items if isinstance(item, Scalar) and item.text and "\n" not in item.text]
    if len(items) < len(value.items):
        return None
    texts = [_scalar(item) for item in items]
    texts = [_quoted(item.text) if _IN_FLOW.search(text) and text == item.text else text for item, text in zip(items, texts, strict=True)]
    return f"[{', '.join(texts)}]"


def _scalar(value: Scalar, *, is_bare: bool = False) -> str:
    """A scalar on one line: bare where that reads back the same, else in quotes."""
    text = value.text
    if not value.quoted or (text and (is_bare or not _TYPED.fullmatch(text))):
        node = _read(text)
        if node == (text, False) or (not text and not value.quoted):
            return text
    return _quoted(text)


def _read(text: str) -> tuple[str, bool] | None:
    """What a bare `text` reads back as."""
    if not text or "\n" in text or _UNPRINTABLE.search(text):
        return None
    try:
        node = compose(f"k: {text}\n", path="")
    except SitegenError:
        return None
    value = node.pairs[0][1] if isinstance(node, Mapping) and len(node.pairs) == 1 else None
    return (value.text, value.quoted) if isinstance(value, Scalar) else None


def _quoted(text: str) -> str:
    if "\n" not in text and "\t" not in text and not _UNPRINTABLE.search(text):
        if "'" not in text:
            return f"'{text}'"
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _UNPRINTABLE.sub(_escape, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _fits_block(text: str) -> bool:
    """Whether a literal block can hold `text`: no line of it starts or ends with white space, and it has an end that can be said."""
    lines = text.removesuffix("\n").split("\n")
    return (
        not _UNPRINTABLE.search(text) and "\t" not in text and all(line == line.strip() for line in lines) and bool(lines[0] and lines[-1])
    )


def _block(start: str, text: str) -> Iterator[str]:
    yield f"{start}|" if text.endswith("\n") else f"{start}|-"
    for line in text.removesuffix("\n").split("\n"):
        yield _INDENT + line if line else ""

"""Pagefind's files in one order: it keeps filters and languages in tables that come out in another order at each run.

They are CBOR (RFC 8949) behind a mark, compressed: ``[name, [[value, [page, …]], …]]`` in a file for each filter, and in the list of all
pages of a language ``[version, pages, chunks, [[filter, file], …], …]``. A file is called after its content, and so is called anew.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from sitegen import files

_ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
_FILTERS = 3
_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4


def in_order(index: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index that is the same for the same pages, by name.

    Raises:
        ValueError: they are not what this version of Pagefind writes.
    """
    found = dict(index)
    entry = json.loads(found[_ENTRY])
    for language in entry["languages"].values():
        name = f"pagefind.{language['hash']}.pf_meta"
        listed = _unpacked(found.pop(name))
        listed[_FILTERS] = sorted([filter_, _renamed(found, file)] for filter_, file in listed[_FILTERS])
        data = _packed(listed)
        language["hash"] = _named(language["hash"], data)
        found[f"pagefind.{language['hash']}.pf_meta"] = data
    found[_ENTRY] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return dict(sorted(found.items()))


def _renamed(found: dict[str, bytes], file: str) -> str:
    """Put the values of one filter in order; how its file is called then."""
    path = PurePosixPath("filter", f"{file}.pf_filter")
    name, values = _unpacked(found.pop(str(path)))
    data = _packed([name, sorted(values)])
    file = _named(file, data)
    found[str(path.with_name(f"{file}.pf_filter"))] = data
    return file


def _named(old: str, data: bytes) -> str:
    """Pagefind's own names are a language and a digest."""
    return f"{old.rpartition('_')[0]}_{files.digest(data)[:10]}"


def _unpacked(data: bytes) -> Any:
    plain = gzip.decompress(data)
    value, end = _read(plain, len(_MARK))
    if not plain.startswith(_MARK) or end != len(plain):
        raise ValueError("a file of the index has no mark, or another end")
    return value


def _packed(value: Any) -> bytes:
    return gzip.compress(_MARK + b"".join(_written(value)), mtime=0)


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at that place, and where it ends."""
    kind, short = data[at] >> 5, data[at] & 31
    size = 1 << short - 24 if 24 <= short < 28 else 0
    number = int.from_bytes(data[at + 1 : at + 1 + size], "big") if size else short
    end = at + 1 + size
    if short > 27 or kind not in {_UNSIGNED, _TEXT, _ARRAY}:
        raise ValueError(f"a file of the index holds a value of kind {kind}, {short}")
    if kind == _TEXT:
        return data[end : end + number].decode(), end + number
    items = []
    for _ in range(number if kind == _ARRAY else 0):
        item, end = _read(data, end)
        items.append(item)
    return (items if kind == _ARRAY else number), end


def _written(value: Any) -> Iterator[bytes]:
    if isinstance(value, int):
        yield _head(_UNSIGNED, value)
    elif isinstance(value, str):
        data = value.encode()
        yield _head(_TEXT, len(data)) + data
    else:
        yield _head(_ARRAY, len(value))
        for item in value:
            yield from _written(item)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([kind << 5 | 23 + size.bit_length()]) + number.to_bytes(size, "big")

"""Bodies rendered in the processes of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sitegen import workers
from sitegen.app import open_reader
from sitegen.cache import Cache
from sitegen.errors import Problem
from sitegen.pages import CONTENT, Learnt, Reader

_CHUNK = 16


def warm_bodies(reader: Reader, names: Sequence[str], overrides: dict[str, Any], *, jobs: int, start_method: str) -> Iterator[list[Learnt]]:
    """Render the bodies of `names` into the cache of `reader`; yields what was learnt of some of them after the other.

    What is wrong with one of them is told to `reader`, which raises it when it is asked for that file.

    Raises:
        SitegenError: a worker died at a file.
    """
    learnt = workers.map_all(
        _warm,
        workers.shares(names, _CHUNK),
        jobs=jobs,
        initialise=_open_reader,
        arguments=(str(reader.settings.root), reader.cache.address, overrides),
        describe=lambda chunk: ", ".join(f"{CONTENT}/{name}" for name in chunk),
        parts=workers.singly,
        start_method=start_method,
    )
    yield from _adopted(reader, learnt)


_own: dict[str, Reader] = {}


def warm_group(reader: Reader, names: Sequence[str], *, jobs: int, start_method: str) -> Iterator[list[Learnt]]:
    """As `warm_bodies`, for a `reader` of what belongs to a group: its key is in this process and in those forked from it alone."""
    _own[reader.group] = reader
    try:
        yield from _adopted(
            reader,
            workers.map_all(
                _warm,
                workers.shares(names, _CHUNK),
                jobs=jobs if start_method == "fork" else 1,
                initialise=_use_own,
                arguments=(reader.group,),
                describe=lambda chunk: ", ".join(f"{CONTENT}/{name}" for name in chunk),
                parts=workers.singly,
            ),
        )
    finally:
        del _own[reader.group]


def _adopted(reader: Reader, learnt: Iterator[bytes]) -> Iterator[list[Learnt]]:
    for each in learnt:
        made, refused = msgspec.msgpack.decode(each, type=tuple[list[Learnt], dict[str, tuple[Problem, ...]]])
        reader.refused |= refused
        yield made


_reader: Reader


def _use_own(group: str) -> None:
    global _reader  # noqa: PLW0603  as below
    _reader = _own[group]


def _open_reader(root: str, cache: tuple[str, str], overrides: dict[str, Any]) -> None:
    global _reader  # noqa: PLW0603  a worker's function is sent by name, so what it works on has to be found by name
    home, shelf = cache
    _reader = open_reader(Path(root), Cache(Path(home), shelf), **overrides)


def _warm(names: tuple[str, ...]) -> bytes:
    """What was learnt of these files, and what is wrong with the others, as MessagePack, which is quicker to send than the values."""
    learnt = _reader.warm(names)
    return msgspec.msgpack.encode((learnt, {name: _reader.refused[name] for name in names if name in _reader.refused}))

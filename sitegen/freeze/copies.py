"""Files that are published without being rendered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that is published as it is, as `data` where it was minified, or as what `make` makes of it when it is needed."""

    source: Path
    digest: str
    size: int
    data: bytes | None = None
    make: Callable[[], bytes] | None = None

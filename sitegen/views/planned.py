"""An address that a view answers, and who asked for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planned:
    """`path` is an address within the site; `owner` is what a message about it names: a source file, or what the page is."""

    path: str
    owner: str

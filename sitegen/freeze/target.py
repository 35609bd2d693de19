"""The folder that Frozen-Flask writes to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_Native: type[Path] = type(Path())


class Fresh(_Native):  # type: ignore[misc,valid-type]
    """A path below a folder that was empty when freezing began.

    For each file Frozen-Flask asks twice whether it is there already, and makes its folder whether or not it is missing. Here nothing
    is there, and a folder is made when a file is refused for want of it: on most disks that is half of what a small file costs.
    """

    def is_file(self) -> bool:
        """That it is not. What a process that died left behind is written anew."""
        return False

    def mkdir(self, *_: Any, **__: Any) -> None:
        """Nothing: `write_bytes` does it."""

    def write_bytes(self, data: Any) -> int:
        """Write the file, and make its folder if need be."""
        try:
            handle = os.open(self, _NEW, 0o666)
        except FileNotFoundError:
            Path(self.parent).mkdir(parents=True, exist_ok=True)
            handle = os.open(self, _NEW, 0o666)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
        finally:
            os.close(handle)
        return len(data)

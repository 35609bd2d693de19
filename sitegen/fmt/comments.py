"""The comments of TOML: those alone on a line, and those behind a pair or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sitegen.errors import FrontMatterError, SitegenError

# Each takes reading the text once more.
_TRIES = 500


@dataclass(slots=True)
class Comments:
    """Comments by the line of the file that they stand in: `alone` on it, or `behind` what it holds. Who takes one writes it."""

    alone: dict[int, str] = field(default_factory=dict)
    behind: dict[int, str] = field(default_factory=dict)

    def above(self, line: int) -> list[str]:
        """Take those above the file's line `line` that were not taken yet: of a list on several lines, those in it too."""
        return self._take(number for number in (*self.alone, *self.behind) if number < line)

    def beside(self, line: int) -> str:
        """Take what stands behind the text of a line."""
        return self.behind.pop(line, "")

    def rest(self) -> list[str]:
        """Take all that are left, by line."""
        return self._take((*self.alone, *self.behind))

    def _take(self, lines: Iterable[int]) -> list[str]:
        return [self.alone.pop(number, "") or self.behind.pop(number) for number in sorted(lines)]


def comments(text: str, first: int, read: Callable[[str], object]) -> Comments:
    """The comments of a TOML `text` that begins at the file's line `first`; what `read` makes of it tells them from texts with a hash.

    Raises:
        FrontMatterError: there are so many lines with a hash that it would take too long to tell.
    """
    found = Comments()
    lines = text.split("\n")
    value = read(text)
    alone = [index for index, line in enumerate(lines) if line.lstrip().startswith("#")]
    if _reads_as(value, ["" if index in set(alone) else line for index, line in enumerate(lines)], read):
        found.alone = {first + index: lines[index].strip() for index in alone}
        lines = ["" if first + index in found.alone else line for index, line in enumerate(lines)]
    tries = 0
    for index, line in enumerate(lines):
        at = line.find("#")
        while at >= 0 and not _reads_as(value, [*lines[:index], line[:at], *lines[index + 1 :]], read):
            at = line.find("#", at + 1)
            tries += 1
            if tries > _TRIES:
                raise FrontMatterError("has too many lines with a `#`", hint="write it as YAML by hand")
        if at >= 0:
            (found.behind if line[:at].strip() else found.alone)[first + index] = line[at:].rstrip()
    return found


def _reads_as(value: object, lines: list[str], read: Callable[[str], object]) -> bool:
    try:
        return read("\n".join(lines)) == value
    except SitegenError:
        return False

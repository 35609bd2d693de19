"""Text that was decoded with the wrong encoding, put right in the file itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path

from sitegen import files, mojibake
from sitegen.errors import Problem
from sitegen.freeze.publish import unwritable_as_problem
from sitegen.report import printable
from sitegen.yaml_nodes import shown

_END = re.compile(r"(\r\n|\r|\n)")
_BOM = "\ufeff"


def repair(root: Path, problems: Iterable[Problem]) -> Iterator[str]:
    """Decode anew each line of the site in `root` that a ``mojibake`` problem names, and tell of each file how it changed.

    Of a file whose problems show nothing, as those of protected pages, it tells the name alone.

    A file is written as a whole or not at all, with its line ends, byte order mark and permissions. Where a line is another by now,
    it is left alone.

    Raises:
        SitegenError: a file cannot be written.
    """
    lines: dict[str, set[int]] = defaultdict(set)
    hidden: set[str] = set()
    for problem in problems:
        if problem.rule == "mojibake":
            lines[problem.path].add(problem.line)
            hidden |= set() if problem.excerpt else {problem.path}
    with unwritable_as_problem():
        for path, numbers in sorted(lines.items()):
            for change in _repaired(root / path, path, numbers):
                yield path if path in hidden else change


def _repaired(file: Path, path: str, numbers: Collection[int]) -> Iterator[str]:
    """How the file changed, if it did."""
    data = file.read_bytes()
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    # What another name leads to is written where it lies, and not in the place of the name.
    target = file.resolve()
    pieces = _END.split(text)
    before = pieces[::2]
    after = [_mended(line) if number in numbers else line for number, line in enumerate(before, 1)]
    if after == before:
        return
    pieces[::2] = after
    mode = target.stat().st_mode
    files.write_whole(target, "".join(pieces).encode())
    target.chmod(mode)
    yield "\n".join(map(printable, _difference(path, before, after)))


def _mended(line: str) -> str:
    mark = _BOM if line.startswith(_BOM) else ""
    return mark + mojibake.mend(line.removeprefix(mark))


def _difference(path: str, before: list[str], after: list[str]) -> Iterator[str]:
    """As `diff -u` shows it; of lines that hold a password, nothing."""
    # What is split off behind the last line end is no line.
    count = len(before) - (not before[-1])
    there, here = ([shown(line.removeprefix(_BOM)) for line in lines[:count]] for lines in (before, after))
    yield from unified_diff(there, here, path, path, n=1, lineterm="")

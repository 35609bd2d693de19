"""Front matter that is none, and would have kept a page from the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from sitegen.errors import Problem
from sitegen.frontmatter.keys import PROTECT
from sitegen.frontmatter.split import Split

# As far as front matter reaches that anybody would write.
_REACH = 8000
_BEFORE = re.compile(r"(?:\s|<!--.*?-->)*", re.DOTALL)
_FENCE = re.compile(r"\s*(?:-{2,}|\+{2,}|;{2,})\w*\s*")
_KEY = re.compile(rf"""\s*(?:\{{(?:.*,)?\s*)?["']?{PROTECT}["']?\s*[:=]\s*\S""", re.IGNORECASE)
_CODE = ("```", "~~~")


def lost(split: Split, path: str) -> Iterator[Problem]:
    """That the body begins like front matter, and names a group there: after a blank line or a comment, between fences that are no
    such, or as a second one. The page would be published as it stands, key and all.
    """
    start = split.body[:_REACH]
    if PROTECT not in start.lower():
        return
    before = _BEFORE.match(start)
    at = before.end() if before else 0
    first, *others = start[at:].split("\n")
    if _FENCE.fullmatch(first):
        block = ["", *takewhile(lambda line: not _FENCE.fullmatch(line) and not line.lstrip().startswith(_CODE), others)]
    else:
        block = list(takewhile(str.strip, [first, *others])) if split.dialect == "none" and not first.startswith(_CODE) else []
    for number, line in enumerate(block, split.body_line + start.count("\n", 0, at)):
        if _KEY.match(line):
            hint = "front matter begins with the first character of the file; write the key there, or take it out"
            yield Problem("secret", f"`{PROTECT}` stands where it protects nothing: this is no front matter", path, number, hint=hint)

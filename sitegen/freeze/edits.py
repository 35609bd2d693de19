"""What was edited while the build ran: the site is whole all the same, but not the newest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.errors import Problem
from sitegen.files import Stamp
from sitegen.pages import CONTENT


def edited(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> Iterator[Problem]:
    """A warning for each file below content/ that is another than it was, has gone or has come."""
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            path = f"{CONTENT}/{name}"
            yield Problem("changed-during-build", "was edited while the site was built", path=path, hint="build again to publish the edit")

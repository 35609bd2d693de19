"""What the page of one member shows of a long row: were it all of it, a site would grow with the square of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitegen.site.answers import Node

REACH = 50


def around(count: int, at: int) -> slice:
    """The places, of `count`, that are shown around the one at `at`: `REACH` on either side, and near an end as many in all."""
    start = max(0, min(at - REACH, count - 2 * REACH - 1))
    return slice(start, min(count, start + 2 * REACH + 1))


def windowed(nodes: Sequence[Node], at: int, here: Node) -> tuple[Node, ...]:
    """The nodes around the one at `at`, which is shown as `here`.

    How many are left out is not told: one added far away would change every window.
    """
    part = around(len(nodes), at)
    shown = list(nodes[part])
    shown[at - part.start] = here
    if part.start > 0:
        shown[0] = replace(shown[0], more=True)
    if part.stop < len(nodes):
        shown[-1] = replace(shown[-1], more=True)
    return tuple(shown)


def steps(number: int, count: int) -> list[int]:
    """The numbers that page `number` of `count` leads to: the first, the last, its own and those beside it."""
    return sorted({1, count, *range(max(1, number - 1), min(count, number + 1) + 1)})

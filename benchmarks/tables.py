"""Results as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.goals import goals
from benchmarks.peers import PEERS
from benchmarks.peers.features import not_made
from benchmarks.results import Measurement, Results, Spread, ratio, spread

CHANGES = {
    "unchanged": "nothing",
    "body": "the body of a post",
    "title": "the title of a post",
    "post": "a post added",
    "template": "the template of all pages",
}
# Below the first number so many digits after the point.
_DIGITS = ((0.1, 3), (10, 2), (100, 1))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, rule: str = "---:") -> str:
    """A Markdown table; `rule` is for all columns but the first, which hold numbers unless it says otherwise."""
    rule_line = ["---", *(rule for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in (head, rule_line, *rows))


def cold_table(results: Results, size: int) -> str:
    """Every generator's full build of so many posts, the fastest first."""
    head = ["Generator", "Seconds", "Against sitegen", "CPU seconds", "Memory", "Files"]
    taken = sorted(_cold(results, size), key=lambda each: spread(each.seconds).middle)
    mine = results.find("sitegen", "cold", size)
    return table(head, [_cold_row(each, mine, results) for each in taken])


def _cold(results: Results, size: int) -> Iterator[Measurement]:
    return (each for each in results.measured if each.posts == size and each.scenario == "cold" and each.seconds)


def _cold_row(each: Measurement, mine: Measurement | None, results: Results) -> list[str]:
    against = _ratio(ratio(each, mine)) if mine else ""
    name = f"{PEERS[each.peer].title} ({results.versions.get(each.peer, '')})"
    return [name, _seconds(each.seconds), against, _middle(each.cpu), _memory(each.peak), f"{each.files:,}"]


def warm_sizes(results: Results) -> list[int]:
    """The numbers of posts with which something was changed and built again."""
    return [size for size in results.sizes() if any(results.find("sitegen", change, size) for change in CHANGES)]


def warm_table(results: Results, size: int) -> str:
    """What sitegen does after each change, against all that Hugo does after any."""
    head = ["What changed", "Seconds", "Against Hugo's full build", "CPU seconds", "Files rendered"]
    yardstick = results.find("hugo", "cold", size)
    taken = [results.find("sitegen", scenario, size) for scenario in CHANGES]
    return table(head, [_warm_row(each, yardstick) for each in taken if each and each.seconds])


def _warm_row(each: Measurement, yardstick: Measurement | None) -> list[str]:
    against = _ratio(ratio(each, yardstick)) if yardstick and yardstick.seconds else ""
    return [CHANGES[each.scenario], _seconds(each.seconds), against, _middle(each.cpu), f"{each.rendered:,}"]


def outputs_table(results: Results) -> str:
    """What each generator did not make, and how it was set up."""
    rows = [[PEERS[peer].title, ", ".join(not_made(made)) or "nothing", PEERS[peer].about] for peer, made in results.made.items()]
    return table(["Generator", "What it did not make", "How it is set up"], rows, rule="---")


def goals_table(results: Results) -> str:
    """What was aimed at."""
    rows = []
    for goal in goals(results):
        bound = f"{'at least' if goal.is_floor else 'at most'} {number(goal.bound)} {goal.unit}".strip()
        rows.append([goal.words, bound, f"{number(goal.found)} {goal.unit}".strip(), "yes" if goal.is_met else "no"])
    return table(["What", "Goal", "Found", "Met"], rows)


def number(value: float) -> str:
    """With as many digits as mean something."""
    if value == int(value):
        return f"{value:,.0f}"
    digits = next((digits for bound, digits in _DIGITS if value < bound), 0)
    return f"{value:,.{digits}f}"


def _seconds(seconds: Sequence[float]) -> str:
    return _range(spread(seconds))


def _middle(numbers: Sequence[float]) -> str:
    return number(spread(numbers).middle)


def _ratio(found: Spread) -> str:
    return f"× {_range(found)}"


def _range(found: Spread) -> str:
    if found.least == found.greatest:
        return number(found.middle)
    return f"{number(found.middle)} ({number(found.least)}–{number(found.greatest)})"


def _memory(peak: int) -> str:
    return f"{peak / 1e6:,.0f} MB" if peak else ""

"""What the picture of the documentation shows. `chart.py` draws it, in another environment."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers import PEERS
from benchmarks.results import Measurement, Results, spread
from benchmarks.tables import CHANGES, number
from benchmarks.tools import ROOT, Tools

_OWN = {"sitegen", "sitegen-1"}


def digest(path: Path) -> str:
    """What names a file of results in the picture that was made from it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def chart_of(results: Results, made_from: str) -> dict[str, Any]:
    """A `chart.Chart`: cold builds of the smaller blog, and what follows a change in the larger."""
    panels = [panel for panel in (_cold(results), _warm(results)) if panel["bars"]]
    told = [f"{panel['title']}: {_told(panel['bars'])}." for panel in panels]
    source = f" Made from results {made_from}." if made_from else ""
    return {"title": "Seconds to build one blog", "description": " ".join(told) + source, "panels": panels}


def _cold(results: Results) -> dict[str, Any]:
    size = results.corpus.posts
    taken = [each for each in results.measured if (each.posts, each.scenario) == (size, "cold") and each.seconds]
    taken.sort(key=lambda each: spread(each.seconds).middle)
    return {"title": f"{size:,} posts, from nothing", "bars": [_bar(PEERS[each.peer].title, each) for each in taken]}


def _warm(results: Results) -> dict[str, Any]:
    size = results.sizes()[-1]
    return {"title": f"{size:,} posts, after a change", "bars": list(_warm_bars(results, size))}


def _warm_bars(results: Results, size: int) -> Iterator[dict[str, Any]]:
    taken = {name: found for name in CHANGES if (found := results.find("sitegen", name, size)) and found.seconds}
    yardstick = results.find("hugo", "cold", size)
    if taken and yardstick and yardstick.seconds:
        yield _bar("Hugo: anything", yardstick)
    yield from (_bar(f"sitegen: {CHANGES[name]}", found) for name, found in taken.items())


def _bar(label: str, taken: Measurement) -> dict[str, Any]:
    value = spread(taken.seconds).middle
    return {"label": label, "text": f"{number(value)} s", "value": value, "is_own": taken.peer in _OWN}


def _told(bars: list[dict[str, Any]]) -> str:
    return ", ".join(f"{bar['label']} {bar['text']}" for bar in bars)


def draw(chart: dict[str, Any], path: Path, tools: Tools) -> None:
    """Write the SVG, with the library that is installed for it."""
    command = [tools.script("python"), "-m", "benchmarks.chart", str(path)]
    subprocess.run(command, input=json.dumps(chart), text=True, cwd=ROOT, check=True)

"""``python benchmarks/report.py [FILE]``: the page and the picture of the documentation, from results; the newest if none are named."""

from __future__ import annotations

import sys
from pathlib import Path

# A script's own folder comes first, where the package that it is in cannot be seen.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import page
from benchmarks.pictures import chart_of, digest, draw
from benchmarks.results import load, newest
from benchmarks.tools import ROOT, WORK, set_up

DOCS = ROOT / "content" / "docs"


def main(arguments: list[str]) -> None:
    """Write both files."""
    path = Path(arguments[0]) if arguments else newest()
    results = load(path)
    (DOCS / "benchmarks.md").write_text(page(results), encoding="utf-8")
    draw(chart_of(results, digest(path)), DOCS / "benchmarks.svg", set_up(WORK, node=False))


if __name__ == "__main__":
    main(sys.argv[1:])

"""``python benchmarks/report.py``: the page and the picture of the documentation, from results."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# A script's own folder comes first, where the package that it is in cannot be seen.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import page
from benchmarks.pictures import chart_of, digest, draw
from benchmarks.results import load, newest
from benchmarks.tools import ROOT, WORK, set_up

DOCS = ROOT / "content" / "docs"


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description="Make the page and the picture of the documentation from results.")
    parser.add_argument("file", type=Path, nargs="?", help="a file of results; without it, the newest below benchmarks/results/")
    parser.add_argument("--work", type=Path, default=WORK, help="where the benchmark installs what draws the picture")
    options = parser.parse_args()
    path = options.file or newest()
    results = load(path)
    (DOCS / "benchmarks.md").write_text(page(results), encoding="utf-8")
    draw(chart_of(results, digest(path)), DOCS / "benchmarks.svg", set_up(options.work.resolve(), node=False))


if __name__ == "__main__":
    main()

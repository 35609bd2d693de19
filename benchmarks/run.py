"""``python benchmarks/run.py``: the benchmark, from a checkout."""

from __future__ import annotations

import sys
from pathlib import Path

# A script's own folder comes first, where the package that it is in cannot be seen.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.command import main

if __name__ == "__main__":
    main()

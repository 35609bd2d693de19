"""How the command line starts, and what it loads for that."""

from __future__ import annotations

import sys

from benchmarks.measure import run
from benchmarks.results import Start
from benchmarks.tools import ROOT, environment

# What only some builds need.
HEAVY = ("PIL", "cryptography", "dask", "distributed", "watchdog", "watchfiles")
_LOADED = "import sys; {what}; print('LOADED', *(name for name in {heavy!r} if name in sys.modules))"
_WHAT = ("import sitegen", "from sitegen.cli import run; run(['--help'])")


def measure_start(runs: int) -> Start:
    """`sitegen --help`, `runs` times after one that is not counted."""
    seconds = [_run("-P", "-m", "sitegen", "--help")[0] for _ in range(runs + 1)][1:]
    return Start([round(each, 4) for each in seconds], sorted({name for what in _WHAT for name in loaded(what)}))


def loaded(what: str) -> list[str]:
    """The heavy modules that a Python has loaded after doing `what`."""
    _, output = _run("-P", "-c", _LOADED.format(what=what, heavy=HEAVY))
    return output.rpartition("LOADED")[2].split()


def _run(*arguments: str) -> tuple[float, str]:
    env = {**environment(), "PYTHONPATH": str(ROOT)}
    measured = run([sys.executable, *arguments], cwd=ROOT, env=env, memory=False)
    return measured.seconds, measured.output

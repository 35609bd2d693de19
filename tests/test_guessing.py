"""The sums on guessing, which the write-up shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import guessing
from sitegen.encryption import derivation

PROJECT = Path(__file__).parents[1]

SUMS = """\
| Password | Bits | One graphics card (3,500 guesses a second) | 1,000 graphics cards |
| --- | ---: | ---: | ---: |
| 8 characters of a–z and 0–9, drawn by chance | 41.4 | 13 years | 4.7 days |
| 10 characters of a–z and 0–9, drawn by chance | 51.7 | 17,000 years | 17 years |
| 12 characters of a–z and 0–9, drawn by chance | 62.0 | 21 million years | 21,000 years |
| 4 words of the EFF's long list, drawn by chance | 51.7 | 17,000 years | 17 years |
| 5 words of the EFF's long list, drawn by chance | 64.6 | 130 million years | 130,000 years |
| 6 words of the EFF's long list, drawn by chance | 77.5 | 1 trillion years | 1 billion years |
| 7 words of the EFF's long list, drawn by chance | 90.5 | more than 1,000 trillion years | 7.8 trillion years |
| `Il0veMyGarden15`, thought of by a human | 41.6 | 16 years | 5.7 days |"""


def test_the_table_is_the_same_wherever_it_is_made():
    assert guessing.sums() == SUMS


def test_the_sums_are_right():
    """Half of all passwords, at 3,500 guesses a second and card, done once more."""
    seconds = {kind.name.partition(",")[0]: kind.strength.seconds(1000) for kind in guessing.kinds()}
    assert seconds["8 characters of a–z and 0–9"] == pytest.approx(36**8 / 2 / 3_500_000)
    assert seconds["6 words of the EFF's long list"] == pytest.approx(7776**6 / 2 / 3_500_000)


def test_this_machine_is_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(derivation, "ITERATIONS", 10_000)
    assert guessing.derivations_a_second() > 0


def test_the_command_prints_what_was_measured_apart_from_what_was_worked_out():
    command = [sys.executable, "-m", "benchmarks.guessing"]
    measured, _, table = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, text=True).stdout.partition("\n\n")
    assert re.fullmatch(r"This machine: \d+\.\d derivations of 600,000 rounds for each second of one processor\.", measured)
    assert table == guessing.sums() + "\n"

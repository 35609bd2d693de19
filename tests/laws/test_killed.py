"""A build that is killed at any moment leaves the old site or the new one, and the next build equals one from scratch."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
from pathlib import Path

import pytest

from sitegen.freeze import Options
from tests.laws.edits import Playground, add_a_doc, add_a_post, change_the_settings, delete_a_page, edit_a_body, planted, rename_a_page
from tests.laws.test_any_edit import SEED, Outcome, built, everything, from_scratch, mend

KILLS = int(os.environ.get("SITEGEN_KILLS", "12"))
KILLED = 77
# A build after one edit takes some 50, after most a hundred.
MOST_STEPS = 100
# What is told to an audit hook before a disk is changed: a build that dies at one of these has done all before it and nothing after.
_STEPS = frozenset({"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "ctypes.dlsym"})
EDITS = (edit_a_body, add_a_post, add_a_doc, delete_a_page, rename_a_page, change_the_settings)

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="a child is needed that can be killed from within"
)


def test_a_build_that_is_killed_at_any_step_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    play = planted(tmp_path / "site", chance)
    old = build(play)
    for number in range(KILLS):
        chance.choice(EDITS)(play)
        new = from_scratch(play, tmp_path / "scratch")
        if new.failed:
            mend(play)
            continue
        step = chance.randrange(MOST_STEPS)
        kill_at(play, step)
        assert everything(play.output) in (old.site, new.site), (SEED, number, step)
        old = build(play)
        assert (old.site, old.problems) == (new.site, new.problems), (SEED, number, step)
        assert sorted(path.name for path in play.root.glob(".build*")) == []


def build(play: Playground) -> Outcome:
    return built(play.root, Options(overrides=play.overrides))


def kill_at(play: Playground, step: int) -> None:
    """Build in a child that dies at its `step`th step, if it takes so many."""
    child = multiprocessing.get_context("fork").Process(target=_die_at, args=(play, step))
    child.start()
    child.join()
    assert child.exitcode in (0, KILLED)


def _die_at(play: Playground, step: int) -> None:
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _STEPS or (event == "open" and _is_for_writing(arguments)):
            left -= 1
            if left < 0:
                os._exit(KILLED)

    sys.addaudithook(count)
    build(play)
    os._exit(0)


def _is_for_writing(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))

"""After any edits, an incremental build equals one from scratch: its bytes, its warnings, and its refusals."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen import files, snapshot
from sitegen.cache import FOLDER
from sitegen.errors import Problem, ProblemsFound, SitegenError
from sitegen.freeze import Options, build_site
from tests.conftest import tree
from tests.laws import edits, edits_for_readers, edits_of_groups
from tests.laws.edits import Playground, planted

SEED = int(os.environ.get("SITEGEN_SEED", "20260115"))
ROUNDS = int(os.environ.get("SITEGEN_ROUNDS", "20"))
WALKS = 3
EDITS = (*edits.EDITS, *edits_for_readers.EDITS, *edits_of_groups.EDITS)


@dataclass(frozen=True)
class Outcome:
    """What a build came to."""

    site: dict[str, bytes]
    problems: frozenset[tuple[str, str, str, int, int, str]]
    failed: bool


@pytest.mark.parametrize("walk", range(WALKS))
def test_after_any_edits_an_incremental_build_equals_one_from_scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, walk: int) -> None:
    chance = random.Random(SEED + walk)
    play = planted(tmp_path / "site", chance)
    play.search = walk == 0
    done: list[str] = []
    # An index of each build takes as long as all else.
    for _ in range(ROUNDS // 2 if play.search else ROUNDS):
        chosen = chance.choices(EDITS, k=chance.choice((1, 1, 1, 2, 4)))
        for edit in chosen:
            edit(play)
        done.append("+".join(edit.__name__ for edit in chosen))
        # Half of the builds come so soon after an edit that no stamp is old enough to be believed; the others believe them all.
        monkeypatch.setattr(files, "_SETTLING", chance.choice((0, 2_000_000_000)))
        expected, promised, found = from_scratch(play, tmp_path / "scratch"), promise(play), incremental(play)
        if expected.failed:
            mend(play)
        assert (found.failed, sorted(found.problems ^ expected.problems)) == (expected.failed, []), story(walk, done)
        assert differing(found.site, expected.site) == [], story(walk, done)
        assert promised is None or promised == expected, story(walk, done)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def story(walk: int, done: list[str]) -> tuple[str, list[str]]:
    """What to say when it fails: the seed, which SITEGEN_SEED sets, and the last edits."""
    return f"SITEGEN_SEED={SEED}, walk {walk}, round {len(done)}", done[-4:]


def promise(play: Playground) -> Outcome | None:
    """What stands, where the command would leave it as it is and not even look for what is stale."""
    home = play.root / FOLDER
    last = snapshot.whole(snapshot.load(home, play.output), home)
    if not snapshot.still_holds(last, play.root, play.output, play.overrides):
        return None
    return Outcome(everything(play.output), plain(last.summary.warnings), failed=False)


def incremental(play: Playground) -> Outcome:
    methods = multiprocessing.get_all_start_methods()
    method = play.chance.choice(methods) if play.chance.random() < 0.2 else "fork" if "fork" in methods else methods[0]
    return built(play.root, Options(jobs=play.chance.choice((1, 1, 2)), start_method=method, overrides=play.overrides))


def from_scratch(play: Playground, folder: Path) -> Outcome:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(play.root, folder, symlinks=True, ignore=shutil.ignore_patterns("build", ".cache", ".build*"))
    return built(folder, Options(clean=True, overrides=play.overrides))


def built(root: Path, options: Options) -> Outcome:
    try:
        done = build_site(root, root / "build", options)
    except (ProblemsFound, SitegenError) as error:
        return Outcome({}, plain((*error.problems, *error.warnings)), failed=True)
    return Outcome(everything(root / "build"), plain(done.warnings), failed=False)


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, and what is none: symbolic links and empty folders."""
    odd = [path for path in folder.rglob("*") if path.is_symlink() or (path.is_dir() and not any(path.iterdir()))]
    return {**tree(folder), **{path.relative_to(folder).as_posix(): b"not a file" for path in odd}}


def plain(problems: tuple[Problem, ...]) -> frozenset[tuple[str, str, str, int, int, str]]:
    return frozenset((each.rule, each.path, each.message, each.line, each.column, each.hint) for each in problems)


def mend(play: Playground) -> None:
    """What no build takes is taken back: the sources are as they were planted, and the cache and the output are as they are."""
    for name in ("content", "templates", "static", "data", "locale"):
        shutil.rmtree(play.root / name, ignore_errors=True)
    planted(play.root, play.chance)
    play.locked = False

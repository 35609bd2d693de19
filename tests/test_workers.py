"""Work over real processes, also such as die."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from sitegen.errors import SitegenError
from sitegen.workers import Deserted, map_all

_greeting = "none"


def _greet(word: str) -> None:
    global _greeting
    _greeting = word


def _greeted(thing: int) -> tuple[str, int]:
    return _greeting, thing


def _double(thing: int) -> int:
    return 2 * thing


def _pid(_: int) -> int:
    return os.getpid()


def _slow_when_even(thing: int) -> int:
    time.sleep(0.05 if thing % 2 == 0 else 0)
    return thing


def _die_at(deadly: int, thing: int) -> int:
    if thing == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return thing


def _die_once(marker: Path, thing: int) -> int:
    if thing == 3 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return thing


def _die_within(deadly: int, things: tuple[int, ...]) -> list[int]:
    return [_die_at(deadly, thing) for thing in things]


def _die_once_within(marker: Path, things: tuple[int, ...]) -> list[int]:
    return [_die_once(marker, thing) for thing in things]


def _frozen(_: int) -> int:
    return gc.get_freeze_count()


def _refuse(thing: int) -> int:
    raise SitegenError(f"cannot do {thing}", path="content/x.md", line=3, hint="do not")


def _cannot_begin() -> None:
    raise SitegenError("cannot begin")


def _note_pid(folder: Path, thing: int) -> int:
    (folder / str(os.getpid())).touch()
    time.sleep(0.0 if thing == 0 else 60.0)
    return thing


def _is_alive(pid: int) -> bool:
    """Whether `pid` still runs; one that ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def _all_end(pids: list[int], *, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while any(map(_is_alive, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look for processes in")
start_methods = pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())


def test_one_job_runs_in_this_process():
    assert set(map_all(_pid, range(3), jobs=1)) == {os.getpid()}


def test_one_thing_runs_in_this_process():
    assert list(map_all(_pid, [1], jobs=4)) == [os.getpid()]


def test_nothing_to_do_gives_nothing():
    assert list(map_all(_double, [], jobs=4)) == []


def test_two_jobs_run_in_other_processes():
    assert os.getpid() not in set(map_all(_pid, range(4), jobs=2))


@start_methods
def test_results_come_in_the_order_of_things(method: str):
    assert list(map_all(_slow_when_even, range(9), jobs=2, start_method=method)) == list(range(9))


@start_methods
def test_each_process_is_prepared_before_its_first_thing(method: str):
    results = map_all(_greeted, range(4), jobs=2, initialise=_greet, arguments=("hello",), start_method=method)
    assert list(results) == [("hello", number) for number in range(4)]


def test_this_process_is_prepared_anew_for_each_call():
    assert list(map_all(_greeted, [1], jobs=1, initialise=_greet, arguments=("first",))) == [("first", 1)]
    assert list(map_all(_greeted, [1], jobs=1, initialise=_greet, arguments=("second",))) == [("second", 1)]


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_forked_worker_inherits_what_cannot_be_sent():
    held = threading.Lock()
    assert list(map_all(lambda _: held.locked(), range(2), jobs=2, start_method="fork")) == [False, False]


@start_methods
def test_what_a_process_was_prepared_with_is_not_looked_through_for_garbage(method: str):
    results = map_all(_frozen, range(4), jobs=2, initialise=_greet, arguments=("hello",), start_method=method)
    assert all(count > 1000 for count in results)


def test_this_process_looks_through_everything_again_once_the_work_is_done():
    assert next(map_all(_frozen, [1], jobs=1, initialise=_greet, arguments=("hello",))) > 1000
    assert gc.get_freeze_count() == 0


def test_an_error_of_the_author_crosses_whole():
    with pytest.raises(SitegenError) as caught:
        list(map_all(_refuse, range(4), jobs=2))
    assert caught.value.problem.line == 3


def test_an_error_while_preparing_is_raised_as_it_is():
    with pytest.raises(SitegenError, match="cannot begin"):
        list(map_all(_double, range(4), jobs=2, initialise=_cannot_begin))


def test_a_bug_keeps_its_kind():
    with pytest.raises(ZeroDivisionError):
        list(map_all(partial(divmod, 1), [0, 0], jobs=2))


@start_methods
def test_a_thing_that_kills_its_worker_twice_is_named(method: str):
    results = map_all(partial(_die_at, 5), range(12), jobs=2, describe=lambda thing: f"page {thing}", start_method=method)
    with pytest.raises(SitegenError, match=r"^a worker process died at page 5$"):
        list(results)


SHARDS: list[tuple[int, ...]] = [tuple(range(start, start + 5)) for start in range(0, 30, 5)]


@start_methods
def test_of_a_thing_that_has_parts_the_very_one_that_kills_is_named(method: str):
    results = map_all(
        partial(_die_within, 17),
        SHARDS,
        jobs=2,
        describe=lambda shard: ", ".join(f"page {thing}" for thing in shard),
        parts=lambda shard: ((thing,) for thing in shard),
        start_method=method,
    )
    with pytest.raises(SitegenError, match=r"^a worker process died at page 17$"):
        list(results)


def test_the_parts_of_a_thing_take_its_place_when_a_worker_died_once(tmp_path: Path):
    results = map_all(partial(_die_once_within, tmp_path / "died"), SHARDS, jobs=2, parts=lambda shard: ((thing,) for thing in shard))
    assert [thing for shard in results for thing in shard] == list(range(30))


def test_what_came_before_a_death_is_given_out_first():
    results = map_all(partial(_die_at, 5), range(12), jobs=2)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path):
    assert list(map_all(partial(_die_once, tmp_path / "died"), range(12), jobs=2)) == list(range(12))


@needs_proc
def test_leaving_early_ends_the_workers_at_once(tmp_path: Path):
    results = map_all(partial(_note_pid, tmp_path), range(4), jobs=2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert _all_end([int(path.name) for path in tmp_path.iterdir()], seconds=2)


BUILD = """
    import signal, sys
    from functools import partial
    from pathlib import Path
    from sitegen.workers import map_all
    from tests.test_workers import _note_pid

    def stop(number, frame):
        raise SystemExit(128 + number)

    if __name__ == "__main__":
        if sys.argv[2] == "handler":
            signal.signal(signal.SIGTERM, stop)
        list(map_all(partial(_note_pid, Path(sys.argv[1])), range(1, 5), jobs=2))
"""


def _start_build(tmp_path: Path, *, handler: bool) -> tuple[subprocess.Popen[bytes], list[int]]:
    """A process that builds for a minute with two workers, in a group of its own as a shell would start it."""
    script, notes = tmp_path / "program.py", tmp_path / "pids"
    script.write_text(textwrap.dedent(BUILD))
    notes.mkdir()
    command = [sys.executable, str(script), str(notes), "handler" if handler else "default"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True)
    while len(list(notes.iterdir())) < 2:
        time.sleep(0.02)
    return process, [int(path.name) for path in notes.iterdir()]


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("handler", [True, False])
def test_ending_the_build_ends_its_workers(tmp_path: Path, how: signal.Signals, handler: bool):
    process, workers = _start_build(tmp_path, handler=handler)
    process.send_signal(how)
    process.communicate(timeout=5)
    assert _all_end(workers)


@needs_proc
def test_control_c_ends_workers_that_say_nothing_themselves(tmp_path: Path):
    process, workers = _start_build(tmp_path, handler=False)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=5)
    assert errors.count(b"Traceback") == 1
    assert _all_end(workers)


def test_any_executor_can_do_the_work():
    with ThreadPoolExecutor(2) as threads:
        results = map_all(_greeted, range(4), jobs=2, initialise=_greet, arguments=("thread",), executor=threads)
        assert list(results) == [("thread", number) for number in range(4)]


class _Falling(Executor):
    """An executor, as a cluster may be, that loses what is deadly, and after a death all that it holds."""

    def __init__(self, error: BrokenExecutor) -> None:
        self.error = error
        self.held: list[tuple[Future[object], Callable[[], object]]] = []

    def submit(self, fn, /, *args, **kwargs):
        future: Future[object] = Future()
        self.held.append((future, partial(fn, *args, **kwargs)))
        if len(self.held) > 1 or len(args[0]) == 1:
            self._go_on()
        return future

    def _go_on(self) -> None:
        held, self.held = self.held, []
        deadly = any(2 in run.args[0] for _, run in held)  # type: ignore[attr-defined]
        for future, run in held:
            if deadly:
                future.set_exception(self.error)
            else:
                future.set_result(run())


def _doubled(things: tuple[int, ...]) -> list[int]:
    return [2 * thing for thing in things]


def _fallen(error: BrokenExecutor) -> Iterator[list[int]]:
    shards: list[tuple[int, ...]] = [(0, 1), (2, 3), (4, 5), (6, 7)]
    return map_all(
        _doubled,
        shards,
        jobs=2,
        executor=_Falling(error),
        describe=lambda shard: " and ".join(map(str, shard)),
        parts=lambda shard: ((thing,) for thing in shard),
    )


def test_what_is_lost_elsewhere_is_tried_again_part_by_part_and_named():
    results = _fallen(BrokenExecutor("gone"))
    assert [next(results), next(results)] == [[0], [2]]
    with pytest.raises(SitegenError, match=r"died at 2$"):
        list(results)


def test_when_nobody_is_left_to_work_what_is_undone_is_named():
    with pytest.raises(SitegenError, match=r"^all have gone home; still to do: 0 and 1, 2 and 3$"):
        list(_fallen(Deserted("all have gone home")))

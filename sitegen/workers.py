"""Work shared out over processes: the one place that knows of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sitegen.errors import SitegenError

START_METHOD = "fork" if sys.platform == "linux" else "spawn"
# Handed out at a time for each worker: enough that none waits, few enough that a crash has few suspects.
_AHEAD = 2

T = TypeVar("T")
R = TypeVar("R")


def map_all(
    function: Callable[[T], R],
    things: Iterable[T],
    *,
    jobs: int,
    initialise: Callable[..., object] | None = None,
    arguments: tuple[Any, ...] = (),
    describe: Callable[[T], str] = str,
    start_method: str = START_METHOD,
    executor: Executor | None = None,
) -> Iterator[R]:
    """``function(thing)`` for each of `things`, in their order, as the results arrive.

    `initialise` is called with `arguments` once in each process, before its first thing. With `jobs` of 1, or one thing, all runs
    here. Under ``fork`` a worker inherits `function` and `arguments` as they are; start it before any thread. Otherwise, and always
    for the things and results, they are sent. Whatever ends the iteration early ends the workers at once, and the end of this
    process is theirs too.

    A thing whose worker died is tried once more in a process of its own, so `function` must bear being called again.
    `executor` takes the place of our processes; what dies there is its own to retry.

    Raises:
        SitegenError: a worker died, and its thing killed the second one as well; `describe` gives the thing its name.
    """
    work = _Work(function, initialise, arguments)
    waiting = deque(things)
    if executor is not None:
        return _elsewhere(executor, work, waiting, describe)
    jobs = min(jobs, len(waiting))
    if jobs <= 1:
        return map(work, waiting)
    return _in_processes(_Pools(work, start_method), waiting, jobs, describe)


@dataclass(frozen=True, slots=True)
class _Work(Generic[T, R]):
    """A function that prepares its process once. The mark tells one `map_all` from the next, also after it was sent."""

    function: Callable[[T], R]
    initialise: Callable[..., object] | None
    arguments: tuple[Any, ...]
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __call__(self, thing: T) -> R:
        if self.initialise is not None:
            _prepare(self.mark, self.initialise, self.arguments)
        return self.function(thing)


_lock = threading.Lock()
_prepared = ""


def _prepare(mark: str, initialise: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    global _prepared  # noqa: PLW0603  what a process is prepared for is a fact of the process
    with _lock:
        if _prepared != mark:
            initialise(*arguments)
            _prepared = mark


_Flying = deque[tuple[T, Future[R]]]


def _flow(submit: Callable[[T], Future[R]], waiting: deque[T], flying: _Flying[T, R], width: int) -> Iterator[R]:
    """Results in order; at any moment `flying` holds what was handed out and has not been given back."""
    while waiting or flying:
        while waiting and len(flying) < width:
            flying.append((waiting[0], submit(waiting[0])))
            waiting.popleft()
        yield flying[0][1].result()
        flying.popleft()


def _elsewhere(executor: Executor, work: _Work[T, R], waiting: deque[T], describe: Callable[[T], str]) -> Iterator[R]:
    flying: _Flying[T, R] = deque()
    try:
        yield from _flow(lambda thing: executor.submit(work, thing), waiting, flying, len(waiting))
    except BrokenExecutor as error:
        raise _died([describe(thing) for thing, future in flying if _is_lost(future)]) from error
    finally:
        for _, future in flying:
            future.cancel()


def _in_processes(pools: _Pools[T, R], waiting: deque[T], jobs: int, describe: Callable[[T], str]) -> Iterator[R]:
    flying: _Flying[T, R] = deque()
    while waiting or flying:
        try:
            with pools.open(jobs, flying) as submit:
                yield from _flow(submit, waiting, flying, jobs * _AHEAD)
        except BrokenProcessPool:
            yield from _again(pools, flying, describe)


def _again(pools: _Pools[T, R], flying: _Flying[T, R], describe: Callable[[T], str]) -> Iterator[R]:
    """What was handed out when a worker died: finished results as they are, each of the others tried alone."""
    while flying:
        thing, future = flying.popleft()
        yield _alone(pools, thing, describe) if _is_lost(future) else future.result()


def _alone(pools: _Pools[T, R], thing: T, describe: Callable[[T], str]) -> R:
    flying: _Flying[T, R] = deque()
    try:
        with pools.open(1, flying) as submit:
            (result,) = _flow(submit, deque([thing]), flying, 1)
            return result
    except BrokenProcessPool as error:
        raise _died([describe(thing)]) from error


def _is_lost(future: Future[R]) -> bool:
    return future.cancelled() or (future.done() and isinstance(future.exception(), BrokenExecutor))


def _died(names: list[str]) -> SitegenError:
    return SitegenError(
        f"a worker process died at {', '.join(names) or 'its start'}",
        hint="the system may have ended it for want of memory: try again with `--jobs 1`",
    )


@dataclass(frozen=True, slots=True)
class _Pools(Generic[T, R]):
    """Opens pools of processes that all do the same work."""

    work: _Work[T, R]
    start_method: str

    @contextmanager
    def open(self, jobs: int, flying: _Flying[T, R]) -> Iterator[Callable[[T], Future[R]]]:
        """A function that hands a thing to one of `jobs` new processes; they are killed if any is still `flying` at the end."""
        context = multiprocessing.get_context(self.start_method)
        pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(self.work,))
        try:
            yield lambda thing: pool.submit(_perform, thing)
        finally:
            if flying:
                _kill(pool)
            pool.shutdown(cancel_futures=True)


def _kill(pool: ProcessPoolExecutor) -> None:
    # `ProcessPoolExecutor.kill_workers` does just this, from Python 3.14 on.
    for process in list((pool._processes or {}).values()):
        process.kill()


_work: _Work[Any, Any]


def _begin(work: _Work[Any, Any]) -> None:
    """Set up a new worker: what it does, and how it ends.

    Ctrl-C reaches every process of a terminal, and the parent alone decides what it means. A handler for SIGTERM that the worker
    inherited would raise inside `function`, where the pool takes it for a result.
    """
    global _work  # noqa: PLW0603  a forked worker reaches what it inherited by a name, so that it need not be sent
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _perform(thing: Any) -> Any:
    return _work(thing)

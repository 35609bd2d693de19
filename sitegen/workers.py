"""Work shared out over processes: the one place that knows of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from sitegen.errors import SitegenError

START_METHOD = "fork" if sys.platform == "linux" else "spawn"
# Handed out at a time for each worker: enough that none waits, few enough that a crash has few suspects.
_AHEAD = 2
_NAMED = 3

T = TypeVar("T")
R = TypeVar("R")


class Deserted(BrokenExecutor):
    """An executor has nobody left to work, and waited in vain for somebody to come. Its text says so to the author."""


def map_all(
    function: Callable[[T], R],
    things: Iterable[T],
    *,
    jobs: int,
    initialise: Callable[..., object] | None = None,
    arguments: tuple[Any, ...] = (),
    describe: Callable[[T], str] = str,
    parts: Callable[[T], Iterable[T]] = lambda thing: (thing,),
    start_method: str = START_METHOD,
    executor: Executor | None = None,
) -> Iterator[R]:
    """``function(thing)`` for each of `things`, in their order, as the results arrive.

    `initialise` is called with `arguments` once in each process, before its first thing. With `jobs` of 1, or one thing, all runs
    here. Under ``fork`` a worker inherits `function` and `arguments` as they are; start it before any thread. Otherwise, and always
    for the things and results, they are sent. Whatever ends the iteration early ends the workers at once, and the end of this
    process is theirs too.

    A thing whose worker died is tried once more in its `parts`, one at a time, so that the one that kills is known; their results
    take the place of its own. So `function` must bear being called again. `executor` takes the place of our processes, and `jobs`
    is then how many things it can do at once.

    Raises:
        SitegenError: a worker died, and a part of its thing killed the second one as well; `describe` gives the part its name.
    """
    work = _Work(function, initialise, arguments)
    waiting = deque(things)
    jobs = min(jobs, len(waiting))
    if executor is not None:
        return _in_places(_Elsewhere(work, executor), waiting, jobs, _Suspects(describe, parts))
    if jobs <= 1:
        return _here(work, waiting)
    return _in_places(_Pools(work, start_method), waiting, jobs, _Suspects(describe, parts))


def shares(things: Sequence[T], size: int) -> list[tuple[T, ...]]:
    """`things` in tuples of `size`, the last of what is left: to hand out one of them alone costs more than most of them take."""
    return [tuple(things[start : start + size]) for start in range(0, len(things), size)]


def singly(share: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    """A share taken apart, as the `parts` of `map_all`."""
    return ((thing,) for thing in share)


@dataclass(frozen=True, slots=True)
class _Work(Generic[T, R]):
    """A function that prepares its process once. The mark tells one `map_all` from the next, also after it was sent.

    One thing at a time in a process: what a process was prepared for must stay until the thing is done, and the threads of a worker
    on another machine may serve several builds.
    """

    function: Callable[[T], R]
    initialise: Callable[..., object] | None
    arguments: tuple[Any, ...]
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def __call__(self, thing: T) -> R:
        if self.initialise is None:
            return self.function(thing)
        with _lock:
            _prepare(self.mark, self.initialise, self.arguments)
            return self.function(thing)


_lock = threading.Lock()
_prepared = ""


def _prepare(mark: str, initialise: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    global _prepared  # noqa: PLW0603  what a process is prepared for is a fact of the process
    if _prepared != mark:
        _prepared = ""
        gc.unfreeze()
        initialise(*arguments)
        # Pages and templates stay as long as the work does: looking through them for garbage again and again is 4% of a freeze.
        gc.freeze()
        _prepared = mark


def _here(work: _Work[T, R], waiting: deque[T]) -> Iterator[R]:
    # What was read and planned before is not looked through either.
    gc.freeze()
    with _collections(wanted=True):
        try:
            yield from map(work, waiting)
        finally:
            gc.unfreeze()


def without_collections() -> AbstractContextManager[None]:
    """Let nobody look for garbage here, but for what `map_all` does here.

    What a build reads, plans and remembers is kept to its end; to look through it again and again is a third of a build of ten
    thousand pages that renders one.
    """
    return _collections(wanted=False)


@contextmanager
def _collections(*, wanted: bool) -> Iterator[None]:
    before = gc.isenabled()
    (gc.enable if wanted else gc.disable)()
    try:
        yield
    finally:
        (gc.enable if before else gc.disable)()


_Flying = deque[tuple[T, Future[R]]]


def _flow(submit: Callable[[T], Future[R]], waiting: deque[T], flying: _Flying[T, R], width: int) -> Iterator[R]:
    """Results in order; at any moment `flying` holds what was handed out and has not been given back."""
    while waiting or flying:
        while waiting and len(flying) < width:
            flying.append((waiting[0], submit(waiting[0])))
            waiting.popleft()
        yield flying[0][1].result()
        flying.popleft()


@dataclass(frozen=True, slots=True)
class _Suspects(Generic[T]):
    """How to call a thing, and how to take it apart, when a worker died at it."""

    describe: Callable[[T], str]
    parts: Callable[[T], Iterable[T]]


class _Places(Protocol[T, R]):
    """Where work can be done; twice, if need be."""

    def open(self, jobs: int, flying: _Flying[T, R], /) -> AbstractContextManager[Callable[[T], Future[R]]]:
        """A function that hands out a thing. Nothing that is still `flying` at the end is worked on any more."""


def _in_places(places: _Places[T, R], waiting: deque[T], jobs: int, suspects: _Suspects[T]) -> Iterator[R]:
    flying: _Flying[T, R] = deque()
    while waiting or flying:
        try:
            with places.open(jobs, flying) as submit:
                yield from _flow(submit, waiting, flying, jobs * _AHEAD)
        except Deserted as error:
            raise _deserted(error, [suspects.describe(thing) for thing, future in flying if _is_lost(future)]) from error
        except BrokenExecutor:
            yield from _again(places, flying, suspects)


def _again(places: _Places[T, R], flying: _Flying[T, R], suspects: _Suspects[T]) -> Iterator[R]:
    """What was handed out when a worker died: finished results as they are, each of the others taken apart."""
    while flying:
        thing, future = flying.popleft()
        if _is_lost(future):
            yield from _apart(places, deque(suspects.parts(thing)), suspects)
        else:
            yield future.result()


def _apart(places: _Places[T, R], parts: deque[T], suspects: _Suspects[T]) -> Iterator[R]:
    """Each of `parts` while nothing else is worked on: whose turn it is when a worker dies, killed it."""
    flying: _Flying[T, R] = deque()
    try:
        with places.open(1, flying) as submit:
            yield from _flow(submit, parts, flying, 1)
    except Deserted as error:
        raise _deserted(error, [suspects.describe(thing) for thing in (*(thing for thing, _ in flying), *parts)]) from error
    except BrokenExecutor as error:
        raise _died([suspects.describe(thing) for thing, _ in flying]) from error


def _is_lost(future: Future[R]) -> bool:
    return future.cancelled() or (future.done() and isinstance(future.exception(), BrokenExecutor))


def _died(names: list[str]) -> SitegenError:
    return SitegenError(
        f"a worker process died at {', '.join(names) or 'its start'}",
        hint="the system may have ended it for want of memory: try again with `--jobs 1` alone",
    )


def _deserted(error: Deserted, names: list[str]) -> SitegenError:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return SitegenError(f"{error}; still to do: {', '.join(names[:_NAMED])}{more}", hint="look into the logs of the workers")


@dataclass(frozen=True, slots=True)
class _Elsewhere(Generic[T, R]):
    """Hands work to an executor that is there anyway and stays."""

    work: _Work[T, R]
    executor: Executor

    @contextmanager
    def open(self, _jobs: int, flying: _Flying[T, R]) -> Iterator[Callable[[T], Future[R]]]:
        """A function that hands a thing to the executor; after a death all that is `flying` comes down first, and then is cancelled."""
        try:
            yield lambda thing: self.executor.submit(self.work, thing)
        except BrokenExecutor:
            wait([future for _, future in flying])
            raise
        finally:
            for _, future in flying:
                future.cancel()


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
    gc.enable()
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

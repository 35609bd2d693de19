"""Budgets for what a body may cost: processor time and depth. A body over one is an error, never other output."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PAGE_SECONDS = 10.0
BLOCK_SECONDS = 2.0
_FRAMES = 1000


class TooComplex(BaseException):
    """What is being rendered is nested too deep or takes too long.

    Not an `Exception`: pymdown-extensions swallows those, and would render something else.
    """

    def __init__(self, message: str, *, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


@contextmanager
def processor_time(seconds: float, error: TooComplex) -> Iterator[None]:
    """Raise `error` when the block has used `seconds` of the processor's time; budgets may stand in one another.

    Counts processor time and not the clock, so that a busy machine gives the same output. Works in a main thread, where
    the system has interval timers; elsewhere there is no limit.
    """
    if not _has_timer():
        yield
        return
    rung = False

    def ring(_number: int, _frame: FrameType | None) -> None:
        nonlocal rung
        rung = True
        raise error

    handler = signal.signal(signal.SIGPROF, ring)
    outer, _ = signal.setitimer(signal.ITIMER_PROF, seconds)
    began = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL if handler is None else handler)
        if outer:
            signal.setitimer(signal.ITIMER_PROF, max(outer - (time.process_time() - began), 0.001))
    if rung:  # the exception was lost in a callback of a C library
        raise error


def _has_timer() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def stack_depth(frames: int = _FRAMES) -> Iterator[None]:
    """Allow `frames` frames from here, however deep the caller stands: Python-Markdown renders by what is left of the stack."""
    before = sys.getrecursionlimit()
    depth, frame = 0, sys._getframe()
    while frame.f_back:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

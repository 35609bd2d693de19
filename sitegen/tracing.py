"""What is read while something is worked out: the inputs of an answer, and the other questions that it asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Trace:
    """In the order of first use, each once: `inputs` by name, `questions` by their text."""

    inputs: dict[str, None] = field(default_factory=dict)
    questions: dict[str, None] = field(default_factory=dict)


_tracing: ContextVar[Trace | None] = ContextVar("tracing", default=None)


@contextmanager
def traced() -> Iterator[Trace]:
    """Collects what is read and asked inside, but for what is inside another `traced`."""
    trace = Trace()
    token = _tracing.set(trace)
    try:
        yield trace
    finally:
        _tracing.reset(token)


def current() -> Trace | None:
    """The innermost trace; None where nobody asks."""
    return _tracing.get()


@contextmanager
def unnoted() -> Iterator[None]:
    """What is read and asked inside is nobody's: which view answers an address, the plan decides anew for every build."""
    with traced():
        yield


def note_input(name: str) -> None:
    """Say that the input `name` is read."""
    trace = _tracing.get()
    if trace is not None:
        trace.inputs[name] = None

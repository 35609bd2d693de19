"""The one mechanism behind incremental builds: who asked what, and what the answer was.

A method under `@question` may depend on any page. While a URL renders, each question it puts is noted with the digest of its answer;
the next build puts the same questions again and renders the URL anew only where an answer differs. Nothing is declared, so nothing
can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from sitegen import files
from sitegen.errors import SitegenError
from sitegen.pages import Page

_noted: ContextVar[dict[str, str] | None] = ContextVar("noted", default=None)
QUESTIONS: set[str] = set()
_NO_ANSWER = ""


class Asked:
    """Remembers every answer, so that each distinct question is worked out once a build."""

    def __init__(self) -> None:
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._notes: dict[tuple[Any, ...], tuple[str, str]] = {}

    def answer(self, key: tuple[Any, ...], work_out: Callable[[], Any]) -> Any:
        """The remembered answer to `key`, worked out at the first asking and noted if a URL renders; that there is none, too."""
        noted = _noted.get()
        if key not in self._answers:
            try:
                self._answers[key] = _unnoted(work_out)
            except LookupError:
                if noted is not None:
                    noted[_text(key)] = _NO_ANSWER
                raise
        if noted is not None:
            text, digest = self._note(key)
            noted[text] = digest
        return self._answers[key]

    def _note(self, key: tuple[Any, ...]) -> tuple[str, str]:
        """The question `key`, which has been asked, as text, and the digest of its answer."""
        if key not in self._notes:
            self._notes[key] = _text(key), _digest(self._answers[key])
        return self._notes[key]

    def digest_now(self, text: str) -> str | None:
        """The digest that the answer to a noted question has today; None where there is no such question any more."""
        name, *arguments = msgspec.json.decode(text)
        if name not in QUESTIONS:
            return None
        try:
            getattr(self, name)(*arguments)
        except (LookupError, SitegenError):
            return _NO_ANSWER
        return self._note((name, *arguments))[1]


P = ParamSpec("P")
S = TypeVar("S", bound=Asked)
T = TypeVar("T")


def question(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make `method` a question. Its arguments are strings and numbers, its answer a frozen value that says all a template can read.

    Only the outermost question is noted: what it asks in turn is part of its answer.
    """
    name, named = method.__name__, signature(method)
    QUESTIONS.add(name)

    def ask(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        given = named.bind(self, *args, **kwargs).args[1:] if kwargs else args
        answer: T = self.answer((name, *given), lambda: method(self, *args, **kwargs))
        return answer

    update_wrapper(ask, method)
    return ask


@contextmanager
def noting() -> Iterator[dict[str, str]]:
    """Collects the questions put inside, each with the digest of its answer."""
    noted: dict[str, str] = {}
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def _unnoted(work_out: Callable[[], Any]) -> Any:
    token = _noted.set(None)
    try:
        return work_out()
    finally:
        _noted.reset(token)


def _text(key: tuple[Any, ...]) -> str:
    return msgspec.json.encode(key).decode()


def _digest(answer: object) -> str:
    """A page stands for all it was made from; any other answer is plain data."""
    if isinstance(answer, Page):
        return answer.digest
    return files.digest(msgspec.json.encode(answer, enc_hook=_as_plain, order="deterministic"))


def _as_plain(value: object) -> object:
    if isinstance(value, str):
        return str.__str__(value)
    raise NotImplementedError(f"an answer may not hold a {type(value).__name__}")

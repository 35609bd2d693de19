"""The one mechanism behind incremental builds: who asked what, what the answer was, and what it came from.

A method under `@question` may depend on any page. While it is worked out, each input that it reads and each question that it asks in turn
is traced; while a URL renders, so are the questions that it puts. The next build renders a URL anew only where an answer
differs, and works an answer out anew only where something that it came from differs. Nothing is declared, so nothing can be forgotten.

The inputs are the files that `face` and `body` name, what all pages show together (`PAGES`, which whoever reads an `aggregate` depends
on), and a few that are no page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import update_wrapper
from inspect import signature
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

import msgspec

from sitegen import files
from sitegen.errors import SitegenError
from sitegen.pages import Page
from sitegen.tracing import Trace, current, traced

QUESTIONS: set[str] = set()
PAGES = "pages"
_NO_ANSWER = ""


def face(source: str) -> str:
    """The input that is what other pages may show of a content file."""
    return f"face:{source}"


@dataclass(slots=True)
class Answered:
    """A question that was put: its text, what was answered or that nothing could be, and what the answer came from."""

    text: str
    value: Any
    error: LookupError | None
    trace: Trace
    known: str | None = None

    @property
    def digest(self) -> str:
        """The digest of the answer; empty where there is none."""
        if self.known is None:
            self.known = _NO_ANSWER if self.error is not None else _digest(self.value)
        return self.known


class Asked:
    """Remembers every answer, so that each distinct question is worked out once a build."""

    def __init__(self) -> None:
        self._answered: dict[tuple[Any, ...], Answered] = {}
        self._by_text: dict[str, Answered] = {}

    def answer(self, key: tuple[Any, ...], work_out: Callable[[], Any]) -> Any:
        """The remembered answer to `key`, worked out at the first asking; that there is none is remembered as well."""
        found = self._answered.get(key) or self._work_out(key, work_out)
        trace = current()
        if trace is not None:
            trace.questions[found.text] = None
        if found.error is not None:
            raise found.error.with_traceback(None)
        return found.value

    def _work_out(self, key: tuple[Any, ...], work_out: Callable[[], Any]) -> Answered:
        value, error = None, None
        with traced() as trace:
            try:
                value = work_out()
            except LookupError as nothing:
                error = nothing
        found = Answered(msgspec.json.encode(key).decode(), value, error, trace)
        self._answered[key] = self._by_text[found.text] = found
        return found

    def answered(self, text: str) -> Answered | None:
        """The question of that text, if it was put."""
        return self._by_text.get(text)

    def digest_now(self, text: str) -> str | None:
        """The digest that the answer to a question has today, put for that if need be; None where there is no such question any more."""
        found = self._by_text.get(text)
        if found is None:
            name, *arguments = msgspec.json.decode(text)
            if name not in QUESTIONS:
                return None
            with suppress(LookupError, SitegenError):
                getattr(self, name)(*arguments)
            found = self._by_text.get(text)
        return _NO_ANSWER if found is None else found.digest


P = ParamSpec("P")
S = TypeVar("S", bound=Asked)
T = TypeVar("T")


def question(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make `method` a question. Its arguments are strings and numbers, its answer a frozen value that says all a template can read."""
    name, named = method.__name__, signature(method)
    QUESTIONS.add(name)

    def ask(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        given = named.bind(self, *args, **kwargs).args[1:] if kwargs else args
        answer: T = self.answer((name, *given), lambda: method(self, *args, **kwargs))
        return answer

    update_wrapper(ask, method)
    return ask


class aggregate(Generic[S, T]):  # noqa: N801  a decorator, like `property`
    """A property that is worked out once, of all pages. Whoever reads it depends on all that was read for it, and on every face."""

    def __init__(self, make: Callable[[S], T]) -> None:
        self._make = make
        self._name = f"aggregate {make.__name__}"
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, site: None, owner: type) -> aggregate[S, T]: ...
    @overload
    def __get__(self, site: S, owner: type) -> T: ...
    def __get__(self, site: S | None, owner: type) -> aggregate[S, T] | T:
        if site is None:
            return self
        kept: tuple[T, Trace] | None = site.__dict__.get(self._name)
        if kept is None:
            with traced() as made_from:
                value = self._make(site)
            inputs = {name: None for name in made_from.inputs if not name.startswith("face:")} | {PAGES: None}
            kept = site.__dict__[self._name] = value, Trace(inputs, made_from.questions)
        trace = current()
        if trace is not None:
            trace.inputs |= kept[1].inputs
            trace.questions |= kept[1].questions
        return kept[0]


@contextmanager
def noting() -> Iterator[Collection[str]]:
    """Collects the questions put inside, in the order of their first asking."""
    with traced() as trace:
        yield trace.questions.keys()


def _digest(answer: object) -> str:
    """A page stands for all it was made from; any other answer is plain data, whose mappings have an order that templates see."""
    if isinstance(answer, Page):
        return answer.digest
    return files.digest(msgspec.json.encode(answer, enc_hook=_as_plain))


def _as_plain(value: object) -> object:
    if isinstance(value, str):
        return str.__str__(value)
    raise NotImplementedError(f"an answer may not hold a {type(value).__name__}")

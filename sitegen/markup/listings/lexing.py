"""Pygments' lexers without the rules that cannot match.

A lexer tries the rules of its state one by one, some twenty for each token. Which characters a rule can begin with stands in its
expression: rules that cannot begin with the next character are left out. What is left is tried in the same order, so the tokens
are the same. It could be done upstream, where the expressions are compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from threading import Lock
from typing import Any

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

try:
    from re import _constants as ops  # type: ignore[attr-defined]
    from re import _parser as expressions  # type: ignore[attr-defined]
except ImportError:  # an interpreter that keeps them elsewhere tries every rule
    expressions = None

# The characters for which rules are chosen: ASCII, and nothing that is a space to some expressions alone.
_KNOWN = frozenset("\t\n" + "".join(map(chr, range(32, 127))))
_ALL = _KNOWN | {""}
Token = tuple[_TokenType, str]
_Rule = tuple[Callable[[str, int], "re.Match[str] | None"], Any, Any]
_Node = tuple[Any, Any]


def tokens(lexer: Lexer, text: str) -> Iterable[Token]:
    """What ``lexer.get_tokens(text)`` gives."""
    kind = type(lexer)
    own = vars(kind).get("_tokens")
    plain = kind.get_tokens is Lexer.get_tokens and getattr(kind, "get_tokens_unprocessed", None) is RegexLexer.get_tokens_unprocessed
    if expressions is None or lexer.filters or not plain or own is None or own is not lexer._tokens:  # type: ignore[attr-defined]
        return lexer.get_tokens(text)
    return _tokens(lexer, lexer._preprocess_lexer_input(text), _states(kind))  # type: ignore[attr-defined]


def _tokens(lexer: Lexer, text: str, states: _States) -> Iterator[Token]:
    """`RegexLexer.get_tokens_unprocessed`, but for the choice of rules."""
    position, end = 0, len(text)
    stack = ["root"]
    state = states["root"]
    while True:
        for match, action, then in state[text[position] if position < end else ""]:
            found = match(text, position)
            if not found:
                continue
            if type(action) is _TokenType:
                yield action, found[0]
            elif action is not None:
                for _, kind, value in action(lexer, found):
                    yield kind, value
            position = found.end()
            if then is not None:
                _move(stack, then)
                state = states[stack[-1]]
            break
        else:
            if position >= end:
                return
            if text[position] == "\n":
                stack, state = ["root"], states["root"]
                yield Whitespace, "\n"
            else:
                yield Error, text[position]
            position += 1


def _move(stack: list[str], then: Any) -> None:
    """Go to another state; the first one is never left."""
    if isinstance(then, int):
        del stack[1 if abs(then) >= len(stack) else then :]
        return
    for state in then if isinstance(then, tuple) else (then,):
        if state == "#pop":
            del stack[max(len(stack) - 1, 1) :]
        else:
            stack.append(stack[-1] if state == "#push" else state)


class _Rules(dict[str, tuple[_Rule, ...]]):
    """The rules of a state by the character they are to begin with, ``""`` for the end of the text."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        super().__init__()
        self._rules = tuple(rules)
        self._begins = [_begins(match.__self__) for match, _, _ in self._rules]  # type: ignore[attr-defined]

    def __missing__(self, character: str) -> tuple[_Rule, ...]:
        if character and character not in _KNOWN:
            return self._rules
        self[character] = tuple(rule for rule, begins in zip(self._rules, self._begins, strict=True) if character in begins)
        return self[character]


class LazyStates(dict[str, list[_Rule]]):
    """What Pygments makes of a lexer's definitions, made when a state is entered: few of them are. To be its ``_tokens``."""

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self._kind = kind
        self._definitions = kind.get_tokendefs()
        self._lock = Lock()

    def __missing__(self, name: str) -> list[_Rule]:
        if name not in self._definitions:
            raise KeyError(name)
        with self._lock:
            # Pygments fills a state where it stands: no other thread may see it half made, and no time limit leave it so.
            made = dict(self)
            self._kind._process_state(self._definitions, made, name)
            self.update(made)
        return made[name]


def make_lazy(kind: Any) -> None:
    """Spare the lexers of a class the work of compiling all expressions when the first of them is made."""
    if issubclass(kind, RegexLexer) and "_tokens" not in vars(kind) and not getattr(kind, "token_variants", False):
        kind._all_tokens, kind._tmpname = {}, 0
        kind._tokens = LazyStates(kind)


class _States(dict[str, _Rules]):
    def __init__(self, rules: dict[str, list[_Rule]]) -> None:
        super().__init__()
        self._all = rules

    def __missing__(self, name: str) -> _Rules:
        self[name] = _Rules(self._all[name])
        return self[name]


@cache
def _states(kind: type) -> _States:
    return _States(kind._tokens)  # type: ignore[attr-defined]


class _UnclearError(Exception):
    """An expression that is not understood."""


# A longer one is a list of words, and to parse it costs more than it saves.
_MAX_EXPRESSION = 500


@cache
def _begins(expression: re.Pattern[str]) -> frozenset[str]:
    """The known characters that a match can begin with, ``""`` for the end of the text. In doubt all of them."""
    if len(expression.pattern) > _MAX_EXPRESSION:
        return _ALL
    beginning = _Beginning(any_case=bool(expression.flags & re.IGNORECASE))
    try:
        if beginning.may_be_empty(expressions.parse(expression.pattern, expression.flags)):
            return _ALL
    except _UnclearError:
        return _ALL
    return frozenset(beginning.characters)


class _Beginning:
    """Gathers the characters that an expression can begin with."""

    def __init__(self, *, any_case: bool) -> None:
        self.characters: set[str] = set()
        self._any_case = any_case

    def may_be_empty(self, sequence: Iterable[_Node]) -> bool:
        """Whether a sequence can match nothing. If not, what it can begin with is among the characters.

        Raises:
            _UnclearError: there is more to it, such as flags for a part of it, or a group that is named again.
        """
        for op, value in sequence:
            if op in {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}:
                self._add(op, value)
                return False
            if op not in {ops.AT, ops.ASSERT, ops.ASSERT_NOT} and not self._group_may_be_empty(op, value):
                return False
        return True

    def _group_may_be_empty(self, op: Any, value: Any) -> bool:
        if op is ops.SUBPATTERN and not value[1] and not value[2]:
            return self.may_be_empty(value[3])
        if op is ops.ATOMIC_GROUP:
            return self.may_be_empty(value)
        if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
            return self.may_be_empty(value[2]) or not value[0]
        if op is ops.BRANCH:
            return True in [self.may_be_empty(branch) for branch in value[1]]
        raise _UnclearError

    def _add(self, op: Any, value: Any) -> None:
        """Where case does not matter, some characters beyond ASCII are equal to one within."""
        items = value if op is ops.IN else [(op, value)]
        listed = {character for item in items for character in _listed(*item)}
        if not self._any_case:
            self.characters |= _KNOWN - listed if items[0][0] is ops.NEGATE else listed
        elif items[0][0] in {ops.NEGATE, ops.NOT_LITERAL} or any(_is_beyond_ascii(*item) for item in items):
            self.characters |= _KNOWN
        else:
            self.characters.update(map(str.lower, listed), map(str.upper, listed))


def _is_beyond_ascii(op: Any, value: Any) -> bool:
    return (op is ops.LITERAL and value > 127) or (op is ops.RANGE and value[1] > 127)


def _listed(op: Any, value: Any) -> Iterable[str]:
    """The known characters that one item of a class stands for."""
    if op is ops.LITERAL:
        return chr(value)
    if op is ops.RANGE:
        return map(chr, range(value[0], min(value[1], 127) + 1))
    if op is ops.CATEGORY:
        return _in_category(str(value))
    return () if op is ops.NEGATE else _KNOWN - {chr(value)} if op is ops.NOT_LITERAL else _KNOWN


@cache
def _in_category(name: str) -> frozenset[str]:
    kind = name.rpartition("_")[2]
    test = {"SPACE": str.isspace, "DIGIT": str.isdigit}.get(kind, lambda character: character.isalnum() or character == "_")
    inside = frozenset(filter(test, _KNOWN))
    return _KNOWN - inside if "_NOT_" in name else inside

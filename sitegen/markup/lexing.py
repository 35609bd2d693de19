"""Pygments' lexers without the rules that cannot match.

A lexer tries the rules of its state one by one, some twenty for each token. Which characters a rule can begin with stands in its
expression: rules that cannot begin with the next character are left out. What is left is tried in the same order, so the tokens
are the same. It could be done upstream, where the expressions are compiled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
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
        self[character] = tuple(rule for rule, begins in zip(self._rules, self._begins, strict=True) if begins(character))
        return self[character]


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


def _begins(expression: re.Pattern[str]) -> Callable[[str], bool]:
    """A test of a known character: whether a match can begin with it. In doubt it can."""
    nodes: list[_Node] = []
    try:
        if _may_be_empty(expressions.parse(expression.pattern, expression.flags), nodes):
            return _always
    except _UnclearError:
        return _always
    any_case = bool(expression.flags & re.IGNORECASE)
    return lambda character: bool(character) and any(_fits(node, character, any_case=any_case) for node in nodes)


def _always(_character: str) -> bool:
    return True


def _may_be_empty(sequence: Iterable[_Node], nodes: list[_Node]) -> bool:
    """Whether a sequence can match nothing; what its first character can be goes to `nodes`.

    Raises:
        _UnclearError: there is more to it, such as flags for a part of it, or a group that is named again.
    """
    for op, value in sequence:
        if op in {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}:
            nodes.append((op, value))
            return False
        if op in {ops.AT, ops.ASSERT, ops.ASSERT_NOT}:
            continue
        if not _group_may_be_empty(op, value, nodes):
            return False
    return True


def _group_may_be_empty(op: Any, value: Any, nodes: list[_Node]) -> bool:
    if op is ops.SUBPATTERN and not value[1] and not value[2]:
        return _may_be_empty(value[3], nodes)
    if op is ops.ATOMIC_GROUP:
        return _may_be_empty(value, nodes)
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}:
        return _may_be_empty(value[2], nodes) or not value[0]
    if op is ops.BRANCH:
        return any([_may_be_empty(branch, nodes) for branch in value[1]])
    raise _UnclearError


def _fits(node: _Node, character: str, *, any_case: bool) -> bool:
    """Whether a node can match a known character. Where case does not matter, some beyond ASCII are equal to one within."""
    op, value = node
    variants = {character, character.lower(), character.upper()} if any_case else {character}
    if op is ops.IN:
        negated = value[0][0] is ops.NEGATE
        if any_case and (negated or any(_is_beyond_ascii(item) for item in value)):
            return True
        return any(_is_listed(item, one) for item in value for one in variants) != negated
    if op is ops.LITERAL:
        return (any_case and value > 127) or any(ord(one) == value for one in variants)
    return op is ops.ANY or any_case or ord(character) != value


def _is_beyond_ascii(item: _Node) -> bool:
    op, value = item
    return (op is ops.LITERAL and value > 127) or (op is ops.RANGE and value[1] > 127)


def _is_listed(item: _Node, character: str) -> bool:
    op, value = item
    if op is ops.LITERAL:
        return ord(character) == value
    if op is ops.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return op is ops.CATEGORY and _is_in_category(str(value), character)


def _is_in_category(name: str, character: str) -> bool:
    kind = name.rpartition("_")[2]
    inside = character.isspace() if kind == "SPACE" else character.isdigit() if kind == "DIGIT" else character.isalnum() or character == "_"
    return inside != ("_NOT_" in name)

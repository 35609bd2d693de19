"""The house rules that a parser can see: shapes, errors that are not swallowed, nothing that runs what it reads, honest locks."""

from __future__ import annotations

import ast
import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
# Without the sites of other generators and what is installed there.
BENCHMARKS = [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "benchmarks" / "peers").glob("*.py")]
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted([*(ROOT / "sitegen").rglob("*.py"), *BENCHMARKS, ROOT / "build.py"])
}

MODULE_LINES = 300
FUNCTION_LINES = 60
# It turns a bug of ours into a traceback and an exit code.
LAST_STOP = "sitegen/cli/__init__.py"
# They run what they read, or write what such a one reads.
UNSAFE_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "code", "codeop"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_LOADERS = {"load", "load_all", "full_load", "unsafe_load"}

Node = TypeVar("Node", bound=ast.AST)


@functools.cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(text, filename=name) for name, text in SOURCES.items()}


def nodes(kind: type[Node]) -> Iterator[tuple[str, Node]]:
    """Every node of that kind, with the file it is in."""
    for name, tree in trees().items():
        yield from ((name, node) for node in ast.walk(tree) if isinstance(node, kind))


def test_modules_are_short():
    assert {name: lines for name, text in SOURCES.items() if (lines := text.count("\n")) > MODULE_LINES} == {}


def test_functions_are_short():
    functions: list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]] = [*nodes(ast.FunctionDef), *nodes(ast.AsyncFunctionDef)]
    lengths = {f"{name}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1 for name, node in functions}
    assert {name: lines for name, lines in lengths.items() if lines >= FUNCTION_LINES} == {}


def test_every_module_says_what_it_is_for():
    assert [name for name, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_no_except_is_broad():
    broad = [name for name, node in nodes(ast.ExceptHandler) if _is_broad(node.type)]
    assert [name for name in broad if name != LAST_STOP] == []
    assert broad.count(LAST_STOP) <= 1


def _is_broad(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(map(_is_broad, kind.elts))
    return kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})


def test_no_module_that_runs_what_it_reads_is_imported():
    plain = [(name, alias.name, node.lineno) for name, node in nodes(ast.Import) for alias in node.names]
    named = [(name, node.module or "", node.lineno) for name, node in nodes(ast.ImportFrom)]
    assert [f"{name}:{line} {module}" for name, module, line in plain + named if module.partition(".")[0] in UNSAFE_MODULES] == []


def test_nothing_is_run_that_was_read():
    assert [f"{name}:{node.lineno}" for name, node in nodes(ast.Call) if _is_unsafe(node)] == []


def _is_unsafe(node: ast.Call) -> bool:
    match node.func:
        case ast.Name(id=called):
            return called in UNSAFE_CALLS
        case ast.Attribute(value=ast.Name(id="yaml"), attr=called):
            return called in UNSAFE_LOADERS
    return any(keyword.arg == "shell" for keyword in node.keywords)


def test_nothing_is_left_for_later():
    assert {name: found for name, text in SOURCES.items() if (found := re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", text))} == {}


# The locks.

REQUIREMENT = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def locked(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(name): version for name, version in REQUIREMENT.findall(text)}


def wanted(*, dev: bool) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + (project["optional-dependencies"]["dev"] if dev else [])
    return [requirement for requirement in map(Requirement, lines) if not requirement.marker]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_the_project_wants(lock: str):
    versions = locked(lock)
    missing = [
        str(requirement)
        for requirement in wanted(dev="dev" in lock)
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), "0"), prereleases=True)
    ]
    assert missing == [], "run `make lock`"


def test_the_locks_agree():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:index-url|extra-index-url|find-links|trusted-host)", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_for_every_package(lock: str):
    entries = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_pattern_has_a_possessive_group():
    """Debian 12 has Python 3.11.2, where such a group forgets to go back inside (gh-106052); an atomic group does the same right."""
    group = re.compile(r"(?<!\\)\)[*+?]\+(?!,)")
    texts = [(name, node) for name, node in nodes(ast.Constant) if isinstance(node.value, str)]
    assert [f"{name}:{node.lineno}" for name, node in texts if group.search(str(node.value))] == []

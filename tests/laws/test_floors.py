"""The first law: imports point down.

A module stands on the floor of its name below `sitegen`, as does all of a package. It imports from lower floors; modules of one
package import each other, without a circle. An import inside a function counts like any other, and only the modules that answer
for a quick start may have one.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "sitegen"

FLOORS = {
    0: ["errors"],
    1: ["report", "yaml_nodes", "files", "urls", "html_scan", "nearest", "tracing"],
    2: ["cache", "encryption", "formats", "ignores", "lock", "search", "stylesheets", "workers"],
    3: [
        "config",
        "frontmatter",
        "markup",
        "links",
        "git",
        "i18n",
        "manifest",
        "assets",
        "mojibake",
        "colours",
        "words",
        "cluster",
        "external",
        "pictures",
        "vaults",
    ],
    4: ["keyring", "pages", "schema", "snapshot", "theme"],
    5: ["site"],
    6: ["views"],
    7: ["app", "faults"],
    8: ["fmt", "freeze", "serve", "scaffold", "inventory", "progress"],
    9: ["check"],
    10: ["cli"],
    11: ["__main__"],
}
FLOOR_OF = {name: floor for floor, names in FLOORS.items() for name in names}
# The package itself offers `create_app`, and the commands load only what they run.
QUICK_STARTERS = {"sitegen", "sitegen.cli", "sitegen.cli.authoring", "sitegen.cli.password"}


@dataclass(frozen=True, slots=True)
class Import:
    """One module of ours named by another; `lazily` inside a function."""

    module: str
    line: int
    lazily: bool


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def room(module: str) -> str:
    """The file or package directly below `sitegen` that `module` is or lies in; empty for `sitegen` itself."""
    return module.partition(".")[2].partition(".")[0]


def imports(tree: ast.AST, *, lazily: bool = False) -> Iterator[Import]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, lazily) for alias in node.names if is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom) and is_ours(node.module or ""):
            yield from (Import(target(node.module or "", alias.name), node.lineno, lazily) for alias in node.names)
        else:
            yield from imports(node, lazily=lazily or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))


def is_ours(module: str) -> bool:
    return module == "sitegen" or module.startswith("sitegen.")


def target(module: str, name: str) -> str:
    """``from sitegen import urls`` names a module; ``from sitegen.urls import href`` what is in one."""
    return f"{module}.{name}" if f"{module}.{name}" in MODULES else module


@functools.cache
def imports_by_module() -> dict[str, list[Import]]:
    return {module: list(imports(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))) for module, path in MODULES.items()}


def all_imports() -> Iterator[tuple[str, Import]]:
    """Every import of ours by ours, with the module it is in."""
    for module, found in imports_by_module().items():
        yield from ((module, each) for each in found)


def test_no_room_stands_on_two_floors():
    assert len(FLOOR_OF) == sum(map(len, FLOORS.values()))


def test_every_module_has_a_floor():
    missing = {module for module in MODULES if module != "sitegen" and room(module) not in FLOOR_OF}
    assert missing == set(), "give it a floor, here and in the architecture page"


def test_imports_point_down():
    upward = [
        f"{module}:{found.line} imports {found.module}"
        for module, found in all_imports()
        if room(module) and room(found.module) not in {"", room(module)} and floor(found.module) >= floor(module)
    ]
    assert upward == []


def floor(module: str) -> int:
    """The floor of `module`; one that has none yet is another test's to name."""
    return FLOOR_OF.get(room(module), -1)


def test_no_import_hides_in_a_function():
    assert [f"{module}:{found.line}" for module, found in all_imports() if found.lazily and module not in QUICK_STARTERS] == []


def test_the_package_itself_imports_nothing_at_once():
    assert [found for found in imports_by_module()["sitegen"] if not found.lazily] == []


def test_no_import_is_for_type_checkers_alone():
    assert [module for module, path in MODULES.items() if "TYPE_CHECKING" in path.read_text(encoding="utf-8")] == []


def test_no_package_has_a_circle():
    graph = {module: {each.module for each in found if not each.lazily} for module, found in imports_by_module().items()}
    assert [" -> ".join(circle) for module in MODULES for circle in circles(graph, (module,))] == []


def circles(graph: dict[str, set[str]], trail: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The ways back to the module a trail began with, within its package."""
    for found in sorted(graph.get(trail[-1], ())):
        if found == trail[0]:
            yield (*trail, found)
        elif found not in trail and room(found) == room(trail[0]):
            yield from circles(graph, (*trail, found))


# The law itself, tried on text.


def lines(text: str) -> list[tuple[str, bool]]:
    return [(found.module, found.lazily) for found in imports(ast.parse(text))]


def test_a_module_named_from_the_package_is_found():
    assert lines("from sitegen import urls, __version__") == [("sitegen.urls", False), ("sitegen", False)]


def test_a_name_from_a_module_is_found():
    assert lines("from sitegen.urls import href") == [("sitegen.urls", False)]


def test_an_import_in_a_function_is_found():
    assert lines("def f():\n    if True:\n        import sitegen.urls") == [("sitegen.urls", True)]


def test_an_import_under_a_condition_is_not_lazy():
    assert lines("try:\n    import sitegen.urls\nexcept ImportError:\n    pass") == [("sitegen.urls", False)]

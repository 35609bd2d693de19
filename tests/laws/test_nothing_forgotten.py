"""What is kept of the site's pages is kept by a question or an aggregate, which note what it came from."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SITE = Path(__file__).parents[2] / "sitegen" / "site"
_KEEPING = frozenset({"cached_property", "cache", "lru_cache"})
# What is kept by other means, and why nobody has to note it.
ALLOWED = {
    ("site/__init__.py", "_data"): "the raw files; `datum` notes the input, and its digest is made of this",
    ("site/__init__.py", "_template_names"): "the raw names; `has_template` notes the input",
    ("site/inputs.py", "_all"): "the raw pages; `all` is an aggregate of them",
    ("site/inputs.py", "_published"): "the raw pages; `published` is an aggregate of them, and `page_of` notes the one it takes",
    ("site/cards.py", "_known_authors"): "made of settings alone",
    ("site/inputs.py", "_digests"): "the digests of the inputs themselves, which no question reads",
    ("site/vault.py", "_all"): "as that of the inputs",
    ("site/vault.py", "_data"): "that of the public site, which notes it",
    **{
        ("site/vault.py", name): "of the group's own pages, of which a MAC is the one input `vault`"
        for name in ("by_path", "own", "own_names", "_ranks")
    },
    **{("site/trees.py", name): "of a branch, which `tree_of` makes in an aggregate" for name in ("children", "whole", "shut", "row")},
}


def keepers() -> Iterator[tuple[str, str]]:
    """Every function of the site that keeps what it returned, or makes something that does."""
    for path in sorted(SITE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(_names(each) & _KEEPING for each in (*node.decorator_list, *node.body)):
                yield path.relative_to(SITE.parent).as_posix(), node.name


def _names(node: ast.AST) -> set[str]:
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def test_only_questions_and_aggregates_keep_what_is_made_of_pages() -> None:
    assert set(keepers()) == set(ALLOWED)

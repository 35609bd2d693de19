"""Python-Markdown makes every page: no other Markdown parser is named in sitegen, nor loaded by a build."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMES = "cmarkgfm commonmark docutils markdown2 markdown_it marko mdit_py_plugins misaka mistletoe mistune myst_parser paka"
OTHERS = frozenset(NAMES.split())


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def test_no_module_imports_another_parser():
    paths = [*(ROOT / "sitegen").rglob("*.py"), ROOT / "build.py"]
    assert {path.name: found for path in paths if (found := imported(path) & OTHERS)} == {}


def test_no_build_loads_another_parser(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "about.md").write_text("# About\n\n- a\n  - b\n\n| a |\n|---|\n\n$$\nx\n$$\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text("title: T\nurl: https://example.org/\n", encoding="utf-8")
    code = (
        "import sys\nfrom pathlib import Path\nfrom sitegen.freeze import build_site\n"
        "build_site(Path(sys.argv[1]), Path(sys.argv[1], 'build'))\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, text=True, capture_output=True, check=True)
    loaded = set(done.stdout.split())
    assert "markdown" in loaded
    assert loaded & OTHERS == set()

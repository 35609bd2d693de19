"""The files under content/: which of them count, and which are pages."""

from __future__ import annotations

from sitegen import files
from sitegen.config import Settings
from sitegen.errors import Problem

CONTENT = "content"
_SUFFIXES = (".md", ".markdown")
_INDEXES = frozenset({"index", "_index", "readme"})
_SHOWN_UNDERSCORES = frozenset({"_index.md", "_index.markdown", "_drafts", "_posts"})


def is_shown(name: str) -> bool:
    """Whether a file or folder of this name under content/ counts: not dotfiles, editors' backups and ``_partials``."""
    if name.startswith("."):
        return name == ".well-known"
    return not name.endswith("~") and (not name.startswith("_") or name in _SHOWN_UNDERSCORES)


def is_page(name: str) -> bool:
    """Whether the file is a page, and not a picture or a download beside one."""
    return name.lower().endswith(_SUFFIXES)


def is_index(name: str) -> bool:
    """Whether the file is the page of its folder, in any language: what lies beside it is a part of it."""
    return is_page(name) and name.rpartition("/")[2].partition(".")[0].lower() in _INDEXES


def walk_content(settings: Settings) -> files.Walked:
    """Every file under content/ that counts, with what is wrong with the others."""
    root = settings.root / CONTENT
    if not root.resolve().is_relative_to(settings.root):
        message = "is a symbolic link that leads out of the site"
        return files.Walked((), (Problem("symlink", message, path=CONTENT, hint="copy the folder into the site instead"),))
    return files.walk(root, within=root, shown=is_shown, base=settings.root)

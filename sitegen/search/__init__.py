"""The index that readers search in their own browser, made by Pagefind, which the extra ``sitegen[search]`` brings."""

from sitegen.search.pagefind import ENGINE, FOLDER, INSTALL, PagefindError, engine, indexed, is_installed, version
from sitegen.search.text import Hit, reduced, text_of

__all__ = ["ENGINE", "FOLDER", "INSTALL", "Hit", "PagefindError", "engine", "indexed", "is_installed", "reduced", "text_of", "version"]

"""The index that readers search in their own browser, made by Pagefind, which the extra ``sitegen[search]`` brings."""

from sitegen.search.pagefind import FOLDER, INSTALL, PagefindError, indexed, is_installed, version
from sitegen.search.text import Shown, reduced, text_of

__all__ = ["FOLDER", "INSTALL", "PagefindError", "Shown", "indexed", "is_installed", "reduced", "text_of", "version"]

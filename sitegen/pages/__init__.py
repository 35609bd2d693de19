"""Content files made into pages: read once, front matter and body through the cache, whole when they exist."""

from sitegen.pages.extensions import extension_sources, make_importable
from sitegen.pages.flatpages import Pages
from sitegen.pages.naming import language_of, place
from sitegen.pages.page import Page, Status
from sitegen.pages.reader import CONTENT, Reader, Source, is_page, walk_content

__all__ = [
    "CONTENT",
    "Page",
    "Pages",
    "Reader",
    "Source",
    "Status",
    "extension_sources",
    "is_page",
    "language_of",
    "make_importable",
    "place",
    "walk_content",
]

"""Content files made into pages: read once, front matter and body through the cache, whole when they exist."""

from sitegen.pages.drawings import Drawing
from sitegen.pages.extensions import extension_files, extension_sources, make_importable
from sitegen.pages.facts import Facts, Kept, Learnt
from sitegen.pages.flatpages import Pages
from sitegen.pages.labels import labels_of
from sitegen.pages.languages import language_of
from sitegen.pages.naming import place
from sitegen.pages.origins import origin_of
from sitegen.pages.page import Page, Status, body
from sitegen.pages.reader import Reader
from sitegen.pages.walking import CONTENT, is_page, walk_content

__all__ = [
    "CONTENT",
    "Drawing",
    "Facts",
    "Kept",
    "Learnt",
    "Page",
    "Pages",
    "Reader",
    "Status",
    "body",
    "extension_files",
    "extension_sources",
    "is_page",
    "labels_of",
    "language_of",
    "make_importable",
    "origin_of",
    "place",
    "walk_content",
]

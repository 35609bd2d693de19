"""The paths of generated pages. Pure: the plan, the questions and the routes all take them from here."""

from __future__ import annotations

FORMATS = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}
NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
MEDIA_TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


def numbered(base: str, number: int) -> str:
    """Page `number` of the list at `base`: the first is the base itself."""
    return base if number == 1 else f"{base}page/{number}/"


def month(base: str, year: int, number: int = 0) -> str:
    """The archive of a year, or of a month in it."""
    return f"{base}{year:04}/" + (f"{number:02}/" if number else "")


def taxonomy(name: str, home: str) -> str:
    """The overview of all terms; `home` is the language's home."""
    return f"{home}{name}/"


def term(name: str, slug: str, home: str) -> str:
    """The archive of one term."""
    return f"{home}{name}/{slug}/"


def feed(base: str, kind: str) -> str:
    """The feed of one format that belongs to the page at `base`."""
    return base + FORMATS[kind]


def feeds(home: str) -> str:
    """The list of all feeds; `home` is the language's home."""
    return f"{home}feeds/"

"""The posts that every generator builds: read from a folder, or made up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

# No generator agrees with another on what these are, and XML forbids most of them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Post:
    """What every generator is given, each in its own format. `body` is Markdown and ends in a line break."""

    slug: str
    title: str
    date: date
    tags: tuple[str, ...]
    body: str


class CorpusError(Exception):
    """A folder that is no corpus, or a file in it that is no post."""


def read_posts(folder: Path) -> tuple[Post, ...]:
    """The posts of a folder of Markdown files, in the order of their names.

    Raises:
        CorpusError: there are none, or one lacks front matter with `title` and `date`.
    """
    posts = tuple(_read(path) for path in sorted(folder.glob("*.md")))
    if not posts:
        raise CorpusError(f"there are no *.md files in {folder}")
    return posts


def _read(path: Path) -> Post:
    text = path.read_text(encoding="utf-8")
    found = _FRONT_MATTER.match(text)
    meta = yaml.safe_load(found[1]) if found else None
    if not found or not isinstance(meta, dict) or not isinstance(meta.get("date"), date) or not meta.get("title"):
        raise CorpusError(f"{path}: expected YAML front matter with a title and a date")
    written = meta["date"]
    day = date(written.year, written.month, written.day)
    tags = tuple(map(str, meta.get("tags") or ()))
    return Post(slug=path.stem, title=str(meta["title"]), date=day, tags=tags, body=_body(text[found.end() :]))


def _body(text: str) -> str:
    return _CONTROLS.sub("", text).strip("\n") + "\n"


def multiply(posts: Sequence[Post], copies: int) -> tuple[Post, ...]:
    """`copies` times the posts. Each copy has slugs of its own, and so file names and addresses."""
    return tuple(replace(post, slug=f"{post.slug}-{number}") if number else post for number in range(copies) for post in posts)

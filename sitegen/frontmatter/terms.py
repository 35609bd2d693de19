"""Tags, categories, series and authors: what a page belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from sitegen.frontmatter.fields import Field, Fields, flag_word, is_null
from sitegen.frontmatter.keys import folded
from sitegen.frontmatter.meta import Author, Series
from sitegen.yaml_nodes import Mapping, Node, Scalar, Sequence, find

_COLLECTION_MARKERS = frozenset({"post", "posts", "all"})
_NAMES = ("label", "name", "title")
# A page of the web, or one of this site.
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f]+|/(?!/)[^\s\x00-\x1f\x7f]*", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")


def read_tags(fields: Fields) -> tuple[str, ...]:
    """Each tag once, in its first spelling. The words by which Eleventy marks a collection are none."""
    field = fields.first("tags") or (fields.first("keywords") if fields.split.dialect == "header" else None)
    if field is None or flag_word(field.value) is False:
        return ()
    unique: dict[str, str] = {}
    for name in _names(fields, field, spaces="layout" in fields.written):
        unique.setdefault(name.casefold(), name)
    return tuple(name for folded_name, name in unique.items() if folded_name not in _COLLECTION_MARKERS)


def read_categories(fields: Fields) -> tuple[tuple[str, ...], ...]:
    """Each category once, as the path of its names."""
    field = fields.first("categories")
    if field is None or flag_word(field.value) is False:
        return ()
    unique: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path in _paths(fields, field):
        if path:
            unique.setdefault(tuple(name.casefold() for name in path), path)
    return tuple(unique.values())


def _paths(fields: Fields, field: Field) -> Iterator[tuple[str, ...]]:
    value = field.value
    if isinstance(value, Scalar) and field.name.endswith("category"):
        yield _levels(value.text)
        return
    if not isinstance(value, Sequence):
        yield from map(_levels, _names(fields, field, spaces="layout" in fields.written))
        return
    for item in value.items:
        if isinstance(item, Sequence):
            yield tuple(name for part in item.items for name in _levels(_name(fields, field, part)))
        else:
            yield _levels(_name(fields, field, item))


def _levels(name: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in name.split("/") if part.strip())


def _names(fields: Fields, field: Field, *, spaces: bool) -> list[str]:
    """The names in a list, or in one text by its own separators."""
    value = field.value
    if isinstance(value, Sequence):
        names = [_name(fields, field, item) for item in value.items]
    elif isinstance(value, Scalar):
        names = _parts(value.text, spaces=spaces)
    else:
        fields.bad(field, "a list of names", "write it as a list: [one, two]")
        return []
    return [name for name in names if name]


def _parts(text: str, *, spaces: bool = False) -> list[str]:
    """A text of several names: between semicolons, else commas or line ends, else (for Jekyll) spaces."""
    if ";" in text:
        parts = text.split(";")
    elif "," in text or "\n" in text:
        parts = re.split(r"[,\n]", text)
    else:
        parts = text.split() if spaces else [text]
    return [" ".join(part.split()) for part in parts if part.strip()]


def _name(fields: Fields, field: Field, node: Node) -> str:
    """One name: a text, or a mapping that has one."""
    if isinstance(node, Scalar):
        return "" if is_null(node) else " ".join(node.text.split())
    if isinstance(node, Mapping):
        name = next((text for key in _NAMES if (text := _entry(node, key))), "")
        if name:
            return name
    fields.bad(field, "a list of names", node=node)
    return ""


def _entry(node: Mapping, *names: str) -> str:
    """The text under the first of `names` that the mapping has."""
    entries = {folded(key.text): value for key, value in node.pairs}
    found = (entries[name] for name in names if name in entries)
    return next((" ".join(value.text.split()) for value in found if isinstance(value, Scalar) and not is_null(value)), "")


def read_series(fields: Fields) -> Series | None:
    """The one series of the page: a name, the first of a list, or a mapping of name and order."""
    field = fields.first("series")
    if field is None or flag_word(field.value) is False:
        return None
    value = field.value
    if isinstance(value, Sequence) and value.items:
        value = value.items[0]
    if isinstance(value, Mapping):
        return _series_of(fields, field, value)
    name = " ".join(value.text.split()) if isinstance(value, Scalar) else ""
    if not name:
        fields.bad(field, "a name, or a mapping of `name` and `order`", node=value)
        return None
    return Series(name, _whole(fields, fields.number("series_order")))


def _series_of(fields: Fields, field: Field, value: Mapping) -> Series | None:
    name = _entry(value, *_NAMES)
    if not name:
        fields.bad(field, "a name, or a mapping of `name` and `order`", "give the series a `name:`")
        return None
    order = _entry(value, "order", "part", "weight", "index")
    if order and not order.isdecimal():
        line, column = find(value, ("order",))
        fields.bad(field, "a whole number as its `order`", node=Scalar(order, line, column))
        return Series(name)
    return Series(name, int(order[:9]) if order else _whole(fields, fields.number("series_order")))


def _whole(fields: Fields, number: float | None) -> int | None:
    if number is None:
        return None
    if number != int(number):
        field = fields.first("series_order")
        if field is not None:
            fields.bad(field, "a whole number")
        return None
    return int(number)


def read_authors(fields: Fields, known: Collection[str] | None) -> tuple[Author, ...]:
    """Each author once, by the id, the name or the mapping that the page gives."""
    field = fields.first("authors")
    if field is None or flag_word(field.value) is False:
        return ()
    items = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    unique: dict[str, Author] = {}
    for item in items:
        for author in _authors(fields, field, item, known or ()):
            unique.setdefault(author.id.casefold(), author)
            if known and author.id not in known and not author.name and _ID.fullmatch(author.id):
                fields.report("unknown-author", f"the author `{author.id}` is not known", item, "add them under `authors:` in site.yaml")
    authors = tuple(unique.values())
    authors = (_completed(fields, authors[0]),) if len(authors) == 1 else authors
    return tuple(_with_safe_url(fields, field, author) for author in authors)


def _with_safe_url(fields: Fields, field: Field, author: Author) -> Author:
    """The author without an address that is none of the web's: it becomes a link."""
    if not author.url or _WEB.fullmatch(author.url):
        return author
    message = f"the address of the author `{author.id}` is no web address"
    fields.report("bad-value", message, field.value, "write a whole one, such as https://example.org/")
    return replace(author, url="")


def _authors(fields: Fields, field: Field, node: Node, known: Collection[str]) -> Iterator[Author]:
    if isinstance(node, Mapping):
        author = _author_of(node)
        if author.id:
            yield author
            return
    if not isinstance(node, Scalar):
        fields.bad(field, "ids, names, or mappings with a `name`", node=node)
        return
    if is_null(node):
        return
    names = _parts(node.text) if not isinstance(field.value, Sequence) else [" ".join(node.text.split())]
    if len(names) == 1:
        both = [name.strip() for name in names[0].split(" and ")]
        names = both if all(name in known if known else _ID.fullmatch(name) for name in both) else names
    yield from map(Author, filter(None, names))


def _author_of(node: Mapping) -> Author:
    name = _entry(node, "name", "label")
    return Author(
        _entry(node, "id", "key", "login", "username") or name,
        name,
        _entry(node, "url", "link", "website", "homepage"),
        _entry(node, "email"),
        _entry(node, "image", "image_url", "imageurl", "avatar", "picture"),
        _entry(node, "bio", "description", "title"),
    )


def _completed(fields: Fields, author: Author) -> Author:
    """The one author with what Docusaurus' older keys say beside them."""
    return Author(
        author.id,
        author.name,
        author.url or fields.text("author_url"),
        author.email or fields.text("author_email"),
        author.image or fields.text("author_image"),
        author.bio or fields.text("author_bio"),
    )

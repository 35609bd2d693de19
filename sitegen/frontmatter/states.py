"""What a page is at the moment: draft, unlisted, left out, pinned; and what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.frontmatter.fields import Field, Fields, flag_word, is_null
from sitegen.nearest import most_like
from sitegen.yaml_nodes import Mapping, Node, Scalar, Sequence

STATUSES = {
    "draft": "draft",
    "pending": "draft",
    "auto-draft": "draft",
    "hidden": "unlisted",
    "private": "unlisted",
    "skip": "skip",
    "trash": "skip",
    "featured": "pin",
    "publish": "",
    "published": "",
    "future": "",
    "inherit": "",
    "new": "",
    "deprecated": "",
}


@dataclass(frozen=True, slots=True)
class States:
    """The truths of one page that more than one key can tell."""

    draft: bool
    unlisted: bool
    skip: bool
    noindex: bool
    searchable: bool
    pin: bool
    comments: bool | None
    toc: bool | None


def read_states(fields: Fields) -> States:
    """What the keys of all tools say together: one that keeps the page from readers is enough."""
    status = _status(fields)
    return States(
        draft=bool(fields.flag("draft")) or _is_unpublished(fields) or status == "draft",
        unlisted=bool(fields.flag("unlisted")) or status == "unlisted" or _is_never(fields, "listed"),
        skip=bool(fields.flag("skip")) or status == "skip" or _is_never(fields, "render"),
        noindex=bool(fields.flag("noindex")) or "noindex" in _words(fields.first("robots")),
        searchable=_is_searchable(fields),
        pin=_is_pinned(fields) or status == "pin",
        comments=_unless(fields, "nocomments", _lenient(fields, "comments")),
        toc=_toc(fields),
    )


def _status(fields: Fields) -> str:
    field = fields.first("status")
    if field is None:
        return ""
    word = fields.scalar(field).lower()
    if word and word not in STATUSES:
        near = most_like(word, STATUSES)
        fields.bad(field, "draft, hidden, private, skip, featured or published", f"write `{near}`" if near else "")
    return STATUSES.get(word, "")


def _is_unpublished(fields: Fields) -> bool:
    """``published: false``. Where `published` holds a date it says nothing here."""
    field = fields.first("published")
    return field is not None and not has_digit(field.value) and fields.truth(field) is False


def has_digit(node: Node) -> bool:
    """Whether a value looks like a date more than like a truth."""
    return isinstance(node, Scalar) and any(character.isdigit() for character in node.text)


def _is_never(fields: Fields, name: str) -> bool:
    """Hugo's ``never``, and false."""
    field = fields.first(name)
    if field is None or isinstance(field.value, Mapping):
        return False
    word = fields.scalar(field).lower()
    if word in {"never", "always", "local", "link"}:
        return word == "never" or (word == "local" and name == "listed")
    return fields.truth(field) is False


def _is_searchable(fields: Fields) -> bool:
    excluded = fields.flag("unsearchable")
    field = fields.first("searchable")
    if field is None or isinstance(field.value, Mapping):
        return not excluded
    return fields.truth(field) is not False and not excluded


def _is_pinned(fields: Fields) -> bool:
    """A truth, or Hexo's number: the higher, the further up."""
    field = fields.first("pin")
    if field is None:
        return False
    if isinstance(field.value, Scalar) and field.value.text.strip().isdecimal():
        return field.value.text.strip("0 ") != ""
    return bool(fields.truth(field))


def _lenient(fields: Fields, name: str) -> bool | None:
    """A truth; a mapping, a list or a number of settings counts as true."""
    field = fields.first(name)
    if field is None:
        return None
    if not isinstance(field.value, Scalar):
        return True
    text = field.value.text.strip()
    return text.strip("0") != "" if text.isdecimal() else fields.truth(field)


def _toc(fields: Fields) -> bool | None:
    field = fields.first("toc")
    if field is not None and isinstance(field.value, Scalar) and field.value.text.strip().lower() == "deep":
        return True
    if "toc" in _words(fields.first("hide")):
        return False
    return _unless(fields, "hide_toc", _lenient(fields, "toc"))


def _unless(fields: Fields, name: str, value: bool | None) -> bool | None:
    """`value`, unless the key that says the contrary is there."""
    contrary = fields.flag(name)
    return value if contrary is None else not contrary


def _words(field: Field | None) -> list[str]:
    if field is None:
        return []
    items = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    texts = [item.text for item in items if isinstance(item, Scalar) and not is_null(item) and flag_word(item) is None]
    return [word for text in texts for word in text.lower().replace(",", " ").split()]

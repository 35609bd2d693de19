"""The keys of ten generators to one `Meta`, with all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.errors import Problem
from sitegen.frontmatter.addresses import read_aliases, read_path, read_slug
from sitegen.frontmatter.fields import Field, Fields, asks, flag_word, is_null
from sitegen.frontmatter.fronts import read_features, read_hero
from sitegen.frontmatter.keys import KEYS, PROTECT, SECRETS, folded, is_known, nearest
from sitegen.frontmatter.lost import lost
from sitegen.frontmatter.meta import Meta
from sitegen.frontmatter.split import Split
from sitegen.frontmatter.states import has_digit, read_states
from sitegen.frontmatter.terms import read_authors, read_categories, read_series, read_tags
from sitegen.yaml_nodes import Mapping, Node, Scalar, Sequence, plain

_GIT_WORDS = {
    "last modified": "modified",
    "git last modified": "modified",
    "created": "created",
    "git created": "created",
}
# Where a picture written as a mapping has its address; of two for light and dark, the one for light counts.
_SOURCES = ("path", "src", "url", "image", "file", "relative_path", "light")
_TEMPLATES = {
    "article": "post",
    "blog": "post",
    "blog-page": "post",
    "blog-post": "post",
    "blog_post": "post",
    "blogpost": "post",
    "post": "post",
    "posts": "post",
    "doc": "doc",
    "docs": "doc",
    "page": "page",
    "pages": "page",
    "release": "release",
    "releases": "release",
    "home": "home",
    "false": "bare",
    "none": "bare",
    "null": "bare",
}
_TEMPLATE_END = re.compile(r"\.(?:html?|njk|liquid|jinja2?|hbs|ejs|pug|tsx?|jsx?|vue)\Z")
_INSTEAD = "write `protect: GROUP` instead, with the group's passwords in the environment or in a file outside the repository"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def normalise(split: Split, *, path: str, zone: ZoneInfo, known_authors: Collection[str] | None = None) -> tuple[Meta, tuple[Problem, ...]]:
    """What the front matter of one file means, and every mistake in it, by line; a bad value leaves its default.

    Dates come out in `zone`, which is also that of those that name none.
    An id that is not among the `known_authors`, where there are any, is told of.
    """
    fields = Fields(split, path=path, zone=zone)
    fields.problems += lost(split, path)
    if not split.meta.pairs:
        return Meta(), tuple(fields.problems)
    _check_keys(fields)
    _check_secrets(fields)
    dates = _read_dates(fields)
    states = read_states(fields)
    whole, has_no_address = read_path(fields)
    image, image_alt = _read_image(fields)
    meta = Meta(
        title=fields.text("title"),
        seo_title=fields.text("seo_title"),
        nav_title=fields.text("nav_title"),
        description=fields.text("description"),
        summary=_read_summary(fields),
        date=dates.date,
        date_only=dates.date_only,
        updated=dates.updated,
        expires=dates.expires,
        git_dates=dates.git,
        slug=read_slug(fields),
        path=whole,
        aliases=read_aliases(fields),
        redirect=fields.text("redirect"),
        draft=states.draft,
        protect=fields.group(PROTECT),
        public_title=fields.text("public_title"),
        unlisted=states.unlisted,
        skip=states.skip or has_no_address,
        noindex=states.noindex,
        searchable=states.searchable,
        tags=read_tags(fields),
        categories=read_categories(fields),
        series=read_series(fields),
        authors=read_authors(fields, known_authors),
        image=image,
        image_alt=image_alt,
        weight=fields.number("weight"),
        template=_read_template(fields),
        lang=_read_lang(fields),
        translation_key=fields.text("translation_key"),
        math=fields.flag("math"),
        comments=states.comments,
        toc=states.toc,
        pin=states.pin,
        hero=read_hero(fields),
        features=read_features(fields),
        extra=_read_extra(fields),
    )
    unique = dict.fromkeys(fields.problems)
    return meta, tuple(sorted(unique, key=lambda problem: (problem.line, problem.column)))


def _check_keys(fields: Fields) -> None:
    for key, value in fields.split.meta.pairs:
        name = folded(key.text)
        if is_known(name):
            continue
        near = nearest(name)
        message = f"the key `{key.text}` is not known" + (f", did you mean `{near}`?" if near else "")
        if near in {PROTECT, *SECRETS} and asks(value):
            fields.report_secret(Field(name, key, value), message, f"write `{PROTECT}:`, or remove the key if everybody may read the page")
        else:
            fields.report("unknown-key", message, key, "put keys of your own under `extra:`")


def _check_secrets(fields: Fields) -> None:
    for field in fields.secrets():
        own, _, name = field.name.rpartition(".")
        if name == PROTECT:
            message, hint = f"`{PROTECT}` stands under `{own}:`, where it protects nothing", f"write `{PROTECT}:` beside `title:`"
        elif name == "encrypt" and _is_truth(field.value):
            message, hint = f"`{field.key.text}` is no key of sitegen", _INSTEAD
        else:
            message = f"`{field.key.text}` holds a password, and would be in git"
            hint = f"remove it, also from the repository's history, and {_INSTEAD}"
        fields.report_secret(field, message, hint)


def _is_truth(node: Node) -> bool:
    return flag_word(node) is not None


@dataclass(frozen=True, slots=True)
class _Dates:
    date: datetime | None
    date_only: bool
    updated: datetime | None
    expires: datetime | None
    git: tuple[str, ...]


def _read_dates(fields: Fields) -> _Dates:
    git: list[str] = []
    date_field, updated_field, expires_field = (_date_field(fields, name, git) for name in ("date", "updated", "expires"))
    date = fields.date(date_field) if date_field else None
    updated = fields.date(updated_field) if updated_field else None
    expires = fields.date(expires_field) if expires_field else None
    if date and updated and updated_field:
        by_day = date.date_only or updated.date_only
        if (updated.value.date() < date.value.date()) if by_day else (updated.value < date.value):
            message = f"`{updated_field.key.text}` is before the page's date, {date.value.date()}"
            fields.report("updated-before-date", message, updated_field.value, "mend the one that is wrong")
    return _Dates(
        date.value if date else None,
        date.date_only if date else False,
        updated.value if updated else None,
        expires.value if expires else None,
        tuple(git),
    )


def _date_field(fields: Fields, name: str, git: list[str]) -> Field | None:
    """The field that holds the date; a mapping holds its dates within, a truth is none, and Eleventy's words are noted in `git`."""
    for field in fields.all(name):
        if isinstance(field.value, Mapping) and _holds_a_date(fields, field):
            continue
        if field.name != name and _is_truth(field.value):
            continue
        if field.name == "published" and not has_digit(field.value):
            continue
        word = " ".join(field.value.text.lower().split()) if isinstance(field.value, Scalar) else ""
        if word not in _GIT_WORDS:
            return field
        git.append(f"{name}:{_GIT_WORDS[word]}")
        return None
    return None


def _holds_a_date(fields: Fields, field: Field) -> bool:
    spellings = (spelling for name in ("date", "updated") for spelling in KEYS[name].spellings)
    return any(spelling in fields.written for spelling in spellings if spelling.startswith(field.name + "."))


def _read_summary(fields: Fields) -> str:
    """Markdown, so its line ends stay."""
    field = fields.first("summary")
    if field is None or flag_word(field.value) is False:
        return ""
    return fields.scalar(field)


def _read_image(fields: Fields) -> tuple[str, str]:
    """The picture's address and what it shows; a mapping may hold both."""
    alt = fields.text("image_alt")
    for field in fields.all("image"):
        value = field.value
        if isinstance(value, Sequence) and value.items:
            value = value.items[0]
        if isinstance(value, Mapping):
            entries: dict[str, Any] = {folded(key): item for key, item in plain(value).items() if isinstance(item, str)}
            source = next((entries[name] for name in _SOURCES if name in entries), "")
            if source or field.name != "cover":
                return _known_image(fields, field, source), alt or entries.get("alt", "")
        elif isinstance(value, Scalar) and flag_word(value) is None:
            return value.text.strip(), alt
    return "", alt


def _known_image(fields: Fields, field: Field, source: str) -> str:
    if not source:
        fields.bad(field, "the picture's address", "give it a `path:`")
    return source


def _read_template(fields: Fields) -> str:
    """The canonical name where the written one means it, else as written, without folder and suffix."""
    layout = fields.written.get("layout")
    if layout is not None and isinstance(layout.value, Scalar) and is_null(layout.value) and layout.value.text:
        return "bare"
    field = fields.first("template")
    if field is not None:
        name = _TEMPLATE_END.sub("", fields.scalar(field, "a template's name").rpartition("/")[2])
        return _TEMPLATES.get(name.lower(), name)
    if fields.flag("home"):
        return "home"
    kind = fields.first("type")
    return _TEMPLATES.get(kind.value.text.strip().lower(), "") if kind is not None and isinstance(kind.value, Scalar) else ""


def _read_lang(fields: Fields) -> str:
    field = fields.first("lang")
    if field is None:
        return ""
    lang = fields.scalar(field, "a language code")
    if lang and not _LANGUAGE.fullmatch(lang):
        fields.bad(field, "a language code such as `en` or `pt-BR`")
        return ""
    return lang.replace("_", "-")


def _read_extra(fields: Fields) -> dict[str, Any]:
    """The author's own keys, as written; a secret among them was told of and stays out."""
    extra: dict[str, Any] = {}
    for field in fields.all("extra"):
        if not isinstance(field.value, Mapping):
            fields.bad(field, "a mapping of your own keys")
            continue
        extra |= {name: value for name, value in plain(field.value).items() if folded(name) not in {PROTECT, *SECRETS}}
    return extra

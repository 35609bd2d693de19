"""What a file's place and name say: its language, date, slug, version and address."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from packaging.version import InvalidVersion, Version

from sitegen import files, urls
from sitegen.config import Collection, Settings
from sitegen.errors import ContentError
from sitegen.frontmatter import Meta
from sitegen.pages.facts import Facts, Kept
from sitegen.pages.languages import INVISIBLE_FOLDERS, inner_of, language_of
from sitegen.pages.page import Page, Status
from sitegen.pages.walking import CONTENT

_INDEX_STEMS = frozenset({"index", "_index", "readme"})
_DATE_PREFIX = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_]|$)")
_DATE_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?:-|/|$)")
_NUMBER_PREFIX = re.compile(r"^(\d{1,3})(?:\s*[-_.]+\s*)(?=[^\d\W])")
_DATE_TOKENS = frozenset({"year", "month", "day", "i_month", "i_day"})


@dataclass(frozen=True, slots=True)
class Naming:
    """A file's name taken apart. `folders` are those inside the collection, as they stand in addresses."""

    stem: str
    folders: tuple[str, ...]
    date: tuple[int, int, int] | None
    weight: float | None
    is_index: bool
    is_draft: bool

    @property
    def version(self) -> str:
        """The stem as a version number without a leading ``v``, or an empty string where it is none."""
        try:
            Version(self.stem)
        except InvalidVersion:
            return ""
        return self.stem.removeprefix("v")

    @property
    def title(self) -> str:
        """The stem as words."""
        words = re.sub(r"[-_\s]+", " ", self.stem).strip()
        return words[:1].upper() + words[1:] or "Untitled"


def read_name(inner: str, collection: Collection) -> Naming:
    """Take apart `inner`, a file's path below content/ without its language."""
    path = PurePosixPath(inner)
    parts = path.parts[:-1][len(PurePosixPath(collection.folder).parts) :]
    folders = tuple(part for part in parts if part not in INVISIBLE_FOLDERS)
    stem = re.sub(r"(?i)\.(md|markdown)$", "", path.name)
    is_index = stem.lower() in _INDEX_STEMS
    if is_index:
        stem = folders[-1] if folders else stem
        folders = folders[:-1]
    dated = _DATE_PREFIX.match(stem) or _DATE_FOLDERS.search("/".join((*folders, stem)))
    weight, bare = _without_prefix(stem, collection)
    return Naming(
        stem=bare,
        folders=tuple(_without_prefix(folder, collection)[1] for folder in folders),
        date=(int(dated[1]), int(dated[2]), int(dated[3])) if dated and collection.kind == "blog" else None,
        weight=weight,
        is_index=is_index,
        is_draft="_drafts" in parts,
    )


def _without_prefix(stem: str, collection: Collection) -> tuple[float | None, str]:
    """The stem of a post without its date, and that of a doc without the number that orders it."""
    if collection.kind == "blog":
        return None, _DATE_PREFIX.sub("", stem) or stem
    number = _NUMBER_PREFIX.match(stem) if collection.kind == "docs" else None
    return (float(number[1]), stem[number.end() :]) if number else (None, stem)


def place(name: str, meta: Meta, facts: Facts, settings: Settings, *, load: Callable[[], Kept]) -> Page:
    """The page that the content file `name` is on this site; `meta` is that of its facts, in the site's zone and with all its dates.

    Raises:
        ContentError: its address cannot be one.
    """
    _, lang = language_of(name, meta.lang, settings)
    inner = inner_of(name, settings)
    collection = settings.collection_of(inner)
    naming = read_name(inner, collection)
    meta = _with_date(meta, naming, name, settings)
    slug = meta.slug or (naming.version if collection.kind == "releases" else "") or urls.slugify(naming.stem)
    group = settings.group_of(inner, meta.protect)
    permalink = (
        protected_path(name, meta.slug, group, settings)
        if group
        else permalink_of(name, meta, naming, collection, settings, lang=lang, slug=slug)
    )
    _check_terms(name, meta)
    title = meta.title or facts.title or _title(naming, collection, settings)
    href = urls.href(permalink, settings.prefix)
    status = status_of(meta, settings)
    dates = f"{meta.date} {meta.updated}"
    return Page(
        source=name,
        path=name.rpartition(".")[0],
        collection=collection.name,
        kind=collection.kind,
        lang=lang,
        key=meta.translation_key or inner.rpartition(".")[0],
        permalink=permalink,
        url=href,
        canonical=settings.origin + href,
        digest=files.digest(facts.digest.encode(), permalink.encode(), dates.encode()),
        face=files.digest(facts.face.encode(), permalink.encode(), dates.encode(), status.encode()),
        status=status,
        meta=meta,
        title=title,
        title_id=facts.title_id,
        nav_title=meta.nav_title or title,
        description=meta.description or facts.text,
        slug=slug,
        weight=meta.weight if meta.weight is not None else naming.weight,
        version=naming.version if collection.kind == "releases" and not naming.is_index else "",
        words=facts.words,
        is_index=naming.is_index,
        contents=facts.contents,
        origins=facts.origins,
        group=group,
        pictures=facts.pictures,
        summary=facts.summary,
        load=load,
    )


def _check_terms(name: str, meta: Meta) -> None:
    """Refuse a term without a letter or a digit: there is nothing to call its archive. Below a category, `page` is taken."""
    if any(urls.slugify(part) == "page" for category in meta.categories for part in category[1:]):
        message = "a category below another cannot be called `page`: the further pages of an archive are called so"
        raise ContentError(message, rule="bad-path", path=f"{CONTENT}/{name}", hint="give the category another name")
    categories = (part for category in meta.categories for part in category)
    series = [meta.series.name] if meta.series else []
    for term in (*meta.tags, *categories, *series, *(author.id for author in meta.authors)):
        if not urls.slugify(term):
            message = f"{term!r} has no letter and no digit, and the address of its archive is made of them"
            raise ContentError(
                message, rule="bad-path", path=f"{CONTENT}/{name}", hint="give the tag, category, series or author another name"
            )


def _title(naming: Naming, collection: Collection, settings: Settings) -> str:
    """What a file without title and heading is called: an index after what it is the index of."""
    if naming.is_index and not naming.folders and naming.stem.lower() in _INDEX_STEMS:
        return collection.title if collection.folder else settings.title
    return naming.version if naming.version and collection.kind == "releases" else naming.title


def _with_date(meta: Meta, naming: Naming, name: str, settings: Settings) -> Meta:
    """Front matter with what only the file's name says of its date, and with ``_drafts/`` heeded."""
    draft = meta.draft or naming.is_draft
    if meta.date is not None or naming.date is None:
        return meta if draft == meta.draft else replace(meta, draft=draft)
    try:
        date = datetime(*naming.date, tzinfo=settings.zone)
    except ValueError:
        message = f"the file name's date {'-'.join(f'{part:02}' for part in naming.date)} does not exist"
        raise ContentError(message, rule="bad-date", path=f"{CONTENT}/{name}", hint="rename the file, or give it a `date:`") from None
    return replace(meta, date=date, date_only=True, draft=draft)


def status_of(meta: Meta, settings: Settings) -> Status:
    """Whether the page is in the build: the one definition of draft, future and expired.

    ``--drafts`` and ``--future`` count such pages as published.
    """
    if meta.draft and not settings.drafts:
        return "draft"
    if meta.expires is not None and meta.expires <= settings.now:
        return "expired"
    if meta.date is not None and meta.date > settings.now and not settings.future:
        return "future"
    return "published"


def permalink_of(name: str, meta: Meta, naming: Naming, collection: Collection, settings: Settings, *, lang: str, slug: str) -> str:
    """The page's address within the site, decoded.

    Raises:
        ContentError: it cannot be a file on every host, or needs a date that is not there.
    """
    pattern = meta.path or _pattern(naming, collection)
    if meta.draft and meta.date is None:  # a draft gets its date when it is published
        meta = replace(meta, date=settings.now.astimezone(settings.zone))
    values = _tokens(meta, naming, slug)
    unknown = sorted({*urls.tokens(pattern)} - {*values} - _DATE_TOKENS)
    if unknown or (meta.date is None and _DATE_TOKENS.intersection(urls.tokens(pattern))):
        raise _unexpandable(name, pattern, unknown, values)
    path = urls.normalise(urls.expand(pattern, values))
    if lang != settings.language and not meta.path:
        path = f"/{lang}{path}"
    reason = urls.fault(path)
    if reason:
        hint = "give it a `slug:` of letters, digits and hyphens"
        raise ContentError(f"the address {path!r} {reason}", rule="bad-path", path=f"{CONTENT}/{name}", hint=hint)
    return path


def protected_path(name: str, slug: str, group: str, settings: Settings) -> str:
    """The address of the content file `name` that belongs to a group: its slug where it has one, else 16 digits that say nothing of it.

    They are the same for every build of the site, with passwords or without.
    """
    last = slug or sha256(f"sitegen address 1\n{settings.site_id}\n{name}".encode()).hexdigest()[:16]
    path = f"{settings.address_of(group)}{last}/"
    reason = urls.fault(path)
    if reason:
        raise ContentError(f"the address {path!r} {reason}", rule="bad-path", path=f"{CONTENT}/{name}", hint="give it another `slug:`")
    return path


def _pattern(naming: Naming, collection: Collection) -> str:
    """The collection's permalink pattern; the index of the collection itself lives at its base."""
    return collection.base if naming.is_index and not naming.folders and naming.stem.lower() in _INDEX_STEMS else collection.permalink


def _tokens(meta: Meta, naming: Naming, slug: str) -> dict[str, str]:
    folders = [segment for segment in naming.folders if segment]
    path = "/".join([*folders, meta.slug or naming.stem])
    values = {
        "slug": slug,
        "title": slug,
        "filename": naming.stem,
        "path": path,
        "section": "/".join(folders),
        "categories": "/".join(dict.fromkeys(urls.slugify(part) for category in meta.categories for part in category)),
    }
    if meta.date is not None:
        year, month, day = meta.date.year, meta.date.month, meta.date.day
        values |= {"year": f"{year:04}", "month": f"{month:02}", "day": f"{day:02}", "i_month": str(month), "i_day": str(day)}
    return values


def _unexpandable(name: str, pattern: str, unknown: list[str], values: dict[str, str]) -> ContentError:
    if unknown:
        message = f"the address pattern {pattern!r} has the unknown token `:{unknown[0]}`"
        hint = "known are " + ", ".join(f":{token}" for token in sorted({*values, *_DATE_TOKENS}))
        return ContentError(message, rule="bad-path", path=f"{CONTENT}/{name}", hint=hint)
    message = f"the address pattern {pattern!r} needs a date, and the page has none"
    return ContentError(message, rule="bad-date", path=f"{CONTENT}/{name}", hint="give it a `date:`, or name the file 2026-01-31-title.md")

"""What is known of each content file but its body, and the index that keeps it from one build to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from sitegen import files
from sitegen.cache import Cache
from sitegen.errors import Problem
from sitegen.files import Stamp
from sitegen.frontmatter import Meta
from sitegen.markup import Fragment, Heading, Part, Rendered
from sitegen.pages.origins import origins_of
from sitegen.report import Ignore

WORDS_PER_MINUTE = 220
_FILE = "index"


@dataclass(frozen=True, slots=True)
class Source:
    """One content file, understood but not yet placed in the site; `parts` of its body are taken in from elsewhere."""

    meta: Meta
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """All that one content file makes: what the cache keeps of it. `drawings` are the renderers and digests of sources of its diagrams."""

    source: Source
    rendered: Rendered
    drawings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a content file. `digest` names its bytes and those of the files that are `included`, relative to the site; `face`
    names what other pages may show of it; `title` is its first H1.

    `origins` are what it makes a browser load from elsewhere, as `sitegen.pages.origins` names it; `pictures` are the addresses of those in
    its body, as written, that may be shown in other versions; `drawings` are those of `Kept`.
    """

    digest: str
    face: str
    meta: Meta
    title: str
    title_id: str
    text: str
    summary: Fragment
    contents: tuple[Heading, ...]
    words: int
    problems: tuple[Problem, ...]
    ignores: tuple[Ignore, ...] = ()
    origins: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    drawings: tuple[tuple[str, str], ...] = ()


def facts_of(kept: Kept, digest: str, included: tuple[str, ...] = ()) -> Facts:
    """The facts of a content file with that digest, which takes in the `included` ones."""
    meta, made = kept.source.meta, kept.rendered
    problems = (*kept.source.problems, *made.problems)
    # Of the words and headings of one page, another shows no more than how long it takes to read.
    origins = origins_of(meta, made)
    shown = (meta, made.title, made.title_id, made.text, made.summary, minutes(made.words), origins)
    face = files.digest(msgspec.msgpack.encode(shown, order="deterministic"))
    own = (made.title, made.title_id, made.text, made.summary, made.contents, made.words)
    pictures = tuple(dict.fromkeys(made.body.references[each.reference].target for each in made.body.pictures if each.is_plain))
    return Facts(digest, face, meta, *own, problems, kept.source.ignores, origins, included, pictures, kept.drawings)


def minutes(words: int) -> int:
    """Reading time, at least one minute."""
    return max(1, round(words / WORDS_PER_MINUTE))


# The name of a content file, what was learnt of it, and how many seconds that took.
Learnt = tuple[str, Facts, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """Facts, and the stamp that the file had when they were true."""

    stamp: Stamp
    facts: Facts


@dataclass(frozen=True, slots=True)
class Index:
    """Entries by content file; `world` names all else that they depend on."""

    world: str
    entries: Mapping[str, Entry] = field(default_factory=dict)


def load_index(cache: Cache, world: str) -> dict[str, Entry]:
    """The entries that `cache` holds; none where they were made in another world or are not whole."""
    index = cache.load(_FILE, Index)
    return dict(index.entries) if index is not None and index.world == world else {}


def save_index(cache: Cache, world: str, entries: Mapping[str, Entry]) -> None:
    """Keep `entries` for the next build."""
    cache.save(_FILE, Index(world, entries))

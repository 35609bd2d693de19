"""Tags, categories and series that are one to a reader and two to the site, and those that the site does not want."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from sitegen import urls
from sitegen.check.written import Written
from sitegen.config.kinds import nearest
from sitegen.errors import Problem

_KEYS = {"tags": ("tags", "keywords"), "categories": ("categories",), "series": ("series",)}
_ONE = {"tags": "tag", "categories": "category", "series": "series"}


Taxonomy = Literal["tags", "categories", "series"]


class Use(NamedTuple):
    """A term as one page writes it."""

    taxonomy: Taxonomy
    name: str
    written: Written


def problems(pages: Iterable[Written]) -> Iterator[Problem]:
    """All of it, for these pages together."""
    uses = [use for written in pages for use in _uses(written)]
    yield from _spellings(uses)
    yield from _strangers(uses)


def _uses(written: Written) -> Iterator[Use]:
    meta = written.page.meta
    yield from (Use("tags", tag, written) for tag in meta.tags)
    yield from (Use("categories", "/".join(category), written) for category in meta.categories)
    if meta.series:
        yield Use("series", meta.series.name, written)


def _spellings(uses: Iterable[Use]) -> Iterator[Problem]:
    groups: dict[tuple[str, str, str], list[Use]] = defaultdict(list)
    for use in uses:
        groups[use.taxonomy, use.written.page.lang, _key(use.name)].append(use)
    for group in groups.values():
        counts = Counter(use.name for use in group)
        # The commonest, and of equals the first by file.
        usual = max(counts, key=counts.__getitem__)
        for use in group if len(counts) > 1 else ():
            if use.name != usual:
                yield _misspelt(use, usual, counts)


def _key(name: str) -> str:
    """What spellings of one term have in common: neither case nor what stands between its words."""
    return "/".join(urls.slugify(part).replace("-", "") for part in name.split("/"))


def _misspelt(use: Use, usual: str, counts: Mapping[str, int]) -> Problem:
    others = f"{counts[usual]} page{'s' if counts[usual] > 1 else ''}"
    message = f"the {_ONE[use.taxonomy]} `{use.name}` is written `{usual}` on {others}"
    return use.written.says(
        "term-spelling", message, f"write `{usual}` here too", keys=_KEYS[use.taxonomy], part=use.name.rpartition("/")[2]
    )


def _strangers(uses: Iterable[Use]) -> Iterator[Problem]:
    for use in uses:
        known = use.written.settings.check.terms.get(use.taxonomy)
        if known is None or use.name in known:
            continue
        near = nearest(use.name, known)
        message = f"the {_ONE[use.taxonomy]} `{use.name}` is not one of the site's" + (f", did you mean `{near}`?" if near else "")
        hint = f"use one of them, or add it to `check: {{terms: {{{use.taxonomy}: […]}}}}` in site.yaml"
        yield use.written.says("unknown-term", message, hint, keys=_KEYS[use.taxonomy], part=use.name.rpartition("/")[2])

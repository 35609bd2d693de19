"""A content file's bytes understood, up to its body: what it says of itself, what is wrong with that, and what it silences."""

from __future__ import annotations

from sitegen import frontmatter, ignores, markup, mojibake
from sitegen.config import Settings
from sitegen.frontmatter import Split
from sitegen.pages.facts import Source
from sitegen.yaml_nodes import plain


def parse(data: bytes, settings: Settings, *, shown: str) -> Source:
    """The content file `data`, which messages name as `shown`.

    Raises:
        ContentError: it is no UTF-8, or its front matter cannot be read.
    """
    text, problems = frontmatter.decode(data, path=shown)
    split = frontmatter.split(text, path=shown, limit=settings.limits.front_matter_kb * 1024)
    meta, found = frontmatter.normalise(split, path=shown, zone=settings.zone, known_authors=tuple(settings.authors))
    silenced, unsound = _ignores(split, shown)
    located = tuple(problem.at(shown) for problem in (*problems, *found, *mojibake.find(text), *unsound))
    return Source(meta, split.body, split.body_line, located, silenced)


def _ignores(split: Split, shown: str) -> ignores.Found:
    """The comments of a file that silence rules, and what is wrong with them."""
    above, unsound = ignores.in_markdown(split.body, line=split.body_line, code=markup.code_spans)
    if split.dialect not in {"yaml", "toml"}:
        return above, unsound
    found, faulty = ignores.in_hash_comments(split.head, read=lambda head: plain(frontmatter.split(head, path=shown).meta))
    return (*found, *above), (*faulty, *unsound)

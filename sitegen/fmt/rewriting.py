"""One content file with its front matter as canonical YAML, and the proof that it means what it meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import frontmatter
from sitegen.errors import FrontMatterError, SitegenError
from sitegen.fmt.comments import Comments, comments
from sitegen.fmt.emitting import pair
from sitegen.frontmatter import KEYS, Meta, Split
from sitegen.frontmatter.fields import is_null
from sitegen.frontmatter.keys import MEANINGS, SECRETS, folded
from sitegen.yaml_nodes import Mapping, Node, Scalar, Sequence

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_TAXONOMIES = frozenset({"tags", "categories", "series", "authors"})
_ZONE = ZoneInfo("Europe/Paris")
_BARE_KINDS = frozenset({"date", "text", "path", "word"})


def rewritten(data: bytes, *, path: str) -> bytes:
    """The content file `data` with canonical front matter. Its body, its byte order mark and its line ends stay.

    Raises:
        SitegenError: its front matter cannot be read, holds a secret, or cannot be written as YAML without changing what it means.
    """
    text, _ = frontmatter.decode(data, path=path)
    split = frontmatter.split(text, path=path)
    if not split.meta.pairs:
        return data
    before = _meaning(split, path)
    head = _canonical(_by_the_root(_hoisted(split), before), path, before)
    mark = _BOM if data.startswith(_BOM) else b""
    ends = list(_LINE_END.finditer(data.removeprefix(_BOM)))
    count = split.head.count("\n")
    body = data.removeprefix(_BOM)[ends[count - 1].end() :] if split.head.endswith("\n") else b""
    return mark + head.encode().replace(b"\n", ends[0][0] if ends else b"\n") + body


def _hoisted(split: Split) -> Split:
    """Zola's table of taxonomies as keys of their own. What is YAML already keeps the shape that its author gave it."""
    pairs: list[tuple[Scalar, Node]] = []
    for key, value in split.meta.pairs:
        if key.text == "taxonomies" and isinstance(value, Mapping) and all(inner.text in _TAXONOMIES for inner, _ in value.pairs):
            pairs += value.pairs
        else:
            pairs.append((key, value))
    is_free = len({key.text for key, _ in pairs}) == len(pairs)
    return replace(split, meta=replace(split.meta, pairs=tuple(pairs))) if is_free and split.dialect != "yaml" else split


def _by_the_root(split: Split, before: Meta) -> Split:
    """Zola's aliases with the slash in front that they need in YAML, where one without stands beside the page."""
    if split.dialect != "toml":
        return split

    def rooted(node: Node) -> Node:
        is_bare = isinstance(node, Scalar) and not node.text.startswith("/") and f"/{node.text}" in before.aliases
        return replace(node, text=f"/{node.text}") if is_bare and isinstance(node, Scalar) else node

    pairs = tuple(
        (key, replace(value, items=tuple(map(rooted, value.items))) if key.text == "aliases" and isinstance(value, Sequence) else value)
        for key, value in split.meta.pairs
    )
    return replace(split, meta=replace(split.meta, pairs=pairs))


def _canonical(split: Split, path: str, before: Meta) -> str:
    """The head of the file as it should be: with all keys renamed that can be, or else with those that can be one by one."""
    for renames in _tries(split, path, before):
        head = _written(split, path, renames)
        # White space at the end of a line may be a part of a text.
        for each in (_without_ends(head), head):
            if _is_same(split, each, path, before, renames):
                return each
    message = "the front matter cannot be written as YAML without changing what it means"
    raise FrontMatterError(message, path=path, line=1, hint="write it by hand")


def _tries(split: Split, path: str, before: Meta) -> Iterator[dict[str, str]]:
    wanted = _renames(split)
    yield wanted
    yield _possible(split, path, before, wanted)


def _possible(split: Split, path: str, before: Meta, wanted: dict[str, str]) -> dict[str, str]:
    """Those of the `wanted` new names that change nothing."""
    kept: dict[str, str] = {}
    for old, new in wanted.items():
        tried = kept | {old: new}
        if _is_same(split, _written(split, path, tried), path, before, tried):
            kept = tried
    return kept


def _renames(split: Split) -> dict[str, str]:
    """The top keys, as written, with the names they should have. Of two that say one thing, the one that counts gets it."""
    written = {folded(key.text): key.text for key, value in reversed(split.meta.pairs) if not is_null(value)}
    renames = {written[name]: name for name in written if name in MEANINGS}
    for key in KEYS.values():
        old = next((written[name] for name in key.spellings if name in written), "")
        new = key.name if key.name in key.spellings else key.spellings[0]
        if old and len(MEANINGS[folded(old)]) == 1 and new not in written:
            renames[old] = new
    if split.dialect == "header" and "keywords" in written and "tags" not in renames.values():
        renames[written["keywords"]] = "tags"
    return {old: new for old, new in renames.items() if old != new}


def _meaning(split: Split, path: str) -> Meta:
    """What the front matter comes to; raises where it holds a secret."""
    meta, problems = frontmatter.normalise(split, path=path, zone=_ZONE)
    secret = next((problem for problem in problems if problem.rule == "secret"), None)
    if secret is not None or any(folded(key.text) in SECRETS for key, _ in split.meta.pairs):
        message = secret.message if secret else "the front matter holds a key for secrets"
        raise FrontMatterError(message, rule="secret", path=path, line=secret.line if secret else 1, hint="the file is left as it is")
    return meta


def _is_same(split: Split, head: str, path: str, before: Meta, renames: dict[str, str]) -> bool:
    """Whether `head` says what `split` does, with other names for some keys: to sitegen, and value by value."""
    try:
        after = frontmatter.split(head + split.body, path=path)
        same = frontmatter.normalise(after, path=path, zone=_ZONE)[0] == before
    except SitegenError:
        return False
    texts = {renames.get(key.text, key.text): _texts(value) for key, value in split.meta.pairs}
    found = {key.text: _texts(value) for key, value in after.meta.pairs}
    return same and after.body == split.body and list(texts.items()) == list(found.items())


def _texts(node: Node) -> Any:
    """A value as the texts it is made of."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return [(key.text, _texts(value)) for key, value in node.pairs]
    return [_texts(item) for item in node.items]


def _written(split: Split, path: str, renames: dict[str, str]) -> str:
    """The head with other names for some keys; YAML otherwise as its author wrote it, but for the lines that open and close it."""
    if split.dialect != "yaml" or (split.head.partition("\n")[2].lstrip().startswith("{") and "#" not in split.head):
        return "\n".join(["---", *_lines(split, path, renames), "---"]) + "\n"
    lines = split.head.split("\n")
    for key, _ in reversed(split.meta.pairs):
        line, start = lines[key.line - 1], key.column - 1
        start += line[start : start + 1] in {"'", '"'}
        if key.text in renames and line.startswith(key.text, start):
            lines[key.line - 1] = line[:start] + renames[key.text] + line[start + len(key.text) :]
    last = max(index for index, line in enumerate(lines) if line.strip())
    return "\n".join(["---", *lines[1:last], "---", ""])


def _without_ends(head: str) -> str:
    return "\n".join(line.rstrip() for line in head.split("\n"))


def _lines(split: Split, path: str, renames: dict[str, str]) -> Iterator[str]:
    """Lines of YAML for what another dialect says, with its comments."""
    said = _comments(split, path)
    for key, value in split.meta.pairs:
        yield from _pair(renames.get(key.text, key.text), key.line, value, said)
    yield from said.rest()


def _pair(name: str, line: int, value: Node, said: Comments) -> Iterator[str]:
    """One pair with the comments above it, behind it, and in it."""
    yield from said.above(line)
    behind = said.beside(line)
    lines = list(pair(name, value, is_bare=_is_bare(name)))
    if isinstance(value, Mapping) and value.pairs and said.alone | said.behind:
        yield f"{lines[0]} {behind}".rstrip()
        for key, inner in value.pairs:
            yield from (f"  {each}" if each else each for each in _pair(key.text, key.line, inner, said))
    elif behind and len(lines) == 1:
        yield f"{lines[0]} {behind}"
    else:
        yield from (*([behind] if behind else ()), *lines)


def _is_bare(name: str) -> bool:
    """Whether values of the key are read as text however they look."""
    meanings = MEANINGS.get(folded(name), ())
    return bool(meanings) and all(KEYS[meaning].kind in _BARE_KINDS for meaning in meanings)


def _comments(split: Split, path: str) -> Comments:
    if split.dialect != "toml":
        return Comments()
    first, *inner, last = split.head.rstrip("\n").split("\n")

    def read(text: str) -> Any:
        return _texts(frontmatter.split(f"{first}\n{text}\n{last}\n", path=path).meta)

    return comments("\n".join(inner), 2, read)

"""site.yaml read and checked: every mistake in it at once, each at its line and with its cure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sitegen import ignores, yaml_nodes
from sitegen.config import wording
from sitegen.config.kinds import base_fault, normal_base
from sitegen.config.model import SiteKeys
from sitegen.config.relations import Keys, mistakes
from sitegen.config.settings import Settings, complete_all
from sitegen.errors import Problem, ProblemsFound, SettingsError, UsageError
from sitegen.report import in_order
from sitegen.search import is_installed

FILE = "site.yaml"
LOCALHOST = "http://localhost:8000/"
_MISNAMED = ("site.yml", "config.yaml", "config.yml")


def load(
    root: Path,
    *,
    base_url: str | None = None,
    drafts: bool = False,
    future: bool = False,
    preview: bool | None = None,
    search: bool | None = None,
    allow_locked: bool = False,
    now: datetime | None = None,
    tolerant: bool = False,
) -> Settings:
    """The settings of the site in the folder `root`; without a site.yaml, the defaults.

    `base_url` takes the place of ``url`` and makes the build a `preview` unless that is given. `search` takes the place of the key of
    that name. `now`, which is aware, decides what is future and what has expired. Where it is `tolerant`, values that are wrong are left
    out and told of in the settings' ``problems``.

    Raises:
        SettingsError: site.yaml cannot be read, or is not YAML.
        ProblemsFound: values in it are wrong; all of them are named, and the warnings.
        UsageError: `base_url` is not an address.
    """
    root = root.resolve()
    text = _read(root)
    node = yaml_nodes.compose(text, path=FILE, error=SettingsError)
    site, wrong = _checked(text, node, root)
    silenced, unsound = ignores.in_hash_comments(text, read=lambda text: yaml_nodes.plain(yaml_nodes.compose(text, path=FILE)))
    if wrong and not tolerant:
        raise ProblemsFound(wrong, (problem.at(FILE) for problem in unsound))
    url = _base(base_url) if base_url is not None else site.url
    own = {name: getattr(site, name) for name in SiteKeys.model_fields}
    return Settings(
        **own
        | {
            "url": normal_base(url or LOCALHOST),
            "collections": complete_all(site.collections, paginate=site.paginate),
            "search": _has_search(site.search if search is None else search),
            "root": root,
            "now": now or datetime.now(UTC),
            "drafts": drafts,
            "future": future,
            "allow_locked": allow_locked,
            "site_id": site.site_id or normal_base(site.url or LOCALHOST).partition("://")[2].rstrip("/"),
            "preview": base_url is not None if preview is None else preview,
            "ignores": silenced,
            "problems": (
                *wrong,
                *(problem.at(FILE) for problem in unsound),
                *(_missing_url(node, text) if not url else ()),
            ),
        }
    )


def _has_search(wanted: bool | None) -> bool:
    """What was said, or else whether Pagefind is there."""
    return is_installed() if wanted is None else wanted


def _read(root: Path) -> str:
    """The text of site.yaml without BOM and with plain line ends; empty where there is none."""
    path = root / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        _refuse_misnamed(root)
        return ""
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", rule="unreadable", path=FILE, hint="check its permissions") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {error.start} is 0x{data[error.start]:02X}"
        raise SettingsError(message, rule="bad-encoding", path=FILE, line=line, hint="save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_misnamed(root: Path) -> None:
    found = next((name for name in _MISNAMED if (root / name).is_file()), "")
    if found:
        raise SettingsError(f"is not read, expected the settings in {FILE}", path=found, hint=f"rename it to {FILE}")


def _base(address: str) -> str:
    fault = base_fault(address)
    if fault is not None or not address:
        raise UsageError(f"--base-url {fault.message if fault else 'is empty'}", hint=fault.hint if fault else "")
    return address


def _missing_url(node: yaml_nodes.Node | None, text: str) -> Iterator[Problem]:
    """A warning of it, unless there is one that is wrong."""
    if isinstance(node, yaml_nodes.Mapping) and (yaml_nodes.plain(node) or {}).get("url"):
        return
    message = "there is no `url`, so feeds and canonical links name localhost"
    line = node.line if node is not None else 1 if text else 0
    yield Problem("missing-url", message, path=FILE, line=line, hint="add the address the site will have: `url: https://example.org/`")


def _checked(text: str, node: yaml_nodes.Node | None, root: Path) -> tuple[SiteKeys, tuple[Problem, ...]]:
    """What site.yaml says but for values that are wrong, and all that is wrong with those.

    A value that is wrong by itself is taken out before the relations between values are looked at, so that one run shows all.
    """
    if node is not None and not isinstance(node, yaml_nodes.Mapping):
        hint = "write `key: value`, such as `title: My site`"
        raise SettingsError("is not a mapping, expected keys with values", path=FILE, line=node.line, column=node.column, hint=hint)
    site, errors = _validated(yaml_nodes.plain(node) or {})
    places = [_keys(error) for error in errors]
    wrong = [(keys, *wording.of(error)) for keys, error in zip(places, errors, strict=True)]
    for keys, fault, is_key in mistakes(site, root):
        if not _follows(keys, places):
            wrong.append((keys, wording.about(keys, fault.message), fault.hint, is_key))
    return site, in_order(_problem(*each, node=node, text=text) for each in wrong)


def _follows(keys: Keys, places: Sequence[Keys]) -> bool:
    """Whether a mistake at `keys` may only be there because what stood at one of `places` was taken out."""
    lists_of_ids = ("authors",) if keys == ("author",) else keys
    return any(place[: len(lists_of_ids)] == lists_of_ids for place in places)


def _validated(given: dict[str, Any]) -> tuple[SiteKeys, list[ErrorDetails]]:
    """The settings without the values that are wrong, and what is wrong with those."""
    found: list[ErrorDetails] = []
    while True:
        try:
            return SiteKeys.model_validate(given), found
        except ValidationError as error:
            details = error.errors(include_url=False)
        found += details
        for each in details:
            given = _without(given, _keys(each))


def _keys(error: ErrorDetails) -> Keys:
    """Where an error is; pydantic adds a last step for the key of a mapping."""
    keys = error["loc"]
    return keys[:-1] if keys[-1] == "[key]" else keys


def _without(given: Any, keys: Keys) -> Any:
    """`given` without the value at the path `keys`; a list goes whole where an item of it is wrong, lest the others change places."""
    key, rest = keys[0], keys[1:]
    if isinstance(given, list):
        return [_without(item, rest) if place == key else item for place, item in enumerate(given)]
    if not isinstance(given, dict) or key not in given:
        return given
    # An address alone stands for a mapping of one key, which is not there to be taken out.
    if any(isinstance(step, str) for step in rest) and isinstance(given[key], dict | list):
        return given | {key: _without(given[key], rest)}
    return {name: value for name, value in given.items() if name != key}


def _problem(keys: Keys, message: str, hint: str, is_key: bool, *, node: yaml_nodes.Node | None, text: str) -> Problem:
    line, column = _key_place(node, keys) if is_key else yaml_nodes.find(node, keys)
    lines = text.split("\n")
    excerpt = yaml_nodes.shown(lines[line - 1]) if 0 < line <= len(lines) else ""
    return Problem("settings", message, path=FILE, line=line, column=column, excerpt=excerpt, hint=hint)


def place_of(root: Path, keys: Keys, *, of_key: bool = False) -> tuple[int, int, str]:
    """Line and column of the value at the path `keys`, or of the last of them, in the site.yaml of the site in `root`; and that line."""
    text = _read(root)
    node = yaml_nodes.compose(text, path=FILE, error=SettingsError)
    line, column = _key_place(node, keys) if of_key else yaml_nodes.find(node, keys)
    return line, column, yaml_nodes.shown(text.split("\n")[line - 1]) if line else ""


def place_of_text(root: Path, text: str, keys: Collection[str]) -> tuple[int, int, str]:
    """Line and column of the first value that is `text` and belongs to one of `keys`, at any depth, and that line; zeros for none."""
    written = _read(root)
    for line, column in _places(yaml_nodes.compose(written, path=FILE, error=SettingsError), text, keys):
        return line, column, yaml_nodes.shown(written.split("\n")[line - 1])
    return 0, 0, ""


def _places(node: yaml_nodes.Node | None, text: str, keys: Collection[str]) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml_nodes.Sequence):
        for item in node.items:
            yield from _places(item, text, keys)
    if isinstance(node, yaml_nodes.Mapping):
        for key, value in node.pairs:
            if isinstance(value, yaml_nodes.Scalar) and value.text == text and key.text in keys:
                yield value.line, value.column
            yield from _places(value, text, keys)


def _key_place(node: yaml_nodes.Node | None, keys: Keys) -> tuple[int, int]:
    """Line and column of the last of `keys` itself."""
    place = yaml_nodes.find(node, keys)
    for key in keys:
        if isinstance(node, yaml_nodes.Sequence) and isinstance(key, int):
            node = node.items[key]
        elif isinstance(node, yaml_nodes.Mapping):
            name, node = next(pair for pair in node.pairs if pair[0].text == key)
            place = name.line, name.column
    return place

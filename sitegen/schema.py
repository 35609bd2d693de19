"""JSON Schema (2020-12) of site.yaml and of front matter, made from the code that reads them, for editors that complete and check keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from sitegen import files
from sitegen.config.model import SiteKeys
from sitegen.config.table import model_in
from sitegen.frontmatter import KEYS, UNUSED, Key
from sitegen.frontmatter.keys import MEANINGS
from sitegen.frontmatter.states import STATUSES
from sitegen.report import RULES, Severity

Schema = dict[str, Any]


def any_case(*words: str) -> str:
    """A pattern for these words in any case, and with ``-`` for ``_``: ECMA-262 knows no way to pass over case."""
    return f"^({'|'.join(map(_any_case, words))})$"


def _any_case(word: str) -> str:
    letters = (f"[{each.upper()}{each}]" if each.isalpha() else "[-_]" if each == "_" else re.escape(each) for each in word)
    return "".join(letters)


NAMES = ("front-matter", "settings")
FILES = {"front-matter": "front-matter.json", "settings": "site.json"}
FOLDER = ".schema"
_HOME = "https://sitegen.example.org/schema/"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = ["string", "number", "boolean", "null"]
_NAMED: Schema = {"type": "object", "anyOf": [{"required": [name]} for name in ("label", "name", "title")]}
_NAMES: Schema = {"type": "array", "items": {"anyOf": [{"type": _TEXT}, _NAMED]}}
_FLAGS = any_case("true", "false", "yes", "no", "on", "off", "y", "n", "")
_FLAG: Schema = {"anyOf": [{"type": ["boolean", "null"]}, {"type": "string", "pattern": _FLAGS}]}
_ADDRESSES: Schema = {"anyOf": [{"type": ["string", "boolean", "null"]}, {"type": "array", "items": {"type": ["string", "null"]}}]}
_KINDS: dict[str, Schema] = {
    "text": {"type": _TEXT},
    "date": {"type": ["string", "null"], "pattern": r"[0-9]|^\s*(git )?([Cc]reated|[Ll]ast [Mm]odified)\s*$|^$"},
    "flag": _FLAG,
    "number": {"anyOf": [{"type": ["number", "null"]}, {"type": "string", "pattern": r"^\s*[-+]?[0-9_]*\.?[0-9_]*\s*$"}]},
    "path": {"type": ["string", "boolean", "null"]},
    "paths": _ADDRESSES,
    "terms": {"anyOf": [{"type": _TEXT}, _NAMES]},
    "hierarchy": {"anyOf": [{"type": _TEXT}, {"type": "array", "items": {"anyOf": [{"type": _TEXT}, _NAMED, _NAMES]}}]},
    "series": {"anyOf": [{"type": _TEXT}, {"type": "array"}, _NAMED]},
    "authors": {"anyOf": [{"type": _TEXT}, {"type": "object"}, {"type": "array", "items": {"type": [*_TEXT, "object"]}}]},
    "image": {"type": ["string", "boolean", "array", "object", "null"]},
    "word": {"type": ["string", "boolean", "null"]},
    "group": {"anyOf": [{"type": ["string", "null"]}, {"const": False}]},
    "hero": {"type": ["object", *_TEXT]},
    "features": {"type": ["array", *_TEXT]},
    "mapping": {"type": ["object", "null"]},
}
_ANYTHING: Schema = {}
# Keys that take more than others of their kind.
_OWN: dict[str, Schema] = {
    "status": {"type": ["string", "null"], "pattern": any_case(*STATUSES, "")},
    "pin": {"anyOf": [_FLAG, {"type": "integer"}]},
    "comments": _ANYTHING,
    "toc": _ANYTHING,
    "robots": {"type": ["string", "array", "null"]},
    "searchable": {"anyOf": [_FLAG, {"type": "object"}]},
    "lang": {"type": ["string", "null"], "pattern": "^([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*)?$"},
}


def schema(name: str) -> str:
    """The schema of that name as JSON, with a line end."""
    made = front_matter() if name == "front-matter" else settings()
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> tuple[str, ...]:
    """Write both schemas into the site at `folder`, where its files name them; the names of what was written."""
    names = tuple(f"{FOLDER}/{FILES[name]}" for name in NAMES)
    for name, file in zip(NAMES, names, strict=True):
        files.write_whole(folder / file, schema(name).encode())
    return names


# Settings.


def settings() -> Schema:
    """What site.yaml may hold, from the models that it is checked with."""
    made = SiteKeys.model_json_schema()
    models = {SiteKeys.__name__: SiteKeys} | {model.__name__: model for model in _models(SiteKeys)}
    for name, part in {**made.pop("$defs"), SiteKeys.__name__: made}.items():
        _tidy(part, models[name])
        made.setdefault("$defs", {})
        if part is not made:
            made["$defs"][name] = part
    made["properties"]["social_cards"]["anyOf"].append({"type": "boolean"})
    made["properties"]["rules"] |= {"properties": dict(_rules()), "additionalProperties": False}
    return {"$schema": _DIALECT, "$id": _HOME + FILES["settings"], "title": "site.yaml of sitegen", **made}


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models below `model`, each once."""
    seen: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        for field in waiting.pop().model_fields.values():
            inner = model_in(field.annotation)
            if inner is not None and inner not in seen:
                seen[inner] = None
                waiting.append(inner)
    return iter(seen)


def _tidy(part: Schema, model: type[BaseModel]) -> None:
    """Take out names that say nothing new, defaults that are descriptions, and let every key be without a value."""
    part.pop("title", None)
    part["type"] = ["object", "string", "null"] if getattr(model, "may_be_text", False) else ["object", "null"]
    part["description"] = " ".join(part.get("description", "").split())
    for name, field in model.model_fields.items():
        key = part["properties"][name]
        key.pop("title", None)
        extra = field.json_schema_extra
        if isinstance(extra, Mapping) and "default" in extra:
            key.pop("default", None)
            key["description"] = f"{key.get('description', '')} Default: {extra['default']}."
        elif key.get("default") in ("", {}, [], None):
            key.pop("default", None)
        _let_be_empty(key)


def _let_be_empty(key: Schema) -> None:
    if "anyOf" in key:
        if {"type": "null"} not in key["anyOf"]:
            key["anyOf"].append({"type": "null"})
    elif "enum" in key:
        key["enum"] = [*key["enum"], None]
        key.pop("type")
    elif "$ref" in key:
        key["anyOf"] = [{"$ref": key.pop("$ref")}, {"type": "null"}]
    else:
        key["type"] = [key["type"], "null"]


def _rules() -> Iterator[tuple[str, Schema]]:
    for rule in RULES.values():
        allowed = ["error"] if rule.fixed else list(get_args(Severity))
        yield rule.id, {"enum": allowed, "description": f"{rule.about[0].upper()}{rule.about[1:]}.", "default": rule.severity}


# Front matter.


def front_matter() -> Schema:
    """What front matter may hold: sitegen's keys by name, which editors complete, and every other spelling by pattern."""
    properties: Schema = {}
    patterns: Schema = {}
    for key in KEYS.values():
        first = key.name if key.name in key.spellings else next((each for each in key.spellings if "." not in each), "")
        if first:
            properties[first] = _of_key(first)
    for spelling in sorted(name for name in MEANINGS if "." not in name):
        patterns[any_case(spelling)] = _of_key(spelling)
    for head in sorted({name.partition(".")[0] for name in MEANINGS if "." in name} - MEANINGS.keys()):
        patterns[any_case(head)] = {"type": ["object", "null", "boolean"], "description": "Keys in it that another tool reads."}
    for tool, names in UNUSED.items():
        for name in names:
            note = {"description": f"Known from {tool}; sitegen does nothing with it."}
            patterns.setdefault(any_case(name), note)
    patterns |= {"^[Ee][Ll][Ee][Vv][Ee][Nn][Tt][Yy]": _ANYTHING, "^override:": _ANYTHING, "^wp[_-]": _ANYTHING}
    return {
        "$schema": _DIALECT,
        "$id": _HOME + FILES["front-matter"],
        "title": "Front matter of sitegen",
        "description": "What a page can say about itself. Keys of your own stand under `extra`.",
        "type": ["object", "null"],
        "properties": dict(sorted(properties.items())),
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def _of_key(spelling: str) -> Schema:
    """What may stand under a key: anything that one of its meanings takes."""
    keys = [KEYS[name] for name in MEANINGS[spelling]]
    about = "; ".join(dict.fromkeys(_about(key, spelling) for key in keys))
    kinds = [_values(key, spelling) for key in keys]
    if any(name.startswith(f"{spelling}.") for name in MEANINGS):
        kinds.append({"type": "object"})
    values = kinds[0] if len(kinds) == 1 else _ANYTHING if _ANYTHING in kinds else {"anyOf": kinds}
    return {"description": about, **values}


def _about(key: Key, spelling: str) -> str:
    same = "" if key.name == spelling else f"`{key.name}`: "
    return f"{same}{key.about}"


def _values(key: Key, spelling: str) -> Schema:
    if key.kind == "date" and spelling != key.name:
        return {"type": ["string", "boolean", "null"]}
    return _OWN.get(key.name, _KINDS[key.kind])

"""The settings reference, made from the models: a key that is not described here does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from sitegen.config.kinds import Words
from sitegen.config.model import SiteKeys
from sitegen.config.table import Table, model_in
from sitegen.report import RULES

_HEADER = "| Key | What it does | Type | Default |\n|---|---|---|---|"
_WORDS = {str: "text", bool: "`true` or `false`", int: "whole number"}


def reference() -> str:
    """All keys of site.yaml as Markdown: an overview, then a section for each key that holds others or has an example."""
    parts = ["## All keys", _table(SiteKeys, linked=True)]
    for name, field in SiteKeys.model_fields.items():
        parts += _section(name, field, _hints(SiteKeys)[name])
    return "\n\n".join(parts) + "\n"


def _section(name: str, field: FieldInfo, hint: Any) -> Iterator[str]:
    """What is to be said of a key that a row cannot hold: the keys below it, and an example."""
    table = model_in(hint)
    if not field.examples and table is None:
        return
    yield f"## `{name}`"
    yield " ".join((table.__doc__ or "").split()) if table is not None else field.description or ""
    for example in field.examples or ():
        yield f"```yaml\n{example}\n```"
    if table is not None:
        yield _table(table)
        yield from _below(name, table)
    if name == "rules":
        yield _rules()


def _below(name: str, table: type[Table]) -> Iterator[str]:
    """The mappings within a mapping, but for those that are of the same keys again."""
    for key, hint in _hints(table).items():
        inner = model_in(hint)
        if inner is not None and inner is not table:
            yield f"### `{name}.{key}`"
            yield " ".join((inner.__doc__ or "").split())
            yield _table(inner)
            yield from _below(f"{name}.{key}", inner)


def _table(model: type[Table], *, linked: bool = False) -> str:
    hints = _hints(model)
    return "\n".join([_HEADER, *(_row(name, field, hints[name], linked=linked) for name, field in model.model_fields.items())])


def _row(name: str, field: FieldInfo, hint: Any, *, linked: bool) -> str:
    has_section = linked and (field.examples or model_in(hint) is not None)
    key = f"[`{name}`](#{name})" if has_section else f"`{name}`"
    cells = (key, field.description or "", words(hint), _default(field))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    if isinstance(extra, dict) and "default" in extra:
        return str(extra["default"])
    value = field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value)
    return "" if isinstance(value, Mapping | Table) or value == "" else f"`{value}`"


def words(hint: Any) -> str:
    """A type as readers of the reference understand it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next((each.text for each in arguments[1:] if isinstance(each, Words)), "") or words(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in arguments[:-1]) + f" or `{arguments[-1]}`"
    if origin in {Union, UnionType}:
        return words(next(each for each in arguments if each is not NoneType))
    if origin is tuple:
        return f"list of {words(arguments[0])}" if model_in(hint) is None else "list of mappings"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return "mapping" if model_in(hint) is not None or get_origin(arguments[1]) else f"mapping to {words(arguments[1])}"
    return _WORDS.get(hint, "mapping")


def _hints(model: type[Table]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def _rules() -> str:
    rows = (f"| `{rule.id}` | {'always an error' if rule.fixed else f'`{rule.severity}`'} | {rule.about} |" for rule in RULES.values())
    return "\n".join(["| Rule | Default | What it is |\n|---|---|---|", *rows])

"""What is said of each mistake in site.yaml: what is, what was expected, and the cure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

from sitegen.config.kinds import nearest, quoted, suggestion
from sitegen.config.model import SiteKeys
from sitegen.config.table import Table, model_in

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "mapping_type": "a mapping",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}
# What other tools call a key of ours.
_ELSEWHERE = {
    "baseurl": "url",
    "base_url": "url",
    "site_url": "url",
    "site_description": "description",
    "site_author": "author",
    "siteurl": "url",
    "name": "title",
    "site_name": "title",
    "sitename": "title",
    "tagline": "description",
    "subtitle": "description",
    "lang": "language",
    "locale": "language",
    "default_language": "language",
    "tz": "timezone",
    "nav": "menus",
    "navbar": "menus",
    "themeconfig": "theme`, `menus` or `copyright",
    "i18n": "languages",
    "locales": "languages",
    "repo_name": "repository",
    "onbrokenlinks": "rules: {broken-link: …}",
    "extra_css": "{% block head %}` in `templates/base.html",
    "extra_javascript": "{% block scripts %}` in `templates/base.html",
    "plugins": "extensions",
    "permalink": "collections: {blog: {permalink: …}}",
    "permalinks": "collections: {blog: {permalink: …}}",
    "repo_url": "repository",
    "edit_uri": "edit_url",
    "markdown_extensions": "markdown: {extensions: […]}",
}
# The keys that are one mapping of fixed keys, such as `theme`.
_TABLES = {
    key: field.annotation
    for key, field in SiteKeys.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Table)
}
_TRUTHS = {"yes": "true", "on": "true", "y": "true", "1": "true", "no": "false", "off": "false", "n": "false", "0": "false"}


def of(error: ErrorDetails) -> tuple[str, str, bool]:
    """Message and hint for what pydantic found, and whether the key itself is at fault."""
    keys, kind, value, context = error["loc"], error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(keys)
    if kind == "fault" and keys[-1] == "[key]":
        return f"a key of `{dotted(keys[:-2])}` {context['message']}", context["hint"], True
    if kind == "fault":
        return about(keys, context["message"]), context["hint"], False
    expected, hint = _expected(error)
    return about(keys, f"is {shown(value)}, expected {expected}"), hint, False


def about(keys: Sequence[str | int], said: str) -> str:
    """`said` of the value at the path `keys`."""
    return f"`{dotted(keys)}` {said}"


def dotted(keys: Sequence[str | int]) -> str:
    """A path of keys as messages write it: ``menus.main[2].url``, the first item of a list being 1."""
    return "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def shown(value: Any) -> str:
    """`value` as a message names it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None or value == "":
        return "empty"
    return quoted(str(value).lower() if isinstance(value, bool) else str(value))


def _expected(error: ErrorDetails) -> tuple[str, str]:
    """What was expected in place of a value of the wrong type, and the cure."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "literal_error":
        choices = [text or number for text, number in re.findall(r"'([^']+)'|\b([0-9]+)\b", str(context["expected"]))]
        return ", ".join(choices[:-1]) + f" or {choices[-1]}", _choice(value, choices)
    if kind == "greater_than_equal":
        return f"at least {context['ge']}", ""
    if kind == "model_type":
        names = list(table_at(error["loc"]).model_fields)
        return _TYPES[kind], "its keys are " + ", ".join(names) if len(names) > 1 else f"write `{names[0]}:` below it"
    return _TYPES.get(kind, "something else"), _cure(kind, value)


def _choice(value: Any, choices: Sequence[str]) -> str:
    near = "off" if value is False and "off" in choices else nearest(str(value), choices)
    return f"write `{near}`" if near else ""


def _cure(kind: str, value: Any) -> str:
    if kind == "string_type" and isinstance(value, int | float):
        return f'quote it: "{str(value).lower() if isinstance(value, bool) else value}"'
    if kind == "bool_type" and str(value).lower() in _TRUTHS:
        return f"write {_TRUTHS[str(value).lower()]}"
    if kind == "tuple_type" and isinstance(value, str):
        return f"write it between brackets: [{value}]"
    if kind == "int_type" and str(value).isdecimal():
        return f"write it without quotes: {value}"
    return ""


def _unknown(keys: Sequence[str | int]) -> tuple[str, str, bool]:
    name = str(keys[-1])
    table = table_at(keys[:-1])
    message = f"unknown key `{name}`" + (f" in `{dotted(keys[:-1])}`" if len(keys) > 1 else "")
    return message, _where(name, table), True


def _where(name: str, table: type[Table]) -> str:
    """The key that was most likely meant by `name`: what another tool calls so, one of a table below, or a near one."""
    if table is SiteKeys and name.lower() in _ELSEWHERE:
        return f"write `{_ELSEWHERE[name.lower()]}`"
    below = next((key for key, model in _TABLES.items() if table is SiteKeys and name in model.model_fields), "")
    return f"it belongs below `{below}`" if below else suggestion(name, table.model_fields)


def table_at(keys: Sequence[str | int]) -> type[Table]:
    """The model that the mapping at the path `keys` is held to."""
    table: type[Table] = SiteKeys
    for key in keys:
        if key in table.model_fields:
            table = model_in(table.model_fields[str(key)].annotation) or table
    return table

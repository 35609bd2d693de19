"""Where a page lives and lived: slug, whole address, aliases."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from sitegen.frontmatter.fields import Field, Fields, flag_word, is_null
from sitegen.yaml_nodes import Node, Scalar, Sequence

_BRACES = re.compile(r"\{\{|\{%|<%")
_PELICAN = re.compile(r"\{([a-z_]+)(?::([^{}]*))?\}")
_PELICAN_NAMES = {"slug": ":slug", "category": ":categories", "filename": ":filename"}
_PELICAN_DATES = {"%Y": ":year", "%m": ":month", "%d": ":day", "%-m": ":i_month", "%-d": ":i_day"}
_DATE_PART = re.compile(r"%-?[A-Za-z]")
_TOKEN = re.compile(r":([a-z]+(?:_[a-z]+)*)")
# What other tools call sitegen's tokens. `:output_ext` is all that makes Jekyll's pattern a file.
_TOKENS = {
    "contentbasename": ":filename",
    "output_ext": ".html",
    "raw": ":filename",
    "slugorcontentbasename": ":slug",
    "slugorfilename": ":slug",
}
# Tables and keys of Zola's that Hugo, which writes TOML as well, does not have.
_ZOLA = frozenset({"taxonomies", "extra", "in_search_index", "insearchindex"})
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")


def read_slug(fields: Fields) -> str:
    """The slug as written, where it is not a whole address."""
    field = fields.first("slug")
    slug = "" if field is None else fields.scalar(field)
    return "" if slug.startswith("/") else slug.rstrip("/")


def read_path(fields: Fields) -> tuple[str, bool]:
    """The whole address or its pattern, with one slash in front, and whether the page says that it has none (``permalink: false``)."""
    field = fields.first("path")
    if field is not None and flag_word(field.value) is False:
        return "", True
    if field is None:
        slug = fields.first("slug")
        field = slug if slug is not None and fields.scalar(slug).startswith("/") else None
    if field is None:
        return "", False
    text = fields.scalar(field, "an address within the site")
    if _SCHEME.match(text):
        fields.bad(field, "an address within the site", f"write its path alone: {urlsplit(text).path or '/'}")
        return "", False
    if _BRACES.search(text):
        fields.bad(field, "an address", "write it with tokens such as :year and :slug instead of a template")
        return "", False
    pattern = _with_tokens(fields, field, text)
    return ("/" + pattern.lstrip("/") if pattern else ""), False


def _with_tokens(fields: Fields, field: Field, text: str) -> str:
    """The pattern with ``:tokens`` of sitegen's in place of Pelican's braces and of other tools' names."""
    unknown: list[str] = []

    def pelican(found: re.Match[str]) -> str:
        name, form = found[1], found[2] or ""
        if name == "date":
            return _DATE_PART.sub(lambda part: _PELICAN_DATES.get(part[0]) or note(found[0]), form)
        return _PELICAN_NAMES.get(name) or note(found[0])

    def note(token: str) -> str:
        unknown.append(token)
        return ""

    pattern = _TOKEN.sub(lambda found: _TOKENS.get(found[1], found[0]), _PELICAN.sub(pelican, text))
    if not unknown:
        return pattern
    message = f"`{field.key.text}` has the token `{unknown[0]}`, which is not known"
    fields.report("bad-value", message, field.value, "there are :year :month :day :slug :title :filename :path :section :categories")
    return ""


def read_aliases(fields: Fields) -> tuple[str, ...]:
    """Old addresses, each once, decoded, without host, query and fragment.

    One without a slash in front stands beside the page, as Hugo has it. Jekyll's `redirect_from` and Zola go by the root.
    """
    field = fields.first("aliases")
    if field is None or flag_word(field.value) is False:
        return ()
    items = field.value.items if isinstance(field.value, Sequence) else (field.value,)
    aliases = dict.fromkeys(_alias(fields, field, item) for item in items if not is_null(item))
    aliases.pop("", None)
    return tuple(aliases)


def _alias(fields: Fields, field: Field, node: Node) -> str:
    if not isinstance(node, Scalar):
        fields.bad(field, "a list of old addresses", node=node)
        return ""
    text = node.text.strip()
    is_whole = _SCHEME.match(text) is not None
    rest = text.split("//", 1)[1].partition("/")[2] if is_whole else text
    path = unquote(re.split(r"[?#]", rest, maxsplit=1)[0])
    if path.strip("/"):
        goes_by_root = is_whole or field.name == "redirect_from" or _is_zola(fields)
        return "/" + path.lstrip("/") if goes_by_root else path
    message = f"the alias `{text}` has no path of its own" if text else "an alias is empty"
    fields.report("bad-alias", message, node, "remove it: a redirect goes by the path, not by what follows `?` or `#`")
    return ""


def _is_zola(fields: Fields) -> bool:
    return fields.split.dialect == "toml" and not _ZOLA.isdisjoint(fields.written)

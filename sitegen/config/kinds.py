"""The kinds of text that site.yaml holds: what each may be, and what to say of one that is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError, localedata
from pydantic import AfterValidator, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from sitegen import urls
from sitegen.nearest import most_like

TOKENS = ("year", "month", "day", "i_month", "i_day", "slug", "title", "filename", "path", "section", "categories")
_TELLING = frozenset({"slug", "title", "filename", "path"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HOST = re.compile(r"(?i)(?:[a-z0-9_-]+\.)*[a-z0-9_-]+\.?|\[[0-9a-f:.]+\]")
_SCHEME = re.compile(r"(?i)([a-z][a-z0-9+.-]*):")
_IMPORT = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class Fault(NamedTuple):
    """What is wrong with a value: the rest of a sentence that starts with its key, and the cure."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the settings reference calls a kind of text, and the `pattern` by which an editor can tell most of what is none (ECMA-262)."""

    text: str
    pattern: str = ""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(core) | ({"pattern": self.pattern} if self.pattern else {})


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that `word` was most likely meant to be, or an empty string; case does not count."""
    by_fold = {each.casefold(): each for each in known}
    return by_fold.get(most_like(word.casefold(), by_fold), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest of `known`, or all of them where none is near."""
    names = list(known)
    near = nearest(word, names)
    return f"did you mean `{near}`?" if near else "known are " + ", ".join(names)


def quoted(text: str) -> str:
    """`text` as messages show it, cut to a length that can be read."""
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}…`"


def checked(check: Callable[[str], Fault | None]) -> AfterValidator:
    """What holds a text to `check`, unless it is empty."""

    def validate(value: str) -> str:
        fault = check(value) if value else None
        if fault is not None:
            raise PydanticCustomError("fault", "{message}", {"message": fault.message, "hint": fault.hint})
        return value

    return AfterValidator(validate)


def text_fault(text: str) -> Fault | None:
    """What cannot be printed in HTML and XML alike."""
    found = _UNPRINTABLE.search(text)
    return Fault(f"holds the control character U+{ord(found[0]):04X}", "remove it") if found else None


def base_fault(address: str) -> Fault | None:
    """Why `address` cannot be where a site lives: it is no http address, or more than a base."""
    fault = web_fault(address)
    if fault is not None:
        return fault
    parts = urlsplit(address)
    if parts.query or parts.fragment or address[-1] in "?#":
        return Fault(f"is {quoted(address)}, expected no `?` and no `#`", "keep scheme, host and path")
    reason = urls.fault(unquote(parts.path) or "/")
    return Fault(f"is {quoted(address)}, whose path {reason}") if reason else None


def web_fault(address: str) -> Fault | None:
    """Why `address` is not a whole http or https address, fit to be printed."""
    shown = quoted(address)
    if re.search(r"\s", address) or _UNPRINTABLE.search(address):
        return Fault(f"is {shown}, expected an address without spaces", "write a space as %20")
    if not address.lower().startswith(("http://", "https://")):
        by_ssh = re.fullmatch(r"(?:ssh://)?[\w.-]+@([\w.-]+)[:/]([\w./-]+?)(?:\.git)?", address)
        cure = f"write https://{address.lstrip('/')}" if "://" not in address and "." in address else ""
        cure = f"write https://{by_ssh[1]}/{by_ssh[2]}" if by_ssh else cure
        return Fault(f"is {shown}, expected an address that starts with http:// or https://", cure)
    try:
        parts = urlsplit(address)
        host, _ = _host(parts.hostname or ""), parts.port
    except ValueError:
        return Fault(f"is {shown}, which is not an address")
    if "@" in parts.netloc:
        return Fault(f"is {shown}, expected no name or password in it", "they would be published; remove them")
    return None if _HOST.fullmatch(host) else Fault(f"is {shown}, expected a host such as example.org")


def link_fault(address: str) -> Fault | None:
    """Why `address` cannot be a link to somewhere else: those are http, https and mailto."""
    if address.lower().startswith("mailto:"):
        return (
            None if "@" in address and not re.search(r"\s", address) else Fault(f"is {quoted(address)}, expected mailto:name@example.org")
        )
    return web_fault(address)


def target_fault(address: str) -> Fault | None:
    """Why `address` cannot be what a menu leads to: a path of this site or a link elsewhere."""
    scheme = _SCHEME.match(address)
    if scheme is None and not address.startswith("//"):
        return text_fault(address)
    if scheme is not None and scheme[1].lower() == "tel":
        return text_fault(address)
    return link_fault(address)


def _host(name: str) -> str:
    """A host's name as DNS knows it; raises ValueError where it cannot be one."""
    return f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")


def normal_base(address: str) -> str:
    """`address`, in which `base_fault` finds nothing wrong, as hrefs print it: ASCII alone, and with a slash at its end."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    path = quote(unquote(parts.path.rstrip("/")), safe="/@!$&'()*+,;=~")
    return f"{parts.scheme.lower()}://{_host(parts.hostname or '')}{port}{path}/"


def host_fault(name: str) -> Fault | None:
    """Why `name` is not a host whose pages can be named in a policy: ASCII, lower case, without scheme, port and path."""
    if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+", name):
        return None
    near = re.sub(r"^\w+://", "", name).partition("/")[0].partition(":")[0].lower()
    cure = f"write `{near}`" if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+", near) else ""
    return Fault(f"is {quoted(name)}, expected a host such as player.example.org", cure)


def language_fault(code: str) -> Fault | None:
    """Why `code` is not a language that Babel knows."""
    try:
        Locale.parse(code.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        near = nearest(code, _codes_by_name())
        hint = f"write `{_codes_by_name()[near]}`" if near else ""
        return Fault(f"is {quoted(code)}, expected the code of a language, such as en, fr or pt-BR", hint)
    return Fault(f"is {quoted(code)}, expected a hyphen in it", f"write `{code.replace('_', '-')}`") if "_" in code else None


def _codes_by_name() -> dict[str, str]:
    """The codes of languages by their English names."""
    return {name: code.replace("_", "-") for code, name in localedata.load("en")["languages"].items()}


def zone_fault(name: str) -> Fault | None:
    """Why `name` is not a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = nearest(name, available_timezones()) or nearest(name, {zone.rpartition("/")[2] for zone in available_timezones()})
        whole = min(
            (zone for zone in available_timezones() if near and zone.endswith(near)), key=lambda zone: (len(zone), zone), default=""
        )
        hint = f"did you mean `{whole}`?" if whole else ""
        return Fault(f"is {quoted(name)}, expected a time zone such as UTC or Europe/Paris", hint)
    return None


def colour_fault(value: str) -> Fault | None:
    """Why `value` is not a colour that may stand in a style sheet."""
    if re.fullmatch(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value):
        return None
    cure = "write 3 or 6 digits after the #" if value.startswith("#") else 'quote it, since # starts a comment: "#0a66c2"'
    return Fault(f"is {quoted(value)}, expected a colour as #rgb or #rrggbb", cure)


def permalink_fault(pattern: str) -> Fault | None:
    """Why `pattern` cannot name the pages of a collection, each its own address."""
    found = urls.tokens(pattern)
    unknown = next((token for token in found if token not in TOKENS), "")
    if unknown:
        near = nearest(unknown, TOKENS)
        hint = f"did you mean `:{near}`?" if near else "known are " + ", ".join(f":{token}" for token in TOKENS)
        return Fault(f"has the unknown token `:{unknown}`", hint)
    if not pattern.startswith("/"):
        return Fault(f"is {quoted(pattern)}, expected a `/` at its start", f"write `/{pattern}`")
    if not pattern.endswith(("/", ".html", ".htm")):
        return Fault(f"is {quoted(pattern)}, expected `/` or `.html` at its end", f"write `{pattern}/`")
    if not _TELLING.intersection(found):
        return Fault(f"is {quoted(pattern)}, which is the same for many pages", "put one of :slug, :title, :filename and :path in it")
    reason = urls.fault(urls.expand(pattern, dict.fromkeys(TOKENS, "x")))
    return Fault(f"is {quoted(pattern)}, which {reason}") if reason else None


def folder_fault(name: str) -> Fault | None:
    """Why `name` is not a folder below content/."""
    if name.startswith(("/", "content/")) or name.endswith("/") or "\\" in name:
        cure = name.replace("\\", "/").strip("/").removeprefix("content/")
        return Fault(f"is {quoted(name)}, expected a folder below content/ without slashes around it", f"write `{cure}`")
    reason = "holds `..`" if ".." in name.split("/") else "has an empty part" if "//" in name else ""
    return Fault(f"is {quoted(name)}, which {reason}") if reason else text_fault(name)


def import_fault(path: str) -> Fault | None:
    """Why `path` cannot be imported."""
    return None if _IMPORT.fullmatch(path) else Fault(f"is {quoted(path)}, expected an import path such as mysite.charts")


def markdown_fault(path: str) -> Fault | None:
    """Why `path` is not what Python-Markdown takes for an extension: a module, or a class in one after a colon."""
    module, colon, name = path.partition(":")
    return import_fault(path) if import_fault(module) or (colon and not name.isidentifier()) else None


def edit_fault(address: str) -> Fault | None:
    """Why `address` cannot lead to the source of each page."""
    fault = web_fault(address)
    if fault is None and "{path}" not in address:
        whole = re.sub(r"\{\w*\}", "{path}", address, count=1) if "{" in address else f"{address.rstrip('/')}/{{path}}"
        return Fault(f"is {quoted(address)}, expected `{{path}}` where the path of the file goes", f"write {whole}")
    return fault


def header_path_fault(path: str) -> Fault | None:
    """Why `path` cannot head a block of the headers file, which is made of lines and words."""
    if not path.startswith("/") or re.search(r"\s", path):
        return Fault(f"is {quoted(path)}, expected a path that starts with `/` and has no spaces", "write `/downloads/*` or the like")
    return text_fault(path)


def header_name_fault(name: str) -> Fault | None:
    """Why `name` is not a header field's name by RFC 9110."""
    return None if _FIELD_NAME.fullmatch(name) else Fault(f"is {quoted(name)}, expected the name of a header, such as X-Robots-Tag")


def header_value_fault(value: str) -> Fault | None:
    """Why `value` cannot stand in one line of the headers file."""
    if "\n" in value or "\t" in value:
        return Fault("holds a line break or a tab, which would end the header", "write the value on one line")
    return text_fault(value)


_WEB = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s@/?#]+([/?#]\S*)?"

Text = Annotated[str, checked(text_fault), Words("text")]
BaseUrl = Annotated[str, checked(base_fault), Words("http address", rf"^({_WEB})?$")]
WebUrl = Annotated[str, checked(web_fault), Words("http address", rf"^({_WEB})?$")]
Link = Annotated[str, checked(link_fault), Words("http or mailto address", rf"^({_WEB}|[Mm][Aa][Ii][Ll][Tt][Oo]:\S+@\S+)?$")]
Target = Annotated[str, checked(target_fault), Words("address")]
EditUrl = Annotated[str, checked(edit_fault), Words("http address with `{path}`", r"^([Hh][Tt][Tt][Pp][Ss]?://\S*\{path\}\S*)?$")]
Host = Annotated[str, checked(host_fault), Words("host")]
Language = Annotated[str, checked(language_fault), Words("language code", r"^([A-Za-z]{2,3}(-[A-Za-z0-9]+)*)?$")]
Zone = Annotated[str, checked(zone_fault), Words("time zone")]
Colour = Annotated[str, checked(colour_fault), Words("`#rrggbb`", r"^(#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}))?$")]
Permalink = Annotated[str, checked(permalink_fault), Words("permalink pattern", r"^(/(.*[/]|.*\.html?))?$")]
Folder = Annotated[str, checked(folder_fault), Words("folder")]
ImportPath = Annotated[str, checked(import_fault), Words("import path")]
MarkdownExtension = Annotated[str, checked(markdown_fault), Words("import path")]
HeaderPath = Annotated[str, checked(header_path_fault), Words("path")]
HeaderName = Annotated[str, checked(header_name_fault), Words("header")]
HeaderValue = Annotated[str, checked(header_value_fault), Words("text")]

"""Addresses within a site: how they are made, what they may hold, and the file each is written to.

A *path* here is the part of a URL after the site's base, decoded: ``/blog/grüße/``. It starts with ``/``; one that ends
with ``/`` is written to ``index.html`` in that folder. An *href* is the same percent-encoded, with the base's path before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin

SEGMENT_BYTES = 255
SLUG_BYTES = 120
_TOKEN = re.compile(r":([a-z]+(?:_[a-z]+)*)")
_RESERVED_NAMES = frozenset({"_headers", "_redirects", "_routes.json", "_worker.js", ".sitegen"})
_WINDOWS_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
# Bidirectional marks and line separators reorder or break what shows an address; half characters cannot be written at all.
_FORBIDDEN = re.compile('[\x00-\x1f\x7f-\x9f\\\\:*?"<>|#%\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]')
# Without these, tags for three languages would be one: C, C++ and C#.
_SPELLED_OUT = {"c++": "cpp", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
_SPELLED = re.compile(r"(?<!\w)(?:c\+\+|[cf]#|\.net\b)")
_APOSTROPHES = frozenset("'\u2019\u02bc")
_NON_JOINER = "\u200c"  # between the parts of a Persian word
_SPELLING = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No"})
_SIGNS = frozenset({"Mn", "Mc"})
_JOINING = frozenset({"Cf", "Me"})


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """A path segment for `text`: lower case, letters of any script and digits, hyphens between; may be empty.

    Not python-slugify's: that takes the vowel signs of Hindi and its kin for punctuation, and counts characters where disks count bytes.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    text = _SPELLED.sub(lambda match: _SPELLED_OUT[match[0]], text)
    parts = "".join(_slug_part(before, character) for before, character in pairwise(f" {text}")).split("-")
    return _cut(unicodedata.normalize("NFC", "-".join(filter(None, parts))))


def _slug_part(before: str, character: str) -> str:
    """What becomes of `character` after `before`: itself, a hyphen, or nothing where it only joins what stands around it."""
    kind = unicodedata.category(character)
    if character == _NON_JOINER:
        return "-"
    if kind in _JOINING or character in _APOSTROPHES or "\ufe00" <= character <= "\ufe0f":
        return ""
    is_sign = kind in _SIGNS and unicodedata.category(before) in _SPELLING | _SIGNS
    return character if kind in _SPELLING or is_sign else "-"


def _cut(slug: str) -> str:
    """`slug` with at most `SLUG_BYTES` bytes, cut between words where there are several."""
    if len(slug.encode()) <= SLUG_BYTES:
        return slug
    start = slug.encode()[: SLUG_BYTES + 1].decode(errors="ignore")
    whole = start.rpartition("-")[0]
    return whole or slug.encode()[:SLUG_BYTES].decode(errors="ignore")


def normalise(path: str) -> str:
    """`path` with one leading slash, in NFC, without ``index.html``; a path without an extension ends in ``/``."""
    path = "/" + unicodedata.normalize("NFC", path).lstrip("/")
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    if path.endswith("/") or PurePosixPath(path).suffix.lower() in _FILE_SUFFIXES:
        return path
    return path + "/"


_FILE_SUFFIXES = frozenset({".html", ".htm", ".xml", ".json", ".txt", ".md", ".xhtml", ".php", ".aspx"})


def fault(path: str) -> str:
    """Why `path` cannot be an address of the site, or an empty string.

    What is refused would be written outside the output folder, be cut by a server, or not be a file on some host.
    """
    if not path.startswith("/") or "//" in path:
        return "is not an address within the site"
    found = _FORBIDDEN.search(path)
    if found:
        return f"holds {_spell(found[0])}"
    for segment in filter(None, path.split("/")):
        reason = _segment_fault(segment)
        if reason:
            return reason
    return ""


def _segment_fault(segment: str) -> str:
    if segment in {".", ".."}:
        return f"holds `{segment}`"
    if segment in _RESERVED_NAMES or segment.startswith(".git"):
        return f"uses the reserved name `{segment}`"
    if segment.startswith("-") or (segment.startswith(".") and segment != ".well-known"):
        return f"has a part that starts with `{segment[0]}`"
    if segment[-1] in ". ":
        return f"has a part that ends with {_spell(segment[-1])}"
    if _WINDOWS_DEVICES.match(segment):
        return f"uses `{segment}`, a device name on Windows"
    size = len(segment.encode())
    return f"has a part of {size} bytes, the limit is {SEGMENT_BYTES}" if size > SEGMENT_BYTES else ""


def _spell(character: str) -> str:
    return f"`{character}`" if character.isprintable() and character != " " else f"the character U+{ord(character):04X}"


def key(path: str) -> str:
    """What two paths have in common when some disk or host takes them for one file: no case, one normal form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file_of(path)).casefold())


def file_of(path: str) -> str:
    """The file below the output folder that answers at `path`."""
    relative = path.removeprefix("/")
    return relative + "index.html" if not relative or relative.endswith("/") else relative


def path_of(file: str) -> str:
    """The path that `file`, below the output folder, answers at; the reverse of `file_of`."""
    return "/" + (file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file)


@lru_cache(maxsize=8192)
def href(path: str, prefix: str = "") -> str:
    """`path` percent-encoded, below the base path `prefix` (which has no trailing slash)."""
    return prefix + quote(path, safe="/@!$&'()*+,;=~")


def path_of_href(address: str, prefix: str = "") -> str | None:
    """The decoded path of an href without query and fragment, or None where it is outside the base path `prefix`."""
    if not address.startswith(prefix + "/"):
        return None
    return unicodedata.normalize("NFC", unquote(address[len(prefix) :]))


def joined(base: str, address: str) -> str:
    """`address` as it is meant from `base`; what cannot be read as one stays as it is."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def twin_of(path: str) -> str:
    """Where the Markdown twin of the page at `path` lives."""
    return path + "index.md" if path.endswith("/") else path.removesuffix(".html") + ".md"


def tokens(pattern: str) -> list[str]:
    """The names of the ``:tokens`` in a permalink pattern."""
    return _TOKEN.findall(pattern)


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """A permalink pattern with its ``:tokens`` replaced; an empty value leaves no empty segment behind.

    Raises:
        KeyError: a token that `values` does not have.
    """
    path = _TOKEN.sub(lambda match: values[match[1]], pattern)
    return re.sub(r"/{2,}", "/", path)

"""The start tags of HTML: ids, and every address with the place of its value.

Tokenises as the HTML standard does (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), but for the
escaped states inside a script. Comments, and what stands in elements that hold text alone, are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5

import msgspec

_SPACE = r"[ \t\n\r\f]"
# Repeated groups are atomic and not possessive: before Python 3.11.5 a possessive group forgets to go back inside (gh-106052).
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^ \t\n\r\f>"'][^ \t\n\r\f>]*+|(?=>))"""
_ATTRIBUTES = rf"(?>(?:[ \t\n\r\f/]++|[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+(?:{_SPACE}*+={_SPACE}*+{_VALUE}|(?!{_SPACE}*+=)))*)"
_ATTRIBUTE = re.compile(
    rf"""([^ \t\n\r\f/>][^ \t\n\r\f/>=]*+)(?>(?:{_SPACE}*+={_SPACE}*+(?:"([^"]*+)"|'([^']*+)'|([^ \t\n\r\f>"'][^ \t\n\r\f>]*+)?))?)"""
)
_TEXT_ONLY = "script|style|textarea|title|xmp|iframe|noembed|noframes"
# The commonest tags without an attribute that could matter. Runs of them are one match: it makes the scan four times as fast.
_PLAIN = (
    "span|p|li|ul|ol|a|code|pre|em|strong|b|i|del|sup|sub|kbd|br|hr|div|h[1-6]|blockquote|table|thead|tbody|tr|th|td|dl|dt|dd|figcaption"
)
_TOKEN = re.compile(
    rf"""(?>(?:</?(?:{_PLAIN})(?>(?:[ ]class="[^"]*+")?)>[^<]*+)+)
    |<!--(?:-?>|.*?(?:--!?>|\Z))
    |</>
    |<(?:[!?]|/[^a-zA-Z])[^>]*+>?
    |<(?P<text>(?i:{_TEXT_ONLY}))(?=[ \t\n\r\f/>])(?P<text_attributes>{_ATTRIBUTES})>[^<]*+(?>(?:<(?!/(?i:(?P=text))[ \t\n\r\f/>])[^<]*+)*)
    |<(?P<name>[a-zA-Z][^ \t\n\r\f/>]*+)(?P<attributes>{_ATTRIBUTES})>
    |</[a-zA-Z][^ \t\n\r\f/>]*+{_ATTRIBUTES}>
    |</?[a-zA-Z].*\Z""",
    re.VERBOSE | re.DOTALL,
)
# What `scan` takes in at a glance, in the form that serialisers write: runs of tags with nothing wanted, an id, an address.
_OTHERS = r'(?>(?:[ ](?!(?:id|name|href|src|srcset)[= >])[a-z:-]++(?>(?:="[^"]*+")?))*)'
_OTHERS_OR_NAME = _OTHERS.replace("|name|href|src|srcset", "")
_OTHER_TAG = rf"(?!(?:a|area|audio|embed|form|img|link|meta|object|source|track|video|{_TEXT_ONLY})[ >])[a-z][a-z0-9]*+{_OTHERS_OR_NAME}"
_GLANCE = re.compile(
    rf"""(?>(?:<(?:/[a-z][a-z0-9]*+|{_OTHER_TAG})>[^<]*+)+)
    |<(?P<tag>a|link){_OTHERS}[ ]href="(?P<href>[^"]*+)"{_OTHERS}>
    |<img{_OTHERS}[ ]src="(?P<src>[^"]*+)"{_OTHERS}>
    |<{_OTHER_TAG}[ ]id="(?P<id>[^"]*+)"{_OTHERS_OR_NAME}>
    |{_TOKEN.pattern}""",
    re.VERBOSE | re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]++;?|#[xX][0-9a-fA-F]++;?|[a-zA-Z][a-zA-Z0-9]*+(?:;|(?!=)))")
_CANDIDATE = re.compile(r"([^ \t\n\r\f,][^ \t\n\r\f]*+)(?:(?<=,)|[^,(]*+(?>(?:\([^)]*+\)?+[^,(]*+)*))")
_ID = frozenset({"id"})
_WHOLE = ("https://", "http://")
_WANTED = {
    "a": _ID | {"href", "name"},
    "area": _ID | {"href"},
    "audio": _ID | {"src"},
    "embed": _ID | {"src"},
    "form": _ID | {"action"},
    "iframe": _ID | {"src"},
    "img": _ID | {"src", "srcset"},
    "link": _ID | {"href"},
    "meta": _ID | {"content"},
    "object": _ID | {"data"},
    "script": _ID | {"src"},
    "source": _ID | {"src", "srcset"},
    "track": _ID | {"src"},
    "video": _ID | {"src", "poster"},
}


class Attribute(msgspec.Struct, frozen=True):
    """One attribute, or one candidate of a ``srcset``; ``html[start:end]`` is its value, `value` the same decoded.

    `start` is -1 where none is written (``<a href>``).
    """

    tag: str
    name: str
    value: str
    start: int
    end: int


class StartTag(msgspec.Struct, frozen=True):
    """A start tag; `name` is in lower case, an attribute given twice is there twice."""

    name: str
    attributes: tuple[Attribute, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What a page can be linked to by, and what it links to, in document order.

    `ids` holds each ``id`` and each ``name`` of an ``a``, twice when given twice, but for one that a single tag says twice.
    Of what a ``meta`` says, a whole address is a reference, such as the picture of a link preview. `pictures` are the ``img`` and ``video``
    elements.
    """

    ids: tuple[str, ...]
    references: tuple[Attribute, ...]
    pictures: tuple[StartTag, ...] = ()


def scan(html: str) -> Scan:
    """All ids and addresses of a page or a fragment."""
    ids: list[str] = []
    references: list[Attribute] = []
    pictures: list[StartTag] = []
    for match in _GLANCE.finditer(html):
        group = match.lastgroup
        if group is None:
            continue
        if group == "id":
            ids.append(decode(match["id"]))
        elif group == "href" or group == "src":
            references.append(Attribute(match["tag"] or "img", group, decode(match[group]), *match.span(group)))
            if group == "src":
                pictures.append(_start_tag(html, "img", match.start(), (match.start() + 4, match.end() - 1)))
        else:
            tag, span = _tag(match)
            _scan_tag(html, tag, span, ids, references)
            if tag == "img" or tag == "video":
                pictures.append(_start_tag(html, tag, match.start(), span))
    return Scan(tuple(ids), tuple(references), tuple(pictures))


def _scan_tag(html: str, tag: str, span: tuple[int, int], ids: list[str], references: list[Attribute]) -> None:
    """Add what the attributes in `span` say; of two with one name the first counts."""
    wanted = _WANTED.get(tag, _ID)
    seen: set[str] = set()
    own: tuple[str, ...] = ()
    for name, start, end in _attributes(html, span):
        if name not in wanted or start < 0 or name in seen:
            continue
        seen.add(name)
        attribute = Attribute(tag, name, decode(html[start:end]), start, end)
        if name == "id" or name == "name":
            own += () if attribute.value in own else (attribute.value,)
        elif tag != "meta" or attribute.value.startswith(_WHOLE):
            references += _candidates(html, attribute) if name == "srcset" else (attribute,)
    ids += own


def start_tags(html: str) -> Iterator[StartTag]:
    """The start tags of `html`, but for common ones that carry nothing but a class."""
    for match in _TOKEN.finditer(html):
        if match.lastgroup is None:
            continue
        tag, span = _tag(match)
        yield _start_tag(html, tag, match.start(), span)


def comments(html: str) -> Iterator[str]:
    """What is a comment to a browser: besides comments, declarations, ``<?…>`` and ``<![CDATA[…>``, up to the first ``>``."""
    return (match[0] for match in _TOKEN.finditer(html) if match[0].startswith(("<!", "<?")))


def _start_tag(html: str, tag: str, start: int, span: tuple[int, int]) -> StartTag:
    found = (Attribute(tag, name, decode(html[at:end]), at, end) for name, at, end in _attributes(html, span))
    return StartTag(tag, tuple(found), start, span[1] + 1)


def _tag(match: re.Match[str]) -> tuple[str, tuple[int, int]]:
    """The name of a start tag, and where its attributes are."""
    group = match.lastgroup or ""
    return match["name" if group == "attributes" else "text"].lower(), match.span(group)


def _attributes(html: str, span: tuple[int, int]) -> Iterator[tuple[str, int, int]]:
    """The name of each attribute, and where its value is; -1 for none."""
    for match in _ATTRIBUTE.finditer(html, *span):
        group = match.lastindex or 1
        start, end = match.span(group) if group > 1 else (-1, -1)
        yield match[1].lower(), start, end


def _candidates(html: str, srcset: Attribute) -> Iterator[Attribute]:
    """Each address in a ``srcset`` (https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute)."""
    for match in _CANDIDATE.finditer(html, srcset.start, srcset.end):
        start = match.start(1)
        end = start + len(match[1].rstrip(","))
        yield Attribute(srcset.tag, srcset.name, decode(html[start:end]), start, end)


def decode(value: str) -> str:
    """An attribute's value with its character references resolved as a browser does: ``?a=1&copy=2`` stays as it is."""
    return _REFERENCE.sub(_resolve, value) if "&" in value else value


def _resolve(match: re.Match[str]) -> str:
    text = match[0]
    return unescape(text) if text.startswith("&#") else html5.get(text[1:], text)

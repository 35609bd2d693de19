"""What raw HTML may hold, held by nh3 over the whole result, and what it took out.

A ``rel`` is left as the author wrote it: every browser of today treats ``target="_blank"`` as ``noopener``, and whether links
are followed is the author's affair, who wrote them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import nh3

from sitegen.errors import Problem
from sitegen.html_scan import StartTag, comments, start_tags
from sitegen.markup.cures import cure_of_html
from sitegen.markup.places import Places

_EVERYWHERE = "id class title lang dir role hidden aria-label aria-labelledby aria-describedby aria-hidden"
_ATTRIBUTES = {
    "a": "href hreflang rel download type name",
    "audio": "src controls preload loop muted",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open name",
    "div": "data-language data-tabs",
    "figure": "data-language",
    "img": "src srcset sizes alt width height loading decoding",
    "input": "checked disabled name",
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "meter": "value min max low high optimum",
    "ol": "start reversed type",
    "progress": "value max",
    "q": "cite",
    "source": "src srcset sizes type media width height",
    "span": "data-linenos",
    "td": "colspan rowspan headers",
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "src kind srclang label default",
    "video": "src poster controls preload loop muted autoplay playsinline width height",
}
# An embed is named by its number on the page: no address that an author writes comes this way.
EMBEDS = 200
_VALUES = {
    "a": {"target": {"_blank", "_self"}},
    "div": {"tabindex": {"0"}},
    "figure": {"data-embed": {str(number) for number in range(EMBEDS)}},
    "input": {"type": {"checkbox", "radio"}},
    "pre": {"tabindex": {"0"}},
}
_BARE = (
    "abbr address article aside b bdi bdo blockquote br caption cite code dd dfn dl dt em figcaption footer h1 h2 h3 h4 h5 h6 header hgroup"
    " hr i kbd mark nav p picture pre rp rt ruby s samp section small strong sub summary sup table tbody tfoot thead tr u ul var wbr"
)
_TAGS = frozenset(_BARE.split()) | frozenset(_ATTRIBUTES)
# These go with what is in them, which is no text for readers.
_DROPPED = "script style iframe noembed noframes noscript template title textarea select xmp svg math object applet"
_WITH_CONTENT = frozenset(_DROPPED.split())
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
_ADDRESSES = frozenset({"href", "src", "poster", "cite", "srcset"})
# What most addresses begin with; none of it can be a part of another scheme.
_PLAINLY_SAFE = ("https://", "http://", "#", "/", ".")
_CONTROLS = "".join(map(chr, range(33)))
_TAG = re.compile(r"<[a-zA-Z][^>]*+>")
_WHOLE_TAG = re.compile(r"""<[a-zA-Z][\w-]*+(?>(?:\s+[\w:-]++(?>(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`/]+))?))*)\s*/?>""")
# What HTML takes for a comment up to the next `>`, and nobody sees.
_UNSEEN = re.compile(r"<(!\[CDATA\[|\?[a-zA-Z]*|![a-zA-Z]+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif)[;,]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Removed:
    """A tag that was taken out, or an attribute of one that stayed."""

    tag: str
    attribute: str = ""
    value: str = ""

    def __str__(self) -> str:
        if self.tag[0] in "!?":
            return f"`<{self.tag}` and what follows it was taken out"
        if not self.attribute:
            return f"`<{self.tag}>` was taken out"
        if self.attribute in _ADDRESSES:
            return f"the address `{_short(self.value)}` was taken out of `<{self.tag}>`"
        return f"`{self.attribute}` was taken out of `<{self.tag}>`"


def sanitise(html: str) -> tuple[str, list[Removed]]:
    """`html` without anything that could act or look for itself, and what that cost, in document order."""
    clean = _cleaner().clean(html)
    if "<input" in clean:
        clean = "".join(_without_fields(clean))
    return clean, [*_unseen(html), *_removed(html, clean)]


def _unseen(html: str) -> Iterator[Removed]:
    """What is a comment without being written as one."""
    if _UNSEEN.search(html):
        yield from (Removed(found[1]) for comment in comments(html) if (found := _UNSEEN.match(comment)))


def problems(removed: list[Removed], places: Places) -> list[Problem]:
    """A warning for each kind of thing that was taken out, at its first place in the source."""
    counts = Counter(map(str, removed))
    found = []
    for text, thing in {str(thing): thing for thing in reversed(removed)}.items():
        times = f", {counts[text]} times" if counts[text] > 1 else ""
        line, column = places.address(thing.value) if thing.attribute in _ADDRESSES else (0, 0)
        if not line:
            line, column = places.tag(thing.tag, thing.attribute)
        found.append(Problem("html-removed", text + times, line=line, column=column, excerpt=places.excerpt(line), hint=_hint(thing)))
    return found


def is_safe(tag: str, address: str) -> bool:
    """Whether a browser may follow `address` out of that tag; read as a browser reads it (https://url.spec.whatwg.org)."""
    if address.startswith(_PLAINLY_SAFE):
        return True
    address = re.sub(r"[\t\n\r]", "", address.strip(_CONTROLS))
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in _SCHEMES or (tag == "img" and _PICTURE.match(address) is not None)


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names.split()) for tag, names in _ATTRIBUTES.items()}
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={**attributes, "*": set(_EVERYWHERE.split())},
        tag_attribute_values=_VALUES,
        attribute_filter=_judge,
        url_schemes={*_SCHEMES, "data"},
        link_rel=None,
    )


def _judge(tag: str, name: str, value: str) -> str | None:
    """`value`, or None where it must go; nh3 asks for each attribute that its lists let through."""
    if name == "srcset":
        return value if all(is_safe(tag, part) for part in value.replace(",", " ").split()) else None
    return value if name not in _ADDRESSES or is_safe(tag, value) else None


def _without_fields(html: str) -> Iterator[str]:
    """`html` in pieces, without fields but those of task lists and tabs; any other could ask a reader for something."""
    done = 0
    for tag in start_tags(html):
        if tag.name == "input" and not _is_ours(tag):
            yield html[done : tag.start]
            done = tag.end
    yield html[done:]


def _is_ours(field: StartTag) -> bool:
    given = {attribute.name: attribute.value for attribute in reversed(field.attributes)}
    is_task = given.get("type") == "checkbox" and "disabled" in given
    return is_task or (given.get("type") == "radio" and given.get("name", "").startswith("__tabbed_"))


def _removed(before: str, after: str) -> list[Removed]:
    """What `before` has and `after` lacks, but for classes, which go nowhere; a tag that goes takes its attributes along.

    `after` has neither ``<`` nor ``>`` in its attributes, so what is written as one of its tags is that tag. Most bodies lose nothing,
    and then it is enough to look at the tags that are not written alike.
    """
    if before == after:
        return []
    old, new = Counter(_TAG.findall(before)), Counter(_TAG.findall(after))
    unlike = list((old - new).elements())
    if all(map(_WHOLE_TAG.fullmatch, unlike)) and not _lost("".join(unlike), "".join((new - old).elements())):
        return []
    return _lost(before, after)


def _lost(before: str, after: str) -> list[Removed]:
    """The same, tag by tag."""
    kept = Counter((tag.name, attribute.name, attribute.value) for tag in start_tags(after) for attribute in tag.attributes)
    found = []
    for tag in _outermost(before):
        if tag.name not in _TAGS or (tag.name == "input" and not _is_ours(tag)):
            found.append(Removed(tag.name))
            continue
        for attribute in tag.attributes:
            key = (tag.name, attribute.name, attribute.value)
            if kept[key]:
                kept[key] -= 1
            elif attribute.name != "class":
                found.append(Removed(*key))
    return found


def _outermost(html: str) -> Iterator[StartTag]:
    """The start tags of `html`, but for those in an element that goes with all that is in it."""
    gone_until = 0
    for tag in start_tags(html):
        if tag.start < gone_until:
            continue
        yield tag
        if tag.name in _WITH_CONTENT:
            end = re.compile(f"</{tag.name}", re.IGNORECASE).search(html, tag.end)
            gone_until = end.start() if end else len(html)


def _hint(thing: Removed) -> str:
    if thing.tag[0] in "!?":
        return "put it between backticks to show it as it is, or write `&lt;` in the place of `<`"
    if ":" in thing.tag:
        return 'Markdown is not read within raw HTML: write a link, or put `markdown="1"` into the tag around it'
    instead = cure_of_html(thing.tag, thing.attribute, is_address=thing.attribute in _ADDRESSES)
    return f"{instead}; `content: {{html: trust}}` in site.yaml keeps all raw HTML, if you trust everyone who writes here"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"

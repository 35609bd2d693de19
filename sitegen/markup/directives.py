"""Lines that begin with two colons: ``::video[Title]{src="talk.mp4"}``, and the like for audio, embeds and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.util import AtomicString

from sitegen.errors import Problem
from sitegen.markup.blocks import Delimited, Found, Parser
from sitegen.markup.players import EmbedError, player
from sitegen.markup.sanitise import EMBEDS

_LINE = re.compile(r"::(?P<name>[a-z]+)\s*(?:\[(?P<title>.*)\])?\s*(?:\{(?P<keys>[^{}]*)\})?\s*\Z")
_KEY = re.compile(r"""\s*(?P<key>[\w-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))(?=\s|\Z)""")
_KNOWN: Mapping[str, frozenset[str]] = {
    "audio": frozenset({"src"}),
    "embed": frozenset({"src", "poster"}),
    "figure": frozenset({"src", "alt", "width", "height"}),
    "video": frozenset({"src", "poster", "captions", "lang", "width", "height"}),
}
_OURS = re.compile(rf"::(?P<name>{'|'.join(_KNOWN)})(?=[\[{{\s]|\Z).*")
_NUMBERS = frozenset({"width", "height"})
_FORM = 'write it on one line, as in `::{}[A title]{{src="…"}}`'


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mistake in the line of the body that has that index."""

    line: int
    rule: str
    message: str
    hint: str


class DirectivesExtension(Extension):
    """Registers the block processor. After a conversion, `embeds` are the addresses of players, and `wrong` is what was mistaken."""

    def __init__(self, hosts: Sequence[str]) -> None:
        super().__init__()
        self.hosts = tuple(hosts)
        self.embeds: list[str] = []
        self.wrong: list[Wrong] = []

    def extendMarkdown(self, md: Markdown) -> None:
        """Let the block parser know the lines."""
        md.registerExtension(self)
        if isinstance(md.parser, Parser):
            md.parser.add_kind(Delimited(":", _OURS, None, _Directives(md, self).make, interrupts=False))

    def reset(self) -> None:
        """Forget the last document."""
        self.embeds, self.wrong = [], []

    def problems(self, lines: Sequence[str], *, line: int) -> Iterator[Problem]:
        """What was mistaken in the `lines` of a body, the first of which has the number `line`."""
        for wrong in self.wrong:
            text = lines[wrong.line]
            column = text.find("::") + 1
            yield Problem(wrong.rule, wrong.message, line=line + wrong.line, column=column, excerpt=text, hint=wrong.hint)


class _Directives:
    def __init__(self, md: Markdown, extension: DirectivesExtension) -> None:
        self._md, self._extension = md, extension

    def make(self, found: Found) -> Element:
        """An element of a line; of one that is mistaken a paragraph."""
        box, text, name = Element("div"), found.opening[0].strip(), found.opening["name"]
        parts = _LINE.match(text)
        keys = _keys_of(parts["keys"] or "") if parts else None
        if parts is None or keys is None:
            self._note(found.line, "bad-directive", f"`::{name}` cannot be read", _FORM.format(name))
            SubElement(box, "p").text = text
        else:
            title = re.sub(r"\\([\[\]\\])", r"\1", parts["title"] or "").strip()
            self._make(box, Directive(text, found.line, name, title, keys))
        return box[0]

    def _make(self, parent: Element, directive: Directive) -> None:
        for rule, message, hint in _faults(directive):
            self._note(directive.line, rule, message, hint)
        keys = {key: value for key, value in directive.keys.items() if key in _KNOWN[directive.name]}
        if not keys.get("src"):
            SubElement(parent, "p").text = directive.title or directive.text
            return
        keys = {key: value for key, value in keys.items() if key not in _NUMBERS or _is_number(value)}
        directive = replace(directive, keys=keys)
        figure = SubElement(parent, "figure")
        html = self._embed(figure, directive) if directive.name == "embed" else _HTML[directive.name](directive)
        figure.text = AtomicString(self._md.htmlStash.store(html))
        if directive.title and directive.name != "embed":
            SubElement(figure, "figcaption").text = directive.title

    def _embed(self, figure: Element, directive: Directive) -> str:
        """A link that names where it leads; the theme's script puts a player in its place when a reader asks for it."""
        src = directive.keys["src"]
        try:
            found = player(src, self._extension.hosts)
        except EmbedError as error:
            self._note(directive.line, error.rule, str(error), error.hint)
            return _link(src if src.startswith("https://") else "", directive, "")
        if len(self._extension.embeds) < EMBEDS:
            figure.attrib = {"class": "embed", "data-embed": str(len(self._extension.embeds))}
            self._extension.embeds.append(found.frame)
        return _link(src, directive, found.host)

    def _note(self, line: int, rule: str, message: str, hint: str) -> None:
        self._extension.wrong.append(Wrong(line, rule, message, hint))


@dataclass(frozen=True, slots=True)
class Directive:
    """A line that could be read."""

    text: str
    line: int
    name: str
    title: str
    keys: Mapping[str, str]


_FRAME = re.compile(r'(<figure\b[^<>]*)\sdata-embed="([0-9]{1,3})"')


def with_frames(html: str, embeds: Sequence[str]) -> str:
    """`html`, which was sanitised, with the address of each player in the place of its number; a number that nobody gave is taken out."""
    if "data-embed" not in html:
        return html
    return _FRAME.sub(
        lambda found: found[1] + (f' data-embed="{escape(embeds[int(found[2])])}"' if int(found[2]) < len(embeds) else ""), html
    )


def _keys_of(text: str) -> dict[str, str] | None:
    """Keys and values; None where there is something else between them."""
    found = list(_KEY.finditer(text))
    if _KEY.sub("", text).strip():
        return None
    return {each["key"]: next(value for value in each.group("double", "single", "bare") if value is not None) for each in found}


def _faults(directive: Directive) -> Iterator[tuple[str, str, str]]:
    """Rule, message and cure of each mistake that the line alone shows."""
    name, known = directive.name, sorted(_KNOWN[directive.name])
    for key, value in directive.keys.items():
        if key not in known:
            yield "bad-directive", f"`{key}` is no key of `::{name}`", "known are " + ", ".join(known)
        elif key in _NUMBERS and not _is_number(value):
            yield "bad-directive", f"`{key}` is `{value}`, expected a number of pixels", f"write `{key}=640`"
    if not directive.keys.get("src"):
        yield "bad-directive", f"`::{name}` has no `src`, and shows nothing", _FORM.format(name)
    if name == "figure" and "alt" not in directive.keys:
        yield (
            "missing-alt",
            "the figure has no text for those who do not see it",
            'say what it shows in `alt="…"`, or `alt=""` for decoration',
        )
    if name != "figure" and not directive.title:
        yield "missing-alt", f"`::{name}` has no title for those who cannot play it", _FORM.format(name)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6


def _given(**values: str | None) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value is not None)


def _figure(directive: Directive) -> str:
    keys = directive.keys
    return f"<img{_given(src=keys['src'], alt=keys.get('alt', ''), width=keys.get('width'), height=keys.get('height'))}>"


def _video(directive: Directive) -> str:
    keys = directive.keys
    own = _given(src=keys["src"], poster=keys.get("poster"), width=keys.get("width"), height=keys.get("height"))
    track = f'<track kind="captions" default{_given(src=keys["captions"], srclang=keys.get("lang"))}>' if keys.get("captions") else ""
    return f'<video controls preload="none"{own}{_label(directive)}>{track}</video>'


def _audio(directive: Directive) -> str:
    return f'<audio controls preload="none"{_given(src=directive.keys["src"])}{_label(directive)}></audio>'


def _label(directive: Directive) -> str:
    return f' aria-label="{escape(directive.title)}"' if directive.title else ""


def _link(address: str, directive: Directive, host: str) -> str:
    poster = f"<img{_given(src=directive.keys['poster'], alt='')}>" if directive.keys.get("poster") else ""
    where = f' <span class="embed-host">{escape(host)}</span>' if host else ""
    href = _given(href=address) if address else ""
    return f'<a{href}>{poster}<span class="embed-title">{escape(directive.title or address)}</span>{where}</a>'


_HTML = {"figure": _figure, "video": _video, "audio": _audio}

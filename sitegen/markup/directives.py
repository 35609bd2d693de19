"""Lines that begin with two colons: ``::video[Title]{src="talk.mp4"}``, and the like for audio, embeds and figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.util import AtomicString

from sitegen.errors import Problem
from sitegen.markup.places import uncoded
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
_NUMBERS = frozenset({"width", "height"})
_FORM = 'write it on one line, as in `::{}[A title]{{src="…"}}`'


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mistake in a line of the body: in the one of that `text` that `before` others like it come before."""

    text: str
    before: int
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
        self.lines: Counter[str] = Counter()

    def extendMarkdown(self, md: Markdown) -> None:
        """Register below lists and quotes, in which such a line may stand."""
        md.registerExtension(self)
        md.parser.blockprocessors.register(_Directives(md, self), "directives", 17)

    def reset(self) -> None:
        """Forget the last document."""
        self.embeds, self.wrong = [], []
        self.lines.clear()

    def problems(self, body: str, *, line: int) -> Iterator[Problem]:
        """What was mistaken in `body`, whose first line has the number `line`."""
        lines = uncoded(body).split("\n") if self.wrong else []
        for wrong in self.wrong:
            alike = [number for number, text in enumerate(lines) if text.rstrip().endswith(wrong.text)]
            problem = Problem(wrong.rule, wrong.message, hint=wrong.hint)
            if wrong.before < len(alike):
                at = alike[wrong.before]
                problem = replace(problem, line=line + at, column=lines[at].find("::") + 1, excerpt=lines[at])
            yield problem


class _Directives(BlockProcessor):
    def __init__(self, md: Markdown, extension: DirectivesExtension) -> None:
        super().__init__(md.parser)
        self._md, self._extension = md, extension

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  the base's signature
        """Whether each line of the block is one of ours: what is only like one stays text."""
        return block.startswith("::") and all(map(_named, block.rstrip("\n").split("\n")))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Make an element of each line; of one that is mistaken a paragraph."""
        for line in blocks.pop(0).rstrip("\n").split("\n"):
            text = line.strip()
            self._extension.lines[text] += 1
            found = _LINE.match(text)
            keys = _keys_of(found["keys"] or "") if found else None
            if found is None or keys is None:
                self._note(text, "bad-directive", f"`::{_named(line)}` cannot be read", _FORM.format(_named(line)))
                SubElement(parent, "p").text = text
                continue
            title = re.sub(r"\\([\[\]\\])", r"\1", found["title"] or "").strip()
            self._make(parent, Directive(text, found["name"], title, keys))
        return True

    def _make(self, parent: Element, directive: Directive) -> None:
        for rule, message, hint in _faults(directive):
            self._note(directive.text, rule, message, hint)
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
            self._note(directive.text, error.rule, str(error), error.hint)
            return _link(src if src.startswith("https://") else "", directive, "")
        if len(self._extension.embeds) < EMBEDS:
            figure.attrib = {"class": "embed", "data-embed": str(len(self._extension.embeds))}
            self._extension.embeds.append(found.frame)
        return _link(src, directive, found.host)

    def _note(self, text: str, rule: str, message: str, hint: str) -> None:
        self._extension.wrong.append(Wrong(text, self._extension.lines[text] - 1, rule, message, hint))


@dataclass(frozen=True, slots=True)
class Directive:
    """A line that could be read."""

    text: str
    name: str
    title: str
    keys: Mapping[str, str]


_FRAME = re.compile(r'(<figure\b[^<>]*)\sdata-embed="([0-9]+)"')


def with_frames(html: str, embeds: Sequence[str]) -> str:
    """`html`, which was sanitised, with the address of each player in the place of its number; a number that nobody gave is taken out."""
    if "data-embed" not in html:
        return html
    return _FRAME.sub(
        lambda found: found[1] + (f' data-embed="{escape(embeds[int(found[2])])}"' if int(found[2]) < len(embeds) else ""), html
    )


def _named(line: str) -> str:
    """The name that a line begins with, where it is one of ours."""
    found = re.match(r"::([a-z]+)(?=[\[{\s]|\Z)", line.strip())
    return found[1] if found and found[1] in _KNOWN else ""


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

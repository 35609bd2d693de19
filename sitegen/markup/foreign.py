"""Shortcodes, template tags and components of other generators: they stay the text they are, and each is named with what to write instead.

What stands for nothing here is marked in the source before it is parsed, with control characters, which no body holds. So Python-Markdown
takes no component for HTML and no ``>}}`` for a quotation, and afterwards the marks tell which of them became code, and are no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sitegen.errors import Problem
from sitegen.markup.blocks.callouts import KINDS as CONTAINERS
from sitegen.markup.cures import CODE, MODULE, cure
from sitegen.markup.places import Places, code_spans
from sitegen.markup.seeking import each, line_starts, matches

_LESS, _GREATER, _MARK, _MARK_END = "\x07", "\x08", "\x05", "\x06"
# Digits that are no space to any expression, and end no line.
_DIGITS = "".join(map(chr, range(0x0E, 0x1A)))
_MARKS = re.compile(rf"<(?P<close>/?)code\b|{_MARK}(?P<index>[{_DIGITS}]+){_MARK_END}")
_LONGEST = 1_000
_HEADING_ID = re.compile(r"^([ >]*#{1,6}[ \t][^\n]*?)[ \t]*\{/\*[ \t]*#([\w.:-]+)[ \t]*\*/\}[ \t]*$", re.MULTILINE)
_HINTS = ("{{", "{%", "{:")
# These begin a line that has the text in it.
_IN_LINES = ("[[", ":::", "import ", "export ")
_TAG = re.compile("</?[A-Z]")
# Between the braces of a tag there may be line ends, but no empty line.
_WITHIN = rf"(?:[^\n]|\n(?![ \t]*\n)){{0,{_LONGEST}}}?"
_FOREIGN = re.compile(
    rf"""(?P<tag>(?<![\\{{$^_\w=])\{{\{{(?!\{{){_WITHIN}\}}\}}|(?<!\\)\{{%{_WITHIN}%\}})
    |(?P<kramdown>(?<![\\\w])\{{:(?:toc\}}|:[a-z/][^\n}}]*\}}))
    |(?P<component></?(?P<name>[A-Z][\w.]*)(?=[\s/>]))
    |^[ ]{{0,3}}\[\[(?P<box>[a-z]+)[ ]*\|[^\]\n]*\]\][ \t]*$
    |^[ >]*:{{3,}}[ ]*(?P<container>[a-z][\w-]*)
    |^(?P<module>import\s+(?:[\w*{{][^"';]{{0,500}}?\sfrom\s+)?["'][^"'\n]+["']|export\s+(?:const|let|var|function|class|async|default)\b(?=[^\n]*[={{(\[;]))""",
    re.VERBOSE | re.MULTILINE,
)
_SHORTCODE = re.compile(
    r"\{\{[<%][ ]*(?P<sign>[/]?)[*]?[ ]*(?P<name>[\w./-]*)(?:\s+(?P<argument>[^\s>%]+))?|\{%[-+]?\s*(?P<word>[\w-]+)\s*(?P<first>[^\s%]*)"
)
_CALL = re.compile(r"\{\{[-~]?\s*([\w:]+)\(")
# Parts of a tag that was named where it began.
_PARTS = re.compile(r"end\w*|else|elsif|elif|elseif|break|continue")
_ELEMENTS = """
    a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset
    figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins
    isindex kbd label legend li link listing main map mark marquee math menu meta meter nav nobr noembed noframes noscript
    object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script search section select
    small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr
    track tt u ul var video wbr xmp
"""
_HTML = frozenset(_ELEMENTS.split())


@dataclass(frozen=True, slots=True)
class Foreign:
    """One shortcode: what it is called in a message, where it starts in the source, and what to write instead."""

    shown: str
    start: int
    hint: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source in which nothing is taken for what it is elsewhere, with what was found in it."""

    source: str
    found: tuple[Foreign, ...] = ()

    def restored(self, html: str) -> str:
        """`html`, or a text, that was made of `source`, without marks; in a text `<` stays to be escaped."""
        return _MARKS.sub(_unmarked, html).replace(_LESS, "&lt;").replace(_GREATER, "&gt;") if self.found else html

    def restored_text(self, text: str) -> str:
        """The same for plain text."""
        return _MARKS.sub(_unmarked, text).replace(_LESS, "<").replace(_GREATER, ">") if self.found else text

    def problems(self, html: str, formulas: Iterable[str], places: Places) -> list[Problem]:
        """A warning for each that is neither code in `html`, which was made of `source` and has its marks still, nor in a formula."""
        if not self.found:
            return []
        code = {*_in_code(html), *(_number(each["index"]) for each in _MARKS.finditer(" ".join(formulas)) if each["index"])}
        return [_problem(each, places) for index, each in enumerate(self.found) if each.shown and index not in code]


def prepare(source: str) -> Prepared:
    """`source` with its shortcodes marked, line for line, and the ids of headings as they are written here."""
    if "{/*" in source:
        source = _with_ids(source)
    candidates = list(_candidates(source))
    if not candidates:
        return Prepared(source)
    pieces: list[str] = []
    found: list[Foreign] = []
    done = 0
    for match in _outside_code(source, candidates):
        foreign = _foreign(match, source)
        if foreign is None:
            continue
        text = match[0].replace("<", _LESS).replace(">", _GREATER) if match["tag"] or match["component"] else match[0]
        if match.start() == 0 or source[match.start() - 1] in " \t\n>":
            indent = len(text) - len(text.lstrip(" >"))
            text = text[:indent] + _mark(len(found)) + text[indent:]
        pieces += source[done : match.start()], text
        done = match.end()
        found.append(foreign)
    return Prepared("".join((*pieces, source[done:])), tuple(found))


def _with_ids(source: str) -> str:
    """`source` with Docusaurus' ``## Title {/* #id */}`` as ``## Title {#id}``, but for code."""
    spans = list(code_spans(source))

    def written(found: re.Match[str]) -> str:
        is_code = any(start <= found.start() < end for start, end in spans)
        return found[0] if is_code else f"{found[1]} {{#{found[2]}}}"

    return _HEADING_ID.sub(written, source)


def _candidates(source: str) -> Iterator[re.Match[str]]:
    starts = [at for hint in _HINTS for at in each(hint, source)]
    starts += [found.start() for found in _TAG.finditer(source)]
    starts += [at for hint in _IN_LINES for at in line_starts(hint, source)]
    return matches(_FOREIGN, source, starts)


def _outside_code(source: str, candidates: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    spans = code_spans(source)
    span = next(spans, None)
    raw_until = last = 0
    for match in candidates:
        while span and span[1] <= match.start():
            span = next(spans, None)
        # What follows a brace is a part of a formula, unless a tag ends there.
        follows = source[match.start() - 1 : match.start()] == "}" and match.start() != last
        if (span and span[0] < match.end()) or match.start() < raw_until or follows:
            continue
        last = match.end()
        yield match
        if re.match(r"\{%-?\s*raw\b", match[0]):
            raw_until = source.find("endraw", match.end())


def _foreign(match: re.Match[str], source: str) -> Foreign | None:
    """What was found; one without a text to show is a part of another, which was named already."""
    start = match.start()
    if match["tag"]:
        return _tag(match["tag"], start)
    if match["component"]:
        return _component(match, source)
    if match["kramdown"]:
        return Foreign(match[0], start, cure("toc" if match[0] == "{:toc}" else ""))
    if match["container"]:
        name = match["container"]
        return None if name in CONTAINERS else Foreign(f"::: {name}", start + match[0].index(":"), cure(name))
    if match["box"]:
        return Foreign(match[0].strip(), start + match[0].index("["), cure("note"))
    return Foreign(match["module"].split()[0] + " …", start, MODULE)


def _tag(text: str, start: int) -> Foreign:
    if text.startswith(("{{</*", "{{%/*")):  # Hugo's way of showing one
        return Foreign("", start, "")
    called = _SHORTCODE.match(text)
    if called and called["word"]:
        name, argument = called["word"], called["first"]
        is_part = _PARTS.fullmatch(name) is not None
        return Foreign("" if is_part else _short("{% ", name, argument, " %}"), start, cure(name, argument=argument))
    if called and called["name"]:
        opening, closing = text[:3] + " ", " " + text[-3:]
        return Foreign(
            "" if called["sign"] else f"{opening}{called['name']}{closing}", start, cure(called["name"], argument=called["argument"] or "")
        )
    name = _CALL.match(text)
    return Foreign(_cut(" ".join(text.split())), start, cure(name[1] if name else "", is_value=True))


def _component(match: re.Match[str], source: str) -> Foreign | None:
    name, start = match["name"], match.start()
    if name.lower() in _HTML or _is_escaped(source, start):
        return None
    is_type = start > 0 and (source[start - 1].isalnum() or source[start - 1] in "_<:&")
    shown = "" if match[0].startswith("</") else f"<{name}>"
    return Foreign(shown, start, CODE if is_type else cure(name))


def _is_escaped(source: str, at: int) -> bool:
    before = source[max(0, at - 50) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _short(opening: str, name: str, argument: str, closing: str) -> str:
    is_file = name.startswith("include") or name == "render"
    return opening + (f"{name} {argument}" if is_file and argument else name) + closing


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:38] + "…" + text[-2:]


def _mark(index: int) -> str:
    digits = ""
    while index or not digits:
        index, digit = divmod(index, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return f"{_MARK}{digits}{_MARK_END}"


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    return number


def _unmarked(found: re.Match[str]) -> str:
    return "" if found["index"] else found[0]


def _in_code(html: str) -> Iterator[int]:
    """Which of the marks stand in code elements."""
    depth = 0
    for found in _MARKS.finditer(html):
        if not found["index"]:
            depth = max(0, depth + (-1 if found["close"] else 1))
        elif depth:
            yield _number(found["index"])


def _problem(foreign: Foreign, places: Places) -> Problem:
    line, column = places.at(foreign.start)
    message = f"`{foreign.shown}` is nothing to sitegen, and stays text"
    return Problem("unknown-shortcode", message, line=line, column=column, excerpt=places.excerpt(line), hint=foreign.hint)

"""What follows the first fence of a code block, in the dialects of the generators that people come from.

    rust,ignore                                     rustdoc
    js {1,3-5} title="a.js" showLineNumbers         Docusaurus
    js{1,3}   js:line-numbers=2   sh [npm]          VuePress, VitePress
    python linenums="1" hl_lines="2" title="a.py"   MkDocs
    { .python #id .class hl_lines="1" }             attribute lists
    rust,linenos,hl_lines=1 3-5,name=x.rs           Zola
    go {linenos=table,hl_lines=[8,"15-17"]}         Hugo
    jsx:title=a.jsx   js:a.js   {numberLines: 5}    Gatsby, Zenn
    ts ins={2} del={3} mark={5-6}                   Starlight
    diff-python   python diff   diff python         a difference, highlighted

In all of them lines are counted from 1 within the block, whatever number the first one shows; backslashes and entities in the language
and in a title mean what they mean in text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from sitegen.markup.inlines.targets import unescaped

_WORD = re.compile(r"[\w+#.-]+")
_LANGUAGE = re.compile(r"""[^\s,{}\[\]:="'`]+(?!\s*=)(?=[\s,{\[:]|\Z)""")
_QUOTED = r'"(?>(?:[^"\\]|\\.)*)"' + r"|'(?>(?:[^'\\]|\\.)*)'"
_NUMBERS = r"\d[\d-]*(?:[ \t,]+\d[\d-]*)*(?=[\s,}]|\Z)"
_TOKEN = re.compile(
    rf"""(?P<key>[A-Za-z_@][\w.@-]*)(?P<sign>\s*[=:]\s*|(?<=showLineNumbers)(?=\{{\d))(?P<value>{_QUOTED}|\{{[^{{}}]*\}}|\[[^\[\]]*\]|{_NUMBERS}|[^\s,{{}}\[\]"']+)
    |\{{(?P<braces>[^{{}}]*)\}}
    |\[(?P<label>[^\[\]]*)\]
    |(?P<word>[^\s,{{}}\[\]"':=]+)
    |{_QUOTED}""",
    re.VERBOSE,
)
_LINES = re.compile(r"(\d{1,9})(?:(?:-|\.\.\.?)(\d{1,9}))?")
_LABEL = re.compile(r'"[^"]*"\s*:')
_PART = re.compile(r"[^\s,]+")
_TITLES = frozenset({"title", "name", "filename", "caption"})
_MARKS = {
    "marked": frozenset({"hllines", "highlight", "highlightlines", "mark", "emphasizelines"}),
    "added": frozenset({"ins", "add", "added"}),
    "removed": frozenset({"del", "remove", "removed"}),
}
_KIND = {name: kind for kind, names in _MARKS.items() for name in names}
_NUMBERED = frozenset({"linenums", "linenos", "linenumbers", "numberlines", "showlinenumbers"})
_NOT_NUMBERED = frozenset({"nolinenumbers", "nolinenums", "nolinenos"})
_STARTS = frozenset({"linenostart", "linestart", "startlinenumber", "startfrom", "linenumberstart"})
_LINKED = frozenset({"anchors", "lineanchors", "anchorlinenos", "anchorlinenums", "linkedlines"})
_YES = frozenset({"", "true", "yes", "on", "table", "inline"})
_NO = frozenset({"false", "no", "off"})
# Directives of MyST, whose language follows the braces.
_DIRECTIVES = frozenset({"code", "code-block", "code-cell", "sourcecode"})


@dataclass(frozen=True, slots=True)
class Flaw:
    """What an info string says and cannot mean; `offset` is where in the string, or in the `line` of the block that says it."""

    message: str
    offset: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Info:
    """What an info string asks for. `marked`, `added` and `removed` are lines of the block, counted from 1, that are there.

    `first` is the number to show for the first line: 0 for no numbers, None where the string does not say. Where `links` is not empty,
    each number is a link to its line, whose id begins with it. With `diff` the lines'
    first character says which were added and removed. `rest` holds the words and attributes that mean nothing here.
    """

    language: str = ""
    title: str = ""
    marked: frozenset[int] = frozenset()
    added: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()
    first: int | None = None
    links: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    diff: bool = False
    rest: tuple[tuple[str, str], ...] = ()
    flaws: tuple[Flaw, ...] = ()

    def get(self, name: str) -> str | None:
        """The value of the first attribute of that name in the `rest`; empty for a word alone, None for neither."""
        return next((value for key, value in self.rest if key == name), None)


@lru_cache(maxsize=4096)
def parse_info(text: str, *, lines: int) -> Info:
    """What the info string `text` asks for a block of that many lines; unknown words do no harm."""
    if _WORD.fullmatch(text) and not text.startswith("diff-"):
        return Info(text)
    reading = _Reading(lines)
    reading.take_all(text)
    return reading.info()


@dataclass(slots=True)
class _Reading:
    lines: int
    language: str = ""
    title: str = ""
    sets: dict[str, set[int]] = field(default_factory=lambda: {kind: set() for kind in _MARKS})
    numbered: bool | None = None
    start: int | None = None
    links: str | None = None
    id: str = ""
    classes: list[str] = field(default_factory=list)
    rest: list[tuple[str, str]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def info(self) -> Info:
        language, diff = self._language()
        links = self._links()
        start = 1 if self.start is None else self.start
        first = 0 if self.numbered is False else start if self.numbered or links or self.start is not None else None
        sets = {kind: frozenset(found) for kind, found in self.sets.items()}
        classes, rest, flaws = tuple(self.classes), tuple(self.rest), tuple(sorted(self.flaws, key=lambda flaw: flaw.offset))
        return Info(language, self.title, first=first, links=links, id=self.id, classes=classes, diff=diff, rest=rest, flaws=flaws, **sets)

    def _links(self) -> str:
        """What the ids of lines begin with: the name that was given, or the block's own id."""
        if self.links is None:
            return ""
        if not self.links and not self.id:
            self.flaws.append(Flaw("lines that are links need an id for the block, such as `{#name}`", 0))
        return self.links or self.id

    def _language(self) -> tuple[str, bool]:
        """The language, and whether the block is a difference between two texts in it."""
        language = self.language
        if language.startswith("diff-"):
            return language.removeprefix("diff-"), True
        if language != "diff":
            if ("diff", "") in self.rest:
                self.rest.remove(("diff", ""))
                return language, True
            return language, False
        for pair in self.rest:
            if pair[0] == "lang" or (not pair[1] and pair[0] not in {"diff", "example"}):
                self.rest.remove(pair)
                return pair[1] or pair[0], True
        return language, False

    def take_all(self, text: str) -> None:
        at = len(text) - len(text.lstrip())
        found = _LANGUAGE.match(text, at)
        if found:
            self.language, at = unescaped(found[0]), found.end()
        elif text.startswith("{", at):
            at = self._take_list(text, at)
        # Right after the language a colon begins an option, or the name of the file.
        named = re.compile(r"(?:\{[^{}]*\})?:(?!\s)").match(text, at)
        for token in _TOKEN.finditer(text, at):
            self._take(token, is_name=named is not None and token.start("word") == named.end())

    def _take_list(self, text: str, at: int) -> int:
        """Take an attribute list in which the language is the first class or the first word; where it ends."""
        end = text.find("}", at) + 1
        inner = text[at + 1 : end - 1].strip()
        first = re.match(r"\.?([A-Za-z][\w+#.-]*)(?!\s*[=:])(?=[\s,]|\Z)", inner)
        if not end or not first:
            return at
        self.language = first[1]
        if first[1] in _DIRECTIVES:
            follows = _PART.match(text, len(text) - len(text[end:].lstrip()))
            self.language = follows[0] if follows else ""
            return follows.end() if follows else end
        offset = text.index(inner, at) + first.end()
        self._take_attributes(text[offset : end - 1], offset)
        return end

    def _take(self, token: re.Match[str], *, is_name: bool) -> None:
        if token["key"] and ":" not in token["sign"]:
            self._take_pair(token["key"], token["value"], token.start("value"))
        elif token["key"]:
            self._take_word(token["key"], is_name=is_name)
            self._take_word(token["value"], is_name=False)
        elif token["braces"] is not None:
            self._take_braces(token["braces"], token.start("braces"))
        elif token["label"] is not None:
            self.title = self.title or token["label"].strip()
        elif token["word"]:
            self._take_word(token["word"], is_name=is_name)

    def _take_word(self, word: str, *, is_name: bool) -> None:
        name = _plain(word)
        if name in _NUMBERED or name in _NOT_NUMBERED:
            self.numbered = name in _NUMBERED
        elif name in _LINKED:
            self.links = ""
        elif is_name:
            self.title = self.title or word
        else:
            self.rest.append((word, ""))

    def _take_braces(self, inner: str, offset: int) -> None:
        if _LABEL.sub("", inner).strip()[:1].isdecimal():
            self._take_lines("marked", inner, offset)
        else:
            self._take_attributes(inner, offset)

    def _take_attributes(self, inner: str, offset: int) -> None:
        for token in _TOKEN.finditer(inner):
            word = token["word"] or ""
            if token["key"]:
                self._take_pair(token["key"], token["value"], offset + token.start("value"))
            elif len(word) > 1 and word[0] == "#":
                self.id = word[1:]
            elif len(word) > 1 and word[0] == ".":
                self._take_class(word[1:])
            elif word:
                self._take_word(word, is_name=False)

    def _take_class(self, name: str) -> None:
        if _plain(name) in _NUMBERED:
            self.numbered = True
        elif _plain(name) in _LINKED:
            self.links = ""
        else:
            self.classes.append(name)

    def _take_pair(self, key: str, value: str, offset: int) -> None:
        name = _plain(key)
        if value[0] in "\"'{[":
            value, offset = value[1:-1], offset + 1
        if name in _TITLES:
            self.title = self.title or unescaped(value).strip()
        elif name in _KIND:
            self._take_lines(_KIND[name], value, offset)
        elif name in _NUMBERED or name in _STARTS:
            self._take_number(name, value, offset)
        elif name in _NOT_NUMBERED:
            self.numbered = False
        elif name in _LINKED:
            self._take_links(value.strip())
        elif name == "id":
            self.id = value
        elif name == "class":
            self.classes += value.split()
        else:
            self.rest.append((key, value))

    def _take_links(self, value: str) -> None:
        """Whether the lines are links, or what their ids begin with."""
        if value.lower() not in _NO:
            self.links = self.links or ("" if value.lower() in _YES else value)

    def _take_number(self, name: str, value: str, offset: int) -> None:
        """A number, of which `linenums` may give two more for the step; or whether there are to be any."""
        word = value.strip().lower()
        number = re.fullmatch(r"(\d{1,9})(?:\s+\d{1,9}){0,2}", word)
        if number:
            self.start = int(number[1])
            self.numbered = False if name in _NUMBERED and not self.start else self.numbered
        elif name in _NUMBERED and (word in _YES or word in _NO):
            self.numbered = word in _YES
        else:
            self.flaws.append(Flaw(f"`{value.strip()}` is not the number of a line", offset))

    def _take_lines(self, kind: str, text: str, offset: int) -> None:
        text = _LABEL.sub(lambda label: " " * len(label[0]), text).replace('"', " ").replace("'", " ")
        for part in _PART.finditer(text):
            place = offset + part.start()
            found = _LINES.fullmatch(part[0])
            first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
            if not 0 < first <= last:
                self.flaws.append(Flaw(f"`{part[0]}` is neither a line nor a range of lines", place))
                continue
            if last > self.lines:
                self.flaws.append(Flaw(f"line {max(first, self.lines + 1)} of a block of {_count(self.lines)} cannot be marked", place))
            self.sets[kind].update(range(first, min(last, self.lines) + 1))


def _plain(name: str) -> str:
    """`name` without what dialects differ in."""
    return name.lower().replace("_", "").replace("-", "")


def _count(lines: int) -> str:
    return f"{lines} line" + "s" * (lines != 1)

"""Diagrams: fences that a function of the site's own draws while the site is built, or else the browser, or else nobody.

A drawing is an image. In one, no script runs and nothing is loaded from anywhere, whatever the picture holds; nor can its styles and
ids get in the way of the page's. It is a part of the page and not a file of its own, which could be opened without the page around it.
Where nothing draws a diagram, its source is shown with a caption that says what it is.
"""

from __future__ import annotations

import importlib
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from types import TracebackType
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

from sitegen.errors import Problem
from sitegen.markup.listings.fences import Own
from sitegen.markup.rendered import Labels

# No body holds it: it is taken out of all text.
SIGN = "\x0e"
LARGEST = 1_000_000
_FIRST = 0x100000
_SIGNED = re.compile(f"{SIGN}([\U00100000-\U0010fffd])")
_SIGNED_TAG = re.compile(rf"<[a-zA-Z][^<>]*{SIGN}[^<>]*>")
# Languages that hold nothing but diagrams, so that their source needs a word of explanation.
_NAMES = {"mermaid": "Mermaid", "plantuml": "PlantUML", "d2": "D2"}
_TITLE = re.compile(r"^\s*accTitle\s*:\s*(\S.*?)\s*$|\A---\n(?:.*\n)*?title\s*:\s*(\S.*?)\s*\n(?:.*\n)*?---$", re.MULTILINE)
_PROLOGUE = re.compile(r"\A\ufeff?\s*(?:<\?xml[^>]*\?>\s*|<!DOCTYPE[^>\[]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(px|pt)?")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3}
_SVG = "http://www.w3.org/2000/svg"
_SAFE = " !$'()*+,-./:;=?@[]^_{|}~"
# Given the import path of a function and the source of a diagram; gives SVG.
Draw = Callable[[str, str], str]

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


class DrawingError(ValueError):
    """What a renderer gave is no picture."""


def draw(path: str, source: str) -> str:
    """What the function at the import path `path` (``module:function``, or ``render`` in that module) makes of `source`."""
    module, _, name = path.partition(":")
    svg = getattr(importlib.import_module(module), name or "render")(source)
    if not isinstance(svg, str):
        raise DrawingError(f"it gives a value of type {type(svg).__name__}, expected SVG as text")
    return svg


class Diagrams:
    """The diagrams of one document at a time. `renderers` are import paths by language."""

    def __init__(self, renderers: Sequence[tuple[str, str]], labels: Labels) -> None:
        self._renderers, self._labels = dict(renderers), labels
        self.start(1, draw)

    def start(self, first: int, with_: Draw) -> None:
        """Forget the last document; the next one's first line has the number `first` in its file."""
        self._first, self._draw = first, with_
        self.pictures: list[str] = []
        self.problems: list[Problem] = []

    @property
    def languages(self) -> Mapping[str, Own]:
        """What fences are diagrams, and what makes HTML of them."""
        return {language: partial(self._fence, language) for language in {**_NAMES, **self._renderers}}

    def _fence(self, language: str, source: str, title: str, line: int) -> str:
        title = title or title_of(source)
        shown = f'<pre tabindex="0"><code class="language-{language}">{escape(source.strip(chr(10)))}\n</code></pre>'
        name = self._labels.diagram.format(_NAMES.get(language, language))
        picture = self._picture(language, source, title or name, self._first + line)
        if not picture:
            said = self._labels.diagram_source.format(_NAMES.get(language, language))
            caption = f"{escape(title)} <small>{escape(said)}</small>" if title else escape(said)
            return f'<figure class="diagram diagram-{language}"><figcaption>{caption}</figcaption>{shown}</figure>'
        source = f"<details><summary>{escape(self._labels.diagram_details)}</summary>{shown}</details>"
        caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
        return f'<figure class="diagram">{picture}{caption}{source}</figure>'

    def _picture(self, language: str, source: str, name: str, line: int) -> str:
        """The sign that stands for the drawing; nothing where there is none."""
        path = self._renderers.get(language, "")
        if not path:
            return ""
        blaming = _Blaming(path)
        picture = ""
        with blaming:
            picture = image_of(self._draw(path, source), name)
        if blaming.message:
            message, hint = blaming.message, blaming.hint
            self.problems.append(Problem("diagram", message, line=line, excerpt=source.strip().partition("\n")[0], hint=hint))
            return ""
        self.pictures.append(picture)
        return SIGN + chr(_FIRST + len(self.pictures) - 1)


class _Blaming:
    """What a renderer raises is the site's to mend: it becomes a message that names the renderer and its line."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.message = self.hint = ""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if not isinstance(error, Exception):
            return False
        said = " ".join(str(error).split())
        if not isinstance(error, DrawingError):
            place = traceback.extract_tb(trace)[-1]
            said = f"{type(error).__name__}: {said}"
            self.hint = f"see line {place.lineno} of {Path(place.filename).name}"
        self.message = f"the renderer `{self._path}` failed: {said}"
        return True


def title_of(source: str) -> str:
    """The title that a diagram gives itself, as Mermaid has it: ``accTitle: …``, or ``title`` in its front matter."""
    found = _TITLE.search(source)
    return (found[1] or found[2]).strip("'\"") if found else ""


def image_of(svg: str, name: str) -> str:
    """An ``img`` that holds the picture; `name` says what it shows.

    Raises:
        DrawingError: it is not SVG, has no size, or is too large.
    """
    text = _PROLOGUE.sub("", svg, count=1)
    if len(text) > LARGEST:
        raise DrawingError(f"its SVG has {len(text):,} characters; the limit is {LARGEST:,}")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise DrawingError("its SVG declares entities")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  without a document type there are no entities
    except ParseError as error:
        raise DrawingError(f"it gives no SVG: {error}") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise DrawingError(f"it gives `{root.tag.rpartition('}')[2]}`, expected `svg` with the namespace {_SVG}")
    width, height = _size(root)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    _strip(root)
    written = quote(ElementTree.tostring(root, encoding="unicode"), safe=_SAFE)
    size = f'width="{max(1, round(width))}" height="{max(1, round(height))}"'
    return f'<img class="diagram-picture" src="data:image/svg+xml,{written}" alt="{escape(name)}" {size}>'


def _size(root: Element) -> tuple[float, float]:
    """Width and height in pixels, of the picture or of what is seen of its plane."""
    given = [_NUMBER.fullmatch(root.get(side, "").strip()) for side in ("width", "height")]
    sizes = [float(found[1]) * _PIXELS[found[2]] for found in given if found]
    if len(sizes) < 2:
        box = root.get("viewBox", "").replace(",", " ").split()
        sizes = [float(side) for side in box[2:] if _NUMBER.fullmatch(side)]
    if len(sizes) != 2 or min(sizes) <= 0:
        raise DrawingError("its SVG has no size: neither `width` and `height` nor `viewBox`")
    return sizes[0], sizes[1]


def _strip(root: Element) -> None:
    """Take out what does nothing in an image, so that it does nothing anywhere else either: scripts, handlers, foreign addresses."""
    for parent in root.iter():
        for child in [child for child in parent if str(child.tag).rpartition("}")[2].lower() == "script"]:
            parent.remove(child)
        for name, value in list(parent.attrib.items()):
            local = name.rpartition("}")[2].lower()
            if local.startswith("on") or (local in {"href", "src"} and not value.startswith(("#", "data:image/"))):
                del parent.attrib[name]


def shown(html: str, pictures: Sequence[str], keep: Callable[[str], str]) -> str:
    """`html`, which is safe, with what `keep` makes of each picture in the place of its sign; none is in a tag but a forged one."""

    def picture(found: re.Match[str]) -> str:
        at = ord(found[1]) - _FIRST
        return keep(pictures[at]) if at < len(pictures) else ""

    html = _SIGNED_TAG.sub(lambda tag: tag[0].replace(SIGN, ""), html)
    return _SIGNED.sub(picture, html).replace(SIGN, "")

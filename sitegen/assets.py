"""Static files: the theme's under the site's own, each published under a name that carries its digest.

CSS and JavaScript are minified, and what a stylesheet names is renamed in it. Nothing is published under its plain name, so a host
may tell browsers to keep every file for ever. Addresses inside JavaScript and SVG are left alone: hand them over from a template.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import quote, unquote

import lightningcss
import rjsmin

from sitegen import files, urls
from sitegen.errors import Problem, SitegenError
from sitegen.nearest import most_like

FOLDER = "static"
# Two versions of one file meet once in four thousand million.
FINGERPRINT_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file. `data` is what to publish, or None where it is `source` as it stands."""

    name: str
    file: str
    digest: str
    source: Path
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by their plain name, ``app.css``, sorted; and what is wrong with them."""

    published: Mapping[str, Asset]
    problems: tuple[Problem, ...] = ()

    def href(self, name: str, prefix: str = "") -> str:
        """The address of the file with the plain `name`, below the base path `prefix`.

        Raises:
            KeyError: there is no such file.
        """
        return urls.href("/" + self.published[name].file, prefix)


def collect(theme_static: Path, site_static: Path, *, appended: Mapping[str, str] = MappingProxyType({})) -> Assets:
    """The files of both folders, the site's in the place of the theme's where their names agree; dotfiles are left out.

    `appended` is text that goes to the end of a stylesheet, by its name.

    Everything that is wrong is in ``problems``, a stylesheet that cannot be parsed included: it is published as it stands, so let
    the report stop the build.
    """
    sources: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in dict.fromkeys((theme_static, site_static)):
        within = folder.parent.resolve()
        walked = _walk(within / folder.name, within)
        sources |= {name: within / folder.name / name for name in walked.files}
        problems += walked.problems
    publisher = _Publisher(sources, site_static.parent.resolve(), appended)
    published = {name: asset for name in sorted(sources) if (asset := publisher.asset(name))}
    return Assets(published, (*problems, *publisher.problems))


def _walk(root: Path, within: Path) -> files.Walked:
    if root.resolve().is_relative_to(within):
        return files.walk(root, within=within, shown=lambda name: not name.startswith("."))
    message = "is a symbolic link that leads out of the site"
    return files.Walked((), (Problem("symlink", message, path=root.name, hint="copy the folder into the site instead"),))


class _Publisher:
    """Gives each file its name. A stylesheet's waits for those of the files it names."""

    def __init__(self, sources: Mapping[str, Path], root: Path, appended: Mapping[str, str]) -> None:
        self.sources, self.root, self.appended = sources, root, appended
        self.problems: list[Problem] = []
        self._done: dict[str, Asset | None] = {}

    def asset(self, name: str, trail: tuple[str, ...] = ()) -> Asset | None:
        """The file `name`, or None where it cannot be read. `trail` holds the stylesheets that lead to it."""
        if name not in self._done:
            self._done[name] = self._read(name, (*trail, name))
        return self._done[name]

    def _read(self, name: str, trail: tuple[str, ...]) -> Asset | None:
        source = self.sources[name]
        try:
            raw = source.read_bytes()
            text = raw.decode("utf-8-sig") + self.appended.get(name, "") if name.endswith((".css", ".js", ".mjs")) else None
        except OSError as error:
            self._problem(source, Problem("unreadable", f"cannot be read: {error.strerror}", hint="check its permissions"))
            return None
        except UnicodeDecodeError as error:
            self._problem(source, Problem("bad-encoding", f"is not UTF-8 at byte {error.start}", hint="save the file as UTF-8"))
            return _named(name, source, raw)
        if text is None:
            return replace(_named(name, source, raw), data=None)
        minified = self._stylesheet(source, text, trail) if name.endswith(".css") else rjsmin.jsmin(text, keep_bang_comments=True)
        return _named(name, source, minified.encode())

    def _stylesheet(self, source: Path, text: str, trail: tuple[str, ...]) -> str:
        fresh = {found.target: self._renamed(found, source, text, trail) for found in references(text)}
        try:
            return _rewrite(minify_css(text), fresh)
        except SitegenError as error:
            self._problem(source, error.problem)
            return text

    def _renamed(self, found: Reference, source: Path, text: str, trail: tuple[str, ...]) -> str:
        """What a stylesheet, the last of `trail`, is to say in place of an address; the same where that leads out of static/."""
        path, tail = _split(found.target)
        if not path:
            return found.target
        folder = posixpath.dirname(trail[-1])
        name = posixpath.normpath(posixpath.join(folder, unquote(path)))
        place = _place(text, found.start)
        if name in trail:
            self._problem(source, replace(place, rule="error", message=f"`{path}` imports this stylesheet, which imports it"))
            return found.target
        if name not in self.sources:
            hint = _hint(name, self.sources)
            self._problem(source, replace(place, rule="broken-link", message=f"`{path}` is not among the static files", hint=hint))
            return found.target
        asset = self.asset(name, trail)
        return quote(posixpath.relpath(asset.file, posixpath.join(FOLDER, folder))) + tail if asset else found.target

    def _problem(self, source: Path, problem: Problem) -> None:
        self.problems.append(problem.at(files.site_path(source, self.root)))


def _named(name: str, source: Path, data: bytes) -> Asset:
    digest = files.digest(data)
    plain = PurePosixPath(name)
    file = PurePosixPath(FOLDER, plain.with_name(f"{plain.stem}.{digest[:FINGERPRINT_LENGTH]}{plain.suffix}"))
    return Asset(name, str(file), digest, source, data)


def _hint(name: str, names: Mapping[str, Path]) -> str:
    near = most_like(name, names)
    return f"did you mean `{near}`?" if near else f"add `{name}` to {FOLDER}/"


def _place(text: str, start: int) -> Problem:
    """A problem without words, at the character `start` of `text`."""
    before = text[:start]
    line_start = before.rfind("\n") + 1
    return Problem("", "", line=before.count("\n") + 1, column=start - line_start + 1, excerpt=text[line_start:].partition("\n")[0])


_FAULT = re.compile(r"(?:[^:]*failed: )?(?P<what>.*) at [^:]*:(?P<line>\d+):(?P<column>\d+)\Z", re.DOTALL)


def minify_css(text: str) -> str:
    """`text` without what a browser does not need. No browser list: nothing is rewritten for old ones.

    Raises:
        SitegenError: `text` is not CSS; it names line and column, and the caller knows the path.
    """
    try:
        return lightningcss.process_stylesheet(text)
    except ValueError as error:
        raise _not_css(str(error), text) from error


def _not_css(message: str, text: str) -> SitegenError:
    """lightningcss counts lines from 0 and columns from 1."""
    match = _FAULT.match(message)
    what, line, column = (match["what"], int(match["line"]) + 1, int(match["column"])) if match else (message, 0, 0)
    excerpt = text.split("\n")[line - 1] if 0 < line <= text.count("\n") + 1 else ""
    return SitegenError(
        f"is not valid CSS: {what[:1].lower()}{' '.join(what[1:].split())}",
        line=line,
        column=column,
        excerpt=excerpt,
        hint="mend the rule there, or the one before it; a browser would skip it without a word",
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a stylesheet: as it reads, and where it stands, quotes included."""

    target: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""
      /\*.*?(?:\*/|\Z)
    | (?<![\w-])url\(\s*(?P<bare>(?:\\.|[^\s"'()\\])+)\s*\)
    | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?<![\w-])(?P<open>[\w-]*)\(
    | (?P<close>\))
    | (?P<word>@import\b)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_TAKES_ADDRESSES = frozenset({"url", "src", "image-set", "-webkit-image-set"})


def references(css: str) -> Iterator[Reference]:
    """The addresses in `css`, in order: ``url()``, ``src()``, the strings of ``image-set()`` and of ``@import``.

    Tokens after CSS Syntax Level 3, section 4.3; what stands in comments and other strings is none.
    """
    inside: list[str] = []
    word = ""
    for token in _TOKEN.finditer(css):
        if token.lastgroup is None:
            continue
        if token["open"] is not None:
            inside.append(token["open"].lower())
        elif token["close"] and inside:
            inside.pop()
        elif token["bare"]:
            yield Reference(_unescape(token["bare"]), *token.span("bare"))
        elif token["string"] and (word or (inside and inside[-1] in _TAKES_ADDRESSES)):
            yield Reference(_unescape(token["string"][1:-1]), *token.span("string"))
        word = token["word"] or ""


_ESCAPE = re.compile(r"\\(?:(?P<code>[0-9a-fA-F]{1,6})\s?|\n|(?P<character>.))", re.DOTALL)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(int(match["code"], 16)) if match["code"] else match["character"] or "", text)


def _character(code: int) -> str:
    return "\ufffd" if code == 0 or 0xD800 <= code <= 0xDFFF or code > sys.maxunicode else chr(code)


def _split(address: str) -> tuple[str, str]:
    """The path of an address and its query and fragment; no path where it is absolute, a scheme's, or of this very page."""
    path, tail = re.match(r"([^?#]*)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    is_foreign = path.startswith("/") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", path)
    return ("", "") if is_foreign else (path, tail)


def _rewrite(css: str, fresh: Mapping[str, str]) -> str:
    """`css` with each address replaced by what `fresh` has for it."""
    pieces, end = [], 0
    for found in references(css):
        target = fresh.get(found.target, found.target)
        if target != found.target:
            quotes = css[found.start] if css[found.start] in "\"'" else ""
            pieces += [css[end : found.start], quotes, target, quotes]
            end = found.end
    return "".join([*pieces, css[end:]])

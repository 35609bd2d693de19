"""Static files: the theme's under the site's own, each published under a name that carries its digest.

CSS and JavaScript are minified, and what a stylesheet names is renamed in it. A stylesheet whose name begins with ``_`` is a part: it is
published in those that import it before all else, and in those that are made of parts for the pages that want them. Nothing is
published under its plain name, so a host may tell browsers to keep every file for ever. Addresses inside JavaScript and SVG are left
alone: hand them over from a template.
"""

from __future__ import annotations

import posixpath
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha384
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import quote, unquote

import rjsmin

from sitegen import files, urls
from sitegen.errors import Problem, SitegenError
from sitegen.nearest import most_like
from sitegen.stylesheets import Reference, imported, is_part, minify_css, references, rewrite, split_address

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

    @property
    def integrity(self) -> str:
        """What a browser holds the file against before it believes it (https://www.w3.org/TR/sri/)."""
        data = self.source.read_bytes() if self.data is None else self.data
        return f"sha384-{b64encode(sha384(data).digest()).decode()}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of stylesheets, straight below static/: finished CSS."""

    name: str
    source: Path
    css: str


_SHEET = re.compile(rf"{FOLDER}/(?P<names>[a-z]+(?:-[a-z]+)*)\.[0-9a-f]{{{FINGERPRINT_LENGTH}}}\.css")


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by their plain name, ``app.js``, sorted; and what is wrong with them."""

    published: Mapping[str, Asset]
    problems: tuple[Problem, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)

    def sheet(self, names: Iterable[str]) -> Asset:
        """The stylesheet made of the parts of these names, ``ground`` for ``_ground.css``, in their order.

        Raises:
            KeyError: there is no such part.
        """
        parts = [self.parts[name] for name in names]
        return _named("-".join(part.name for part in parts) + ".css", parts[0].source, "".join(part.css for part in parts).encode())

    def sheet_at(self, file: str) -> Asset | None:
        """The stylesheet made of parts that is published as `file`, if there is one."""
        match = _SHEET.fullmatch(file)
        names = match["names"].split("-") if match else []
        sheet = self.sheet(names) if names and all(name in self.parts for name in names) else None
        return sheet if sheet is not None and sheet.file == file else None

    def href(self, name: str, prefix: str = "") -> str:
        """The address of the file with the plain `name`, below the base path `prefix`.

        Raises:
            KeyError: there is no such file.
        """
        return urls.href("/" + self.published[name].file, prefix)


def collect(
    theme_static: Path,
    site_static: Path,
    *,
    appended: Mapping[str, str] = MappingProxyType({}),
    brought: Mapping[str, bytes] = MappingProxyType({}),
) -> Assets:
    """The files of both folders, the site's in the place of the theme's where their names agree; dotfiles are left out.

    `appended` is text that goes to the end of a stylesheet or of a part, by its name; `brought` are finished files of no folder.

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
    published = {name: asset for name in sorted(sources) if not is_part(name) and (asset := publisher.asset(name))}
    published |= {name: _named(name, theme_static / name, data) for name, data in brought.items()}
    published = dict(sorted(published.items()))
    parts = dict(publisher.parts())
    return Assets(published, (*problems, *publisher.problems), parts)


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
        self._parts: dict[tuple[str, str], str] = {}

    def asset(self, name: str, trail: tuple[str, ...] = ()) -> Asset | None:
        """The file `name`, or None where it cannot be read. `trail` holds the stylesheets that lead to it."""
        if name not in self._done:
            self._done[name] = self._read(name, (*trail, name))
        return self._done[name]

    def parts(self) -> Iterator[tuple[str, Part]]:
        """The parts straight below static/. What is wrong with one in a folder that no stylesheet imports is said as well."""
        used = {name for name, _ in self._parts}
        for name in filter(is_part, self.sources):
            folder = posixpath.dirname(name)
            if folder and name not in used:
                self._part(name, folder, ())
            elif not folder:
                plain = name.removeprefix("_").removesuffix(".css")
                yield plain, Part(plain, self.sources[name], self._part(name, folder, ()))

    def _read(self, name: str, trail: tuple[str, ...]) -> Asset | None:
        source = self.sources[name]
        raw = self._bytes(name)
        if raw is None or not name.endswith((".css", ".js", ".mjs")):
            return None if raw is None else replace(_named(name, source, raw), data=None)
        text = self._text(name, raw)
        if text is None:
            return _named(name, source, raw)
        is_sheet = name.endswith(".css")
        minified = self._stylesheet(text, trail, posixpath.dirname(name)) if is_sheet else rjsmin.jsmin(text, keep_bang_comments=True)
        return _named(name, source, minified.encode())

    def _bytes(self, name: str) -> bytes | None:
        source = self.sources[name]
        try:
            return source.read_bytes()
        except OSError as error:
            self._problem(source, Problem("unreadable", f"cannot be read: {error.strerror}", hint="check its permissions"))
            return None

    def _text(self, name: str, raw: bytes) -> str | None:
        try:
            return raw.decode("utf-8-sig") + self.appended.get(name, "")
        except UnicodeDecodeError as error:
            source = self.sources[name]
            self._problem(source, Problem("bad-encoding", f"is not UTF-8 at byte {error.start}", hint="save the file as UTF-8"))
            return None

    def _stylesheet(self, text: str, trail: tuple[str, ...], into: str) -> str:
        """A stylesheet, the last of `trail`, minified, its parts in it, as it is to stand in the folder `into`."""
        parts, rest = imported(text)
        fresh = {found.target: self._renamed(found, text, trail, into) for found in references(rest)}
        inlined = "".join(self._inlined(found, text, trail, into) for found in parts)
        try:
            return inlined + rewrite(minify_css(rest), fresh)
        except SitegenError as error:
            self._problem(self.sources[trail[-1]], error.problem)
            return text

    def _inlined(self, found: Reference, text: str, trail: tuple[str, ...], into: str) -> str:
        name = self._meant(found, split_address(found.target)[0], text, trail)
        return self._part(name, into, trail) if name else ""

    def _part(self, name: str, into: str, trail: tuple[str, ...]) -> str:
        """The part `name`, finished once for each folder that it is to stand in."""
        if (name, into) not in self._parts:
            raw = self._bytes(name)
            text = None if raw is None else self._text(name, raw)
            self._parts[name, into] = "" if text is None else self._stylesheet(text, (*trail, name), into)
        return self._parts[name, into]

    def _renamed(self, found: Reference, text: str, trail: tuple[str, ...], into: str) -> str:
        """What a stylesheet, the last of `trail`, is to say in place of an address; the same where that leads out of static/."""
        path, tail = split_address(found.target)
        name = self._meant(found, path, text, trail) if path else ""
        if not name:
            return found.target
        asset = self.asset(name, trail)
        return quote(posixpath.relpath(asset.file, posixpath.join(FOLDER, into))) + tail if asset else found.target

    def _meant(self, found: Reference, path: str, text: str, trail: tuple[str, ...]) -> str:
        """The static file that an address in a stylesheet, the last of `trail`, names; empty where there is none, which is a problem."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(trail[-1]), unquote(path)))
        place, source = _place(text, found.start), self.sources[trail[-1]]
        if name in trail:
            self._problem(source, replace(place, rule="error", message=f"`{path}` imports this stylesheet, which imports it"))
            return ""
        if name not in self.sources:
            hint = _hint(name, self.sources)
            self._problem(source, replace(place, rule="broken-link", message=f"`{path}` is not among the static files", hint=hint))
            return ""
        return name

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

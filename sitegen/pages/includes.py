"""The files that a page takes in: found, and read, within the site's folder alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import normalize

from sitegen import frontmatter
from sitegen.config import Settings
from sitegen.errors import ContentError, FrontMatterError, Problem, SitegenError
from sitegen.markup import Draw, Fragment, Options, Rendered, render, with_parts
from sitegen.markup.includes import Line, Part, Place, Wanted, may_include, parts_of, places_of, selected
from sitegen.pages.facts import Source
from sitegen.pages.languages import inner_of
from sitegen.pages.walking import is_index

CONTENT = "content"
_PAGES = (".md", ".markdown")
# What sitegen wrote is not the site, and what others installed is theirs.
_CLOSED = frozenset({"build", "node_modules"})
_RULE = "include"
# As many lines of a page that take in what they cannot are told of at once: each may have read much before it failed.
_MOST = 20
_DEEPEST = 30
# A name that no group has.
_UNKNOWN = "?"


@dataclass(slots=True)
class Inclusion:
    """What the page at `name` (below content/) takes in; `files` are the paths that were looked at, relative to the site.

    What belongs to a group of readers, only pages of that `group` take in.
    """

    settings: Settings
    name: str
    group: str = ""
    files: set[str] = field(default_factory=set)
    _size: int = 0

    def parts(self, body: str) -> tuple[Part, ...]:
        """What the lines of `body` take in.

        Raises:
            ContentError: `include`, with the line in `body`, or with the file that was taken in and a line there.
            ProblemsFound: several of them.
        """
        if not may_include(body):
            return ()
        page = f"{CONTENT}/{self.name}"
        return parts_of(body.replace("\r\n", "\n"), lambda wanted: self._lines(wanted, (page,)), most=_MOST)

    def _lines(self, wanted: Wanted, chain: tuple[str, ...]) -> Sequence[Line]:
        path = self._find(wanted.path, chain[-1])
        if len(chain) > _DEEPEST:
            raise ContentError(f"files take in files more than {_DEEPEST} deep", rule=_RULE, hint="take in the last of them at once")
        if path in chain:
            way = " → ".join(f"`{each}`" for each in (*chain[chain.index(path) :], path))
            raise ContentError(f"`{path}` takes itself in", rule=_RULE, hint=f"break the circle {way}")
        lines = selected(self._text(path, as_code=wanted.as_code), wanted, path)
        self._size += sum(len(line.text) + 1 for line in lines)
        limit = self.settings.limits.page_kb * 1024
        if self._size > limit:
            raise ContentError(f"what is taken in has more than {limit:,} characters", rule=_RULE, hint="take in less, or split the page")
        return lines if wanted.as_code else self._nested(lines, (*chain, path))

    def _nested(self, lines: list[Line], chain: tuple[str, ...]) -> Sequence[Line]:
        """`lines` of the last file of the chain, with what they take in themselves."""
        del lines[: next((index for index, line in enumerate(lines) if line.text.strip()), len(lines))]
        try:
            parts = parts_of("\n".join(line.text for line in lines), lambda wanted: self._lines(wanted, chain))
        except ContentError as error:
            if not error.problem.path:
                error.problem = replace(error.problem, path=chain[-1], line=lines[error.problem.line - 1].number)
            raise
        for part in reversed(parts):
            opening = lines[part.first]
            inner = [line if line.path else Line(line.text, opening.path, opening.number) for line in part.lines]
            lines[part.first : part.first + part.count] = inner
        return lines

    def _text(self, path: str, *, as_code: bool) -> str:
        data = self._bytes(path)
        if b"\0" in data:
            raise ContentError(f"`{path}` is no text", rule=_RULE, hint="link to it instead")
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            raise ContentError(f"`{path}` is not UTF-8", rule=_RULE, hint="save it as UTF-8") from None
        # Not even the name of a link says whose it is, nor one in letters that the disk takes for others.
        root = self.settings.root.resolve()
        real = as_on_disk(root, os.path.relpath(os.path.realpath(root / path), root))
        for each in dict.fromkeys((path, real)):
            self._check_group(each, "")
        if not path.lower().endswith(_PAGES) and not real.lower().endswith(_PAGES):
            return text
        if not as_code:
            return self._without_front_matter(text, path)
        with suppress(FrontMatterError):
            # It need not be right to be shown, but a page that is protected is not shown as code either.
            self._without_front_matter(text, path)
        return text

    def _bytes(self, path: str) -> bytes:
        file = self.settings.root / path
        limit = self.settings.limits.page_kb * 1024
        try:
            size = file.stat().st_size
            # Nothing is read of a file that is larger than memory.
            data = file.read_bytes() if size <= limit else b""
        except OSError as error:
            raise ContentError(f"`{path}` cannot be read: {error.strerror}", rule=_RULE, hint="check its permissions") from None
        if size > limit:
            raise ContentError(f"`{path}` has {size:,} bytes, the limit is {limit:,}", rule=_RULE, hint="take in less")
        return data

    def _without_front_matter(self, text: str, path: str) -> str:
        """`text` with empty lines for its front matter, so that lines keep their numbers."""
        split = frontmatter.split(text, path=path, limit=self.settings.limits.front_matter_kb * 1024)
        meta, problems = frontmatter.normalise(split, path=path, zone=self.settings.zone, known_authors=())
        if any(problem.rule == "secret" for problem in problems):
            raise _protected(path)
        self._check_group(path, meta.protect)
        return "\n" * (split.body_line - 1) + split.body

    def _check_group(self, path: str, wanted: str) -> None:
        """Refuse a file that only other readers may see; `wanted` is the group that its front matter names."""
        if path.startswith(f"{CONTENT}/"):
            inner = inner_of(path.removeprefix(f"{CONTENT}/"), self.settings)
            wanted = self.settings.group_of(inner, wanted or self._group_beside(path))
        if wanted and wanted != self.group:
            raise _protected(path)

    def _group_beside(self, path: str) -> str:
        """The group that the nearest index page around a file names, if the file is no page itself: it is for that page's readers."""
        folder = Path() if path.lower().endswith(_PAGES) or not self.settings.protected else Path(path).parent
        while folder.parts:
            groups = [self._group_named(each) for each in sorted((self.settings.root / folder).iterdir()) if is_index(each.name)]
            if groups:
                return max(groups)
            folder = folder.parent
        return ""

    def _group_named(self, file: Path) -> str:
        """The group that the front matter of a page names; of one that cannot be read, one that nobody is in."""
        try:
            text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            split = frontmatter.split(text, path="", limit=self.settings.limits.front_matter_kb * 1024)
        except (OSError, UnicodeDecodeError, FrontMatterError):
            return _UNKNOWN
        meta, problems = frontmatter.normalise(split, path="", zone=self.settings.zone, known_authors=())
        return _UNKNOWN if any(problem.rule == "secret" for problem in problems) else meta.protect

    def _find(self, wanted: str, base: str) -> str:
        """The file that `wanted` means in the file `base`, relative to the site."""
        if "\0" in wanted:
            raise ContentError("the name of a file holds a NUL character", rule=_RULE, hint="delete it")
        root = self.settings.root.resolve()
        looked = []
        for place in _places(wanted, base):
            path = Path(os.path.normpath(root / place))
            reason = _reason(path, root)
            if reason:
                raise ContentError(f"`{wanted}` {reason}", rule=_RULE, hint="what a page takes in must be a plain file of the site")
            shown = path.relative_to(root).as_posix()
            self.files.add(shown)
            if _is_file(path):
                return shown
            looked.append(f"`{shown}`")
        raise ContentError(f"there is no file `{wanted}`", rule=_RULE, hint=f"looked for {' and '.join(looked)}")


def _protected(path: str) -> ContentError:
    return ContentError(f"`{path}` is protected, and cannot be a part of another page", rule=_RULE, hint="link to it instead")


def as_on_disk(root: Path, path: str) -> str:
    """`path` below `root` as the folders there spell it: many disks do not tell capital letters apart, or forms of Unicode."""
    found: list[str] = []
    for part in Path(path).parts:
        folder = root.joinpath(*found)
        names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
        near = (name for name in names if _folded(name) == _folded(part))
        found.append(part if part in names else next(near, part))
    return "/".join(found)


def _folded(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())


def _places(wanted: str, base: str) -> Iterator[str]:
    """Where a file may be, relative to the site: beside the file that wants it, in content/, in the site's folder."""
    rest = wanted.removeprefix("@").lstrip("/")
    if not wanted.startswith(("/", "@")):
        yield f"{base.rpartition('/')[0]}/{wanted}"
    if not wanted.startswith(("./", "../")):
        yield f"{CONTENT}/{rest}"
        yield rest


def _is_file(path: Path) -> bool:
    """Whether there is a plain file; none is where a name is too long, or links lead in a circle."""
    try:
        return path.is_file()
    except OSError:
        return False


def _reason(path: Path, root: Path) -> str:
    """Why no page may take in the file at `path`; empty where it may."""
    # Unlike `Path.resolve`, this has nothing against links in a circle.
    for each in (path, Path(os.path.realpath(path))):
        if not each.is_relative_to(root):
            return "leads out of the site"
        parts = each.relative_to(root).parts
        if any(part.startswith(".") for part in parts):
            return "is hidden"
        if parts and parts[0] in _CLOSED:
            return f"is in `{parts[0]}/`, which is not a part of the site"
    return ""


def rendered_with(source: Source, options: Options, *, draw: Draw) -> Rendered:
    """The body of `source` rendered with its parts in place and its diagrams drawn by `draw`. Raises like `markup.render`."""
    if not source.parts:
        return render(source.body, options, title=source.meta.title, line=source.body_line, draw=draw)
    body = source.body.replace("\r\n", "\n")
    places = places_of(body, source.parts)
    try:
        rendered = render(with_parts(body, source.parts), options, title=source.meta.title, draw=draw)
    except SitegenError as error:
        error.problem = located(error.problem, places, source.body_line)
        raise
    return relocated(rendered, places, source.body_line)


def relocated(rendered: Rendered, places: Sequence[Place], first: int) -> Rendered:
    """`rendered`, whose lines are those of a body with its parts in place, with lines of the page, whose body begins in line `first`.

    A problem in a part names the part's file. An address in one stands, for the page, where the part is taken in.
    """

    def moved(line: int, column: int) -> tuple[int, int]:
        if not 0 < line <= len(places):
            return 0, 0
        place = places[line - 1]
        return place.host + first - 1, 0 if place.path else column

    def fragment(given: Fragment) -> Fragment:
        found = (replace(link, line=line, column=column) for link in given.references for line, column in [moved(link.line, link.column)])
        return replace(given, references=tuple(found))

    problems = tuple(located(problem, places, first) for problem in rendered.problems)
    return replace(rendered, body=fragment(rendered.body), summary=fragment(rendered.summary), problems=problems)


def located(problem: Problem, places: Sequence[Place], first: int) -> Problem:
    """`problem` in a body with its parts in place, where its author would look for it."""
    if not 0 < problem.line <= len(places):
        return replace(problem, line=0, column=0, excerpt="")
    place = places[problem.line - 1]
    if place.path:
        return replace(problem, path=place.path, line=place.number)
    return replace(problem, line=place.host + first - 1)

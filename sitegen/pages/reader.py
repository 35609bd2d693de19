"""Content files read and rendered, each through the cache."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from sitegen import files, frontmatter, markup, mojibake
from sitegen.cache import Cache
from sitegen.config import Settings
from sitegen.errors import ContentError, Problem, SitegenError
from sitegen.frontmatter import Meta
from sitegen.markup import Rendered
from sitegen.pages.extensions import extension_sources

CONTENT = "content"
# Bodies held at a time: enough that a usual site reads each once, and no large one holds them all.
KEPT = 2_000
# More words than any summary has.
_WHOLE = 100_000
_SUFFIXES = (".md", ".markdown")
_SHOWN_UNDERSCORES = frozenset({"_index.md", "_index.markdown", "_drafts", "_posts"})


@dataclass(frozen=True, slots=True)
class Source:
    """One content file, understood but not yet placed in the site; what the cache keeps of it."""

    meta: Meta
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


def is_shown(name: str) -> bool:
    """Whether a file or folder of this name under content/ counts: not dotfiles, editors' backups and ``_partials``."""
    if name.startswith("."):
        return name == ".well-known"
    return not name.endswith("~") and (not name.startswith("_") or name in _SHOWN_UNDERSCORES)


def is_page(name: str) -> bool:
    """Whether the file is a page, and not a picture or a download beside one."""
    return name.lower().endswith(_SUFFIXES)


def walk_content(settings: Settings) -> files.Walked:
    """Every file under content/ that counts, with what is wrong with the others."""
    root = settings.root / CONTENT
    if not root.resolve().is_relative_to(settings.root):
        message = "is a symbolic link that leads out of the site"
        return files.Walked((), (Problem("symlink", message, path=CONTENT, hint="copy the folder into the site instead"),))
    return files.walk(root, within=root, shown=is_shown, base=settings.root)


class Reader:
    """Reads the content files of one site; each worker process can have its own."""

    def __init__(self, settings: Settings, cache: Cache) -> None:
        self.settings, self.cache = settings, cache
        self.options = markup.Options(
            html=settings.content.html,
            line_numbers=settings.markdown.line_numbers,
            extensions=tuple(settings.markdown.extensions),
            code=files.digest(*extension_sources(settings)),
            summary_words=settings.content.summary_words,
        )
        self._kept: dict[tuple[str, ...], Rendered] = {}
        self._front_matter_world = files.digest(files.of_package().encode(), settings.timezone.encode(), *map(str.encode, settings.authors))
        self._markup_world = files.digest(files.of_package().encode(), markup.version().encode(), msgspec.json.encode(self.options))

    def is_warm(self, name: str) -> bool:
        """Whether reading and rendering the file `name` now would find both in the cache."""
        try:
            digest = files.digest((self.settings.root / CONTENT / name).read_bytes())
        except OSError:
            return True
        source = self.cache.get(Source, (digest, name, self._front_matter_world))
        return source is not None and self.cache.has(Rendered, self._parts(source))

    def _parts(self, source: Source) -> tuple[str, ...]:
        return (
            files.digest(source.body.encode(), source.meta.summary.encode()),
            source.meta.title,
            str(source.body_line),
            self._markup_world,
        )

    def read(self, name: str) -> tuple[Source, str]:
        """The content file `name` (below content/) and the digest of its bytes.

        Raises:
            ContentError: it cannot be read, is too large, or is no UTF-8.
        """
        path = self.settings.root / CONTENT / name
        shown = f"{CONTENT}/{name}"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ContentError(f"cannot be read: {error.strerror}", rule="unreadable", path=shown, hint="check its permissions") from None
        limit = self.settings.limits.page_kb * 1024
        if len(data) > limit:
            message = f"the file has {len(data):,} bytes, the limit is {limit:,}"
            raise ContentError(message, rule="too-large", path=shown, hint="split it, or raise `limits: {page_kb: …}` in site.yaml")
        digest = files.digest(data)
        source = self.cache.keep(Source, (digest, name, self._front_matter_world), lambda: self._parse(data, shown))
        return replace(source, meta=self._in_zone(source.meta)), digest

    def _in_zone(self, meta: Meta) -> Meta:
        """MessagePack knows moments and no zones, so what left the cache is in UTC."""
        moments = {name: getattr(meta, name) for name in ("date", "updated", "expires")}
        return replace(meta, **{name: moment.astimezone(self.settings.zone) for name, moment in moments.items() if moment is not None})

    def _parse(self, data: bytes, shown: str) -> Source:
        text, problems = frontmatter.decode(data, path=shown)
        split = frontmatter.split(text, path=shown, limit=self.settings.limits.front_matter_kb * 1024)
        meta, found = frontmatter.normalise(split, path=shown, zone=self.settings.zone, known_authors=tuple(self.settings.authors))
        problems = (*problems, *found, *mojibake.find(text))
        return Source(meta, split.body, split.body_line, tuple(problem.at(shown) for problem in problems))

    def render(self, source: Source, name: str) -> Rendered:
        """The body of `source` as HTML, from the cache where it is there.

        Raises:
            ContentError: it takes too deep or too long to parse.
        """
        parts = self._parts(source)
        if parts not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[parts] = self.cache.keep(Rendered, parts, lambda: self._render(source, name))
        return self._kept[parts]

    def _render(self, source: Source, name: str) -> Rendered:
        try:
            rendered = markup.render(source.body, self.options, title=source.meta.title, line=source.body_line)
            return self._with_summary(rendered, source.meta.summary) if source.meta.summary else rendered
        except SitegenError as error:
            error.problem = error.problem.at(f"{CONTENT}/{name}")
            raise

    def _with_summary(self, rendered: Rendered, summary: str) -> Rendered:
        """`rendered` with the summary that front matter gives, which is never cut and whose lines nobody knows."""
        own = markup.render(summary, replace(self.options, summary_words=_WHOLE))
        problems = (replace(problem, line=0, column=0, excerpt="") for problem in own.problems)
        return replace(rendered, summary=own.summary, text=own.text, problems=(*rendered.problems, *problems))

    def warm(self, names: Iterable[str]) -> None:
        """Fill the cache with these files. What is wrong with one shows itself when it is read again."""
        for name in names:
            try:
                source, _ = self.read(name)
                self.render(source, name)
            except SitegenError:
                continue

"""Content files read and rendered: what the index knows of them without a look, what the cache keeps, and the work itself."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import msgspec

from sitegen import files, markup
from sitegen.cache import Cache
from sitegen.config import Settings
from sitegen.errors import ContentError, Problem, ProblemsFound, SitegenError
from sitegen.files import UNKNOWN
from sitegen.frontmatter import PROTECT, Meta
from sitegen.markup import Labels, Part, Rendered
from sitegen.pages.dividing import Division, divide
from sitegen.pages.drawings import Drawer
from sitegen.pages.facts import Entry, Facts, Kept, Learnt, Source, facts_of, load_index, save_index
from sitegen.pages.galleries import gallery_of
from sitegen.pages.includes import Inclusion, rendered_with
from sitegen.pages.labels import labels_of
from sitegen.pages.parsing import parse
from sitegen.pages.rendering import options_for, options_of
from sitegen.pages.walking import CONTENT, walk_content
from sitegen.pictures import Gallery
from sitegen.report import redacted
from sitegen.words import Vocabulary

# Bodies held at a time: the addresses that show one body lie close together in the plan.
HELD = 64
# More words than any summary has.
_WHOLE = 100_000


class Reader:
    """Reads the content files of one site; each worker process can have its own.

    With `verify` every file is read, whatever the index says of its stamp. `known` counts what told that a file was not cold;
    `refused` holds what is wrong with those that were tried in vain: some take long, and nobody should try them twice.

    It reads what is for all readers, or what is for a `group` of them: then `walked` are the group's files, and the cache is one that
    only the group's key opens.
    """

    def __init__(
        self, settings: Settings, cache: Cache, *, verify: bool = False, group: str = "", walked: files.Walked | None = None
    ) -> None:
        self.settings, self.cache, self.verify, self.group = settings, cache, verify, group
        # Versions of a picture would be published as they are.
        self.gallery = Gallery(settings.root, cache, verify=verify) if group else gallery_of(settings, cache, verify=verify)
        self._walk_of_group = walked
        self.options = options_of(settings)
        self.words = Vocabulary(settings.root, settings.all_languages)
        self._world = files.digest(
            files.of_package().encode(),
            markup.version().encode(),
            settings.timezone.encode(),
            msgspec.json.encode([sorted(settings.authors), settings.limits.page_kb, settings.limits.front_matter_kb]),
            msgspec.json.encode([self.options, settings.language, sorted(settings.all_languages)]),
            msgspec.json.encode([labels_of(self.words.of(lang)) for lang in self.words.spoken]),
        )
        self.known: Counter[str] = Counter()
        self.refused: dict[str, tuple[Problem, ...]] = {}
        self._labelled: dict[str, Labels] = {}
        self._held: dict[str, Kept] = {}
        self._looked: set[str] = set()
        self._wanted: set[str] = set()

    @cached_property
    def everything(self) -> files.Walked:
        """All files under content/, or all of the group's, as they were when they were first asked for."""
        self._clock = time.time_ns()
        return walk_content(self.settings) if self._walk_of_group is None else self._walk_of_group

    @cached_property
    def division(self) -> Division:
        """The files under content/ by who may read them."""
        if self.group or not self.settings.protected:
            return Division(self.everything)
        return divide(self.everything, self.settings, self._bytes, lambda name: self._known(name) is not None)

    @property
    def walked(self) -> files.Walked:
        """The files that this reader reads."""
        return self.division.public

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return load_index(self.cache, self._world)

    def facts(self, name: str) -> Facts:
        """What is known of the content file `name` (below content/): from the index if its stamp still holds, else read anew.

        Raises:
            ContentError: it cannot be read, is too large, is no UTF-8, or takes too deep or too long to parse.
        """
        if name in self.refused:
            raise ProblemsFound(self.refused[name])
        return self._known(name) or self._learn(name, self._bytes(name))

    def _known(self, name: str) -> Facts | None:
        entry = self._entries.get(name)
        if entry is None or self.verify or entry.stamp == UNKNOWN or self.everything.stamps.get(name) != entry.stamp:
            return None
        if entry.facts.included and name not in self._looked:  # its stamp does not tell of the files that it takes in
            return None
        return entry.facts

    def _learn(self, name: str, data: bytes) -> Facts:
        digest, included = self._named(name, data)
        entry = self._entries.get(name)
        facts = entry.facts if entry is not None and entry.facts.digest == digest else self._made(name, data, digest, included)
        self.adopt(name, facts)
        return facts

    def _named(self, name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
        """The digest of a content file and of all that it takes in, and the paths of that."""
        digest = files.digest(data)
        if not markup.may_include(data):
            return digest, ()
        inclusion = Inclusion(self.settings, name, self.group)
        try:
            parts = msgspec.msgpack.encode(inclusion.parts(data.decode(errors="replace")))
        except SitegenError as error:
            parts = str(error.problems).encode()
        self._wanted |= inclusion.files
        return (files.digest(data, parts) if inclusion.files else digest), tuple(sorted(inclusion.files))

    def included(self) -> frozenset[str]:
        """The files, relative to the site, that pages take in or would like to, as far as is known by now."""
        return frozenset(path for entry in self._entries.values() for path in entry.facts.included) | self._wanted

    def adopt(self, name: str, facts: Facts) -> None:
        """Take `facts`, which another process learnt, for the file as the walk found it."""
        stamp = self.everything.stamps.get(name, UNKNOWN)
        self._looked.add(name)
        self._entries[name] = Entry(files.settled(stamp, self._clock), facts)

    def is_cold(self, name: str) -> bool:
        """Whether the file `name` would have to be parsed and rendered; what need not be is known afterwards."""
        if self._known(name) is not None:
            self.known["by_stamp"] += 1
            return False
        if self._is_first:
            return True
        try:
            data = self._bytes(name)
        except ContentError:
            return False
        digest, _ = self._named(name, data)
        entry = self._entries.get(name)
        is_indexed = entry is not None and entry.facts.digest == digest
        if not is_indexed and not self.cache.has(Kept, self._parts(name, digest)):
            return True
        self.known["by_digest" if is_indexed else "from_cache"] += 1
        self._learn(name, data)
        return False

    @cached_property
    def _is_first(self) -> bool:
        """Whether there is nothing yet that a file's digest could lead to, so that nobody need read the file to know."""
        return not self._entries and self.cache.is_empty

    def save(self) -> None:
        """Keep the index for the next build, without the files that are gone."""
        names = self.walked.stamps
        save_index(self.cache, self._world, {name: entry for name, entry in self._entries.items() if name in names})

    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The parts that name the value of each file there is in the cache."""
        names = self.walked.stamps
        return {name: self._parts(name, entry.facts.digest) for name, entry in self._entries.items() if name in names}

    def drawings(self) -> Iterator[tuple[str, ...]]:
        """The parts that name the value of each diagram there is in the cache; one may come more than once."""
        names = self.walked.stamps
        for name, entry in self._entries.items():
            if name in names:
                yield from ((*drawing, self.options.code) for drawing in entry.facts.drawings)

    def _parts(self, name: str, digest: str) -> tuple[str, ...]:
        return digest, name, self._world

    def _bytes(self, name: str) -> bytes:
        shown = f"{CONTENT}/{name}"
        try:
            data = (self.settings.root / CONTENT / name).read_bytes()
        except OSError as error:
            raise ContentError(f"cannot be read: {error.strerror}", rule="unreadable", path=shown, hint="check its permissions") from None
        limit = self.settings.limits.page_kb * 1024
        if len(data) > limit:
            message = f"the file has {len(data):,} bytes, the limit is {limit:,}"
            raise ContentError(message, rule="too-large", path=shown, hint="split it, or raise `limits: {page_kb: …}` in site.yaml")
        return data

    def _made(self, name: str, data: bytes, digest: str, included: tuple[str, ...]) -> Facts:
        kept = self.cache.keep(Kept, self._parts(name, digest), lambda: self._make(name, data))
        return facts_of(kept, digest, included)

    def kept(self, name: str) -> Kept:
        """All that the content file `name` makes, as it was when its facts were learnt; from the cache if it is there."""
        held = self._held.get(name)
        if held is None:
            if len(self._held) >= HELD:
                del self._held[next(iter(self._held))]
            digest = self.facts(name).digest
            held = self._held[name] = self.cache.keep(Kept, self._parts(name, digest), lambda: self._make_again(name, digest))
        return held

    def _make_again(self, name: str, digest: str) -> Kept:
        """What the cache has lost. A file that is another by then would not fit the facts that pages were made of."""
        data = self._bytes(name)
        if self._named(name, data)[0] != digest:
            message = "was edited while the site was built"
            raise ContentError(message, rule="changed-during-build", path=f"{CONTENT}/{name}", hint="build again")
        return self._make(name, data)

    def in_zone(self, meta: Meta) -> Meta:
        """MessagePack knows moments and no zones, so what left the cache is in UTC."""
        if self.settings.timezone == "UTC":
            return meta
        moments = {key: moment for key in ("date", "updated", "expires") if (moment := getattr(meta, key)) is not None}
        return replace(meta, **{key: moment.astimezone(self.settings.zone) for key, moment in moments.items()}) if moments else meta

    def source(self, name: str) -> Source:
        """The content file `name` with its body as it is written; nothing is rendered for that. Raises like `facts`."""
        return parse(self._bytes(name), self.settings, shown=f"{CONTENT}/{name}")

    def _make(self, name: str, data: bytes) -> Kept:
        source = parse(data, self.settings, shown=f"{CONTENT}/{name}")
        self._check_group(source, name)
        if source.meta.skip:
            return Kept(source, Rendered())
        source = replace(source, parts=self._included(source, name))
        drawer = Drawer(self.cache, self.options.code)
        rendered = self._render(source, name, drawer)
        return Kept(source, rendered, tuple(dict.fromkeys(drawer.drawn)))

    def _check_group(self, source: Source, name: str) -> None:
        """Refuse what is meant for others than it would be published for: nothing of that may be kept."""
        if any(problem.rule == "secret" for problem in source.problems):
            raise ProblemsFound(problem if problem.rule == "secret" else redacted(problem) for problem in source.problems)
        if source.meta.protect and source.meta.protect != self.group:
            wanted = source.meta.protect
            if wanted in self.settings.protected:
                message, hint = "the page is protected by a key that is not written plainly", f"write `{PROTECT}: {wanted}`"
            else:
                message = f"`{PROTECT}` names the group `{wanted}`, which site.yaml does not have"
                hint = f"add `protected: {{{wanted}: {{}}}}` to site.yaml"
            raise ContentError(message, rule="secret", path=f"{CONTENT}/{name}", hint=hint)

    def _included(self, source: Source, name: str) -> tuple[Part, ...]:
        try:
            return Inclusion(self.settings, name, self.group).parts(source.body)
        except SitegenError as error:
            above = source.body_line - 1
            raise ProblemsFound(
                each if each.path else replace(each, line=each.line + above).at(f"{CONTENT}/{name}") for each in error.problems
            ) from None

    def _render(self, source: Source, name: str, draw: Drawer) -> Rendered:
        options = options_for(name, source.meta, self.options, self.settings, labels=self._labels)
        try:
            rendered = rendered_with(source, options, draw=draw)
            rendered = self._with_summary(rendered, source.meta.summary, options, draw) if source.meta.summary else rendered
        except SitegenError as error:
            error.problem = error.problem.at(f"{CONTENT}/{name}")
            raise
        return replace(rendered, problems=tuple(problem.at(f"{CONTENT}/{name}") for problem in rendered.problems))

    def _labels(self, lang: str) -> Labels:
        """The labels of a text in `lang`; those of the site's language where nothing is translated into that."""
        said = lang if self.words.knows(lang) else self.settings.language
        if said not in self._labelled:
            self._labelled[said] = labels_of(self.words.of(said))
        return self._labelled[said]

    def _with_summary(self, rendered: Rendered, summary: str, options: markup.Options, draw: Drawer) -> Rendered:
        """`rendered` with the summary that front matter gives, which is never cut and whose lines nobody knows."""
        own = markup.render(summary, replace(options, summary_words=_WHOLE), draw=draw)
        problems = (replace(problem, line=0, column=0, excerpt="") for problem in own.problems)
        return replace(rendered, summary=own.summary, text=own.text, problems=(*rendered.problems, *problems))

    def warm(self, names: Iterable[str]) -> list[Learnt]:
        """Parse and render these files; `refused` has what is wrong with the others."""
        learnt = []
        for name in names:
            began = time.perf_counter()
            try:
                learnt.append((name, self.facts(name), time.perf_counter() - began))
            except SitegenError as error:
                self.refused[name] = error.problems
        return learnt

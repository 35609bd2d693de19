"""The links and ids of the finished site, traced back to the line an author wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from sitegen import files, frontmatter, links, urls
from sitegen.errors import Problem
from sitegen.freeze.doubts import NO_DOUBTS, Doubts
from sitegen.freeze.memory import Memory
from sitegen.links import Broken
from sitegen.manifest import Finding, Manifest, Named, Output, Words
from sitegen.pages import CONTENT, Page
from sitegen.site import Site


class Anything(frozenset[str]):
    """The ids of a page that nobody outside knows: whatever a link names may be there."""

    def __contains__(self, item: object) -> bool:
        return True


class Ids(Mapping[str, Container[str]]):
    """The ids in each file of the output, spelt only for the files that are asked for. What is in protected pages nobody can tell."""

    def __init__(self, outputs: Mapping[str, Output], words: Words, site: Site) -> None:
        self._outputs, self._words = outputs, words
        self._spelt: dict[str, frozenset[str]] = {urls.file_of(path): Anything() for path in site.all_shells.by_path}

    def __getitem__(self, file: str) -> frozenset[str]:
        if file not in self._spelt:
            self._spelt[file] = frozenset(self._words.spelt(self._outputs[file].ids))
        return self._spelt[file]

    def __contains__(self, file: object) -> bool:
        return file in self._outputs

    def __iter__(self) -> Iterator[str]:
        return iter(self._outputs)

    def __len__(self) -> int:
        return len(self._outputs)


def find(site: Site, outputs: Mapping[str, Output], memory: Memory, doubts: Doubts = NO_DOUBTS) -> dict[str, Finding]:
    """What is wrong with the links and ids of every file, looked at anew where it may be another than at the last build.

    What nobody can know, as there are `doubts`, is not wrong.
    """
    last = memory.last
    again = _to_look_at(outputs, last, memory.words) if last.redirects == redirects_of(site) else list(outputs)
    kept = {file: finding for file, finding in last.findings.items() if file in outputs}
    for file in again:
        kept.pop(file, None)
    links_of = {file: list(memory.words.spelt(outputs[file].links)) for file in again if outputs[file].links}
    found: dict[str, list[Broken]] = {}
    for each in links.broken(Ids(outputs, memory.words, site), links_of, site.redirects, prefix=site.settings.prefix):
        if not doubts.cover(each.file, each.href, site.settings.prefix, is_there=each.reason != "broken-link"):
            found.setdefault(each.file, []).append(each)
    twice = {file: tuple(memory.words.spelt(_twice(outputs[file].ids))) for file in again}
    new = {file: finding_of(site, file, found.get(file, ()), twice[file]) for file in again if file in found or twice[file]}
    return dict(sorted((kept | new).items()))


def _twice(ids: Sequence[int]) -> list[int]:
    """The ids that are there more than once, each once."""
    if len(set(ids)) == len(ids):
        return []
    return [each for each, count in Counter(ids).items() if count > 1]


def redirects_of(site: Site) -> str:
    """The redirects of the site by digest: what leads on."""
    return files.digest(*(path.encode() for path in sorted(site.redirects)))


def _to_look_at(outputs: Mapping[str, Output], last: Manifest, words: Words) -> list[str]:
    """The files whose links may lead elsewhere than at the last build: the new ones, and those that led to what is new or gone."""
    changed = [file for file, output in outputs.items() if output is not last.outputs.get(file)]
    if not last.outputs.keys() <= outputs.keys():
        return list(outputs)
    if any(file not in last.outputs and _shadowed_by(file) in last.outputs for file in changed):
        return list(outputs)
    unchanged = all(file in last.outputs and last.outputs[file].ids == outputs[file].ids for file in changed)
    if unchanged:
        return changed
    # Ids that are new mend an anchor and nothing else.
    same = [(file, finding) for file, finding in last.findings.items() if outputs[file] is last.outputs.get(file)]
    mended = (file for file, finding in same if _may_hold(finding, changed, last))
    return list(dict.fromkeys([*changed, *mended, *_led_to_ids(_lost(outputs, last, changed), outputs, words)]))


def _lost(outputs: Mapping[str, Output], last: Manifest, changed: Sequence[str]) -> set[int]:
    """The ids, as numbers, that a file had at the last build and has no more."""
    return {id_ for file in changed if file in last.outputs for id_ in {*last.outputs[file].ids}.difference(outputs[file].ids)}


def _led_to_ids(ids: set[int], outputs: Mapping[str, Output], words: Words) -> list[str]:
    """The files with a link to one of these `ids`, on whatever page."""
    if not ids:
        return []
    lost = frozenset(words.spelt(ids))
    # A link within its own page stands on a page that is another.
    linked = ((number, word.partition("#")) for number, word in enumerate(words.all) if "#" in word and word[0] != "#")
    naming = {number for number, (_, _, fragment) in linked if fragment in lost or unquote(fragment) in lost}
    return [file for file, output in outputs.items() if not naming.isdisjoint(output.links)] if naming else []


def _may_hold(finding: Finding, changed: Sequence[str], last: Manifest) -> bool:
    """Whether what is wrong may have been mended by one of the files that `changed`."""
    return any(file not in last.outputs for file in changed) or any(reason == "broken-anchor" for _, reason in finding.broken)


def _shadowed_by(file: str) -> str:
    """The file that links without a suffix led to before there was `file`."""
    return file.removesuffix("/index.html") + ".html" if file.endswith("/index.html") else ""


def finding_of(site: Site, file: str, broken: Sequence[Broken], twice: tuple[str, ...]) -> Finding:
    """What is wrong in `file`. A link or an id that a page's text is to blame for is named at its line."""
    page = site.by_permalink.get(urls.path_of(file))
    named = tuple(_in_text(site, page, {each.href: each for each in broken})) if page and broken else ()
    # In a list, a link within the page leads to the page.
    blamed = [address for each in named for address in (each.href, page.url + each.href if page else "")]
    own = [each for each in twice if page and each in page.rendered.ids]
    return Finding(
        broken=tuple((each.href, each.reason) for each in broken),
        named=named,
        blamed=tuple(dict.fromkeys(blamed)),
        twice=tuple(each for each in twice if each not in own),
        ids=tuple(_id_in_text(page, each) for each in own if page),
    )


def _in_text(site: Site, page: Page, broken: Mapping[str, Broken]) -> Iterator[Named]:
    lines = page.body.split("\n")
    for reference, target in zip(page.rendered.body.references, site.targets(page.source), strict=True):
        each = broken.get(links.without_origin(target, site.settings.origin))
        if each is None:
            continue
        rule = "missing-image" if each.reason == "broken-link" and reference.kind != "link" else each.reason
        at = reference.line - page.body_line
        excerpt = lines[at] if reference.line and 0 <= at < len(lines) else ""
        place = (f"{CONTENT}/{page.file}", reference.line, reference.column)
        written = _as_written(reference.target, page.body)
        yield Named(each.href, written, Problem(rule, text_of(rule, written), *place, excerpt))
    yield from _on_front(site, page, broken)
    picture = broken.get(site.target(page.source, page.meta.image)) if page.meta.image else None
    if picture is not None:
        yield picture_of(site, page, picture.href)


def _on_front(site: Site, page: Page, broken: Mapping[str, Broken]) -> Iterator[Named]:
    """The links and pictures that the front matter of a front page names."""
    hero, features = page.meta.hero, page.meta.features
    links_of = [("hero", each.link) for each in hero.actions] if hero else []
    links_of += [("features", each.link) for each in features]
    pictures = ([("hero", hero.image)] if hero else []) + [("features", each.icon) for each in features]
    for key, written, kind in [(*each, "link") for each in links_of] + [(*each, "image") for each in pictures]:
        each = broken.get(links.without_origin(site.target(page.source, written), site.settings.origin)) if written else None
        if each is not None:
            rule = "missing-image" if each.reason == "broken-link" and kind == "image" else each.reason
            yield Named(each.href, written, at_front_matter(site, page, (key, written), Problem(rule, text_of(rule, written))))


def _as_written(target: str, body: str) -> str:
    """`target` as it stands in `body`, where that is without the percent signs that an address takes: ``{filename}``, ``<a b.md>``."""
    plain = unquote(target) if "%" in target and target not in body else target
    return plain if plain in body else target


def picture_of(site: Site, page: Page, href: str) -> Named:
    """The picture that the front matter of `page` names is not in the site."""
    written = page.meta.image
    problem = Problem("missing-image", text_of("missing-image", written))
    return Named(href, written, at_front_matter(site, page, ("image", written), problem))


def at_front_matter(site: Site, page: Page, said: tuple[str, str], problem: Problem) -> Problem:
    """`problem` at the place where the front matter of `page` says what is `said`: a canonical key and its value."""
    path = f"{CONTENT}/{page.file}"
    written = frontmatter.find((site.settings.root / path).read_bytes(), *said, path=path)
    return replace(problem, path=path, line=written.line, column=written.column, excerpt=written.excerpt)


def _id_in_text(page: Page, id_: str) -> Problem:
    line, column = _written_id(page.body, id_)
    excerpt = page.body.split("\n")[line - 1] if line else ""
    place = (f"{CONTENT}/{page.file}", page.body_line + line - 1 if line else 0, column)
    return Problem("duplicate-id", id_text(id_), *place, excerpt, hint="give one of them another id")


def _written_id(body: str, id_: str) -> tuple[int, int]:
    """Line and column, from 1, of the second place in `body` that gives something that id, or of the only one; zeros for none."""
    form = rf"""(?:\b(?:id|name)[ ]*=[ ]*["']?|\{{[^{{}}\n]*\#)({re.escape(id_)})(?=["'\s>}}/]|$)"""
    places = [found.start(1) for found in re.finditer(form, body, re.MULTILINE)][:2]
    if not places:
        return 0, 0
    before = body[: places[-1]]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def id_text(id_: str) -> str:
    """What is wrong with an id that is there twice."""
    return f"the id `{id_}` is there twice, and a link to it finds the first"


def text_of(rule: str, target: str) -> str:
    """What is wrong with a link that leads to `target`."""
    if rule == "broken-anchor":
        address, _, fragment = target.partition("#")
        return f"there is no `#{fragment}` on {address or 'this page'}"
    if rule == "redirected-link":
        return f"{target!r} is an old address"
    return f"{target!r} is not {'a picture or file' if rule == 'missing-image' else 'a page or a file'} of this site"

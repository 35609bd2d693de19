"""The links of the finished site, traced back to the line an author wrote."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from sitegen import files, frontmatter, links, urls
from sitegen.errors import Problem
from sitegen.freeze.doubts import NO_DOUBTS, Doubts
from sitegen.freeze.memory import Memory
from sitegen.links import Broken
from sitegen.manifest import Finding, Manifest, Output, Words
from sitegen.pages import CONTENT, Page
from sitegen.site import Site

_HINTS = {
    "broken-link": "correct the address, or set `rules: {broken-link: warn}` in site.yaml",
    "broken-anchor": "correct the part after #, or set `rules: {broken-anchor: warn}` in site.yaml",
    "missing-image": "put the picture beside the page, or correct its address",
}


class _Ids(Mapping[str, Container[str]]):
    """The ids in each file of the output, spelt only for the files that are asked for."""

    def __init__(self, outputs: Mapping[str, Output], words: Words) -> None:
        self._outputs, self._words = outputs, words
        self._spelt: dict[str, frozenset[str]] = {}

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
    """What is wrong with the links of every file, looked at anew where it may be another than at the last build.

    What nobody can know, as there are `doubts`, is not wrong.
    """
    last = memory.last
    again = _to_look_at(outputs, last) if last.redirects == redirects_of(site) else list(outputs)
    kept = {file: finding for file, finding in last.findings.items() if file in outputs}
    for file in again:
        kept.pop(file, None)
    links_of = {file: list(memory.words.spelt(outputs[file].links)) for file in again if outputs[file].links}
    found: dict[str, list[Broken]] = {}
    for each in links.broken(_Ids(outputs, memory.words), links_of, site.redirects, prefix=site.settings.prefix):
        if not doubts.cover(each.file, each.href, site.settings.prefix):
            found.setdefault(each.file, []).append(each)
    return dict(sorted((kept | {file: _finding(site, file, broken) for file, broken in found.items()}).items()))


def redirects_of(site: Site) -> str:
    """The redirects of the site by digest: what answers without being a file."""
    return files.digest(*(path.encode() for path in sorted(site.redirects)))


def _to_look_at(outputs: Mapping[str, Output], last: Manifest) -> list[str]:
    """The files whose links may lead elsewhere than at the last build: the new ones, and those that led to what is new or gone."""
    changed = [file for file, output in outputs.items() if output is not last.outputs.get(file)]
    if any(file not in outputs or not set(was.ids).issubset(outputs[file].ids) for file, was in last.outputs.items()):
        return list(outputs)
    if any(file not in last.outputs and _shadowed_by(file) in last.outputs for file in changed):
        return list(outputs)
    unchanged = all(file in last.outputs and last.outputs[file].ids == outputs[file].ids for file in changed)
    return changed if unchanged else [*changed, *(file for file in last.findings if outputs[file] is last.outputs.get(file))]


def _shadowed_by(file: str) -> str:
    """The file that links without a suffix led to before there was `file`."""
    return file.removesuffix("/index.html") + ".html" if file.endswith("/index.html") else ""


def _finding(site: Site, file: str, broken: Sequence[Broken]) -> Finding:
    """What is broken in `file`. One that a page's text is to blame for is named once, at its line."""
    page = site.by_permalink.get(urls.path_of(file))
    problems: list[Problem] = []
    blamed: list[str] = []
    for each in broken:
        named = list(_in_text(site, page, each)) if page else []
        problems += named
        if page and named:
            # In a list, a link within the page leads to the page.
            blamed += [each.href, page.url + each.href]
    return Finding(tuple((each.href, each.reason) for each in broken), tuple(problems), tuple(blamed))


def problems(site: Site, findings: Mapping[str, Finding], outputs: Mapping[str, Output], output: str) -> Iterator[Problem]:
    """All that is wrong with links and pictures. What no page's text is to blame for is named by the file below `output` that holds it."""
    blamed = {site.target(page.source, page.meta.image) for page in site.published.values() if page.meta.image}
    blamed.update(href for finding in findings.values() for href in finding.blamed)
    hint = "the link is in a template, a menu, or a generated page"
    for file, finding in findings.items():
        yield from finding.problems
        for href, reason in finding.broken:
            if href not in blamed:
                yield Problem(reason, _text(reason, href), path=f"{output}/{file}", hint=hint)
    yield from _missing_images(site, outputs)


def _in_text(site: Site, page: Page, broken: Broken) -> Iterator[Problem]:
    for reference, target in zip(page.rendered.body.references, site.targets(page.source), strict=True):
        if links.without_origin(target, site.settings.origin) == broken.href:
            rule = "missing-image" if broken.reason == "broken-link" and reference.kind != "link" else broken.reason
            lines = page.body.split("\n")
            at = reference.line - page.body_line
            yield Problem(
                rule,
                _text(rule, reference.target),
                path=f"{CONTENT}/{page.source}",
                line=reference.line,
                column=reference.column,
                excerpt=lines[at] if reference.line and 0 <= at < len(lines) else "",
                hint=_HINTS[rule],
            )


def _missing_images(site: Site, outputs: Mapping[str, Output]) -> Iterator[Problem]:
    """Pictures that front matter names and the site does not have."""
    for page in site.published.values():
        if not page.meta.image:
            continue
        file = links.target_file(site.target(page.source, page.meta.image), urls.file_of(page.permalink), site.settings.prefix)
        if file is not None and file not in outputs:
            yield _missing_image(site, page)


def _missing_image(site: Site, page: Page) -> Problem:
    path = f"{CONTENT}/{page.source}"
    written = frontmatter.find((site.settings.root / path).read_bytes(), "image", page.meta.image, path=path)
    message = _text("missing-image", page.meta.image)
    return Problem("missing-image", message, path, written.line, written.column, written.excerpt, _HINTS["missing-image"])


def _text(rule: str, target: str) -> str:
    if rule == "broken-anchor":
        address, _, fragment = target.partition("#")
        return f"there is no `#{fragment}` on {address or 'this page'}"
    return f"{target!r} is not {'a picture or file' if rule == 'missing-image' else 'a page or a file'} of this site"

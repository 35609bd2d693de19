"""The links of the finished site, traced back to the line an author wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen import links, urls
from sitegen.errors import Problem
from sitegen.links import Broken
from sitegen.manifest import Output
from sitegen.pages import CONTENT, Page
from sitegen.site import Site

_HINTS = {
    "broken-link": "correct the address, or set `rules: {broken-link: warn}` in site.yaml",
    "broken-anchor": "correct the part after #, or set `rules: {broken-anchor: warn}` in site.yaml",
    "missing-image": "put the picture beside the page, or correct its address",
}


def broken_links(site: Site, outputs: Mapping[str, Output], output: str) -> Iterator[Problem]:
    """Every link, anchor and picture that leads nowhere. One that a page's text is to blame for is named once, at its line;
    the others are named by the file below `output` that holds them.
    """
    found = links.broken(
        {file: each.ids for file, each in outputs.items()},
        {file: each.links for file, each in outputs.items() if each.links},
        site.redirects,
        prefix=site.settings.prefix,
    )
    blamed = {site.target(page.source, page.meta.image) for page in site.published.values() if page.meta.image}
    generated: list[Broken] = []
    for broken in found:
        page = site.by_permalink.get(urls.path_of(broken.file))
        problems = list(_in_text(site, page, broken)) if page else []
        if page and problems:
            # In a list, a link within the page leads to the page.
            blamed |= {broken.href, page.url + broken.href}
        generated += [] if problems else [broken]
        yield from problems
    for broken in generated:
        if broken.href not in blamed:
            hint = "the link is in a template, a menu, or a generated page"
            yield Problem(broken.reason, _text(broken.reason, broken.href), path=f"{output}/{broken.file}", hint=hint)


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


def missing_images(site: Site, outputs: Mapping[str, Output]) -> Iterator[Problem]:
    """Pictures that front matter names and the site does not have."""
    for page in site.published.values():
        if not page.meta.image:
            continue
        file = links.target_file(site.target(page.source, page.meta.image), urls.file_of(page.permalink), site.settings.prefix)
        if file is not None and file not in outputs:
            message = _text("missing-image", page.meta.image)
            yield Problem("missing-image", message, path=f"{CONTENT}/{page.source}", hint=_HINTS["missing-image"])


def _text(rule: str, target: str) -> str:
    if rule == "broken-anchor":
        address, _, fragment = target.partition("#")
        return f"there is no `#{fragment}` on {address or 'this page'}"
    return f"{target!r} is not {'a picture or file' if rule == 'missing-image' else 'a page or a file'} of this site"

"""The stylesheets that pages are given, each made of the parts that are wanted together: which of them there are, the pages tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.freeze.copies import Copy
from sitegen.manifest import Output, Words
from sitegen.site import Site


def sheets(site: Site, outputs: Iterable[Output], words: Words) -> Iterator[tuple[str, Copy]]:
    """The stylesheets made of parts that `outputs` link to, whose links are numbers of `words`, sorted by file."""
    start = f"{site.settings.prefix}/"
    assets = site.assets
    made = {
        number: sheet
        for number, word in enumerate(words.all)
        if word.endswith(".css") and word.startswith(start) and (sheet := assets.sheet_at(word.removeprefix(start))) is not None
    }
    wanted = {number for output in outputs for number in made.keys() & output.links}
    for sheet in sorted((made[number] for number in wanted), key=lambda sheet: sheet.file):
        data = sheet.data or b""
        yield sheet.file, Copy(sheet.source, sheet.digest, len(data), data)

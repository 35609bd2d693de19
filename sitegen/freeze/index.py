"""The search index: a folder of the output that this step owns, made anew only where what readers can search is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import config, files, search, urls
from sitegen.errors import Problem
from sitegen.freeze.standing import Standing
from sitegen.freeze.work import Work
from sitegen.manifest import Output
from sitegen.site import Site

_KEPT = "search"


@dataclass(frozen=True, slots=True)
class Index:
    """An index as the cache keeps it, the newest alone: the `files` in its folder, and what names all that it was made of."""

    key: str
    files: Mapping[str, bytes]


def problems(site: Site) -> Iterator[Problem]:
    """That the site wants a search and cannot have one."""
    settings = site.settings
    if settings.search and not search.is_installed():
        line, column, excerpt = config.place_of(settings.root, ("search",))
        hint = f"install it with `{search.INSTALL}`, or build with `--no-search`"
        yield Problem("settings", "`search` needs Pagefind, which is not installed", config.FILE, line, column, excerpt, hint)


def standing(before: Standing) -> dict[str, Output]:
    """The files of the index that stands."""
    return {file: output for file, output in before.manifest.outputs.items() if _is_ours(file)}


def renewed(work: Work, before: Standing, outputs: Mapping[str, Output], folder: Path) -> tuple[str, dict[str, Output]]:
    """The name of the index of `outputs`, and these with its files in the place of those that stand. New ones are put into `folder`.

    Raises:
        PagefindError: Pagefind could not make it.
    """
    with work.taken.step("search"):
        others = {file: output for file, output in outputs.items() if not _is_ours(file)}
        searched = {file: output.searched for file, output in others.items() if output.searched}
        if not searched:
            return "", others
        key = files.digest(search.version().encode(), files.of_package().encode(), *_names(searched))
        there = standing(before)
        if before.manifest.index == key and there and all(map(before.is_sound, there)):
            return key, others | there
        work.options.progress("indexing", 0, len(searched))
        index = _index(work, before, key, sorted(searched), folder)
        work.options.progress("indexing", len(searched), len(searched))
        return key, others | {file: _put(file, data, before, folder) for file, data in _files_of(index)}


def _is_ours(file: str) -> bool:
    return file.startswith(f"{search.FOLDER}/")


def _names(searched: Mapping[str, str]) -> Iterator[bytes]:
    return (f"{file}\0{digest}".encode() for file, digest in sorted(searched.items()))


def _index(work: Work, before: Standing, key: str, searched: list[str], folder: Path) -> Index:
    """The index named `key` from the cache, or made now of the files that can be `searched`."""
    cache = work.reader.cache
    found = cache.load(_KEPT, Index)
    if found is None or found.key != key:
        found = Index(key, search.indexed(_pages(work, before, searched, folder)))
        cache.save(_KEPT, found)
    return found


def _pages(work: Work, before: Standing, searched: list[str], folder: Path) -> Iterator[tuple[str, str]]:
    """What is searched of each file: of a new one in `folder`, and of one that stayed where it stands."""
    site = work.site
    for file in searched:
        page = site.searched_at(urls.path_of(file))
        path = folder / file if (folder / file).is_file() else before.output / file
        if page is not None:
            yield file, search.reduced(path.read_text(encoding="utf-8"), site.searched(page.source))


def _files_of(index: Index) -> Iterator[tuple[str, bytes]]:
    return ((f"{search.FOLDER}/{name}", data) for name, data in index.files.items())


def _put(file: str, data: bytes, before: Standing, folder: Path) -> Output:
    """Put the file into `folder`, unless the very same stands."""
    output = Output(files.digest(data), len(data))
    was = before.manifest.outputs.get(file)
    if was is None or was.digest != output.digest or not before.is_sound(file):
        files.write_whole(folder / file, data)
    return output

"""The files under content/ by who may read them: told apart before anything of them is kept."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sitegen import config, frontmatter
from sitegen.config import Settings
from sitegen.errors import ContentError, Problem, SitegenError
from sitegen.files import Walked
from sitegen.frontmatter import PROTECT
from sitegen.nearest import most_like
from sitegen.pages.languages import inner_of
from sitegen.pages.parsing import parse
from sitegen.pages.walking import CONTENT, is_index, is_page
from sitegen.report import redacted


@dataclass(frozen=True, slots=True)
class Division:
    """The files that are for all, those of each group of readers, and what is wrong with those of which nobody can tell."""

    public: Walked
    groups: Mapping[str, Walked] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def divide(walked: Walked, settings: Settings, read: Callable[[str], bytes], is_public: Callable[[str], bool]) -> Division:
    """Divide the files that were `walked`; `read` gives the bytes of one, `is_public` says of a page whether its front matter is
    known to name no group.

    A file beside an ``index.md`` is that page's, and so is for its readers. A symbolic link to a file of a group must be of that group.
    """
    groups: dict[str, str] = {}
    problems: list[Problem] = []
    for name in filter(is_page, walked.files):
        # What is known of a page does not tell of site.yaml, which may have given its folder to a group since.
        if not settings.group_of(inner_of(name, settings)) and is_public(name):
            continue
        try:
            groups[name] = _group_of(name, settings, read)
        except SitegenError as error:
            groups[name] = ""
            problems += error.problems
    unclear = {problem.path.removeprefix(f"{CONTENT}/") for problem in problems}
    bundles: dict[str, str] = {}
    for name in filter(is_index, walked.files):
        # Of an index page and its translation, one that is protected is enough.
        bundles[name.rpartition("/")[0]] = groups.get(name) or bundles.get(name.rpartition("/")[0], "")
    groups |= {name: _group_of_file(name, bundles, settings) for name in walked.files if not is_page(name)}
    open_ones = [*_linked(walked.files, groups, settings), *_translations(walked.files, groups, settings)]
    unclear |= {problem.path.removeprefix(f"{CONTENT}/") for problem in open_ones}
    problems += [*open_ones, *_idle(walked.files, settings)]
    clear = [name for name in walked.files if name not in unclear]
    names = {group: [name for name in clear if groups.get(name) == group] for group in sorted({*groups.values()} - {""})}
    public = [name for name in clear if not groups.get(name)]
    parts = {group: _part(walked, each) for group, each in names.items()}
    return Division(_part(walked, public, walked.problems), parts, tuple(problems))


def _part(walked: Walked, names: Iterable[str], problems: tuple[Problem, ...] = ()) -> Walked:
    files = tuple(names)
    return Walked(files, problems, {name: walked.stamps[name] for name in files})


def _group_of(name: str, settings: Settings, read: Callable[[str], bytes]) -> str:
    """The group of a page.

    Raises:
        SitegenError: it seems to be meant for a group, and nobody can tell for which.
    """
    inner, shown = inner_of(name, settings), f"{CONTENT}/{name}"
    folder = settings.group_of(inner)
    data = read(name)
    # A key may be written in no other way than this, or reading it tells of the page when it is made (`Reader`).
    if PROTECT.encode() not in data.lower():
        return folder
    try:
        wanted = parse(data, settings, shown=shown).meta.protect
    except SitegenError as error:
        if folder:
            return folder
        error.problem = redacted(error.problem.at(shown))
        raise
    if wanted and (wanted not in settings.protected or folder not in {"", wanted}):
        raise _conflict(wanted, folder, settings, data, shown)
    return folder or wanted


def _conflict(wanted: str, folder: str, settings: Settings, data: bytes, shown: str) -> ContentError:
    if folder:
        message = f"`{PROTECT}` names `{wanted}`, and the folder belongs to `{folder}`"
        hint = "move the page, or take the key out"
    else:
        near = most_like(wanted, settings.protected)
        message = f"`{PROTECT}` names the group `{wanted}`, which site.yaml does not have"
        hint = f"did you mean `{near}`?" if near else f"add `protected: {{{wanted}: {{}}}}` to site.yaml"
    place = frontmatter.find(data, PROTECT, wanted, path=shown)
    return ContentError(message, rule="secret", path=shown, line=place.line, column=place.column, hint=hint)


def _linked(names: Iterable[str], groups: Mapping[str, str], settings: Settings) -> Iterator[Problem]:
    """What is wrong with symbolic links: those to a file of a group that they themselves do not belong to."""
    root = os.path.realpath(settings.root / CONTENT)
    folders: dict[str, str] = {"": root}
    for name in names:
        folder, _, last = name.rpartition("/")
        here = folders.get(folder) or folders.setdefault(folder, os.path.realpath(f"{root}/{folder}"))
        path = f"{here}/{last}"
        if not os.path.islink(path) and path == f"{root}/{name}":  # noqa: PTH114  thousands of files
            continue
        real = os.path.relpath(os.path.realpath(path), root)
        group = groups.get(real) or settings.group_of(inner_of(real, settings))
        if group and group != groups.get(name):
            message, hint = f"is a symbolic link to a file of the group `{group}`", "remove it, or have it in a folder of that group"
            yield Problem("secret", message, f"{CONTENT}/{name}", hint=hint)


def _translations(names: Iterable[str], groups: Mapping[str, str], settings: Settings) -> Iterator[Problem]:
    """Pages for everybody that are translations of protected ones: whoever wrote the one may not have seen the key of the other."""
    versions: dict[str, list[str]] = defaultdict(list)
    for name in filter(is_page, names) if settings.languages else ():
        versions[inner_of(name, settings)].append(name)
    for each in versions.values():
        group = next(filter(None, (groups.get(name) for name in each)), "")
        for name in each:
            if group and not groups.get(name):
                message = f"is for everybody, and a translation of it belongs to the group `{group}`"
                yield Problem(
                    "secret", message, f"{CONTENT}/{name}", hint=f"write `{PROTECT}: {group}` in it too, or call the file otherwise"
                )


def _idle(names: Iterable[str], settings: Settings) -> Iterator[Problem]:
    """Folders of groups that hold nothing and most likely are called otherwise: then what they were to protect is open."""
    inner = [inner_of(name, settings) for name in names]
    there = {parent.as_posix() for name in inner for parent in PurePosixPath(name).parents} - {"."}
    for keys, owner, folder in _folders(settings):
        near = most_like(folder, there) if folder and folder not in there else ""
        if near or folder.partition("/")[0] in settings.languages:
            hint = f"did you mean `{near}`?" if near else "write it without the folder of a language"
            line, column, excerpt = config.place_of(settings.root, keys)
            yield Problem("secret", f"{owner} has the folder `{folder}`, and nothing is in it", config.FILE, line, column, excerpt, hint)


def _folders(settings: Settings) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Every folder that is protected as a whole, with the keys of site.yaml that say so and whose it is."""
    for name, group in settings.protected.items():
        yield from ((("protected", name, "folders"), f"the group `{name}`", folder) for folder in group.folders)
    for name, collection in settings.collections.items():
        if collection.protect:
            yield ("collections", name, "protect"), f"the protected collection `{name}`", collection.folder


def _group_of_file(name: str, bundles: Mapping[str, str], settings: Settings) -> str:
    """The group of a file that is no page: its folder's, or that of the nearest index page above it."""
    folder = name
    while folder and not settings.group_of(inner_of(name, settings)):
        folder = folder.rpartition("/")[0]
        if folder in bundles:
            return bundles[folder]
    return settings.group_of(inner_of(name, settings))

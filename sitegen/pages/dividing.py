"""The files under content/ by who may read them: told apart before anything of them is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sitegen import frontmatter
from sitegen.config import Settings
from sitegen.errors import ContentError, Problem, SitegenError
from sitegen.files import Walked
from sitegen.frontmatter import PROTECT
from sitegen.nearest import most_like
from sitegen.pages.languages import inner_of
from sitegen.pages.parsing import parse
from sitegen.pages.walking import CONTENT, is_page
from sitegen.report import redacted

_INDEXES = frozenset({"index", "_index", "readme"})


@dataclass(frozen=True, slots=True)
class Division:
    """The files that are for all, those of each group of readers, and what is wrong with those of which nobody can tell."""

    public: Walked
    groups: Mapping[str, Walked] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def divide(walked: Walked, settings: Settings, read: Callable[[str], bytes], is_public: Callable[[str], bool]) -> Division:
    """Divide the files that were `walked`; `read` gives the bytes of one, `is_public` says of a page whether it is known to be for all.

    A file beside an ``index.md`` is that page's, and so is for its readers.
    """
    groups: dict[str, str] = {}
    problems: list[Problem] = []
    for name in filter(is_page, walked.files):
        if is_public(name):
            continue
        try:
            groups[name] = _group_of(name, settings, read)
        except SitegenError as error:
            groups[name] = ""
            problems += error.problems
    unclear = {problem.path.removeprefix(f"{CONTENT}/") for problem in problems}
    bundles = {name.rpartition("/")[0]: groups.get(name, "") for name in walked.files if is_page(name) and _is_index(name)}
    groups |= {name: _group_of_file(name, bundles, settings) for name in walked.files if not is_page(name)}
    names = {group: [name for name in walked.files if groups.get(name) == group] for group in sorted({*groups.values()} - {""})}
    public = [name for name in walked.files if not groups.get(name) and name not in unclear]
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


def _is_index(name: str) -> bool:
    return name.rpartition("/")[2].rpartition(".")[0].partition(".")[0].lower() in _INDEXES


def _group_of_file(name: str, bundles: Mapping[str, str], settings: Settings) -> str:
    """The group of a file that is no page: its folder's, or that of the nearest index page above it."""
    folder = name
    while folder and not settings.group_of(inner_of(name, settings)):
        folder = folder.rpartition("/")[0]
        if folder in bundles:
            return bundles[folder]
    return settings.group_of(inner_of(name, settings))

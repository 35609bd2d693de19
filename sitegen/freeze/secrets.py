"""What a snapshot tells of files that only some may read: it is put aside, for the keys of all groups together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sitegen import keyring, urls
from sitegen.freeze.renewal import turns
from sitegen.freeze.sealed import vaults_of
from sitegen.freeze.standing import folders_of
from sitegen.freeze.work import Work
from sitegen.pages import CONTENT
from sitegen.site.vault import FOLDER
from sitegen.snapshot import Aside, Snapshot, hidden
from sitegen.vaults import key_of


def are_new(work: Work, before: Container[str], outputs: Iterable[str]) -> bool:
    """Whether a page or a file is protected that was not at the last build, whose files were those `before`: it may have been public."""
    locked = {urls.file_of(path) for path in work.site.all_shells.by_path}
    return any(name not in before for name in outputs if name in locked or name.startswith(f"{FOLDER}/"))


def kept_apart(work: Work, seen: Snapshot) -> Snapshot:
    """`seen` without a word of protected pages, which stand in it encrypted; an empty one where there is no key for that."""
    if not work.groups:
        return seen
    found = {group: key_of(reader.cache) for group, reader in work.groups.items()}
    keys = {group: key for group, key in found.items() if key is not None}
    if keys.keys() != found.keys():
        return Snapshot()
    settings = work.site.settings
    own = _own(work, seen.inputs)
    looked = {path for path in seen.absent if path in own}
    named = {f"{CONTENT}/{name}" for reader in work.groups.values() for name in reader.walked.files}
    told = tuple(problem for problem in seen.summary.warnings if problem.path in named)
    aside = Aside({path: stamp for path, stamp in seen.inputs.items() if path in own}, tuple(looked), told, _until(work))
    return replace(
        seen,
        inputs={path: stamp for path, stamp in seen.inputs.items() if path not in own},
        absent=tuple(path for path in seen.absent if path not in own),
        summary=replace(seen.summary, warnings=tuple(problem for problem in seen.summary.warnings if problem.path not in named)),
        groups={group: keyring.place_of(settings, group) for group in keys},
        site=settings.site_id,
        aside=hidden(aside, keys.values()),
    )


def _until(work: Work) -> datetime | None:
    """When the clock alone would change what groups may read."""
    pages = (page for vault in vaults_of(work.app).values() for page in vault.pages)
    return min(turns(pages, work.site.settings.now), default=None)


def _own(work: Work, inputs: Mapping[str, object]) -> set[str]:
    """The paths that no public page, and no folder of one, explains."""
    root = work.site.settings.root
    content = f"{root}/{CONTENT}"
    sealed = {name for vault in vaults_of(work.app).values() for name in vault.sealing.files}
    public = {f"{content}/{name}" for name in work.reader.walked.files if name not in sealed}
    folders = {content, *(f"{content}/{folder}" for folder in folders_of(path.removeprefix(f"{content}/") for path in public))}
    taken_in = {f"{root}/{name}" for name in work.reader.included()}
    wanted = {f"{root}/{name}" for reader in work.groups.values() for name in reader.included()} - taken_in
    beside = {path for path in inputs if path.startswith(f"{content}/")} - public - folders - taken_in
    known = {path for path in beside if str(Path(path).parent) in folders and Path(path).name.startswith((".", "_"))}
    return (beside - known) | wanted

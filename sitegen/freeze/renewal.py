"""From the site that stands to the one that was made: what differs is put in place, and all is remembered for the next build."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sitegen import files, manifest, snapshot
from sitegen.files import Stamp
from sitegen.freeze.copies import Copy
from sitegen.freeze.profile import Collector
from sitegen.freeze.publish import discard, publish, refresh, spare_of
from sitegen.freeze.standing import Standing, folders_of
from sitegen.manifest import Manifest
from sitegen.pages import Page
from sitegen.site import Site
from sitegen.snapshot import Inputs, Snapshot, Summary, of_tree


@dataclass(frozen=True)
class Renewal:
    """A new site: `staged` holds the files of it that were rendered, `copies` are those that are taken from the sources.

    `taken` is told how long each step takes. With `forget` the old site does not become the spare.
    """

    before: Standing
    staged: Path
    copies: Mapping[str, Copy]
    taken: Collector = field(default_factory=Collector)
    forget: bool = False

    def publish(self, new: Manifest) -> tuple[Manifest, bool]:
        """Make the output what `new` says, and keep it; also says whether there was anything to do."""
        before, step = self.before, self.taken.step
        with step("static"):
            changes = before.changes(new)
            self.taken.count(copies_kept=sum(self._stays(new, name) for name in self.copies))
        if before.manifest.outputs and not changes:
            new = replace(new, spare=before.manifest.spare, differs=tuple(sorted({*before.manifest.differs, *before.put_back})))
            with step("record"):
                manifest.save(before.home, before.output, new)
            return new, False
        spare = spare_of(before.home, before.output) if before.manifest.outputs else None
        if self.forget and spare is not None:
            discard(spare)
            spare = None
        if spare is not None:
            new = replace(new, spare=manifest.name_of(before.manifest), differs=tuple(sorted(changes)))
        with step("static"):
            tree = self._tree(new, changes)
        # Before the site: one without its site is not believed, and a site without its manifest is rendered anew.
        with step("record"):
            manifest.mark(tree, new)
            manifest.save(before.home, before.output, new)
        with step("publish"):
            publish(tree, before.output, spare)
            manifest.tidy(before.home, before.output, new)
        return new, True

    def _tree(self, new: Manifest, changes: Collection[str]) -> Path:
        """A finished tree: the spare brought up to date, or else a new one, linked to the old where they agree."""
        spare = self.before.spare
        if spare is not None:
            doubtful = {*self.before.manifest.differs, *self.before.put_back}
            refresh(spare, {*changes, *doubtful}, lambda name, path: self._place(new, name, path))
            return spare
        for name in new.outputs:
            # What was rendered to the same bytes stays the file that it was: the spare differs from the site in what changed alone.
            if name not in changes:
                (self.staged / name).unlink(missing_ok=True)
            if not (self.staged / name).exists():
                self._place(new, name, self.staged / name)
        return self.staged

    def _place(self, new: Manifest, name: str, path: Path) -> None:
        """Put the file `name` of the new site, if it has one, at `path`."""
        if name not in new.outputs:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if (self.staged / name).is_file():
            (self.staged / name).replace(path)
        elif name in self.copies and not self._stays(new, name):
            _copy(self.copies[name], path)
        else:
            files.link_or_copy(self.before.output / name, path)

    def _stays(self, new: Manifest, name: str) -> bool:
        was = self.before.manifest.outputs.get(name)
        return was is not None and was.digest == new.outputs[name].digest and self.before.is_sound(name)


def _copy(copy: Copy, path: Path) -> None:
    data = copy.make() if copy.make is not None else copy.data
    if data is not None:
        files.write_whole(path, data)
    else:
        shutil.copyfile(copy.source, path)


def seen_now(
    before: Standing, new: Manifest, inputs: Inputs, site: Site, summary: Summary, overrides: Mapping[str, Any], *, changed: bool
) -> Snapshot:
    """How all that was read and written looks now, so that the next build can see that there is nothing to do.

    A spare that this build left alone is what it was when it was put aside, or nobody can tell what happened to it since.
    """
    home, output = before.home, before.output
    if changed:
        _let_settle(output)
    spare = spare_of(home, output) if changed and new.spare else None
    trees = _trees(before, new, changed=changed)
    return Snapshot(
        key=snapshot.key_of(site.settings.root, overrides),
        since=site.settings.now,
        until=_until(site),
        inputs=inputs.stamps,
        absent=tuple(inputs.absent),
        outputs=trees["outputs"],
        folders=trees["folders"],
        spare={**before.folders, "": files.stamp(spare.stat())} if spare is not None else {} if changed else before.seen.spare,
        summary=summary,
    )


def _let_settle(output: Path) -> None:
    """Wait until what was written last, which is the mark, is old enough for its stamp to be believed, where that takes but a moment."""
    margin = files.settling(files.stamp((output / manifest.MARKER).stat()))
    if margin <= files.SETTLING_FINE:
        time.sleep(margin / 1_000_000_000)


def _trees(before: Standing, new: Manifest, *, changed: bool) -> dict[str, dict[str, Stamp]]:
    """The stamps of the files of the output, its mark among them, and of its folders.

    What stayed, in the very tree that was or in its spare, has those it had.
    """
    clock = time.time_ns()
    names, folders = {*new.outputs, manifest.MARKER}, {"", *folders_of(new.outputs)}
    if changed and before.spare is None:
        return {"outputs": of_tree(before.output, names, clock), "folders": of_tree(before.output, folders, clock)}
    moved = {*new.differs, *before.manifest.differs, *before.put_back} if changed else set()
    touched = {"", *folders_of(moved)}
    was = {"outputs": before.stamps, "folders": before.seen.spare if changed else before.folders}
    found: dict[str, dict[str, Stamp]] = {}
    for kind, all_of_it, others in (("outputs", names, moved), ("folders", folders, touched)):
        kept = {name: files.settled(was[kind][name], before.clock) for name in all_of_it - others if name in was[kind]}
        found[kind] = kept | of_tree(before.output, all_of_it - kept.keys(), clock)
    return found


def _until(site: Site) -> datetime:
    """When the clock alone would change the site: a page's time comes or goes, or the year on every page."""
    settings = site.settings
    year = settings.now.astimezone(settings.zone).year
    if settings.drafts and any(page.meta.draft and page.meta.date is None for page in site.all):
        return settings.now
    return min((*turns(site.all, settings.now), datetime(year + 1, 1, 1, tzinfo=settings.zone)))


def turns(pages: Iterable[Page], now: datetime) -> Iterator[datetime]:
    """The moments after `now` at which one of `pages` comes or goes."""
    moments = (moment for page in pages for moment in (page.meta.date, page.meta.expires))
    return (moment for moment in moments if moment is not None and moment > now)

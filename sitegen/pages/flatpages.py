"""Flask-FlatPages over our own walk and our own front matter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property, partial

import flask_flatpages
from flask import Flask

from sitegen import git
from sitegen.errors import CollisionError, ContentError, SitegenError
from sitegen.frontmatter import Meta
from sitegen.pages.naming import place
from sitegen.pages.page import Page
from sitegen.pages.reader import Reader
from sitegen.pages.walking import CONTENT, is_page
from sitegen.report import Discreet, Report


class Pages(flask_flatpages.FlatPages):  # type: ignore[misc]
    """All content files of the site as pages, keyed by their path below content/ without suffix.

    Flask-FlatPages' own walk follows the file system's order, trusts modification times and guesses front matter from body text;
    so the walk and the parse are ours, and its interface (iteration, `get`, `get_or_404`, `reload`) stays.
    What is wrong with a file goes to `report`; the other files are read all the same. Of the files that are no pages, the `hidden` ones
    are others'. Where the reader reads for a group, the pages are those of that name.
    """

    def __init__(self, app: Flask, *, reader: Reader, report: Report | Discreet, hidden: Collection[str] = ()) -> None:
        self.settings, self.reader, self.report, self._hidden = reader.settings, reader, report, hidden
        self.media: tuple[str, ...] = ()
        prefix = "_".join(filter(None, ("FLATPAGES", reader.group.upper())))
        app.config[f"{prefix}_AUTO_RELOAD"] = False
        app.config[f"{prefix}_ROOT"] = str(self.settings.root / CONTENT)
        super().__init__(app, reader.group or None)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        walked = self.reader.walked
        self.report.add(*walked.problems, *self.reader.division.problems)
        self.media = tuple(name for name in walked.files if not is_page(name) and name not in self._hidden)
        pages: dict[str, Page] = {}
        for name in filter(is_page, walked.files):
            page = self._load(name)
            if page is not None:
                self._take(page, pages)
        return pages

    @cached_property
    def history(self) -> git.History:
        """The git history of content/, read once."""
        return git.read_history(self.settings.root, CONTENT)

    def _dated(self, meta: Meta, name: str) -> Meta:
        """`meta` with the dates that it leaves to git, as Eleventy's ``date: git Created`` does."""
        for wanted in meta.git_dates:
            key, _, which = wanted.partition(":")
            change = (self.history.created if which == "created" else self.history.changed)(f"{CONTENT}/{name}")
            if change is not None:
                date = change.date.astimezone(self.settings.zone)
                meta = replace(meta, date=date) if key == "date" else replace(meta, updated=date)
        return meta

    def _take(self, page: Page, pages: dict[str, Page]) -> None:
        rival = pages.setdefault(page.path, page)
        if rival is not page:
            message = f"has the same name as {CONTENT}/{rival.source} but for the suffix"
            self.report.add(CollisionError(message, path=f"{CONTENT}/{page.source}", hint="keep one of the two").problem)

    def _load(self, name: str) -> Page | None:
        try:
            return self._parse(name)
        except SitegenError as error:
            self.report.add(*(problem.at(f"{CONTENT}/{name}") for problem in error.problems))
            return None

    def _parse(self, name: str) -> Page | None:
        facts = self.reader.facts(name)
        self.report.silence(f"{CONTENT}/{name}", facts.ignores)
        self.report.add(*facts.problems)
        if facts.meta.skip:
            return None
        meta = self._dated(self.reader.in_zone(facts.meta), name)
        page = place(name, meta, facts, self.settings, load=partial(self.reader.kept, name))
        if page.group != self.reader.group:
            raise ContentError("is for other readers than it was read for", rule="secret", path=f"{CONTENT}/{name}", hint="build again")
        return page

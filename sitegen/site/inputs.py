"""The inputs of questions: the pages, the static files, the history, and how the digest of each is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from types import MappingProxyType

from sitegen import files, git
from sitegen.assets import Assets
from sitegen.config import Settings
from sitegen.git import History
from sitegen.pages import Page, Pages
from sitegen.site.fallbacks import fallbacks
from sitegen.site.questions import PAGES, Asked, aggregate, question
from sitegen.site.shells import NO_SHELLS, SHELLS, VAULT, Shell, Shells
from sitegen.tracing import note_input

ASSETS, HISTORY, PICTURE = "assets", "history", "picture"
NO_VAULTS: Mapping[str, Callable[[], str]] = MappingProxyType({})


class Inputs(Asked):
    """All pages and files that questions are answered from.

    Protected pages are not among them, only their `shells`; `vaults` work out the digest of what a group alone may read.
    """

    def __init__(
        self,
        settings: Settings,
        pages: Pages,
        assets: Assets,
        shells: Shells = NO_SHELLS,
        vaults: Mapping[str, Callable[[], str]] = NO_VAULTS,
    ) -> None:
        super().__init__()
        self.settings, self.pages, self._assets, self.all_shells, self._vaults = settings, pages, assets, shells, vaults
        self.gallery, self.words = pages.reader.gallery, pages.reader.words

    @cached_property
    def _all(self) -> tuple[Page, ...]:
        return tuple(sorted(self.pages, key=lambda page: page.source))

    @cached_property
    def _published(self) -> dict[str, Page]:
        found = {page.source: page for page in self._all if page.status == "published"}
        return dict(sorted((found | fallbacks(found, self.settings)).items()))

    @aggregate
    def all(self) -> tuple[Page, ...]:
        """Every page, drafts and all, sorted by source."""
        return self._all

    @aggregate
    def published(self) -> dict[str, Page]:
        """The pages that are in the build, by source: unlisted ones too, and those that stand for a translation."""
        return self._published

    @property
    def assets(self) -> Assets:
        """The static files."""
        note_input(ASSETS)
        return self._assets

    @property
    def shells(self) -> Shells:
        """What is public of protected pages."""
        if self.settings.protected:
            note_input(SHELLS)
        return self.all_shells

    def shell_of(self, source: str) -> Shell | None:
        """What is public of the protected page with that source; None where there is none.

        Sources are no part of what is public: whoever asks depends on all that the groups hold.
        """
        for group in self._vaults:
            note_input(f"{VAULT}:{group}")
        return self.shells.by_source.get(source)

    @property
    def history(self) -> History:
        """What git knows of the files below content/."""
        note_input(HISTORY)
        return self.pages.history

    @question
    def seen(self, name: str) -> str:
        """The digest of an input. Put for each that a URL reads past all questions, as a site's own view may."""
        note_input(name)
        return self.input_digest(name)

    def input_digest(self, name: str) -> str:
        """The digest of what questions read: empty for a page that is not there."""
        kind, _, source = name.partition(":")
        if not source:
            return self._digests[kind]()
        if kind == PICTURE:
            return self.gallery.digest(source)
        if kind == VAULT:
            return self._vaults[source]() if source in self._vaults else ""
        page = self._published.get(source)
        return "" if page is None else page.face if kind == "face" else page.digest

    @cached_property
    def _digests(self) -> dict[str, Callable[[], str]]:
        return {name: cache(work_out) for name, work_out in self._inputs().items()}

    def _inputs(self) -> dict[str, Callable[[], str]]:
        """The inputs that are no single page, and how the digest of each is worked out."""
        return {
            PAGES: self._digest_of_pages,
            ASSETS: self._digest_of_assets,
            HISTORY: self._digest_of_history,
            SHELLS: lambda: self.all_shells.digest,
        }

    def _digest_of_pages(self) -> str:
        faces = (f"{page.source}\0{page.face}" for page in self._all)
        return files.digest("\n".join(faces).encode(), "\n".join(self.pages.media).encode())

    def _digest_of_assets(self) -> str:
        published = (f"{name}\0{asset.file}" for name, asset in self._assets.published.items())
        parts = (f"{part.name}\0{part.css}" for part in self._assets.parts.values())
        return files.digest(*(text.encode() for text in (*published, *parts)))

    def _digest_of_history(self) -> str:
        return git.state(self.settings.root)

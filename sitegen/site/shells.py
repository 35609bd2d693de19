"""What everybody may know of protected pages: that there is one, where, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from sitegen import files
from sitegen.config import Settings
from sitegen.pages import Page

# Inputs (`sitegen.tracing`): what is public of protected pages, and with a group's name behind it, all that only its readers know.
SHELLS, VAULT = "shells", "vault"


@dataclass(frozen=True, slots=True)
class Shell:
    """A protected page from outside: its path, and the title that its author made public, or none. Without a `source` it is the list of
    its group's pages.
    """

    path: str
    group: str
    lang: str
    title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Shells:
    """All protected pages of the site from outside, by path and by source; `files` are those below content/ that only they show."""

    by_path: Mapping[str, Shell] = field(default_factory=dict)
    by_source: Mapping[str, Shell] = field(default_factory=dict)
    files: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """A name for all that is public of them."""
        # The source of a page is in none of them: an address made of it can be seen by everybody.
        told = [(shell.path, shell.group, shell.lang, shell.title) for shell in self.by_path.values()]
        return files.digest(msgspec.json.encode(sorted(told)))


NO_SHELLS = Shells()


def shells_of(pages: Mapping[str, tuple[Page, ...]], settings: Settings, files: frozenset[str] = frozenset()) -> Shells:
    """What is public of the `pages` of each group, and of the lists of them; groups without pages have none."""
    found = [_shell(page) for group in pages.values() for page in group if page.status == "published"]
    lists = [Shell(settings.address_of(group), group, settings.language) for group in sorted({shell.group for shell in found})]
    return Shells({shell.path: shell for shell in (*lists, *found)}, {shell.source: shell for shell in found}, files)


def _shell(page: Page) -> Shell:
    return Shell(page.permalink, page.group, page.lang, page.meta.public_title, page.source)

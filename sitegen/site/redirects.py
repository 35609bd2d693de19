"""Old addresses: where each leads today, and what is wrong with those that cannot lead anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sitegen import urls
from sitegen.errors import Problem
from sitegen.pages import CONTENT, Page
from sitegen.site.questions import aggregate, question
from sitegen.site.trees import Trees

_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Redirect:
    """`path` answers with a way to `target`, an href or a URL elsewhere; `source` is the file that asks for it."""

    path: str
    target: str
    source: str


class Redirects(Trees):
    """Aliases, and pages that are nothing but a redirect."""

    @question
    def redirect(self, path: str) -> Redirect:
        """The redirect at `path`. Raises KeyError."""
        return self.redirects[path]

    @question
    def all_redirects(self) -> tuple[Redirect, ...]:
        """Every redirect by path."""
        return tuple(self.redirects[path] for path in sorted(self.redirects))

    @aggregate
    def redirects(self) -> dict[str, Redirect]:
        """The redirects by path, chains collapsed. Of two that want one path both are in `redirect_claims`."""
        return {path: Redirect(path, self._ends[path], claim.source) for path, claim in self._direct.items()}

    @aggregate
    def _direct(self) -> dict[str, Redirect]:
        return {claim.path: claim for claim in reversed(self.redirect_claims)}

    @aggregate
    def _ends(self) -> dict[str, str]:
        targets = {path: claim.target for path, claim in self._direct.items()}
        return _ends(targets, {path: self._path(target) for path, target in targets.items()})

    @aggregate
    def redirect_claims(self) -> tuple[Redirect, ...]:
        """Every redirect that a page asks for and that can be one, by source."""
        return tuple(claim for claim in self._all_claims if not _fault(claim) and not self._is_own(claim))

    @aggregate
    def _all_claims(self) -> tuple[Redirect, ...]:
        return tuple(claim for page in self.published.values() for claim in self._claims(page))

    def _is_own(self, claim: Redirect) -> bool:
        return claim.target == self.href(claim.path)

    @aggregate
    def redirect_problems(self) -> tuple[Problem, ...]:
        """What is wrong with aliases, loops among them included."""
        bad = [_problem(claim) for claim in self._all_claims if _fault(claim)]
        loops = [claim for claim in self._direct.values() if self._ends[claim.path] == self.href(claim.path)]
        own = [claim for claim in self._all_claims if not _fault(claim) and self._is_own(claim)]
        return (*bad, *map(_loop, loops), *map(_loop, own))

    def _claims(self, page: Page) -> list[Redirect]:
        claims = [Redirect(self._alias(alias, page), page.url, page.source) for alias in page.meta.aliases]
        if page.meta.redirect:
            # A space would end the address in a line of `_redirects`.
            target = quote(self.target(page.source, page.meta.redirect), safe=_SAFE)
            claims.append(Redirect(page.permalink, target, page.source))
        return claims

    def _alias(self, alias: str, page: Page) -> str:
        """An alias as a path: one without a slash in front stands beside the page, as Hugo has it."""
        path = alias if alias.startswith("/") else page.permalink.rstrip("/").rpartition("/")[0] + "/" + alias
        return urls.normalise(path) if not urls.fault(path) else path

    def _path(self, target: str) -> str:
        path = urls.path_of_href(target, self.settings.prefix)
        return urls.normalise(path) if path else ""


def _ends(targets: Mapping[str, str], following: Mapping[str, str]) -> dict[str, str]:
    """Where each redirect leads in the end, by path; in a loop, back to itself. No step of a chain is taken twice.

    `targets` are where each leads at first, `following` the same as paths.
    """
    ends: dict[str, str] = {}
    for start in targets:
        path, trail = start, dict[str, None]()
        while path in targets and path not in ends and path not in trail:
            trail[path] = None
            path = following[path]
        if path in trail:
            loop = list(trail)[list(trail).index(path) :]
            ends |= {after: targets[before] for before, after in zip(loop, [*loop[1:], path], strict=True)}
        for passed in reversed(trail):
            ends.setdefault(passed, ends.get(following[passed], targets[passed]))
    return ends


def _fault(claim: Redirect) -> bool:
    return bool(urls.fault(claim.path)) or not _leads_to_a_page(claim)


def _leads_to_a_page(claim: Redirect) -> bool:
    """Whether the target is an address and not, say, a script."""
    return urlsplit(claim.target).scheme in {"", "http", "https"}


def _problem(claim: Redirect) -> Problem:
    if not _leads_to_a_page(claim):
        hint = "write a page of this site, or an address that starts with https://"
        return Problem("bad-value", f"the redirect {claim.target!r} leads to no page", path=f"{CONTENT}/{claim.source}", hint=hint)
    message = f"the old address {claim.path!r} {urls.fault(claim.path)}"
    return Problem("bad-alias", message, path=f"{CONTENT}/{claim.source}", hint="write it as a path on this site, like /old/name/")


def _loop(claim: Redirect) -> Problem:
    hint = "take the alias out, or give the page another address"
    return Problem("bad-alias", f"the old address {claim.path!r} leads back to itself", path=f"{CONTENT}/{claim.source}", hint=hint)

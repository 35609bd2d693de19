"""Old addresses: where each leads today, and what is wrong with those that cannot lead anywhere."""

from __future__ import annotations

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
        direct = {claim.path: claim for claim in reversed(self.redirect_claims)}
        return {path: Redirect(path, self._final(claim, direct), claim.source) for path, claim in direct.items()}

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
        direct = {claim.path: claim for claim in self.redirect_claims}
        loops = [claim for claim in self.redirect_claims if self._final(claim, direct) == self.href(claim.path)]
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

    def _final(self, claim: Redirect, direct: dict[str, Redirect]) -> str:
        seen = {claim.path}
        target = claim.target
        while (path := self._path(target)) in direct and path not in seen:
            seen.add(path)
            target = direct[path].target
        return target

    def _path(self, target: str) -> str:
        path = urls.path_of_href(target, self.settings.prefix)
        return urls.normalise(path) if path else ""


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

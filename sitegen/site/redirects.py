"""Old addresses, of pages and of site.yaml: where each leads today, and what is wrong with those that cannot lead anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from sitegen import config, urls
from sitegen.errors import Problem
from sitegen.pages import CONTENT, Page
from sitegen.site.languages import Languages
from sitegen.site.questions import aggregate, question

_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Redirect:
    """`path` answers with a way to `target`, an href or a URL elsewhere; `source` is the content file that asks for it.

    Where site.yaml asks for it, `source` is empty and `written` is the path as it stands there. A path that ends in ``/*`` stands for all
    below it, and ``:splat`` in the target for what the ``*`` stands for.
    """

    path: str
    target: str
    source: str = ""
    status: int = 301
    written: str = ""

    @property
    def owner(self) -> str:
        """The file that asks for it, from the site's folder on."""
        return f"{CONTENT}/{self.source}" if self.source else config.FILE

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for many addresses."""
        return bool(self.written) and self.path.endswith("/*")


class Redirects(Languages):
    """Aliases, pages that are nothing but a redirect, and what site.yaml says under ``redirects:``."""

    @question
    def redirect(self, path: str) -> Redirect:
        """The redirect at `path`. Raises KeyError."""
        return self.redirects[path]

    @question
    def all_redirects(self) -> tuple[Redirect, ...]:
        """Every redirect by path; those that stand for many last, since hosts take the first that fits, and of these the longest first."""
        return tuple(self.redirects[path] for path in sorted(self.redirects, key=_rank))

    @aggregate
    def redirects(self) -> dict[str, Redirect]:
        """The redirects by path, chains collapsed. Of two that want one path both are in `redirect_claims`."""
        return {path: replace(claim, target=self._ends[path]) for path, claim in self._direct.items()}

    @aggregate
    def _direct(self) -> dict[str, Redirect]:
        return {claim.path: claim for claim in reversed(self.redirect_claims)}

    @aggregate
    def _ends(self) -> dict[str, str]:
        targets = {path: claim.target for path, claim in self._direct.items()}
        return _ends(targets, {path: self._path(target) for path, target in targets.items()})

    @aggregate
    def redirect_claims(self) -> tuple[Redirect, ...]:
        """Every redirect that a page or site.yaml asks for and that can be one, those of site.yaml first, then by source."""
        return tuple(claim for claim in self._all_claims if not _fault(claim) and not self._is_own(claim))

    @aggregate
    def _all_claims(self) -> tuple[Redirect, ...]:
        return (*self._set, *(claim for page in self.published.values() for claim in self._claims(page)))

    @aggregate
    def _set(self) -> tuple[Redirect, ...]:
        """The redirects of site.yaml."""
        return tuple(
            Redirect(_old_path(path), quote(self._new_address(keys.to), safe=_SAFE), status=keys.status, written=path)
            for path, keys in self.settings.redirects.items()
        )

    def _new_address(self, to: str) -> str:
        parts = urlsplit(to)
        if parts.scheme or parts.netloc:
            return to
        page = self.published.get(parts.path.removeprefix("/"))
        path = page.url if page else self.settings.prefix + "/" + parts.path.removeprefix("/")
        return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")

    def _is_own(self, claim: Redirect) -> bool:
        return claim.target == self.href(claim.path)

    @aggregate
    def redirect_problems(self) -> tuple[Problem, ...]:
        """What is wrong with aliases, loops among them included."""
        bad = [_problem(claim) for claim in self._all_claims if _fault(claim)]
        loops = [claim for claim in self._direct.values() if self._ends[claim.path] == self.href(claim.path)]
        own = [claim for claim in self._all_claims if not _fault(claim) and self._is_own(claim)]
        chains = [claim for claim in self._direct.values() if claim not in loops and self._path(claim.target) in self._direct]
        long = [_chain(claim, self.redirects[claim.path].target) for claim in chains]
        covering = [_covering(claim, path) for claim in self._direct.values() for path in self._covered(claim)]
        return tuple(map(self._placed, (*bad, *map(_loop, loops), *map(_loop, own), *long, *covering)))

    def _covered(self, claim: Redirect) -> list[str]:
        """The first page that stands where a pattern would lead away: what comes first then is for each host to decide."""
        below = claim.path[:-1] if claim.is_pattern else ""
        return [path for path in sorted(self.by_permalink) if below and path.startswith(below)][:1]

    def _placed(self, told: tuple[Redirect, Problem]) -> Problem:
        """The problem at the line of site.yaml, where the redirect stands there."""
        claim, problem = told
        if not claim.written:
            return problem
        line, column, excerpt = config.place_of(self.settings.root, ("redirects", claim.written), of_key=True)
        return replace(problem, line=line, column=column, excerpt=excerpt)

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


def _rank(path: str) -> tuple[bool, int, str]:
    is_pattern = path.endswith("/*")
    return is_pattern, -len(path) if is_pattern else 0, path


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
    return bool(_path_fault(claim)) or not _leads_to_a_page(claim)


def _path_fault(claim: Redirect) -> str:
    return urls.fault(claim.path.removesuffix("*") if claim.is_pattern else claim.path)


def _leads_to_a_page(claim: Redirect) -> bool:
    """Whether the target is an address and not, say, a script."""
    return urlsplit(claim.target).scheme in {"", "http", "https"}


def _old_path(written: str) -> str:
    return unquote(written) if written.endswith("/*") else urls.normalise(unquote(written))


def _problem(claim: Redirect) -> tuple[Redirect, Problem]:
    if not _leads_to_a_page(claim):
        hint = "write a page of this site, or an address that starts with https://"
        return claim, Problem("bad-value", f"the redirect {claim.target!r} leads to no page", path=claim.owner, hint=hint)
    message = f"the old address {claim.path!r} {_path_fault(claim)}"
    return claim, Problem("bad-alias", message, path=claim.owner, hint="write it as a path on this site, like /old/name/")


def _loop(claim: Redirect) -> tuple[Redirect, Problem]:
    hint = "take the alias out, or give the page another address" if claim.source else "take it out, or lead it elsewhere"
    return claim, Problem("bad-alias", f"the old address {claim.path!r} leads back to itself", path=claim.owner, hint=hint)


def _chain(claim: Redirect, end: str) -> tuple[Redirect, Problem]:
    message = f"the old address {claim.path!r} leads to another old address, {claim.target!r}"
    return claim, Problem("redirect-chain", message, path=claim.owner, hint=f"lead it to the end at once: `{end}`")


def _covering(claim: Redirect, path: str) -> tuple[Redirect, Problem]:
    message = f"the old addresses {claim.path!r} would lead away from {path!r}, which is a page"
    return claim, Problem("bad-alias", message, path=claim.owner, hint="write out the addresses that are old")

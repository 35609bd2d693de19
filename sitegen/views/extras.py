"""What hosts read: the 404 page, redirects, and the headers and redirect rules of Netlify and Cloudflare Pages."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request

from sitegen import search
from sitegen.errors import Problem
from sitegen.site import Redirect, Site, current_site
from sitegen.tracing import unnoted
from sitegen.views import head, policy
from sitegen.views.page import render
from sitegen.views.planned import Planned

RULES_LIMIT = 2_000
_SECURITY = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}


def blueprint(_site: Site) -> Blueprint:
    """Fixed addresses, and ahead of all routes the stub of each redirect."""
    bp = Blueprint("extras", __name__)
    bp.add_url_rule("/404.html", "not_found", not_found)
    bp.add_url_rule("/_headers", "headers", headers)
    bp.add_url_rule("/_redirects", "redirects", redirects)
    bp.before_app_request(_stub_here)
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """The 404 page; then rules where the host reads them and a stub for every redirect where it does not, never both."""
    yield Planned("/404.html", "the 404 page")
    if site.settings.hosting == "plain":
        for claim in site.redirect_claims:
            yield Planned(claim.path, claim.owner)
        return
    yield Planned("/_headers", "_headers")
    if site.redirects:
        yield Planned("/_redirects", "_redirects")


def not_found() -> str:
    """The page for addresses that lead nowhere. It answers 200 here, since Frozen-Flask freezes no 404; the host sends the status."""
    site = current_site()
    lang = site.settings.language
    page_head = head.of_list(site, site.words.of(lang).gettext("Page not found"), "", lang=lang, noindex=True)
    return render("404.html", head=page_head, lang=lang, latest=site.latest(lang, 5))


def _stub_here() -> str | None:
    """The stub at the address that is asked for, if one is there. Werkzeug takes seconds to make thousands of routes of their own,
    and to match one of them looks at each before it.
    """
    with unnoted():
        redirects = current_site().redirects
    return next((_stub(path) for path in (request.path, f"{request.path}/") if path in redirects), None)


def _stub(path: str) -> str:
    """A page that does nothing but lead to another, for hosts without redirect rules."""
    site = current_site()
    target = site.redirect(path).target
    canonical = site.settings.origin + target if target.startswith("/") and not target.startswith("//") else target
    lang = site.settings.language
    page_head = head.of_list(site, site.title(lang), path, lang=lang, noindex=True)
    return render("redirect.html", target=target, canonical=canonical, head=page_head, lang=lang)


def headers() -> Response:
    """Security headers for all, long caching for fingerprinted files.

    Cloudflare joins what overlapping patterns say, so none of ours says a name that another has.
    """
    site = current_site()
    prefix = site.settings.prefix
    rules: dict[str, dict[str, str]] = {prefix + policy.EVERYWHERE: {policy.HEADER: policy.header(site), **_SECURITY}}
    if site.settings.preview:
        rules[prefix + policy.EVERYWHERE]["X-Robots-Tag"] = "noindex"
    rules[f"{prefix}/static/*"] = dict(_IMMUTABLE)
    # What is named by its content: by Pagefind, and by the order that its filters are put in.
    folders = ("filter", "fragment", "index") if site.settings.search else ()
    rules |= {f"{prefix}/{search.FOLDER}/{folder}/*": dict(_IMMUTABLE) for folder in folders}
    for path, own in site.settings.headers.items():
        rules.setdefault(prefix + path, {}).update(own)
    blocks = [path + "".join(f"\n  {name}: {value}" for name, value in sorted(values.items())) for path, values in rules.items()]
    return Response("\n\n".join(blocks) + "\n", mimetype="text/plain")


def redirects() -> Response:
    """One rule a line with an explicit status, since the hosts differ in what they take for granted."""
    site = current_site()
    lines = [line for redirect in site.all_redirects() for line in _rules(site, redirect)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _rules(site: Site, redirect: Redirect) -> Iterator[str]:
    source = site.href(redirect.path)
    yield f"{source} {redirect.target} {redirect.status}"
    if source.endswith("/") and source != "/":
        yield f"{source.rstrip('/')} {redirect.target} {redirect.status}"


def problems(site: Site) -> Iterator[Problem]:
    """A warning where there are more rules than Cloudflare Pages takes."""
    count = sum(len(list(_rules(site, redirect))) for redirect in site.redirects.values())
    if site.settings.hosting != "plain" and count > RULES_LIMIT:
        message = f"the site has {count:,} redirect rules; Cloudflare Pages takes {RULES_LIMIT:,}"
        yield Problem("too-many-redirects", message, path="site.yaml", hint="`hosting: plain` writes stub pages instead of rules")

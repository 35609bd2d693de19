"""The content security policy (https://www.w3.org/TR/CSP3/): this site alone, and what its pages show from elsewhere.

Hosts that read ``_headers`` send it with every page. For the others it is in the page, without what has no meaning there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape

from markupsafe import Markup

from sitegen.site import Site

HEADER = "Content-Security-Policy"
EVERYWHERE = "/*"
# Cloudflare Pages takes lines of 2,000 characters: where a site loads from more hosts than fit, a directive allows them all.
_ORIGINS_LIMIT = 700
_RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "media-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
}
# A browser passes these over in a page. It would obey the last on a host of this machine too, which has no https.
_HEADER_ALONE = frozenset({"frame-ancestors", "report-uri", "report-to", "sandbox", "upgrade-insecure-requests"})
# What WebAssembly needs to start, and allows no text to become code.
_WASM = "'wasm-unsafe-eval'"
# The policies by which text becomes markup: that of mermaid.js, while it draws, and that of sealed.js, for what only a key opens.
_MERMAID, _SEALED = "default", "sealed"


def header(site: Site) -> str:
    """The whole policy."""
    return "; ".join(f"{directive} {sources}".strip() for directive, sources in _rules(site).items())


def in_page(site: Site) -> Markup:
    """What a page says of it, as the value of an attribute; nothing where the host sends it.

    It is that of site.yaml where ``headers`` has one for all paths.
    """
    if site.settings.hosting != "plain":
        return Markup()
    own = (text for name, text in site.settings.headers.get(EVERYWHERE, {}).items() if name.lower() == HEADER.lower())
    return _attribute(next(own, "") or header(site))


@lru_cache(maxsize=8)  # every page of a site says the same
def _attribute(whole: str) -> Markup:
    kept = "; ".join(rule for rule in map(str.strip, whole.split(";")) if rule and rule.split()[0].lower() not in _HEADER_ALONE)
    return Markup(escape(kept, quote=False).replace('"', "&quot;"))  # noqa: S704  escaped for double quotes


def _rules(site: Site) -> Mapping[str, str]:
    rules = dict(_RULES)
    is_safe = site.settings.origin.startswith("https:")
    if site.search_url(site.settings.language):
        rules["script-src"] += f" {_WASM}"
    rules |= dict.fromkeys(site.own_kinds(), "'self'")
    for directive, origins in site.origins():
        sources = " ".join(origins if is_safe else (origin.replace("https://", "http://") for origin in origins))
        if sources:
            rules[directive] = f"{rules.get(directive, '')} {sources if len(sources) <= _ORIGINS_LIMIT else 'https:'}".strip()
    policies = [_MERMAID] if site.settings.markdown.mermaid else []
    if site.settings.protected:
        policies.append(_SEALED)
        rules |= {name: f"{rules[name]} blob:" for name in ("img-src", "media-src")}
    rules["trusted-types"] = " ".join(policies) or "'none'"
    return rules | ({"upgrade-insecure-requests": ""} if is_safe else {})

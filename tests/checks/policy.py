"""What is wrong with a content security policy, by the rules of CSP 3 and what is known to get around one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# What a page cannot say of itself (https://www.w3.org/TR/CSP3/#meta-element).
NOT_IN_PAGES = frozenset({"frame-ancestors", "report-uri", "sandbox"})
KNOWN = NOT_IN_PAGES | {
    *(f"{kind}-src" for kind in ["default", "script", "style", "img", "media", "font", "connect", "frame", "manifest", "worker"]),
    *("object-src", "child-src", "form-action", "base-uri", "require-trusted-types-for", "trusted-types", "upgrade-insecure-requests"),
}
# What no fetch directive stands in for.
_WANTED = ("default-src", "base-uri", "form-action", "require-trusted-types-for", "trusted-types")
_KEYWORDS = frozenset({"'self'", "'none'", "'wasm-unsafe-eval'", "'script'", "'report-sample'"})
_SCRIPTS = frozenset({"default-src", "script-src", "worker-src", "object-src", "base-uri", "connect-src", "style-src"})
# Schemes by which a whole class of addresses is allowed, and where that is meant.
_SCHEMES: Mapping[str, frozenset[str]] = {
    "data:": frozenset({"img-src"}),
    "blob:": frozenset({"img-src", "media-src"}),
    "https:": frozenset({"img-src", "media-src", "frame-src"}),
}
_NAMES = frozenset({"trusted-types"})


def faults(policy: str, *, in_page: bool = False) -> list[str]:
    """What is wrong with `policy`; `in_page` where it is that of a ``meta`` element."""
    rules: dict[str, list[str]] = {}
    found = []
    for rule in filter(None, (part.strip() for part in policy.split(";"))):
        name, *sources = rule.split()
        found += [f"{name} stands twice"] if name in rules else []
        rules.setdefault(name, sources)
    wanted = (*_WANTED, *(() if in_page else ("frame-ancestors",)))
    found += [f"{name} is missing" for name in wanted if name not in rules]
    found += [f"{name} means nothing in a page" for name in rules if in_page and name in NOT_IN_PAGES]
    return found + [fault for name, sources in rules.items() for fault in _of_rule(name, sources)]


def _of_rule(name: str, sources: list[str]) -> Iterator[str]:
    if name not in KNOWN:
        yield f"{name} is no directive"
    if name == "default-src" and sources != ["'none'"]:
        yield "default-src is not 'none'"
    if name == "base-uri" and sources != ["'none'"]:
        yield "base-uri is not 'none'"
    if not sources and name not in {"upgrade-insecure-requests", "sandbox"}:
        yield f"{name} says nothing"
    if "'none'" in sources and len(sources) > 1:
        yield f"{name} has 'none' beside others"
    yield from (f"{name} has {source}" for source in sources if not _is_sound(name, source))


def _is_sound(name: str, source: str) -> bool:
    if source.startswith("'"):
        return source in _KEYWORDS
    if source in _SCHEMES:
        return name in _SCHEMES[source]
    if name in _NAMES:
        return source.replace("-", "").isalnum()
    return source.startswith("https://") and "*" not in source and name not in _SCRIPTS

"""What the keys of site.yaml owe each other: mistakes that no single value shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen import urls
from sitegen.config.home_keys import ActionKeys, FeatureKeys, HomeKeys
from sitegen.config.kinds import Fault, nearest, quoted, suggestion
from sitegen.config.menu_keys import MenuItem
from sitegen.config.model import SiteKeys
from sitegen.config.reader_keys import AnalyticsKeys
from sitegen.config.settings import folder_of
from sitegen.report import RULES

Keys = tuple[str | int, ...]


class Mistake(NamedTuple):
    """A fault and the path of keys to it; the key itself is at fault, or else its value."""

    keys: Keys
    fault: Fault
    is_key: bool = False


def mistakes(site: SiteKeys, root: Path) -> Iterator[Mistake]:
    """Every mistake between the keys of `site`, the settings of the site in the folder `root`."""
    yield from _author(site)
    yield from _menus(site.menus, root / "content")
    yield from _home(site.home, ("home",), root / "content")
    for code, language in site.languages.items():
        yield from _home(language.home, ("languages", code, "home"), root / "content")
    yield from _collections(site)
    yield from _rules(site)
    yield from _redirects(site)
    yield from _macros(site.markdown.math_macros)
    yield from _mermaid(site.markdown.mermaid, root / "static")
    yield from _giscus(site)
    yield from _analytics(site.analytics)
    yield from _protected(site, root)


def _author(site: SiteKeys) -> Iterator[Mistake]:
    if site.author and site.author not in site.authors:
        hint = suggestion(site.author, site.authors) if site.authors else f"add `authors: {{{site.author}: {{name: …}}}}`"
        yield Mistake(("author",), Fault(f"is {quoted(site.author)}, expected an id under `authors`", hint))


def _menus(menus: Mapping[str, Iterable[MenuItem]], content: Path) -> Iterator[Mistake]:
    for name, items in menus.items():
        for keys, item in _flat(items, ("menus", name)):
            fault = _menu_fault(item, content)
            if fault is not None:
                yield Mistake((*keys, "page") if item.page and not item.url else keys, fault)


def _flat(items: Iterable[MenuItem], keys: Keys) -> Iterator[tuple[Keys, MenuItem]]:
    """Every item with its path of keys, those below others too."""
    for number, item in enumerate(items):
        yield (*keys, number), item
        yield from _flat(item.children, (*keys, number, "children"))


def _home(home: HomeKeys, keys: Keys, content: Path) -> Iterator[Mistake]:
    for number, action in enumerate(home.hero.actions):
        yield from _linked(action, (*keys, "hero", "actions", number), content)
        if not action.page and not action.url:
            yield Mistake((*keys, "hero", "actions", number), Fault("leads nowhere", "add a `page` or a `url`"))
        elif not action.title and not action.page:
            yield Mistake((*keys, "hero", "actions", number), Fault("has no `title`", "add one, or name a `page` to be called as that is"))
    for number, feature in enumerate(home.features):
        yield from _linked(feature, (*keys, "features", number), content)
        if not feature.title:
            yield Mistake((*keys, "features", number), Fault("has no `title`", "add one"))
    twice = next((each for each in home.sections if home.sections.count(each) > 1), "")
    if twice:
        yield Mistake((*keys, "sections"), Fault(f"has {quoted(twice)} twice", "keep one of them"))


_BOTH = Fault("has both `url` and `page`, expected one of them", "keep `page` for a file under content/, `url` for anything else")


def _linked(item: ActionKeys | FeatureKeys, keys: Keys, content: Path) -> Iterator[Mistake]:
    """What is wrong with where a part of the front page leads."""
    if item.url and item.page:
        yield Mistake(keys, _BOTH)
    fault = _page_fault(item.page, content) if item.page else None
    if fault is not None:
        yield Mistake((*keys, "page"), fault)


def _menu_fault(item: MenuItem, content: Path) -> Fault | None:
    if item.url and item.page:
        return _BOTH
    if not item.title and not item.page:
        return Fault("has no `title`", "add one, or name a `page` to be called as that is")
    if not item.url and not item.page and not item.children:
        return Fault("leads nowhere", "add a `url`, a `page` or `children`")
    return _page_fault(item.page, content) if item.page else None


def _page_fault(page: str, content: Path) -> Fault | None:
    if (content / page).is_file() and (content / page).resolve().is_relative_to(content.resolve()):
        return None
    if page.startswith("content/"):
        return Fault(f"is {quoted(page)}, expected a path below content/", f"write `{page.removeprefix('content/')}`")
    if not content.is_dir():
        return Fault(f"is {quoted(page)}, and there is no folder content/", "make the file, or use `url`")
    near = nearest(
        page, (path.relative_to(content).as_posix() for pattern in ("*.md", "*.markdown") for path in sorted(content.rglob(pattern)))
    )
    return Fault(
        f"is {quoted(page)}, which is no file under content/", f"did you mean `{near}`?" if near else "make the file, or use `url`"
    )


def _collections(site: SiteKeys) -> Iterator[Mistake]:
    owners: dict[str, str] = {}
    for name, given in site.collections.items():
        fault = _name_fault(name)
        if fault is not None:
            yield Mistake(("collections", name), fault, is_key=True)
        fault = _folder_fault(name, folder_of(name, given), site, owners)
        if fault is not None:
            yield Mistake(("collections", name, "folder"), fault)


def _name_fault(name: str) -> Fault | None:
    """Why a collection's name cannot be the first part of its addresses."""
    reason = urls.fault(f"/{name}/") if name and "/" not in name else "is not one part of an address"
    return Fault(f"has a name that {reason}", "rename it, and give it the `folder` that it has now") if reason else None


def _folder_fault(name: str, folder: str, site: SiteKeys, owners: dict[str, str]) -> Fault | None:
    """Why `folder` cannot be that of the collection `name`; `owners` are the collections so far, by folder."""
    owner = owners.setdefault(folder.casefold(), name)
    if owner != name:
        place = f"`content/{folder}/`" if folder else "`content/`"
        return Fault(f"is {place}, which is the folder of `{owner}` too, expected one of its own", "give one of them another `folder`")
    first = folder.partition("/")[0]
    return Fault(f"starts with {quoted(first)}, the folder of a language", "rename the folder") if first in site.languages else None


def _macros(macros: Mapping[str, str]) -> Iterator[Mistake]:
    """The first macro that means nothing; each may use the others."""
    if not macros:
        return
    from math_core import LatexError, LatexToMathML

    try:
        LatexToMathML(macros={name.removeprefix("\\"): text for name, text in macros.items()}, fancy_error=False)
    except LatexError as error:
        found = re.match(r"macro(\d+):\d+: (.*)", str(error))
        name, text = (list(macros)[int(found[1])], found[2]) if found else (next(iter(macros)), str(error))
        message = text.rstrip(".").replace('"', "`")
        yield Mistake(("markdown", "math_macros", name), Fault(f"cannot be read as LaTeX: {message[:1].lower()}{message[1:]}"))


def _mermaid(name: str, static: Path) -> Iterator[Mistake]:
    if name and not ((static / name).resolve().is_relative_to(static.resolve()) and (static / name).is_file()):
        cure = f"write `{name.lstrip('/').removeprefix('static/')}`" if name.startswith(("/", "static/")) else "put the file there"
        yield Mistake(("markdown", "mermaid"), Fault(f"is {quoted(name)}, which is no file below static/", cure))


def _rules(site: SiteKeys) -> Iterator[Mistake]:
    for name, severity in site.rules.items():
        rule = RULES.get(name)
        if rule is None:
            near = nearest(name, RULES)
            cure = f"did you mean `{near}`?" if near else "the settings reference lists all rules"
            yield Mistake(("rules", name), Fault("is not a rule", cure), is_key=True)
        elif rule.fixed and severity != "error":
            cure = "remove it: without this rule output would be unsafe or ambiguous"
            yield Mistake(("rules", name), Fault(f"is {quoted(severity)}, but this rule is always an error", cure))


def _redirects(site: SiteKeys) -> Iterator[Mistake]:
    for path, redirect in site.redirects.items():
        if not redirect.to:
            yield Mistake(("redirects", path), Fault("leads nowhere", "write the new address: `/old/: /new/`"), is_key=True)
        elif path.endswith("/*") and site.hosting == "plain":
            cure = "write each address out, or set `hosting` to `netlify` or `cloudflare` if one of them is the host"
            yield Mistake(
                ("redirects", path), Fault("stands for many addresses, for which `plain` hosting has no rules", cure), is_key=True
            )
        elif ":splat" in redirect.to and not path.endswith("/*"):
            cure = "end the old address in `/*`, or write the new one out"
            yield Mistake(("redirects", path), Fault("leads to `:splat`, and has no `*` that it could stand for", cure))


def _giscus(site: SiteKeys) -> Iterator[Mistake]:
    if site.comments is None:
        return
    giscus = site.comments.giscus
    if giscus is None:
        yield Mistake(("comments",), Fault("names no place for comments", "write `giscus:` below it"))
        return
    missing = [name for name in ("repo", "repo_id", "category_id") if not getattr(giscus, name)]
    if missing:
        yield Mistake(("comments", "giscus"), Fault(f"has no `{missing[0]}`", "copy it from https://giscus.app"))


def _analytics(keys: AnalyticsKeys | None) -> Iterator[Mistake]:
    if keys is None:
        return
    chosen = [name for name in type(keys).model_fields if getattr(keys, name) is not None]
    if len(chosen) != 1:
        said = "names " + (" and ".join(f"`{name}`" for name in chosen) if chosen else "no service") + ", expected one service"
        yield Mistake(("analytics",), Fault(said, "write one of plausible, goatcounter and umami"))
    if keys.goatcounter is not None and not keys.goatcounter.host:
        yield Mistake(("analytics", "goatcounter"), Fault("has no `host`", "add `host: https://<code>.goatcounter.com`"))
    if keys.umami is not None and not keys.umami.website:
        yield Mistake(("analytics", "umami"), Fault("has no `website`", "copy the id from Umami's settings of the website"))


def _protected(site: SiteKeys, root: Path) -> Iterator[Mistake]:
    known = site.protected
    for name, collection in site.collections.items():
        if collection.protect and collection.protect not in known:
            hint = suggestion(collection.protect, known) if known else f"add `protected: {{{collection.protect}: {{}}}}`"
            yield Mistake(
                ("collections", name, "protect"), Fault(f"is {quoted(collection.protect)}, expected a group under `protected`", hint)
            )
    addresses: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name, group in known.items():
        for folder in group.folders:
            other = folders.setdefault(folder, name)
            if other != name:
                fault = Fault(f"has the folder {quoted(folder)}, as `{other}` has", "let it belong to one of them")
                yield Mistake(("protected", name, "folders"), fault)
        address = group.address or f"/{name}/"
        owner = addresses.setdefault(urls.key(address), name)
        if owner != name:
            yield Mistake(("protected", name), Fault(f"is at `{address}`, as `{owner}` is", "give one of them another `address`"))
        if group.passwords and (root / Path(group.passwords).expanduser()).resolve().is_relative_to(root.resolve()):
            fault = Fault("is a file in the site's folder, where it would come into git", "move it out of there, or use the environment")
            yield Mistake(("protected", name, "passwords"), fault)

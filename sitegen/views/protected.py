"""Protected pages: the locked page that everybody gets, with what only a group's readers can open sealed inside."""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any, cast

from flask import Blueprint, Response, abort, current_app, request
from markupsafe import Markup

from sitegen.errors import SitegenError, TemplateError
from sitegen.pages import CONTENT
from sitegen.report import redacted
from sitegen.site import Site, current_site, seen_as
from sitegen.site.shells import VAULT, Shell
from sitegen.site.vault import FOLDER, Vault, title_of
from sitegen.tracing import note_input, traced
from sitegen.views import head, pages
from sitegen.views.page import render, whole_sheet
from sitegen.views.planned import Planned

VAULTS = "sitegen-vaults"
# Scripts that the locked page has as well.
_EVERYWHERE = ("theme.js", "app.js", "count.js")
# All that `_Outside` looks at, and what could be taken for it: the parser is slow, and most of a page is nothing to it.
_TELLING = re.compile(
    r"""<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>|<body\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL | re.IGNORECASE
)
# What base.html puts around all that belongs to a page and not to the site.
_OPENING, _CLOSING = "<!-- sealed -->", "<!-- /sealed -->"


@dataclass(frozen=True, slots=True)
class Locked:
    """What the template of a locked page prints. ``document`` is JSON, safe inside a script element; empty where it ``is_locked`` for good.

    ``title`` is what the page's author made public, ``name`` what the group is called, ``contents`` the href of the list of its pages,
    empty on that.
    """

    title: str
    group: str
    name: str
    is_locked: bool
    document: Markup
    sheet: str
    contents: str


def blueprint(_site: Site) -> Blueprint:
    """One route for locked pages, one for sealed files."""
    bp = Blueprint("protected", __name__)
    bp.add_url_rule(f"/{FOLDER}/<name>", "file", file)
    for path in _site.all_shells.by_path:
        # The path is no value of the rule: Werkzeug would compare each rule with all others for each page.
        bp.add_url_rule(path, "show", show)
    return bp


def urls(site: Site) -> Iterator[Planned]:
    """Every protected page, and the list of each group's."""
    lists = (shell for shell in site.all_shells.by_path.values() if not shell.source)
    # By source, so that of two pages with one slug both are seen.
    for shell in (*lists, *site.all_shells.by_source.values()):
        yield Planned(shell.path, f"{CONTENT}/{shell.source}" if shell.source else f"the list of the pages of the group {shell.group}")


def show() -> str:
    """The locked page at the address that is asked for."""
    site, path = current_site(), request.path
    shell = site.shells.by_path[path]
    vault = vault_of(shell.group)
    key = vault.sealing.key if vault is not None else None
    words = site.words.of(shell.lang)
    name = title_of(site.settings, shell.group)
    title = shell.title or (words.gettext("Protected page") if shell.source else name)
    page_head = replace(
        head.of_list(site, title, path, lang=shell.lang, description=site.description(shell.lang), noindex=True),
        # An address that is announced is an address that is found.
        canonical="",
    )
    document = Markup()
    # Whether there is a key is among what only the group knows: a locked page is another once there is one.
    note_input(f"{VAULT}:{shell.group}")
    if vault is not None and key is not None:
        content = json.dumps(_noted(vault, shell), ensure_ascii=False, separators=(",", ":")).encode()
        document = _script_safe(key.page(site.href(path), content))
    contents = site.href(site.settings.address_of(shell.group)) if shell.source else ""
    locked = Locked(title, shell.group, name, key is None, document, whole_sheet(), contents)
    return render("protected.html", head=page_head, lang=shell.lang, page=None, shell=locked)


def vault_of(group: str) -> Vault | None:
    """The site as a group sees it; None in a process that seals nothing."""
    vaults = cast("dict[str, Vault]", current_app.extensions[VAULTS])
    return vaults.get(group)


def file(name: str) -> Response:
    """A sealed file, while the site is being written; the freeze copies them."""
    for vault in current_app.extensions[VAULTS].values():
        for source, path in vault.sealing.files.items() if vault.sealing.key else ():
            if path == f"/{FOLDER}/{name}":
                return Response(sealed_file(vault, source), mimetype="application/octet-stream")
    return abort(404)


def sealed_file(vault: Vault, name: str) -> bytes:
    """The bytes that are published of the file `name` below content/. The group must have its key."""
    key = vault.sealing.key
    if key is None:
        raise LookupError(f"the group {vault.sealing.group} has no key")
    data = (vault.settings.root / CONTENT / name).read_bytes()
    return key.file(vault.href(vault.sealing.files[name]), data)


def _script_safe(document: dict[str, Any]) -> Markup:
    text = json.dumps(document, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704  JSON without `<` ends no script element


def _noted(vault: Vault, shell: Shell) -> dict[str, Any]:
    """What is sealed into a page, with what it came from noted: of what is for all by name, of the group's own under one."""
    with traced() as trace:
        content = _content(vault, shell)
    for name in _inputs(vault, trace.inputs, trace.questions):
        if name.partition(":")[2] not in vault.own_names:
            note_input(name)
    return content


def _inputs(vault: Vault, inputs: Iterable[str], questions: Iterable[str]) -> dict[str, None]:
    """Every input behind `inputs` and `questions`, each once."""
    found = dict.fromkeys(inputs)
    waiting, seen = list(questions), set(questions)
    while waiting:
        answered = vault.answered(waiting.pop())
        if answered is not None:
            found |= answered.trace.inputs
            waiting += [text for text in answered.trace.questions if text not in seen]
            seen |= answered.trace.questions.keys()
    return found


def _content(vault: Vault, shell: Shell) -> dict[str, Any]:
    """The content of a page's document (format 1)."""
    try:
        with seen_as(vault):
            html = pages.of_page(vault, vault.by_path[shell.path]) if shell.source else _list(vault, shell)
    except TemplateError:
        raise
    except SitegenError as error:
        where = f"{CONTENT}/{shell.source}" if shell.source else ""
        error.problem = redacted(error.problem.at(where))
        raise
    start, end = html.find(_OPENING), html.find(_CLOSING)
    if start < 0 or end < start:
        message = f"has no {_OPENING} before and {_CLOSING} after what a protected page may show to its readers alone"
        raise TemplateError(
            message, path="templates/base.html", hint="keep both as the theme's base.html has them, inside the parent of <main>"
        )
    inner = html[start + len(_OPENING) : end]
    outside = _Outside()
    outside.feed("".join(found[0] for found in _TELLING.finditer(html[:start] + html[end:])))
    player = f'<script src="{vault.asset("embed.js")}" defer></script>'
    everywhere = {vault.asset(name) for name in _EVERYWHERE}
    scripts = [script for script in outside.scripts if script["src"] not in everywhere]
    scripts += [{"src": vault.asset("embed.js")}] if player in inner else []
    return {
        "title": outside.title,
        "html": inner.replace(player, ""),
        "body_class": outside.body_class,
        "files": dict(_files(vault, inner)),
        "scripts": scripts,
        "run": vault.settings.content.html == "trust",
    }


def _list(vault: Vault, shell: Shell) -> str:
    """The page that lists the pages of a group."""
    page_head = replace(head.of_list(vault, vault.group_title, shell.path, lang=shell.lang, noindex=True), is_sealed=True)
    crumbs = (vault.home_ref(shell.lang),)
    return render(
        "group.html", head=page_head, lang=shell.lang, page=None, crumbs=crumbs, title=vault.group_title, cards=vault.contents_cards()
    )


def _files(vault: Vault, html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The sealed files that `html` names, by their hrefs: what a browser has to take each for."""
    for name, path in vault.sealing.files.items():
        href = vault.href(path)
        if href in html:
            yield href, {"type": mimetypes.guess_type(name)[0] or "application/octet-stream", "name": PurePosixPath(name).name}


def _in_dataset(name: str) -> str:
    """What a script calls an attribute of that name: ``fooBar`` is ``data-foo-bar``."""
    return re.sub("-(.)", lambda found: found[1].upper(), name.removeprefix("data-"))


class _Outside(HTMLParser):
    """What a page says outside of what is its own: its title, the classes of its body, and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.body_class, self.scripts = "", "", list[dict[str, Any]]()
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says."""
        given = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        if tag == "body":
            self.body_class = given.get("class", "")
        if tag == "script" and "src" in given:
            data = {_in_dataset(name): value for name, value in given.items() if name.startswith("data-")}
            integrity = {"integrity": given["integrity"]} if "integrity" in given else {}
            self.scripts.append({"src": given["src"], **integrity, **({"data": data} if data else {})})

    def handle_endtag(self, tag: str) -> None:
        """The title ends."""
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        """Text, of which the title alone counts."""
        if self._in_title:
            self.title += data

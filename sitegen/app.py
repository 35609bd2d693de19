"""The Flask application of a site: settings, pages, questions, templates, views and the site's own extensions, wired together."""

from __future__ import annotations

import functools
import importlib
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, request, send_file, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import PathConverter

from sitegen import assets, config, files, keyring, markup, pages, search, theme, views, words
from sitegen.cache import FOLDER, Cache
from sitegen.colours import accent_css
from sitegen.config import Settings
from sitegen.encryption import Key
from sitegen.errors import Problem, SitegenError
from sitegen.pages import CONTENT
from sitegen.pictures import draw, encoded
from sitegen.report import Discreet, Report
from sitegen.site import TEMPLATES, Asking, Settled, Site, current_site
from sitegen.site.shells import shells_of
from sitegen.site.vault import Vault, digest_of, sealing_of
from sitegen.tracing import unnoted
from sitegen.vaults import MemoryCache, VaultCache, home_of, key_of
from sitegen.views.planned import Planned
from sitegen.views.protected import VAULTS

CACHE = FOLDER
STATIC = "static"
_LIBRARIES = (
    "flask",
    "frozen-flask",
    "flask-flatpages",
    "markdown",
    "pygments",
    "jinja2",
    "babel",
    "feedgenerator",
    "lightningcss",
    "rjsmin",
)


def create_app(
    root: Path | str = ".",
    *,
    cache: Cache | None = None,
    reader: pages.Reader | None = None,
    groups: Groups | None = None,
    strict: bool = False,
    **overrides: Any,
) -> Flask:
    """The app of the site in the folder `root`. `overrides` are settings a command sets (`sitegen.config.load` names them).

    A `reader` that has read the site already brings its settings and its cache along, and the readers of what belongs to `groups`.
    `strict` takes warnings for errors.

    The site itself is ``app.extensions["sitegen"]``, the problems found so far ``app.extensions["sitegen-report"]``.

    Raises:
        ProblemsFound: site.yaml is wrong.
        SitegenError: an extension cannot be loaded, or a group of readers has no passwords.
    """
    root = Path(root).resolve()
    reader = reader or open_reader(root, cache or Cache(root / CACHE), **overrides)
    settings = reader.settings
    app = Flask("sitegen", root_path=str(root), static_folder=None, template_folder=None)
    app.jinja_loader = theme.loader(settings)
    settled = {**overrides, "now": settings.now, "search": settings.search}
    app.config.update(TRUSTED_HOSTS=None, PROPAGATE_EXCEPTIONS=True, SITEGEN_OVERRIDES=settled)
    report = Report(settings.rules, strict=strict)
    report.silence(config.FILE, settings.ignores)
    report.add(*settings.problems, *reader.words.problems)
    groups = open_groups(reader) if groups is None else groups
    report.add(*groups.problems)
    report.hide(f"{CONTENT}/{name}" for each in groups.readers.values() for name in each.walked.files)
    own = {group: pages.Pages(app, reader=each, report=Discreet(report)) for group, each in groups.readers.items()}
    candidates = [name for name in reader.walked.files if not pages.is_page(name)] if own else []
    sealings = {group: sealing_of(group, key_of(each.reader.cache), each, candidates) for group, each in own.items()}
    hidden = frozenset(name for sealing in sealings.values() for name in sealing.files)
    shelves = pages.Pages(app, reader=reader, report=report, hidden=hidden)
    appended = {"_ground.css": accent_css(settings.theme.accent)} if settings.theme.accent else {}
    brought = {search.ENGINE: search.engine()} if settings.search and search.is_installed() else {}
    published = assets.collect(theme.folder(STATIC), root / STATIC, appended=appended, brought=brought)
    report.add(*published.problems, *_exposed(published, groups))
    app.extensions |= {"sitegen-report": report, "sitegen-cache": reader.cache, "sitegen-urls": []}
    shells = shells_of({group: tuple(each) for group, each in own.items()}, settings, hidden)
    digests = {group: functools.cache(partial(digest_of, sealings[group], each)) for group, each in own.items()}
    site = app.extensions["sitegen"] = Site(settings, shelves, published, shells, digests)
    app.extensions[VAULTS] = {group: Vault(site, each, published, sealings[group]) for group, each in own.items()}
    _install(app, settings)
    return app


def _exposed(published: assets.Assets, groups: Groups) -> Iterator[Problem]:
    """What is wrong with links below static/, to files or folders: those that lead to a file of a group."""
    hidden = {(each.settings.root / CONTENT).resolve() / name for each in groups.readers.values() for name in each.walked.files}
    for name, asset in published.published.items() if hidden else ():
        if asset.source.resolve() in hidden:
            message, hint = "is a symbolic link to a protected file", "remove it: what is in static/ is published for everybody"
            yield Problem("secret", message, f"{STATIC}/{name}", hint=hint)


def open_reader(root: Path, cache: Cache, *, verify: bool = False, **overrides: Any) -> pages.Reader:
    """A reader of the content in the folder `root`, with the site's own modules ready to be imported.

    Raises:
        ProblemsFound: site.yaml is wrong; not where ``tolerant`` is among the `overrides` (`sitegen.config.load`).
    """
    settings = config.load(root, **overrides)
    pages.make_importable(settings)
    return pages.Reader(settings, cache, verify=verify)


@dataclass(frozen=True, slots=True)
class Groups:
    """The reader of what belongs to each group of readers that has pages or files, and warnings of their passwords."""

    readers: Mapping[str, pages.Reader] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def open_groups(reader: pages.Reader, *, locked: bool = False) -> Groups:
    """A reader for each group, with the key to what it keeps in the cache, unless they stay `locked`.

    Raises:
        SettingsError: a group has no passwords, and the settings do not allow that it stays locked.
    """
    settings, home = reader.settings, reader.cache.home
    walked = reader.division.groups
    ring = keyring.Keyring() if locked else keyring.opened(settings, walked, home)
    caches = {group: _cache_of(ring.keys.get(group), home_of(home, settings.site_id, group), reader.cache.shelf) for group in walked}
    readers = {
        group: pages.Reader(settings, caches[group], verify=reader.verify, group=group, walked=each) for group, each in walked.items()
    }
    return Groups(readers, ring.problems)


def _cache_of(key: Key | None, home: Path, shelf: str) -> Cache:
    return MemoryCache() if key is None else VaultCache(home, key, shelf)


class _Slugs(PathConverter):
    """A path of slugs: none holds a dot, so that a file beneath a term is not taken for a term."""

    regex = "[^./][^.]*?"


def _install(app: Flask, settings: Settings) -> None:
    site: Site = app.extensions["sitegen"]
    theme.install(app, settings, site.words)
    app.context_processor(lambda: {"site": Asking(current_site()), "settings": Settled(settings), "asset": current_site().asset})
    app.jinja_env.globals["url_for"] = partial(_url_for, {})
    app.add_url_rule(f"/{STATIC}/<path:filename>", STATIC, _static)
    app.url_defaults(_fingerprint)
    app.url_map.converters["slugs"] = _Slugs
    # Addresses of the site's own extensions come first, and the routes of its pages know theirs from the pages.
    for dotted in settings.extensions:
        _extend(app, dotted)
    with app.app_context():
        for view in views.ALL:
            app.register_blueprint(view.blueprint(site))
    for path in list(_shadowed(app, site)):
        app.add_url_rule(path, "pages.show", defaults={"path": path.removeprefix("/")})


def _url_for(known: dict[tuple[str, str], str], endpoint: str, **values: Any) -> str:
    """Flask's, which decodes the base path, percent-encoded like every other href.

    Every page names the same few static files, so those are `known` by base path and name. Each page still asks for them.
    """
    if endpoint != STATIC or values.keys() != {"filename"}:
        return _href_for(endpoint, **values)
    name = values["filename"]
    current_site().asset(name)
    key = (request.script_root, name)
    if key not in known:
        known[key] = _href_for(endpoint, **values)
    return known[key]


def _href_for(endpoint: str, **values: Any) -> str:
    return quote(url_for(endpoint, **values), safe="%/:?#[]@!$&'()*+,;=~")


def _shadowed(app: Flask, site: Site) -> Iterator[str]:
    """The pages whose addresses a wider route of another view would take; one of their own comes before it."""
    adapter = app.url_map.bind("")
    for planned in views.pages.urls(site):
        try:
            endpoint, _ = adapter.match(planned.path)
        except HTTPException:
            endpoint = ""
        if not str(endpoint).startswith("pages."):
            yield planned.path


def _extend(app: Flask, dotted: str) -> None:
    """Call ``init_app(app)`` of the module that site.yaml names; its ``urls(site)`` is planned like a view's."""
    with _Blaming(dotted):
        module = importlib.import_module(dotted)
        module.init_app(app)
        if hasattr(module, "urls"):
            app.extensions["sitegen-urls"].append(partial(_addresses_of, dotted, module.urls))


def _addresses_of(dotted: str, urls: Callable[[Site], Iterable[str]], site: Site) -> list[Planned]:
    with _Blaming(dotted):
        return [Planned(path, f"the extension {dotted}") for path in urls(site)]


class _Blaming:
    """What the site's own code raises is the site's to mend: it names the extension and the line."""

    def __init__(self, dotted: str) -> None:
        self.dotted = dotted

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception) or isinstance(error, SitegenError):
            return
        place = traceback.extract_tb(trace)[-1]
        message = f"the extension {self.dotted!r} cannot be loaded: {type(error).__name__}: {error}"
        hint = f"see {place.filename}:{place.lineno}; an extension is a module beside site.yaml with a function `init_app(app)`"
        raise SitegenError(message, rule="extension", path=config.FILE, hint=hint) from error


def _fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """``url_for("static", filename="app.css")`` names the file by its content."""
    if endpoint == STATIC:
        current_site().asset(values["filename"])
        with unnoted():
            published = current_site().assets.published
        values["filename"] = published[values["filename"]].file.removeprefix(f"{STATIC}/")


def _static(filename: str) -> Response:
    """A static file while the site is being written; the freeze copies them."""
    published = current_site().assets
    file = f"{STATIC}/{filename}"
    found = {asset.file: asset for asset in published.published.values()}.get(file) or published.sheet_at(file)
    if found is None:
        return _version(f"{STATIC}/{filename}")
    if found.data is not None:
        return Response(found.data, mimetype="text/css" if filename.endswith(".css") else "text/javascript")
    return send_file(found.source)


def _version(file: str) -> Response:
    """A version of a picture, or the card of a page, likewise."""
    site = current_site()
    card = next((order for order in site.card_orders.values() if order.file == file), None)
    if card is not None:
        return Response(draw(card), mimetype="image/png")
    orders = (order for shown in site.shown_files if (order := site.picture_order(shown)) is not None)
    found = next(((order, each) for order in orders for each in order.versions if each.file == file), None)
    data = encoded(*found, site.gallery.cache) if found else b""
    return Response(data, mimetype=f"image/{found[1].form}") if found and data else abort(404)


def world(app: Flask) -> str:
    """The digest of what every page may depend on: settings, extensions, libraries and sitegen itself.

    Pages ask for their templates; only those that an extension renders do not.
    """
    site: Site = app.extensions["sitegen"]
    settings = site.settings
    templates = [site.input_digest(TEMPLATES).encode()] if settings.extensions else []
    libraries = [f"{name}={version(name)}".encode() for name in _LIBRARIES]
    python = f"{sys.version_info[0]}.{sys.version_info[1]}".encode()
    own = [files.of_package().encode(), settings.world().encode(), markup.version().encode(), python]
    return files.digest(*own, *libraries, *pages.extension_sources(settings), words.digest_of(settings.root).encode(), *templates)

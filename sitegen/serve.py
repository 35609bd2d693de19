"""The site while it is being written: the Flask app on loopback, read anew when a file of it changes."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, send_from_directory
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from sitegen import search, theme
from sitegen.app import CACHE, create_app
from sitegen.cache import Cache
from sitegen.errors import Problem, SitegenError, UsageError
from sitegen.faults import AsProblems
from sitegen.report import Report, as_text
from sitegen.site import Site

_WATCHED = ("content", "templates", "static", "data", "locale")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HOST = re.compile(r"(?:(?P<address>[0-9.]+|\[[0-9A-Fa-f:.]+\])|(?P<name>[a-z0-9.-]+))(?::[0-9]+)?", re.ASCII | re.IGNORECASE)

WSGIApp = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


class Server:
    """A WSGI application that always answers from the newest readable state of the site."""

    def __init__(self, root: Path, overrides: Mapping[str, Any]) -> None:
        self.root, self.overrides = root.resolve(), dict(overrides)
        self._cache = Cache(self.root / CACHE)
        self._lock = threading.Lock()
        self._seen: object = None
        self._included: frozenset[str] = frozenset()
        self._app: WSGIApp = self._reload()

    def close(self) -> None:
        """Remove what only this server could use."""
        self._cache.close()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        if not _is_local(host):
            return Response("this server answers to localhost alone\n", status=421)(environ, start_response)
        with self._lock:
            if self._state() != self._seen:
                self._app = self._reload()
            app = self._app
        if not isinstance(app, Flask):
            return app(environ, start_response)
        problems: list[Problem] = []
        with AsProblems(problems, app.extensions["sitegen"], environ.get("PATH_INFO", "")):
            return app(environ, start_response)
        return _overlay(problems)(environ, start_response)

    def _state(self) -> object:
        """Path, size and time of every file that the site is made of."""
        folders = [self.root / name for name in _WATCHED] + [theme.folder("templates"), theme.folder("static")]
        found = [path for folder in folders for path in folder.rglob("*")]
        found += [self.root / name for name in ("site.yaml", *sorted(self._included))]
        stats = ((str(path), path.stat()) for path in found if path.is_file())
        return tuple((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in stats)

    def _reload(self) -> WSGIApp:
        self._seen = self._state()
        try:
            app = create_app(self.root, cache=self._cache, **self.overrides)
            # Indexing takes longer than anybody waits for a page: the last build's index answers.
            last = self.root / "build" / search.FOLDER
            app.add_url_rule(f"/{search.FOLDER}/<path:path>", "search", partial(send_from_directory, last))
            site: Site = app.extensions["sitegen"]
            report: Report = app.extensions["sitegen-report"]
            site.all  # noqa: B018  read the pages now, so that what is wrong shows
            # The next request sees how they look, and reads the site once more.
            self._included = site.pages.reader.included()
            report.stop_on_errors()
        except SitegenError as error:
            return _overlay(error.problems)
        return app


def serve(root: Path, *, host: str, port: int, overrides: Mapping[str, Any], tell: Callable[[str], object]) -> None:
    """Serve the site until the process is interrupted.

    Raises:
        UsageError: the port is taken, or the host is no address of this machine.
    """
    if host not in _LOOPBACK:
        tell(f"warning: listening on {host}: other machines can reach the drafts of this site")
    with _listen(host, port) as listening:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        server = Server(root, {"base_url": address, **{k: v for k, v in overrides.items() if v is not None}})
        listener = make_server(host, port, server, threaded=True, fd=listening.fileno())
    tell(f"serving {root} at {address} (stop with Ctrl-C)")
    try:
        listener.serve_forever()
    finally:
        listener.server_close()
        server.close()
    # Werkzeug ends the loop at Ctrl-C and says nothing of it.
    raise KeyboardInterrupt


def _listen(host: str, port: int) -> socket.socket:
    # Where the port is taken, Werkzeug would end the process itself.
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}", hint="choose another with `--port`") from None


def _is_local(host: str) -> bool:
    """Whether a Host header names this machine by address or as localhost: a foreign name may be a rebound one."""
    parts = _HOST.fullmatch(host)
    return parts is not None and (parts["address"] is not None or parts["name"] == "localhost" or parts["name"].endswith(".localhost"))


def _overlay(problems: Iterable[Problem]) -> WSGIApp:
    """What is wrong with the site, in place of a page, until it is mended."""
    text = "\n\n".join(as_text(problem) for problem in problems)
    head = (
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<title>The site cannot be read</title>\n<h1>The site cannot be read</h1>\n"
    )
    page = f"{head}<pre>{escape(text)}</pre>\n"
    return Response(page, status=500, mimetype="text/html")

"""The site while it is being written: the Flask app on loopback, read anew when a file of it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from sitegen import theme
from sitegen.app import create_app
from sitegen.errors import SitegenError, UsageError
from sitegen.report import Report, as_text
from sitegen.site import Site

_WATCHED = ("content", "templates", "static", "data")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

WSGIApp = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


class Server:
    """A WSGI application that always answers from the newest readable state of the site."""

    def __init__(self, root: Path, overrides: Mapping[str, Any]) -> None:
        self.root, self.overrides = root.resolve(), dict(overrides)
        self._lock = threading.Lock()
        self._seen: object = None
        self._app: WSGIApp = self._reload()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        if not _is_local(host):
            return Response("this server answers to localhost alone\n", status=421)(environ, start_response)
        with self._lock:
            if self._state() != self._seen:
                self._app = self._reload()
            app = self._app
        return app(environ, start_response)

    def _state(self) -> object:
        """Path, size and time of every file that the site is made of."""
        folders = [self.root / name for name in _WATCHED] + [theme.folder("templates"), theme.folder("static")]
        found = [path for folder in folders for path in folder.rglob("*")] + [self.root / "site.yaml"]
        stats = ((str(path), path.stat()) for path in found if path.is_file())
        return tuple((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in stats)

    def _reload(self) -> WSGIApp:
        self._seen = self._state()
        try:
            app = create_app(self.root, **self.overrides)
            site: Site = app.extensions["sitegen"]
            report: Report = app.extensions["sitegen-report"]
            site.all  # noqa: B018  read the pages now, so that what is wrong shows
            report.stop_on_errors()
        except SitegenError as error:
            return _overlay(error)
        return app


def serve(root: Path, *, host: str, port: int, overrides: Mapping[str, Any], tell: Callable[[str], object]) -> None:
    """Serve the site until the process is interrupted.

    Raises:
        UsageError: the port is taken, or the host is no address of this machine.
    """
    if host not in _LOOPBACK:
        tell(f"warning: listening on {host}: other machines can reach the drafts of this site")
    server = Server(root, {"base_url": f"http://{host}:{port}/", **{k: v for k, v in overrides.items() if v is not None}})
    try:
        listener = make_server(host, port, server, threaded=True)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror}", hint="choose another with `--port`") from None
    tell(f"serving {root} at http://{host}:{listener.server_port}/ (stop with Ctrl-C)")
    try:
        listener.serve_forever()
    finally:
        listener.server_close()


def _is_local(host: str) -> bool:
    """Whether a Host header names this machine by address or as localhost: a foreign name may be a rebound one."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]")
    return name == "localhost" or name.endswith(".localhost") or name.replace(".", "").isdigit() or ":" in name


def _overlay(error: SitegenError) -> WSGIApp:
    """What is wrong with the site, in place of every page, until it is mended."""
    text = "\n\n".join(as_text(problem) for problem in error.problems)
    head = (
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n<title>The site cannot be read</title>\n<h1>The site cannot be read</h1>\n"
    )
    page = f"{head}<pre>{escape(text)}</pre>\n"
    return Response(page, status=500, mimetype="text/html")

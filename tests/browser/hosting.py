"""Folders published on loopback as the CDN publishes them, and sites that are built once for all test processes."""

from __future__ import annotations

import fnmatch
import functools
import mimetypes
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from filelock import FileLock

# A policy that asks for https would keep the browser from the loopback host; its other parts stay.
_UPGRADE = "; upgrade-insecure-requests"


class Host(BaseHTTPRequestHandler):
    """Sends files, ``index.html`` for folders, ``404.html`` for what is not there, each with the headers that ``_headers`` gives it."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")
        status = 200 if file.is_file() else 404
        file = file if file.is_file() else self.folder / "404.html"
        data = file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers_for(self.folder, path):
            self.send_header(name, value.replace(_UPGRADE, ""))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def headers_for(folder: Path, path: str) -> Iterator[tuple[str, str]]:
    """What ``_headers`` says of `path`, all matching rules together; nothing where there is no such file."""
    rules = folder / "_headers"
    pattern = ""
    for line in rules.read_text(encoding="utf-8").splitlines() if rules.is_file() else ():
        if line and not line.startswith(" "):
            pattern = line
        elif line.strip() and fnmatch.fnmatch(path, pattern):
            name, _, value = line.strip().partition(": ")
            yield name, value


class _Server(ThreadingHTTPServer):
    # A browser opens many connections at once.
    request_queue_size = 64


@contextmanager
def serving(folder: Path, host: type[Host] = Host, port: int = 0) -> Iterator[str]:
    """The address at which `folder` is published meanwhile."""
    server = _Server(("127.0.0.1", port), functools.partial(host, folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def made_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name`, filled by `make` in the first test process that asks; the others wait for it and take the same."""
    base = temporary.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done = folder / ".done"
    with FileLock(folder.with_suffix(".lock")):
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder

"""This project's own site, built once for each test process, behind a host like the CDN, and a browser that looks at it."""

from __future__ import annotations

import fnmatch
import functools
import mimetypes
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from sitegen.freeze import Options, build_site

ROOT = Path(__file__).parents[2]
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
    """What ``_headers`` says of `path`, all matching rules together."""
    pattern = ""
    for line in (folder / "_headers").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(" "):
            pattern = line
        elif line.strip() and fnmatch.fnmatch(path, pattern):
            name, _, value = line.strip().partition(": ")
            yield name, value


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site."""
    output = tmp_path_factory.mktemp("own") / "build"
    build_site(ROOT, output, Options(wait=True, overrides={"now": datetime.now(UTC)}))
    return output


@pytest.fixture(scope="session")
def host(built: Path) -> Iterator[str]:
    """The address of a host on loopback that publishes it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, built))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium without its background traffic, which this machine may not be able to answer."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=flags, env={**os.environ, "HOME": os.environ.get("HOME", "/tmp")}
        )
        yield browser
        browser.close()

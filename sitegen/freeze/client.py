"""The client that Frozen-Flask asks the app with: one GET and no more than that takes.

Flask's own test client builds each request from parts, keeps cookies and can follow redirects. Freezing thousands of addresses, that
costs more than many a page takes to render. An app names its client in `test_client_class`, which is a public setting.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wsgi import ClosingIterator


@cache
def _request(base_url: str) -> dict[str, Any]:
    return dict(create_environ("/", base_url))


class Client(FlaskClient):
    """GETs with a request made once for each base address. A redirect is an answer like any other: no planned address is one."""

    def __init__(self, application: Flask, *_: Any, **__: Any) -> None:
        self.app = application

    def get(self, path: str, *, base_url: str, **_: Any) -> Response:  # type: ignore[override]
        """The app's answer at `path`, percent-encoded or not, below `base_url`."""
        # WSGI hands a path over as the Latin-1 reading of its UTF-8 bytes (PEP 3333).
        inner = unquote(path).encode().decode("latin-1")
        environ = {**_request(base_url), "PATH_INFO": inner, "REQUEST_URI": path, "RAW_URI": path, "wsgi.input": BytesIO()}
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return Response(ClosingIterator(body), status, headers)

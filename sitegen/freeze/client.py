"""The client that Frozen-Flask asks the app with: one GET and no more than that takes.

Flask's own test client builds each request from parts, keeps cookies, can follow redirects, and takes the answer apart and puts it
together again. Freezing thousands of addresses, that costs more than many a page takes to render. An app names its client in
`test_client_class`, which is a public setting.
"""

from __future__ import annotations

from collections import deque
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
    """GETs with a request made once for each base address. A redirect is an answer like any other: no planned address is one.

    The bytes of each answer are also put into `answer`, so that nobody has to read the file again to know them.
    """

    def __init__(self, application: Flask, *_: Any, answer: deque[bytes], **__: Any) -> None:
        self.app, self.answer = application, answer

    def get(self, path: str, *, base_url: str, **_: Any) -> Response:  # type: ignore[override]
        """The app's answer at `path`, percent-encoded or not, below `base_url`."""
        # WSGI hands a path over as the Latin-1 reading of its UTF-8 bytes (PEP 3333).
        inner = unquote(path).encode().decode("latin-1")
        environ = {**_request(base_url), "PATH_INFO": inner, "REQUEST_URI": path, "RAW_URI": path, "wsgi.input": BytesIO()}
        response = self._through_middleware(environ) if "wsgi_app" in vars(self.app) else self._directly(environ)
        self.answer.append(response.get_data())
        return response

    def _directly(self, environ: dict[str, Any]) -> Response:
        with self.app.request_context(environ):
            response = self.app.full_dispatch_request()
            response.direct_passthrough = False
            response.make_sequence()
            return response

    def _through_middleware(self, environ: dict[str, Any]) -> Response:
        """The answer of what an extension put around the app, as Flask's documentation tells it to: by setting ``app.wsgi_app``."""
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return Response(ClosingIterator(body), status, headers)

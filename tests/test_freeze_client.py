"""Freezing asks the app for each address with no more ado than that takes, and misses nothing of what an app may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.freeze.target import Fresh
from tests.conftest import SMALL_SITE, Build, SiteOf, tree

EXTENSION = """
from flask import Response, request, send_file

def init_app(app):
    app.add_url_rule("/answer.txt", "answer", answer)
    app.add_url_rule("/söme place/", "place", lambda: f"{request.path} {request.base_url}")
    app.add_url_rule("/stream.txt", "stream", lambda: Response(iter(["a", "b"]), mimetype="text/plain"))
    app.add_url_rule("/file.txt", "file", lambda: send_file(__file__, mimetype="text/plain"))
    app.after_request(after)

def answer():
    return "answer"

def after(response):
    if request.path == "/answer.txt":
        response.set_data(response.get_data() + b" after")
    return response

def urls(site):
    return ["/answer.txt", "/söme place/", "/stream.txt", "/file.txt"]
"""
MIDDLEWARE = """
def shout(inner):
    def app(environ, start_response):
        answer = inner(environ, start_response)
        return [part.upper() for part in answer] if environ["PATH_INFO"] == "/answer.txt" else answer
    return app
"""


def site_with(site_of: SiteOf, extension: str) -> Path:
    settings = SMALL_SITE["site.yaml"] + "extensions: [garden]\n"
    return site_of({**SMALL_SITE, "site.yaml": settings, "garden.py": extension})


@pytest.fixture
def frozen(site_of: SiteOf, build: Build) -> Path:
    root = site_with(site_of, EXTENSION)
    build(root)
    return root / "build"


def test_what_runs_after_a_request_runs(frozen: Path):
    assert (frozen / "answer.txt").read_text() == "answer after"


def test_a_view_sees_the_address_it_answers(frozen: Path):
    text = (frozen / "söme place" / "index.html").read_text(encoding="utf-8")
    assert text.startswith("/söme place/ https://")


def test_an_answer_in_pieces_and_one_from_a_file_are_written_whole(frozen: Path):
    assert (frozen / "stream.txt").read_text() == "ab"
    assert (frozen / "file.txt").read_text() == EXTENSION


def test_what_is_put_around_the_app_is_asked(site_of: SiteOf, build: Build):
    extension = EXTENSION.replace("app.after_request(after)", "app.wsgi_app = shout(app.wsgi_app)") + MIDDLEWARE
    root = site_with(site_of, extension)
    build(root)
    assert (root / "build" / "answer.txt").read_text() == "ANSWER"


def test_a_file_goes_into_a_folder_that_is_made_for_it(tmp_path: Path):
    path = Fresh(tmp_path) / "a" / "b.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"long text")
    path.write_bytes(b"text")
    assert tree(tmp_path) == {"a/b.txt": b"text"}
    assert not path.is_file()

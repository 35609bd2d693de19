"""The site while it is being written: always the newest state, for this machine alone."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from werkzeug.test import Client

from sitegen import cli
from sitegen.serve import Server
from tests.conftest import SETTINGS, SiteOf, post

PROJECT = Path(__file__).parents[1]


@pytest.fixture
def root(site_of: SiteOf) -> Path:
    return site_of({"site.yaml": SETTINGS, "content/x.md": "First text.", "content/a.png": b"picture", ".env": "SECRET=1"})


@pytest.fixture
def client(root: Path, now) -> Client:
    return Client(Server(root, {"base_url": "http://127.0.0.1:8000/", "drafts": True, "future": True, "now": now}))


def get(client: Client, path: str, host: str = "127.0.0.1:8000"):
    return client.get(path, headers={"Host": host}, buffered=True)


def test_a_page_is_shown(client: Client):
    assert "First text." in get(client, "/x/").text


def test_an_edited_page_is_read_again(root: Path, client: Client):
    get(client, "/x/")
    (root / "content/x.md").write_text("The second text.")
    assert "The second text." in get(client, "/x/").text


def test_a_new_page_is_found(root: Path, client: Client):
    assert get(client, "/y/").status_code == 404
    (root / "content/y.md").write_text("New.")
    assert get(client, "/y/").status_code == 200


def test_a_deleted_page_is_gone(root: Path, client: Client):
    (root / "content/x.md").unlink()
    assert get(client, "/x/").status_code == 404


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("templates/page.html", "mine", "mine"),
        ("site.yaml", SETTINGS.replace("Small", "Renamed"), "· Renamed</title>"),
        ("data/team.yaml", "[Mira]", "Mira"),
    ],
)
def test_what_pages_are_made_with_is_read_again(root: Path, client: Client, name: str, text: str, expected: str):
    (root / "templates").mkdir()
    template = '{% extends "theme/page.html" %}{% block after %}{{ site.data.team if site.data.team is defined }}{% endblock %}'
    (root / "templates/page.html").write_text(template)
    get(client, "/x/")
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(text)
    assert expected in get(client, "/x/").text


def test_drafts_and_future_pages_are_shown(root: Path, client: Client):
    (root / "content/d.md").write_text(post(draft="true"))
    (root / "content/f.md").write_text(post(date="2099-01-01"))
    assert (get(client, "/d/").status_code, get(client, "/f/").status_code) == (200, 200)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("content/x.md", "---\ntitle: [\n---\n", "content/x.md:"),
        ("site.yaml", "titel: <b>x</b>\n", "site.yaml:1:1: error["),
        ("templates/page.html", "{% if %}", "templates/page.html:1: error[template]"),
        ("templates/page.html", "\n{{ nothing.at.all }}", "templates/page.html:2: error[template]"),
    ],
)
def test_what_is_wrong_is_shown_in_place_of_the_page_until_it_is_mended(root: Path, client: Client, name: str, text: str, expected: str):
    (root / "templates").mkdir()
    (root / "templates/page.html").write_text('{% extends "theme/page.html" %}')
    before = (root / name).read_text()
    (root / name).write_text(text)
    response = get(client, "/x/")
    assert response.status_code == 500
    assert expected in response.text
    assert "<b>x" not in response.text
    (root / name).write_text(before)
    assert get(client, "/x/").status_code == 200


def test_a_site_that_is_broken_from_the_start_is_served_once_it_is_mended(root: Path, now):
    (root / "content/x.md").write_text("---\ntitle: [\n---\n")
    client = Client(Server(root, {"now": now}))
    assert get(client, "/x/").status_code == 500
    (root / "content/x.md").write_text("Text.")
    assert get(client, "/x/").status_code == 200


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "localhost", "site.localhost:8000", "[::1]:8000", "[::1]", "192.168.1.5:8000"]
)
def test_an_address_and_localhost_are_answered(client: Client, host: str):
    assert get(client, "/x/", host).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:80:80",
        "",
        "1.2.3.4.evil",
        "[evil]",
        "a:b",
    ],
)
def test_a_foreign_name_is_not_answered(client: Client, host: str):
    assert get(client, "/x/", host).status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%5csite.yaml",
        "/content/x.md",
        "/site.yaml",
        "/.env",
        "/.cache/lock",
        "/.git/config",
        "/static/../../site.yaml",
        "/static/%2e%2e/%2e%2e/site.yaml",
        "/C:/windows",
        "/x/%00",
        "/console",
        "/x/../../../../etc/passwd",
    ],
)
def test_only_the_site_itself_is_served(client: Client, path: str):
    response = get(client, path)
    assert response.status_code in {400, 404}
    assert "SECRET" not in response.text


def test_a_link_out_of_the_site_is_not_served(root: Path, client: Client):
    (root / "content/leak.png").symlink_to("/etc/hostname")
    assert get(client, "/leak.png").status_code == 500


def test_the_command_serves_until_it_is_interrupted(root: Path, tmp_path: Path):
    command = [sys.executable, "-u", "-m", "sitegen", "serve", "--root", str(root), "--port", "0"]
    log = tmp_path / "log.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=out, stderr=out)
    deadline = time.monotonic() + 60
    while "serving" not in log.read_text():
        assert time.monotonic() < deadline
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    port = int(log.read_text().partition("http://127.0.0.1:")[2].partition("/")[0])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/x/")
    text = connection.getresponse().read().decode()
    connection.close()
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert "First text." in text
    assert f'"http://127.0.0.1:{port}/x/"' in text


def test_a_taken_port_is_named(root: Path, capsys: pytest.CaptureFixture[str]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.run(["serve", "--root", str(root), "--port", str(port)]) == 2
    assert f"cannot listen on 127.0.0.1:{port}: " in capsys.readouterr().err

"""Links to other sites are asked for, politely; the other sites are one server in a thread of this process."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen import cli, external
from sitegen.cache import Cache
from sitegen.check import check_site
from sitegen.errors import Problem, UsageError
from sitegen.external import Answer, Manners
from sitegen.freeze import Options
from tests.conftest import SiteOf, post

QUICK = Manners(timeout=1, retries=1, pause=0, private=True)
NOW = 1_768_478_400.0


@dataclass
class Elsewhere:
    """Other sites: each path does what its name says. `heard` are the requests so far, with the time of each."""

    url: str = ""
    heard: list[tuple[str, str, float]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    at_a_time: int = 0
    most: int = 0

    def asked(self, path: str) -> list[str]:
        """The methods by which `path` was asked for."""
        return [method for method, each, _ in self.heard if each == path]


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    there = Elsewhere()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: object) -> None:
            """Nothing."""

        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            there.heard.append((self.command, self.path, time.monotonic()))
            there.headers.append(dict(self.headers))
            there.at_a_time += 1
            there.most = max(there.most, there.at_a_time)
            _act(self, there)
            there.at_a_time -= 1

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    there.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


def _send_for_ever(handler: BaseHTTPRequestHandler, first: bytes, again: bytes) -> None:
    handler.close_connection = True
    with suppress(OSError):
        handler.wfile.write(first)
        for _ in range(600):
            handler.wfile.write(again)
            time.sleep(0.05)


def _act(handler: BaseHTTPRequestHandler, there: Elsewhere) -> None:
    path, again = handler.path.partition("?")[0], len(there.asked(handler.path)) > 1
    if path == "/reset":
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        handler.connection.close()
        handler.close_connection = True
        return
    if path == "/drips":
        _send_for_ever(handler, b"HTTP/1.1 200 OK\r\nX: ", b"x")
        return
    if path == "/continues":
        _send_for_ever(handler, b"", b"HTTP/1.1 100 Continue\r\n\r\n")
        return
    if path == "/drips-a-body" and handler.command == "GET":
        _send_for_ever(handler, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n", b"x")
        return
    if path.startswith("/slow"):
        time.sleep(0.05 if path == "/slow-but-there" else 1.5)
    statuses = {
        "/404": (404, {}),
        "/410": (410, {}),
        "/moved": (301, {"Location": "/good"}),
        "/moved-twice": (308, {"Location": "/moved"}),
        "/elsewhere-for-now": (302, {"Location": "/good"}),
        "/moved-to-nothing": (301, {"Location": "/404"}),
        "/round": (301, {"Location": "/round"}),
        "/to-a-script": (301, {"Location": "javascript:alert(1)"}),
        "/busy": (200, {}) if again else (429, {"Retry-After": "0"}),
        "/busy-until": (200, {}) if again else (503, {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=-5))}),
        "/busy-for-ever": (429, {"Retry-After": "0"}),
        "/busy-for-an-hour": (429, {"Retry-After": "3600"}),
        "/busy-without-sense": (429, {"Retry-After": "Mon, 01 Jan 2020 00:00:00 +999999999999999999"}),
        "/compressed": (200, {"Content-Encoding": "gzip"}),
        "/no-head": (405 if handler.command == "HEAD" else 200, {}),
        "/no-head-404": (404 if handler.command == "HEAD" else 200, {}),
    }
    status, headers = statuses.get(path, (200, {}))
    body = b'<h1 id="top-of-it">x</h1><a name="old"></a>' if handler.command == "GET" else b""
    handler.send_response(status)
    for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


Ask = Callable[..., Answer]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(tmp_path / ".cache")) as opened:
        yield opened


@pytest.fixture
def ask(elsewhere: Elsewhere, cache: Cache) -> Ask:
    """What one path of the other site answers."""

    def run(path: str, manners: Manners = QUICK, *, clock: float = NOW) -> Answer:
        url = elsewhere.url + path if path.startswith("/") else path
        return external.asked([url], manners, cache, clock=clock)[url]

    return run


@pytest.mark.parametrize("path", ["/good", "/no-head", "/no-head-404", "/busy", "/busy-until", "/elsewhere-for-now", "/slow-but-there"])
def test_what_is_there_has_no_fault(ask: Ask, path: str) -> None:
    assert ask(path) == Answer()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/404", "answers 404 Not Found"),
        ("/410", "answers 410 Gone"),
        ("/moved-to-nothing", "answers 404 Not Found"),
        ("/busy-for-ever", "answers 429 Too Many Requests"),
        ("/busy-for-an-hour", "answers 429 Too Many Requests"),
        ("/round", "leads on more than 10 times"),
        ("/to-a-script", "leads to what is no web address"),
        ("/reset", "cannot be reached"),
        ("/slow", "does not answer in time"),
        ("http://127.0.0.1:1/", "cannot be reached"),
        ("http://nowhere.invalid/", "cannot be reached: there is no such host"),
        ("http://[bad/", "is not a web address"),
        ("http://a..b/", "is not a web address"),
    ],
)
def test_what_is_not_says_why(ask: Ask, path: str, fault: str) -> None:
    assert ask(path).fault == fault


@pytest.mark.parametrize("path", ["/moved", "/moved-twice"])
def test_what_has_moved_for_good_says_where_to(ask: Ask, elsewhere: Elsewhere, path: str) -> None:
    assert ask(path) == Answer(moved=f"{elsewhere.url}/good")


def test_the_body_is_asked_for_only_where_the_head_is_refused(ask: Ask, elsewhere: Elsewhere) -> None:
    ask("/good")
    ask("/no-head")
    assert (elsewhere.asked("/good"), elsewhere.asked("/no-head")) == (["HEAD"], ["HEAD", "GET"])


def test_who_asks_for_more_patience_than_a_minute_is_not_asked_again(ask: Ask, elsewhere: Elsewhere) -> None:
    ask("/busy-for-an-hour")
    assert elsewhere.asked("/busy-for-an-hour") == ["HEAD"]


def test_what_does_not_answer_is_asked_as_often_as_is_said(ask: Ask, elsewhere: Elsewhere) -> None:
    ask("/reset", replace(QUICK, retries=0))
    assert elsewhere.asked("/reset") == ["HEAD"]


def test_each_address_is_asked_for_once(elsewhere: Elsewhere, cache: Cache) -> None:
    external.asked([f"{elsewhere.url}/good"] * 5, QUICK, cache, clock=NOW)
    assert len(elsewhere.heard) == 1


def test_a_good_answer_is_believed_for_some_days_and_a_bad_one_is_not(ask: Ask, elsewhere: Elsewhere) -> None:
    for clock in (NOW, NOW + 6 * 86_400, NOW + 8 * 86_400):
        ask("/good", clock=clock)
        ask("/404", clock=clock)
    assert elsewhere.asked("/good") == ["HEAD", "HEAD"]
    assert elsewhere.asked("/404") == ["HEAD", "GET"] * 3


def test_no_more_of_one_host_are_asked_for_at_a_time_than_is_said(elsewhere: Elsewhere, cache: Cache) -> None:
    external.asked([f"{elsewhere.url}/slow-but-there?{number}" for number in range(12)], replace(QUICK, per_host=3), cache, clock=NOW)
    assert elsewhere.most == 3


def test_between_two_questions_to_a_host_lies_a_pause(elsewhere: Elsewhere, cache: Cache) -> None:
    external.asked([f"{elsewhere.url}/good?{number}" for number in range(4)], replace(QUICK, pause=0.1), cache, clock=NOW)
    times = sorted(at for _, _, at in elsewhere.heard)
    assert times[-1] - times[0] >= 0.25


def test_neither_name_nor_password_nor_cookie_is_sent(ask: Ask, elsewhere: Elsewhere) -> None:
    ask(elsewhere.url.replace("://", "://mira:secret@") + "/good")
    assert [name for headers in elsewhere.headers for name in headers if name.lower() in {"authorization", "cookie"}] == []


def test_a_private_address_is_told_nothing(ask: Ask, elsewhere: Elsewhere) -> None:
    assert ask("/good", replace(QUICK, private=False)).fault == "is in a private network, where readers cannot follow"
    assert elsewhere.heard == []


@pytest.mark.parametrize("path", ["/drips", "/continues"])
def test_an_answer_that_never_ends_is_not_waited_for(ask: Ask, path: str) -> None:
    began = time.monotonic()
    assert ask(path, replace(QUICK, timeout=0.3, retries=0)).fault == "does not answer in time"
    assert time.monotonic() - began < 20


def test_a_body_that_never_ends_is_not_read_to_its_end(ask: Ask) -> None:
    began = time.monotonic()
    assert ask("/drips-a-body", replace(QUICK, timeout=0.3, retries=0, anchors=True)) == Answer(read=True)
    assert time.monotonic() - began < 20


def test_a_page_that_was_compressed_unasked_is_not_unpacked(ask: Ask) -> None:
    assert ask("/compressed", replace(QUICK, anchors=True)) == Answer(read=True)


def test_a_moment_that_no_clock_shows_is_none(ask: Ask) -> None:
    assert ask("/busy-without-sense", replace(QUICK, retries=0)).fault == "answers 429 Too Many Requests"


def test_an_address_is_sent_in_ascii(ask: Ask, elsewhere: Elsewhere) -> None:
    assert ask("/grüße und mehr?q=ä#teil") == Answer()
    assert elsewhere.heard[0][1] == "/gr%C3%BC%C3%9Fe%20und%20mehr?q=%C3%A4"


def test_the_parts_of_a_page_are_read_where_they_count(ask: Ask) -> None:
    assert ask("/good", replace(QUICK, anchors=True)) == Answer(read=True, ids=("old", "top-of-it"))


def test_without_urllib3_the_cure_is_named(monkeypatch: pytest.MonkeyPatch, cache: Cache) -> None:
    monkeypatch.setitem(sys.modules, "sitegen.external.web", None)
    with pytest.raises(UsageError) as raised:
        external.asked(["http://x.example/"], QUICK, cache, clock=NOW)
    assert raised.value.problem.hint == "install it with `pip install 'sitegen[external]'`"


# The links of a site

SETTINGS = """title: Small
url: https://small.example/
edit_url: {url}/404/edit/{{path}}
rules: {{missing-description: off, orphan-page: off, orphan-file: off, undated-post: off, missing-title: off, unused-template: off}}
check:
  external: {{timeout: 1, retries: 0, pause: 0, private: true, anchors: {anchors}, ignore: ["{url}/ignored/*", "{url}/a?b=%5B1%5D"]}}
"""


@pytest.fixture
def checked(site_of: SiteOf, elsewhere: Elsewhere, now: datetime) -> Callable[..., list[Problem]]:
    """What `check --external` says of links to other sites."""

    def run(files: dict[str, str], *, anchors: str = "false", more: str = "") -> list[Problem]:
        there = {name: text.replace("URL", elsewhere.url) for name, text in files.items()}
        settings = SETTINGS.format(url=elsewhere.url, anchors=anchors) + more.replace("URL", elsewhere.url)
        root = site_of({"site.yaml": settings, **there})
        found = check_site(root, root / "build", Options(overrides={"now": now}), external=True)
        assert found.errors == ()
        return [problem for problem in found.warnings if problem.rule.startswith("external-")]

    return run


def places(problems: list[Problem]) -> list[tuple[str, str, int, int]]:
    return [(problem.rule, problem.path, problem.line, problem.column) for problem in problems]


def test_each_use_of_a_link_is_named_with_line_and_column(checked, elsewhere: Elsewhere) -> None:
    body = "A [link](URL/404) and [one](URL/good).\n\n- Again [it](URL/404#part), and <URL/moved>.\n"
    problems = checked({"content/x.md": body, "content/blog/y.md": post("[a](URL/404)", date="2025-01-01")})
    shift = len(elsewhere.url)
    assert places(problems) == [
        ("external-link", "content/blog/y.md", 5, 5),
        ("external-link", "content/x.md", 1, 10),
        ("external-link", "content/x.md", 3, 14),
        ("external-moved", "content/x.md", 3, 14 + shift + len("/404#part), and <")),
    ]
    assert problems[1].message == f"{elsewhere.url}/404 answers 404 Not Found"
    assert problems[3].hint == f"link to its new address: {elsewhere.url}/good"
    assert elsewhere.asked("/404") == ["HEAD", "GET"]


def test_links_of_templates_and_settings_are_named_where_they_are_written(checked) -> None:
    template = '{% extends "theme/page.html" %}\n{% block after %}<a href="URL/404">x</a>{% endblock %}\n'
    more = "social: {There: URL/410}\n"
    problems = checked({"content/x.md": "Text.", "content/y.md": "Text.", "templates/page.html": template}, more=more)
    assert places(problems) == [("external-link", "site.yaml", 7, 17), ("external-link", "templates/page.html", 2, 27)]


def test_what_is_to_be_ignored_and_edit_links_are_not_asked_for(checked, elsewhere: Elsewhere) -> None:
    assert checked({"content/x.md": "[a](URL/ignored/x) [b](URL/a?b=[1]) [c](https://small.example/x/)"}) == []
    assert elsewhere.heard == []


def test_a_part_that_is_not_on_the_page_is_told_of_where_that_is_asked_for(checked) -> None:
    body = "[a](URL/good#old) [b](URL/good#gone) [c](URL/good#:~:text=x) [d](URL/good#top)"
    assert [problem.message.partition(" on ")[0] for problem in checked({"content/x.md": body}, anchors="true")] == ["there is no `#gone`"]
    assert checked({"content/x.md": body}) == []


def test_without_the_option_nothing_is_asked_for(site_of: SiteOf, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    root = site_of({"site.yaml": "title: x\nurl: https://x.example/\n", "content/x.md": f"[a]({elsewhere.url}/404)"})
    assert cli.run(["check", "--root", str(root), "--jobs", "1"]) == 0
    assert elsewhere.heard == []


def test_the_command_asks_where_it_is_told_to(site_of: SiteOf, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]) -> None:
    settings = "title: x\nurl: https://x.example/\ncheck: {external: {private: true}}\nrules: {external-link: error}\n"
    root = site_of({"site.yaml": settings, "content/x.md": f"[a]({elsewhere.url}/404)"})
    assert cli.run(["check", "--external", "--root", str(root), "--jobs", "1"]) == 1
    assert "error[external-link]" in capsys.readouterr().err

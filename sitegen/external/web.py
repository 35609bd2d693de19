"""One address asked for over HTTP: first its head, its body where the head is refused; again after a while where it is busy."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import responses
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError, NameResolutionError, NewConnectionError, SSLError, TimeoutError  # noqa: A004

from sitegen.external.answers import Answer, Manners
from sitegen.html_scan import scan

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_BUSY = frozenset({429, 502, 503, 504})
_HOPS = 10
# Whoever asks for more patience is not waited for.
_LONGEST = 60.0
_PAGE_BYTES = 2_000_000
# A head, and a body, may each take so many times as long as the first byte of it.
_PATIENCE = 4
_AGENT = "sitegen-check (+https://pypi.org/project/sitegen/)"
Wait = Callable[[float], None]


class PrivateError(HTTPError):
    """The address lies in a private network."""


class _Timed:
    """A connection that is cut where the head of an answer is not there in time, however lively it drips."""

    sock: socket.socket | None
    timeout: Any

    def getresponse(self) -> Any:
        late = threading.Event()
        cut = threading.Timer(_PATIENCE * self.timeout, _cut, (self.sock, late))
        cut.daemon = True
        cut.start()
        try:
            return super().getresponse()  # type: ignore[misc]
        finally:
            cut.cancel()
            # Half a head is a whole one to the parser.
            if late.is_set():
                raise TimeoutError


def _cut(sock: socket.socket | None, late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)


class _AnyHTTP(_Timed, HTTPConnection):
    pass


class _AnyHTTPS(_Timed, HTTPSConnection):
    pass


class _AnyPool(HTTPConnectionPool):
    ConnectionCls = _AnyHTTP


class _AnyTLSPool(HTTPSConnectionPool):
    ConnectionCls = _AnyHTTPS


class _Public(_Timed):
    """A connection that says nothing to a private address, by whatever name it was reached."""

    def _new_conn(self) -> socket.socket:
        sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        # Of the one that was reached: a name may lead elsewhere each time it is looked up.
        if not ip_address(sock.getpeername()[0].partition("%")[0]).is_global:
            sock.close()
            raise PrivateError
        return sock


class _PublicHTTP(_Public, HTTPConnection):
    pass


class _PublicHTTPS(_Public, HTTPSConnection):
    pass


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTP


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPS


class Web:
    """Asks for addresses. It sends no cookies and no credentials, and holds certificates to be valid."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        timeout = urllib3.Timeout(connect=manners.timeout, read=manners.timeout)
        headers = {"User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
        self._pools = urllib3.PoolManager(num_pools=64, maxsize=manners.per_host, timeout=timeout, retries=False, headers=headers)
        pools = {"http": _AnyPool, "https": _AnyTLSPool} if manners.private else {"http": _PublicPool, "https": _PublicTLSPool}
        self._pools.pool_classes_by_scheme = pools

    def answer(self, url: str, wait: Wait) -> Answer:
        """What `url` answers; `wait` is called before each question with the seconds that it must wait at least."""
        delay = 0.0
        for attempt in range(self._manners.retries + 1):
            wait(delay)
            answer, again = self._once(url)
            if again is None:
                return answer
            delay = again if again >= 0 else float(2**attempt)
            if delay > _LONGEST:
                return answer
        return answer

    def _once(self, url: str) -> tuple[Answer, float | None]:
        """The answer, and after how many seconds to ask again: None for not at all, less than none where the server does not say."""
        try:
            return self._followed(url)
        except (HTTPError, OSError, ValueError) as error:
            fault, is_passing = _fault(error)
            return Answer(fault), -1.0 if is_passing else None

    def _followed(self, url: str) -> tuple[Answer, float | None]:
        here, moved, for_good = _encoded(url), "", True
        for _ in range(_HOPS):
            status, headers, page = self._asked(here)
            if status not in _REDIRECTS or "location" not in headers:
                return self._judged(status, page, moved), _patience(status, headers.get("retry-after", ""))
            here = _encoded(urljoin(here, headers["location"]))
            for_good = for_good and status in _FOR_GOOD
            moved = here if for_good else moved
            if urlsplit(here).scheme not in {"http", "https"}:
                return Answer("leads to what is no web address"), None
        return Answer(f"leads on more than {_HOPS} times"), None

    def _asked(self, url: str) -> tuple[int, Any, str | None]:
        """Status, headers and, where anchors count, the text of a page."""
        if not self._manners.anchors:
            response = self._pools.request("HEAD", url, redirect=False)
            # Not every server that has the page knows what to do when asked for its head.
            if response.status < 400 or response.status in _BUSY:
                return response.status, response.headers, None
        response = self._pools.request("GET", url, redirect=False, preload_content=False)
        try:
            # Nobody was asked to compress: what comes so all the same could grow without end.
            is_page = "html" in response.headers.get("content-type", "") and "content-encoding" not in response.headers
            page = self._page(response) if self._manners.anchors and is_page else None
            return response.status, response.headers, page
        finally:
            response.close()

    def _page(self, response: Any) -> str | None:
        """The text of a page as far as it is read; None where it comes too slowly."""
        ends = time.monotonic() + _PATIENCE * self._manners.timeout
        data = bytearray()
        while piece := response.read1(_PAGE_BYTES - len(data), decode_content=False):
            data += piece
            if time.monotonic() > ends:
                return None
            if len(data) >= _PAGE_BYTES:
                break
        return data.decode(errors="replace")

    def _judged(self, status: int, page: str | None, moved: str) -> Answer:
        if not 200 <= status < 400:
            return Answer(f"answers {status} {responses.get(status, '')}".rstrip())
        ids = tuple(sorted(set(scan(page).ids))) if page is not None else ()
        return Answer("", moved, self._manners.anchors, ids)


def _encoded(url: str) -> str:
    """`url` in ASCII, without name and password: what it asks for is what anyone may see."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    place = f"{host}:{parts.port}" if parts.port else host
    path, query = quote(parts.path, safe="%/:@!$&'()*+,;=~"), quote(parts.query, safe="%/:?@!$&'()*+,;=~[]")
    return urlunsplit((parts.scheme, place, path or "/", query, ""))


def _patience(status: int, retry_after: str) -> float | None:
    """After how many seconds a busy server wants to be asked again."""
    if status not in _BUSY:
        return None
    if retry_after.isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (TypeError, ValueError, OverflowError):
        return -1.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _fault(error: Exception) -> tuple[str, bool]:
    """What is wrong, and whether that may pass."""
    if isinstance(error, MaxRetryError) and error.reason is not None:
        return _fault(error.reason)
    if isinstance(error, PrivateError):
        return "is in a private network, where readers cannot follow", False
    if isinstance(error, SSLError | ssl.SSLError):
        return "has a certificate that does not hold", False
    if isinstance(error, NameResolutionError):
        return "cannot be reached: there is no such host", False
    if isinstance(error, LocationParseError | UnicodeError | ValueError):
        return "is not a web address", False
    if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):
        return "does not answer in time", True
    return "cannot be reached", True

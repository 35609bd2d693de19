"""Many addresses asked for at a time, but few of one host."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from urllib.parse import urlsplit

from sitegen.cache import Cache
from sitegen.errors import UsageError
from sitegen.external.answers import Answer, Manners, keep, known

_THREADS = 32
Told = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """No progress."""


def asked(urls: Iterable[str], manners: Manners, cache: Cache, *, clock: float, told: Told = silent) -> dict[str, Answer]:
    """What each of `urls`, whole addresses without fragments, answers; each is asked for once, those known from before not at all.

    `told` hears how many are done and how many there are to ask for. `clock` is the time now, in seconds since 1970.

    Raises:
        UsageError: urllib3 is not installed.
    """
    wanted = sorted(set(urls))
    before = known(cache, manners, clock=clock)
    new = _ask([url for url in wanted if url not in before], manners, told)
    keep(cache, new, manners, clock=clock)
    return {url: before.get(url) or new[url] for url in wanted}


def _ask(urls: list[str], manners: Manners, told: Told) -> dict[str, Answer]:
    if not urls:
        return {}
    try:
        # By name: it needs an extra, without which all the rest must work.
        web = import_module("sitegen.external.web").Web(manners)
    except ImportError:
        hint = "install it with `pip install 'sitegen[external]'`"
        raise UsageError("asking other sites takes urllib3, which is not installed", hint=hint) from None
    queues: dict[str, list[str]] = defaultdict(list)
    for url in reversed(urls):
        queues[_host(url)].append(url)
    hosts = [_Host(queue, manners, web.answer) for queue in queues.values()]
    lanes = [host for host in hosts for _ in range(min(manners.per_host, len(host.waiting)))]
    found: dict[str, Answer] = {}
    lock = threading.Lock()

    def note(url: str, answer: Answer) -> None:
        with lock:
            found[url] = answer
            told(len(found), len(urls))

    with ThreadPoolExecutor(_THREADS) as threads:
        for lane in [threads.submit(host.work, note) for host in lanes]:
            lane.result()
    return found


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


class _Host:
    """The addresses of one host that wait, and the moment at which the next may be asked for."""

    def __init__(self, waiting: list[str], manners: Manners, answer: Callable[[str, Callable[[float], None]], Answer]) -> None:
        self.waiting, self._manners, self._answer = waiting, manners, answer
        self._lock = threading.Lock()
        self._next = 0.0

    def work(self, note: Callable[[str, Answer], None]) -> None:
        """Ask for one address after the other until none waits."""
        while True:
            with self._lock:
                if not self.waiting:
                    return
                url = self.waiting.pop()
            note(url, self._answer(url, self._take_turn))

    def _take_turn(self, at_least: float) -> None:
        """Wait for the next turn, and for `at_least` that many seconds: the whole host waits then."""
        with self._lock:
            now = time.monotonic()
            turn = max(self._next, now + at_least)
            self._next = turn + self._manners.pause
        time.sleep(max(0.0, turn - now))

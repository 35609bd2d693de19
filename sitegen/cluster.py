"""Machines that help with a build: the workers of a Dask scheduler, behind the interface of `concurrent.futures`.

Dask pickles what it carries, so whoever reaches its scheduler or its workers can run code there.
"""

from __future__ import annotations

import asyncio
import logging
import platform
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing, contextmanager, suppress
from functools import partial
from importlib.metadata import version
from typing import Any, TypeVar

from sitegen import files
from sitegen.errors import SitegenError
from sitegen.workers import Deserted

# Seconds to wait for a scheduler to answer, and for workers to come.
PATIENCE = 10.0
# Seconds without any worker after which nothing more is expected; a nanny takes a few to start one anew.
FORSAKEN = 30.0
_START = "start one with `dask scheduler`, which prints its address, such as tcp://10.0.0.5:8786"
# Each may change a byte of the output, or is in the way of talking to each other.
LIBRARIES = (
    *("Babel", "Flask", "Flask-FlatPages", "Frozen-Flask", "Jinja2", "Markdown", "MarkupSafe", "PyYAML", "Pygments", "Werkzeug"),
    *("click", "distributed", "feedgenerator", "filelock", "ftfy", "github-slugger", "imagesize", "lightningcss", "math-core"),
    *("msgspec", "nh3", "packaging", "pydantic", "pymdown-extensions", "rich", "rjsmin"),
)

R = TypeVar("R")


def traits() -> dict[str, str]:
    """What must be the same on every machine for the same bytes to come out: Python, sitegen to the letter, its libraries."""
    return {"Python": platform.python_version(), "sitegen": files.of_package(), **{name: version(name) for name in LIBRARIES}}


def differing(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """The names of what is not the same `here` and `there`; nothing where all is."""
    return ", ".join(name for name in {**here, **there} if here.get(name) != there.get(name))


class Cluster(Executor):
    """The workers of one scheduler. A future of theirs fails with `BrokenExecutor` when a worker died at its task.

    `jobs` is how many tasks keep them busy while others are on their way: two for each thread there was when it began.
    """

    def __init__(self, client: Any) -> None:
        self._client, self._executor = client, client.get_executor(pure=False)
        self.jobs = 2 * max(1, sum(client.nthreads().values()))
        self._flying: set[Future[Any]] = set()
        self._watch = asyncio.run_coroutine_threadsafe(self._look_after(), client.loop.asyncio_loop)

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Hand ``fn(*args, **kwargs)`` to some worker, which must be able to import `fn` by its name."""
        ours: Future[R] = Future()
        theirs = self._executor.submit(fn, *args, **kwargs)
        self._flying.add(ours)
        ours.add_done_callback(self._flying.discard)
        ours.add_done_callback(lambda done: theirs.cancel() if done.cancelled() else None)
        theirs.add_done_callback(lambda done: self._pass_on(done, ours))
        return ours

    def _pass_on(self, theirs: Future[R], ours: Future[R]) -> None:
        if ours.done() or not ours.set_running_or_notify_cancel():
            return
        error = _lost(self._client) if theirs.cancelled() else theirs.exception()
        if error is None:
            ours.set_result(theirs.result())
        else:
            ours.set_exception(BrokenExecutor(str(error)) if type(error).__name__ == "KilledWorker" else error)

    async def _look_after(self) -> None:
        """Dask lets tasks wait for workers for ever; here they fail when none has been there for a while."""
        seen = time.monotonic()
        while True:
            await asyncio.sleep(1)
            with suppress(OSError):
                if await self._client.scheduler.ncores():
                    seen = time.monotonic()
            if time.monotonic() - seen > FORSAKEN:
                self._forsake()

    def _forsake(self) -> None:
        for future in list(self._flying):
            if not future.done() and future.set_running_or_notify_cancel():
                future.set_exception(Deserted(f"the scheduler at {_address(self._client)} has had no workers for {FORSAKEN:.0f} s"))

    def close(self) -> None:
        """Leave the cluster, which stays."""
        self._watch.cancel()


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The workers of the scheduler at `address`, such as ``tcp://10.0.0.5:8786``.

    Raises:
        SitegenError: Dask is not installed, no scheduler answers, it has no workers, or a machine has other versions than this one.
    """
    client = _client(address)
    log = logging.getLogger("distributed.client")
    level = log.level
    # What goes wrong is an error of ours, and Dask need not print its tracebacks.
    log.setLevel(logging.CRITICAL)
    try:
        with closing(_checked(client)) as cluster:
            yield cluster
    finally:
        # What was submitted and is not done is forgotten by the scheduler as soon as nobody here waits for it.
        client.close(timeout=PATIENCE)
        log.setLevel(level)


def _client(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        message = f"a build with other machines needs the package `distributed`, which cannot be imported: {error}"
        raise SitegenError(message, hint="install it with `pip install 'sitegen[cluster]'`, here and on every worker") from None
    try:
        with warnings.catch_warnings():
            # Said below, of what matters and as an error.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            return _within(2 * PATIENCE, partial(Client, address, timeout=PATIENCE, set_as_default=False))
    except OSError as error:
        raise SitegenError(f"no scheduler answers at {address} within {PATIENCE:.0f} s", hint=_START) from error
    except (ValueError, TypeError) as error:
        raise SitegenError(f"{address} cannot be a scheduler: {_first_line(error)}", hint=_START) from error


def _within(seconds: float, make: Callable[[], R]) -> R:
    """What `make` gives; Dask would wait for ever for a handshake with what is no scheduler. Raises TimeoutError."""
    made: Future[R] = Future()

    def run() -> None:
        try:
            made.set_result(make())
        except (OSError, ValueError, TypeError) as error:
            made.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return made.result(seconds)


def _checked(client: Any) -> Cluster:
    try:
        _check_workers(client)
        return Cluster(client)
    except OSError as error:
        raise _lost(client) from error


def _check_workers(client: Any) -> None:
    """All that are there now; who comes later is checked when it starts to work."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        hint = f"start some with `dask worker {_address(client)} --nthreads 1`"
        raise SitegenError(f"the scheduler at {_address(client)} has no workers", hint=hint) from None
    ours = traits()
    theirs = {"the scheduler": _of_scheduler(client), **client.run(traits, on_error="return")}
    wrong = {place: _wrong(ours, found) for place, found in theirs.items()}
    told = [f"{place} ({what})" for place, what in wrong.items() if what]
    if told:
        hint = "install the same lock file with the same Python on every machine, and restart the scheduler and the workers"
        raise SitegenError(f"not the same versions as here: {'; '.join(sorted(told))}", hint=hint)


def _of_scheduler(client: Any) -> Mapping[str, str] | Exception:
    """It unpacks what it hands on, so it needs all that the workers need."""
    try:
        found: Mapping[str, str] = client.run_on_scheduler(traits)
    except ImportError as error:
        return error
    return found


def _wrong(ours: Mapping[str, str], theirs: Mapping[str, str] | Exception) -> str:
    return differing(ours, theirs) if isinstance(theirs, Mapping) else _first_line(theirs)


def _lost(client: Any) -> SitegenError:
    hint = "look into its log; it may have been stopped, or the network failed"
    return SitegenError(f"the connection to the scheduler at {_address(client)} was lost", hint=hint)


def _address(client: Any) -> str:
    return str(client.scheduler.address) if client.scheduler else "an address that is gone"


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).partition("\n")[0]

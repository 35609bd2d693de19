"""Runs a command and measures it: seconds, CPU seconds, and the memory of all its processes together."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL = 0.05
_TAIL = 2000
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. `cpu` is user and system time of all processes, `peak` bytes of memory or 0 where it was not sampled."""

    seconds: float
    cpu: float
    peak: int
    output: str


class CommandFailedError(Exception):
    """A command that ended with something else than 0; the message carries the end of what it printed."""


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str], memory: bool) -> Measured:
    """Run `command` to its end, in a session of its own, by which its processes are known.

    With `memory` the peak is sampled. That slows down what it looks at, and more so what is large: use the times of another run.

    Raises:
        CommandFailedError: it did not end well.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        started = time.monotonic()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True
        )
        with PeakSampler(process.pid, enabled=memory) as sampler:
            usage = _wait(process)
            seconds = time.monotonic() - started
        printed.seek(0)
        output = printed.read()
    if process.returncode:
        raise CommandFailedError(f"{' '.join(command)} in {cwd} ended with {process.returncode}:\n{output[-_TAIL:]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, sampler.peak, output)


def _wait(process: subprocess.Popen[bytes]) -> resource.struct_rusage:
    """What the process and its children used. Ctrl-C does not reach their session, so they are ended if it comes."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
    return usage


@dataclass(slots=True)
class PeakSampler:
    """Looks every 50 ms, in a thread, at how much memory the processes of a session have; `peak` is the most it saw.

    Summed is PSS (proportional set size): a page that several processes share counts once, in equal parts.
    """

    session: int
    enabled: bool = True
    peak: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> PeakSampler:
        if self.enabled:
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.peak = max(self.peak, sum(map(_pss, _members(self.session))))
            self._ended.wait(INTERVAL)


def _members(session: int) -> Iterator[Path]:
    """The folders below /proc of the processes of a session (proc_pid_stat(5): the sixth field)."""
    for folder in _PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        # The second field is a name in parentheses that may hold anything.
        if int(stat.rpartition(")")[2].split()[3]) == session:
            yield folder


def _pss(folder: Path) -> int:
    """Bytes; none of a process that has just ended, nor on a system that does not tell."""
    try:
        lines = (folder / "smaps_rollup").read_text(encoding="ascii").split("\n")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

"""How soon pages of a site show themselves on a slow telephone, and whether anything moves: `python benchmarks/vitals.py build`.

The line is that of Lighthouse's slow 4G (1.6 Mbit/s, 150 ms there and back) and the processor a quarter as fast as this one. The
largest paint and the shifts are those that the browser tells a PerformanceObserver.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PAGES = ("/", "/blog/", "/blog/building-sitegen/", "/docs/first-site/", "/tags/python/", "/releases/0.1.0/", "/search/")
CHROMIUM = "/usr/bin/chromium"
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
# What a load did, until half a second after its end.
_WATCH = """
    window.vitals = { painted: 0, moved: 0 };
    const watch = (type, keep) => new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => (window.vitals.painted = entry.startTime));
    watch("layout-shift", (entry) => (window.vitals.moved += entry.value));
"""
_ASK = """() => {
    const fetched = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return { ...window.vitals, requests: fetched.length, bytes: fetched.reduce((sum, entry) => sum + entry.transferSize, 0) };
}"""
_PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


@dataclass(frozen=True, slots=True)
class Vitals:
    """One page: milliseconds to the largest paint, the sum of all shifts, requests, and the bytes that they brought."""

    painted: float
    moved: float
    requests: int
    bytes: int


class _Host(SimpleHTTPRequestHandler):
    """Texts are packed and lines stay open, as every host does it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        data = file.read_bytes() if file.is_file() else b""
        packed = file.suffix in _PACKED
        data = gzip.compress(data, 9) if packed else data
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which `folder` is published meanwhile, as a static host does it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def measure(browser: Browser, address: str) -> Vitals:
    """One load with an empty cache."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(500)
    found = page.evaluate(_ASK)
    context.close()
    return Vitals(**found)


def table(folder: Path, paths: Sequence[str], runs: int) -> Iterator[str]:
    """A line for each page: the median of its runs."""
    yield f"{'page':32} {'largest paint':>14} {'shifts':>7} {'requests':>9} {'bytes':>8}"
    with serving(folder) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in paths:
            all_runs = [measure(browser, host + path) for _ in range(runs)]
            painted = statistics.median(each.painted for each in all_runs)
            one = all_runs[0]
            yield f"{path:32} {painted:>11.0f} ms {max(each.moved for each in all_runs):>7.3f} {one.requests:>9} {one.bytes:>8}"
        browser.close()


def main(arguments: Sequence[str]) -> None:
    """Print the table, line by line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a built site")
    parser.add_argument("paths", nargs="*", default=PAGES, help="its pages; some of this project's own, if none is named")
    parser.add_argument("--runs", type=int, default=3, help="loads of each page")
    chosen = parser.parse_args(arguments)
    for line in table(chosen.folder, chosen.paths, chosen.runs):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

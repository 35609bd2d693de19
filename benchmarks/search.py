"""One search index against several parts: ``python -m benchmarks.search BUILD`` for a site that sitegen built.

A page belongs to the part that the digest of its file says, so that it stays there whatever becomes of the others. For each number of
parts the table has the seconds of work (of all processors together) that the whole index takes and the part of one page; what a
browser with nothing in its cache transfers up to its first five results and how long that takes, the median over the queries, from a
server on this machine that compresses as hosts do; and how many of the first five results are those of the single index. Words of
titles are what is searched for.
"""

from __future__ import annotations

import gzip
import re
import resource
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from sitegen import files, search

PARTS = (1, 4, 8, 24)
QUERIES = 50
COLD = 9
_CHROMIUM = "/usr/bin/chromium"
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
# The first part is what the others are merged into.
_SEARCH = """async ([parts, query]) => {
    const started = performance.now();
    const folders = [...Array(parts).keys()].map(part => `/${parts}/pagefind/${part}/`);
    const pagefind = window.pagefind ??= await (async () => {
        const loaded = await import(folders[0] + "pagefind.js");
        await loaded.options({noWorker: true, baseUrl: "/"});
        await Promise.all(folders.slice(1).map(folder => loaded.mergeIndex(folder, {baseUrl: "/"})));
        return loaded;
    })();
    const found = await pagefind.search(query);
    const [first, ...others] = found.results.slice(0, 5).map(result => result.data());
    await first;
    const took = performance.now() - started;
    return {took, first: (await Promise.all([first, ...others])).filter(Boolean).map(each => each.url)};
}"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one number of parts comes to; seconds, milliseconds, bytes, and a share of the first results."""

    parts: int
    whole: float
    edited: float
    size: int
    first: float
    later: float
    transferred: int
    requests: int
    agreeing: float


def main(build: Path) -> None:
    """Measure the site in the folder `build` and print the table."""
    pages = list(_searched(build))
    queries = list(_queries(pages))
    heads = ("parts", "whole", "one edit", "index", "first", "later", "transferred", "requests", "same")
    _tell(f"{len(pages):,} pages, {search.version()}", "", _row(*heads), _row(*("---" for _ in heads)))
    with TemporaryDirectory(prefix="sitegen-search-") as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        single: list[list[str]] = []
        for parts in PARTS:
            work = [_made(_part(pages, number, parts), Path(scratch, str(parts), "pagefind", str(number))) for number in range(parts)]
            measured = _asked(browser, Path(scratch), parts, queries, single, work)
            _tell(_shown(measured))


def _searched(build: Path) -> Iterator[tuple[str, str]]:
    """File and reduced HTML of each page whose template marks its text."""
    for path in sorted(build.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        if "data-pagefind-body" in html:
            file = path.relative_to(build).as_posix()
            yield file, search.reduced(html, search.Hit("", file.partition("/")[0]))


def _queries(pages: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Two words that stand side by side in a title, of pages from all over the site."""
    titles = (re.sub(r"<[^>]*>", "", found[1]) for _, html in pages if (found := _TITLE.search(html)))
    pairs = (re.findall(r"[^\W\d_]{4,}", title)[:2] for title in titles)
    phrases = list(dict.fromkeys(" ".join(pair) for pair in pairs if len(pair) == 2))
    yield from phrases[:: max(1, len(phrases) // QUERIES)][:QUERIES]


def _part(pages: Sequence[tuple[str, str]], number: int, parts: int) -> list[tuple[str, str]]:
    return [page for page in pages if int(files.digest(page[0].encode()), 16) % parts == number]


def _made(pages: list[tuple[str, str]], folder: Path) -> tuple[float, int]:
    """Index `pages` into `folder`; seconds of work of Pagefind, and the size in bytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    index = search.indexed(pages)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    for name, data in (*index.items(), (search.ENGINE, search.engine())):
        files.write_whole(folder / name, data)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, sum(map(len, index.values()))


class _Handler(SimpleHTTPRequestHandler):
    """Files as a host gives them out, compressed where they are not yet; counts what it sends."""

    sent: list[int]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            body, kind = b"<!doctype html><html lang=en><title>Search</title>", "text/html"
        else:
            body, kind = path.read_bytes(), "text/javascript" if path.suffix == ".js" else "application/octet-stream"
        compressed = body if path.suffix.startswith(".pf_") or path.suffix == ".pagefind" else _compressed(body)
        self.sent.append(len(compressed))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(compressed)))
        if compressed is not body:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(compressed)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@cache
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, 9)


def _asked(
    browser: Browser, folder: Path, parts: int, queries: Sequence[str], single: list[list[str]], work: Sequence[tuple[float, int]]
) -> Measured:
    """Ask all queries of the index in so many parts. The results of the first call are kept in `single`."""
    sent: list[int] = []
    handler = type("Handler", (_Handler,), {"sent": sent, "protocol_version": "HTTP/1.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    cold: list[tuple[float, int, int]] = []
    for query in queries[:COLD]:
        page = _opened(browser, address)
        sent.clear()
        took = page.evaluate(_SEARCH, [parts, query])["took"]
        cold.append((took, sum(sent), len(sent)))
        page.context.close()
    page = _opened(browser, address)
    answers = [page.evaluate(_SEARCH, [parts, query]) for query in queries]
    page.context.close()
    server.shutdown()
    results = [answer["first"] for answer in answers]
    single.extend(results if not single else [])
    shares = [len({*one} & {*other}) / len(one) for one, other in zip(single, results, strict=True) if one]
    first, transferred, requests = (statistics.median(each) for each in zip(*cold, strict=True))
    seconds = [each for each, _ in work]
    later = statistics.median(answer["took"] for answer in answers[1:])
    size = sum(size for _, size in work)
    return Measured(parts, sum(seconds), max(seconds), size, first, later, int(transferred), int(requests), statistics.mean(shares))


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(address)
    return page


def _shown(measured: Measured) -> str:
    return _row(
        f"{measured.parts}",
        f"{measured.whole:.1f} s",
        f"{measured.edited:.1f} s",
        f"{measured.size / 1e6:.1f} MB",
        f"{measured.first:.0f} ms",
        f"{measured.later:.0f} ms",
        f"{measured.transferred / 1e3:.0f} KB",
        f"{measured.requests}",
        f"{measured.agreeing:.0%}",
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

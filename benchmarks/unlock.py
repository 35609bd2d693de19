"""How long a reader waits for a sealed page: `python -m benchmarks.unlock build /clients/ PASSWORD`.

A browser has to derive the key, and nothing can spare it that. So the time from the submission of the form to the opened page stands
beside that of the same derivation alone (WebCrypto's PBKDF2, by the parameters that the page names), taken in turn in the same pages.
Processes that share this machine weigh on both.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.vitals import CHROMIUM, serving

_BARE = """async (password) => {
    const { kdf } = JSON.parse(document.getElementById("site:sealed").textContent);
    const salt = Uint8Array.from(atob(kdf.salt), (letter) => letter.charCodeAt());
    const start = performance.now();
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(password), "PBKDF2", false, ["deriveBits"]);
    await crypto.subtle.deriveBits({ ...kdf, salt }, key, 256);
    return performance.now() - start;
}"""
# The script says that a page is open when all of its content is there.
_OPENED = """(password) => new Promise((ready, failed) => {
    const form = document.querySelector(".unlock form");
    const start = performance.now();
    addEventListener("unsealed", () => ready(performance.now() - start), { once: true });
    new MutationObserver(() => failed(new Error(form.nextElementSibling.textContent)))
        .observe(form.nextElementSibling, { childList: true });
    form.querySelector("[type=password]").value = password;
    form.requestSubmit();
})"""


@dataclass(frozen=True, slots=True)
class Run:
    """One page: milliseconds that it took to open, and those of the derivation alone."""

    opened: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times the derivation the reader waits."""
        return self.opened / self.bare


def measure(browser: Browser, address: str, password: str, *, is_bare_first: bool) -> Run:
    """One page in a fresh profile, so that nothing it loads is at hand. Either comes first in every other run."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.locator(".unlock form").wait_for()
    bare = _bare(page, password) if is_bare_first else 0.0
    opened = float(page.evaluate(_OPENED, password))
    if not is_bare_first:
        page.goto(address, wait_until="networkidle")
        bare = _bare(page, password)
    context.close()
    return Run(opened, bare)


def _bare(page: Page, password: str) -> float:
    return float(page.evaluate(_BARE, password))


def table(folder: Path, path: str, password: str, runs: int) -> Iterator[str]:
    """A line for each run, their medians, and the least of each, which other processes have disturbed least."""
    yield f"{'run':>8} {'opened':>10} {'bare':>10} {'ratio':>6}"
    found: list[Run] = []
    with serving(folder) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        measure(browser, host + path, password, is_bare_first=True)
        for number in range(runs):
            run = measure(browser, host + path, password, is_bare_first=number % 2 == 0)
            found.append(run)
            yield _line(str(number + 1), run.opened, run.bare, run.ratio)
        browser.close()
    opened, bare, ratio = (statistics.median(values) for values in zip(*((run.opened, run.bare, run.ratio) for run in found), strict=True))
    yield _line("median", opened, bare, ratio)
    opened, bare = (min(values) for values in zip(*((run.opened, run.bare) for run in found), strict=True))
    yield _line("least", opened, bare, opened / bare)


def _line(name: str, opened: float, bare: float, ratio: float) -> str:
    return f"{name:>8} {opened:>7.0f} ms {bare:>7.0f} ms {ratio:>6.2f}"


def main(arguments: Sequence[str]) -> None:
    """Print the table, line by line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a built site")
    parser.add_argument("path", help="the address of one of its sealed pages")
    parser.add_argument("password", help="that of one of its readers")
    parser.add_argument("--runs", type=int, default=15)
    chosen = parser.parse_args(arguments)
    for line in table(chosen.folder, chosen.path, chosen.password, chosen.runs):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

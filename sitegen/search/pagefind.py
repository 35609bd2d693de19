"""Pagefind's command, as its packages on PyPI bring it: pages in a folder made into an index that browsers search."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.errors import SitegenError
from sitegen.search.order import in_order
from sitegen.search.text import MARK

# Where browsers look for an index, below the base path.
FOLDER = "pagefind"
# Its script, which is a static file of the site: so pages know what to hold it against before there is an index.
ENGINE = "pagefind.js"
INSTALL = "pip install 'sitegen[search]'"
# The first that is there, as Pagefind itself looks for them. The extended one knows where words of Chinese and Japanese end.
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_KNOWN = "`pagefind[extended]` 1.5"
# What stands in a text and is none of it.
_EXCLUDED = (".footnote-backref", ".headerlink")
# Interfaces of Pagefind's own that sitegen does not use, and a worker that Trusted Types forbid.
_UNUSED = (ENGINE, "pagefind-*.js", "pagefind-*.css")
_ANY_PAGE = f"<!doctype html><html lang=en><body><main {MARK}><h1>Any</h1></main></body></html>"


class PagefindError(SitegenError):
    """Pagefind could not make an index."""

    rule = "search"


def is_installed() -> bool:
    """Whether Pagefind's command is there."""
    return any(map(find_spec, _PACKAGES))


def version() -> str:
    """Which Pagefind makes the index: two of one name make the same. Only where it is installed."""
    package = _package()
    return f"{package} {metadata.version(package)}"


def _package() -> str:
    return next(name for name in _PACKAGES if find_spec(name))


@cache
def engine() -> bytes:
    """The script that searches in the browser, which is the same for every index. Only where Pagefind is installed.

    Raises:
        PagefindError: Pagefind stopped, with its own words.
    """
    with TemporaryDirectory(prefix="sitegen-search-") as scratch:
        return (_bundle(Path(scratch), [("index.html", _ANY_PAGE)]) / ENGINE).read_bytes()


def indexed(pages: Iterable[tuple[str, str]]) -> Mapping[str, bytes]:
    """The files of the index of `pages`, which are the file and the HTML of each; the file decides what address a result has.

    Raises:
        PagefindError: Pagefind stopped, with its own words.
    """
    with TemporaryDirectory(prefix="sitegen-search-") as scratch:
        bundle = _bundle(Path(scratch), pages)
        unused = {path for pattern in _UNUSED for path in bundle.glob(pattern)}
        found = sorted(path for path in bundle.rglob("*") if path.is_file() and path not in unused)
        return _settled({path.relative_to(bundle).as_posix(): path.read_bytes() for path in found})


def _bundle(scratch: Path, pages: Iterable[tuple[str, str]]) -> Path:
    """The folder of all that Pagefind makes of `pages`."""
    site, bundle = scratch / "site", scratch / "bundle"
    site.mkdir()
    for file, html in pages:
        path = site / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    _run(site, bundle)
    return bundle


def _settled(index: Mapping[str, bytes]) -> Mapping[str, bytes]:
    try:
        return in_order(index)
    except (LookupError, OSError, TypeError, ValueError) as error:
        hint = f"install {_KNOWN}, or build with `--no-search`"
        raise PagefindError(f"{version()} writes an index of another form than is known: {error}", hint=hint) from error


def _environment() -> dict[str, str]:
    """That of this process without the passwords of readers, which are nothing to another program."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}


def _run(site: Path, bundle: Path) -> None:
    command = [import_module(_package()).get_executable(), "--site", site, "--output-path", bundle, "--silent"]
    try:
        command += ["--exclude-selectors", ",".join(_EXCLUDED)]
        done = subprocess.run(command, capture_output=True, cwd=site, env=_environment(), check=False)
    except OSError as error:
        raise PagefindError(f"Pagefind cannot be started: {error.strerror}", hint=f"install it anew: `{INSTALL}`") from error
    if done.returncode or not bundle.is_dir():
        lines = (done.stderr + done.stdout).decode(errors="replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {done.returncode}")
        raise PagefindError(f"Pagefind made no index: {said}", hint="`sitegen build --no-search` builds the site without it")

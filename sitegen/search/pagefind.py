"""Pagefind's command, as its packages on PyPI bring it: pages in a folder made into an index that browsers search."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.errors import SitegenError

# Where browsers look for an index, below the base path.
FOLDER = "pagefind"
INSTALL = "pip install 'sitegen[search]'"
# The first that is there, as Pagefind itself looks for them. The extended one knows where words of Chinese and Japanese end.
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
# What stands in a text and is none of it.
_EXCLUDED = (".footnote-backref", ".headerlink")
_ENTRY = "pagefind-entry.json"
# Interfaces of Pagefind's own that sitegen does not use, and a worker that Trusted Types forbid.
_UNUSED = ("pagefind-*.js", "pagefind-*.css")


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


def indexed(pages: Iterable[tuple[str, str]]) -> Mapping[str, bytes]:
    """The files of the index of `pages`, which are the file and the HTML of each; the file decides what address a result has.

    Raises:
        PagefindError: Pagefind stopped, with its own words.
    """
    with TemporaryDirectory(prefix="sitegen-search-") as scratch:
        site, bundle = Path(scratch, "site"), Path(scratch, "bundle")
        site.mkdir()
        for file, html in pages:
            path = site / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(html, encoding="utf-8")
        _run(site, bundle)
        unused = {path for pattern in _UNUSED for path in bundle.glob(pattern)}
        found = sorted(path for path in bundle.rglob("*") if path.is_file() and path not in unused)
        return {path.relative_to(bundle).as_posix(): _settled(path) for path in found}


def _settled(path: Path) -> bytes:
    """The bytes of a file of the index. The list of its languages comes in another order each time."""
    data = path.read_bytes()
    return json.dumps(json.loads(data), sort_keys=True, separators=(",", ":")).encode() if path.name == _ENTRY else data


def _run(site: Path, bundle: Path) -> None:
    command = [import_module(_package()).get_executable(), "--site", site, "--output-path", bundle, "--silent"]
    try:
        done = subprocess.run([*command, "--exclude-selectors", ",".join(_EXCLUDED)], capture_output=True, cwd=site, check=False)
    except OSError as error:
        raise PagefindError(f"Pagefind cannot be started: {error.strerror}", hint=f"install it anew: `{INSTALL}`") from error
    if done.returncode or not bundle.is_dir():
        lines = (done.stderr + done.stdout).decode(errors="replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {done.returncode}")
        raise PagefindError(f"Pagefind made no index: {said}", hint="`sitegen build --no-search` builds the site without it")

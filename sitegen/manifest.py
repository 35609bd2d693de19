"""What the last build wrote, and what each file of it asked.

The manifest of an output folder lies in the cache folder, named by the output's path; the folder itself carries a marker with the
manifest's digest, so that the two are only believed together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sitegen import files

MARKER = ".sitegen"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its content by name, and for a rendered one the questions it put, with the digests of the answers.

    ``ids`` and ``links`` are what the finished HTML holds, links as hrefs without the origin; both are kept so that a file
    that is still fresh need not be read to check what points at it.
    """

    digest: str
    size: int
    asked: Mapping[str, str] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rendered: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """`world` is the digest of what every page depends on; `outputs` goes from the file below the output folder to what is known of it."""

    world: str = ""
    outputs: Mapping[str, Output] = field(default_factory=dict)
    version: int = _VERSION


def load(folder: Path, output: Path) -> Manifest:
    """The manifest of the site in `output`, or an empty one where there is none that is whole, current and about this very site."""
    try:
        data = _path(folder, output).read_bytes()
        marker = (output / MARKER).read_text(encoding="ascii")
        manifest = msgspec.msgpack.decode(data, type=Manifest)
    except (OSError, ValueError):
        return Manifest()
    return manifest if marker.strip() == files.digest(data) and manifest.version == _VERSION else Manifest()


def encode(manifest: Manifest) -> bytes:
    """The bytes `save` writes; the same for the same manifest."""
    return msgspec.msgpack.encode(manifest, order="deterministic")


def save(folder: Path, output: Path, data: bytes) -> None:
    """Keep `data`, an encoded manifest, as the manifest of the site in `output`."""
    files.write_whole(_path(folder, output), data)


def mark(staging: Path, data: bytes) -> None:
    """Put the marker into a finished tree: this folder is sitegen's, and belongs to the manifest `data`."""
    files.write_whole(staging / MARKER, files.digest(data).encode("ascii") + b"\n")


def is_ours(output: Path) -> bool:
    """Whether `output` may be replaced: it is absent, empty, or carries the marker."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return False
    return not output.exists() or (output / MARKER).is_file() or not any(output.iterdir())


def _path(folder: Path, output: Path) -> Path:
    return folder / "manifests" / files.digest(str(output.resolve()).encode())

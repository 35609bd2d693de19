"""Versions of a picture, made with Pillow, which the extra ``sitegen[images]`` brings."""

from __future__ import annotations

import importlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from sitegen import files
from sitegen.cache import Cache
from sitegen.errors import Problem, SettingsError
from sitegen.pictures.recipe import Recipe, Variant
from sitegen.pictures.size import Facts

# A picture takes four bytes of memory for each of its pixels, and some more while it is made smaller.
PIXELS = 100_000_000
_OLDEST = (11, 3)
_COMMAND = "pip install 'sitegen[images]'"
_NAMES = {"jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"), "png": (".png",), "webp": (".webp",)}
# The scale of AVIF is another: this much lower it looks the same.
_AVIF_LESS = 20


@dataclass(frozen=True, slots=True)
class Encoded:
    """A version of a picture."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """All versions of one picture: digest and size in bytes of each, in the order of their recipe."""

    versions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """A picture and the versions wanted of it; `shown` is its path in messages, `digest` the digest of all of it."""

    path: str
    shown: str
    kind: str
    digest: str
    versions: tuple[Variant, ...]
    recipe: Recipe

    @property
    def parts(self) -> tuple[str, ...]:
        """What names all that is made of it in the cache."""
        return self.digest, self.recipe.key, *(version.file for version in self.versions)

    def parts_of(self, version: Variant) -> tuple[str, ...]:
        """What names one version in the cache."""
        return self.digest, self.recipe.key, version.form, str(version.width)


def pillow(key: str) -> str:
    """The version of Pillow, which the `key` of site.yaml asks for.

    Raises:
        SettingsError: it is not there, too old, or cannot write AVIF.
    """
    try:
        version = str(importlib.import_module("PIL").__version__)
    except ImportError:
        message = f"`{key}` needs Pillow, which is not installed"
        raise SettingsError(message, path="site.yaml", hint=f"install it with `{_COMMAND}`, or take `{key}` out") from None
    if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST:
        raise SettingsError(f"`{key}` needs Pillow 11.3 or later, this is {version}", path="site.yaml", hint=f"`{_COMMAND}` brings it")
    return version + _codecs()


@cache
def _codecs() -> str:
    features = importlib.import_module("PIL.features")
    return "".join(f" {name}={features.version(name)}" for name in ("avif", "webp", "libjpeg_turbo", "zlib", "littlecms2"))


def fault(file: str, facts: Facts) -> Problem | None:
    """What keeps a picture from being made smaller that its header shows already."""
    if facts.size is None or not facts.kind:
        return None
    pixels = facts.size.width * facts.size.height
    if pixels > PIXELS:
        message = f"the picture has {pixels // 1_000_000:,} million pixels, the limit is {PIXELS // 1_000_000}"
        return Problem("bad-picture", message, path=file, hint="make it smaller: no screen shows as many")
    if Path(file).suffix.lower() not in _NAMES[facts.kind]:
        message = f"the picture is a {facts.kind.upper()}, and its name does not say so"
        return Problem("bad-picture", message, path=file, hint=f"rename it to {Path(file).with_suffix(_NAMES[facts.kind][0]).name}")
    return None


def make(order: Order, cache: Cache) -> Made | Problem:
    """All versions of a picture, from the cache if they are there; what keeps it from being read is a problem."""
    known = cache.get(Made, order.parts)
    if known is not None:
        return known
    data = Path(order.path).read_bytes()
    made = _encode(data, order)
    if isinstance(made, Problem):
        return made
    for version, each in zip(order.versions, made, strict=True):
        _keep(cache, order.parts_of(version), each)
    return cache.keep(Made, order.parts, lambda: Made(tuple((files.digest(each), len(each)) for each in made)))


def _keep(cache: Cache, parts: tuple[str, ...], data: bytes) -> None:
    cache.keep(Encoded, parts, lambda: Encoded(data))


def encoded(order: Order, version: Variant, cache: Cache) -> bytes:
    """One version, made anew where the cache has lost it."""
    kept = cache.get(Encoded, order.parts_of(version))
    if kept is not None:
        return kept.data
    made = _encode(Path(order.path).read_bytes(), order, (version,))
    return b"" if isinstance(made, Problem) else made[0]


def _encode(data: bytes, order: Order, versions: Sequence[Variant] = ()) -> list[bytes] | Problem:
    image_module = importlib.import_module("PIL.Image")
    try:
        with image_module.open(BytesIO(data), formats=[order.kind.upper()]) as opened:
            if opened.width * opened.height > PIXELS:
                raise ValueError("it holds more pixels than its header says")
            whole = _upright(opened, order.kind)
        return [_written(whole, version, order.recipe.quality) for version in versions or order.versions]
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, image_module.DecompressionBombError) as error:
        reason = str(error).partition("<")[0].strip().rstrip(":") or type(error).__name__
        hint = "open it in a program for pictures and save it anew"
        return Problem("bad-picture", f"the picture cannot be read: {reason}", path=order.shown, hint=hint)


def _upright(image: Any, kind: str) -> Any:
    """The pixels in RGB, RGBA or L by the sRGB profile, turned as EXIF says, and nothing else that stood in the file."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"P", "PA", "LA", "La"} or "transparency" in image.info:
        image = image.convert("RGBA")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        image = _in_srgb(image, profile)
    if image.mode not in {"RGB", "RGBA", "L"}:
        image = image.convert("RGB")
    if kind == "jpeg":
        image = importlib.import_module("PIL.ImageOps").exif_transpose(image)
    plain = image.copy()
    plain.info = {}
    return plain


def _in_srgb(image: Any, profile: bytes) -> Any:
    colours = importlib.import_module("PIL.ImageCms")
    try:
        source = colours.ImageCmsProfile(BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = colours.profileToProfile(image, source, colours.createProfile("sRGB"), outputMode=mode)
    except (colours.PyCMSError, OSError):
        return image
    # The conversion keeps what stood in the file, and how it is turned is read from there.
    converted.info = {name: value for name, value in image.info.items() if name == "exif"}
    return converted


def _written(whole: Any, version: Variant, quality: int) -> bytes:
    resampling = importlib.import_module("PIL.Image").Resampling.LANCZOS
    size = version.width, version.height
    image = whole if whole.size == size else whole.resize(size, resampling, reducing_gap=3.0)
    out = BytesIO()
    if version.form == "jpeg":
        image.convert("RGB").save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    elif version.form == "png":
        image.save(out, "PNG", optimize=True)
    elif version.form == "webp":
        image.save(out, "WEBP", quality=quality, method=4)
    else:
        image.save(out, "AVIF", quality=max(1, quality - _AVIF_LESS), speed=7, max_threads=1)
    return out.getvalue()

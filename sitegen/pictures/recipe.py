"""Which versions of a picture there are, and their addresses: known from its header and its digest, before any of them is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen import files, urls
from sitegen.pictures.size import Size

# Below static/, whose files carry a fingerprint and may be kept by browsers for ever.
FOLDER = "static/pictures"
_FINGERPRINT = 12
# Goes up where the same picture would be made into other bytes.
_VERSION = "1"
_SUFFIXES = {"jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a site wants of its pictures, and the version of Pillow (`library`) that makes it."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]
    quality: int
    library: str

    @property
    def key(self) -> str:
        """All of it in a word."""
        return f"{self.widths} {self.formats} {self.quality} {self.library} {_VERSION}"


@dataclass(frozen=True, slots=True)
class Variant:
    """A version of a picture: `file` is where it is published, below the output folder."""

    form: str
    width: int
    height: int
    file: str


def variants(name: str, size: Size, kind: str, digest: str, recipe: Recipe) -> tuple[Variant, ...]:
    """The versions of the picture `name` with these facts, by format and then by width; none is wider than the picture itself.

    The last are those in its own format, narrower than itself.
    """
    made = []
    for form in (*(form for form in recipe.formats if form != kind), kind):
        for width in _widths(size.width, recipe, is_own=form == kind):
            height = max(1, round(size.height * width / size.width))
            made.append(Variant(form, width, height, _file(name, form, width, digest, recipe)))
    return tuple(made)


def _widths(whole: int, recipe: Recipe, *, is_own: bool) -> Iterator[int]:
    narrower = [width for width in sorted(set(recipe.widths)) if width < whole]
    yield from narrower
    if not is_own and whole <= max(recipe.widths):
        yield whole


def _file(name: str, form: str, width: int, digest: str, recipe: Recipe) -> str:
    made_of = (digest, form, str(width), str(recipe.quality), recipe.library, _VERSION)
    fingerprint = files.digest(*(part.encode() for part in made_of))[:_FINGERPRINT]
    stem = urls.slugify(PurePosixPath(name).stem) or "picture"
    return f"{FOLDER}/{stem}-{width}.{fingerprint}.{_SUFFIXES.get(form, form)}"

"""A site with a different random word in every place of its protected pages, for seeing where those words get to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin

from tests.checks.leaks import Searcher

# Without vowels no word of any language is met, and nothing is taken for an ending.
_LETTERS = "bcdfghjkmpqtvwxz"
_LENGTH = 16
_SIDE = 96

_OF_PATHS = (": file name", ": path", ": path from the site", ": name")

# Who reads what. The passwords of `clients` lie in a file beside the site's folder, that of `staff` in the environment.
READERS: Mapping[str, Mapping[str, str]] = {
    "clients": {"Ann": "marble lantern oyster quiver tundra", "Ben": "copper violin saddle mimosa glacier"},
    "staff": {"": "walnut harpoon zephyr carpet bison"},
}
PASSWORDS_FILE = "secrets/clients.txt"
ENVIRONMENT = {"SITEGEN_PASSWORDS_STAFF": READERS["staff"][""]}


@dataclass(frozen=True, slots=True)
class Canary:
    """A word planted in a place of a page.

    `seen` is where a reader meets it once the page is open: in its ``text``, its ``title`` in the tab, its ``html``, in a ``file`` that it
    offers; or nowhere.
    """

    label: str
    word: str
    page: str
    seen: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of one colour that no other has, used by a page, which shows it as an ``img`` where `seen`."""

    label: str
    page: str
    colour: tuple[int, int, int]
    seen: bool


@dataclass(slots=True)
class Planted:
    """What was written, by path from the folder that holds ``site/`` and ``secrets/``, and what was planted in it.

    `spelled` are dates and numbers in all the ways they may be written. `guessable` are whole values whose digest would confirm a
    guess. `shown` are labels of what its author wants to be shown.
    """

    files: dict[str, str | bytes] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)
    spelled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    guessable: dict[str, bytes] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)

    def searcher(self, *, besides: Iterable[str] = ()) -> Searcher:
        """Looks for all that was planted but what an author asked to have shown, and passwords; `besides` are labels to leave out."""
        left_out = {*self.shown, *besides}
        words = {each.label: each.word for each in self.canaries if each.label not in left_out}
        words |= {f"the password of {name or group}": word for group, readers in READERS.items() for name, word in readers.items()}
        guessable = {label: value for label, value in self.guessable.items() if label not in left_out}
        return Searcher(words, spelled={k: v for k, v in self.spelled.items() if k not in left_out}, guessable=guessable)

    @property
    def paths(self) -> set[str]:
        """The labels of what is in the path of a page, which problems of the page name."""
        return {label for label in (*self.guessable, *(each.label for each in self.canaries)) if label.endswith(_OF_PATHS)}

    def write(self, folder: Path) -> Path:
        """Write all of it below `folder`; the folder of the site."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return folder / "site"


class Planter:
    """Plants words in one page after another: ``plant("title", "text")`` gives the word that stands in the title from then on."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.planted = Planted()
        self.page = ""

    def word(self) -> str:
        return "".join(self._chance.choices(_LETTERS, k=_LENGTH))

    def begin(self, kind: str, pattern: str) -> Callable[..., str]:
        """Start a page; ``{}`` in its path becomes a word. Gives what plants further words in it."""
        name = self.word()
        self.page = page = pattern.format(name)
        if page != pattern:
            self._add(Canary(f"{kind}: file name", name, page, ""))
        paths = {"path": page, "path from the site": f"content/{page}", "name": page.rpartition("/")[2]}
        self.planted.guessable |= {f"{kind}: {what}": path.encode() for what, path in paths.items()}

        def plant(place: str, seen: str = "", length: int = _LENGTH) -> str:
            word = self.word()[:length]
            self._add(Canary(f"{kind}: {place}", word, page, seen))
            return word

        return plant

    def _add(self, canary: Canary) -> None:
        assert canary.label not in {each.label for each in self.planted.canaries}
        self.planted.canaries.append(canary)
        self.planted.guessable[canary.label] = canary.word.encode()

    def write(self, meta: Mapping[str, object], body: str, *, kind: str) -> None:
        """Finish the page: `meta` as YAML that prints as it is, and its text."""
        text = "---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + f"---\n\n{body}\n"
        self.file(f"content/{self.page}", text, kind=kind)
        values = {key: str(value).strip("'") for key, value in meta.items()}
        # Shorter ones, such as `true`, are values of public pages too.
        self.planted.guessable |= {f"{kind}: value of {key}": value.encode() for key, value in values.items() if len(value) >= _LENGTH}
        self.planted.guessable[f"{kind}: body"] = body.encode()

    def file(self, path: str, data: str | bytes, *, kind: str) -> None:
        """A file of the site that only protected pages use."""
        self.planted.files[f"site/{path}"] = data
        self.planted.guessable[f"{kind}: all of {path.rpartition('.')[2]} {len(self.planted.files)}"] = (
            data.encode() if isinstance(data, str) else data
        )

    def picture(self, path: str, text: str, *, kind: str, seen: bool = False) -> None:
        """A picture of a colour of its own, with `text` in what a camera or a program would write into it."""
        red, green, blue = self._chance.sample(range(30, 220, 12), 3)
        self.planted.pictures.append(Picture(f"{kind}: {text}", self.page, (red, green, blue), seen))
        self.file(path, _picture((red, green, blue), path, text), kind=kind)


def _picture(colour: tuple[int, int, int], path: str, text: str) -> bytes:
    out, picture = BytesIO(), Image.new("RGB", (_SIDE, _SIDE), colour)
    if path.endswith(".png"):
        chunks = PngImagePlugin.PngInfo()
        chunks.add_text("Comment", text, zip=True)
        chunks.add_itxt("Description", text, zip=True)
        picture.save(out, "PNG", pnginfo=chunks)
    else:
        known = Image.Exif()
        known[0x010E], known[0x9286] = text, text
        picture.save(out, "WEBP" if path.endswith(".webp") else "JPEG", quality=95, exif=known.tobytes())
    return out.getvalue()


def days(year: int, month: int, day: int, *, alone: bool = True) -> tuple[str, ...]:
    """The ways in which a day may be written: in figures, in words, in seconds; and its month and year where no other day is in them."""
    moment = datetime(year, month, day, tzinfo=UTC)
    ways = {moment.strftime(form) for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d %b %Y")} | {str(int(moment.timestamp()))}
    for name in (moment.strftime("%B"), moment.strftime("%b")):
        ways |= {f"{day} {name} {year}", f"{name} {day}, {year}"}
    if alone:
        ways |= {moment.strftime(form) for form in ("%Y-%m", "%Y/%m", "%B %Y")} | {f"blog/{year}", f"offers/{year}", f'">{year}<'}
    return tuple(sorted(ways))


# What is public, and what it shares with protected pages: tags, categories, a series, neighbours in time and in weight.
_SETTINGS = """title: A site of canaries
description: Some pages are for all, some for few.
url: https://canary.example/
language: en
languages: {{fr: {{title: Un site}}}}
author: mara
authors: {{mara: {{name: Mara Lund, bio: Writes., url: "https://mara.example/"}}}}
paginate: 2
repository: https://github.com/example/canaries
share: [mastodon, email, copy]
comments: {{giscus: {{repo: example/canaries, repo_id: R_1, category_id: D_1, mapping: title}}}}
analytics: {{plausible: {{}}}}
hosting: netlify
images: {{widths: [48], formats: [avif, webp]}}
social_cards: true
search: {search}
feeds: {{terms: [atom, rss, json], content: full}}
markdown: {{diagrams: {{plot: drawing:plot}}}}
check: {{terms: {{tags: [gardens, seeds]}}}}
menus:
  main:
    - {{title: Blog, url: /blog/}}
    - {{page: about.md}}
"""
_PROTECTED = """site_id: canary.example
protected:
  clients: {title: For our clients, folders: [clients], passwords: ../secrets/clients.txt}
  staff: {address: /inside/}
collections:
  offers: {kind: blog, protect: clients}
"""
_OPEN = """collections:
  offers: {kind: blog}
"""
_DRAWING = '''"""Draws what a page says."""


def plot(source: str) -> str:
    if "fault" in source:
        raise ValueError(source)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{source}</title><text>{source}</text></svg>'
'''
_IGNORED = "build/\n.cache/\n"


def public(*, protect: bool, search: bool) -> dict[str, str | bytes]:
    """The files of the site that are for all."""
    dates = ("1986-03-01", "2026-01-01", "2026-01-05", "2026-01-09", "2026-01-12")
    posts = {f"site/content/blog/p{number}.md": _post(number, date) for number, date in enumerate(dates)}
    doc = "---\ntitle: {}\nweight: {}\n---\n\n## A part\n\nText.\n"
    plain = "---\ntitle: {}\n---\n\nText of this page.\n"
    return {
        "site/site.yaml": _SETTINGS.format(search=str(search).lower()) + (_PROTECTED if protect else _OPEN),
        "site/drawing.py": _DRAWING,
        "site/.gitignore": _IGNORED,
        "site/content/index.md": plain.format("Welcome"),
        "site/content/index.fr.md": plain.format("Bienvenue"),
        "site/content/about.md": "---\ntitle: About\naliases: [/us/]\n---\n\nWe are few. ![Our house](house.png)\n",
        "site/content/about.fr.md": plain.format("De nous"),
        "site/content/house.png": _picture((1, 2, 3), "house.png", "Our house"),
        "site/content/docs/index.md": plain.format("Docs"),
        "site/content/docs/start.md": doc.format("Start", 1),
        "site/content/docs/end.md": doc.format("End", 99999),
        "site/content/releases/1.0.0.md": "---\ndate: 2025-01-01\n---\n\n## Fixed\n\n- A thing.\n",
        "site/content/releases/1.1.0.md": "---\ndate: 2025-02-01\n---\n\n## Added\n\n- Another.\n",
        "site/content/fr/blog/p1.md": "---\ntitle: Le premier\ndate: 2026-01-01\ntags: [gardens]\n---\n\nTexte.\n",
        **posts,
    }


def _post(number: int, date: str) -> str:
    meta = f"title: Post {number}\ndate: {date}\ntags: [gardens, seeds]\ncategories: [Tools/Spades]\nseries: Tour\n"
    return f"---\n{meta}---\n\nThe text of post {number}, with [a part](../docs/start.md#a-part).\n\n## A part\n\nMore.\n"

"""No word of a protected page gets into the output, the cache or a log, whatever was built, edited or wrong."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat, UnidentifiedImageError

from tests.browser.hosting import made_once
from tests.checks.canaries import ENVIRONMENT, Planted, Planter
from tests.checks.canary_faults import faults
from tests.checks.canary_pages import planted
from tests.checks.canary_places import ADDRESSES, address_of
from tests.checks.leaks import Leak, Searcher
from tests.conftest import tree

ROOT = Path(__file__).parents[2]
# Noon of 15 January 2026.
NOW = "1768478400"
COMMITTED = "1993-02-05T12:00:00+00:00"
OUTPUT, CACHE = "build", ".cache"


@dataclass(slots=True)
class Ground:
    """A folder with the site and the passwords beside it, and a folder for what programs leave behind meanwhile."""

    folder: Path
    site: Planted
    environment: dict[str, str] = field(default_factory=lambda: dict(ENVIRONMENT))

    @property
    def root(self) -> Path:
        return self.folder / "site"

    def run(self, *command: str, code: int = 0) -> str:
        """All that the command says, which must end with `code`."""
        (self.folder / "tmp").mkdir(exist_ok=True)
        env = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_PASSWORDS")}
        env |= {"SOURCE_DATE_EPOCH": NOW, "TMPDIR": str(self.folder / "tmp"), "PYTHONPATH": str(ROOT), "CI": "1", **self.environment}
        env.pop("GITHUB_ACTIONS", None)
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", *command, "--root", str(self.root)], env=env, capture_output=True, text=True
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        return said

    def page(self, kind: str) -> Path:
        """The file of the page in which `kind` was planted."""
        return self.root / "content" / next(each.page for each in self.site.canaries if each.label.startswith(f"{kind}: "))

    def word(self, label: str) -> str:
        return next(each.word for each in self.site.canaries if each.label == label)


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return planted().searcher()


@pytest.fixture(scope="module")
def quiet() -> Searcher:
    """Looks for all but what is in the paths of pages, which problems and lists name."""
    site = planted()
    return site.searcher(besides=site.paths)


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ground, str]:
    """The site after its first build, with search, in two processes; and what the build said."""
    return first_build(tmp_path_factory, "cold", planted())


def first_build(temporary: pytest.TempPathFactory, name: str, site: Planted) -> tuple[Ground, str]:
    """The site built for the first time, and what that said: once for all test processes."""

    def make(folder: Path) -> None:
        ground = Ground(folder, site)
        site.write(folder)
        commit(ground.root)
        (folder / "said.txt").write_text(ground.run("build", "--jobs", "2"), encoding="utf-8")

    folder = made_once(temporary, name, make)
    return Ground(folder, site), (folder / "said.txt").read_text("utf-8")


def commit(root: Path) -> None:
    env = {**os.environ, "GIT_COMMITTER_DATE": COMMITTED, "GIT_AUTHOR_DATE": COMMITTED, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ["-c", "user.name=Mara", "-c", "user.email=mara@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "All"]):
        subprocess.run(["git", *command], cwd=root, env=env, check=True)


@pytest.fixture
def ground(cold: tuple[Ground, str], tmp_path: Path) -> Ground:
    """The built site in a folder of its own, for what a test changes."""
    shutil.copytree(cold[0].folder, tmp_path / "ground", symlinks=True)
    return Ground(tmp_path / "ground", planted())


def leaked(ground: Ground, searcher: Searcher) -> list[Leak]:
    """What is found in all that the site's folder holds beside its sources, and in what was left in the folder for temporary files."""
    sources = {"content", "parts", "examples", "site.yaml", "drawing.py", ".gitignore", ".git", "__pycache__"}
    made = [each for each in sorted(ground.root.iterdir()) if each.name not in sources]
    assert {OUTPUT, CACHE} <= {each.name for each in made}
    found = [(folder, leak) for folder in (*made, ground.folder / "tmp") for leak in searcher.folder(folder)]
    # The path that the author of a public page wrote is known from that page.
    return [leak for folder, leak in found if (folder.name, leak.label) != (CACHE, "linked: file name")]


def test_a_first_build_leaks_nothing(cold: tuple[Ground, str], searcher: Searcher, quiet: Searcher):
    ground, said = cold
    assert leaked(ground, searcher) == []
    assert quiet.text(said) == []


# What a build takes out of pictures and out of front matter, and what stands nowhere but in numbers of a cache or in a list of pages.
NOWHERE = (": EXIF", ": text in", "rich: comment in the front matter", "open title: public_title")
NUMBERS = frozenset({"rich: weight", "rich: order", "future: date", "expired: expires"})


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ground, str]:
    """The same site without protection, built; and what the build said."""
    return first_build(tmp_path_factory, "bare", planted(protect=False))


def test_the_same_site_in_the_open_shows_every_word(bare: tuple[Ground, str]):
    """What is looked for is there to be found."""
    ground, said = bare
    looking = ground.site.searcher()
    found = {leak.label for leak in (*leaked(ground, looking), *looking.text(said))}
    words = {each.label for each in ground.site.canaries} - ground.site.shown
    assert [label for label in sorted(words - found) if not any(part in label for part in NOWHERE)] == []
    assert sorted(ground.site.spelled.keys() - found - NUMBERS) == []
    assert len(looking.text(said)) > 5


def test_the_date_of_a_commit_leaks_nothing(cold: tuple[Ground, str]):
    ground, _ = cold
    sealed = {path for path in ground.root.joinpath(OUTPUT).rglob("index.html") if "site:sealed" in path.read_text("utf-8")}
    assert len(sealed) > 20
    assert [path for path in sealed if "1993" in re.sub(r"[A-Za-z0-9+/]{40,}", "", path.read_text("utf-8"))] == []


def test_no_picture_of_a_protected_page_is_published_or_kept(cold: tuple[Ground, str]):
    ground, _ = cold
    found = [
        (path.relative_to(ground.root).as_posix(), picture.label)
        for path in (*ground.root.joinpath(OUTPUT).rglob("*"), *ground.root.joinpath(CACHE).rglob("*"))
        for colour in colours(path)
        for picture in ground.site.pictures
        if is_like(colour, picture.colour)
    ]
    assert found == []


def test_a_published_picture_is_known_by_its_colour(cold: tuple[Ground, str]):
    pictures = [path for path in (cold[0].root / OUTPUT).rglob("*") if any(is_like(colour, (1, 2, 3)) for colour in colours(path))]
    # As it is, and smaller in three formats.
    assert len(pictures) >= 4


def colours(path: Path) -> Iterator[tuple[float, ...]]:
    """The mean colour of every picture that a file is, or has in it."""
    data = path.read_bytes() if path.is_file() else b""
    for start in {0, *(found.start() for found in re.finditer(rb"\x89PNG\r\n|\xff\xd8\xff|RIFF....WEBP", data, re.DOTALL))}:
        try:
            with Image.open(BytesIO(data[start:])) as picture:
                yield tuple(ImageStat.Stat(picture.convert("RGB")).mean)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            continue


def is_like(one: tuple[float, ...], other: tuple[int, int, int]) -> bool:
    return all(abs(mine - theirs) < 5 for mine, theirs in zip(one, other, strict=True))


def test_what_is_public_is_as_with_few_protected_pages(cold: tuple[Ground, str], tmp_path: Path):
    """Neither counts, neighbours, archives, feeds, cards nor addresses tell what others there are."""
    few = Ground(tmp_path, planted(few=True))
    few.site.write(few.folder)
    commit(few.root)
    few.run("build")
    mine, theirs = public_files(cold[0].root), public_files(few.root)
    assert len(mine) > 150
    assert sorted(mine) == sorted(theirs)
    assert [name for name in mine if mine[name] != theirs[name]] == []


def public_files(root: Path) -> dict[str, bytes]:
    """The output but for locked pages, sealed files and the mark of a build."""
    private = (*(address.strip("/") + "/" for address in ADDRESSES.values()), "_sealed/", ".sitegen")
    return {name: data for name, data in tree(root / OUTPUT).items() if not name.startswith(private)}


def test_other_words_change_nothing_but_what_is_sealed(cold: tuple[Ground, str], tmp_path: Path):
    """Of two sites that differ in the words of protected pages alone, each locked page differs in its ciphertext and its address alone."""
    other = Ground(tmp_path, planted(seed=2))
    other.site.write(other.folder)
    commit(other.root)
    other.run("build")
    mine, theirs = (sorted(masked(page, each.site) for page in locked(each.root)) for each in (cold[0], other))
    assert len(mine) > 20
    assert mine == theirs


def locked(root: Path) -> list[str]:
    return [text for path in (root / OUTPUT).rglob("index.html") if "site:sealed" in (text := path.read_text("utf-8"))]


def masked(page: str, site: Planted) -> str:
    """A locked page without its ciphertext, its address and what its author asked to have shown."""
    page = re.sub(r'"(ct|siv)":"[^"]*"', r'"\1":""', page)
    for canary in site.canaries:
        page = page.replace(canary.word, canary.label) if canary.label in site.shown else page
    return re.sub(r"\b[0-9a-f]{16}\b", "ADDRESS", page)


def test_no_digest_of_the_open_site_is_in_the_protected_one(cold: tuple[Ground, str], bare: tuple[Ground, str], tmp_path: Path):
    """Whoever guesses a page could build it in the open and look for its digests in a cache that was left lying about."""
    few = Ground(tmp_path, planted(few=True))
    few.site.write(few.folder)
    commit(few.root)
    few.run("build")
    common = digests(bare[0].root) - digests(few.root)
    assert len(common) > 200
    assert sorted(common & digests(cold[0].root)) == []


def digests(root: Path) -> set[bytes]:
    """Everything that looks like a digest in names and files of output and cache."""
    found = set()
    for folder in (root / OUTPUT, root / CACHE):
        for path in folder.rglob("*"):
            # The cache makes folders of the first digits.
            found.add("".join(path.relative_to(folder).parts[-2:]).encode()[-32:])
            found.update(re.findall(rb"\b[0-9a-f]{16,64}\b", path.name.encode()))
            found.update(re.findall(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", path.read_bytes()) if path.is_file() else ())
    return {each for each in found if re.fullmatch(rb"[0-9a-f]{16,}", each)}


@pytest.mark.parametrize(
    "options",
    [(), ("--profile", "--jobs", "2"), ("--profile=json", "--clean", "--jobs", "1"), ("--verify",)],
    ids=" ".join,
)
def test_another_build_leaks_nothing(ground: Ground, searcher: Searcher, quiet: Searcher, options: tuple[str, ...]):
    before = tree(ground.root / OUTPUT)
    said = ground.run("build", *options)
    assert leaked(ground, searcher) == []
    assert quiet.text(said) == []
    assert tree(ground.root / OUTPUT) == before


@pytest.mark.parametrize(
    "options", [("--drafts", "--future", "--format", "json"), ("--base-url", "https://preview.example/x/", "--no-search")]
)
def test_a_build_of_another_kind_leaks_nothing(ground: Ground, searcher: Searcher, quiet: Searcher, options: tuple[str, ...]):
    said = ground.run("build", *options)
    assert leaked(ground, searcher) == []
    assert quiet.text(said) == []


def test_an_edit_of_a_public_page_leaks_nothing(ground: Ground, searcher: Searcher, quiet: Searcher):
    page = ground.root / "content" / "blog" / "p2.md"
    page.write_text(page.read_text().replace("The text", "Another text"))
    said = ground.run("build")
    assert "Another text" in (ground.root / OUTPUT / "blog" / "p2" / "index.html").read_text()
    assert (leaked(ground, searcher), quiet.text(said)) == ([], [])


def test_an_edit_of_protected_pages_leaks_nothing(ground: Ground):
    planter = Planter(99)
    words: dict[str, str] = {}
    titles: dict[str, bytes] = {}
    for kind in ("rich", "offer 1", "post", "doc", "release"):
        heading, title, tag = (words.setdefault(f"{kind}: {name}", planter.word()) for name in ("heading", "title", "tag"))
        titles[f"{kind}: title"] = title.encode()
        page = ground.page(kind)
        text = re.sub(r"(?m)^title: .*$", f"title: {title}\nkeywords: [{tag}]", page.read_text())
        page.write_text(f"{text}\n## {heading}\n")
    said = ground.run("build")
    searcher = Searcher(words, guessable=titles)
    assert (leaked(ground, searcher), searcher.text(said)) == ([], [])


def test_pages_that_are_made_public_appear_and_when_protected_again_are_gone(ground: Ground):
    pages = {kind: ground.page(kind) for kind in ("post", "doc")}
    texts = {kind: page.read_text() for kind, page in pages.items()}
    titles = {f"{kind}: title": ground.word(f"{kind}: title") for kind in pages}
    searcher = Searcher(titles | {f"{kind}: file name": page.stem for kind, page in pages.items()})
    for kind, page in pages.items():
        page.write_text(texts[kind].replace("protect: staff\n", ""))
    ground.run("build")
    assert {leak.label for leak in searcher.folder(ground.root / OUTPUT)} >= titles.keys()
    for kind, page in pages.items():
        page.write_text(texts[kind])
    said = ground.run("build")
    assert searcher.folder(ground.root / OUTPUT) == []
    assert searcher.folder(ground.root / CACHE) == []
    assert Searcher(titles).text(said) == []


def test_a_public_page_that_is_made_protected_is_gone_from_output_and_cache(ground: Ground):
    secret = Planter(77).word()
    page = ground.root / "content" / "blog" / "p3.md"
    page.write_text(page.read_text().replace("Post 3", f"Post {secret}").replace("The text", f"The {secret} text"))
    ground.run("build")
    searcher = Searcher({"a word": secret})
    assert searcher.folder(ground.root / OUTPUT) != []
    page.write_text(page.read_text().replace("---\n", "---\nprotect: staff\n", 1))
    said = ground.run("build")
    assert (leaked(ground, searcher), searcher.text(said)) == ([], [])


def test_checks_and_lists_leak_nothing(ground: Ground, searcher: Searcher, quiet: Searcher):
    for command in (("check",), ("check", "--format", "json"), ("list",), ("list", "--format", "json", "all"), ("list", "drafts")):
        assert quiet.text(ground.run(*command), " ".join(command)) == []
    assert leaked(ground, searcher) == []


def test_what_is_wrong_with_protected_pages_is_told_without_their_words(ground: Ground, quiet: Searcher):
    words: dict[str, str] = {}
    wrong: dict[tuple[str, ...], str] = {}
    for folder in ("clients", "blog"):
        for number, (rule, word, data) in enumerate(faults(Planter(55 + len(folder)).word, ground.page("plain").stem)):
            words[f"{rule} in {folder}, {number}"] = word
            data = data if folder == "clients" else data.replace(b"---\n", b"---\nprotect: staff\n", 1)
            names = (f"fault{number}", f"again{number}") if rule == "collision" else (f"fault{number}",)
            wrong[tuple(f"content/{folder}/{name}.md" for name in names)] = rule
            for name in names:
                (ground.root / "content" / folder / f"{name}.md").write_bytes(data)
    searcher = Searcher(words)
    forms = itertools.cycle((("--profile",), ("--format", "json"), ("--format", "github"), ()))
    # Some things can be seen only where others are right, so what was told is taken away, until all was told.
    while wrong:
        said = ground.run("build", *next(forms), code=1)
        assert (searcher.text(said), quiet.text(said), leaked(ground, searcher)) == ([], [], [])
        told = [paths for paths, rule in wrong.items() if rule in said and any(path in said for path in paths)]
        assert told, (wrong, said)
        for paths in told:
            del wrong[paths]
            for path in paths:
                (ground.root / path).unlink()


def test_what_is_wrong_with_a_public_page_names_nothing_of_a_protected_one(ground: Ground, quiet: Searcher):
    """What its author nearly wrote is not put right where that would tell a name or a heading."""
    name, heading = ground.page("plain").stem, ground.word("plain: heading")
    lines = [f"[a](../clients/{name[:8]}{name[9:]}.md)", f"[b](../clients/{name}.md#{heading[:8]}{heading[9:]})"]
    (ground.root / "content" / "blog" / "nearly.md").write_text("---\ntitle: Nearly\ndate: 2026-01-02\n---\n\n" + "\n\n".join(lines))
    said = ground.run("build", code=1)
    assert "content/blog/nearly.md" in said
    assert quiet.text(said) == []
    assert Searcher({"name": name}).text(said.replace(f"{name}.md#", "")) == []


def test_a_picture_that_a_public_page_shows_as_well_is_an_error(ground: Ground, quiet: Searcher):
    photo = next(path for path in (ground.root / "content" / "pictures").iterdir())
    (ground.root / "content" / "both.md").write_text(f"---\ntitle: Both\n---\n\n![A](/pictures/{photo.name})\n")
    said = ground.run("build", code=1)
    assert "content/both.md:" in said
    assert [leak for leak in quiet.text(said) if leak.label != "rich: name of a drawn picture"] == []


def test_without_a_password_nothing_is_built(ground: Ground, searcher: Searcher, quiet: Searcher):
    ground.environment.clear()
    said = ground.run("build", code=1)
    assert "SITEGEN_PASSWORDS_STAFF" in said
    assert quiet.text(said) == []
    assert leaked(ground, searcher) == []


@pytest.mark.parametrize("clean", [(), ("--clean",)], ids=["", "clean"])
def test_a_locked_preview_has_nothing_to_open(ground: Ground, searcher: Searcher, quiet: Searcher, clean: tuple[str, ...]):
    ground.environment.clear()
    (ground.folder / "secrets" / "clients.txt").unlink()
    said = ground.run("build", "--allow-locked", *clean)
    assert quiet.text(said) == []
    assert searcher.folder(ground.root / OUTPUT) == []
    assert locked(ground.root) == []
    assert [name for name in tree(ground.root / OUTPUT) if name.startswith("_sealed/")] == []
    assert (
        ground.root
        / OUTPUT
        / address_of(ground.site, ground.page("rich").relative_to(ground.root / "content").as_posix()).strip("/")
        / "index.html"
    ).is_file()
    assert leaked(ground, searcher) == []

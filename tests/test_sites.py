"""Whole small sites: which files each becomes, and what holds for all of them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from tests.conftest import SETTINGS, Build, SiteOf, dom, post, tree

SITES = Path(__file__).parent / "sites"
NAMES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
FINGERPRINT = re.compile(r"\.[0-9a-f]{8}(\.\w+)$")


@pytest.fixture
def output(tmp_path: Path, build: Build):
    """The output folder of the site of that name."""

    def run(name: str) -> Path:
        shutil.copytree(SITES / name, tmp_path / "site", ignore=shutil.ignore_patterns("expected.txt"))
        assert build(tmp_path / "site").warnings == ()
        return tmp_path / "site" / "build"

    return run


@pytest.mark.parametrize("name", NAMES)
def test_a_site_becomes_these_files(name: str, output, update: bool):
    found = "".join(FINGERPRINT.sub(r".*\1", file) + "\n" for file in sorted(tree(output(name))))
    golden = SITES / name / "expected.txt"
    if update:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_local_address_of_a_site_is_a_file(name: str, output):
    folder = output(name)
    rules = {line.split()[0] for line in (folder / "_redirects").read_text().splitlines()}
    for page in sorted(folder.rglob("*.html")):
        for address in dom(page).xpath("//@href[not(starts-with(., 'http')) and not(starts-with(., '#'))] | //@src"):
            path = unquote(urlsplit(address).path).removeprefix("/gr\u00fcn")
            file = folder / path.strip("/") / ("index.html" if path.endswith("/") else "")
            assert file.is_file() or address in rules, (page, address)


@pytest.mark.parametrize("name", NAMES)
def test_every_xml_and_json_file_of_a_site_can_be_parsed(name: str, output):
    folder = output(name)
    for path in folder.rglob("*.xml"):
        etree.parse(path)
    for path in folder.rglob("*.json"):
        json.loads(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_every_address_of_a_site_is_ascii(name: str, output):
    folder = output(name)
    for page in sorted(folder.rglob("*.html")):
        addresses = dom(page).xpath("//@href | //@src | //meta[@property='og:url' or @property='og:image']/@content")
        assert [address for address in addresses if not address.partition("#")[0].isascii()] == [], page


def test_each_language_of_a_site_speaks_for_itself(output):
    folder = output("zweisprachig")
    assert dom(folder / "fr/index.html").get("lang") == "fr"
    feed = etree.parse(folder / "fr/atom.xml")
    titles = [title.text for title in feed.iterfind(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")]
    assert titles == ["Printemps"]


def test_a_date_is_that_of_the_site_s_zone(output):
    assert "2025-07-01T23:30:00+02:00" in (output("zweisprachig") / "blog/sommer/index.html").read_text()


# Nothing that is not published is anywhere

HIDDEN = {
    "draft": {"draft": "true"},
    "unpublished": {"published": "false"},
    "pending": {"status": "pending"},
    "future": {"date": "2099-01-01"},
    "expired": {"expires": "2020-01-01"},
    "unlisted": {"unlisted": "true"},
    "private": {"status": "private"},
}
OWN_PAGE = {"unlisted", "private"}


def hidden_page(word: str, **meta: str) -> str:
    """A page whose every text and name holds the word."""
    text = f"Body{word} is here.\n\n<!-- more -->\n\n## Heading{word}\n\n![Alt{word}](a-{word}.png)"
    return post(
        text,
        **{
            "title": f"Title{word}",
            "nav_title": f"Nav{word}",
            "description": f"About{word}",
            "tags": f"[tag-{word}, common]",
            "categories": f"[category-{word}/below-{word}]",
            "series": f"{{name: series-{word}, order: 1}}",
            "author": f"Author {word}",
            "slug": f"slug-{word}",
            "weight": "1",
            **({"date": "2025-01-01"} if "date" not in meta else {}),
            **meta,
        },
    )


@pytest.fixture
def leaking(site_of: SiteOf, build: Build) -> dict[str, bytes]:
    """The output of a site with a hidden page of every kind in every collection, beside public ones that share a tag."""
    files: dict[str, str | bytes] = {"site.yaml": SETTINGS + "languages:\n  fr: {}\n", "content/index.md": "# Home"}
    for folder in ("blog", "docs", "releases", "plain"):
        files[f"content/{folder}/public.md"] = post("Text.", title="Public", date="2025-01-02", tags="[common]")
        for kind, meta in HIDDEN.items():
            word = f"zq{kind}{folder}"
            files[f"content/{folder}/{word}/index.md"] = hidden_page(word, **meta)
            files[f"content/{folder}/{word}/index.fr.md"] = hidden_page(word, **meta)
            files[f"content/{folder}/{word}/a-{word}.png"] = b"picture " + word.encode()
    root = site_of(files)
    build(root)
    return tree(root / "build")


def test_what_is_hidden_is_in_no_file_and_no_name(leaking: dict[str, bytes]):
    for folder in ("blog", "docs", "releases", "plain"):
        for kind in HIDDEN:
            word = f"zq{kind}{folder}"
            found = {name for name, data in leaking.items() if word.encode() in data or word in name}
            own = {name for name in found if f"/slug-{word}/" in f"/{name}"} if kind in OWN_PAGE else set()
            assert found == own, kind


def test_an_unlisted_page_and_its_picture_are_at_their_own_address(leaking: dict[str, bytes]):
    assert {"blog/slug-zqunlistedblog/index.html", "blog/slug-zqunlistedblog/a-zqunlistedblog.png"} <= set(leaking)


def test_the_cache_of_a_preview_with_drafts_leaks_nothing_into_a_production_build(site_of: SiteOf, build: Build):
    root = site_of(
        {"site.yaml": SETTINGS, "content/blog/a.md": hidden_page("zqsecret", draft="true"), "content/blog/b.md": post(tags="[common]")}
    )
    (root / "content/blog/a-zqsecret.png").write_bytes(b"a")
    build(root, overrides={"drafts": True, "future": True})
    (root / "content/blog/a-zqsecret.png").unlink()
    build(root)
    assert [name for name, data in tree(root / "build").items() if b"zqsecret" in data or "zqsecret" in name] == []

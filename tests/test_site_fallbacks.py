"""Pages that nobody has translated, in the original's words among those of another language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.errors import ProblemsFound
from tests.conftest import SETTINGS, Build, SiteOf, dom, post, tree

SITE: Mapping[str, str | bytes] = {
    "site.yaml": SETTINGS
    + "fallback: true\nsearch: false\nrules: {theme-words: 'off'}\nlanguages:\n  de: {}\n  fr: {}\nedit_url: https://edit.example/{path}\n",
    "content/index.md": "# Home\n\n[guide](docs/a.md)\n",
    "content/index.de.md": "# Start\n\n[guide](docs/a.md)\n",
    "content/about.md": "# About\n\n[b](docs/b.md#two) ![Picture](x.png)\n",
    "content/x.png": b"no picture",
    "content/docs/a.md": post(
        "Text [b](b.md#two), [c](deep/c.md).\n\n## One",
        title="A",
        tags="[t]",
        series="s",
        author="Me",
        aliases="[/old/]",
        date="2025-01-01",
    ),
    "content/docs/b.md": "# B\n\n## Two\n\n[a](a.md)\n",
    "content/docs/b.de.md": "# B auf Deutsch\n\n## Two\n\n[a](a.md) [c](deep/c.md)\n",
    "content/docs/deep/c.md": "# C\n\n[up](../a.md)\n",
    "content/blog/p.md": post(date="2025-01-01"),
    "content/hidden.md": post(unlisted="true"),
}


@pytest.fixture
def folder(site_of: SiteOf, build: Build) -> Path:
    root = site_of(SITE)
    assert build(root).warnings == ()
    return root / "build"


def test_what_is_not_translated_stands_among_the_pages_of_the_other_language(folder: Path):
    german = {path.relative_to(folder / "de").as_posix() for path in (folder / "de").rglob("*.html")}
    assert german == {f"{name}index.html" for name in ("", "about/", "docs/", "docs/a/", "docs/b/", "docs/deep/c/")}
    sidebar = dom(folder / "de/docs/b/index.html").xpath("//nav[@id='site:tree']//a/@href")
    assert sidebar == ["/de/docs/a/", "/de/docs/b/", "/de/docs/deep/c/"]


def test_a_language_without_pages_gets_none(folder: Path):
    assert not (folder / "fr").exists()


def test_it_says_that_it_is_not_translated_and_where_the_original_is(folder: Path):
    page = dom(folder / "de/docs/a/index.html")
    notice = page.xpath("//aside[contains(@class, 'untranslated')]")[0]
    assert "noch nicht übersetzt" in notice.text_content()
    assert [(link.get("href"), link.get("lang"), link.text) for link in notice.iter("a")] == [("/docs/a/", "en", "English")]
    assert dom(folder / "docs/a/index.html").xpath("//aside[contains(@class, 'untranslated')]") == []
    assert dom(folder / "de/docs/b/index.html").xpath("//aside[contains(@class, 'untranslated')]") == []


def test_its_text_is_in_the_language_of_the_original_and_the_rest_is_not(folder: Path):
    page = dom(folder / "de/docs/a/index.html")
    assert page.get("lang") == "de"
    assert [element.get("lang") for element in (page.xpath("//h1")[0], page.xpath("//div[@class='prose']")[0])] == ["en", "en"]
    assert page.xpath("//a[@class='headerlink']/@aria-label") == ["Link to this section: One"]


def test_search_engines_are_told_of_the_original_alone(folder: Path):
    page = dom(folder / "de/docs/a/index.html")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://small.example/docs/a/"]
    for path in ("docs/a", "de/docs/a"):
        assert dom(folder / path / "index.html").xpath("//link[@hreflang]") == []
    for name in ("sitemap.xml", "llms.txt", "atom.xml"):
        assert "/de/docs/a/" not in (folder / name).read_text(encoding="utf-8"), name
    assert not (folder / "de/docs/a/index.md").exists()


def test_it_stands_in_no_list_of_terms(folder: Path):
    assert not any((folder / "de" / name).exists() for name in ("tags", "series", "authors"))


def test_links_stay_in_the_reader_s_language(folder: Path):
    links = dom(folder / "de/docs/a/index.html").xpath("//div[@class='prose']/p/a/@href")
    assert links == ["/de/docs/b/#two", "/de/docs/deep/c/"]
    assert dom(folder / "de/index.html").xpath("//main//a[. = 'guide']/@href") == ["/de/docs/a/"]
    assert dom(folder / "de/about/index.html").xpath("//main//img/@src") == ["/x.png"]


def test_the_switch_leads_to_and_fro(folder: Path):
    for path in ("docs/a", "de/docs/a"):
        links = dom(folder / path / "index.html").xpath("//details[contains(@class, 'languages')]//a/@href")
        assert links == ["/docs/a/", "/de/docs/a/"]


def test_the_edit_link_leads_to_the_original(folder: Path):
    assert "https://edit.example/content/docs/a.md" in (folder / "de/docs/a/index.html").read_text(encoding="utf-8")


def test_a_translation_takes_its_place(site_of: SiteOf, build: Build):
    root = site_of(SITE)
    build(root)
    (root / "content/docs/a.de.md").write_text("# A auf Deutsch\n", encoding="utf-8")
    build(root)
    page = dom(root / "build/de/docs/a/index.html")
    assert page.xpath("string(//h1)") == "A auf Deutsch"
    assert page.xpath("//aside[contains(@class, 'untranslated')]") == []
    edited = tree(root / "build")
    build(root, clean=True)
    assert tree(root / "build") == edited


def test_an_edit_of_the_original_is_heeded(site_of: SiteOf, build: Build):
    root = site_of(SITE)
    build(root)
    (root / "content/docs/b.md").unlink()
    (root / "content/docs/deep/c.md").write_text("# See\n\nEdited.\n", encoding="utf-8")
    (root / "content/docs/a.md").write_text("# A\n\n[b](deep/c.md)\n", encoding="utf-8")
    (root / "content/about.md").write_text("# About\n", encoding="utf-8")
    build(root)
    assert "Edited." in (root / "build/de/docs/deep/c/index.html").read_text(encoding="utf-8")
    edited = tree(root / "build")
    build(root, clean=True)
    assert tree(root / "build") == edited


def test_a_broken_link_is_told_of_once_at_the_original(site_of: SiteOf, build: Build):
    root = site_of({**SITE, "content/docs/deep/c.md": "# C\n\n[nowhere](gone.md)\n"})
    with pytest.raises(ProblemsFound) as stopped:
        build(root)
    assert [(each.path, each.line) for each in stopped.value.problems] == [("content/docs/deep/c.md", 3)]


def test_a_page_at_its_address_or_an_old_address_comes_before_it(site_of: SiteOf, build: Build):
    own = {"content/mine.md": post(permalink="/de/docs/a/"), "content/docs/b.de.md": post(aliases="[/de/about/]", title="B")}
    root = site_of({**SITE, **own, "content/docs/b.md": "# B\n\n## Two\n", "content/about.md": "# About\n", "content/docs/a.md": "# A\n"})
    build(root)
    assert dom(root / "build/de/docs/a/index.html").xpath("string(//h1)") == "Mine"
    assert "moved" in (root / "build/de/about/index.html").read_text(encoding="utf-8")


def test_without_the_setting_there_is_none(built):
    files = {name: data for name, data in SITE.items() if name != "site.yaml"}
    folder = built(files, "languages:\n  de: {}\nsearch: false\n")
    assert not (folder / "de/docs/a").exists()

"""Questions about what there is in which language, and how pages say it: hreflang, the switch, words in another language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Opened, dom, post

QUIET = "rules: {theme-words: 'off'}\n"
FRENCH = "languages:\n  fr: {}\n" + QUIET
FILES = {
    "content/index.md": "# Home",
    "content/blog/a.md": post(date="2025-01-02", tags="[x, only]", series="s"),
    "content/blog/b.md": post(date="2025-02-02", tags="[x]"),
    "content/blog/a.fr.md": post(date="2025-01-02", tags="[x]"),
    "content/blog/c.fr.md": post(date="2024-01-02", tags="[y]"),
    "content/docs/a.md": "# Doc",
    "content/about.md": "# About",
    "content/fr/about.md": "# A propos",
}
Folder = Callable[..., Path]


@pytest.fixture
def folder(built) -> Path:
    found: Path = built(FILES, FRENCH + "paginate: 1\n")
    return found


def announced(page: Path) -> dict[str, str]:
    """What the page says search engines: address by language."""
    found = dom(page).xpath("//link[@rel='alternate' and @hreflang]")
    return {link.get("hreflang"): link.get("href").removeprefix("https://small.example") for link in found}


def switch(page: Path) -> dict[str, str]:
    """Where the language switch leads."""
    return {link.get("hreflang"): link.get("href") for link in dom(page).xpath("//details[contains(@class, 'languages')]//a")}


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/fr/"),
        ("/blog/a/", "/fr/blog/a/"),
        ("/about/", "/fr/about/"),
        ("/blog/", "/fr/blog/"),
        ("/blog/2025/", "/fr/blog/2025/"),
        ("/blog/2025/01/", "/fr/blog/2025/01/"),
        ("/tags/", "/fr/tags/"),
        ("/tags/x/", "/fr/tags/x/"),
    ],
)
def test_pages_that_are_one_are_linked_both_ways(folder: Path, path: str, other: str):
    both = {"en": path, "fr": other, "x-default": path}
    for each in (path, other):
        page = folder / each.strip("/") / "index.html"
        assert announced(page) == both
        assert switch(page) == {"en": path, "fr": other}


@pytest.mark.parametrize(
    ("path", "lang", "other"),
    [
        ("/blog/b/", "fr", "/fr/blog/"),
        ("/fr/blog/c/", "en", "/blog/"),
        ("/blog/page/2/", "fr", "/fr/blog/"),
        ("/blog/2025/02/", "fr", "/fr/blog/"),
        ("/tags/only/", "fr", "/fr/tags/"),
        ("/tags/x/page/2/", "fr", "/fr/tags/x/"),
        ("/series/", "fr", "/fr/"),
        ("/docs/a/", "fr", "/fr/"),
        ("/docs/", "fr", "/fr/"),
    ],
)
def test_where_there_is_no_translation_the_switch_leads_to_what_is_nearest(folder: Path, path: str, lang: str, other: str):
    page = folder / path.strip("/") / "index.html"
    assert announced(page) == {}
    assert switch(page)[lang] == other
    here = "en" if lang == "fr" else "fr"
    assert switch(page)[here] == path


def test_the_page_for_addresses_that_lead_nowhere_leads_home_in_each_language(folder: Path):
    assert switch(folder / "404.html") == {"en": "/", "fr": "/fr/"}


def test_the_switch_says_where_the_reader_is(folder: Path):
    current = dom(folder / "fr/about/index.html").xpath("//details[contains(@class, 'languages')]//a[@aria-current]")
    assert [(link.get("hreflang"), link.text, link.get("lang")) for link in current] == [("fr", "Français", "fr")]


def test_a_site_in_one_language_has_no_switch(built):
    folder = built({"content/index.md": "# Home", "content/blog/a.md": post(date="2025-01-01", tags="[x]")})
    for page in folder.rglob("*.html"):
        assert (switch(page), announced(page)) == ({}, {})


def test_a_language_without_pages_is_not_in_the_switch(built):
    folder = built({"content/index.md": "# Home", "content/fr/index.md": "# Accueil"}, FRENCH.replace("fr: {}", "fr: {}\n  de: {}"))
    assert list(switch(folder / "index.html")) == ["en", "fr"]


def test_an_unlisted_translation_is_not_announced(opened: Opened):
    files = {"content/a.md": "Text.", "content/a.fr.md": post(unlisted="true"), "content/b.fr.md": "Texte."}
    assert opened(files, FRENCH).translations("a.md") == ()


def test_a_collection_without_an_index_has_none_in_any_language(opened: Opened):
    files = {"content/blog/a.md": post(date="2025-01-01"), "content/blog/a.fr.md": post(date="2025-01-01")}
    assert opened(files, FRENCH + "collections:\n  blog: {listed: false}\n").indexes("blog", "en") == ()


# Texts in a language that is not the page's


def test_a_text_in_another_language_says_so(built):
    files = {"content/index.md": "# Home", "content/blog/a.md": post("Shalom.", date="2025-01-01", lang="he", title="Shalom")}
    folder = built({**files, "content/blog/b.md": post(date="2025-01-02")})
    page = dom(folder / "blog/a/index.html")
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    for found in (page.xpath("//h1")[0], page.xpath("//div[@class='prose']")[0]):
        assert (found.get("lang"), found.get("dir")) == ("he", "rtl")
    titles = dom(folder / "blog/index.html").xpath("//h2")
    assert [(title.get("lang"), title.get("dir")) for title in titles] == [(None, None), ("he", "rtl")]


def test_a_text_in_the_page_s_own_language_says_nothing(built):
    folder = built({"content/a.md": post(lang="en"), "content/index.md": "# Home"})
    assert dom(folder / "a/index.html").xpath("//main//@lang") == []

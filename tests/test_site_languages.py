"""Questions about what there is in which language, and how pages say it: hreflang, the switch, words in another language."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Build, Opened, dom, post

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


def test_a_title_in_another_language_says_so_wherever_it_stands(built):
    def of(name: str, **meta: str) -> str:
        return post("## Eins\n\n## Zwei", title=name, lang="he", **meta)

    files = {
        "content/index.md": "# Home",
        "content/shalom.md": of("Shalom"),
        "content/docs/a.md": "# A",
        "content/docs/deep/index.md": of("Erev"),
        "content/docs/deep/b.md": of("Boker"),
        "content/docs/deep/c.md": "# C",
        "content/blog/one.md": of("Laila", date="2025-01-01", series="s", tags="[t]"),
        "content/blog/two.md": post(date="2025-01-02", series="s", tags="[t]"),
        "content/releases/1.md": of("Tov", date="2025-01-01"),
        "content/releases/2.md": post(date="2025-01-02", title="Two"),
    }
    folder = built(files, "menus:\n  footer:\n    - {page: docs/deep/b.md}\n")
    titles = ("Shalom", "Erev", "Boker", "Laila", "Tov", "Eins")
    found = [
        (title, str(path.relative_to(folder)), text.getparent().xpath("string(ancestor-or-self::*[@lang][1]/@lang)"))
        for path in sorted(folder.rglob("*.html"))
        for text in dom(path).xpath("//body//text()")
        for title in titles
        if text.strip() == title and text.getparent().tag != "script"
    ]
    assert [each for each in found if each[2] != "he"] == []
    assert {title for title, _, _ in found} == set(titles)
    assert len(found) > 40


def test_a_text_in_the_page_s_own_language_says_nothing(built):
    folder = built({"content/a.md": post(lang="en"), "content/index.md": "# Home"})
    assert dom(folder / "a/index.html").xpath("//main//@lang") == []


# From right to left


@pytest.fixture
def arabic(tmp_path: Path, build: Build) -> Path:
    """The site in Egyptian Arabic and English."""
    shutil.copytree(Path(__file__).parent / "sites/rtl", tmp_path / "site", ignore=shutil.ignore_patterns("expected.txt"))
    assert build(tmp_path / "site").warnings == ()
    return tmp_path / "site" / "build"


def test_every_page_says_its_language_and_its_direction(arabic: Path):
    for page in arabic.rglob("*.html"):
        is_english = page.is_relative_to(arabic / "en")
        expected = ("en", "ltr") if is_english else ("ar-EG", "rtl")
        assert (dom(page).get("lang"), dom(page).get("dir")) == expected, page


def test_words_dates_and_numbers_are_arabic(arabic: Path):
    post = dom(arabic / "blog/nakhla-3/index.html")
    assert post.xpath("string(//time)") == "١٣ مارس ٢٠٢٥"
    assert post.xpath("//time/@datetime")[0].startswith("2025-03-13")
    assert "دقيقة واحدة للقراءة" in post.text_content()
    assert post.xpath("string(//a[@class='skip'])") == "انتقل إلى المحتوى"
    assert post.xpath("string(//*[@class='admonition-title'])") == "نصيحة"
    assert post.xpath("//a[@class='headerlink']/@aria-label")[0] == "رابط إلى هذا القسم: الري"
    assert dom(arabic / "blog/2025/03/index.html").xpath("string(//h1)") == "مارس ٢٠٢٥"
    assert dom(arabic / "404.html").xpath("string(//title)") == "الصفحة غير موجودة · حديقة النيل"
    assert dom(arabic / "tags/index.html").xpath("string(//h1)") == "الوسوم"


def test_the_years_beside_a_list_and_their_counts_have_arabic_digits(arabic: Path):
    years = dom(arabic / "blog/index.html").xpath("//nav[contains(@class, 'years')]/ul/li")
    assert [" ".join(year.text_content().split()) for year in years] == ["٢٠٢٥ ٤"]


def test_a_count_takes_one_of_six_plural_forms_and_arabic_digits(arabic: Path):
    assert re.search("٣ (صفحات|مقالات)", dom(arabic / "tags/نخيل/index.html").xpath("string(//header[@class='heading'])"))


def test_the_switch_names_each_language_in_its_own_words(arabic: Path):
    links = dom(arabic / "docs/watering/index.html").xpath("//details[contains(@class, 'languages')]//a")
    assert [(link.get("lang"), link.text) for link in links] == [("ar-EG", "العربية (مصر)"), ("en", "English")]


def test_a_french_post_among_arabic_ones_runs_its_own_way(arabic: Path):
    title = dom(arabic / "blog/index.html").xpath("//h2[normalize-space() = 'Palmiers du monde']")[0]
    assert (title.get("lang"), title.get("dir")) == ("fr", "ltr")
    body = dom(arabic / "blog/palmiers/index.html").xpath("//div[contains(@class, 'prose')]")[0]
    assert (body.get("lang"), body.get("dir")) == ("fr", "ltr")


def test_an_english_page_of_an_arabic_site_is_english(arabic: Path):
    page = dom(arabic / "en/docs/watering/index.html")
    assert page.xpath("string(//*[@class='admonition-title'])") == "Warning"
    assert page.xpath("//link[@hreflang='x-default']/@href") == ["https://hadiqa.example/docs/watering/"]

"""The front page: of settings, of front matter, of another tool's home page, and of nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import HtmlElement

from sitegen import config
from sitegen.errors import Problem, ProblemsFound
from sitegen.report import as_text
from tests.conftest import Build, Opened, SiteOf, dom, post
from tests.test_pictures import picture

HOME = """home:
  hero:
    label: Since 2014
    title: A year in a garden
    text: What grows.
    image: garden.png
    image_alt: Rows of beans
    actions:
      - {title: Read, url: /blog/}
      - {page: docs/index.md}
  features:
    - {icon: 🌱, title: Soil, text: It is alive., url: /tags/soil/}
    - {icon: bee.png, title: Bees, page: about.md}
    - {title: Water}
"""
FILES: dict[str, str | bytes] = {
    "content/index.md": "# Welcome\n\nThe text.\n",
    "content/about.md": "# About\n\nWe are few.\n",
    "content/docs/index.md": "# Manual\n",
    "content/docs/start.md": post(title="Start", description="How to begin."),
    "content/docs/more/one.md": "# One\n",
    "content/docs/more/two.md": "# Two\n",
    "content/blog/x.md": post(title="X", date="2025-01-01", tags="[soil]"),
    "content/releases/1.0.0.md": post("The first.\n\n## Fixed\n\n- It.", date="2025-01-01"),
    "content/releases/2.0.0-rc.1.md": post("Soon.", date="2025-02-01"),
    "content/garden.png": picture("PNG", 80, 60),
    "content/bee.png": picture("PNG", 8, 8),
}


def words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def parts(page: HtmlElement) -> list[str]:
    """What follows the top of a front page, by the class of each."""
    return [each.get("class") for each in page.xpath("//main/*[not(self::header)]")]


def problems_of(site_of: SiteOf, home: str) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        config.load(site_of({"site.yaml": "url: https://small.example/\n" + home, "content/about.md": "x"}))
    return [as_text(problem, "error") for problem in caught.value.problems]


# Settings


def test_the_hero_has_all_that_the_settings_say(built):
    hero = dom(built(FILES, HOME) / "index.html").xpath("//main/header")[0]
    assert words(hero) == "Since 2014 A year in a garden What grows. Read Manual"
    assert [link.get("href") for link in hero.xpath(".//a")] == ["/blog/", "/docs/"]
    (image,) = hero.xpath(".//img")
    assert [image.get(name) for name in ("src", "alt", "width", "height", "loading")] == ["/garden.png", "Rows of beans", "80", "60", None]


def test_a_feature_has_a_sign_or_a_picture_and_may_lead_further(built):
    soil, bees, water = dom(built(FILES, HOME) / "index.html").xpath("//ul[@class='features']/li")
    assert (words(soil), soil.xpath(".//a/@href")) == ("🌱 Soil It is alive.", ["/tags/soil/"])
    assert (words(bees), bees.xpath(".//img/@src"), bees.xpath(".//a/@href")) == ("Bees", ["/bee.png"], ["/about/"])
    assert (words(water), water.xpath(".//img | .//a")) == ("Water", [])


def test_sections_stand_in_the_order_of_the_settings(built):
    page = dom(built(FILES, HOME + "  sections: [pages, latest, release, docs, text, features]\n") / "index.html")
    assert parts(page) == ["pages", "latest", "release", "docs", "prose", "features"]


def test_a_section_that_has_nothing_to_show_is_left_out(built):
    files = {"content/index.md": "# Welcome\n"}
    assert parts(dom(built(files, "home: {sections: [features, docs, release, latest, pages]}\n") / "index.html")) == []


def test_a_home_page_with_a_text_is_followed_by_the_newest_posts(built):
    assert parts(dom(built(FILES) / "index.html")) == ["prose", "latest"]


def test_without_words_for_the_hero_it_has_those_of_the_page_and_the_site(built):
    hero = dom(built(FILES, "description: Of a garden.\n") / "index.html").xpath("//main/header")[0]
    assert words(hero) == "Welcome Of a garden."


def test_docs_on_the_front_page_say_what_is_in_a_folder(built):
    docs = dom(built(FILES, "home: {sections: [docs]}\n") / "index.html").xpath("//section[@class='docs']")[0]
    assert [words(each) for each in docs.xpath("./ul/li")] == ["More 2 pages", "Start How to begin."]


def test_the_release_on_the_front_page_is_the_newest_that_is_no_preview(built):
    release = dom(built(FILES, "home: {sections: [release]}\n") / "index.html").xpath("//section[@class='release']")[0]
    assert words(release) == "Releases January 1, 2025 1.0.0 The first. Fixed All releases"


def test_where_all_releases_are_previews_the_newest_of_them_is_the_newest(opened: Opened):
    site = opened({f"content/releases/1.0.0-rc.{number}.md": "Text." for number in (1, 10, 2)})
    assert site.newest_release("releases", "en") == "releases/1.0.0-rc.10.md"


def test_a_button_to_a_draft_is_left_out_until_it_is_published(built):
    files = {**FILES, "content/docs/index.md": post(title="Manual", draft="true")}
    assert dom(built(files, HOME) / "index.html").xpath("//main/header//a/@href") == ["/blog/"]


def test_links_of_the_front_page_stand_below_the_base_path(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "site.yaml": "url: https://small.example/base/\n" + HOME})
    build(root)
    page = dom(root / "build/index.html")
    assert page.xpath("//main/header//a/@href | //main/header//img/@src") == ["/base/blog/", "/base/docs/", "/base/garden.png"]


# Languages


def test_a_language_has_its_own_front_page_and_the_rest_of_the_main_one(built):
    german = "languages:\n  de:\n    home:\n      hero: {title: Ein Jahr im Garten, text: Was wächst.}\n"
    output = built({**FILES, "content/about.de.md": "# Über uns\n"}, HOME + german)
    page = dom(output / "de/index.html")
    assert words(page.xpath("//main/header")[0]) == "Ein Jahr im Garten Was wächst."
    assert page.xpath("//ul[@class='features']/li[2]//a/@href") == ["/de/about/"]


# Front matter


FRONT = """---
hero:
  title: Seedbox
  text: For seeds.
  image: garden.png
  actions: [{title: Install, page: docs/start.md}]
features: [{title: One file, text: Copy it., url: about.md}]
---

Text.
"""


def test_what_the_front_matter_says_comes_before_the_settings(built):
    page = dom(built({**FILES, "content/index.md": FRONT}, HOME) / "index.html")
    assert words(page.xpath("//main/header")[0]) == "Seedbox For seeds. Install"
    assert page.xpath("//main/header//a/@href | //ul[@class='features']//a/@href") == ["/docs/start/", "/about/"]
    assert page.xpath("//main/header//img/@src") == ["/garden.png"]


def test_a_page_with_the_layout_of_a_home_page_has_a_hero_of_its_own_and_not_that_of_the_site(built):
    output = built(
        {**FILES, "content/shop.md": FRONT.replace("---\n", "---\nlayout: home\n", 1), "content/bare.md": post(layout="home")}, HOME
    )
    assert words(dom(output / "shop/index.html").xpath("//main/header")[0]) == "Seedbox For seeds. Install"
    assert words(dom(output / "bare/index.html").xpath("//main/header")[0]) == "Bare"


VITEPRESS = """---
layout: home
hero:
  name: Reactor
  text: Starts quickly
  tagline: And stops too
  image: {light: /garden.png, dark: /dark.png, alt: A reactor}
  actions: [{theme: brand, text: Begin, link: /docs/start}]
features:
  - {icon: ⚡, title: Fast, details: Very., link: /docs/start, linkText: More}
  - {icon: "<svg></svg>", title: Small}
---
"""
VUEPRESS = """---
home: true
heroText: Reactor
tagline: Starts quickly
heroImage: /garden.png
actionText: Begin
actionLink: /docs/start.md
features: [{title: Fast, details: Very.}]
footer: Free
---
"""


def test_a_home_page_of_vitepress_is_a_front_page(built):
    page = dom(built({**FILES, "content/index.md": VITEPRESS}) / "index.html")
    assert words(page.xpath("//main/header")[0]) == "Reactor Starts quickly And stops too Begin"
    assert page.xpath("//h1/text() | //main/header//a/@href | //main/header//img/@alt") == ["Starts quickly", "/docs/start/", "A reactor"]
    assert [words(each) for each in page.xpath("//ul[@class='features']/li")] == ["⚡ Fast Very.", "Small"]


def test_a_home_page_of_vuepress_is_a_front_page(built):
    page = dom(built({**FILES, "content/index.md": VUEPRESS}) / "index.html")
    assert words(page.xpath("//main/header")[0]) == "Reactor Starts quickly Begin"
    assert page.xpath("//main/header//a/@href | //main/header//img/@src") == ["/docs/start/", "/garden.png"]
    assert [words(each) for each in page.xpath("//ul[@class='features']/li")] == ["Fast Very."]


def test_keys_of_that_name_that_mean_something_else_are_left_alone(built):
    built({"content/x.md": "---\nhero: cover.png\nfeatures: [wood, steel]\nactions: yes\n---\nText.\n"})


# Mistakes


@pytest.mark.parametrize(
    ("home", "said"),
    [
        ("home: {hero: {actions: [{title: Go}]}}", "site.yaml:2:25: error[settings]: `home.hero.actions[1]` leads nowhere"),
        ("home: {hero: {actions: [{url: /x/}]}}", "site.yaml:2:25: error[settings]: `home.hero.actions[1]` has no `title`"),
        ("home: {features: [{text: A}]}", "site.yaml:2:19: error[settings]: `home.features[1]` has no `title`"),
        (
            "home:\n  features:\n    - {title: A, page: abuot.md}",
            "site.yaml:4:24: error[settings]: `home.features[1].page` is `abuot.md`, which is no file under content/",
        ),
        (
            "home: {features: [{title: A, page: about.md, url: /x/}]}",
            "site.yaml:2:19: error[settings]: `home.features[1]` has both `url` and `page`, expected one of them",
        ),
        ("home: {sections: [text, text]}", "site.yaml:2:18: error[settings]: `home.sections` has `text` twice"),
        (
            "languages: {de: {home: {features: [{text: A}]}}}",
            "site.yaml:2:36: error[settings]: `languages.de.home.features[1]` has no `title`",
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(site_of: SiteOf, home: str, said: str):
    assert [text.partition("\n")[0] for text in problems_of(site_of, home + "\n")] == [said]


def test_an_unknown_section_is_told_with_those_there_are(site_of: SiteOf):
    (text,) = problems_of(site_of, "home: {sections: [lastest]}\n")
    assert "`home.sections[1]` is `lastest`" in text
    assert "latest" in text


def wrong(site_of: SiteOf, build: Build, files: dict[str, str | bytes], settings: str = "") -> list[Problem]:
    with pytest.raises(ProblemsFound) as caught:
        build(site_of({"site.yaml": "url: https://small.example/\n" + settings, **files}))
    return list(caught.value.problems)


def test_an_address_of_the_settings_that_leads_nowhere_is_named_at_its_line(site_of: SiteOf, build: Build):
    (problem,) = wrong(site_of, build, {"content/index.md": "# A\n"}, "home:\n  features:\n    - {title: A, url: /nowhere/}\n")
    assert (problem.rule, problem.path, problem.line) == ("broken-link", "site.yaml", 4)


def test_links_and_pictures_of_the_front_matter_that_lead_nowhere_are_named_at_their_line(site_of: SiteOf, build: Build):
    files: dict[str, str | bytes] = {
        "content/index.md": "---\nhero:\n  image: no.png\n  actions:\n    - {title: A, page: no.md}\n"
        "features:\n  - {title: B, link: /gone/}\n---\n"
    }
    found = {(problem.rule, problem.path, problem.line) for problem in wrong(site_of, build, files)}
    assert found >= {
        ("missing-image", "content/index.md", 3),
        ("broken-link", "content/index.md", 5),
        ("broken-link", "content/index.md", 7),
    }


def test_a_button_without_an_address_is_told_of(opened: Opened, site_of: SiteOf, build: Build):
    (problem,) = wrong(site_of, build, {"content/index.md": "---\nhero:\n  actions: [{title: A}]\n---\n"})
    assert (problem.rule, problem.message, problem.line) == ("bad-value", "a button of the front page has no address", 3)


# Incremental builds


def test_the_front_page_is_made_anew_when_what_it_names_changes_and_not_otherwise(site_of: SiteOf, build: Build):
    sections = "home: {sections: [docs, release, pages]}\n"
    root = site_of({**FILES, "site.yaml": "url: https://small.example/\nmenus: {main: []}\n" + sections})
    build(root)

    def renewed(name: str, text: str) -> bool:
        before = (root / "build/index.html").read_bytes()
        (root / name).write_text(text)
        build(root)
        return (root / "build/index.html").read_bytes() != before

    assert renewed("content/docs/start.md", post(title="Start", description="Where to begin."))
    assert renewed("content/releases/1.0.0.md", post("The first.\n\n## Security\n\n- It.", date="2025-01-01"))
    assert renewed("content/about.md", "# About\n\nWe are many.\n")
    assert not renewed("content/docs/more/one.md", "# One\n\nMore.\n")


# A site of nothing but three files


THREE = {
    "pages": {
        "content/about.md": "# About me\n\nI keep a garden.\n",
        "content/tools.md": "# Tools\n\nA spade.\n",
        "content/contact.md": "# Contact\n\nWrite a letter.\n",
    },
    "posts": {f"content/blog/{name}.md": post(f"Of {name}.", title=name, date="2025-01-01") for name in ("Soil", "Rain", "Seeds")},
    "docs": {f"content/docs/{name}.md": f"# {name}\n\nOf {name}.\n" for name in ("Install", "Boxes", "Commands")},
}
MENUS = {"pages": ["About me", "Contact", "Tools"], "posts": ["Blog"], "docs": ["Docs"]}


@pytest.fixture
def small(site_of: SiteOf, build: Build, request: pytest.FixtureRequest) -> Path:
    root = site_of({"site.yaml": "title: Small\nurl: https://small.example/deep/\n", **THREE[request.param]})
    build(root)
    return root / "build"


@pytest.mark.parametrize("small", THREE, indirect=True)
def test_three_files_make_a_home_page_that_leads_to_each(small: Path, request: pytest.FixtureRequest):
    kind = request.node.callspec.params["small"]
    page = dom(small / "index.html")
    assert words(page.xpath("//h1")[0]) == "Small"
    titles = {words(link) for link in page.xpath("//main//section//h3/a")}
    assert titles == {Path(name).stem if kind != "pages" else text[2:].split("\n")[0] for name, text in THREE[kind].items()}
    assert all(href.startswith("/deep/") for href in page.xpath("//main//a/@href"))


@pytest.mark.parametrize("small", THREE, indirect=True)
def test_three_files_make_a_menu_a_footer_and_an_icon(small: Path, request: pytest.FixtureRequest):
    page = dom(small / "index.html")
    assert [words(link) for link in page.xpath("//header//nav//a")] == MENUS[request.node.callspec.params["small"]]
    assert "Small" in words(page.xpath("//footer")[-1])
    assert (small / page.xpath("//link[@rel='icon']/@href")[0].removeprefix("/deep/")).is_file()


@pytest.mark.parametrize("small", THREE, indirect=True)
def test_three_files_make_pages_with_one_sheet_and_no_empty_heading(small: Path):
    for file in small.rglob("index.html"):
        page = dom(file)
        assert len(page.xpath("//link[@rel='stylesheet']")) <= 2
        assert [heading.tag for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3]") if not words(heading)] == []
        assert len(page.xpath("//h1")) == 1


def test_a_site_without_any_page_says_so(built):
    assert words(dom(built({}) / "index.html").xpath("//main")[0]) == "Small Nothing here yet."

"""Questions about where a page stands: neighbours, sidebar, breadcrumbs, menus, translations; and about the site as a whole."""

from __future__ import annotations

import pytest

from sitegen.errors import TemplateError
from sitegen.site.answers import MenuItem, Neighbours, Node, Ref
from tests.conftest import Opened, post

DOCS = {
    "content/docs/index.md": post(title="Manual"),
    "content/docs/01-start.md": post(title="Start"),
    "content/docs/02-guide/index.md": post(title="Guide", nav_title="How to"),
    "content/docs/02-guide/b.md": post(title="Bees", weight=1),
    "content/docs/02-guide/a.md": post(title="Ants"),
    "content/docs/api/x.md": post(title="X"),
}


MANY_DOCS = {f"content/docs/part-{part}/{number}.md": post(title=f"{number:03}") for part in range(3) for number in range(101)}


def outline(nodes: tuple[Node, ...]) -> list[object]:
    return [[node.title, outline(node.children)] if node.children else node.title for node in nodes]


# The tree of docs


def test_the_sidebar_is_the_tree_of_folders_by_weight_and_then_by_title(opened: Opened):
    sidebar = opened(DOCS).sidebar("docs/01-start.md")
    assert outline(sidebar) == ["Manual", "Start", ["How to", ["Bees", "Ants"]], ["Api", ["X"]]]


def test_the_sidebar_marks_the_page_and_opens_the_way_to_it(opened: Opened):
    sidebar = opened(DOCS).sidebar("docs/02-guide/a.md")
    guide = sidebar[2]
    assert (guide.url, guide.open, guide.current) == ("/docs/guide/", True, False)
    assert [(node.title, node.current) for node in guide.children] == [("Bees", False), ("Ants", True)]


def test_a_folder_without_a_page_has_no_address(opened: Opened):
    assert opened(DOCS).sidebar("docs/01-start.md")[3].url == ""


def test_above_300_docs_the_sidebar_shows_the_way_to_the_page_alone(opened: Opened):
    first, *others = opened(MANY_DOCS).sidebar("docs/part-0/0.md")
    assert (len(first.children), [node.children for node in others]) == (101, [(), ()])


def test_a_folder_whose_docs_are_left_out_leads_to_the_first_of_them(opened: Opened):
    assert [node.url for node in opened(MANY_DOCS).sidebar("docs/part-0/0.md")] == ["", "/docs/part-1/0/", "/docs/part-2/0/"]


def test_in_a_long_folder_the_sidebar_shows_the_docs_around_the_page(opened: Opened):
    many = {f"content/docs/{number}.md": post(title=f"{number:03}") for number in range(400)}
    sidebar = opened({**many, "content/docs/index.md": post(title="Manual")}).sidebar("docs/200.md")
    assert [node.title for node in sidebar] == ["Manual", *(f"{number:03}" for number in range(150, 251))]
    assert [node.title for node in sidebar if node.current or node.more] == ["150", "200", "250"]


def test_a_folder_in_a_long_row_of_folders_is_shown_open_among_those_around_it(opened: Opened):
    many = {f"content/docs/{number:03}/{doc}.md": post(title=doc) for number in range(200) for doc in ("a", "b")}
    sidebar = opened(many).sidebar("docs/100/b.md")
    assert [node.title for node in sidebar] == [f"{number:03}" for number in range(50, 151)]
    assert [node.title for node in sidebar if node.open] == ["100"]
    assert [(child.title, child.current) for child in sidebar[50].children] == [("a", False), ("b", True)]


def test_an_unlisted_doc_of_a_long_folder_sees_its_beginning(opened: Opened):
    many = {f"content/docs/{number}.md": post(title=f"{number:03}") for number in range(301)}
    sidebar = opened({**many, "content/docs/hidden.md": post(title="Hidden", unlisted="true")}).sidebar("docs/hidden.md")
    assert (sidebar[0].title, sidebar[-1].title, any(node.current for node in sidebar)) == ("000", "100", False)


def test_a_doc_added_far_away_changes_no_sidebar(opened: Opened):
    many = {f"content/docs/{number}.md": post(title=f"{number:03}") for number in range(400)}
    before = opened(many).sidebar("docs/200.md")
    assert opened({**many, "content/docs/400.md": post(title="400")}).sidebar("docs/200.md") == before


def test_a_release_shows_the_versions_around_it(opened: Opened):
    site = opened({f"content/releases/1.{number}.md": "Text." for number in range(150)})
    assert [node.title for node in site.versions("releases/1.75.md")] == [f"1.{number}" for number in range(125, 24, -1)]
    assert [node.title for node in site.versions("releases/1.75.md") if node.current or node.more] == ["1.125", "1.75", "1.25"]


def test_a_few_releases_are_all_shown(opened: Opened):
    site = opened({f"content/releases/{version}.md": "Text." for version in ("1.9", "1.10")})
    assert [(node.title, node.url, node.current, node.more) for node in site.versions("releases/1.9.md")] == [
        ("1.10", "/releases/1.10/", False, False),
        ("1.9", "/releases/1.9/", True, False),
    ]


def test_an_unlisted_doc_is_in_no_sidebar(opened: Opened):
    files = {**DOCS, "content/docs/hidden.md": post(title="Hidden", unlisted="true")}
    assert "Hidden" not in outline(opened(files).sidebar("docs/01-start.md"))


def test_an_outline_marks_no_page(opened: Opened):
    assert outline(opened(DOCS).outline("docs", "en")) == ["Start", ["How to", ["Bees", "Ants"]], ["Api", ["X"]]]


# Neighbours


def test_docs_are_read_in_the_order_of_the_sidebar(opened: Opened):
    site = opened(DOCS)
    assert site.neighbours("docs/02-guide/index.md") == Neighbours(Ref("Start", "/docs/start/"), Ref("Bees", "/docs/guide/b/"))
    assert site.neighbours("docs/api/x.md") == Neighbours(Ref("Ants", "/docs/guide/a/"), None)


def test_the_index_of_docs_comes_before_them(opened: Opened):
    assert opened(DOCS).neighbours("docs/index.md") == Neighbours(None, Ref("Start", "/docs/start/"))


def test_the_post_before_is_the_older_one(opened: Opened):
    site = opened({f"content/blog/{day}.md": post(title=day, date=f"2025-01-0{day}") for day in (1, 2, 3)})
    assert site.neighbours("blog/2.md") == Neighbours(Ref("1", "/blog/1/"), Ref("3", "/blog/3/"))


def test_the_release_before_is_the_older_version(opened: Opened):
    site = opened({f"content/releases/{version}.md": "Text." for version in ("1.9", "1.10", "2.0")})
    assert site.neighbours("releases/1.10.md") == Neighbours(Ref("1.9", "/releases/1.9/"), Ref("2.0", "/releases/2.0/"))


def test_plain_pages_have_no_neighbours(opened: Opened):
    assert opened({"content/a.md": "Text.", "content/b.md": "Text."}).neighbours("a.md") == Neighbours(None, None)


def test_an_unlisted_post_has_no_neighbours_and_is_none(opened: Opened):
    files = {f"content/blog/{day}.md": post(title=day, date=f"2025-01-0{day}", unlisted=str(day == 2).lower()) for day in (1, 2, 3)}
    site = opened(files)
    assert site.neighbours("blog/2.md") == Neighbours(None, None)
    assert site.neighbours("blog/1.md").next == Ref("3", "/blog/3/")


# Breadcrumbs


def test_breadcrumbs_lead_from_the_home_page_to_the_parent(opened: Opened):
    crumbs = opened(DOCS).breadcrumbs("docs/02-guide/a.md")
    assert crumbs == (Ref("Small", "/"), Ref("Manual", "/docs/"), Ref("How to", "/docs/guide/"))


def test_a_folder_without_a_page_is_a_crumb_without_an_address(opened: Opened):
    assert opened(DOCS).breadcrumbs("docs/api/x.md")[-1] == Ref("Api", "")


def test_the_index_of_a_collection_has_the_home_page_alone_above_it(opened: Opened):
    assert opened(DOCS).breadcrumbs("docs/index.md") == (Ref("Small", "/"),)


def test_the_home_page_has_no_breadcrumbs(opened: Opened):
    assert opened({"content/index.md": "Text."}).breadcrumbs("index.md") == ()


def test_a_post_stands_below_its_blog(opened: Opened):
    files = {"content/blog/x.md": "Text."}
    assert opened(files, "collections:\n  blog:\n    title: Journal\n").breadcrumbs("blog/x.md") == (
        Ref("Small", "/"),
        Ref("Journal", "/blog/"),
    )


# Menus


def test_without_a_menu_the_collections_that_have_pages_and_a_few_plain_pages_are_one(opened: Opened):
    site = opened({**DOCS, "content/blog/x.md": "Text.", "content/about.md": "Text."})
    assert site.menu("main", "en") == (
        MenuItem("Blog", "/blog/", external=False),
        MenuItem("Manual", "/docs/", external=False),
        MenuItem("About", "/about/", external=False),
    )


def test_a_menu_that_nobody_wrote_names_plain_pages_by_their_weight_and_not_those_that_are_hidden(opened: Opened):
    said = {"c": "weight: 1", "b": "", "index": "", "a": "noindex: true", "d": "unlisted: true"}
    site = opened({f"content/{name}.md": f"---\ntitle: {name}\n{more}\n---\nText.\n" for name, more in said.items()})
    assert [item.title for item in site.menu("main", "en")] == ["c", "b"]


def test_a_menu_that_nobody_wrote_names_no_plain_page_where_they_are_many(opened: Opened):
    assert opened({f"content/{number}.md": "Text." for number in range(6)}).menu("main", "en") == ()


def test_without_a_footer_menu_there_is_none(opened: Opened):
    assert opened(DOCS).menu("footer", "en") == ()


MENU = """menus:
  main:
    - {title: Posts, url: /blog/}
    - {page: about.md}
    - {title: Code, url: "https://code.example/"}
    - title: More
      children:
        - {title: Docs, page: docs/index.md}
"""


def test_a_menu_leads_to_pages_addresses_and_other_sites(opened: Opened):
    site = opened({**DOCS, "content/about.md": post(title="About us", nav_title="About"), "content/blog/x.md": "Text."}, MENU)
    posts, about, code, more = site.menu("main", "en")
    assert posts == MenuItem("Posts", "/blog/", external=False)
    assert about == MenuItem("About", "/about/", external=False)
    assert code == MenuItem("Code", "https://code.example/", external=True)
    assert more == MenuItem("More", "", external=False, children=(MenuItem("Docs", "/docs/", external=False),))


def test_a_menu_stands_below_the_base_path(opened: Opened):
    site = opened(
        {"content/about.md": "Text.", "content/docs/index.md": "Text.", "content/blog/x.md": "Text."}, MENU, base_url="https://x.example/b/"
    )
    assert [item.url for item in site.menu("main", "en")] == ["/b/blog/", "/b/about/", "https://code.example/", ""]


FRENCH = "languages:\n  fr:\n    title: Petit\n"


def test_a_menu_leads_to_translations_where_there_are_some(opened: Opened):
    files = {
        "content/about.md": "Text.",
        "content/about.fr.md": post(title="À propos"),
        "content/docs/index.md": "Text.",
        "content/blog/x.md": "Text.",
    }
    _, about, _, _ = opened(files, FRENCH + MENU).menu("main", "fr")
    assert (about.title, about.url) == ("À propos", "/fr/about/")


def test_a_draft_is_left_out_of_a_menu(opened: Opened):
    site = opened({"content/x.md": post(draft="true")}, "menus:\n  main:\n    - {page: x.md}\n    - {title: Home, url: /}\n")
    assert [item.title for item in site.menu("main", "en")] == ["Home"]


# Languages


def test_a_page_knows_its_translations(opened: Opened):
    found = opened({"content/a.md": "Text.", "content/a.fr.md": "Texte."}, FRENCH).translations("a.md")
    assert [(each.lang, each.name, each.url, each.current) for each in found] == [
        ("en", "English", "/a/", True),
        ("fr", "Français", "/fr/a/", False),
    ]


def test_a_page_without_translation_has_none(opened: Opened):
    assert opened({"content/a.md": "Text.", "content/b.fr.md": "Texte."}, FRENCH).translations("a.md") == ()


def test_a_translation_key_joins_pages_of_different_names(opened: Opened):
    files = {"content/about.md": post(translation_key="about"), "content/fr/a-propos.md": post(translation_key="about")}
    assert [each.url for each in opened(files, FRENCH).translations("about.md")] == ["/about/", "/fr/a-propos/"]


def test_an_unlisted_translation_is_not_announced(opened: Opened):
    assert opened({"content/a.md": "Text.", "content/a.fr.md": post(unlisted="true")}, FRENCH).translations("a.md") == ()


def test_each_language_has_lists_of_its_own(opened: Opened):
    site = opened({"content/blog/a.md": post(title="A", tags="[x]"), "content/blog/a.fr.md": post(title="B", tags="[x]")}, FRENCH)
    assert [card.title for card in site.listing("blog", "fr", 1).items] == ["B"]
    assert [(term.url, term.count) for term in site.terms("tags", "fr")] == [("/fr/tags/x/", 1)]


def test_a_language_has_a_title_of_its_own(opened: Opened):
    assert opened({"content/a.fr.md": "Texte."}, FRENCH).title("fr") == "Petit"


def test_a_language_without_pages_is_not_in_use(opened: Opened):
    assert opened({"content/a.md": "Text."}, FRENCH).languages_in_use() == ("en",)


# The site as a whole


def test_data_files_are_plain_values(opened: Opened):
    site = opened({"content/a.md": "Text.", "data/team.yaml": "- {name: Mira, since: 2019}\n"})
    assert site.data.team == [{"name": "Mira", "since": 2019}]


def test_a_data_file_that_is_not_there_is_named(opened: Opened):
    with pytest.raises(AttributeError, match=r"there is no data/crew\.yaml"):
        _ = opened({"content/a.md": "Text."}).data.crew


def test_an_asset_that_is_not_there_is_named_with_the_nearest(opened: Opened):
    site = opened({"content/a.md": "Text.", "static/mine.css": "a { color: red }"})
    with pytest.raises(TemplateError, match=r"there is no static file 'mien\.css'") as caught:
        site.asset("mien.css")
    assert caught.value.problem.hint == "did you mean 'mine.css'?"


def test_a_collection_is_called_as_its_index_page_is(opened: Opened):
    about = opened({"content/blog/index.md": post(title="Journal", description="What happens.")}).about("blog", "en")
    assert (about.title, about.description, about.url) == ("Journal", "What happens.", "/blog/")


def test_the_sitemap_names_listed_pages_and_indexes_with_their_last_change(opened: Opened):
    files = {
        "content/blog/a.md": post(date="2025-01-01", updated="2025-02-03"),
        "content/blog/b.md": post(unlisted="true"),
        "content/about.md": "Text.",
    }
    assert opened(files).sitemap() == (
        ("https://small.example/", ""),
        ("https://small.example/about/", ""),
        ("https://small.example/blog/", ""),
        ("https://small.example/blog/a/", "2025-02-03"),
    )


def test_a_crumb_of_a_collection_that_has_no_index_is_left_out(opened: Opened):
    assert opened({"content/blog/a.md": post(unlisted="true")}).breadcrumbs("blog/a.md") == (Ref("Small", "/"),)

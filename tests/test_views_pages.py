"""Every content page at its address, in the template that is meant; lists, archives and terms around it."""

from __future__ import annotations

import pytest

from tests.conftest import dom, post


def text_of(client, path: str):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.text


def headings(text: str) -> list[str]:
    return [heading.text_content().strip() for heading in dom(text).xpath("//h1")]


# Pages


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/blog/a/", "/docs/", "/docs/b/", "/releases/1.0/", "/tags/t/", "/tags/", "/blog/", "/404.html"]
)
def test_every_page_has_one_heading_of_the_first_rank(visited, path: str):
    files = {
        "content/index.md": "# Home\n\nText.",
        "content/about.md": "Text.",
        "content/blog/a.md": post("# A\n\nText.", title="A", date="2025-01-01", tags="[t]"),
        "content/docs/index.md": "Text.",
        "content/docs/b.md": "# B\n\nText.",
        "content/releases/1.0.md": "Text.",
    }
    assert len(headings(text_of(visited(files), path))) == 1


def test_a_site_without_a_home_page_has_one_with_the_latest_posts(visited):
    page = dom(text_of(visited({"content/blog/a.md": post(title="A", date="2025-01-01")}), "/"))
    assert page.xpath("//main//a[@href='/blog/a/']")


def test_a_home_page_shows_its_text_and_the_latest_posts(visited):
    text = text_of(visited({"content/index.md": "Welcome here.", "content/blog/a.md": post(date="2025-01-01")}), "/")
    assert "Welcome here." in text
    assert dom(text).xpath("//main//a[@href='/blog/a/']")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("docs.md", "/docs/"),
        ("blog.md", "/blog/"),
        ("releases.md", "/releases/"),
        ("tags.md", "/tags/"),
        ("authors/index.md", "/authors/"),
        ("tags/mine.md", "/tags/mine/"),
        ("categories/a/b.md", "/categories/a/b/"),
        ("series/x.md", "/series/x/"),
    ],
)
def test_a_page_at_an_address_that_a_list_could_have_is_that_page(built, name: str, address: str):
    output = built({f"content/{name}": "What I wrote."})
    assert "What I wrote." in (output / address.strip("/") / "index.html").read_text()


@pytest.mark.parametrize(
    ("name", "address"), [("blog/2024.md", "/blog/2024/"), ("blog/page.md", "/blog/page/"), ("tags/mine.md", "/tags/mine/")]
)
def test_a_page_beside_a_list_is_that_page(built, name: str, address: str):
    output = built({f"content/{name}": "What I wrote.", "content/blog/x.md": post(date="2025-01-01", tags="[t]")})
    assert "What I wrote." in (output / address.strip("/") / "index.html").read_text()


@pytest.mark.parametrize("permalink", ["/a/atom.xml", "/notes.md", "/sitemap-1.xml"])
def test_a_page_may_have_an_address_that_looks_like_another_view_s(built, permalink: str):
    output = built({"content/x.md": post("What I wrote.", permalink=permalink)})
    assert "What I wrote." in (output / permalink.strip("/")).read_text()


def test_a_page_s_own_template_comes_first(visited):
    files = {"content/x.md": post(layout="special"), "templates/special.html": "mine: {{ page.title }}"}
    assert text_of(visited(files), "/x/") == "mine: X"


def test_a_collection_s_template_comes_second(visited):
    files = {"content/blog/x.md": post(date="2025-01-01"), "templates/special.html": "mine: {{ page.title }}"}
    assert text_of(visited(files, "collections:\n  blog:\n    layout: special\n"), "/blog/x/") == "mine: X"


def test_a_layout_of_another_tool_s_theme_is_no_mistake(visited):
    assert headings(text_of(visited({"content/x.md": post(layout="minima-wide")}), "/x/")) == ["X"]


def test_an_edit_link_names_the_file(visited):
    client = visited({"content/docs/a b.md": "Text."}, "edit_url: https://code.example/edit/{path}\n")
    assert "https://code.example/edit/content/docs/a%20b.md" in text_of(client, "/docs/a b/")


def test_a_title_is_shown_as_text(visited):
    assert headings(text_of(visited({"content/x.md": post(title='"<b>A</b> & {{ 7*7 }}"')}), "/x/")) == ["<b>A</b> & {{ 7*7 }}"]


def test_content_is_never_a_template(visited):
    assert "{{ 7*7 }} {% raw %} {{ config }}" in text_of(visited({"content/x.md": "{{ 7*7 }} {% raw %} {{ config }}"}), "/x/")


def test_an_unlisted_page_is_at_its_own_address(visited):
    assert "Secret." in text_of(visited({"content/x.md": post("Secret.", unlisted="true")}), "/x/")


@pytest.mark.parametrize("meta", [{"draft": "true"}, {"date": "2030-01-01"}, {"expires": "2020-01-01"}])
def test_a_page_that_is_not_published_is_not_there(visited, meta: dict[str, str]):
    assert visited({"content/blog/x.md": post(**meta)}).get("/blog/x/").status_code == 404


def test_a_missing_slash_leads_to_the_page(visited):
    response = visited({"content/x.md": "Text."}).get("/x")
    assert (response.status_code, response.location) == (302, "/x/")


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%2fsite.yaml",
        "/content/x.md",
        "/site.yaml",
        "/static/../site.yaml",
        "/.cache/lock",
        "/x/../../site.yaml",
    ],
)
def test_only_what_is_published_answers(visited, path: str):
    assert visited({"content/x.md": "Text.", "content/a.png": b"a"}).get(path).status_code == 404


def test_a_picture_beside_a_page_is_sent(visited):
    response = visited({"content/blog/a b.png": b"picture"}).get("/blog/a%20b.png", buffered=True)
    assert (response.data, response.mimetype) == (b"picture", "image/png")


def test_an_author_s_portrait_is_an_address_on_every_page(built):
    files = {"content/blog/a.md": post(date="2025-01-01"), "content/people/mira.png": b"a"}
    output = built(files, "author: mira\nauthors:\n  mira: {name: Mira, image: people/mira.png, bio: Writes.}\n")
    for page in ("blog/a/index.html", "authors/mira/index.html"):
        assert dom(output / page).xpath("//main//img/@src")[0] == "/people/mira.png"


# Lists and terms


def test_a_tag_s_archive_is_headed_by_its_name(visited):
    assert headings(text_of(visited({"content/blog/a.md": post(tags="[flask]")}), "/tags/flask/")) == ["Tag Archives: flask"]


def test_a_collection_s_own_index_stands_above_its_list(visited):
    files = {"content/blog/index.md": "# Journal\n\nHello.", "content/blog/a.md": post(title="A", date="2025-01-01")}
    text = text_of(visited(files), "/blog/")
    assert headings(text) == ["Journal"]
    assert "Hello." in text
    assert dom(text).xpath("//main//a[@href='/blog/a/']")


def test_the_text_of_an_index_stands_on_its_first_page_alone(visited):
    files = {"content/blog/index.md": "# Journal\n\nHello.", **{f"content/blog/{n}.md": post(date=f"2025-01-0{n}") for n in (1, 2)}}
    assert "Hello." not in text_of(visited(files, "paginate: 1\n"), "/blog/page/2/")


def test_docs_without_an_index_have_an_outline(visited):
    page = dom(text_of(visited({"content/docs/a/b.md": "Text."}), "/docs/"))
    assert page.xpath("//main//a/@href")[-1] == "/docs/a/b/"


@pytest.mark.parametrize(
    "path",
    [
        "/blog/page/1/",
        "/blog/page/2/",
        "/blog/page/0/",
        "/blog/2023/",
        "/blog/2025/02/",
        "/blog/25/",
        "/tags/none/",
        "/tags/t/page/2/",
        "/series/",
        "/fr/",
    ],
)
def test_a_list_of_nothing_is_not_there(visited, path: str):
    response = visited({"content/blog/a.md": post(date="2025-01-01", tags="[t]")}).get(path)
    assert response.status_code in {404, 308}
    assert response.status_code == 404 or response.location.endswith("/blog/")


def test_an_archive_by_month_leads_up_to_its_year(visited):
    page = dom(text_of(visited({"content/blog/a.md": post(date="2025-01-01")}), "/blog/2025/01/"))
    assert page.xpath("//nav[@class='crumbs']//a/@href") == ["/", "/blog/", "/blog/2025/"]


def test_a_category_leads_up_and_down(visited):
    page = dom(text_of(visited({"content/blog/a.md": post(categories="[A/B/C]")}), "/categories/a/b/"))
    assert page.xpath("//nav[@class='crumbs']//a/@href") == ["/", "/categories/", "/categories/a/"]
    assert page.xpath("//header[@class='heading']//ul[@class='tags']//a/@href") == ["/categories/a/b/c/"]


# Every address below the base path

EVERYTHING = {
    "content/index.md": "# Home\n\n[a](blog/a.md) [b](/docs/) ![c](/pictures/a.png)",
    "content/about.md": post(aliases="[/old/]"),
    "content/blog/a.md": post(
        "[x](b.md#part) [y](/about/)", date="2025-01-01", tags="[t, u]", categories="[A/B]", series="S", author="mira"
    ),
    "content/blog/b.md": post("## Part\n\n![p](/pictures/a.png)", date="2025-01-02", tags="[t]", series="S", image="/pictures/a.png"),
    "content/blog/c.fr.md": post("[x](b.md)", date="2025-01-02", tags="[t]"),
    "content/docs/guide/a.md": "[up](../../about.md)",
    "content/releases/1.0.md": post(date="2025-01-03"),
    "content/pictures/a.png": b"a",
}
EVERY_KEY = (
    "languages:\n  fr: {}\npaginate: 1\ntheme: {logo: pictures/a.png}\nimage: pictures/a.png\nauthors:\n  mira: {image: pictures/a.png}\n"
)


def test_no_address_in_any_page_leads_out_of_the_base_path(built):
    output = built(EVERYTHING, EVERY_KEY, overrides={"base_url": "https://x.example/base/"})
    for path in sorted(output.rglob("*.html")):
        for address in dom(path).xpath("//@href | //@src | //@data-target | //meta[@property]/@content[starts-with(., 'http')]"):
            assert address.startswith(("/base/", "#", "https://x.example/base/")), (path, address)


def test_no_text_of_any_other_file_leads_out_of_the_base_path(built):
    output = built(EVERYTHING, EVERY_KEY, overrides={"base_url": "https://x.example/base/"})
    for path in sorted(path for path in output.rglob("*") if path.suffix in {".xml", ".json", ".txt", ".md"}):
        text = path.read_text()
        assert text.count("https://x.example/") == text.count("https://x.example/base/"), path
        assert "small.example" not in text, path


def test_a_base_path_moves_no_file(built, tmp_path):
    plain = {path.relative_to(tmp_path) for path in built(EVERYTHING, EVERY_KEY).rglob("*")}
    assert {
        path.relative_to(tmp_path) for path in built({}, EVERY_KEY, overrides={"base_url": "https://x.example/base/"}).rglob("*")
    } == plain


def test_every_page_of_a_preview_is_kept_from_search_engines(built):
    output = built(EVERYTHING, EVERY_KEY, overrides={"base_url": "https://preview.example/"})
    for path in sorted(output.rglob("*.html")):
        assert dom(path).xpath("//meta[@name='robots']/@content")[0].startswith("noindex"), path


@pytest.mark.parametrize("layout", ["page", "page.html", "doc", "home", "release", "list", "term", "404", "default", "nowhere"])
def test_a_post_whose_layout_another_theme_means_stays_a_post(visited, layout: str):
    page = text_of(visited({"content/blog/a.md": post(layout=f'"{layout}"', date="2025-01-01", tags="[t]")}), "/blog/a/")
    assert 'href="/tags/t/"' in page


@pytest.mark.parametrize("source", ["a.md", "docs/a.md", "docs/index.md"])
@pytest.mark.parametrize("layout", ["home", "page", "doc", "post", "release", "archive"])
def test_no_layout_of_the_theme_breaks_a_page(visited, source: str, layout: str):
    path = {"a.md": "/a/", "docs/a.md": "/docs/a/", "docs/index.md": "/docs/"}[source]
    assert text_of(visited({f"content/{source}": post(layout=layout), "content/index.md": "Home."}), path)


def test_a_template_of_the_site_s_own_serves_pages_of_any_kind(visited):
    files = {"content/blog/a.md": post(title="A", layout="mine"), "templates/mine.html": "<p>Mine: {{ page.title }}</p>"}
    assert "<p>Mine: A</p>" in text_of(visited(files), "/blog/a/")


def test_only_pages_with_formulas_have_the_stylesheet_for_them(built):
    files = {
        "content/a.md": "---\ntitle: A\nmath: true\n---\n\n$x$\n",
        "content/b.md": "---\ntitle: B\n---\n\n$x$ and `<math `\n",
        "content/blog/c.md": "---\ntitle: C\ndate: 2026-01-01\nkatex: true\n---\n\nSo $x$.\n",
    }
    output = built(files)
    pages = {name: (output / name / "index.html").read_text() for name in ("a", "b", "blog", "blog/c")}
    assert {name: "-math." in html for name, html in pages.items()} == {"a": True, "b": False, "blog": True, "blog/c": True}


def test_a_page_can_be_without_formulas_on_a_site_that_has_them(built):
    files = {"content/a.md": "# A\n\n$x$\n", "content/b.md": "---\nmath: false\n---\n\n# B\n\n$x$\n"}
    output = built(files, "markdown: {math: true}\n")
    assert "<math " in (output / "a/index.html").read_text()
    assert "$x$" in (output / "b/index.html").read_text()

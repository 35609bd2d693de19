"""How the theme shows a row that is too long to show: the pages of a list, a folder of docs, versions, a series, categories."""

from __future__ import annotations

from lxml.html import HtmlElement

from tests.conftest import dom, post


def page_of(client, path: str) -> HtmlElement:
    response = client.get(path)
    assert response.status_code == 200, path
    return dom(response.text)


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


POSTS = {f"content/blog/{number}.md": post(title=number, date="2025-01-01") for number in range(9)}


def test_the_pages_of_a_list_that_are_left_out_are_a_gap_that_is_not_read_aloud(visited):
    page = page_of(visited(POSTS, "paginate: 1\n"), "/blog/page/5/")
    steps = page.xpath("//nav[@class='pagination']//li")
    assert [words(step) for step in steps] == ["Page 1", "…", "Page 4", "Page 5", "Page 6", "…", "Page 9"]
    assert [words(step) for step in steps if step.get("aria-hidden") == "true"] == ["…", "…"]
    assert [words(link) for link in page.xpath("//nav[@class='pagination']//a[@aria-current='page']")] == ["Page 5"]


def test_the_pages_beside_one_of_a_list_are_called_so(visited):
    page = page_of(visited(POSTS, "paginate: 1\n"), "/blog/page/5/")
    links = page.xpath("//nav[@class='pagination']//a[@rel]")
    assert [(link.get("rel"), link.get("href")) for link in links] == [("prev", "/blog/page/4/"), ("next", "/blog/page/6/")]


def test_a_list_of_three_pages_has_no_gap(visited):
    page = page_of(visited(POSTS, "paginate: 3\n"), "/blog/page/2/")
    assert [words(step) for step in page.xpath("//nav[@class='pagination']//li")] == ["Page 1", "Page 2", "Page 3"]


def test_a_sidebar_that_is_cut_leads_to_the_index_at_both_ends(visited):
    page = page_of(visited({f"content/docs/{number}.md": post(title=f"{number:03}") for number in range(400)}), "/docs/200/")
    row = page.xpath("//nav[@id='site:tree']/ul/li/a")
    assert [(words(row[at]), row[at].get("href")) for at in (0, 1, -2, -1)] == [
        ("More pages", "/docs/"),
        ("150", "/docs/150/"),
        ("250", "/docs/250/"),
        ("More pages", "/docs/"),
    ]


def test_a_folder_that_is_cut_leads_to_its_own_page(visited):
    files = {f"content/docs/guide/{number}.md": post(title=f"{number:03}") for number in range(400)}
    page = page_of(visited({**files, "content/docs/guide/index.md": post(title="Guide")}), "/docs/guide/0/")
    row = page.xpath("//nav[@id='site:tree']/ul/li//ul/li/a")
    assert (words(row[0]), words(row[-1]), row[-1].get("href")) == ("000", "More pages", "/docs/guide/")


def test_the_versions_that_are_cut_lead_to_all_releases(visited):
    page = page_of(visited({f"content/releases/1.{number}.md": "Text." for number in range(150)}), "/releases/1.75/")
    row = page.xpath("//nav[@id='site:tree']/ul/li/a")
    assert [(words(row[at]), row[at].get("href")) for at in (0, -1)] == [("More pages", "/releases/")] * 2
    assert [words(link) for link in row if link.get("aria-current") == "page"] == ["1.75"]


def test_a_part_of_a_long_series_keeps_its_number(visited):
    files = {f"content/blog/{part}.md": post(title=part, series=f"{{name: Tour, order: {part}}}") for part in range(1, 301)}
    box = page_of(visited(files), "/blog/150/").xpath("//aside[@class='series']")[0]
    assert (words(box.xpath(".//summary")[0]), box.xpath(".//ol/@start")) == ("Parts beside this one", ["100"])
    assert [words(link) for link in box.xpath(".//a[@aria-current='page']")] == ["150"]


def test_a_category_with_many_below_it_names_them_on_its_first_page_alone(visited):
    files = {f"content/blog/{number}.md": post(title=number, categories=f"[[top, c{number}]]") for number in range(101)}
    client = visited(files)
    assert len(page_of(client, "/categories/top/").xpath("//header/ul[@class='tags']/li")) == 101
    assert page_of(client, "/categories/top/page/2/").xpath("//header/ul[@class='tags']") == []

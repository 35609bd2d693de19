"""The list of all feeds, as people read it."""

from tests.conftest import dom, post

FILES = {
    "content/blog/first.md": post(title="First", date="2025-01-02", tags="[Zinnia, apple]", authors="[mira]"),
    "content/fr/blog/premier.md": post(title="Premier", date="2025-01-02"),
    "content/docs/a.md": post(title="A doc"),
}


def listed(page: str, path: str = "//main//dl[@class='feeds']") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in dom(page).xpath(f"{path}/*"):
        if element.tag == "dt":
            found[element.text_content()] = addresses = []
        else:
            addresses.append(element.find("code").text)
    return found


def test_the_list_has_every_feed_with_its_whole_address(visited):
    page = visited(FILES).get("/feeds/").text
    assert listed(page)["Small"] == [f"https://small.example/{name}" for name in ("atom.xml", "rss.xml", "feed.json")]
    assert listed(page)["apple"] == ["https://small.example/tags/apple/atom.xml"]
    assert list(listed(page)) == ["Small", "Blog", "apple", "Zinnia", "mira"]


def test_every_address_in_the_list_answers(visited):
    client = visited(FILES)
    paths = [url.removeprefix("https://small.example") for urls in listed(client.get("/feeds/").text).values() for url in urls]
    assert {client.get(path).status_code for path in paths} == {200}


def test_feeds_of_one_kind_are_folded_but_for_those_of_the_site(visited):
    page = visited(FILES).get("/feeds/").text
    assert [each.text_content() for each in dom(page).xpath("//main//summary")] == ["Tags", "Authors"]
    assert list(listed(page, "//main//div/dl")) == ["Small", "Blog"]


def test_each_language_lists_its_own(visited):
    page = visited(FILES, "languages: {fr: {title: Petit}}\n").get("/fr/feeds/").text
    assert next(iter(listed(page))) == "Petit"
    assert all("/fr/" in url for urls in listed(page).values() for url in urls)


def test_the_foot_of_every_page_leads_to_the_list_in_its_language(visited):
    client = visited(FILES, "languages: {fr: {title: Petit}}\n")
    assert dom(client.get("/docs/a/").text).xpath("//footer//a[@href='/feeds/']")
    assert dom(client.get("/fr/blog/premier/").text).xpath("//footer//a[@href='/fr/feeds/']")


def test_a_site_without_feeds_has_no_list(visited):
    client = visited({"content/docs/a.md": post(title="A")})
    assert client.get("/feeds/").status_code == 404
    assert "/feeds/" not in client.get("/docs/a/").text


def test_a_site_that_wants_no_formats_has_no_list(visited):
    client = visited(FILES, "feeds: {collections: [], terms: []}\n")
    assert client.get("/feeds/").status_code == 404


def test_a_page_of_the_authors_takes_the_place_of_the_list(built):
    page = (built({**FILES, "content/feeds.md": "# My feeds\n"}) / "feeds/index.html").read_text()
    assert "My feeds" in page
    assert dom(page).xpath("//footer//a[@href='/feeds/']")


def test_so_does_a_redirect(built):
    page = (built(FILES, "redirects: {/feeds/: /atom.xml}\n") / "feeds/index.html").read_text()
    assert "/atom.xml" in page
    assert "<dl" not in page

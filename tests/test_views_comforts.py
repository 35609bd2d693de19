"""What readers may do with a page besides reading it: edit, share, comment; and what is loaded for that, which is nothing by default."""

import re
from typing import Any, get_args

import pytest

from sitegen.config import ShareName
from sitegen.views.policy import header
from sitegen.views.shares import shares_of
from tests.conftest import dom, post

POST = {"content/blog/a b.md": post(title="On & off", date="2026-01-01"), "content/about.md": "# About\n"}
GISCUS = "comments:\n  giscus: {repo: garden/talk, repo_id: R_1, category: Talk, category_id: C_1}\n"
ADDRESS = "/blog/a-b/"


def found(page: str, path: str) -> list[Any]:
    """The elements of a page at an XPath; ``.name`` in it stands for those of a class."""
    whole = re.sub(r"\.([a-z-]+)", r"*[contains(concat(' ', @class, ' '), ' \1 ')]", path)
    return list(dom(page).xpath(f"//{whole}"))


def links(page: str, inside: str) -> dict[str, str]:
    return {link.text_content(): link.get("href") for link in found(page, f"{inside}//a")}


def text_of(visited, settings: str, path: str = ADDRESS, files=POST) -> str:
    text: str = visited(files, settings).get(path).text
    return text


@pytest.mark.parametrize(
    ("repository", "edit"),
    [
        ("https://github.com/g/site", "https://github.com/g/site/edit/main/content/blog/a%20b.md"),
        ("https://github.com/g/site/", "https://github.com/g/site/edit/main/content/blog/a%20b.md"),
        ("https://github.com/g/site/tree/dev/www/web", "https://github.com/g/site/edit/dev/www/web/content/blog/a%20b.md"),
        ("https://gitlab.com/g/sub/site", "https://gitlab.com/g/sub/site/-/edit/main/content/blog/a%20b.md"),
        ("https://git.example.org/g/site/-/tree/dev/web", "https://git.example.org/g/site/-/edit/dev/web/content/blog/a%20b.md"),
        ("https://codeberg.org/g/site/src/branch/pages", "https://codeberg.org/g/site/_edit/pages/content/blog/a%20b.md"),
        ("https://git.example.org/g/site/src/branch/main/web", "https://git.example.org/g/site/_edit/main/web/content/blog/a%20b.md"),
        ("https://bitbucket.org/g/site", "https://bitbucket.org/g/site/src/main/content/blog/a%20b.md?mode=edit&at=main"),
    ],
)
def test_the_repository_tells_where_a_page_is_edited(visited, repository: str, edit: str):
    assert links(text_of(visited, f"repository: {repository}\n"), ".actions")["Edit this page"] == edit


def test_the_source_is_linked_at_every_foot_without_the_folder(visited):
    page = text_of(visited, "repository: https://github.com/g/site/tree/dev/web\n", "/about/")
    assert links(page, ".site-footer")["Source"] == "https://github.com/g/site"


def test_a_host_that_is_not_known_has_its_source_linked_and_no_page_edited(visited):
    page = text_of(visited, "repository: https://code.example.org/garden\n")
    assert links(page, ".site-footer")["Source"] == "https://code.example.org/garden"
    assert "Edit this page" not in page


def test_an_address_of_its_own_for_editing_comes_first(visited):
    page = text_of(visited, "repository: https://github.com/g/site\nedit_url: https://cms.example.org/{path}\n")
    assert links(page, ".actions")["Edit this page"] == "https://cms.example.org/content/blog/a%20b.md"


def test_nothing_is_shared_unless_the_settings_say_so(visited):
    assert found(text_of(visited, ""), ".share") == []


def test_a_post_is_shared_by_plain_links_in_the_order_of_the_settings(visited):
    page = text_of(visited, "share: [email, mastodon, bluesky]\n")
    address = "https%3A%2F%2Fsmall.example%2Fblog%2Fa-b%2F"
    assert list(links(page, ".share").items()) == [
        ("Email", f"mailto:?subject=On%20%26%20off&body={address}"),
        ("Mastodon", f"https://share.joinmastodon.org/#text=On%20%26%20off%20{address}"),
        ("Bluesky", f"https://bsky.app/intent/compose?text=On%20%26%20off%20{address}"),
    ]


def test_every_way_to_share_has_a_link_or_a_button(visited):
    names = get_args(ShareName)
    page = text_of(visited, f"share: [{', '.join(names)}]\n")
    assert len(found(page, ".share/*[self::a or self::button]")) == len(names) == len(shares_of(names, "x", "y"))


def test_what_needs_a_script_to_be_shared_is_hidden_until_it_works(visited):
    page = text_of(visited, "share: [copy, device]\n")
    assert [button.get("hidden") for button in found(page, ".share/button")] == ["", ""]


def test_only_posts_are_shared(visited):
    assert found(text_of(visited, "share: [email]\n", "/about/"), ".share") == []


def test_nothing_of_comments_is_on_a_site_that_has_none(visited):
    page = text_of(visited, "")
    assert "giscus" not in page
    assert "comments" not in page


def test_a_post_has_comments_and_another_page_if_it_asks(visited):
    files = {
        "content/blog/yes.md": post(title="Yes", date="2026-01-01"),
        "content/blog/no.md": post(title="No", date="2026-01-01", comments="false"),
        "content/plain.md": post(title="Plain"),
        "content/asking.md": post(title="Asking", comments="true"),
        "content/docs/asking.md": post(title="Asking", comments="true"),
    }
    client = visited(files, GISCUS)
    paths = ["/blog/yes/", "/blog/no/", "/plain/", "/asking/", "/docs/asking/"]
    assert [path for path in paths if 'id="site:comments"' in client.get(path).text] == ["/blog/yes/", "/asking/", "/docs/asking/"]


def test_comments_are_not_loaded_before_a_reader_asks(visited):
    page = text_of(visited, GISCUS)
    assert found(page, "iframe") == []
    assert [each for each in found(page, "script/@src") if not each.startswith("/static/")] == []
    assert [each for each in found(page, "head//@href") if "giscus" in each] == []


def test_the_frame_of_comments_says_what_giscus_own_script_would(visited):
    (address,) = found(text_of(visited, GISCUS), "@data-frame")
    assert address.startswith("https://giscus.app/en/widget?repo=garden%2Ftalk&repoId=R_1&category=Talk&categoryId=C_1&term=blog%2Fa-b%2F&")


@pytest.mark.parametrize(("mapping", "term"), [("url", "https%3A%2F%2Fsmall.example%2Fblog%2Fa-b%2F"), ("title", "On%20%26%20off")])
def test_a_discussion_is_found_by_what_the_settings_say(visited, mapping: str, term: str):
    page = text_of(visited, GISCUS.replace("{repo:", f"{{mapping: {mapping}, repo:"))
    assert f"&term={term}&" in found(page, "@data-frame")[0]


@pytest.mark.parametrize(("lang", "spoken"), [("de", "de"), ("el", "gr"), ("pt-BR", "pt"), ("fi", "en"), ("zh-TW", "zh-TW")])
def test_comments_are_in_the_language_of_the_page_where_giscus_speaks_it(visited, lang: str, spoken: str):
    page = text_of(visited, f"language: {lang}\n{GISCUS}")
    assert found(page, "@data-frame")[0].startswith(f"https://giscus.app/{spoken}/widget?")


def test_without_a_script_comments_lead_to_the_discussion(visited):
    assert links(text_of(visited, GISCUS), ".comments") == {
        "The discussion at GitHub": "https://github.com/garden/talk/discussions?discussions_q=%22blog%2Fa-b%2F%22+in%3Atitle+category%3A%22Talk%22"
    }


@pytest.mark.parametrize(
    ("settings", "directive"),
    [
        (GISCUS, "frame-src https://giscus.app"),
        ("analytics: {plausible: {}}\n", "connect-src 'self' https://plausible.io"),
        ("analytics: {goatcounter: {host: https://g.goatcounter.com/}}\n", "connect-src 'self' https://g.goatcounter.com"),
        ("analytics: {umami: {website: w, host: https://u.example:8443}}\n", "connect-src 'self' https://u.example:8443"),
    ],
)
def test_the_policy_allows_what_the_settings_ask_for_and_nothing_without_them(opened, settings: str, directive: str):
    assert directive in header(opened(POST, settings)).split("; ")
    assert directive not in header(opened(POST)).split("; ")


@pytest.mark.parametrize(
    ("settings", "address", "site"),
    [
        ("plausible: {}", "https://plausible.io/api/event", "small.example"),
        ("plausible: {domain: garden.example, host: https://p.example/}", "https://p.example/api/event", "garden.example"),
        ("goatcounter: {host: https://g.goatcounter.com}", "https://g.goatcounter.com/count", "small.example"),
        ('umami: {website: "1234"}', "https://cloud.umami.is/api/send", "1234"),
    ],
)
def test_visits_are_counted_by_a_script_of_this_site(visited, settings: str, address: str, site: str):
    (script,) = found(text_of(visited, f"analytics: {{{settings}}}\n"), "script[@data-service]")
    assert script.get("src").startswith("/static/count.")
    assert (script.get("data-address"), script.get("data-site"), script.get("data-origin")) == (address, site, "https://small.example")


def test_visits_to_a_preview_are_not_counted(visited):
    assert "count." not in visited(POST, "analytics: {plausible: {}}\n", preview=True).get(ADDRESS).text


def test_a_long_page_says_so(visited):
    files = {"content/long.md": "# Long\n\n" + "word " * 2000, "content/short.md": "# Short\n\nFew words."}
    client = visited(files)
    assert found(client.get("/long/").text, "body/@class")[0].split()[-1] == "long"
    assert found(client.get("/long/").text, "a[@href='#']")
    assert found(client.get("/short/").text, "body/@class") == ["text"]
    assert not found(client.get("/short/").text, "a[@href='#']")

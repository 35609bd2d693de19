"""What readers can search: which pages, when the index is made anew, and that it is the same however it was made."""

from tests.conftest import Opened


def test_the_search_page_of_each_language_has_its_own_address(opened: Opened):
    site = opened({}, "languages: {de: {}}\n", search=True)
    assert (site.search_url("en"), site.search_url("de")) == ("/search/", "/de/search/")


def test_a_site_below_a_path_is_searched_there(opened: Opened):
    assert opened({}, search=True, base_url="https://small.example/docs/").search_url("en") == "/docs/search/"


def test_a_site_without_search_has_no_page_for_it(opened: Opened):
    assert opened({}, "search: true\n", search=False).search_url("en") == ""


def test_a_site_says_that_it_has_search_or_not(opened: Opened):
    assert opened({}, "search: true\n", search=None).settings.search is True
    assert opened({}, "search: false\n", search=None).settings.search is False

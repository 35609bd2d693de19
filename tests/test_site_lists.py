"""Questions about many pages: lists, archives, terms, series, related pages, feeds."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sitegen.site import Site
from sitegen.site.answers import Card, Ref, SeriesBox, Step
from tests.conftest import Opened, post, problems_of


def titles(found: Iterable[Card | Ref]) -> list[str]:
    return [each.title for each in found]


def posts(*days: int, **meta: str) -> dict[str, str]:
    """Posts called after the day in January 2025 that they are of."""
    return {f"content/blog/{day}.md": post(title=day, date=f"2025-01-{day:02}", **meta) for day in days}


# Listings


def test_a_blog_lists_its_posts_newest_first(opened: Opened):
    assert titles(opened(posts(2, 3, 1)).listing("blog", "en", 1).items) == ["3", "2", "1"]


def test_posts_of_one_moment_are_in_the_order_of_their_files(opened: Opened):
    site = opened({f"content/blog/{name}.md": post(title=name, date="2025-01-01") for name in "cab"})
    assert titles(site.listing("blog", "en", 1).items) == ["a", "b", "c"]


def test_posts_without_a_date_come_last(opened: Opened):
    site = opened({**posts(1), "content/blog/z.md": post(title="undated")})
    assert titles(site.listing("blog", "en", 1).items) == ["1", "undated"]


def test_pinned_posts_stand_first(opened: Opened):
    site = opened({**posts(2, 3), "content/blog/1.md": post(title="1", date="2025-01-01", pin="true")})
    assert titles(site.listing("blog", "en", 1).items) == ["1", "3", "2"]


def test_the_index_page_of_a_collection_is_none_of_its_items(opened: Opened):
    assert titles(opened({**posts(1), "content/blog/index.md": "# Blog"}).listing("blog", "en", 1).items) == ["1"]


def test_drafts_and_unlisted_pages_are_in_no_list(opened: Opened):
    site = opened({**posts(1), **posts(2, draft="true"), **posts(3, unlisted="true")})
    assert titles(site.listing("blog", "en", 1).items) == ["1"]


def test_a_list_is_cut_into_pages(opened: Opened):
    listing = opened(posts(*range(1, 6)), "paginate: 2\n").listing("blog", "en", 2)
    assert (titles(listing.items), listing.number, listing.pages, listing.total) == (["3", "2"], 2, 3, 5)


def test_the_pages_of_a_list_know_each_other(opened: Opened):
    site = opened(posts(*range(1, 6)), "paginate: 2\n")
    first, last = site.listing("blog", "en", 1), site.listing("blog", "en", 3)
    assert first.steps == (Step(1, "/blog/", current=True), Step(2, "/blog/page/2/"), Step(3, "/blog/page/3/"))
    assert (first.previous, first.next) == ("", "/blog/page/2/")
    assert (last.previous, last.next) == ("/blog/page/2/", "")


def test_the_steps_of_a_long_list_say_where_numbers_are_left_out(opened: Opened):
    listing = opened(posts(*range(1, 10)), "paginate: 1\n").listing("blog", "en", 5)
    assert [(step.number, step.current, step.gap) for step in listing.steps] == [
        (1, False, False),
        (4, False, True),
        (5, True, False),
        (6, False, False),
        (9, False, True),
    ]


def test_a_full_page_is_followed_by_none(opened: Opened):
    assert opened(posts(1, 2), "paginate: 2\n").listing("blog", "en", 1).pages == 1


def test_there_is_no_page_beyond_the_last(opened: Opened):
    site = opened(posts(1, 2), "paginate: 2\n")
    with pytest.raises(KeyError):
        site.listing("blog", "en", 2)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["Alpha", "Gamma", "Beta"]),
        ("oldest", ["Beta", "Gamma", "Alpha"]),
        ("title", ["Alpha", "Beta", "Gamma"]),
        ("weight", ["Gamma", "Alpha", "Beta"]),
    ],
)
def test_a_collection_has_the_order_that_it_asks_for(opened: Opened, order: str, expected: list[str]):
    files = {
        "content/blog/1.md": post(title="Alpha", date="2025-01-03", weight=2),
        "content/blog/2.md": post(title="Beta", date="2025-01-01"),
        "content/blog/3.md": post(title="Gamma", date="2025-01-02", weight=1),
    }
    site = opened(files, f"collections:\n  blog:\n    order: {order}\n")
    assert titles(site.listing("blog", "en", 1).items) == expected


def test_releases_are_listed_by_version_newest_first(opened: Opened):
    versions = ["1.9.0", "1.10.0", "2.0.0", "2.0.0rc1", "v0.1"]
    site = opened({f"content/releases/{version}.md": "Text." for version in versions})
    assert [card.version for card in site.listing("releases", "en", 1).items] == ["2.0.0", "2.0.0rc1", "1.10.0", "1.9.0", "0.1"]


def test_the_latest_posts_are_those_of_all_blogs(opened: Opened):
    files = {**posts(1), "content/notes/n.md": post(title="note", date="2025-01-02")}
    assert titles(opened(files, "collections:\n  notes: {}\n").latest("en", 5)) == ["note", "1"]


# A card


def test_a_card_shows_the_summary_up_to_the_marker(opened: Opened):
    site = opened({"content/blog/x.md": post("One.\n\nTwo.\n\n<!-- more -->\n\nThree.", date="2025-01-01")})
    assert site.card("blog/x.md").summary.split("\n") == ["<p>One.</p>", "<p>Two.</p>"]


def test_without_a_marker_the_summary_is_the_first_paragraph(opened: Opened):
    assert opened({"content/blog/x.md": "One.\n\nTwo."}).card("blog/x.md").summary.strip() == "<p>One.</p>"


def test_a_written_summary_comes_before_the_text(opened: Opened):
    assert opened({"content/blog/x.md": post("One.", summary="A & B")}).card("blog/x.md").summary == "<p>A &amp; B</p>"


def test_a_written_summary_is_markdown_whose_links_are_resolved(opened: Opened):
    site = opened({"content/blog/x.md": post("One.", summary='"Of **two**, [y](y.md)."'), "content/blog/y.md": post("Two.")})
    assert site.card("blog/x.md").summary == '<p>Of <strong>two</strong>, <a href="/blog/y/">y</a>.</p>'


def test_a_written_summary_is_the_description_in_plain_text(opened: Opened):
    assert opened({"content/blog/x.md": post("One.", summary='"Of **two**."')}).page("blog/x.md").description == "Of two."


def test_a_card_s_image_is_an_href(opened: Opened):
    site = opened({"content/blog/x/index.md": post(image="a b.png"), "content/blog/x/a b.png": b"a"})
    assert site.card("blog/x/index.md").image == "/blog/x/a%20b.png"


# Archives


def test_years_and_months_have_counts(opened: Opened):
    files = {f"content/blog/{date}.md": post(date=date) for date in ["2024-05-01", "2024-05-02", "2024-07-01", "2025-01-01"]}
    years = opened(files).years("blog", "en")
    assert [(year.year, year.url, year.count) for year in years] == [(2025, "/blog/2025/", 1), (2024, "/blog/2024/", 3)]
    assert [(month.name, month.url, month.count) for month in years[1].months] == [
        ("July", "/blog/2024/07/", 1),
        ("May", "/blog/2024/05/", 2),
    ]


def test_an_archive_holds_the_posts_of_its_time(opened: Opened):
    site = opened({f"content/blog/{date}.md": post(title=date, date=date) for date in ["2024-05-01", "2024-07-01", "2025-01-01"]})
    assert titles(site.archive("blog", "en", 2024, 0)) == ["2024-07-01", "2024-05-01"]
    assert titles(site.archive("blog", "en", 2024, 5)) == ["2024-05-01"]


def test_a_post_belongs_to_the_month_of_the_site_s_zone(opened: Opened):
    site = opened({"content/blog/x.md": post(date="2024-05-31 22:00 +00:00")}, "timezone: Asia/Tokyo\n")
    assert [month.month for month in site.years("blog", "en")[0].months] == [6]


# Terms


def test_tags_that_differ_in_case_are_one(opened: Opened):
    files = {"content/blog/a.md": post(tags="[Flask]"), "content/blog/b.md": post(tags="[flask]")}
    assert [(term.name, term.url, term.count) for term in opened(files).terms("tags", "en")] == [("Flask", "/tags/flask/", 2)]


def test_c_and_its_kin_are_three_tags(opened: Opened):
    terms = opened({"content/blog/a.md": post(tags='["C", "C++", "C#"]')}).terms("tags", "en")
    assert [(term.name, term.url) for term in terms] == [("C", "/tags/c/"), ("C++", "/tags/cpp/"), ("C#", "/tags/csharp/")]


def test_a_tag_may_be_written_in_any_script(opened: Opened):
    (term,) = opened({"content/blog/a.md": post(tags="[日本語]")}).terms("tags", "en")
    assert (term.name, term.url) == ("日本語", "/tags/%E6%97%A5%E6%9C%AC%E8%AA%9E/")


def test_a_category_counts_the_pages_below_it(opened: Opened):
    files = {"content/blog/a.md": post(categories="[Code/Python]"), "content/blog/b.md": post(categories="[Code]")}
    terms = opened(files).terms("categories", "en")
    assert [(term.name, term.slug, term.count, term.depth, term.parent) for term in terms] == [
        ("Code", "code", 2, 0, ""),
        ("Python", "code/python", 1, 1, "code"),
    ]


def test_a_category_knows_those_directly_below_it(opened: Opened):
    site = opened({"content/blog/a.md": post(categories="[A/B/C, A/D]")})
    assert [term.slug for term in site.term_children("a", "en")] == ["a/b", "a/d"]


def test_two_categories_of_one_name_below_two_others_are_two(opened: Opened):
    site = opened({"content/blog/a.md": post(categories="[A/X, B/X]")})
    assert [term.slug for term in site.terms("categories", "en")] == ["a", "a/x", "b", "b/x"]


def test_a_term_of_a_page_links_to_its_archive(opened: Opened):
    card = opened({"content/blog/a.md": post(tags="[C++]", categories="[Code/Python]")}).card("blog/a.md")
    assert card.tags == (Ref("C++", "/tags/cpp/"),)
    assert card.categories == (Ref("Code / Python", "/categories/code/python/"),)


def test_a_term_s_archive_is_cut_into_pages(opened: Opened):
    listing = opened(posts(1, 2, 3, tags="[x]"), "paginate: 2\n").term_listing("tags", "x", "en", 2)
    assert (titles(listing.items), [step.url for step in listing.steps]) == (["1"], ["/tags/x/", "/tags/x/page/2/"])


def test_terms_of_unlisted_pages_are_none(opened: Opened):
    assert opened({"content/blog/a.md": post(tags="[x]", unlisted="true")}).terms("tags", "en") == ()


def test_terms_grow_with_the_logarithm_of_their_counts(opened: Opened):
    files = {**posts(1, 2, 3, 4, tags="[often]"), **posts(5, tags="[once]")}
    assert {term.name: term.size for term in opened(files).terms("tags", "en")} == {"often": 5, "once": 1}


@pytest.mark.parametrize(
    "meta", [{"tags": '["!!!"]'}, {"categories": '["Code/…"]'}, {"series": '"?"'}, {"author": '"*"'}], ids=lambda meta: next(iter(meta))
)
def test_a_term_without_a_letter_is_an_error_that_names_the_file(opened: Opened, meta: dict[str, str]):
    (problem,) = problems_of(opened({"content/blog/a.md": post(**meta)}))
    assert problem.startswith("content/blog/a.md: error[bad-path]: ")


# Authors

AUTHORS = "author: mira\nauthors:\n  mira:\n    name: Mira Lindqvist\n    url: https://mira.example/\n  sam: {}\n"


def test_a_post_without_an_author_is_by_the_site_s_own(opened: Opened):
    (person,) = opened(posts(1), AUTHORS).people("blog/1.md")
    assert (person.id, person.name, person.url) == ("mira", "Mira Lindqvist", "https://mira.example/")


def test_a_page_without_an_author_has_none(opened: Opened):
    assert opened({"content/about.md": "Text."}, AUTHORS).people("about.md") == ()


def test_an_author_without_a_name_is_called_by_the_id(opened: Opened):
    (person,) = opened(posts(1, author="sam"), AUTHORS).people("blog/1.md")
    assert (person.name, person.page_url) == ("sam", "/authors/sam/")


def test_an_author_that_only_the_page_knows_is_named_as_there(opened: Opened):
    (person,) = opened(posts(1, author="Jo Doe")).people("blog/1.md")
    assert (person.name, person.page_url) == ("Jo Doe", "/authors/jo-doe/")


def test_the_site_s_own_author_has_an_archive_of_the_posts_without_one(opened: Opened):
    site = opened(posts(1, 2), AUTHORS)
    assert titles(site.term_listing("authors", "mira", "en", 1).items) == ["2", "1"]


# Series

SERIES = {
    "content/blog/a.md": post(title="A", date="2025-01-01", series="{name: Tour, order: 2}"),
    "content/blog/b.md": post(title="B", date="2025-01-02", series="{name: Tour, order: 1}"),
    "content/blog/c.md": post(title="C", date="2025-01-03", series="Tour"),
}


def box_of(site: Site, source: str) -> SeriesBox:
    box = site.series_of(source)
    assert box is not None
    return box


def test_a_series_goes_by_its_order_and_then_by_date(opened: Opened):
    box = box_of(opened(SERIES), "blog/a.md")
    assert (titles(box.items), box.position, box.total, box.url) == (["B", "A", "C"], 2, 3, "/series/tour/")


def test_a_part_of_a_series_has_neighbours_in_it(opened: Opened):
    box = box_of(opened(SERIES), "blog/a.md")
    assert (box.previous, box.next) == (Ref("B", "/blog/b/"), Ref("C", "/blog/c/"))


def test_the_ends_of_a_series_have_one_neighbour(opened: Opened):
    site = opened(SERIES)
    assert box_of(site, "blog/b.md").previous is None
    assert box_of(site, "blog/c.md").next is None


def test_a_part_of_a_long_series_shows_those_around_it(opened: Opened):
    files = {f"content/blog/{part}.md": post(title=part, series=f"{{name: Tour, order: {part}}}") for part in range(1, 301)}
    box = box_of(opened(files), "blog/150.md")
    assert (box.position, box.total, box.start, len(box.items)) == (150, 300, 100, 101)
    assert (box.items[0].title, box.items[-1].title, box.previous, box.next) == ("100", "200", box.items[49], box.items[51])


def test_a_draft_is_no_part_of_a_series(opened: Opened):
    files = {**SERIES, "content/blog/b.md": post(title="B", series="Tour", draft="true")}
    assert titles(box_of(opened(files), "blog/a.md").items) == ["A", "C"]


# Related posts


def test_related_posts_share_the_rarest_terms_first(opened: Opened):
    files = {
        "content/blog/a.md": post(title="A", tags="[common, rare]"),
        "content/blog/b.md": post(title="B", tags="[common]", date="2025-01-01"),
        "content/blog/c.md": post(title="C", tags="[rare]", date="2024-01-01"),
        "content/blog/d.md": post(title="D", tags="[common]", date="2023-01-01"),
    }
    assert titles(opened(files).related("blog/a.md")) == ["C", "B", "D"]


def test_at_most_three_posts_are_related_the_newest_of_equals(opened: Opened):
    assert titles(opened(posts(1, 2, 3, 4, 5, tags="[x]")).related("blog/1.md")) == ["5", "4", "3"]


def test_a_post_without_terms_has_no_related_ones(opened: Opened):
    assert opened(posts(1, 2)).related("blog/1.md") == ()


def test_an_unlisted_post_has_no_related_ones_and_is_none(opened: Opened):
    site = opened({**posts(1, tags="[x]"), **posts(2, tags="[x]", unlisted="true")})
    assert (site.related("blog/1.md"), site.related("blog/2.md")) == ((), ())


# Feeds


def test_a_page_announces_its_own_feeds_and_then_the_site_s(opened: Opened):
    feeds = opened(posts(1, tags="[x]")).feeds("en", "/tags/x/")
    assert [feed.url for feed in feeds] == ["/tags/x/atom.xml", "/atom.xml", "/rss.xml", "/feed.json"]


def test_a_feed_holds_the_newest_entries(opened: Opened):
    assert opened(posts(*range(1, 26))).feed("/blog/").sources == tuple(f"blog/{day}.md" for day in range(25, 5, -1))


def test_a_pinned_post_stands_in_a_feed_at_its_time(opened: Opened):
    assert opened({**posts(2), **posts(1, pin="true")}).feed("/blog/").sources == ("blog/2.md", "blog/1.md")


def test_the_site_s_feed_holds_every_fed_collection(opened: Opened):
    files = {**posts(1), "content/releases/1.0.md": post(date="2025-01-02"), "content/docs/a.md": post(date="2025-01-03")}
    assert opened(files).feed("/").sources == ("releases/1.0.md", "blog/1.md")


def test_a_term_of_undated_pages_has_no_feed(opened: Opened):
    assert "/tags/x/" not in opened({"content/docs/a.md": post(tags="[x]")}).feed_scopes


def test_a_collection_without_pages_has_no_feed(opened: Opened):
    assert set(opened({"content/about.md": "Text."}).feed_scopes) == set()


def test_terms_have_the_feeds_that_are_asked_for(opened: Opened):
    assert opened(posts(1, tags="[x]"), "feeds:\n  terms: [atom, json]\n").feed("/tags/x/").formats == ("atom", "json")


def test_an_author_s_address_that_could_act_is_refused(opened: Opened):
    (found,) = problems_of(opened({"content/blog/a.md": post(authors='[{name: Eve, url: "javascript:alert(1)"}]')}))
    assert "error[bad-value]: the address of the author `Eve` is no web address" in found


def test_an_index_that_search_engines_shall_not_see_is_not_in_the_sitemap(opened: Opened):
    files = {"content/blog/index.md": post(noindex="true"), "content/blog/a.md": post(), "content/index.md": post(unlisted="true")}
    assert [url for url, _ in opened(files).sitemap()] == ["https://small.example/blog/a/"]

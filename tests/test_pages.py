"""What a file's place, name and front matter make of it: language, date, slug, version, title, address and status."""

from __future__ import annotations

import pytest

from sitegen.pages import Page
from tests.conftest import Opened, post, problems_of


@pytest.fixture
def page_at(opened: Opened):
    """The page that one content file alone is."""

    def read(name: str, text: str = "Text.", settings: str = "", **overrides: object) -> Page:
        (page,) = opened({f"content/{name}": text}, settings, **overrides).all
        return page

    return read


@pytest.mark.parametrize(
    ("name", "permalink"),
    [
        ("about.md", "/about/"),
        ("about.markdown", "/about/"),
        ("ABOUT.MD", "/ABOUT/"),
        ("index.md", "/"),
        ("README.md", "/"),
        ("_index.md", "/"),
        ("legal/terms.md", "/legal/terms/"),
        ("legal/index.md", "/legal/"),
        ("legal/readme.md", "/legal/"),
        ("blog/hello.md", "/blog/hello/"),
        ("blog/2024/hello.md", "/blog/hello/"),
        ("blog/hello/index.md", "/blog/hello/"),
        ("blog/index.md", "/blog/"),
        ("blog/Hello World!.md", "/blog/hello-world/"),
        ("blog/C++ und C#.md", "/blog/cpp-und-csharp/"),
        ("blog/grüße.md", "/blog/grüße/"),
        ("blog/gru\u0308ße.md", "/blog/grüße/"),
        ("docs/guide/start.md", "/docs/guide/start/"),
        ("docs/guide/index.md", "/docs/guide/"),
        ("docs/index.md", "/docs/"),
        ("releases/1.2.0.md", "/releases/1.2.0/"),
        ("releases/v1.2.0.md", "/releases/1.2.0/"),
        ("releases/2.0rc1.md", "/releases/2.0rc1/"),
    ],
)
def test_a_file_lives_where_its_name_says(page_at, name: str, permalink: str):
    assert page_at(name).permalink == permalink


# Dates


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("blog/2024-05-06-hello.md", "hello"),
        ("blog/2024-5-6-hello.md", "hello"),
        ("blog/2024-05-06_hello.md", "hello"),
        ("blog/2024-05-06-hello/index.md", "hello"),
        ("blog/_posts/2024-05-06-hello.md", "hello"),
        ("blog/2024/05/06/hello.md", "hello"),
        ("blog/2024/05/06/hello/index.md", "hello"),
        ("blog/2024/05/06-hello.md", "06-hello"),
        ("blog/2024-05-06.md", "2024-05-06"),
    ],
)
def test_a_date_in_a_post_s_name_is_its_date(page_at, name: str, slug: str):
    page = page_at(name)
    assert (page.date.date().isoformat(), page.date_only, page.slug) == ("2024-05-06", True, slug)


def test_a_date_in_front_matter_comes_before_the_one_in_the_name(page_at):
    assert page_at("blog/2024-05-06-hello.md", post(date="2023-01-02 10:00")).date.isoformat() == "2023-01-02T10:00:00+00:00"


def test_a_date_in_the_name_of_a_doc_is_part_of_its_name(page_at):
    page = page_at("docs/2024-05-06-hello.md")
    assert (page.date, page.permalink) == (None, "/docs/2024-05-06-hello/")


def test_a_day_is_midnight_in_the_site_s_zone(page_at):
    assert page_at("blog/2024-05-06-hello.md", settings="timezone: Asia/Tokyo\n").date.isoformat() == "2024-05-06T00:00:00+09:00"


def test_a_date_in_a_name_that_does_not_exist_is_an_error(opened: Opened):
    assert problems_of(opened({"content/blog/2024-02-30-x.md": "Text."})) == [
        "content/blog/2024-02-30-x.md: error[bad-date]: the file name's date 2024-02-30 does not exist"
    ]


# Slugs, titles, versions, numbers


def test_a_slug_takes_the_place_of_the_file_s_name(page_at):
    assert page_at("blog/2024-05-06-hello.md", post(slug="other")).permalink == "/blog/other/"


def test_a_slug_keeps_its_letters_as_written(page_at):
    assert page_at("blog/x.md", post(slug="My_Slug")).permalink == "/blog/My_Slug/"


def test_a_slug_with_a_slash_in_front_is_a_whole_address(page_at):
    assert page_at("blog/x.md", post(slug="/elsewhere/here")).permalink == "/elsewhere/here/"


def test_a_doc_s_slug_replaces_the_last_part_of_its_path(page_at):
    assert page_at("docs/guide/x.md", post(slug="first-steps")).permalink == "/docs/guide/first-steps/"


def test_a_number_before_a_doc_s_name_is_its_weight(page_at):
    page = page_at("docs/02-guide/10_start.md")
    assert (page.permalink, page.weight) == ("/docs/guide/start/", 10.0)


def test_a_written_weight_comes_before_the_number(page_at):
    assert page_at("docs/10-start.md", post(weight=3)).weight == 3.0


@pytest.mark.parametrize("name", ["2fa", "3.11", "10", "2024-plans"])
def test_a_number_that_is_part_of_the_name_stays(page_at, name: str):
    assert page_at(f"docs/{name}.md").permalink == f"/docs/{name}/"


def test_a_number_before_a_post_s_name_stays(page_at):
    assert page_at("blog/10-things.md").permalink == "/blog/10-things/"


@pytest.mark.parametrize(("name", "version"), [("1.0.0", "1.0.0"), ("v2.1", "2.1"), ("2.0rc1", "2.0rc1"), ("roadmap", "")])
def test_a_release_s_version_is_its_file_s_name(page_at, name: str, version: str):
    assert page_at(f"releases/{name}.md").version == version


def test_a_version_in_the_name_of_a_post_is_none(page_at):
    assert page_at("blog/1.0.md").version == ""


def test_the_title_is_the_written_one(page_at):
    assert page_at("blog/x.md", post("# Heading", title="Written")).title == "Written"


def test_without_a_written_title_the_first_heading_is_the_title(page_at):
    assert page_at("blog/x.md", "# The *first* heading\n\nText.").title == "The first heading"


def test_a_heading_that_is_the_title_is_not_in_the_body(page_at):
    assert "<h1" not in page_at("blog/x.md", "# The first heading\n\nText.").html


def test_a_heading_that_repeats_the_written_title_is_not_in_the_body(page_at):
    assert "<h1" not in page_at("blog/x.md", post("# Hello\n\nText.", title="Hello")).html


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("blog/2024-05-06-my-first_post.md", "My first post"),
        ("docs/01-getting-started.md", "Getting started"),
        ("releases/v1.2.0.md", "1.2.0"),
        ("index.md", "Small"),
        ("blog/index.md", "Blog"),
        ("docs/guide/index.md", "Guide"),
    ],
)
def test_without_any_title_the_file_s_name_is_one(page_at, name: str, title: str):
    assert page_at(name).title == title


def test_a_nav_title_stands_beside_the_title(page_at):
    page = page_at("docs/x.md", post(title="A long title", nav_title="Short"))
    assert (page.title, page.nav_title) == ("A long title", "Short")


# Languages

FRENCH = "languages:\n  fr:\n    title: Petit\n"


@pytest.mark.parametrize("name", ["blog/x.fr.md", "fr/blog/x.md"])
def test_a_translation_lives_below_its_language(page_at, name: str):
    page = page_at(name, settings=FRENCH)
    assert (page.lang, page.permalink, page.collection) == ("fr", "/fr/blog/x/", "blog")


def test_the_site_s_own_language_in_a_name_adds_nothing_to_the_address(page_at):
    page = page_at("about.en.md", settings=FRENCH)
    assert (page.lang, page.permalink) == ("en", "/about/")


def test_a_language_that_the_site_does_not_have_is_part_of_the_name(page_at):
    assert page_at("de/about.md", settings=FRENCH).permalink == "/de/about/"


def test_a_language_in_front_matter_counts(page_at):
    page = page_at("a-propos.md", post(lang="fr"), settings=FRENCH)
    assert (page.lang, page.permalink) == ("fr", "/fr/a-propos/")


def test_a_home_page_has_a_translation(page_at):
    assert page_at("index.fr.md", settings=FRENCH).permalink == "/fr/"


def test_translations_share_a_key(opened: Opened):
    site = opened({"content/x.md": "Text.", "content/x.fr.md": "Texte.", "content/fr/y.md": "Texte.", "content/y.md": "Text."}, FRENCH)
    assert {page.source: page.key for page in site.all} == {"x.md": "x", "x.fr.md": "x", "fr/y.md": "y", "y.md": "y"}


def test_a_whole_address_is_taken_as_written_in_every_language(page_at):
    assert page_at("x.fr.md", post(permalink="/ici/"), settings=FRENCH).permalink == "/ici/"


# Permalinks


@pytest.mark.parametrize(
    ("pattern", "permalink"),
    [
        ("/:year/:month/:day/:slug/", "/2024/05/06/hello/"),
        ("/:year/:i_month/:i_day/:title.html", "/2024/5/6/hello.html"),
        ("/:categories/:filename/", "/code/python/hello/"),
        ("/x/:section/:slug/", "/x/deep/er/hello/"),
        ("/x/:path/", "/x/deep/er/hello/"),
    ],
)
def test_a_collection_s_permalink_has_tokens(page_at, pattern: str, permalink: str):
    settings = f"collections:\n  blog:\n    permalink: {pattern}\n"
    text = post(categories="[[Code, Python]]")
    assert page_at("blog/deep/er/2024-05-06-hello.md", text, settings=settings).permalink == permalink


def test_an_empty_token_leaves_no_empty_part(page_at):
    settings = "collections:\n  blog:\n    permalink: /:categories/:slug/\n"
    assert page_at("blog/hello.md", settings=settings).permalink == "/hello/"


def test_a_page_s_own_permalink_may_have_tokens(page_at):
    assert page_at("blog/2024-05-06-hello.md", post(permalink="/archive/:year/:slug/")).permalink == "/archive/2024/hello/"


@pytest.mark.parametrize(
    ("written", "permalink"),
    [
        ("/a/b", "/a/b/"),
        ("/a/b/", "/a/b/"),
        ("a/b.html", "/a/b.html"),
        ("/a/index.html", "/a/"),
        ("/Release 1.0", "/Release 1.0/"),
        ("/v1.2", "/v1.2/"),
    ],
)
def test_a_path_without_a_known_suffix_ends_in_a_slash(page_at, written: str, permalink: str):
    assert page_at("x.md", post(permalink=written)).permalink == permalink


def test_a_pattern_that_needs_a_date_is_an_error_for_a_page_without_one(opened: Opened):
    site = opened({"content/blog/x.md": "Text."}, "collections:\n  blog:\n    permalink: /:year/:slug/\n")
    assert problems_of(site) == [
        "content/blog/x.md: error[bad-date]: the address pattern '/:year/:slug/' needs a date, and the page has none"
    ]


def test_an_unknown_token_is_an_error(opened: Opened):
    site = opened({"content/blog/x.md": post(permalink="/:yaer/:slug/")})
    assert problems_of(site) == ["content/blog/x.md: error[bad-path]: the address pattern '/:yaer/:slug/' has the unknown token `:yaer`"]


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("../../etc", "holds `..`"),
        ('"what?"', "holds `?`"),
        ('"a#b"', "holds `#`"),
        ('"a\\tb"', "holds the character U+0009"),
        ('"a\\u202Eb"', "holds the character U+202E"),
        ("con", "uses `con`, a device name on Windows"),
        ('"a."', "has a part that ends with `.`"),
        (".git", "uses the reserved name `.git`"),
        ("-rf", "has a part that starts with `-`"),
        ("_headers", "uses the reserved name `_headers`"),
    ],
)
def test_a_slug_that_cannot_be_a_file_everywhere_is_an_error(opened: Opened, slug: str, reason: str):
    (problem,) = problems_of(opened({"content/blog/x.md": post(slug=slug)}))
    assert problem.startswith("content/blog/x.md: error[bad-path]: the address ")
    assert problem.endswith(reason)


def test_an_address_knows_the_base_path_of_the_site(opened: Opened, now):
    (page,) = opened({"content/grüße.md": "Text."}, base_url="https://x.example/base/").all
    assert (page.permalink, page.url) == ("/grüße/", "/base/gr%C3%BC%C3%9Fe/")
    assert page.canonical == "https://x.example/base/gr%C3%BC%C3%9Fe/"


# Status


@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ({}, "published"),
        ({"draft": "true"}, "draft"),
        ({"published": "false"}, "draft"),
        ({"status": "draft"}, "draft"),
        ({"date": "2026-01-15 12:00:00"}, "published"),
        ({"date": "2026-01-15 12:00:01"}, "future"),
        ({"date": "2026-01-16"}, "future"),
        ({"expires": "2026-01-15 12:00:00"}, "expired"),
        ({"expires": "2026-01-15 12:00:01"}, "published"),
        ({"draft": "true", "expires": "2020-01-01"}, "draft"),
        ({"unlisted": "true"}, "published"),
    ],
)
def test_the_status_of_a_page_is_one_word(page_at, meta: dict[str, str], status: str):
    assert page_at("blog/x.md", post(**meta)).status == status


def test_a_page_in_drafts_is_a_draft(page_at):
    page = page_at("blog/_drafts/x.md")
    assert (page.status, page.permalink, page.draft) == ("draft", "/blog/x/", True)


def test_a_draft_needs_no_date_for_a_dated_address(page_at, now):
    page = page_at("blog/_drafts/x.md", "Text.", "collections: {blog: {permalink: /:year/:month/:slug/}}\n")
    assert (page.date, page.permalink) == (None, f"/{now:%Y/%m}/x/")


def test_drafts_can_be_asked_for(page_at):
    assert page_at("blog/x.md", post(draft="true"), drafts=True).status == "published"


def test_future_pages_can_be_asked_for(page_at):
    assert page_at("blog/x.md", post(date="2030-01-01"), future=True).status == "published"


def test_an_expired_page_stays_expired_whatever_is_asked_for(page_at):
    assert page_at("blog/x.md", post(expires="2020-01-01"), future=True, drafts=True).status == "expired"


@pytest.mark.parametrize("meta", [{"unlisted": "true"}, {"status": "hidden"}, {"redirect_to": "/x/"}])
def test_an_unlisted_page_is_published_and_not_listed(page_at, meta: dict[str, str]):
    page = page_at("blog/x.md", post(**meta))
    assert (page.status, page.is_listed) == ("published", False)


def test_a_page_that_search_engines_shall_not_see_is_listed_for_people(page_at):
    page = page_at("blog/x.md", post(noindex="true"))
    assert (page.is_listed, page.is_indexed) == (True, False)


def test_a_page_that_is_to_be_skipped_is_none(opened: Opened):
    assert opened({"content/x.md": post(status="skip"), "content/y.md": post(permalink="false")}).all == ()


# Which files are pages


def test_dotfiles_backups_and_partials_are_no_pages(opened: Opened):
    names = [".hidden.md", "blog/.x.md", ".git/x.md", "x.md~", "_partial.md", "_partials/x.md", "blog/_notes/x.md"]
    site = opened({f"content/{name}": "Text." for name in names})
    assert (site.all, site.media) == ((), {})


def test_a_well_known_folder_is_published(opened: Opened):
    assert opened({"content/.well-known/security.txt": "Contact: a"}).media == {".well-known/security.txt": "/.well-known/security.txt"}


def test_posts_and_drafts_folders_leave_no_mark_in_addresses(opened: Opened):
    site = opened({"content/blog/_posts/2024-01-02-a.md": "Text.", "content/blog/_drafts/b.md": "Text."})
    assert [page.permalink for page in site.all] == ["/blog/b/", "/blog/a/"]


def test_two_files_of_one_name_are_an_error_that_names_both(opened: Opened):
    site = opened({"content/x.md": "Text.", "content/x.markdown": "Text."})
    assert problems_of(site) == ["content/x.md: error[collision]: has the same name as content/x.markdown but for the suffix"]


def test_one_broken_file_keeps_no_other_from_being_read(opened: Opened):
    site = opened({"content/a.md": post(date="2024-02-30"), "content/b.md": "Text."})
    assert [page.source for page in site.all][-1] == "b.md"
    assert len(problems_of(site)) == 1


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf---\ntitle: T\n---\nA\n\nB\n", b"---\r\ntitle: T\r\n---\r\nA\r\n\r\nB\r\n", b"---\rtitle: T\r---\rA\r\rB\r"]
)
def test_a_byte_order_mark_and_foreign_line_ends_change_nothing(opened: Opened, data: bytes):
    (page,) = opened({"content/x.md": data}).all
    assert (page.title, page.html.split()) == ("T", ["<p>A</p>", "<p>B</p>"])


# Bundles


def test_a_file_beside_an_index_goes_where_the_page_goes(opened: Opened):
    site = opened({"content/blog/2024-05-06-x/index.md": "Text.", "content/blog/2024-05-06-x/sub/a.png": b"a"})
    assert site.media == {"blog/2024-05-06-x/sub/a.png": "/blog/x/sub/a.png"}


def test_a_file_beside_a_draft_s_index_is_not_published(opened: Opened):
    assert opened({"content/blog/x/index.md": post(draft="true"), "content/blog/x/a.png": b"a"}).media == {}


@pytest.mark.parametrize("lang", ["fr", "pt"])
def test_a_file_beside_an_index_goes_where_the_page_in_the_site_s_own_language_goes(opened: Opened, lang: str):
    files = {"content/x/index.md": "Text.", f"content/x/index.{lang}.md": post(draft="true"), "content/x/a.png": b"a"}
    assert opened(files, f"languages:\n  {lang}: {{}}\n").media == {"x/a.png": "/x/a.png"}


def test_a_file_beside_a_translation_alone_goes_there(opened: Opened):
    files = {"content/x/index.md": post(draft="true"), "content/x/index.fr.md": "Texte.", "content/x/a.png": b"a"}
    assert opened(files, FRENCH).media == {"x/a.png": "/fr/x/a.png"}


def test_a_file_beside_other_pages_keeps_its_place(opened: Opened):
    assert opened({"content/blog/x.md": "Text.", "content/blog/a.png": b"a"}).media == {"blog/a.png": "/blog/a.png"}


def test_the_innermost_bundle_counts(opened: Opened):
    site = opened(
        {"content/docs/index.md": "A", "content/docs/guide/index.md": post(permalink="/guide/"), "content/docs/guide/a.png": b"a"}
    )
    assert site.media == {"docs/guide/a.png": "/guide/a.png"}


# A page answers by name


def test_a_page_answers_to_front_matter_keys_and_to_the_author_s_own(page_at):
    page = page_at("x.md", post(title="T", extra="{mood: good}"))
    assert (page["title"], page["mood"], page.extra) == ("T", "good", {"mood": "good"})


def test_reading_takes_at_least_a_minute(page_at):
    assert page_at("x.md").minutes == 1


def test_a_long_page_takes_as_many_minutes_as_its_words(page_at):
    assert page_at("x.md", "word " * 2200).minutes == 10


def test_a_date_from_the_cache_is_still_in_the_site_s_zone(page_at):
    for _ in range(2):
        page = page_at("blog/x.md", post(date="2024-05-01", updated="2024-06-01"), settings="timezone: Asia/Tokyo\n")
        assert (page.date.isoformat(), page.updated.isoformat()) == ("2024-05-01T00:00:00+09:00", "2024-06-01T00:00:00+09:00")


def test_all_categories_of_a_post_stand_in_a_jekyll_address(page_at):
    address = ":categories/:year/:title.html"
    page = page_at("blog/x.md", post(permalink=f"/{address}", layout="post", categories="jekyll update", date="2024-01-02"))
    assert page.permalink == "/jekyll/update/2024/x.html"


def test_a_redirect_from_without_a_slash_goes_by_the_root(opened: Opened):
    site = opened({"content/blog/x.md": post(redirect_from="old/foo"), "content/blog/y.md": post(aliases="[older]")})
    assert set(site.redirects) == {"/old/foo/", "/blog/older/"}


def test_a_category_below_another_cannot_be_called_page(opened: Opened):
    (found,) = problems_of(opened({"content/blog/x.md": post(categories="[[a, Page, b]]")}))
    assert "error[bad-path]: a category below another cannot be called `page`" in found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# T\n\n## A\n\n### B\n\n#### C\n", ["A", "B"]),
        ("# T\n\n## A\n\n#### C\n", []),
        ("---\ntoc: false\n---\n\n## A\n\n## B\n", []),
    ],
)
def test_the_sections_of_a_page_are_what_its_contents_show(page_at, text: str, shown: list[str]):
    assert [section.title for section in page_at("x.md", text).sections] == shown

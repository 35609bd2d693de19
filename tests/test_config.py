"""site.yaml: what it means, and what is said of mistakes in it."""

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sitegen import config
from sitegen.config.model import CollectionKeys, SiteKeys
from sitegen.errors import Problem, ProblemsFound, SettingsError, SitegenError, UsageError
from sitegen.report import RULES, as_text
from tests.conftest import SiteOf


def settings_of(site_of: SiteOf, text: str) -> config.Settings:
    return config.load(site_of({"site.yaml": text, "content/about.md": "x", "content/fr/about.md": "x"}))


def problems_of(site_of: SiteOf, text: str) -> tuple[Problem, ...]:
    with pytest.raises(SitegenError) as caught:
        settings_of(site_of, text)
    return caught.value.problems


def problem_of(site_of: SiteOf, text: str) -> Problem:
    (problem,) = problems_of(site_of, text)
    return problem


# What it means


def test_a_site_without_settings_has_the_defaults(tmp_path):
    settings = config.load(tmp_path)
    assert (settings.title, settings.language, settings.hosting, settings.paginate) == ("My site", "en", "plain", 10)


def test_an_empty_file_is_as_good_as_none(site_of):
    assert settings_of(site_of, "").world() == settings_of(site_of, "# nothing yet\n").world()


def test_a_key_without_a_value_has_its_default(site_of):
    assert settings_of(site_of, "title:\nauthors:\ntheme:\n  accent:\nurl: https://example.org").title == "My site"


def test_the_file_may_have_a_bom_and_any_line_ends(site_of):
    assert settings_of(site_of, "\ufefftitle: Grüße\r\nlanguage: de\r").title == "Grüße"


@pytest.mark.parametrize(
    ("url", "origin", "prefix"),
    [
        ("https://example.org", "https://example.org", ""),
        ("https://example.org/", "https://example.org", ""),
        ("https://example.org/docs", "https://example.org", "/docs"),
        ("https://example.org/a/b/", "https://example.org", "/a/b"),
        ("http://localhost:8000", "http://localhost:8000", ""),
        ("HTTPS://Example.ORG/Docs/", "https://example.org", "/Docs"),
        ("https://münchen.example/grüße/", "https://xn--mnchen-3ya.example", "/gr%C3%BC%C3%9Fe"),
        ("https://example.org/gr%C3%BC%C3%9Fe/", "https://example.org", "/gr%C3%BC%C3%9Fe"),
        ("http://[::1]:8000/", "http://[::1]:8000", ""),
    ],
)
def test_the_address_is_an_origin_and_a_prefix(site_of, url, origin, prefix):
    settings = settings_of(site_of, f"url: {url}")
    assert (settings.origin, settings.prefix, settings.url) == (origin, prefix, f"{origin}{prefix}/")


def test_a_site_without_an_address_is_warned_of(tmp_path):
    settings = config.load(tmp_path)
    assert settings.url == config.LOCALHOST
    assert [problem.rule for problem in settings.problems] == ["missing-url"]


def test_a_site_with_an_address_has_no_warnings(site_of):
    assert settings_of(site_of, "url: https://example.org").problems == ()


def test_a_base_url_takes_the_place_of_the_address_and_makes_a_preview(site_of):
    settings = config.load(site_of({"site.yaml": "url: https://example.org/docs/"}), base_url="https://pr-1.example.net")
    assert (settings.origin, settings.prefix, settings.preview) == ("https://pr-1.example.net", "", True)


def test_a_base_url_can_be_no_preview(tmp_path):
    assert config.load(tmp_path, base_url="https://example.org", preview=False).preview is False


@pytest.mark.parametrize("url", ["", "example.org", "https://example.org/?x", "ftp://example.org", "https://"])
def test_a_base_url_that_is_no_address_is_a_mistake_of_usage(tmp_path, url):
    with pytest.raises(UsageError, match="--base-url"):
        config.load(tmp_path, base_url=url)


def test_a_command_says_what_is_shown_and_when(tmp_path, now):
    settings = config.load(tmp_path, drafts=True, future=True, now=now)
    assert (settings.drafts, settings.future, settings.preview, settings.now) == (True, True, False, now)


def test_the_clock_is_aware_where_no_command_sets_it(tmp_path):
    assert config.load(tmp_path).now.tzinfo is UTC


def test_the_root_is_where_the_links_lead(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to("site")
    assert config.load(tmp_path / "link").root == (tmp_path / "site").resolve()


def test_the_time_zone_is_one(site_of):
    assert settings_of(site_of, "timezone: Europe/Paris").zone == ZoneInfo("Europe/Paris")


def test_the_sites_own_language_comes_first(site_of):
    assert settings_of(site_of, "language: de\nlanguages: {fr: {name: Français}, de: {}, pt-BR: }").all_languages == ("de", "fr", "pt-BR")


def test_there_are_four_collections_from_the_start(tmp_path):
    found = {
        each.name: (each.folder, each.kind, each.permalink, each.order, each.feed) for each in config.load(tmp_path).collections.values()
    }
    assert found == {
        "blog": ("blog", "blog", "/blog/:slug/", "newest", True),
        "docs": ("docs", "docs", "/docs/:path/", "weight", False),
        "releases": ("releases", "releases", "/releases/:slug/", "version", True),
        "pages": ("", "pages", "/:path/", "title", False),
    }


def test_what_is_said_of_a_collection_is_laid_over_its_defaults(site_of):
    blog = settings_of(site_of, "paginate: 7\ncollections: {blog: {title: Journal}}").collections["blog"]
    assert (blog.title, blog.kind, blog.permalink, blog.paginate) == ("Journal", "blog", "/blog/:slug/", 7)


def test_a_collection_of_another_name_is_a_blog_in_its_own_folder(site_of):
    notes = settings_of(site_of, "collections: {field-notes: }").collections["field-notes"]
    assert (notes.folder, notes.kind, notes.title, notes.permalink) == ("field-notes", "blog", "Field notes", "/field-notes/:slug/")


def test_declared_collections_come_first_in_the_order_of_the_file(site_of):
    assert list(settings_of(site_of, "collections: {docs: {}, guides: {kind: docs}}").collections) == [
        "docs",
        "guides",
        "blog",
        "releases",
        "pages",
    ]


def test_a_declared_collection_may_take_the_folder_of_a_built_in_one(site_of):
    settings = settings_of(site_of, "collections: {journal: {folder: blog}}")
    assert settings.collection_of("blog/x.md").name == "journal"
    assert "blog" not in settings.collections


@pytest.mark.parametrize(
    ("permalink", "base"),
    [
        ("/blog/:slug/", "/blog/"),
        ("/blog/:year/:slug.html", "/blog/"),
        ("/a/b/:slug/", "/a/b/"),
        ("/blog/post-:slug/", "/blog/"),
        ("/:year/:slug/", "/blog/"),
        ("/:slug.html", "/blog/"),
    ],
)
def test_the_index_of_a_collection_stands_where_its_addresses_begin(site_of, permalink, base):
    assert settings_of(site_of, f"collections: {{blog: {{permalink: '{permalink}'}}}}").collections["blog"].base == base


def test_the_index_of_the_pages_is_the_home_page(tmp_path):
    assert config.load(tmp_path).collections["pages"].base == "/"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("blog/x.md", "blog"),
        ("blog/2024/x.md", "blog"),
        ("blog/notes/x.md", "notes"),
        ("blog/notesmore/x.md", "blog"),
        ("blogroll.md", "pages"),
        ("blogroll/x.md", "pages"),
        ("about.md", "pages"),
    ],
)
def test_a_file_belongs_to_the_collection_with_the_longest_folder(site_of, source, name):
    assert settings_of(site_of, "collections: {notes: {folder: blog/notes}}").collection_of(source).name == name


def test_a_menu_may_nest(site_of):
    menu = settings_of(
        site_of, "menus: {main: [{title: More, children: [{page: about.md}, {title: X, url: 'https://x.example/'}]}]}"
    ).menus["main"]
    assert [item.page or item.url for item in menu[0].children] == ["about.md", "https://x.example/"]


def test_a_rule_may_be_off_without_quotes(site_of):
    assert settings_of(site_of, "rules: {mojibake: off, broken-link: warn}").rules == {"mojibake": "off", "broken-link": "warn"}


def test_settings_cannot_be_changed(tmp_path):
    with pytest.raises(ValidationError):
        config.load(tmp_path).title = "other"


def test_settings_cross_to_a_worker(site_of):
    settings = settings_of(site_of, "collections: {blog: {permalink: '/:year/:slug/'}}\nmenus: {main: [{page: about.md}]}")
    assert pickle.loads(pickle.dumps(settings)) == settings


# The world


def test_the_world_is_the_same_wherever_the_site_lies(tmp_path):
    worlds: set[str] = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "site.yaml").write_text("title: A", encoding="utf-8")
        worlds.add(config.load(tmp_path / name, now=datetime(2026, 1, len(worlds) + 1, tzinfo=UTC)).world())
    assert len(worlds) == 1


@pytest.mark.parametrize(
    "text", ["title: B", "theme: {accent: '#fff'}", "collections: {blog: {paginate: 3}}", "social: {A: https://a.example/}"]
)
def test_the_world_changes_with_every_setting(site_of, text):
    before = settings_of(site_of, "").world()
    assert settings_of(site_of, text).world() != before


def test_the_order_of_what_is_shown_in_order_is_part_of_the_world(site_of):
    one = settings_of(site_of, "social: {A: https://a.example/, B: https://b.example/}").world()
    assert settings_of(site_of, "social: {B: https://b.example/, A: https://a.example/}").world() != one


@pytest.mark.parametrize("override", [{"drafts": True}, {"future": True}, {"preview": True}, {"base_url": "https://x.example"}])
def test_the_world_changes_with_what_a_command_says(tmp_path, override):
    assert config.load(tmp_path, **override).world() != config.load(tmp_path).world()


# Mistakes


def test_a_mistake_prints_its_line_a_caret_and_the_cure(site_of):
    assert as_text(problem_of(site_of, "title: A\ntheme:\n  acent: '#fff'\n")) == (
        "site.yaml:3:3: error[settings]: unknown key `acent` in `theme`\n  3 |   acent: '#fff'\n    |   ^\n  hint: did you mean `accent`?"
    )


def test_all_mistakes_are_told_of_at_once_in_the_order_of_the_file(site_of):
    text = """\
titel: x
url: ftp://x
author: mira
collections:
  blog: {kind: blogs, permalink: /blog/:slag/}
menus:
  main:
    - {title: A, url: /a, page: about.md}
    - {title: B, url: 3}
rules: {broken-lnk: warn, collision: off}
"""
    assert [(problem.line, problem.column) for problem in problems_of(site_of, text)] == [
        (1, 1),
        (2, 6),
        (3, 9),
        (5, 16),
        (5, 34),
        (8, 7),
        (9, 23),
        (10, 9),
        (10, 38),
    ]


def test_a_wrong_value_is_no_reason_to_complain_of_what_it_belongs_to(site_of):
    assert [problem.line for problem in problems_of(site_of, "author: mira\nauthors: [mira]\nmenus: {main: [{title: A, url: 3}]}")] == [
        2,
        3,
    ]


def test_yaml_that_is_none_is_shown_with_a_caret(site_of):
    problem = problem_of(site_of, "url: https://example.org\ntitle: Rust: a tour\n")
    assert (problem.rule, problem.path, problem.line, problem.column) == ("settings", "site.yaml", 2, 12)
    assert problem.excerpt == "title: Rust: a tour"
    assert problem.hint == 'quote the title: "Rust: a tour"'


def test_yaml_that_is_none_is_a_mistake_in_settings(site_of):
    with pytest.raises(SettingsError):
        settings_of(site_of, "title: [")


def test_settings_that_are_a_list_are_a_mistake(site_of):
    assert problem_of(site_of, "- title: A\n").message == "is not a mapping, expected keys with values"


@pytest.mark.parametrize("name", ["site.yml", "config.yml", "config.yaml"])
def test_settings_in_another_file_are_not_passed_over(site_of, name):
    with pytest.raises(SettingsError) as caught:
        config.load(site_of({name: "title: A"}))
    assert as_text(caught.value.problem) == (
        f"{name}: error[settings]: is not read, expected the settings in site.yaml\n  hint: rename it to site.yaml"
    )


def test_another_file_beside_the_settings_is_nobodys_business(site_of):
    assert config.load(site_of({"config.yml": "title: A", "site.yaml": "title: B"})).title == "B"


def test_settings_that_are_not_utf8_name_the_byte_and_the_line(site_of):
    with pytest.raises(SettingsError) as caught:
        config.load(site_of({"site.yaml": b"title: A\ndescription: caf\xe9\n"}))
    assert as_text(caught.value.problem).startswith("site.yaml:2: error[bad-encoding]: is not UTF-8: byte 25 is 0xE9\n")


def test_settings_that_cannot_be_read_are_a_mistake(site_of):
    root = site_of({"site.yaml/x": ""})
    with pytest.raises(SettingsError, match="cannot be read"):
        config.load(root)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("titel: x", "did you mean `title`?"),
        ("Title: x", "did you mean `title`?"),
        ("baseURL: https://example.org", "write `url`"),
        ("nav: []", "write `menus`"),
        ("accent: '#fff'", "it belongs below `theme`"),
        ("authors: {a: {colour: red}}", "known are name, url, email, image, bio"),
        ("languages: {fr: {titel: A}}", "did you mean `title`?"),
        ("menus: {main: [{titel: A, url: /}]}", "did you mean `title`?"),
        (
            "collections: {blog: {name: A}}",
            "known are folder, kind, permalink, title, description, order, paginate, feed, layout, protect, listed",
        ),
    ],
)
def test_an_unknown_key_gets_the_key_that_was_meant(site_of, text, hint):
    assert hint in [problem.hint for problem in problems_of(site_of, text)]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("title: 2024", "`title` is `2024`, expected text", 'quote it: "2024"'),
        ("title: true", "`title` is `true`, expected text", 'quote it: "true"'),
        ("title: [a]", "`title` is a list, expected text", ""),
        ("paginate: '10'", "`paginate` is `10`, expected a whole number", "write it without quotes: 10"),
        ("paginate: 0", "`paginate` is `0`, expected at least 1", ""),
        ("paginate: 1.5", "`paginate` is `1.5`, expected a whole number", ""),
        ("markdown: {line_numbers: yes}", "`markdown.line_numbers` is `yes`, expected true or false", "write true"),
        ("extensions: mysite.x", "`extensions` is `mysite.x`, expected a list", "write it between brackets: [mysite.x]"),
        ("theme: red", "`theme` is `red`, expected a mapping", "its keys are accent, logo, favicon"),
        ("hosting: Netlify", "`hosting` is `Netlify`, expected plain, netlify or cloudflare", "write `netlify`"),
        ("feeds: {terms: [atm]}", "`feeds.terms[1]` is `atm`, expected atom, rss or json", "write `atom`"),
        ("rules: {mojibake: false}", "`rules.mojibake` is `false`, expected error, warn or off", "write `off`"),
        ("rules: {mojibake: }", "`rules.mojibake` is empty, expected error, warn or off", ""),
        ("social: {A: }", "`social.A` is empty, expected text", ""),
    ],
)
def test_a_value_of_the_wrong_type_says_what_was_expected(site_of, text, message, hint):
    problem = problem_of(site_of, text)
    assert (problem.message, problem.hint) == (message, hint)


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "//example.org",
        "ftp://example.org",
        "https://",
        "https:///x",
        "https://example.org?x=1",
        "https://example.org/#x",
        "https://example.org/a b/",
        "https://me:secret@example.org/",
        "https://example.org:port/",
        "https://[::1/",
        "https://exa<mple.org/",
        "https://example.org/../x/",
        "https://example.org/a//b/",
        "https://example.org/%00/",
        "https://" + "a" * 70 + ".example/",
    ],
)
def test_an_address_that_no_site_can_have_is_refused(site_of, url):
    assert problem_of(site_of, f"url: '{url}'").message.startswith("`url` is ")


def test_an_address_without_a_scheme_is_given_one_in_the_hint(site_of):
    assert problem_of(site_of, "url: example.org").hint == "write https://example.org"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("language: english", "write `en`"),
        ("language: pt_BR", "write `pt-BR`"),
        ("language: xx", ""),
        ("languages: {French: {}}", "write `fr`"),
        ("timezone: Europe/Pariss", "did you mean `Europe/Paris`?"),
        ("timezone: Tokyo", "did you mean `Asia/Tokyo`?"),
        ("timezone: ../etc/passwd", ""),
        ("timezone: Europe", None),
        ("theme: {accent: red}", 'quote it, since # starts a comment: "#0a66c2"'),
        ("theme: {accent: 'red;}body{'}", 'quote it, since # starts a comment: "#0a66c2"'),
        ("edit_url: https://example.org/edit/", "write https://example.org/edit/{path}"),
        ("edit_url: https://example.org/edit/{file}/", "write https://example.org/edit/{path}/"),
        ("theme: {accent: '#12345'}", "write 3 or 6 digits after the #"),
        ("theme: dark", "its keys are accent, logo, favicon"),
        ("comments: true", "write `giscus:` below it"),
        ("analytics: {plausible: true}", "its keys are domain, host"),
        ("languages: {de: Deutsch}", "its keys are name, title, description, home"),
        ("share: true", ""),
        ("i18n: {locales: [en]}", "write `languages`"),
        ("extra_css: [a.css]", "write `{% block head %}` in `templates/base.html`"),
        ("repository: git@example.org:o/r", "write https://example.org/o/r"),
        ("repository: ssh://git@example.org/o/r.git", "write https://example.org/o/r"),
        ("repository: https://github.com/garden", "write it as the browser shows it: https://github.com/owner/name"),
        ("repository: https://github.com/garden/site.git", "write `https://github.com/garden/site`"),
        ("repository: https://github.com/garden/site?tab=readme", "write `https://github.com/garden/site`"),
        (
            "repository: https://github.com/garden/site/blob/main/a.md",
            "write `https://github.com/garden/site`, and `/tree/main/folder` behind it for a folder",
        ),
        ("repository: https://codeberg.org/garden//site", "write it as the browser shows it: https://codeberg.org/owner/name"),
        ("share: [mastadon]", "write `mastodon`"),
        ("share: mastodon", "write it between brackets: [mastodon]"),
        ("comments: {}", "write `giscus:` below it"),
        ("comments: {giscus: {repo: garden/talk}}", "copy it from https://giscus.app"),
        ("comments: {giscus: {repo: 'https://github.com/garden/talk', repo_id: a, category_id: b}}", "write `garden/talk`"),
        ("comments: {giscus: {repo: garden, repo_id: a, category_id: b}}", ""),
        ("analytics: {}", "write one of plausible, goatcounter and umami"),
        ("analytics: {plausible: {}, umami: {website: a}}", "write one of plausible, goatcounter and umami"),
        ("analytics: {goatcounter: {}}", "add `host: https://<code>.goatcounter.com`"),
        ("analytics: {umami: {}}", "copy the id from Umami's settings of the website"),
        ("analytics: {umami: {website: 1234}}", 'quote it: "1234"'),
        ("extensions: [my-site.x]", ""),
        ("markdown: {extensions: ['a.b:']}", ""),
        ('title: "a\\x07"', "remove it"),
        ("headers: {downloads: {X-A: b}}", "write `/downloads/*` or the like"),
        ("headers: {/a: {X A: b}}", ""),
        ('headers: {/a: {X-A: "b\\n/*\\n  X-B: c"}}', "write the value on one line"),
        ("authors: {a: {url: 'javascript:alert(1)'}}", ""),
        ("social: {a: 'javascript:alert(1)'}", ""),
        ("menus: {main: [{title: A, url: 'javascript:alert(1)'}]}", ""),
        ("menus: {main: [{title: A, url: //evil.example/}]}", None),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_its_cure(site_of, text, hint):
    problem = problem_of(site_of, text)
    assert problem.rule == "settings"
    assert hint is None or problem.hint == hint


@pytest.mark.parametrize(
    "text",
    [
        "markdown: {extensions: [tables, 'mysite.kbd:Kbd']}",
        "menus: {main: [{title: A, url: 'mailto:a@example.org'}, {title: B, url: blog/}]}",
    ],
)
def test_what_only_looks_odd_passes(site_of, text):
    settings_of(site_of, text)


@pytest.mark.parametrize(
    ("permalink", "message", "hint"),
    [
        ("/blog/:slugg/", "has the unknown token `:slugg`", "did you mean `:slug`?"),
        (
            "/blog/:x/",
            "has the unknown token `:x`",
            "known are :year, :month, :day, :i_month, :i_day, :slug, :title, :filename, :path, :section, :categories",
        ),
        ("blog/:slug/", "is `blog/:slug/`, expected a `/` at its start", "write `/blog/:slug/`"),
        ("/blog/:slug", "is `/blog/:slug`, expected `/` or `.html` at its end", "write `/blog/:slug/`"),
        ("/blog/:year/", "is `/blog/:year/`, which is the same for many pages", "put one of :slug, :title, :filename and :path in it"),
        ("/../:slug/", "is `/../:slug/`, which holds `..`", ""),
        ("/a?b/:slug/", "is `/a?b/:slug/`, which holds `?`", ""),
        ("/:Slug/:slug/", "is `/:Slug/:slug/`, which holds `:`", ""),
    ],
)
def test_a_permalink_tells_pages_apart(site_of, permalink, message, hint):
    problem = problem_of(site_of, f"collections: {{blog: {{permalink: '{permalink}'}}}}")
    assert (problem.message, problem.hint) == (f"`collections.blog.permalink` {message}", hint)


@pytest.mark.parametrize(
    "permalink", ["/:slug/", "/:path/", "/:filename.html", "/:year/:i_month/:i_day/:title.htm", "/:categories/:slug/", "/:section/:slug/"]
)
def test_a_permalink_may_be_of_any_tokens(site_of, permalink):
    assert settings_of(site_of, f"collections: {{blog: {{permalink: '{permalink}'}}}}").collections["blog"].permalink == permalink


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("author: mira\nauthors: {mirra: {}}", "`author` is `mira`, expected an id under `authors`", "did you mean `mirra`?"),
        ("author: mira", "`author` is `mira`, expected an id under `authors`", "add `authors: {mira: {name: …}}`"),
        ("menus: {main: [{url: /a}]}", "`menus.main[1]` has no `title`", "add one, or name a `page` to be called as that is"),
        ("menus: {main: [{title: A}]}", "`menus.main[1]` leads nowhere", "add a `url`, a `page` or `children`"),
        (
            "menus: {main: [{title: A, url: /a, page: about.md}]}",
            "`menus.main[1]` has both `url` and `page`, expected one of them",
            "keep `page` for a file under content/, `url` for anything else",
        ),
        (
            "menus: {main: [{page: abuot.md}]}",
            "`menus.main[1].page` is `abuot.md`, which is no file under content/",
            "did you mean `about.md`?",
        ),
        (
            "menus: {main: [{page: content/about.md}]}",
            "`menus.main[1].page` is `content/about.md`, expected a path below content/",
            "write `about.md`",
        ),
        (
            "menus: {main: [{page: ../site.yaml}]}",
            "`menus.main[1].page` is `../site.yaml`, which is no file under content/",
            "make the file, or use `url`",
        ),
        (
            "menus: {main: [{title: A, children: [{title: B}]}]}",
            "`menus.main[1].children[1]` leads nowhere",
            "add a `url`, a `page` or `children`",
        ),
        (
            "collections: {a: {folder: x}, b: {folder: X}}",
            "`collections.b.folder` is `content/X/`, which is the folder of `a` too, expected one of its own",
            "give one of them another `folder`",
        ),
        (
            "collections: {a: {folder: /x/}}",
            "`collections.a.folder` is `/x/`, expected a folder below content/ without slashes around it",
            "write `x`",
        ),
        ("collections: {a: {folder: x/../y}}", "`collections.a.folder` is `x/../y`, which holds `..`", ""),
        (
            "collections: {a/b: {}}",
            "`collections.a/b` has a name that is not one part of an address",
            "rename it, and give it the `folder` that it has now",
        ),
        (
            "collections: {con: {}}",
            "`collections.con` has a name that uses `con`, a device name on Windows",
            "rename it, and give it the `folder` that it has now",
        ),
        (
            "languages: {fr: {}}\ncollections: {a: {folder: fr}}",
            "`collections.a.folder` starts with `fr`, the folder of a language",
            "rename the folder",
        ),
        ("rules: {broken-lnk: off}", "`rules.broken-lnk` is not a rule", "did you mean `broken-link`?"),
        ("rules: {zzz: off}", "`rules.zzz` is not a rule", "the settings reference lists all rules"),
        (
            "rules: {collision: warn}",
            "`rules.collision` is `warn`, but this rule is always an error",
            "remove it: without this rule output would be unsafe or ambiguous",
        ),
    ],
)
def test_keys_that_do_not_fit_each_other_are_told_of(site_of, text, message, hint):
    problem = problem_of(site_of, text)
    assert (problem.message, problem.hint) == (message, hint)


def test_a_fixed_rule_may_be_called_an_error(site_of):
    assert settings_of(site_of, "rules: {collision: error}").rules == {"collision": "error"}


def test_a_secret_in_the_settings_is_not_quoted(site_of):
    assert "hunter2" not in as_text(problem_of(site_of, "password: hunter2"))


def test_problems_found_carry_every_mistake(site_of):
    with pytest.raises(ProblemsFound) as caught:
        settings_of(site_of, "a: 1\nb: 2")
    assert len(caught.value.problems) == 2


_words = st.sampled_from(
    ["", "a", "/:slug/", "[key]", "en", "https://example.org/", *SiteKeys.model_fields, *CollectionKeys.model_fields, *RULES]
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _words | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(SiteKeys.model_fields)), _values, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_of_any_key_is_our_own_bug(site_of, values):
    text = json.dumps(values, ensure_ascii=False)
    try:
        found = settings_of(site_of, text)
    except SitegenError as error:
        places = {(problem.path, problem.line) for problem in error.problems}
        found = None
    assert places == {("site.yaml", 1)} if found is None else pickle.loads(pickle.dumps(found)) == found


# The reference


def test_every_key_is_described():
    missing = [name for name, field in SiteKeys.model_fields.items() if not field.description]
    assert not missing


def test_the_reference_names_every_key_and_every_rule():
    text = config.reference()
    assert [name for name in SiteKeys.model_fields if f"`{name}`" not in text] == []
    assert [rule for rule in RULES if f"| `{rule}` |" not in text] == []


@pytest.mark.parametrize("example", [example for field in SiteKeys.model_fields.values() for example in field.examples or ()])
def test_every_example_of_the_reference_is_right(site_of, example):
    settings_of(site_of, example)


def test_every_row_of_the_reference_has_its_cells():
    rows = [line for line in config.reference().split("\n") if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {4, 5}


def test_every_link_of_the_reference_leads_to_a_section():
    text = config.reference()
    assert [name for name in SiteKeys.model_fields if f"](#{name})" in text and f"\n## `{name}`\n" not in text] == []


def test_the_reference_shows_types_and_defaults_as_they_are_written():
    text = config.reference()
    ends = {line.split(" | ")[0]: line.split(" | ")[-2:] for line in text.split("\n")}
    assert ends["| `hosting`"] == ["`plain`, `netlify` or `cloudflare`", "`plain` |"]
    assert ends["| `line_numbers`"] == ["`true` or `false`", "`false` |"]
    assert ends["| `collections`"] == ["list of `atom`, `rss` or `json`", "`atom`, `rss`, `json` |"]


def test_the_settings_of_this_project_are_right():
    root = Path(__file__).parent.parent
    assert config.load(root).problems == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('markdown: {math_macros: {"\\\\R1": x}}', "expected a name of letters alone"),
        ('markdown: {math_macros: {R: "{x"}}', "whose braces do not pair"),
        ("markdown: {math_macros: {R: '\\foo'}}", "unknown command `\\foo`"),
        (f"markdown: {{math_macros: {{R: '{'x' * 201}'}}}}", "expected 200 at most"),
        ("markdown: {diagrams: {Mermaid: a}}", "expected the name of a language in small letters"),
        ("markdown: {diagrams: {mermaid: a b}}", "expected an import path"),
        ("markdown: {mermaid: /static/x.js}", "which is no file below static/"),
        ("markdown: {mermaid: ../site.yaml}", "which is no file below static/"),
    ],
)
def test_formulas_and_diagrams_are_set_up_rightly(site_of: SiteOf, text: str, message: str):
    assert message in problems_of(site_of, text)[0].message

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from sitegen import frontmatter, report
from sitegen.errors import Problem
from sitegen.frontmatter import KEYS, UNUSED, Author, Meta, Series
from sitegen.frontmatter.keys import HEADS


def read(text: str, **options: Any) -> tuple[Meta, tuple[Problem, ...]]:
    split = frontmatter.split(f"---\n{text}\n---\nBody", path="x.md")
    return frontmatter.normalise(split, path="x.md", zone=ZoneInfo("UTC"), **options)


def meta(text: str, **options: Any) -> Meta:
    found, problems = read(text, **options)
    assert problems == ()
    return found


def problem(text: str, **options: Any) -> Problem:
    _, (found,) = read(text, **options)
    return found


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("title: 1.10", "title", "1.10"),
        ("title: no", "title", "no"),
        ("title: 2020-01-02", "title", "2020-01-02"),
        ("title: >\n  two\n  lines", "title", "two lines"),
        ("title: ~", "title", ""),
        ("subtitle: S", "description", "S"),
        ("description: D\nsubtitle: S", "description", "D"),
        ("seo: {title: T, description: D}", "seo_title", "T"),
        ("excerpt: |\n  one\n\n  two", "summary", "one\n\ntwo"),
        ("excerpt: false", "summary", ""),
        ("slug: my-page/", "slug", "my-page"),
        ("slug: /a/b", "path", "/a/b"),
        ("path: a/b", "path", "/a/b"),
        ("url: '{date:%Y}/{date:%-d}/{category}/{slug}.html'", "path", "/:year/:i_day/:categories/:slug.html"),
        ("permalink: /:year/:title:output_ext", "path", "/:year/:title.html"),
        ("permalink: false", "skip", True),
        ("alias: /a/#x", "aliases", ("/a/",)),
        ("aliases: [/a, /a, b]", "aliases", ("/a", "b")),
        ("redirect_from: https://example.org/caf%C3%A9/?x", "aliases", ("/café/",)),
        ("redirect_to: /new/", "redirect", "/new/"),
        ("draft: yes", "draft", True),
        ("draft: NO", "draft", False),
        ("published: false", "draft", True),
        ("status: Draft", "draft", True),
        ("status: private", "unlisted", True),
        ("hidden: on", "unlisted", True),
        ("build: {list: local}", "unlisted", True),
        ("status: skip", "skip", True),
        ("render: false", "skip", True),
        ("build: {render: link}", "skip", False),
        ("headless: true", "skip", True),
        ("robots: noindex, follow", "noindex", True),
        ("search: false", "searchable", False),
        ("search: {exclude: true}", "searchable", False),
        ("tags: a, b; c", "tags", ("a, b", "c")),
        ("tags: a b", "tags", ("a b",)),
        ("layout: x\ntags: a b", "tags", ("a", "b")),
        ("tags: [Flask, flask, 3, ~, {label: L}, all]", "tags", ("Flask", "3", "L")),
        ("tags: false", "tags", ()),
        ("keywords: a, b", "tags", ()),
        ("category: a b", "categories", (("a b",),)),
        ("layout: x\ncategories: a b", "categories", (("a",), ("b",))),
        ("layout: x\ncategory: a b", "categories", (("a b",),)),
        ("categories: [A/B, [A, B], C, c]", "categories", (("A", "B"), ("C",))),
        ("categories: [{name: N}]", "categories", (("N",),)),
        ("series: S\nseries_order: 2", "series", Series("S", 2)),
        ("series: {title: S, part: 3}", "series", Series("S", 3)),
        ("author: jim and bob", "authors", (Author("jim"), Author("bob"))),
        ("author: Simon and Garfunkel", "authors", (Author("Simon and Garfunkel"),)),
        ("author: Ada; Grace", "authors", (Author("Ada"), Author("Grace"))),
        ("authors: [Lovelace, Ada]", "authors", (Author("Lovelace"), Author("Ada"))),
        ("authors: [ada, {id: ada}, {name: G, link: /g}]", "authors", (Author("ada"), Author("G", "G", "/g"))),
        ("author: ada\nauthor_url: /a\nauthor_title: T", "authors", (Author("ada", url="/a", bio="T"),)),
        ("image: false", "image", ""),
        ("images: []\ncover: a.png", "image", "a.png"),
        ("cover: {image: a.png, alt: A}", "image_alt", "A"),
        ("order: -2", "weight", -2.0),
        ("weight: 0", "weight", 0.0),
        ("layout: layouts/Post.njk", "template", "post"),
        ("layout: null", "template", "bare"),
        ("layout: false", "template", "bare"),
        ("layout:", "template", ""),
        ("layout: mine", "template", "mine"),
        ("type: website", "template", ""),
        ("type: docs", "template", "doc"),
        ("locale: pt_BR", "lang", "pt-BR"),
        ("nocomments: true", "comments", False),
        ("comments: {id: 3}", "comments", True),
        ("outline: deep", "toc", True),
        ("outline: 2", "toc", True),
        ("hide: toc", "toc", False),
        ("hide_table_of_contents: false", "toc", True),
        ("top: 0", "pin", False),
        ("sticky: 10", "pin", True),
        ("status: featured", "pin", True),
        ("extra: {a: 1}\nparams: {b: no}", "extra", {"a": 1, "b": "no"}),
    ],
)
def test_a_key_comes_to_its_canonical_value(text: str, name: str, value: object):
    assert getattr(meta(text), name) == value


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("date: 2020-01-02", datetime(2020, 1, 2, tzinfo=UTC)),
        ("pubdate: 2020-01-02", datetime(2020, 1, 2, tzinfo=UTC)),
        ("published: 2020-01-02", datetime(2020, 1, 2, tzinfo=UTC)),
        ("published: true\ncreated: 2020-01-02", datetime(2020, 1, 2, tzinfo=UTC)),
        ("date: 2020-01-02\npubdate: 2021-01-01", datetime(2020, 1, 2, tzinfo=UTC)),
        ("date: {created: 2020-01-02}", datetime(2020, 1, 2, tzinfo=UTC)),
        ("date: 0000-00-00 00:00:00", None),
        ("date: ''", None),
    ],
)
def test_the_date_is_the_first_key_that_holds_one(text: str, moment: datetime | None):
    assert meta(text).date == moment


@pytest.mark.parametrize(("text", "word"), [("date: Created", "date:created"), ("updated: git Last Modified", "updated:modified")])
def test_the_words_of_eleventy_ask_git(text: str, word: str):
    assert meta(text).git_dates == (word,)


def test_a_wordpress_date_in_gmt_is_utc():
    split = frontmatter.split("---\npost_date_gmt: 2020-01-02 12:00:00\n---\n", path="x.md")
    found, _ = frontmatter.normalise(split, path="x.md", zone=ZoneInfo("Asia/Tokyo"))
    assert found.date == datetime(2020, 1, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: 1\n", "unknown-key", 2, 1),
        ("date: 2024-02-30", "bad-date", 2, 7),
        ("date: {x: 1}", "bad-value", 2, 7),
        ("weight: heavy", "bad-value", 2, 9),
        ("weight: .inf", "bad-value", 2, 9),
        ("title:\n  a: b", "bad-value", 2, 1),
        ("tags: {a: b}", "bad-value", 2, 7),
        ("tags: [a, [b]]", "bad-value", 2, 11),
        ("draft: perhaps", "bad-value", 2, 8),
        ("draft: 'True'", "deprecated-value", 2, 8),
        ("published: perhaps", "bad-value", 2, 12),
        ("status: drat", "bad-value", 2, 9),
        ("series: []", "bad-value", 2, 9),
        ("series: {name: S, order: last}", "bad-value", 2, 26),
        ("authors: [[a]]", "bad-value", 2, 11),
        ("image: {width: 3}", "bad-value", 2, 8),
        ("extra: text", "bad-value", 2, 8),
        ("lang: what is this", "bad-value", 2, 7),
        ("url: https://example.org/a/", "bad-value", 2, 6),
        ("url: '{author}/{slug}'", "bad-value", 2, 6),
        ("permalink: '{{ slug }}'", "bad-value", 2, 12),
        ("aliases: ['/?p=1']", "bad-alias", 2, 11),
        ("title: a\nTitle: b", "bad-value", 3, 1),
        ("date: 2020-01-02\nupdated: 2020-01-01", "updated-before-date", 3, 10),
    ],
)
def test_a_mistake_is_told_of_at_its_place(text: str, rule: str, line: int, column: int):
    found = problem(text)
    assert (found.rule, found.line, found.column) == (rule, line, column)
    assert found.excerpt == text.split("\n")[line - 2]


def test_an_unknown_key_names_the_nearest():
    assert problem("layot: post").message == "the key `layot` is not known, did you mean `layout`?"
    assert problem("layot: post").hint == "put keys of your own under `extra:`"


def test_all_mistakes_of_a_file_come_together_by_line():
    _, problems = read("weight: heavy\ndate: 2024-13-01\nfoo: 1\ndraft: maybe")
    assert [found.line for found in problems] == [2, 3, 4, 5]


def test_an_update_on_the_day_of_writing_is_not_before_it():
    assert meta("date: 2020-01-02 18:00\nupdated: 2020-01-02").updated is not None


@pytest.mark.parametrize("tool", sorted(UNUSED))
def test_keys_that_other_tools_document_raise_no_warning(tool: str):
    assert read("\n".join(f"{key}: x" for key in UNUSED[tool]))[1] == ()


@pytest.mark.parametrize("key", ["Password", "post_password", "ENCRYPT", "post-password", "pasword", "protected", "encrypted"])
def test_a_page_meant_to_be_secret_is_an_error_that_shows_no_secret(key: str):
    found = problem(f"{key}: hunter2")
    assert found.rule == "secret"
    assert "hunter2" not in report.as_text(found)


@pytest.mark.parametrize("text", ["password:", "password: ''", "encrypt: false", "protect: no"])
def test_a_page_that_asks_for_no_protection_is_published(text: str):
    assert meta(text) == Meta()


@pytest.mark.parametrize("holder", ["extra", "params"])
def test_a_password_among_the_authors_own_keys_is_a_secret_too(holder: str):
    found, (told,) = read(f"{holder}:\n  password: hunter2\n  a: 1")
    assert (found.extra, told.rule, told.line) == ({"a": 1}, "secret", 3)


def test_a_secret_beside_another_mistake_on_its_line_is_not_shown():
    split = frontmatter.split('{"password": "hunter2", "weight": "x"}\n', path="x.md")
    _, problems = frontmatter.normalise(split, path="x.md", zone=ZoneInfo("UTC"))
    assert len(problems) == 2
    assert "hunter2" not in "".join(report.as_text(found) for found in problems)


def test_known_authors_part_names_and_an_unknown_id_is_told_of():
    assert meta("author: Ada and Bob", known_authors={"Ada", "Bob"}).authors == (Author("Ada"), Author("Bob"))
    assert problem("author: eve", known_authors={"ada"}).rule == "unknown-author"


def test_meta_comes_back_from_the_cache_as_it_was():
    found = meta("title: A\ndate: 1850-01-02\ncategories: [[A, B]]\nauthors: [{name: N}]\nseries: S\nextra: {a: [1, {b: ~}]}")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Meta) == found


def test_nothing_written_is_the_default():
    split = frontmatter.split("Body", path="x.md")
    assert frontmatter.normalise(split, path="x.md", zone=ZoneInfo("UTC")) == (Meta(), ())


def test_every_key_says_what_it_does():
    assert all(key.about and key.spellings for key in KEYS.values())


def test_no_key_is_both_used_and_unused():
    assert not HEADS.intersection(*UNUSED.values())


def test_a_site_that_lists_no_authors_takes_every_id():
    assert meta("author: eve", known_authors=()).authors == (Author("eve"),)

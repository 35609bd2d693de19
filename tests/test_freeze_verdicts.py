"""What is said of links and ids at fault; tests/sites_broken/links holds one of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import Problem, ProblemsFound
from tests.conftest import SETTINGS, Build, SiteOf, post

WARN = "rules: {broken-link: warn, broken-anchor: warn, missing-image: warn, duplicate-id: warn}\n"
Warned = Callable[..., tuple[Problem, ...]]


@pytest.fixture
def warned(site_of: SiteOf, build: Build) -> Warned:
    """The warnings of a build of the site made of some files."""
    return lambda files, settings=WARN: build(site_of({"site.yaml": SETTINGS + settings, **files})).warnings


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str, int, int]]:
    return [(problem.rule, problem.path, problem.line, problem.column) for problem in problems]


def test_a_link_in_a_template_is_told_of_once_with_its_line_and_the_number_of_pages(warned: Warned) -> None:
    template = '{% extends "theme/page.html" %}\n{% block after %}\n<p><a href="/nowhere/">x</a></p>\n{% endblock %}\n'
    pages = {f"content/p{number}.md": "Text." for number in range(5)}
    (problem,) = warned({"templates/page.html": template, **pages})
    assert places((problem,)) == [("broken-link", "templates/page.html", 3, 13)]
    assert problem.message.endswith("; it is on 5 pages")


def test_a_link_of_site_yaml_is_told_of_at_its_line(warned: Warned) -> None:
    (problem,) = warned({"content/index.md": "Text."}, WARN + "menus:\n  main:\n    - {title: A, url: /nowhere/}\n")
    assert places((problem,)) == [("broken-link", "site.yaml", 6, 23)]


def test_a_link_that_cannot_be_traced_is_told_of_with_a_file_that_holds_it(warned: Warned) -> None:
    template = '{% extends "theme/page.html" %}{% block after %}<a href="/no{{ "where" }}/">x</a>{% endblock %}'
    (problem,) = warned({"templates/page.html": template, "content/b.md": "Text.", "content/a.md": "Text."})
    assert places((problem,)) == [("broken-link", "build/a/index.html", 0, 0)]


def test_what_a_page_is_to_blame_for_is_not_said_of_the_lists_that_show_it(warned: Warned) -> None:
    problems = warned({"content/blog/a.md": post("[x](nowhere.md) ![y](no.png)", date="2025-01-01", tags="[t]")})
    assert places(problems) == [("broken-link", "content/blog/a.md", 6, 5), ("missing-image", "content/blog/a.md", 6, 22)]


def test_a_template_s_link_is_told_of_though_a_page_has_the_same(warned: Warned) -> None:
    template = '{% extends "theme/page.html" %}{% block after %}<a href="/nowhere/">x</a>{% endblock %}'
    problems = warned({"templates/page.html": template, "content/a.md": "[x](/nowhere/)", "content/b.md": "Text."})
    assert [problem.path for problem in problems] == ["content/a.md", "templates/page.html"]


def test_a_link_through_an_old_address_is_a_warning_with_the_new_one(warned: Warned) -> None:
    files = {"content/new.md": post("## Part", aliases="[/old/]"), "content/x.md": "[a](/old/#part) [b](/old) [c](/new/)"}
    problems = warned(files, "")
    assert [(problem.rule, problem.column) for problem in problems] == [("redirected-link", 5), ("redirected-link", 21)]
    assert [problem.hint for problem in problems] == ["link to its new one: `/new/#part`", "link to its new one: `/new/`"]


@pytest.mark.parametrize(
    ("meta", "state"),
    [({"draft": "true"}, "is a draft"), ({"date": "2031-01-01"}, "has a date"), ({"expires": "2021-01-01"}, "has expired")],
)
@pytest.mark.parametrize("link", ["blog/y.md", "/blog/y/", "blog/y", "@/blog/y.md", "blog/y.md#part"])
def test_a_link_to_a_page_that_is_not_published_says_why(warned: Warned, meta: dict[str, str], state: str, link: str) -> None:
    (problem,) = warned({"content/x.md": f"[a]({link})", "content/blog/y.md": post(**meta)})
    assert state in problem.message


def test_a_link_to_another_site_without_its_scheme_is_told_how_to_write_it(warned: Warned) -> None:
    (problem,) = warned({"content/x.md": "[a](www.example.org/b)"})
    assert problem.hint == "did you mean `https://www.example.org/b`?"


def test_a_picture_of_a_draft_s_folder_is_said_not_to_be_published(warned: Warned) -> None:
    files = {"content/x.md": "![a](trip/sea.png)", "content/trip/index.md": post(draft="true"), "content/trip/sea.png": b"x"}
    (problem,) = warned(files)
    assert problem.message == "'trip/sea.png' is not published, and so not in this site"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("## A part\n\n<p id=a-part>x</p>", (3, 7)),
        ("<i id='x'>x</i>\n\n- <b id=\"x\">y</b>", (3, 10)),
        ("## One {#same}\n\n## Two {#same}", (3, 10)),
        ("<a name=x></a> <b id=x>y</b>", (1, 22)),
    ],
)
def test_an_id_that_is_there_twice_is_named_where_it_is_written_the_second_time(warned: Warned, body: str, place: tuple[int, int]) -> None:
    (problem,) = warned({"content/x.md": body})
    assert places((problem,)) == [("duplicate-id", "content/x.md", *place)]


def test_an_anchor_that_says_its_name_in_both_ways_is_no_second_one(warned: Warned) -> None:
    assert warned({"content/x.md": '<a id="x" name="x">y</a>'}) == ()


def test_headings_and_footnotes_never_share_an_id(warned: Warned) -> None:
    body = "# Same\n\n## Same\n\n## Same\n\n## fn:1\n\n## Same 1\n\nA[^1] b[^1] c[^two].\n\n[^1]: One.\n[^two]: Two.\n"
    assert warned({"content/x.md": body, "content/blog/y.md": post(body, date="2025-01-01"), "content/docs/z.md": body}) == ()


def test_a_picture_of_the_front_matter_is_named_at_its_line(warned: Warned) -> None:
    problems = warned({"content/blog/x.md": post(date="2025-01-01", image="gone.png")})
    assert places(problems) == [("missing-image", "content/blog/x.md", 3, 8)]


def test_a_picture_that_only_a_list_shows_is_named_at_its_line(warned: Warned) -> None:
    files = {"templates/partials/head.html": "", "content/blog/x.md": post(date="2025-01-01", image="gone.png")}
    assert places(warned(files)) == [("missing-image", "content/blog/x.md", 3, 8)]


@pytest.mark.parametrize("file", ["a.xml", "a.json"])
def test_feeds_and_sitemaps_are_looked_at_but_not_the_samples_in_them(warned: Warned, file: str) -> None:
    extension = f'''
from flask import Response

def init_app(app):
    texts = {{"a.xml": "<a><loc>https://small.example/gone/</loc>&lt;a href=\\"https://small.example/sample/\\"></a>",
             "a.json": '{{\\n "url": "https://small.example/gone/",\\n "content_html": "<a href=\\\\"https://small.example/sample/\\\\">"\\n}}'}}
    app.add_url_rule("/{file}", "own", lambda: Response(texts["{file}"]))

def urls(site):
    yield "/{file}"
'''
    problems = warned({"content/index.md": "Text.", "own_feed.py": extension}, WARN + "extensions: [own_feed]\n")
    assert places(problems) == [("broken-link", f"build/{file}", 0, 0)]


def test_the_pictures_of_link_previews_are_looked_at(warned: Warned) -> None:
    template = (
        '{% extends "theme/page.html" %}{% block head %}<meta property="og:image" content="https://small.example/x.png">{% endblock %}'
    )
    assert places(warned({"templates/page.html": template, "content/a.md": "Text."})) == [("broken-link", "templates/page.html", 1, 83)]


def test_an_error_stops_the_build(site_of: SiteOf, build: Build) -> None:
    root: Path = site_of({"site.yaml": SETTINGS, "content/x.md": "<b id=x></b> <i id=x></i>"})
    with pytest.raises(ProblemsFound) as raised:
        build(root)
    assert places(raised.value.problems) == [("duplicate-id", "content/x.md", 1, 20)]


def test_of_very_many_broken_links_the_first_are_told_what_was_meant(warned: Warned) -> None:
    body = "\n".join(f"[a](pa{number}ge.md)" for number in range(150))
    problems = warned({"content/x.md": body, "content/page.md": "Text."})
    assert sum("did you mean" in problem.hint for problem in problems) == 50
    assert len(problems) == 150


@pytest.mark.parametrize("written", ["{filename}/no.md", "<no file.md>", "%7Bno%7D.md", "n|o.md"])
def test_a_link_is_told_of_as_it_was_written(warned: Warned, written: str) -> None:
    (problem,) = warned({"content/a.md": f"[x]({written})"})
    assert problem.message == f"'{written.strip('<>')}' is not a page or a file of this site"

"""What readers can search: which pages, when the index is made anew, and that it is the same however it was made."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from sitegen import cli, search
from sitegen.errors import ProblemsFound, SitegenError
from sitegen.freeze import Built
from sitegen.serve import Server
from tests.conftest import SMALL_SITE, Build, Opened, SiteOf, dom, post, tree

SEARCH = {"overrides": {"search": True}}
FEW = {
    "site.yaml": "title: Few\nurl: https://few.example/\ncollections: {docs: {title: Manual}}\n",
    "content/index.md": post("Begin at the threshold.", title="Welcome"),
    "content/blog/a.md": post("Apples are red.\n\n## Kinds of apples\n\nMany.", title="Apples", date="2026-01-01", tags="[Fruit, red]"),
    "content/blog/b.md": post("Bananas.", title="Bananas", date="2026-01-02", tags="[Fruit]"),
    "content/docs/c.md": post("Cherries.", title="Cherries"),
    "content/releases/1.0.0.md": post("A release of oranges.", date="2026-01-03"),
    "content/about.md": post("We are few.", title="About"),
}


def fragments(build: Path) -> dict[str, dict[str, Any]]:
    """What the index knows of each page, by its address."""
    found = [gzip.decompress(path.read_bytes()) for path in (build / "pagefind").rglob("*.pf_fragment")]
    pages = [json.loads(data.removeprefix(b"pagefind_dcd")) for data in found]
    return {page["url"]: page for page in pages}


def index_of(build: Path) -> dict[str, bytes]:
    return tree(build / "pagefind")


@pytest.fixture
def searchable(site_of: SiteOf, build: Build) -> Callable[..., Path]:
    """Builds a site with search, made of some files, and returns its output."""

    def run(files: Mapping[str, str | bytes] = FEW, **options: object) -> Path:
        root = site_of(files)
        build(root, **{**SEARCH, **options})
        return root / "build"

    return run


def rebuilt(build: Build, root: Path, **options: object) -> tuple[Built, bool]:
    """The next build, and whether its index is another file by file."""
    before = {path: path.stat().st_ino for path in (root / "build" / "pagefind").rglob("*") if path.is_file()}
    built = build(root, **{**SEARCH, **options})
    after = {path: path.stat().st_ino for path in (root / "build" / "pagefind").rglob("*") if path.is_file()}
    return built, before != after


# Settings


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


def test_a_site_that_says_nothing_has_search_where_pagefind_is(opened: Opened, monkeypatch: pytest.MonkeyPatch):
    assert opened({}, search=None).settings.search is True
    monkeypatch.setattr("sitegen.search.pagefind._PACKAGES", ("no_such_package",))
    assert opened({}, search=None).settings.search is False


def test_a_site_that_must_have_search_is_not_built_without_pagefind(
    site_of: SiteOf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sitegen.search.pagefind._PACKAGES", ("no_such_package",))
    root = site_of({**SMALL_SITE, "site.yaml": "title: Small\nurl: https://small.example/\nsearch: true\n"})
    assert cli.run(["build", "--root", str(root)]) == cli.PROBLEMS
    told = capsys.readouterr().err
    assert "site.yaml:3:9: error[settings]: `search` needs Pagefind, which is not installed" in told
    assert "pip install 'sitegen[search]'" in told
    assert cli.run(["build", "--root", str(root), "--no-search"]) == cli.OK


# What is in it


def test_every_page_can_be_found_and_no_list(searchable: Callable[..., Path]):
    found = fragments(searchable())
    assert sorted(found) == ["/", "/about/", "/blog/a/", "/blog/b/", "/docs/c/", "/releases/1.0.0/"]


def test_what_is_found_is_the_text_of_a_page_and_nothing_around_it(searchable: Callable[..., Path]):
    assert fragments(searchable())["/blog/a/"]["content"] == "Apples. Apples are red. Kinds of apples. Many."


def test_headings_are_places_to_lead_to(searchable: Callable[..., Path]):
    anchors = fragments(searchable())["/blog/a/"]["anchors"]
    assert [(anchor["id"], anchor["text"]) for anchor in anchors] == [("kinds-of-apples", "Kinds of apples")]


def test_results_can_be_narrowed_down_by_collection_and_tag(searchable: Callable[..., Path]):
    found = fragments(searchable())
    assert found["/blog/a/"]["filters"] == {"collection": ["Blog"], "tag": ["Fruit", "red"]}
    assert found["/docs/c/"]["filters"] == {"collection": ["Manual"]}
    assert found["/blog/a/"]["meta"] == {"title": "Apples", "date": "2026-01-01"}


@pytest.mark.parametrize(
    "key",
    [
        "draft: true",
        "unlisted: true",
        "noindex: true",
        "robots: noindex",
        "search: false",
        "search: {exclude: true}",
        "expires: 2026-01-02",
    ],
)
def test_a_page_that_is_not_for_all_is_never_in_it(searchable: Callable[..., Path], key: str):
    hidden = f"---\ntitle: Hidden\ndate: 2026-01-01\n{key}\n---\n\nXylophone.\n"
    output = searchable({**FEW, "content/blog/hidden.md": hidden}, overrides={"search": True, "drafts": True})
    assert "/blog/a/" in fragments(output)
    assert "/blog/hidden/" not in fragments(output)
    assert not any(b"xylophone" in gzip.decompress(path.read_bytes()).lower() for path in output.rglob("*.pf_*"))


def test_signs_that_are_no_text_are_not_in_it(searchable: Callable[..., Path]):
    text = "Text.[^1]\n\n```python linenums\nprint(1)\n```\n\n[^1]: A note.\n"
    content = fragments(searchable({**FEW, "content/blog/a.md": post(text, title="Signs")}))["/blog/a/"]["content"]
    assert "print(1)" in content
    assert "A note." in content
    assert "↩" not in content


def test_words_of_a_tag_with_signs_of_html_stay_what_they_are(searchable: Callable[..., Path]):
    found = fragments(searchable({**FEW, "content/blog/a.md": post(title="A & B <i>", date="2026-01-01", tags='["C<T>, &c"]')}))
    assert found["/blog/a/"]["filters"]["tag"] == ["C<T>, &c"]


def test_each_language_has_an_index_of_its_own(searchable: Callable[..., Path]):
    files = {
        **FEW,
        "site.yaml": "url: https://few.example/\nlanguages: {de: {}}\n",
        "content/about.de.md": post("Wir sind wenige.", title="Über"),
    }
    entry = json.loads((searchable(files) / "pagefind" / "pagefind-entry.json").read_text())
    assert {lang: known["page_count"] for lang, known in entry["languages"].items()} == {"en": 6, "de": 1}


def test_chinese_and_japanese_are_taken_apart_into_words(searchable: Callable[..., Path]):
    files = {
        "site.yaml": "url: https://few.example/\nlanguage: zh\nlanguages: {ja: {}}\n",
        "content/about.md": post("我们喜欢静态网站生成器。", title="关于"),
        "content/about.ja.md": post("静的サイトジェネレータが好きです。", title="概要"),
    }
    output = searchable(files)
    words = b"".join(gzip.decompress(path.read_bytes()) for path in sorted(output.rglob("*.pf_index"))).decode(errors="replace")
    assert "喜欢" in words
    assert "我们喜欢" not in words
    assert "サイト" in words
    assert "静的サイト" not in words


def test_addresses_in_it_are_those_of_the_pages_wherever_the_site_lies(searchable: Callable[..., Path]):
    files = {**FEW, "content/old.md": post("Old.", permalink="/old/page.html"), "content/ünïcödé.md": post("Letters.", title="Letters")}
    found = fragments(searchable(files, overrides={"search": True, "base_url": "https://few.example/docs/"}))
    assert {"/old/page.html", "/blog/a/", "/ünïcödé/"} <= found.keys()


def test_a_template_without_a_mark_is_searched_in_its_main_part(searchable: Callable[..., Path]):
    own = "<!doctype html><html lang=en><title>x</title><nav>Menu</nav><main><h1>{{ page.title }}</h1>{{ body }}</main><p>Foot"
    assert fragments(searchable({**FEW, "templates/page.html": own}))["/about/"]["content"] == "About. We are few."


def test_a_site_without_a_page_has_no_index(searchable: Callable[..., Path]):
    output = searchable({"content/blog/a.md": post("Text.", title="A", search="false")})
    assert not (output / "pagefind").exists()


def test_nothing_of_pagefind_is_published_that_no_page_loads(searchable: Callable[..., Path]):
    output = searchable()
    assert {path.name for path in (output / "pagefind").iterdir() if path.suffix in {".js", ".css"}} == set()


def test_its_script_is_a_static_file_that_the_form_holds_against_its_digest(searchable: Callable[..., Path]):
    output = searchable()
    form = dom(output / "search/index.html").xpath("//form[@class='search']")[0]
    data = (output / form.get("data-engine").removeprefix("/")).read_bytes()
    assert re.fullmatch(r"/static/pagefind\.[0-9a-f]{8}\.js", form.get("data-engine"))
    assert form.get("data-integrity") == f"sha384-{b64encode(hashlib.sha384(data).digest()).decode()}"
    assert data == search.engine()


# When it is made


def test_a_build_with_nothing_to_do_leaves_it_alone(site_of: SiteOf, build: Build):
    root = site_of(FEW)
    build(root, **SEARCH)
    built, is_other = rebuilt(build, root)
    assert not built.changed
    assert not is_other


def test_an_edited_text_makes_it_anew(site_of: SiteOf, build: Build):
    root = site_of(FEW)
    build(root, **SEARCH)
    site_of({"content/blog/b.md": post("Blueberries.", title="Bananas", date="2026-01-02", tags="[Fruit]")})
    _, is_other = rebuilt(build, root)
    assert is_other
    assert "Blueberries" in fragments(root / "build")["/blog/b/"]["content"]


@pytest.mark.parametrize(
    "files",
    [
        {"templates/post.html": '{% extends "theme/post.html" %}{% block footer %}Another foot{% endblock %}'},
        {"content/blog/secret.md": post("Not for all.", title="Secret", unlisted="true")},
        {"content/docs/d.md": post("A new neighbour in the sidebar.", title="D", noindex="true")},
    ],
)
def test_what_changes_around_the_texts_does_not_make_it_anew(site_of: SiteOf, build: Build, files: Mapping[str, str]):
    root = site_of(FEW)
    build(root, **SEARCH)
    site_of(files)
    built, is_other = rebuilt(build, root)
    assert built.changed
    assert not is_other


@pytest.mark.parametrize("change", ["content/blog/b.md", "site.yaml"])
def test_what_readers_narrow_results_down_by_makes_it_anew(site_of: SiteOf, build: Build, change: str):
    root = site_of(FEW)
    build(root, **SEARCH)
    other = {"content/blog/b.md": FEW[change].replace("Fruit", "Yellow"), "site.yaml": FEW["site.yaml"].replace("Manual", "Handbook")}
    site_of({change: other[change]})
    assert rebuilt(build, root)[1]
    found = fragments(root / "build")
    assert "Yellow" in found["/blog/b/"]["filters"]["tag"] or found["/docs/c/"]["filters"]["collection"] == ["Handbook"]


def test_a_page_that_goes_goes_from_it(site_of: SiteOf, build: Build):
    root = site_of(FEW)
    build(root, **SEARCH)
    (root / "content" / "blog" / "b.md").unlink()
    build(root, **SEARCH)
    assert "/blog/b/" not in fragments(root / "build")


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"x" * path.stat().st_size)])
def test_a_file_of_it_that_was_damaged_is_mended(site_of: SiteOf, build: Build, damage: Callable[[Path], object]):
    root = site_of(FEW)
    build(root, **SEARCH)
    before = tree(root / "build")
    damage(next((root / "build" / "pagefind" / "fragment").iterdir()))
    build(root, **SEARCH)
    assert tree(root / "build") == before


def test_a_stray_file_in_its_folder_goes(site_of: SiteOf, build: Build):
    root = site_of(FEW)
    build(root, **SEARCH)
    (root / "build" / "pagefind" / "stray.js").write_text("x")
    build(root, **SEARCH)
    assert not (root / "build" / "pagefind" / "stray.js").exists()


def test_without_search_there_is_no_index_and_it_comes_back_without_being_made_again(
    site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch
):
    root = site_of(FEW)
    build(root, **SEARCH)
    before = index_of(root / "build")
    build(root)
    assert not (root / "build" / "pagefind").exists()
    monkeypatch.setattr("sitegen.search.pagefind._run", lambda *_: pytest.fail("made again"))
    build(root, **SEARCH)
    assert index_of(root / "build") == before


def test_an_output_folder_that_is_gone_takes_it_from_the_cache(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    root = site_of(FEW)
    build(root, **SEARCH)
    before = index_of(root / "build")
    shutil.rmtree(root / "build")
    monkeypatch.setattr("sitegen.search.pagefind._run", lambda *_: pytest.fail("made again"))
    build(root, **SEARCH)
    assert index_of(root / "build") == before


def test_the_command_line_can_leave_it_out(site_of: SiteOf):
    root = site_of(FEW)
    assert cli.run(["build", "--root", str(root), "--quiet"]) == cli.OK
    assert (root / "build" / "pagefind" / "pagefind-entry.json").is_file()
    assert cli.run(["build", "--root", str(root), "--quiet", "--no-search"]) == cli.OK
    assert not (root / "build" / "pagefind").exists()


def test_the_profile_says_how_long_it_took(site_of: SiteOf, build: Build):
    steps = {step.name: step for step in build(site_of(FEW), **SEARCH).profile.steps}
    assert steps["search"].cpu > 0


def test_serve_answers_with_the_index_of_the_last_build(site_of: SiteOf, build: Build):
    root = site_of(FEW)
    client = Client(Server(root, {"base_url": "http://127.0.0.1:8000/", "search": True}))
    assert client.get("/pagefind/pagefind-entry.json", headers={"Host": "127.0.0.1"}).status_code == 404
    build(root, **SEARCH)
    entry = client.get("/pagefind/pagefind-entry.json", headers={"Host": "127.0.0.1"}, buffered=True)
    assert entry.data == (root / "build" / "pagefind" / "pagefind-entry.json").read_bytes()


# That it is the same


def many(count: int = 60) -> dict[str, str]:
    names = [f"{number * 7919 % count:03}" for number in range(count)]
    return {
        "site.yaml": "url: https://few.example/\nlanguages: {de: {}}\n",
        **{
            f"content/blog/{name}.md": post(f"Word{name} and more.\n\n## Part {name}\n\nText.", title=f"T {name}", date="2026-01-01")
            for name in names
        },
        **{f"content/blog/{name}.de.md": post(f"Wort{name} und mehr.", title=f"D {name}", date="2026-01-01") for name in names[::3]},
    }


def test_any_number_of_processes_makes_the_same_index(site_of: SiteOf, build: Build):
    root = site_of(many())
    build(root, **SEARCH)
    for jobs in (2, 3):
        build(root, output=root / f"build{jobs}", clean=True, jobs=jobs, **SEARCH)
        assert index_of(root / f"build{jobs}") == index_of(root / "build")


def test_the_order_in_which_pages_come_makes_no_difference():
    pages = [
        (f"p{number}/index.html", f"<html lang=en><main data-pagefind-body><h1>P {number}</h1>Word{number} two</main>")
        for number in range(50)
    ]
    assert search.indexed(pages) == search.indexed(reversed(pages))


def test_an_incremental_build_has_the_index_of_a_clean_one(site_of: SiteOf, build: Build):
    root = site_of(many())
    build(root, **SEARCH)
    site_of(
        {"content/blog/007.md": post("Other words.", title="T 007", date="2026-01-01"), "content/blog/new.md": post("New.", title="New")}
    )
    (root / "content" / "blog" / "011.md").unlink()
    build(root, **SEARCH)
    incremental = tree(root / "build")
    build(root, clean=True, **SEARCH)
    assert tree(root / "build") == incremental


# What can go wrong


def test_a_page_in_its_folder_is_a_collision(site_of: SiteOf, build: Build):
    root = site_of({**FEW, "content/pagefind/x.md": post("Text.", title="X")})
    with pytest.raises(ProblemsFound) as caught:
        build(root, **SEARCH)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.path) == ("collision", "content/pagefind/x.md")
    assert problem.message == "content/pagefind/x.md wants '/pagefind/x/', and /pagefind/ belongs to the search index"
    build(root)


def test_what_pagefind_says_when_it_fails_is_told(site_of: SiteOf, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    command = tmp_path / "pagefind"
    command.write_text("#!/bin/sh\necho 'no room left' >&2\nexit 3\n")
    command.chmod(0o755)
    monkeypatch.setattr("pagefind_bin_extended.get_executable", lambda: command)
    root = site_of(FEW)
    with pytest.raises(SitegenError, match="Pagefind made no index: no room left") as caught:
        build(root, **SEARCH)
    assert caught.value.problem.rule == "search"
    assert "--no-search" in caught.value.problem.hint
    assert not (root / "build").exists()


def test_an_index_of_another_form_is_told_of(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sitegen.search.order._MARK", b"pagefind_xyz")
    with pytest.raises(SitegenError, match="writes an index of another form than is known"):
        build(site_of(FEW), **SEARCH)


# The text of a page


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<main><p>a</p></main>b", "<main><p>a</p></main>"),
        (
            "<h1 data-pagefind-body>a</h1><p>b</p><div data-pagefind-body>c<div>d</div></div>e",
            "<h1 data-pagefind-body>a</h1><div data-pagefind-body>c<div>d</div></div>",
        ),
        (
            '<main><p title="</main>">a</p><!-- </main> --><script>"</main>"</script><main>b</main>c</main>d',
            '<main><p title="</main>">a</p><!-- </main> --><script>"</main>"</script><main>b</main>c</main>',
        ),
        ('<meta content="data-pagefind-body"><main>a</main>', "<main>a</main>"),
        ("<p data-pagefind-body>a data-pagefind-body b</p>c", "<p data-pagefind-body>a data-pagefind-body b</p>"),
        ("<main>never closed", "<main>never closed"),
        ("<p>none</p>", ""),
    ],
)
def test_the_text_is_what_is_marked_or_else_the_main_part(html: str, text: str):
    assert search.text_of(html) == text

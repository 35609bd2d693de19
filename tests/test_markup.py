"""Markdown in, HTML out: golden files for each feature, and what else a body tells."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import html5lib
import msgspec
import pytest
from github_slugger import GithubSlugger
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.html_scan import decode
from sitegen.markup import Heading, Labels, Options, Rendered, render, version
from sitegen.markup.slugs import Slugger
from sitegen.report import RULES

GOLDEN = Path(__file__).parent / "golden"
DEFAULT = Options()
TRUST = Options(html="trust")


def problems_of(body: str, **given) -> list[tuple[str, int, int, str]]:
    return [(problem.rule, problem.line, problem.column, problem.message) for problem in render(body, DEFAULT, **given).problems]


def parse(html: str) -> list[str]:
    """The parse errors of a fragment, but for those of the input itself."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(html)
    return [code for _, code, _ in parser.errors]


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_the_html_is_the_golden_one(source: Path, update: bool):
    html = render(source.read_text("utf-8"), DEFAULT, title="x").body.html + "\n"
    expected = source.with_suffix(".html")
    if update:
        expected.write_text(html, "utf-8")
    assert html == expected.read_text("utf-8")


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_golden_html_has_no_parse_error(source: Path):
    assert parse(render(source.read_text("utf-8"), DEFAULT).body.html) == []


@pytest.mark.parametrize("options", [DEFAULT, TRUST, Options(line_numbers=True)])
def test_no_markdown_makes_a_style_or_a_script(options: Options):
    for source in GOLDEN.glob("*.md"):
        if source.stem != "raw_html":
            html = render(source.read_text("utf-8"), options).body.html
            assert not re.search(r"<[^>]*\sstyle=|<script|\son[a-z]+=", html)


def test_a_page_renders_the_same_whatever_was_rendered_before():
    bodies = [path.read_text("utf-8") for path in sorted(GOLDEN.glob("*.md"))]
    alone = [render(body, DEFAULT) for body in bodies]
    backwards = [render(body, DEFAULT) for body in reversed(bodies)]
    assert alone == backwards[::-1]


def test_a_page_renders_the_same_however_deep_the_caller_stands():
    body = "> " * 120 + "deep"

    def deeper(frames: int) -> Rendered:
        return deeper(frames - 1) if frames else render(body, DEFAULT)

    assert deeper(300) == render(body, DEFAULT)


def test_threads_do_not_meet():
    bodies = [path.read_text("utf-8") for path in sorted(GOLDEN.glob("*.md"))]
    expected = [render(body, DEFAULT) for body in bodies]
    wrong: list[int] = []

    def work(first: int) -> None:
        for index in range(len(bodies)):
            index = (index + first) % len(bodies)
            if render(bodies[index], DEFAULT) != expected[index]:
                wrong.append(index)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_another_process_with_another_hash_seed_renders_the_same():
    code = "import sys; from sitegen.markup import *; sys.stdout.write(repr(render(sys.stdin.read(), Options())))"
    body = (GOLDEN / "raw_html.md").read_text("utf-8")
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], input=body, env={"PYTHONHASHSEED": seed}, text=True, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_what_is_rendered_survives_the_cache():
    rendered = render((GOLDEN / "raw_html.md").read_text("utf-8"), DEFAULT)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(rendered), type=Rendered) == rendered


def test_the_version_names_every_library():
    assert re.findall(r"(\S+)=[0-9]", version()) == ["github-slugger", "Markdown", "math-core", "nh3", "Pygments", "pymdown-extensions"]


# Title and contents


@pytest.mark.parametrize(
    ("body", "given", "title", "shown"),
    [
        ("# One *Two*\n\ntext", "", "One Two", False),
        ("# One *Two*\n\ntext", "One  Two", "One Two", False),
        ("# One\n\ntext", "Other", "One", True),
        ("text\n\nOne\n===\n", "", "One", False),
        ("## Two\n\ntext", "", "", False),
        ("> # Quoted\n\ntext", "", "", True),
        ("# One[^1]\n\n[^1]: note", "", "One", False),
        ("<h1 align='center'>Raw</h1>\n\ntext", "", "Raw", False),
        ("# AT&T &amp; `<b>`\n\ntext", "", "AT&T & <b>", False),
    ],
)
def test_the_first_h1_is_the_title_and_shown_once(body: str, given: str, title: str, shown: bool):
    rendered = render(body, DEFAULT, title=given)
    assert (rendered.title, "<h1" in rendered.body.html) == (title, shown)


def test_a_title_that_was_cut_leaves_its_id():
    rendered = render("# Getting started\n\ntext", DEFAULT)
    assert (rendered.title_id, rendered.ids) == ("getting-started", ())


def test_contents_hold_levels_two_to_four_as_plain_text():
    rendered = render("# A\n## B `<i>`\n### C <b>x</b>\n#### D[^1]\n##### E\n\n[^1]: n", DEFAULT)
    assert rendered.contents == (Heading(2, "b-i", "B <i>"), Heading(3, "c-x", "C x"), Heading(4, "d", "D"))


def test_contents_and_body_agree_on_ids():
    rendered = render((GOLDEN / "headings.md").read_text("utf-8"), DEFAULT)
    assert {heading.id for heading in rendered.contents} <= set(rendered.ids)


def test_no_id_is_there_twice():
    ids = render((GOLDEN / "headings.md").read_text("utf-8"), DEFAULT, title="x").ids
    assert len(ids) == len(set(ids))


@given(st.lists(st.text(alphabet=st.sampled_from("aAbB 1-_é你ΣİſǅÅ.!'&\u0301\t🎉𝒳ß")), max_size=6))
def test_ids_are_those_of_github(titles: list[str]):
    github, ours = GithubSlugger(), Slugger()
    for title in titles:
        expected = github.slug(title)
        if not expected or expected.startswith("-"):
            return
        assert ours.slug(title) == expected


def test_labels_speak_the_language_of_the_page():
    labels = Labels("Lien : {}", "Notes", "Retour {}", "Fait", "À faire")
    html = render("## T\n\n- [ ] x\n- [x] y[^1]\n\n[^1]: n", Options(labels=labels)).body.html
    assert re.findall(r'aria-label="([^"]*)"', html) == ["Lien : T", "À faire", "Fait", "Notes", "Retour 1"]


# Summaries


@pytest.mark.parametrize(
    "marker",
    [
        "<!-- more -->",
        "<!--more-->",
        "<!-- truncate -->",
        "{/* truncate */}",
        "<!-- TEASER_END -->",
        "<!-- TEASER_END: Read on -->",
        "# more",
    ],
)
def test_a_marker_ends_the_summary_and_never_shows(marker: str):
    rendered = render(f"One *two*.\n\nThree.\n\n{marker}\n\nFour.", DEFAULT)
    assert rendered.summary.html == "<p>One <em>two</em>.</p>\n<p>Three.</p>"
    assert rendered.text == "One two. Three."
    assert re.findall(r"<p>.*?</p>|<h1|more|truncate|TEASER|\x02", rendered.body.html) == [
        "<p>One <em>two</em>.</p>",
        "<p>Three.</p>",
        "<p>Four.</p>",
    ]


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ("One <!-- more --> two.", "<p>One</p>"),
        ("- a\n- b <!--more-->\n- c", "<ul>\n<li>a</li>\n<li>b</li></ul>"),
        ("<!-- more -->\n\nAll of it.", "<p>All of it.</p>"),
        ("One `<!-- more -->` two.\n\nThree", "<p>One <code>&lt;!-- more --&gt;</code> two.</p>"),
        ("```\n# more\n<!-- more -->\n```\n\nText", "<p>Text</p>"),
        ("# more\n\ntext", "<p>text</p>"),
        ("![p](p.png)\n\n## H\n\n```\ncode\n```\n\nText.", "<p>Text.</p>"),
        ("> quote\n\n- item", "<p>quote item</p>"),
        ("One[^1].\n\n[^1]: n", "<p>One.</p>"),
        ("Para\n{: #id .c }", '<p class="c">Para</p>'),
        ("## H\n\none\n\n<!-- more -->\n\ntwo", "<h2>H</h2>\n<p>one</p>"),
        ("```\nonly code\n```", ""),
        ("", ""),
    ],
)
def test_the_summary_is_what_stands_above_the_marker_or_the_first_paragraph(body: str, summary: str):
    assert render(body, DEFAULT).summary.html == summary


def test_a_very_long_first_paragraph_is_cut_to_words():
    rendered = render("word & " * 200, Options(summary_words=5))
    assert rendered.summary.html == "<p>word &amp; word &amp; word &amp; word &amp; word &amp;…</p>"
    assert rendered.text == "word & word & word & word & word &…"


def test_a_summary_of_words_is_cut_where_the_blocks_are():
    rendered = render("## Added\n\n- A thing.\n\n## Fixed\n\n- Another.\n", DEFAULT)
    assert (rendered.summary.html, rendered.text) == ("<p>A thing. Another.</p>", "A thing. Another.")


def test_tabs_in_a_summary_show_all_they_hold():
    html = render('=== "A"\n    a\n\n=== "B"\n    b\n\n<!-- more -->\n\nc', DEFAULT).summary.html
    assert re.findall(r"<input|<label|\sid=|tabbed-\w+|<span>.</span>", html) == [
        "tabbed-plain",
        "tabbed-labels",
        "<span>A</span>",
        "<span>B</span>",
        "tabbed-content",
        "tabbed-block",
        "tabbed-block",
    ]


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_a_summary_has_no_ids_and_is_closed_correctly(source: Path):
    body = source.read_text("utf-8")
    for at in (match.start() for match in re.finditer(r"\n\n", body)):
        html = render(body[:at] + "\n\n<!-- more -->\n\n" + body[at:], DEFAULT).summary.html
        assert parse(html) == []
        assert not re.search(r'<[^>]*\sid="|headerlink|fnref', html)


def test_links_in_a_summary_know_their_place():
    summary = render("text\n\n[a](b.md)\n\n<!-- more -->\n\n[c](d.md)", DEFAULT, line=10).summary
    assert [(link.target, link.line, summary.html[link.start : link.end]) for link in summary.references] == [("b.md", 12, "b.md")]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("One two, three-four don't 3.11.", 5),
        ("漢字かな text", 5),
        ("한국어 단어", 2),
        ("# Title\n\nbody", 1),
        ("a<br>b", 2),
        ("`f(x)` <b>b</b>old", 3),
    ],
)
def test_words_are_those_a_reader_reads(body: str, words: int):
    assert render(body, DEFAULT).words == words


# References


def test_every_address_is_a_reference_with_its_kind():
    rendered = render(
        '<picture><source srcset="a.avif 1x, b.avif 2x"><img src="c.jpg" srcset="d.jpg 2x" alt=""></picture>\n'
        '<video src="v.mp4" poster="p.jpg"><source src="w.mp4"><track src="t.vtt"></video><audio src="s.mp3"></audio> [l](x.md)',
        DEFAULT,
    )
    assert [(reference.target, reference.kind) for reference in rendered.body.references] == [
        ("a.avif", "image"),
        ("b.avif", "image"),
        ("c.jpg", "image"),
        ("d.jpg", "image"),
        ("v.mp4", "media"),
        ("p.jpg", "image"),
        ("w.mp4", "media"),
        ("t.vtt", "media"),
        ("s.mp3", "media"),
        ("x.md", "link"),
    ]
    assert rendered.images == ("a.avif", "b.avif", "c.jpg", "d.jpg", "p.jpg")


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("[a](x.md) `[a](x.md)` [b](x.md)", [(7, 5), (7, 27)]),
        ("text\n\n![a](p.png 'T')", [(9, 6)]),
        ("[a][r] [b][r]\n\n[r]: x.md", [(9, 6), (9, 6)]),
        ("<https://a.example>", [(7, 2)]),
        ("See https://a.example/b.", [(7, 5)]),
        ("```\n[a](x.md)\n```\n\n[a](x.md)", [(11, 5)]),
        ("[a](<x y.md>)", [(7, 6)]),
        ("[a](x.md?a=1&amp;b=2)", [(7, 5)]),
        ('<a\nhref="x.md">a</a>', [(8, 7)]),
        ("[a](#t) \n\n## T\n\n[b](#t)", [(7, 5), (0, 0), (11, 5)]),
        ("me@example.com", [(7, 1)]),
        ("www.example.com", [(7, 1)]),
        ('<img src="a.png" srcset="b.png 1x, c.png 2x">', [(7, 11), (7, 26), (7, 36)]),
        ("[a](b\\_c.md)", [(7, 5)]),
    ],
)
def test_a_reference_knows_line_and_column_in_the_file(body: str, places: list[tuple[int, int]]):
    assert [(link.line, link.column) for link in render(body, DEFAULT, line=7).body.references] == places


@given(st.text(alphabet=st.sampled_from("ab[]()!<>\"'`*_&;:/# \n\\{}=.|~-1xé\x00\x02\x03")) | st.text())
def test_no_text_gives_a_traceback_and_every_offset_is_exact(body: str):
    for options in (DEFAULT, TRUST):
        rendered = render(body, options, seconds=60)
        for fragment in (rendered.body, rendered.summary):
            assert all(decode(fragment.html[link.start : link.end]) == link.target for link in fragment.references)
        assert not re.search(r"[\x00-\x08\x0b-\x1f]|wzxhzdk|klzzwxh", rendered.body.html) or "k" in body


# Problems


def test_an_unknown_language_is_a_warning_at_its_fence():
    assert problems_of("text\n\n> ```nosuch\n> x\n> ```", line=5) == [
        ("unknown-language", 7, 6, "`nosuch` is not a language that Pygments knows")
    ]


@pytest.mark.parametrize(
    "info", ["js {1,3-5} title=x", "{ .js title }", "{ .js hl_lines linenums }", "js,ignore", "js something else", "js title='x'"]
)
def test_a_fence_with_any_info_string_is_a_block_of_code(info: str):
    html = render(f"```{info}\nlet x\n```", DEFAULT).body.html
    assert '<code class="language-js">' in html


def test_a_fence_within_an_indented_block_asks_for_no_language():
    assert problems_of("text\n\n    ```nosuch\n    x\n    ```") == []


@pytest.mark.parametrize("name", ["text", "plaintext", "none", "Python", "c++", "objective-c"])
def test_a_usual_name_of_a_language_is_known(name: str):
    assert problems_of(f"```{name}\nx\n```") == []


def test_a_control_character_is_left_out_with_a_warning():
    rendered = render("a\x02wzxhzdk:0\x03\n\nb\x1b[0m", DEFAULT, line=3)
    assert rendered.body.html == "<p>awzxhzdk:0</p>\n<p>b[0m</p>"
    assert [(problem.rule, problem.line, problem.column) for problem in rendered.problems] == [
        ("control-character", 3, 2),
        ("control-character", 5, 2),
    ]


def test_all_rules_are_known_to_the_report():
    body = "\x01\n\n```nosuch\nx\n```\n\n<script></script>"
    assert {problem.rule for problem in render(body, DEFAULT).problems} < set(RULES)


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No garbage is collected: Hypothesis watches it with a callback, in which the alarm would be lost."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
@pytest.mark.parametrize("body", ["*a* " * 50_000, "[a](b) " * 30_000])
def test_a_page_that_takes_too_long_is_an_error_that_names_its_line(body: str):
    with pytest.raises(ContentError) as caught:
        render("Fine.\n\n" + body, DEFAULT, line=4, seconds=0.05)
    problem = caught.value.problem
    assert (problem.rule, problem.line) == ("too-complex", 6)


def test_blocks_nested_too_deep_are_an_error():
    with pytest.raises(ContentError, match="nested too deep"):
        render("* " * 1000 + "x", DEFAULT)


@pytest.mark.usefixtures("uncollected")
def test_an_engine_that_broke_off_leaves_nothing_behind():
    expected = render("One[^1]\n\n[^1]: n", DEFAULT)
    with pytest.raises(ContentError):
        render("[^1]: left\n\n" + "*a* " * 50_000, DEFAULT, seconds=0.05)
    assert render("One[^1]\n\n[^1]: n", DEFAULT) == expected


def test_a_block_that_takes_too_long_to_highlight_is_an_error_that_names_its_fence():
    with pytest.raises(ContentError) as caught:
        render('text\n\n```scala\n"' + "\\" * 40 + "\n```", DEFAULT, line=2)
    assert (caught.value.problem.rule, caught.value.problem.line, caught.value.problem.hint) == ("too-complex", 4, "mark the fence `text`")


@pytest.mark.parametrize("source", ["x = 1 # " + "y" * 5_001, "x = 1\n" * 40_000])
def test_a_line_or_a_block_beyond_measure_is_not_highlighted(source: str):
    html = render(f"```python\n{source}\n```", DEFAULT).body.html
    assert "<span" not in html
    assert "x = 1" in html


# Extensions of a site


def test_a_site_brings_its_own_extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    tmp_path.joinpath("loud_site.py").write_text(
        "from markdown.extensions import Extension\n"
        "from markdown.preprocessors import Preprocessor\n"
        "class Loud(Preprocessor):\n"
        "    def run(self, lines):\n"
        "        return [line.upper() for line in lines]\n"
        "class LoudExtension(Extension):\n"
        "    def extendMarkdown(self, md):\n"
        "        md.preprocessors.register(Loud(md), 'loud', 28)\n"
        "def makeExtension(**given):\n"
        "    return LoudExtension(**given)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert render("hello", Options(extensions=("loud_site",))).body.html == "<p>HELLO</p>"
    assert render("hello", Options(extensions=("loud_site:LoudExtension",))).body.html == "<p>HELLO</p>"
    assert render("hello", DEFAULT).body.html == "<p>hello</p>"


@pytest.mark.parametrize("path", ["no.such.module", "json:JSONDecoder", "json"])
def test_an_extension_that_cannot_be_loaded_is_an_error_that_names_it(path: str):
    with pytest.raises(ContentError, match=re.escape(f"`{path}`")) as caught:
        render("x", Options(extensions=(path,)))
    assert caught.value.problem.rule == "extension"


def test_options_are_plain_values():
    assert asdict(DEFAULT)["html"] == "sanitise"
    assert hash(DEFAULT) == hash(Options())

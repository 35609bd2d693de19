"""Diagrams: drawn while the site is built, drawn by the browser, or shown as their source; a picture never acts."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha384
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from sitegen.errors import ProblemsFound
from sitegen.markup import Options, Rendered, render
from sitegen.markup.diagrams import LARGEST, DrawingError, image_of, title_of
from tests.conftest import SMALL_SITE, Build, SiteOf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text>{}</text></svg>'
DRAWN = Options(diagrams=(("mermaid", "mysite.diagrams:draw"), ("d2", "mysite.diagrams:draw")))
BODY = '# T\n\n```mermaid title="A & B"\ngraph LR\n  A --> B\n```\n'
RENDERER = """
from pathlib import Path

def render(source):
    with (Path(__file__).parent / "calls.txt").open("a") as calls:
        calls.write(source.strip())
    if "wrong" in source:
        raise ValueError("no such shape")
    return '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><text>one</text></svg>'
"""


def drawn(body: str, svg: str = SVG.format("x"), options: Options = DRAWN) -> Rendered:
    return render(body, options, draw=lambda _path, _source: svg)


def picture(html: str) -> str:
    return unquote(re.findall(r'src="data:image/svg\+xml,([^"]*)"', html)[0])


def test_without_a_renderer_the_source_is_shown_and_named():
    rendered = render(BODY, Options())
    assert rendered.body.html == (
        '<figure class="diagram diagram-mermaid"><figcaption>A &amp; B <small>Diagram in Mermaid, shown as its source</small></figcaption>'
        '<pre tabindex="0"><code class="language-mermaid">graph LR\n  A --&gt; B\n</code></pre></figure>'
    )
    assert rendered.problems == ()


def test_a_language_that_is_no_code_at_all_needs_no_renderer_and_others_stay_code():
    html = render("```plantuml\n@startuml\n```\n\n```d2\na\n```\n\n```dot\ndigraph {}\n```\n", Options()).body.html
    assert re.findall(r'class="diagram diagram-(\w+)"', html) == ["plantuml", "d2"]
    assert 'class="language-dot"' in html


def test_a_drawing_is_an_image_with_a_size_a_name_and_its_source():
    html = drawn(BODY).body.html
    assert html.startswith('<figure class="diagram"><img class="diagram-picture" src="data:image/svg+xml,%3Csvg')
    assert 'alt="A &amp; B" width="40" height="20"><figcaption>A &amp; B</figcaption><details><summary>Source of the diagram' in html
    assert "graph LR\n  A --&gt; B\n" in html


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("sequenceDiagram\n  accTitle: A talk\n", "A talk"),
        ("---\nconfig: {}\ntitle: 'Made up'\n---\ngraph LR", "Made up"),
        ("graph LR\n  title: x", ""),
        ("", ""),
    ],
)
def test_a_diagram_can_say_what_it_is_called(source: str, title: str):
    assert title_of(source) == title


def test_a_drawing_is_no_picture_of_the_page_and_nothing_that_it_links_to():
    rendered = drawn(BODY, '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><a href="#x" id="y"/></svg>')
    assert (rendered.images, rendered.ids, rendered.body.references) == ((), (), ())


def test_a_summary_holds_the_drawing():
    assert "data:image/svg+xml," in drawn("```d2\na\n```\n\nText.\n\n<!-- more -->\n\nRest.").summary.html


@pytest.mark.parametrize("fence", ["> ```d2\n> a\n> ```", "- x\n\n    ```d2\n    a\n    ```", '=== "Tab"\n\n    ```d2\n    a\n    ```'])
def test_a_diagram_stands_where_code_may_stand(fence: str):
    assert "data:image/svg+xml," in drawn(fence).body.html


DANGEROUS = [
    "<script>alert(1)</script>",
    '<g onload="alert(1)"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://evil.example/"><text>x</text></a>',
    '<image href="https://evil.example/x.png"/>',
    '<use href="https://evil.example/x.svg#a"/>',
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/"/></foreignObject>',
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"><script>alert(1)</script></body></foreignObject>',
]


@pytest.mark.parametrize("inner", DANGEROUS)
def test_a_drawing_has_no_script_no_handler_and_no_foreign_address(inner: str):
    html = drawn(BODY, f'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">{inner}</svg>').body.html
    svg = picture(html)
    assert not re.search(r"script|onload|evil|javascript", svg)
    ElementTree.fromstring(svg)
    assert re.sub(r'src="data:[^"]*"', "", html).count("<svg") == 0


@pytest.mark.parametrize(
    ("svg", "message"),
    [
        ("", "it gives no SVG"),
        ("<svg", "it gives no SVG"),
        ("<html/>", "expected `svg`"),
        ('<svg width="1" height="1"/>', "with the namespace"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "has no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>', "has no size"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan inf"/>', "has no size"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"/>', "declares entities"),
        (SVG.format("x" * LARGEST), "the limit is"),
    ],
)
def test_what_is_no_picture_is_refused(svg: str, message: str):
    with pytest.raises(DrawingError, match=re.escape(message)):
        image_of(svg, "x")


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ('width="10" height="20"', ("10", "20")),
        ('width="72pt" height="36.0pt"', ("96", "48")),
        ('width="10.4px" height="0.2px"', ("10", "1")),
        ('width="100%" viewBox="-5 -5 30.5 12"', ("30", "12")),
    ],
)
def test_the_size_is_that_of_the_picture(given: str, size: tuple[str, str]):
    html = image_of(f'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b"><svg xmlns="http://www.w3.org/2000/svg" {given}/>', "x")
    assert re.findall(r' (?:width|height)="(\d+)"', html) == list(size)


@pytest.mark.parametrize("forged", ["&#14;\U00100000", "<b title='&#xe;\U00100000'>x</b>", "\x0e\U00100000"])
def test_the_sign_of_a_drawing_cannot_be_forged_into_anything_but_the_drawing(forged: str):
    html = drawn(f"{forged}\n\n{BODY}").body.html
    assert "\x0e" not in html
    assert not re.search(r'title="[^"]*<', html)


def test_a_renderer_that_fails_is_an_error_with_the_line_of_the_fence():
    def fail(_path: str, _source: str) -> str:
        raise KeyError("shape")

    rendered = render("Text\n\n" + BODY, DRAWN, line=5, draw=fail)
    problem = rendered.problems[0]
    assert (problem.rule, problem.line, problem.message) == ("diagram", 10, "the renderer `mysite.diagrams:draw` failed: KeyError: 'shape'")
    assert problem.hint.endswith("of test_markup_diagrams.py")
    assert "shown as its source" in rendered.body.html


def test_a_renderer_that_is_not_there_is_an_error():
    problem = render(BODY, Options(diagrams=(("mermaid", "nowhere.at.all"),))).problems[0]
    assert problem.message == "the renderer `nowhere.at.all` failed: ModuleNotFoundError: No module named 'nowhere'"


SITE = {
    **SMALL_SITE,
    "site.yaml": SMALL_SITE["site.yaml"] + "markdown: {diagrams: {d2: drawing}}\n",
    "drawing.py": RENDERER,
    "content/blog/first.md": "---\ndate: 2026-01-01\n---\n\n```d2\na -> b\n```\n\nText.\n\n## Part one\n",
}


def calls(root: Path) -> str:
    path = root / "calls.txt"
    return path.read_text() if path.exists() else ""


def test_a_diagram_is_drawn_once_until_it_or_its_renderer_changes(site_of: SiteOf, build: Build):
    root = site_of(SITE)
    build(root)
    assert calls(root) == "a -> b"
    page = root / "content/blog/first.md"
    page.write_text(page.read_text().replace("Text", "Other text"))
    build(root)
    assert calls(root) == "a -> b"
    (root / "drawing.py").write_text(RENDERER.replace("one", "two"))
    build(root)
    assert calls(root) == "a -> b" * 2
    assert "two" in picture((root / "build/blog/first/index.html").read_text())


def test_a_diagram_stays_in_the_cache_as_long_as_its_page_holds_it(site_of: SiteOf, build: Build):
    root = site_of(SITE)
    page, other = root / "content/blog/first.md", root / "content/about.md"
    build(root)
    for number in range(2):
        for path in (root / ".cache/values").rglob("*"):
            os.utime(path, (1, 1))
        other.write_text(f"Text {number}.")
        build(root)
    page.write_text(page.read_text().replace("Text", "Other text"))
    build(root)
    assert calls(root) == "a -> b"
    page.write_text(page.read_text().replace("```d2\na -> b\n```\n", ""))
    build(root)
    for path in (root / ".cache/values").rglob("*"):
        os.utime(path, (1, 1))
    other.write_text("Text.")
    build(root)
    page.write_text(SITE["content/blog/first.md"])
    build(root)
    assert calls(root) == "a -> b" * 2


def test_a_site_with_a_diagram_that_cannot_be_drawn_is_not_built(site_of: SiteOf, build: Build):
    root = site_of({**SITE, "content/blog/second.md": "---\ndate: 2026-01-02\n---\n\n```d2\nwrong\n```\n"})
    with pytest.raises(ProblemsFound) as caught:
        build(root)
    problem = caught.value.problems[0]
    assert (problem.path, problem.line, problem.rule) == ("content/blog/second.md", 6, "diagram")
    assert problem.message == "the renderer `drawing` failed: ValueError: no such shape"
    assert problem.hint == "see line 8 of drawing.py"


def test_only_pages_with_a_mermaid_diagram_load_the_sites_own_mermaid(built: Callable[..., Path]):
    files = {
        "static/js/mermaid.min.js": "window.mermaid = {};",
        "content/a.md": "# A\n\n```mermaid\ngraph LR\n```\n",
        "content/b.md": "# B\n\n`mermaid`\n",
    }
    output = built(files, "markdown: {mermaid: js/mermaid.min.js}\n")
    with_one, without = ((output / name / "index.html").read_text() for name in ("a", "b"))
    loaded = re.findall(r'<script src="/static/((?:js/)?mermaid\S*)" ((?:[\w-]+="[^"]*" )*)defer></script>', with_one)
    assert [re.sub(r"\w{8}[.]js", "js", name) for name, _ in loaded] == ["mermaid.js", "js/mermaid.min.js"]
    digest = b64encode(sha384((output / "static" / loaded[1][0]).read_bytes()).digest()).decode()
    assert loaded[1][1] == f'integrity="sha384-{digest}" '
    assert "/static/mermaid" not in without
    assert "-diagrams" not in without


def test_a_site_without_mermaid_for_browsers_loads_none(built: Callable[..., Path]):
    html = (built({"content/a.md": "# A\n\n```mermaid\ngraph LR\n```\n"}) / "a/index.html").read_text()
    assert "/static/mermaid" not in html
    assert "-diagrams" in html

"""Pictures: what is read of them, and what pages say of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sitegen.errors import ProblemsFound
from sitegen.markup import Options, render
from sitegen.pictures import Size, size_of
from tests.conftest import Build, SiteOf, dom, post, tree


def picture(form: str, width: int = 40, height: int = 20, **options: object) -> bytes:
    """A real picture; `turned` says by EXIF that it is to be shown turned by a quarter."""
    if options.pop("turned", False):
        exif = Image.Exif()
        exif[0x0112] = 6
        options["exif"] = exif
    out = BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(out, form, **options)
    return out.getvalue()


# Sizes.


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
def test_a_picture_says_its_size(tmp_path: Path, form: str):
    (tmp_path / "x").write_bytes(picture(form))
    assert size_of(tmp_path / "x") == Size(40, 20)


@pytest.mark.parametrize("form", ["JPEG", "AVIF"])
def test_a_picture_that_is_shown_turned_says_the_size_it_is_shown_in(tmp_path: Path, form: str):
    (tmp_path / "x").write_bytes(picture(form, turned=True))
    assert size_of(tmp_path / "x") == Size(20, 40)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>', Size(24, 12)),
        ('<svg width="100%" height="50%" viewBox="0 0 24 12"/>', Size(24, 12)),
        ("<?xml version='1.0'?><!-- a > b --><svg width='48' viewBox='0,0,24,12'></svg>", Size(48, 24)),
        ('<svg height="1in" viewBox="-1 -1 24 12"/>', Size(192, 96)),
        ('<svg width="30mm" height="20.4px"/>', Size(113, 20)),
        ('<svg\n  aria-label="a > b"\n  width="10" height="20"/>', Size(10, 20)),
        ('<svg viewBox="0 0 0 0"/>', None),
        ('<svg viewBox="0 0 1e9 1e9" width="2000000" height="1"/>', None),
        ("<svg/>", None),
    ],
)
def test_a_drawing_says_its_size_or_that_of_its_box(tmp_path: Path, svg: str, size: Size | None):
    (tmp_path / "x.svg").write_text(svg)
    assert size_of(tmp_path / "x.svg") == size


@pytest.mark.parametrize("data", [b"", b"us", b"<html>", picture("PNG")[:18], b"\xff\xd8\xff\xe0", b"GIF89a\0\0\0\0"])
def test_what_is_no_picture_has_no_size(tmp_path: Path, data: bytes):
    (tmp_path / "x.png").write_bytes(data)
    assert size_of(tmp_path / "x.png") is None


# On pages.


def images(page: Path) -> list[dict[str, str]]:
    return [dict(each.attrib) for each in dom(page).xpath("//main//img")]


def test_a_picture_of_the_site_has_its_size_and_waits_unless_it_is_the_first(built):
    text = "![One](one.png) ![Two](two.jpg)\n\n![Three](/static/three.svg)\n"
    output = built(
        {
            "content/x.md": post(text, title="X"),
            "content/one.png": picture("PNG"),
            "content/two.jpg": picture("JPEG", turned=True),
            "static/three.svg": '<svg viewBox="0 0 6 3"/>',
        }
    )
    first, second, third = images(output / "x/index.html")
    assert first == {"width": "40", "height": "20", "decoding": "async", "alt": "One", "src": "/one.png"}
    assert (second["width"], second["height"], second["loading"]) == ("20", "40", "lazy")
    assert (third["width"], third["height"]) == ("6", "3")


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ('<img src="a.png" alt="" width="10">', {"width": "10", "height": "5"}),
        ('<img src="a.png" alt="" height="10">', {"width": "20", "height": "10"}),
        ('<img src="a.png" alt="" width="50%">', {"width": "50%"}),
        ('<img src="a.png" alt="" width="7" height="7">', {"width": "7", "height": "7"}),
        ('<img src="a.png?v=2#x" alt="" loading="eager" decoding="sync">', {"width": "40", "height": "20", "loading": "eager"}),
        ('<img src="https://pics.example/a.png" alt="">', {}),
    ],
)
def test_what_the_author_says_of_a_picture_wins(built, tag: str, attributes: dict[str, str]):
    output = built({"content/x.md": f"# X\n\n![First](a.png)\n\n{tag}\n", "content/a.png": picture("PNG")})
    found = images(output / "x/index.html")[1]
    expected = {"loading": "lazy", **attributes}
    assert {name: found.get(name) for name in ("width", "height", "loading")} == {"width": None, "height": None, **expected}


def test_a_picture_after_a_listing_gets_its_attributes_in_its_own_tag(built):
    text = "```python\nprint('<img src=x>')\n```\n\n`<img>` ![A > b](a.png)\n"
    output = built({"content/x.md": f"# X\n\n{text}", "content/a.png": picture("PNG")})
    (found,) = images(output / "x/index.html")
    assert (found["alt"], found["width"]) == ("A > b", "40")


def test_what_an_author_is_trusted_with_is_measured_as_well(built):
    tag = "<IMG alt='a > b' src=a.png>"
    output = built({"content/x.md": f"# X\n\n{tag}\n", "content/a.png": picture("PNG")}, "content: {html: trust}\n")
    (found,) = images(output / "x/index.html")
    assert (found["alt"], found["src"], found["width"]) == ("a > b", "/a.png", "40")


def test_a_picture_in_a_summary_and_in_a_feed_has_its_size(built):
    output = built({"content/blog/x.md": post("See ![a](a.png)", title="X", date="2026-01-01"), "content/blog/a.png": picture("PNG")})
    assert images(output / "blog/index.html")[0]["width"] == "40"
    assert 'width="40"' in dom((output / "atom.xml").read_text()).xpath("string(//content)")


def test_another_picture_of_the_same_size_changes_no_page(site_of: SiteOf, build: Build):
    root = site_of({"content/x.md": "# X\n\n![a](a.png)\n", "content/y.md": "# Y\n\nText.\n", "content/a.png": picture("PNG")})
    build(root)
    (root / "content/a.png").write_bytes(picture("PNG", compress_level=0))
    done = build(root)
    assert (done.rendered, done.changed) == (0, True)


def test_a_picture_of_another_size_changes_the_pages_that_show_it(site_of: SiteOf, build: Build):
    root = site_of({"content/x.md": "# X\n\n![a](a.png)\n", "content/y.md": "# Y\n\nText.\n", "content/a.png": picture("PNG")})
    build(root)
    before = tree(root / "build")
    (root / "content/a.png").write_bytes(picture("PNG", width=41))
    assert build(root).rendered == 1
    after = tree(root / "build")
    assert [name for name in before if before[name] != after[name]] == [".sitegen", "a.png", "x/index.html"]


# Figures.


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('![A](a.png "Said")', '<figure><img alt="A" src="a.png"><figcaption>Said</figcaption></figure>'),
        ('[![A](a.png "Said")](b.md)', '<figure><a href="b.md"><img alt="A" src="a.png"></a><figcaption>Said</figcaption></figure>'),
        (
            '![A][1]\n\n[1]: a.png "A & <b>"',
            '<figure><img alt="A" src="a.png"><figcaption>A &amp; &lt;b&gt;</figcaption></figure>',
        ),
        ("![A](a.png)", '<p><img alt="A" src="a.png"></p>'),
        ('![A](a.png "x") ![B](b.png "y")', '<p><img alt="A" src="a.png" title="x"> <img alt="B" src="b.png" title="y"></p>'),
        ('Text ![A](a.png "x")', '<p>Text <img alt="A" src="a.png" title="x"></p>'),
        ('![A](a.png "x") text', '<p><img alt="A" src="a.png" title="x"> text</p>'),
        ('*![A](a.png "x")*', '<p><em><img alt="A" src="a.png" title="x"></em></p>'),
    ],
)
def test_a_picture_alone_in_a_paragraph_with_a_title_is_a_figure(text: str, html: str):
    assert render(text, Options()).body.html == html


def test_figures_stand_in_lists_and_quotes():
    html = render('- one\n\n    ![A](a.png "Said")\n\n> ![B](b.png "Told")\n', Options()).body.html
    assert html.count("<figure>") == 2
    assert "<p><figure" not in html


# What is wrong.


def problems(root: Path, build: Build) -> list[tuple[str, str, int, int]]:
    with pytest.raises(ProblemsFound) as found:
        build(root)
    return [(problem.rule, problem.path, problem.line, problem.column) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("title: X\nimage: gone.png\n", (3, 8)),
        ("title: X\ncover:\n  image: gone.png\n  alt: A\n", (4, 10)),
        ("title: X\nimages:\n  - gone.png\n", (4, 5)),
    ],
)
def test_a_picture_of_the_front_matter_that_is_missing_is_named_at_its_line(
    site_of: SiteOf, build: Build, front: str, place: tuple[int, int]
):
    root = site_of({"content/x.md": f"---\n{front}---\n\nText.\n"})
    assert problems(root, build) == [("missing-image", "content/x.md", *place)]


def test_a_missing_picture_in_a_figure_is_named_at_its_line(site_of: SiteOf, build: Build):
    root = site_of({"content/x.md": '# X\n\n![A](gone.png "Said")\n'})
    assert problems(root, build) == [("missing-image", "content/x.md", 3, 6)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("![](a.png)", [(1, 5)]),
        ('Text.\n\n![](a.png "Said")', [(3, 5)]),
        ("[![](a.png)](b.md)", [(1, 6)]),
        ("![][1]\n\n[1]: a.png", [(3, 6)]),
        ('<img src="a.png">', [(1, 11)]),
        ('<img src="a.png" alt="">', []),
        ("![A](a.png)\n\n![ ](b.png)", [(3, 6)]),
        ('<p><img src="a.png" alt=""></p>\n\n![A](a.png) ![](b.png)', [(3, 17)]),
        ("![](https://pics.example/a&b.png)", [(1, 5)]),
        ("`![](a.png)`", []),
    ],
)
def test_a_picture_without_a_text_is_named_unless_that_was_decided(text: str, places: list[tuple[int, int]]):
    found = [problem for problem in render(text, Options()).problems if problem.rule == "missing-alt"]
    assert [(problem.line, problem.column) for problem in found] == places

"""Social cards: drawn for pages without a picture, of what the site has."""

from __future__ import annotations

import sys
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from sitegen.errors import SettingsError
from sitegen.freeze import Built
from tests.conftest import Build, SiteOf, dom, post, tree
from tests.test_pictures import picture

SETTINGS = "social_cards: true\n"
SITE = {"site.yaml": f"title: Small\nurl: https://small.example/\n{SETTINGS}", "content/x.md": "# Hello\n\nText.\n"}


def meta(page: Path) -> dict[str, str]:
    return {each.get("property"): each.get("content") for each in dom(page).xpath("//meta[starts-with(@property, 'og:image')]")}


def card(output: Path, page: str = "x/index.html") -> Image.Image:
    address = meta(output / page)["og:image"].removeprefix("https://small.example/")
    image = Image.open(BytesIO((output / address).read_bytes()))
    image.load()
    return image


def cards(output: Path) -> list[str]:
    return [name for name in tree(output) if name.startswith("static/cards/")]


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around what is written in the darkest ink."""
    box = image.convert("L").point(lambda value: 255 if value < 60 else 0).getbbox()
    assert box is not None
    return box


def test_a_page_has_a_card_with_its_title(built):
    output = built({"content/x.md": "# Hello & all\n\nText.\n"}, SETTINGS)
    found = meta(output / "x/index.html")
    assert found.pop("og:image").startswith("https://small.example/static/cards/hello-all.")
    assert found == {"og:image:width": "1200", "og:image:height": "630", "og:image:alt": "Hello & all · Small"}
    assert (card(output).size, card(output).format) == ((1200, 630), "PNG")
    left, _, right, bottom = inked(card(output))
    assert left >= 60
    assert right <= 1140
    assert bottom <= 560


def test_a_page_with_a_picture_keeps_it_and_says_its_size(built):
    files = {"content/x.md": post(title="X", image="a.png", image_alt="A"), "content/a.png": picture("PNG")}
    output = built(files, SETTINGS)
    assert meta(output / "x/index.html") == {
        "og:image": "https://small.example/a.png",
        "og:image:width": "40",
        "og:image:height": "20",
        "og:image:alt": "A",
    }
    assert cards(output) == []


def test_a_page_that_nobody_lists_has_none(built):
    assert cards(built({"content/x.md": post(title="X", unlisted="true"), "content/y.md": post(title="Y", draft="true")}, SETTINGS)) == []


def test_without_the_setting_the_picture_of_the_site_is_shown(built):
    output = built({"content/x.md": "# X\n", "content/site.png": picture("PNG")}, "image: site.png\n")
    assert meta(output / "x/index.html")["og:image"] == "https://small.example/site.png"


@pytest.mark.parametrize(
    "title", ["Long words " * 40, "Unbreakable" * 30, "A", "A title that goes over two lines at the least, if not three"]
)
def test_every_title_stays_within_the_card(built, title: str):
    left, top, right, bottom = inked(card(built({"content/x.md": post(title=title.strip())}, SETTINGS)))
    assert left >= 60
    assert right <= 1140
    assert top >= 150
    assert bottom <= 570


def test_the_accent_and_the_logo_are_on_the_card(built):
    logo = BytesIO()
    Image.new("RGB", (100, 50), "#00ff00").save(logo, "PNG")
    settings = SETTINGS + 'theme: {accent: "#ff0000", logo: logo.png}\n'
    image = card(built({"content/x.md": "# X\n", "static/logo.png": logo.getvalue()}, settings)).convert("RGB")
    assert image.getpixel((5, 300)) == (255, 0, 0)
    assert image.getpixel((100, 116)) == (0, 255, 0)


def test_a_logo_that_is_drawn_is_left_out(built):
    settings = SETTINGS + "theme: {logo: logo.svg}\n"
    assert card(built({"content/x.md": "# X\n", "static/logo.svg": '<svg viewBox="0 0 1 1"/>'}, settings)).size == (1200, 630)


def warnings(built: Built) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in built.warnings]


@pytest.mark.parametrize("title", ["中文", "مرحبا", "हिन्दी"])
def test_a_title_that_cannot_be_drawn_is_told_of_and_has_no_card(site_of: SiteOf, build: Build, title: str):
    root = site_of({**SITE, "content/x.md": f"# {title}\n"})
    assert warnings(build(root)) == [("card-letters", "content/x.md")]
    assert cards(root / "build") == []
    assert warnings(build(root)) == [("card-letters", "content/x.md")]


def test_a_site_brings_its_own_font(site_of: SiteOf, build: Build):
    root = site_of({**SITE, "fonts/own.ttf": ImageFont.load_default(10).font_bytes})  # type: ignore[union-attr]
    build(root)
    before = cards(root / "build")
    (root / "site.yaml").write_text(SITE["site.yaml"].replace("true", "{font: fonts/own.ttf}"))
    build(root)
    assert len(cards(root / "build")) == 1
    assert cards(root / "build") != before


@pytest.mark.parametrize(("font", "message"), [("gone.ttf", "no file"), ("../x.ttf", "no file"), ("site.yaml", "no font")])
def test_a_font_that_is_none_is_a_mistake_of_the_settings(site_of: SiteOf, build: Build, font: str, message: str):
    root = site_of({**SITE, "site.yaml": f"title: S\nsocial_cards:\n  font: {font}\n"})
    with pytest.raises(SettingsError, match=message) as found:
        build(root)
    assert (found.value.problem.line, found.value.problem.column, found.value.problem.excerpt) == (3, 3, f"  font: {font}")


def test_the_bytes_are_the_same_for_any_number_of_processes(site_of: SiteOf, build: Build, tmp_path: Path):
    root = site_of({**SITE, **{f"content/{number}.md": f"# Page {number}\n" for number in range(20)}})
    build(root, jobs=1, output=tmp_path / "one", clean=True)
    build(root, jobs=3, output=tmp_path / "three", clean=True)
    assert tree(tmp_path / "one") == tree(tmp_path / "three")


def test_a_card_is_drawn_once_and_goes_with_its_title(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    root = site_of(SITE)
    build(root)
    (before,) = cards(root / "build")
    (root / "content/x.md").write_text("# Hello\n\nOther text.\n")
    with monkeypatch.context() as patched:
        patched.setattr(Image.Image, "save", None)
        build(root)
    assert cards(root / "build") == [before]
    (root / "content/x.md").write_text("# Goodbye\n\nOther text.\n")
    build(root)
    assert Counter(cards(root / "build"))[before] == 0
    assert len(cards(root / "build")) == 1


def test_without_pillow_the_setting_says_what_to_install(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(SettingsError, match="`social_cards` needs Pillow") as found:
        build(site_of(SITE))
    assert SITE["site.yaml"].splitlines()[found.value.problem.line - 1] == found.value.problem.excerpt == "social_cards: true"


def test_a_card_is_served_while_the_site_is_written(visited):
    visitor = visited({"content/x.md": "# X\n"}, SETTINGS)
    (address,) = dom(visitor.get("/x/").text).xpath("//meta[@property='og:image']/@content")
    assert visitor.get(address.removeprefix("https://small.example")).mimetype == "image/png"

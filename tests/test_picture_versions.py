"""Versions of pictures: real ones, made small here, in every format that sitegen makes."""

from __future__ import annotations

import struct
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from sitegen.errors import ProblemsFound, SettingsError
from sitegen.pictures import without_metadata
from tests.conftest import Build, SiteOf, dom, tree
from tests.test_pictures import picture

SETTINGS = "images: {widths: [16, 32, 64]}\n"
SITE = {"site.yaml": f"url: https://small.example/\n{SETTINGS}", "content/x.md": "# X\n\n![A](a.jpg)\n"}


def jpeg(width: int = 48, height: int = 24, *, orientation: int = 1, **options: object) -> bytes:
    """A photograph whose left half is red, with a place, a comment, and a preview behind its end."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.0)}
    exif[0x010F] = "SECRETCAMERA"
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width // 2, height))
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SECRETCOMMENT", **options)
    return out.getvalue() + picture("JPEG", exif=exif)


def versions(output: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(output).items() if name.startswith("static/pictures/")}


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = image.convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def named(output: Path, start: str, suffix: str) -> Image.Image:
    (found,) = [data for name, data in versions(output).items() if name.startswith(f"static/pictures/{start}.") and name.endswith(suffix)]
    return opened(found)


def test_a_page_names_every_version_and_each_of_them_is_there(built):
    output = built({"content/x.md": "# X\n\n![A](a.jpg)\n", "content/a.jpg": jpeg()}, SETTINGS)
    avif, webp, image = dom(output / "x/index.html").xpath("//main//picture//*")
    assert (avif.get("type"), webp.get("type"), image.tag) == ("image/avif", "image/webp", "img")
    assert (image.get("src"), image.get("width"), image.get("alt")) == ("/a.jpg", "48", "A")
    for source, widths in ((avif, [16, 32, 48]), (webp, [16, 32, 48]), (image, [16, 32, 48])):
        candidates = [part.split() for part in source.get("srcset").split(", ")]
        assert [width for _, width in candidates] == [f"{width}w" for width in widths]
        assert [opened((output / address.lstrip("/")).read_bytes()).width for address, _ in candidates] == widths
        assert source.get("sizes") == "(min-width: 48rem) 44rem, 100vw"
    assert image.get("srcset").endswith(", /a.jpg 48w")
    assert len(versions(output)) == 8


def test_a_picture_far_wider_than_its_versions_is_not_among_them(built):
    output = built({"content/x.md": "![A](a.jpg)\n", "content/a.jpg": jpeg(400, 20)}, SETTINGS)
    (image,) = dom(output / "x/index.html").xpath("//main//img")
    assert [part.split()[1] for part in image.get("srcset").split(", ")] == ["16w", "32w", "64w"]


def test_a_picture_of_a_png_stays_one_and_keeps_what_is_clear(built):
    out = BytesIO()
    Image.new("RGBA", (40, 20), (255, 0, 0, 0)).save(out, "PNG")
    output = built({"content/x.md": "![A](a.png)\n", "content/a.png": out.getvalue()}, SETTINGS)
    assert pixel(named(output, "a-16", ".png"), 0, 0)[3] == 0
    assert pixel(named(output, "a-16", ".webp"), 0, 0)[3] == 0


def test_nothing_is_made_larger_than_it_is(built):
    output = built({"content/x.md": "![A](a.png)\n", "content/a.png": picture("PNG", 10, 10)}, SETTINGS)
    assert sorted(opened(data).width for data in versions(output).values()) == [10, 10]


@pytest.mark.parametrize("form", ["avif", "webp", "jpg"])
def test_a_photograph_that_is_turned_is_made_upright_and_says_nothing_of_its_camera(built, form: str):
    output = built({"content/x.md": "# X\n\n![A](a.jpg)\n", "content/a.jpg": jpeg(orientation=6)}, SETTINGS)
    image = named(output, "a-16", f".{form}")
    assert (image.width, image.height) == (16, 32)
    assert pixel(image, 8, 4)[0] > 200 > 60 > pixel(image, 8, 28)[0]
    assert not image.getexif()


def test_what_is_published_under_its_own_name_loses_its_metadata_and_not_its_looks(built):
    data = jpeg(orientation=6, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    output = built({"content/x.md": "# X\n\n![A](a.jpg)\n", "content/a.jpg": data, "content/unshown.jpg": data}, SETTINGS)
    for name in ("a.jpg", "unshown.jpg"):
        published = (output / name).read_bytes()
        assert b"SECRET" not in published
        assert dict(opened(published).getexif()) == {0x0112: 6}
        assert opened(published).tobytes() == opened(data).tobytes()
        assert opened(published).info["icc_profile"] == opened(data).info["icc_profile"]


def test_without_the_setting_a_picture_is_published_as_it_is(built):
    output = built({"content/x.md": "# X\n\n![A](a.jpg)\n", "content/a.jpg": jpeg()})
    assert (output / "a.jpg").read_bytes() == jpeg()
    assert versions(output) == {}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_metadata_is_taken_out_of_every_format(kind: str):
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAMERA"
    data = picture(kind, exif=exif, xmp=b"SECRETXMP") if kind == "WEBP" else picture(kind, exif=exif)
    assert b"SECRET" in data
    bare = without_metadata(data, kind.lower())
    assert b"SECRET" not in bare
    assert opened(bare).tobytes() == opened(data).tobytes()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("cut", [3, 11, 21, 60, 200])
def test_what_cannot_be_followed_stays_as_it_is_or_loses_no_more(kind: str, cut: int):
    data = picture(kind.upper())[:cut]
    assert len(without_metadata(data, kind)) <= len(data) + 36


def test_colours_are_those_of_srgb(built):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    files = {"content/x.md": "![A](a.jpg)\n", "content/a.jpg": jpeg(icc_profile=profile), "content/y.md": "![B](b.jpg)\n"}
    cmyk = BytesIO()
    Image.new("CMYK", (40, 20), (0, 255, 255, 0)).save(cmyk, "JPEG")
    output = built({**files, "content/b.jpg": cmyk.getvalue()}, SETTINGS)
    assert "icc_profile" not in named(output, "a-16", ".jpg").info
    assert named(output, "b-16", ".jpg").mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_every_kind_of_pixels_is_understood(built, mode: str):
    out = BytesIO()
    Image.new("L", (40, 20), 200).convert("I;16" if mode == "I;16" else mode).save(out, "PNG")
    assert len(versions(built({"content/x.md": "![A](a.png)\n", "content/a.png": out.getvalue()}, SETTINGS))) == 8


def moving(form: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.gif", moving("GIF")),
        ("a.webp", moving("WEBP")),
        ("a.png", moving("PNG")),
        ("a.svg", b'<svg viewBox="0 0 40 20"/>'),
        ("a.avif", picture("AVIF")),
    ],
)
def test_what_moves_or_is_drawn_is_left_alone(built, name: str, data: bytes):
    output = built({"content/x.md": f"# X\n\n![A]({name})\n", f"content/{name}": data}, SETTINGS)
    assert versions(output) == {}
    assert dom(output / "x/index.html").xpath("//main//picture") == []
    assert (output / name).read_bytes() == data


@pytest.mark.parametrize(
    "text", ['<img src="a.jpg" srcset="a.jpg 2x" alt="">', '<picture><source srcset="a.jpg"><img src="a.jpg" alt=""></picture>']
)
def test_versions_that_the_author_wrote_are_left_alone(built, text: str):
    assert versions(built({"content/x.md": f"{text}\n", "content/a.jpg": jpeg()}, SETTINGS)) == {}


def test_a_picture_that_the_author_made_narrow_is_loaded_as_narrow(built):
    output = built({"content/x.md": '# X\n\n<img src="a.jpg" alt="" width="20">\n', "content/a.jpg": jpeg()}, SETTINGS)
    (image,) = dom(output / "x/index.html").xpath("//main//img")
    assert (image.get("sizes"), image.get("height")) == ("20px", "10")


def test_a_picture_in_a_figure_and_a_link_stays_in_both(built):
    output = built({"content/x.md": '# X\n\n[![A](a.jpg "Said")](y.md)\n', "content/y.md": "# Y\n", "content/a.jpg": jpeg()}, SETTINGS)
    assert len(dom(output / "x/index.html").xpath("//main//figure/a[@href='/y/']/picture//img")) == 1


def test_a_feed_names_the_picture_alone(built):
    files = {"content/blog/x.md": "---\ntitle: X\ndate: 2026-01-01\n---\n\n![A](a.jpg)\n", "content/blog/a.jpg": jpeg()}
    assert "srcset" not in (built(files, SETTINGS) / "atom.xml").read_text()


def test_pictures_of_one_name_do_not_collide(built):
    files = {"content/x.md": "![A](one/a.jpg) ![B](two/a.jpg)\n", "content/one/a.jpg": jpeg(), "content/two/a.jpg": jpeg(40, 20)}
    assert len({name for name in versions(built(files, SETTINGS)) if "a-16." in name}) == 6


# From build to build.


def test_the_bytes_are_the_same_for_any_number_of_processes(site_of: SiteOf, build: Build, tmp_path: Path):
    pictures = {f"content/{name}.jpg": jpeg(40 + number, 20) for number, name in enumerate("abc")}
    root = site_of({**SITE, **pictures, "content/y.md": "![B](b.jpg) ![C](c.jpg)\n"})
    build(root, jobs=1, output=tmp_path / "one", clean=True)
    build(root, jobs=3, output=tmp_path / "three", clean=True)
    assert tree(tmp_path / "one") == tree(tmp_path / "three")


def test_versions_are_made_once_and_go_with_their_picture(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    root = site_of({**SITE, "content/a.jpg": jpeg(), "content/y.md": "# Y\n"})
    build(root)
    before = tree(root / "build")
    (root / "content/y.md").write_text("# Y\n\nMore.\n")
    with monkeypatch.context() as patched:
        patched.setattr(Image.Image, "save", None)
        # The page, its Markdown twin, and the home page that tells of it.
        assert build(root).rendered == 3
    (root / "content/a.jpg").write_bytes(jpeg(50, 20))
    assert build(root).rendered == 1
    after = tree(root / "build")
    assert not {name for name in versions(root / "build") if name in before}
    assert len(versions(root / "build")) == 8
    assert {name for name in after if name not in before} == set(versions(root / "build"))
    (root / "content/x.md").write_text("# X\n")
    build(root)
    assert versions(root / "build") == {}


def test_what_the_cache_lost_is_made_again(site_of: SiteOf, build: Build):
    root = site_of({**SITE, "content/a.jpg": jpeg()})
    build(root)
    expected = tree(root / "build")
    for entry in (root / ".cache/values").rglob("*"):
        if entry.is_file() and b"JFIF" in entry.read_bytes()[:200]:
            entry.unlink()
    (root / "build/static/pictures").rename(root / "gone")
    build(root)
    assert tree(root / "build") == expected


def test_other_settings_make_other_addresses(site_of: SiteOf, build: Build):
    root = site_of({**SITE, "content/a.jpg": jpeg()})
    build(root)
    before = set(versions(root / "build"))
    (root / "site.yaml").write_text("images: {widths: [16, 32, 64], quality: 40}\n")
    build(root)
    assert not before & set(versions(root / "build"))


# What is wrong.


def bomb() -> bytes:
    """A picture of 20,000 by 20,000 pixels in a few hundred kilobytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    rows = zlib.compress(bytes(20_000 // 8 + 1) * 20_000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">LLBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def lying() -> bytes:
    """A picture whose EXIF has a text where a number belongs, beside the note that it is turned."""
    exif = Image.Exif()
    exif[274], exif[256] = 6, 400
    out = BytesIO()
    Image.new("RGB", (400, 300)).save(out, "JPEG", exif=exif)
    return out.getvalue().replace(b"\x01\x00\x00\x04", b"\x01\x00\x00\x02", 1)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jpg", lying(), "the picture cannot be read: "),
        ("a.png", bomb(), "the picture has 400 million pixels, the limit is 100"),
        ("a.jpg", picture("JPEG", 400, 300)[:2000], "the picture cannot be read: image file is truncated"),
        ("a.png", picture("PNG", 400, 300)[:200], "the picture cannot be read: "),
        ("a.png", jpeg(), "the picture is a JPEG, and its name does not say so"),
        ("a.webp", picture("WEBP")[:60], "the picture cannot be read: "),
    ],
)
def test_a_picture_that_cannot_be_made_smaller_is_named_and_nothing_is_lost(
    site_of: SiteOf, build: Build, name: str, data: bytes, message: str
):
    root = site_of({**SITE, "content/a.jpg": jpeg()})
    build(root)
    before = tree(root / "build")
    (root / "content/a.jpg").unlink()
    (root / "content" / name).write_bytes(data)
    (root / "content/x.md").write_text(f"# X\n\n![A]({name})\n")
    with pytest.raises(ProblemsFound) as found:
        build(root)
    (problem,) = found.value.problems
    assert (problem.rule, problem.path) == ("bad-picture", f"content/{name}")
    assert problem.message.startswith(message)
    assert problem.hint
    assert tree(root / "build") == before


def test_without_pillow_the_setting_says_what_to_install(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    root = site_of({**SITE, "content/a.jpg": jpeg()})
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(SettingsError) as found:
        build(root)
    assert "pip install 'sitegen[images]'" in found.value.problem.hint


def test_without_the_setting_nobody_needs_pillow(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    root = site_of({"content/x.md": "# X\n\n![A](a.jpg)\n", "content/a.jpg": jpeg()})
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert build(root).rendered


def test_a_version_is_served_while_the_site_is_written(visited):
    visitor = visited({"content/x.md": "# X\n\n![A](a.jpg)\n", "content/a.jpg": jpeg()}, SETTINGS)
    (image,) = dom(visitor.get("/x/").text).xpath("//main//img")
    answer = visitor.get(image.get("srcset").split()[0])
    assert (answer.status_code, answer.mimetype, opened(answer.data).width) == (200, "image/jpeg", 16)
    assert visitor.get("/static/pictures/a-16.000000000000.jpg").status_code == 404

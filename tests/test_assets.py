"""Static files: overlaid, minified, fingerprinted, and renamed where a stylesheet names them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import files
from sitegen.assets import Assets, collect
from sitegen.errors import SitegenError
from sitegen.report import as_text
from sitegen.stylesheets import minify_css, references

PNG = b"\x89PNG\r\n\x1a\n"
SiteOf = Callable[[Mapping[str, str | bytes]], Path]
AssetsOf = Callable[[Mapping[str, str | bytes]], Assets]


@pytest.fixture
def assets_of(site_of: SiteOf) -> AssetsOf:
    """The assets of a site whose files are given, ``theme/...`` for those of the theme."""

    def collected(given: Mapping[str, str | bytes]) -> Assets:
        root = site_of(given)
        return collect(root / "theme" / "static", root / "static")

    return collected


def css(assets: Assets, name: str = "app.css") -> str:
    data = assets.published[name].data
    assert data is not None
    return data.decode()


def told(assets: Assets) -> list[str]:
    return [as_text(problem).partition("\n")[0] for problem in assets.problems]


def test_a_name_carries_the_digest_of_what_is_published(assets_of):
    asset = assets_of({"static/app.css": "a { color: red }"}).published["app.css"]
    assert asset.file == f"static/app.{files.digest(b'a{color:red}')[:8]}.css"


def test_a_file_in_a_folder_keeps_its_folder(assets_of):
    asset = assets_of({"static/fonts/inter.var.woff2": b"font"}).published["fonts/inter.var.woff2"]
    assert re.fullmatch(r"static/fonts/inter\.var\.[0-9a-f]{8}\.woff2", asset.file)


def test_a_file_without_a_suffix_is_named_too(assets_of):
    assert re.fullmatch(r"static/NOTICE\.[0-9a-f]{8}", assets_of({"static/NOTICE": "n"}).published["NOTICE"].file)


def test_a_picture_is_published_as_it_stands(assets_of):
    assert assets_of({"static/a.png": PNG}).published["a.png"].data is None


def test_the_site_overlays_the_theme_file_by_file(assets_of):
    assets = assets_of({"theme/static/a.css": "a{b:c}", "theme/static/b.css": "b{b:theme}", "static/b.css": "b{b:site}"})
    assert (css(assets, "a.css"), css(assets, "b.css")) == ("a{b:c}", "b{b:site}")


def test_the_theme_names_the_file_that_the_site_put_in_its_place(assets_of):
    assets = assets_of({"theme/static/app.css": "a{b:url(x.svg)}", "theme/static/x.svg": "<svg/>", "static/x.svg": "<svg>site</svg>"})
    assert Path(assets.published["x.svg"].file).name in css(assets)


def test_one_folder_may_be_both(site_of):
    static = site_of({"static/app.css": "a{b:c}"}) / "static"
    assert list(collect(static, static).published) == ["app.css"]


def test_missing_folders_hold_nothing(assets_of):
    assert assets_of({}) == Assets({})


def test_dotfiles_are_left_out(assets_of):
    assert list(assets_of({"static/.DS_Store": "x", "static/.git/x": "x", "static/a.txt": "a"}).published) == ["a.txt"]


def test_names_are_sorted(assets_of):
    assets = assets_of({"static/b.txt": "b", "static/a/z.txt": "z", "theme/static/a.txt": "a"})
    assert list(assets.published) == ["a.txt", "a/z.txt", "b.txt"]


def test_the_same_files_give_the_same_assets(assets_of):
    given = {"static/app.css": "a{b:url(x.png)}", "static/x.png": PNG, "static/app.js": "let a = 1"}
    assert assets_of(given) == assets_of(given)


def test_an_address_is_encoded_and_below_the_base_path(assets_of):
    assert assets_of({"static/a b.png": PNG}).href("a b.png", "/docs").startswith("/docs/static/a%20b.")


def test_an_unknown_name_is_a_key_error(assets_of):
    with pytest.raises(KeyError):
        assets_of({}).href("app.css")


def test_a_script_is_minified_and_keeps_its_licence(assets_of):
    script = "/*! licence */\n// why\nlet a = `x  y`;\n"
    assert assets_of({"static/app.js": script}).published["app.js"].data == b"/*! licence */let a=`x  y`;"


def test_css_is_not_rewritten_for_old_browsers(assets_of):
    assets = assets_of({"static/app.css": "a { inset: 0; & b { color: oklch(50% 0.2 20) } }"})
    assert css(assets) == "a{inset:0;& b{color:oklch(50% .2 20)}}"


def test_a_byte_order_mark_is_dropped(assets_of):
    assert css(assets_of({"static/app.css": "\ufeffa{b:c}"})) == "a{b:c}"


# Addresses in stylesheets.


def fresh(assets: Assets, name: str) -> str:
    return Path(assets.published[name].file).name


@pytest.mark.parametrize("written", ["x.png", "'x.png'", '"x.png"', ' "x.png" ', "./x.png", r"\78.png", "../img/x.png"])
def test_an_address_is_renamed_however_it_is_written(assets_of, written: str):
    assets = assets_of({"static/img/app.css": f"a {{ background: url({written}) }}", "static/img/x.png": PNG})
    assert css(assets, "img/app.css") == f"a{{background:url({fresh(assets, 'img/x.png')})}}"


def test_an_address_climbs_to_another_folder(assets_of):
    assets = assets_of({"static/css/app.css": "a{b:url(../fonts/f.woff2)}", "static/fonts/f.woff2": b"f"})
    assert css(assets, "css/app.css") == f"a{{b:url(../fonts/{fresh(assets, 'fonts/f.woff2')})}}"


@pytest.mark.parametrize("tail", ["#glyph", "?#iefix", "?v=2"])
def test_a_query_and_a_fragment_are_kept(assets_of, tail: str):
    assets = assets_of({"static/app.css": f"a{{b:url(x.svg{tail})}}", "static/x.svg": "<svg/>"})
    assert css(assets) == f"a{{b:url({fresh(assets, 'x.svg')}{tail})}}"


def test_a_space_is_encoded(assets_of):
    assets = assets_of({"static/app.css": 'a{b:url("a b.png"), url(a%20b.png)}', "static/a b.png": PNG})
    name = fresh(assets, "a b.png").replace(" ", "%20")
    assert css(assets).count(name) == 2


@pytest.mark.parametrize(
    "address",
    ["data:image/png;base64,AA", "https://example.org/x.png", "//example.org/x.png", "/x.png", "#clip"],
)
def test_what_leads_out_of_the_folder_is_left_alone(assets_of, address: str):
    assets = assets_of({"static/app.css": f"a{{b:url({address})}}"})
    assert (css(assets), assets.problems) == (f"a{{b:url({address})}}", ())


def test_an_imported_stylesheet_is_renamed(assets_of):
    assets = assets_of({"static/app.css": '@import "base.css" screen;\n@import url(base.css);', "static/base.css": "a{b:c}"})
    assert css(assets).count(fresh(assets, "base.css")) == 2


def test_the_strings_of_an_image_set_are_addresses_and_its_types_are_not(assets_of):
    sheet = 'a{background:image-set("x.avif" type("image/avif") 1x, url(x.png) 2x)}'
    assets = assets_of({"static/app.css": sheet, "static/x.avif": b"avif", "static/x.png": PNG})
    assert css(assets) == f'a{{background:image-set("{fresh(assets, "x.avif")}" 1x type("image/avif"),"{fresh(assets, "x.png")}" 2x)}}'


def test_comments_and_other_strings_are_not_addresses(assets_of):
    assets = assets_of({"static/app.css": '/* url(no.png) */ a{content:"url(no.png)"; font-family:"no.png"}'})
    assert assets.problems == ()


def test_editing_a_picture_renames_the_stylesheets_that_show_it(assets_of):
    given = {"static/app.css": '@import "base.css";', "static/base.css": "a{b:url(x.png)}", "static/x.png": PNG}
    before, after = assets_of(given), assets_of({**given, "static/x.png": PNG + b"2"})
    assert [name for name in given if before.href(Path(name).name) == after.href(Path(name).name)] == []


@given(st.text(alphabet="url(){}@import\"'/*\\ ;,a.-\n", max_size=60))
def test_any_text_can_be_searched_for_addresses(text: str):
    assert all(text[found.start : found.end] for found in references(text))


# What is wrong.


def test_a_missing_picture_is_a_broken_link_with_its_place(assets_of):
    assets = assets_of({"static/app.css": "a {\n  b: url(log.png) }", "static/logo.png": PNG})
    assert [as_text(problem) for problem in assets.problems] == [
        "static/app.css:2:10: error[broken-link]: `log.png` is not among the static files\n"
        "  2 |   b: url(log.png) }\n"
        "    |          ^\n"
        "  hint: did you mean `logo.png`?"
    ]


def test_an_address_outside_the_static_files_is_a_broken_link(assets_of):
    assets = assets_of({"static/app.css": "a{b:url(../../../../etc/passwd)}"})
    assert told(assets) == ["static/app.css:1:9: error[broken-link]: `../../../../etc/passwd` is not among the static files"]


def test_broken_css_is_an_error_with_its_place(assets_of):
    assets = assets_of({"static/app.css": "a { color: red }\n}\nb { c: d }\n"})
    assert told(assets) == ["static/app.css:2:1: error[error]: is not valid CSS: invalid empty selector"]


def test_broken_css_raises_where_it_is_minified_alone():
    with pytest.raises(SitegenError) as caught:
        minify_css("a{b:url(a b.png)}")
    assert (caught.value.problem.line, caught.value.problem.column) == (1, 5)


def test_css_that_ends_too_soon_is_an_error_on_its_last_line(assets_of):
    (problem,) = assets_of({"static/app.css": "a{b:c}\nü{ } x"}).problems
    assert problem.line == 2


def test_stylesheets_that_import_each_other_are_an_error(assets_of):
    assets = assets_of({"static/a.css": '@import "b.css";', "static/b.css": '@import "a.css";'})
    assert told(assets) == ["static/b.css:1:9: error[error]: `a.css` imports this stylesheet, which imports it"]


def test_a_stylesheet_that_is_not_utf8_is_an_error(assets_of):
    assert told(assets_of({"static/app.css": b"/* caf\xe9 */"})) == ["static/app.css: error[bad-encoding]: is not UTF-8 at byte 6"]


def test_a_link_out_of_the_site_is_not_published(assets_of, site_of, tmp_path: Path):
    (tmp_path / "secret").write_text("secret")
    (site_of({"static/a.txt": "a"}) / "static" / "b.txt").symlink_to(tmp_path / "secret")
    assets = assets_of({})
    assert (list(assets.published), [problem.rule for problem in assets.problems]) == (["a.txt"], ["symlink"])


def test_a_folder_that_is_a_link_out_of_the_site_is_not_published(assets_of, site_of, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret").write_text("secret")
    (site_of({}) / "static").symlink_to(tmp_path / "elsewhere")
    assets = assets_of({})
    assert (list(assets.published), [problem.rule for problem in assets.problems]) == ([], ["symlink"])


BROKEN = "error[error]: is not valid CSS: unexpected end of input"
PARTS = {"static/_ink.css": "a{color:red}", "static/_paper.css": "b{background:url(img/x.png)}", "static/img/x.png": PNG}


def test_parts_are_published_in_the_stylesheets_that_import_them(assets_of):
    assets = assets_of({**PARTS, "static/app.css": "/* All */\n@import \"_ink.css\";\n@import '_paper.css';\ni { c: d }"})
    assert list(assets.published) == ["app.css", "img/x.png"]
    assert css(assets) == f"a{{color:red}}b{{background:url(img/{fresh(assets, 'img/x.png')})}}i{{c:d}}"


def test_a_part_in_another_folder_names_its_pictures_from_where_it_lands(assets_of):
    given = {"static/css/_x.css": "a{b:url(x.png)}", "static/css/x.png": PNG, "static/app.css": '@import "css/_x.css";'}
    assets = assets_of(given)
    assert css(assets) == f"a{{b:url(css/{fresh(assets, 'css/x.png')})}}"


def test_a_part_has_parts_of_its_own(assets_of):
    given = {"static/_a.css": '@import "_b.css"; a{c:d}', "static/_b.css": "b{c:d}", "static/x.css": '@import "_a.css";'}
    assert css(assets_of(given), "x.css") == "b{c:d}a{c:d}"


def test_a_site_may_replace_one_part(assets_of):
    theme = {"theme/static/x.css": '@import "_a.css";@import "_b.css";', "theme/static/_a.css": "a{c:d}", "theme/static/_b.css": "b{c:d}"}
    assert css(assets_of({**theme, "static/_b.css": "b{c:mine}"}), "x.css") == "a{c:d}b{c:mine}"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"static/x.css": "\n@import '_no.css';"}, "static/x.css:2:9: error[broken-link]: `_no.css` is not among the static files"),
        (
            {"static/x.css": '@import "_a.css";', "static/_a.css": "a{\n}}"},
            f"static/_a.css:2:3: {BROKEN}",
        ),
        ({"static/_a.css": "a{\n}}"}, f"static/_a.css:2:3: {BROKEN}"),
        ({"static/x.css": '@import "_ink.css";\na{\n}}'}, f"static/x.css:3:3: {BROKEN}"),
        (
            {"static/_a.css": '@import "_b.css";', "static/_b.css": '@import "_a.css";', "static/x.css": '@import "_a.css";'},
            "static/_b.css:1:9: error[error]: `_a.css` imports this stylesheet, which imports it",
        ),
    ],
)
def test_what_is_wrong_with_a_part_is_said_at_its_line(assets_of, given: dict[str, str], message: str):
    assert told(assets_of({**PARTS, **given})) == [message]


def test_a_stylesheet_is_made_of_parts(assets_of):
    assets = assets_of({**PARTS, "theme/static/_ink.css": "a{color:blue}"})
    sheet = assets.sheet(["ink", "paper"])
    assert sheet.data == f"a{{color:red}}b{{background:url(img/{fresh(assets, 'img/x.png')})}}".encode()
    assert re.fullmatch(r"static/ink-paper\.[0-9a-f]{8}\.css", sheet.file)
    assert assets.sheet_at(sheet.file) == sheet


@pytest.mark.parametrize("file", ["static/ink-paper.00000000.css", "static/ink-nothing.00000000.css", "static/img/x.png", "ink.css"])
def test_there_is_no_stylesheet_at_an_address_that_no_page_was_given(assets_of, file: str):
    assert assets_of(PARTS).sheet_at(file) is None

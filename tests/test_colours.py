"""An accent of any colour can be read."""

import itertools
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.colours import CONTRAST, DARK_GROUNDS, LIGHT_GROUNDS, accent_css, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
STATIC = Path(__file__).parents[1] / "static"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css"))}
STYLES = SHEETS["_ground.css"]


def pair(colour: str) -> tuple[str, str]:
    found = re.search(r"light-dark\((#\w{6}), (#\w{6})\)", accent_css(colour))
    assert found
    return found[1], found[2]


@given(COLOURS)
def test_every_accent_has_enough_contrast_on_every_ground(colour: str):
    light, dark = pair(colour)
    assert min(contrast(light, ground) for ground in LIGHT_GROUNDS) >= CONTRAST
    assert min(contrast(dark, ground) for ground in DARK_GROUNDS) >= CONTRAST


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert pair("#0b6a55")[0] == "#0b6a55"


def test_a_short_colour_is_the_long_one():
    assert accent_css("#06c") == accent_css("#0066cc")


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


PAIR = r"light-dark\((#\w+|oklch\([^)]*\)), (#\w+|oklch\([^)]*\))\)"


def in_srgb(colour: str) -> str:
    """`colour` as ``#rrggbb``; of oklch after https://bottosson.github.io/posts/oklab/, what sRGB has not cut off as browsers do."""
    if colour.startswith("#"):
        return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
    lightness, chroma, hue = (float(number) for number in colour[6:-1].split())
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    parts = (1.055 * part ** (1 / 2.4) - 0.055 if part > 0.0031308 else 12.92 * part for part in (max(0.0, each) for each in linear))
    return "#" + "".join(f"{min(255, round(part * 255)):02x}" for part in parts)


def colours_of(name: str) -> tuple[str, str]:
    found = re.search(rf"--{name}: (?:{PAIR}|(#\w+));", STYLES)
    assert found, name
    return in_srgb(found[1] or found[3]), in_srgb(found[2] or found[3])


def test_colours_of_one_lightness_are_read_as_browsers_read_them():
    assert [in_srgb(colour) for colour in ("oklch(.45 .11 255)", "oklch(.81 .09 140)", "oklch(1 0 0)")] == ["#255691", "#a2d098", "#ffffff"]


@pytest.mark.parametrize(("name", "at"), [("paper", 0), ("surface", 1)])
def test_the_grounds_are_those_of_the_stylesheet(name: str, at: int):
    assert colours_of(name) == (LIGHT_GROUNDS[at], DARK_GROUNDS[at])


PAGE = ("paper", "surface")
LINES = ("surface", "mark", "plus", "minus")
HUES = ("blue", "green", "amber", "red", "violet", "teal")
# What is written on what: the page and its boxes, lines of code, marked words, buttons.
WRITTEN = {
    **dict.fromkeys(itertools.product(("text", "strong", "muted", "accent", *HUES), PAGE)),
    **dict.fromkeys(itertools.product(("text", "muted", *HUES), LINES)),
    **dict.fromkeys(itertools.product(("text", "strong", "muted"), ("mark",))),
    ("paper", "accent"): None,
    ("paper", "red"): None,
}


@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_what_is_written_can_be_read_on_its_ground(ink: str, ground: str):
    for scheme in (0, 1):
        assert contrast(colours_of(ink)[scheme], colours_of(ground)[scheme]) >= CONTRAST


@pytest.mark.parametrize("ground", PAGE)
@pytest.mark.parametrize("line", ["edge", "accent"])
def test_edges_of_what_can_be_used_and_the_ring_of_the_focus_can_be_seen(line: str, ground: str):
    for scheme in (0, 1):
        assert contrast(colours_of(line)[scheme], colours_of(ground)[scheme]) >= 3


MIXED = "color-mix(in srgb, var(--hue) 9%, var(--paper))"


@pytest.mark.parametrize("hue", HUES)
def test_a_hue_can_be_read_on_a_breath_of_itself(hue: str):
    for scheme in (0, 1):
        ink, paper = (colours_of(name)[scheme] for name in (hue, "paper"))
        parts = [round(int(ink[at : at + 2], 16) * 0.09 + int(paper[at : at + 2], 16) * 0.91) for at in (1, 3, 5)]
        assert contrast(ink, "#" + "".join(f"{part:02x}" for part in parts)) >= CONTRAST


def test_every_custom_property_of_the_ground_is_documented():
    table = (STATIC.parent / "content" / "docs" / "theme.md").read_text(encoding="utf-8")
    root = STYLES[STYLES.index(":root {") : STYLES.index("}")]
    documented = {name for row in re.findall(r"^\| (`--.*?) \|", table, re.MULTILINE) for name in re.findall(r"`(--[\w-]+)`", row)}
    assert documented == set(re.findall(r"^  (--[\w-]+):", root, re.MULTILINE))
    assert accent_css("#b3261e").strip() in table


def declared(what: str) -> set[tuple[str, str]]:
    """The custom properties that some sheet of the theme sets a `what` by, each with the sheet."""
    return {(sheet, name) for sheet, css in SHEETS.items() for name in re.findall(rf"[{{;\s]{what}: var\(--([\w-]+)\)", css)}


def test_no_sheet_writes_with_a_colour_that_is_not_looked_at_here():
    inks = {ink for ink, _ in WRITTEN} | {"hue"}
    assert {(sheet, name) for sheet, name in declared("color") if name not in inks} == set()
    assert set(re.findall(r"--hue: var\(--(\w+)\)", "".join(SHEETS.values()))) <= set(HUES)


def test_no_sheet_paints_a_ground_that_is_not_looked_at_here():
    grounds = {ground for _, ground in WRITTEN}
    assert {(sheet, name) for sheet, name in declared("background(?:-color)?") if name not in grounds} == set()
    assert set(re.findall(r"background: (color-mix\(.*\));", "\n".join(SHEETS.values()))) <= {MIXED}

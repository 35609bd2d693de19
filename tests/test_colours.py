"""An accent of any colour can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.colours import CONTRAST, DARK_GROUNDS, LIGHT_GROUNDS, accent_css, contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
STYLES = (Path(__file__).parents[1] / "static" / "_ground.css").read_text(encoding="utf-8")


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


def full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


@pytest.mark.parametrize(("name", "at"), [("paper", 0), ("surface", 1)])
def test_the_grounds_are_those_of_the_stylesheet(name: str, at: int):
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", STYLES)
    assert found
    assert (full(found[1]), full(found[2])) == (LIGHT_GROUNDS[at], DARK_GROUNDS[at])


def colours_of(name: str) -> tuple[str, str]:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", STYLES)
    assert found
    return full(found[1]), full(found[2])


@pytest.mark.parametrize("ground", ["surface", "mark", "plus", "minus"])
@pytest.mark.parametrize("ink", ["text", "muted", "violet", "green", "amber", "blue", "teal", "red"])
def test_code_can_be_read_on_the_ground_of_each_kind_of_line(ink: str, ground: str):
    for scheme in (0, 1):
        assert contrast(colours_of(ink)[scheme], colours_of(ground)[scheme]) >= CONTRAST

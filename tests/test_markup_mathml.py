"""What of math-core's output a page may hold, and the theme's sheet, which has each class that can be in it."""

from __future__ import annotations

import re

import pytest

from sitegen import theme
from sitegen.markup import mathml
from sitegen.markup.mathml import MathMLError, cleaned


@pytest.mark.parametrize(
    "inner",
    [
        "<script>x</script>",
        "<mglyph/>",
        '<maction actiontype="x">x</maction>',
        "<annotation-xml>x</annotation-xml>",
        '<mi onclick="x">x</mi>',
        '<mi href="#math-a">x</mi>',
        '<a href="javascript:x">x</a>',
        '<a href="https://x.example">x</a>',
        '<mtd id="nav">x</mtd>',
        '<mi style="position:fixed">x</mi>',
        '<mi style="color:url(x)">x</mi>',
        '<mi mathvariant="a:b">x</mi>',
        '<mrow class="button">x</mrow>',
        "<mi>x<</mi>",
        "<mi title='x'>x</mi>",
        "<!-- x -->",
        '<mspace style="margin-left:-9em;"/>',
    ],
)
def test_what_is_not_listed_does_not_pass(inner: str):
    with pytest.raises(MathMLError):
        cleaned(f"<math>{inner}</math>", "x")


def test_the_source_is_the_alternative_text():
    assert cleaned("<math><mi>x</mi></math>", 'a <b>\n"c"&') == '<math alttext="a &lt;b&gt; &quot;c&quot;&amp;"><mi>x</mi></math>'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<mrow style="color:#FF0000;">', '<mrow mathcolor="#ff0000">'),
        ('<mtext style="font-size:140%">', '<mtext mathsize="140%">'),
        ('<mspace width="2rem" style="width:2rem"/>', '<mspace width="2em"/>'),
        ('<mspace style="margin-left:-0.16666667em;"/>', '<mspace class="math-back-3"/>'),
        ('<mtd style="text-align: right;justify-items: end;padding-right: 0;">', '<mtd class="math-end math-right-0">'),
    ],
)
def test_a_style_becomes_an_attribute_or_a_class(given: str, expected: str):
    assert expected in cleaned(f"<math>{given}</math>", "x")


def test_the_sheet_has_every_class():
    sheet = (theme.folder("static") / "_math.css").read_text("utf-8")
    classes = {*" ".join(mathml._CLASSES.values()).split(), *mathml._GIVEN.values()}
    classes |= {f"math-{side}-{steps}" for side in ("left", "right") for steps in mathml.PADDINGS}
    classes |= {f"math-back-{steps}" for steps in range(1, mathml.NARROWEST + 1)}
    assert classes | {"math"} == set(re.findall(r"\.(math[\w-]*)", sheet)) - {"math-core"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<mtable displaystyle="true" scriptlevel="1"></mtable>', '<mstyle scriptlevel="1"><mtable displaystyle="true"></mtable></mstyle>'),
        ('<mfrac displaystyle="false" scriptlevel="0"></mfrac>', '<mstyle displaystyle="false" scriptlevel="0"><mfrac></mfrac></mstyle>'),
        ('<mtable class="math-wide" scriptlevel="0"></mtable>', '<mtable class="math-wide"></mtable>'),
        ("<mfrac><mfrac></mfrac></mfrac>", "<mfrac><mfrac></mfrac></mfrac>"),
        (
            '<mtable scriptlevel="0"><mtr><mtd><mfrac></mfrac></mtd></mtr></mtable>',
            '<mstyle scriptlevel="0"><mtable><mtr><mtd><mfrac></mfrac></mtd></mtr></mtable></mstyle>',
        ),
    ],
)
def test_a_style_of_writing_stands_where_checkers_know_it(given: str, expected: str):
    given = given.replace('class="math-wide"', 'style="width: 100%"')
    assert expected in cleaned(f"<math>{given}</math>", "x")

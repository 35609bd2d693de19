"""What math-core writes as a page may hold it: known elements and attributes alone, and classes in the place of styles.

Nothing passes that is not listed here, so that neither a formula nor a later math-core can bring in anything else. MathML of an
author's own never comes this way: the sanitiser takes it out with all that is in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

# Before the ids of equations, which authors choose.
PREFIX = "math-"
_MATH = (
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace msqrt msub msubsup msup mtable mtd mtext mtr"
    " munder munderover menclose"
)
# In `\text{…}` math-core writes HTML.
_HTML = "a b code em i s span u"
_TAGS = frozenset(f"{_MATH} {_HTML}".split())
_GIVEN_ALONE = (
    "accent accentunder display displaystyle form linethickness lspace mathvariant maxsize minsize movablelimits notation rspace"
    " scriptlevel stretchy symmetric voffset width"
)
_ATTRIBUTES = frozenset(_GIVEN_ALONE.split())
_VALUE = re.compile(r"[\w.% -]*", re.ASCII)
_ID = re.compile(rf"{PREFIX}[\w:.-]+", re.ASCII)
_TAG = re.compile(r'<(/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)(/?)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"<>]*)"')
_STRUCK = re.compile(r'<mrow class="menclose-[a-z]+"></mrow>')
_START = re.compile(r'<math(?P<display> display="block")?>')
# Elements whose style of writing the HTML standard's checkers know on an `mstyle` around them alone, and what goes there.
_STYLED = {"mtable": ("scriptlevel",), "mfrac": ("displaystyle", "scriptlevel")}
_STYLED_TAG = re.compile(r"<(?P<end>/?)(?P<name>mtable|mfrac)(?P<attributes>[^<>]*)>")
# A table as wide as the line stands in no other, where it is written as at the top of a formula anyway.
_WIDE = 'class="math-wide"'
# A reference to an equation and nothing else.
_REFERENCE = re.compile(r'<math><mtext>(?P<link><a href="#[^"<>]*">[^<>]*</a>)</mtext></math>')
_ENTITIES = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062"}
# In the order in which they are written; a space is around none of them.
_CLASSES = {
    "text-align:left": "math-start",
    "text-align:right": "math-end",
    "justify-items:start": "",
    "justify-items:end": "",
    "width:100%": "math-wide",
    "width:50%": "math-half",
    "width:7.5%": "math-side",
    "border-left:0.05em solid currentcolor": "math-left",
    "border-left:0.05em dashed currentcolor": "math-left math-left-dashed",
    "border-right:0.05em solid currentcolor": "math-right",
    "border-right:0.05em dashed currentcolor": "math-right math-right-dashed",
    "border-top:0.05em solid currentcolor": "math-top",
    "border-top:0.05em dashed currentcolor": "math-top math-top-dashed",
    "padding-top:0": "math-tight",
    "padding-bottom:0": "",
    "padding-top:0.1667em": "math-raised",
    # Superscripts a little lower, which no attribute says and no checker of CSS knows.
    "math-shift:compact": "",
    "font-variant-caps:small-caps": "math-caps",
}
_GIVEN = {"math-core-sans-serif-font": "math-sans", "math-core-serif-font": "math-serif"}
_LENGTH = re.compile(r"(-?\d*\.?\d+)(em|rem|ex)|0")
_EM = {"em": 1.0, "rem": 1.0, "ex": 0.43}
# In eighteenths of an em, TeX's mu: what the theme's sheet has a class for.
PADDINGS = frozenset({0, 2, 3, 4, 5, 18})
NARROWEST = 18


class MathMLError(Exception):
    """A formula that would need what no page may hold."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def cleaned(mathml: str, latex: str) -> str:
    """The MathML of the formula `latex` with what is not for a page written otherwise; it carries the formula as ``alttext``.

    A formula that is only a reference to an equation is a link of HTML.

    Raises:
        MathMLError: something is in it that has no other way to be written.
    """
    pieces: list[str] = []
    done = 0
    for written, plain in _ENTITIES.items():
        mathml = mathml.replace(written, plain)
    mathml = _STRUCK.sub("", mathml)
    for tag in _TAG.finditer(mathml):
        pieces += (_text(mathml[done : tag.start()]), _tag(tag[1], tag[2], tag[3], tag[4]))
        done = tag.end()
    html = _wrapped("".join([*pieces, _text(mathml[done:])]))
    reference = _REFERENCE.fullmatch(html)
    if reference:
        # A link is not reached within a formula by all who listen: to them a formula is one thing.
        return reference["link"]
    said = escape(" ".join(latex.split()))
    return _START.sub(lambda found: f'<math{found["display"] or ""} alttext="{said}">', html, count=1)


def _wrapped(html: str) -> str:
    """`html` with tables and fractions that are written in another style than what is around them in an ``mstyle`` that says so."""
    ends: list[str] = []

    def tag(found: re.Match[str]) -> str:
        if found["end"]:
            return found[0] + ends.pop()
        given = dict(_ATTRIBUTE.findall(found["attributes"]))
        moved = "".join(f' {name}="{given.pop(name)}"' for name in _STYLED[found["name"]] if name in given)
        moved = "" if _WIDE in found["attributes"] else moved
        ends.append("</mstyle>" if moved else "")
        kept = "".join(f' {name}="{value}"' for name, value in given.items())
        return (f"<mstyle{moved}>" if moved else "") + f"<{found['name']}{kept}>"

    return _STYLED_TAG.sub(tag, html)


def _text(text: str) -> str:
    if "<" in text or ">" in text:
        raise MathMLError("it gives something that is not MathML")
    return text


@lru_cache(maxsize=1024)
def _tag(slash: str, name: str, attributes: str, void: str) -> str:
    if name not in _TAGS:
        raise MathMLError(f"it gives `<{name}>`, which no page may hold")
    kept: dict[str, str] = {}
    classes: list[str] = []
    for attribute, value in _ATTRIBUTE.findall(attributes):
        if attribute == "style":
            for rule in filter(None, re.sub(r"\s*([:;])\s*", r"\1", value).split(";")):
                classes += _styled(name, rule, kept)
        elif attribute == "class" and value in _GIVEN:
            classes.append(_GIVEN[value])
        elif _is_kept(name, attribute, value):
            # MathML has no `rem`.
            kept[attribute] = value.replace("rem", "em")
        else:
            raise MathMLError(f"it gives `{attribute}` in `<{name}>`, which no page may hold")
    if any(classes):
        kept["class"] = " ".join(dict.fromkeys(" ".join(filter(None, classes)).split()))
    written = "".join(f' {key}="{value}"' for key, value in sorted(kept.items()))
    return f"<{slash}{name}{written}{void}>"


def _is_kept(name: str, attribute: str, value: str) -> bool:
    if attribute == "href":
        return name == "a" and value[:1] == "#" and _ID.fullmatch(value[1:]) is not None
    if attribute == "id":
        return _ID.fullmatch(value) is not None
    return attribute in _ATTRIBUTES and _VALUE.fullmatch(value) is not None


def _styled(name: str, rule: str, kept: dict[str, str]) -> list[str]:
    """The class that says what `rule` does; some rules are attributes too, which go to `kept`."""
    if rule in _CLASSES:
        return [_CLASSES[rule]]
    key, _, value = rule.partition(":")
    if key == "color" and re.fullmatch(r"#[0-9A-Fa-f]{6}", value) and name != "span":
        kept["mathcolor"] = value.lower()
        return []
    if key == "font-size" and re.fullmatch(r"\d+%", value):
        kept["mathsize"] = value
        return []
    if key == "width" and name == "mspace":
        return []
    if key in {"margin-left", "padding-left", "padding-right"}:
        return [_spaced(key, value)]
    raise MathMLError(f"it gives the style `{rule}`, which no page may hold")


def _spaced(key: str, value: str) -> str:
    """The class for a space, to the nearest eighteenth of an em."""
    length = _LENGTH.fullmatch(value)
    if length is None:
        raise MathMLError(f"it gives a space of `{value}`")
    steps = round(float(length[1]) * _EM[length[2]] * 18) if length[1] else 0
    if key == "margin-left" and -NARROWEST <= steps <= 0:
        return f"math-back-{-steps}" if steps else ""
    if key != "margin-left" and steps in PADDINGS:
        return f"math-{key[8:]}-{steps}"
    raise MathMLError(f"a space of `{value}` has no class", "write a negative space of at most 1em, such as `\\!` or `\\hspace{-0.5em}`")

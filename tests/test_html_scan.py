"""Every address and every id, where the HTML standard sees them."""

from __future__ import annotations

import time

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.html_scan import Attribute, decode, scan, start_tags


def values(html: str) -> list[str]:
    return [reference.value for reference in scan(html).references]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='x'>", ["x"]),
        ("<A HREF=x>", ["x"]),
        ("<a\thref = x\n>", ["x"]),
        ("<a href=x/>", ["x/"]),
        ("<a/href=x>", ["x"]),
        ("<a title='>' href=x>", ["x"]),
        ('<a title=a"b href=x>', ["x"]),
        ("<a b='c'=d href=x>", ["x"]),
        ("<a href=x href=y>", ["x"]),
        ("<a href>", []),
        ("<a href=>", []),
        ("<a href=''>", [""]),
        ("<a title='<a href=y>' href=x>", ["x"]),
        ("<span class='<a href=y>'><a href=x>", ["x"]),
        ("< a href=y><a href=x>", ["x"]),
        ("</a href=y><a href=x>", ["x"]),
        ("<!-- <a href=y> --><a href=x>", ["x"]),
        ("<!--><a href=x>", ["x"]),
        ("<!-- --!><a href=x>", ["x"]),
        ("<!-- <a href=y>", []),
        ("<!doctype html><?x <a href=y><a href=x>", ["x"]),
        ("<![CDATA[ <a href=y> ]]><a href=x>", ["x"]),
        ("<script>'<a href=y>'</script><a href=x>", ["x"]),
        ("<script>'</scripty><a href=y>'</SCRIPT ><a href=x>", ["x"]),
        ("<script src=z><a href=y></script>", ["z"]),
        ("<style><a href=y></style><title><a href=y></title><textarea><a href=y></textarea>", []),
        ("<textarea><a href=y>", []),
        ("<a href='x", []),
        ("<base href=y><a href=x>", ["x"]),
        ("<area href=a><link href=b><iframe src=c></iframe><form action=d><object data=e>", list("abcde")),
        ("<video src=a poster=b><source src=c><track src=d></video><audio src=e>", list("abcde")),
        ("<img src=a srcset='b'><source srcset='c 1x, d 2x'>", list("abcd")),
    ],
)
def test_addresses_are_where_the_standard_sees_them(html: str, expected: list[str]):
    assert values(html) == expected


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.png", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png,b.png", ["a.png,b.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        (" ,a.png 100w 50h,, b.png", ["a.png", "b.png"]),
        ("data:image/png;base64,AA== 1x, b.png 2x", ["data:image/png;base64,AA==", "b.png"]),
        ("a.png (1, 2), b.png", ["a.png", "b.png"]),
        ("", []),
        (" , ", []),
    ],
)
def test_a_srcset_is_split_into_its_candidates(srcset: str, expected: list[str]):
    assert values(f'<img srcset="{srcset}">') == expected


def test_ids_are_those_of_every_element_and_the_names_of_anchors():
    assert scan('<p id=a><span class="x" id="b&amp;c"></span><a name=d></a><input name=e><a id=a>').ids == ("a", "b&c", "d", "a")


def test_a_reference_says_where_its_value_stands():
    html = '<a href="x?a=1&amp;b=2">'
    assert scan(html).references == (Attribute("a", "href", "x?a=1&b=2", 9, 22),)
    assert html[9:22] == "x?a=1&amp;b=2"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("&amp;", "&"),
        ("?a&copy=1", "?a&copy=1"),
        ("&copyx", "&copyx"),
        ("&copy", "©"),
        ("&#106;&#x6A", "jj"),
        ("&nosuch;", "&nosuch;"),
        ("a&b", "a&b"),
    ],
)
def test_character_references_are_resolved_as_in_an_attribute(value: str, expected: str):
    assert decode(value) == expected
    (element,) = html5lib.parseFragment(f'<b x="{value}">', namespaceHTMLElements=False)
    assert element.get("x") == expected


ALPHABET = [
    "<",
    ">",
    "a",
    "p",
    "b",
    "/",
    " ",
    "\n",
    "=",
    '"',
    "'",
    "!",
    "--",
    "href",
    "id",
    "src",
    "img",
    "script",
    "&",
    "&amp;",
    "<a href=x>",
    "</script>",
    "é",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=20).map("".join))
def test_every_start_tag_is_one_of_a_browsers_tokenizer(html: str):
    if "<script" in html or "<!-" in html or "\n" in html:
        return
    tokens = html5lib._tokenizer.HTMLTokenizer(html)
    expected = [
        dict(token["data"]) for token in tokens if token["type"] == html5lib.constants.tokenTypes["StartTag"] and token["name"] == "a"
    ]
    ours = [{a.name: a.value for a in reversed(tag.attributes)} for tag in start_tags(html) if tag.name == "a"]
    assert [tag for tag in ours if tag.keys() - {"class"}] == [tag for tag in expected if tag.keys() - {"class"}]


@given(st.text(alphabet="<>a=\"' &;hrefimgsct,!-/#x1é"))
def test_every_place_is_exact(html: str):
    for reference in scan(html).references:
        assert decode(html[reference.start : reference.end]) == reference.value


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 50_000,
        '<a "' * 50_000,
        "<!--" * 50_000,
        "<script>" * 20_000,
        "</a" * 50_000,
        '<p class="' * 20_000,
        "<img srcset='" + "," * 100_000 + "'>",
    ],
)
def test_no_input_takes_longer_than_its_length_explains(html: str):
    began = time.process_time()
    scan(html)
    assert time.process_time() - began < 1

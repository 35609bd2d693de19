from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ContentError, Problem
from sitegen.frontmatter import decode


def refusal(data: bytes) -> Problem:
    with pytest.raises(ContentError) as caught:
        decode(data, path="x.md")
    return caught.value.problem


@pytest.mark.parametrize("data", [b"a\nb\n", b"\xef\xbb\xbfa\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\rb\r\n"])
def test_mark_and_line_ends_make_no_difference(data: bytes):
    assert decode(data, path="x.md") == ("a\nb\n", ())


def test_a_byte_that_is_not_utf_8_is_named_with_its_line():
    problem = refusal("é\r\ntitle: caf".encode() + b"\xe9\nmore")
    assert problem.message == "the file is not UTF-8 at byte 14 (0xE9)"
    assert (problem.rule, problem.line, problem.column, problem.excerpt) == ("bad-encoding", 2, 11, "title: caf\ufffd")
    assert problem.hint == "it looks like Latin-1 (Windows-1252); save it as UTF-8"


def test_a_damaged_file_is_not_called_latin_1():
    assert refusal(b"\x81\x8d").hint == "it is in another encoding, or damaged; save it as UTF-8"


def test_a_password_on_the_line_is_not_shown():
    assert refusal(b"password: hunter2\xe9\n").excerpt == ""


@pytest.mark.parametrize(("encoding", "name"), [("utf-16", "UTF-16"), ("utf-32", "UTF-32")])
def test_a_wide_encoding_is_named(encoding: str, name: str):
    assert refusal("Text".encode(encoding)).message == f"the file is {name}, UTF-8 was expected"


def test_a_wide_encoding_without_its_mark_is_guessed():
    assert refusal("A text".encode("utf-16-le")).hint == "it looks like UTF-16; save it as UTF-8"


def test_a_nul_is_an_error_at_its_place():
    problem = refusal(b"a long line\nand \0 one\n")
    assert (problem.rule, problem.line, problem.column) == ("bad-encoding", 2, 5)


def test_control_characters_are_left_out_with_one_warning():
    text, (problem,) = decode("a\nb\x02klzzwxh:0\x03\x0c\ufffe".encode(), path="x.md")
    assert text == "a\nbklzzwxh:0"
    assert (problem.rule, problem.line, problem.column) == ("control-character", 2, 2)
    assert problem.message == "the file holds U+0002 and 3 more control characters, left out of the page"


def test_half_a_surrogate_pair_is_left_out():
    text, (problem,) = decode(b"a\xed\xa0\x80b", path="x.md")
    assert (text, problem.rule) == ("ab", "control-character")


def test_a_surrogate_does_not_hide_a_bad_byte_after_it():
    assert refusal(b"a\xed\xa0\x80b\xff").message == "the file is not UTF-8 at byte 5 (0xFF)"


@given(st.binary(max_size=200))
def test_any_bytes_are_clean_text_or_an_error_of_ours(data: bytes):
    with suppress(ContentError):
        text, _ = decode(data, path="x.md")
        assert not {"\r", "\0", "\x02", "\ufeff"}.intersection(text[:1] + text.replace("\ufeff", ""))
        text.encode()

"""Pages and files sealed and opened again, and all that must not open."""

from __future__ import annotations

import base64
import copy
import json
import pickle
import random
import re
import traceback
import zlib
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.encryption import (
    DamagedError,
    EncryptionError,
    Key,
    WrongPasswordError,
    derivation,
    derived,
    made,
    normalised,
    opened_file,
    opened_page,
    padding,
    salt_of,
    unlocked,
    unwrapped,
    wrapped,
)
from sitegen.encryption.documents import decoded
from sitegen.encryption.envelope import content_key, sealed_text
from sitegen.encryption.padding import bucket, packed, unpacked
from sitegen.files import digest

SITE, GROUP, PASSWORDS = "example.org", "clients", ("correct horse battery staple", "žluťoučký kůň úpěl ódy", "trailing zebra ladder")
ADDRESS = "/clients/9f86d081884c7d65/"
CONTENT = b'{"title": "Offers", "html": "<h1>Offers</h1>"}'
SEALED_ERRORS = (DamagedError, WrongPasswordError)


@pytest.fixture(scope="module", autouse=True)
def few_rounds() -> Iterator[None]:
    """The number of rounds makes guessing dear and nothing else; tests that are about it set it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(derivation, "ITERATIONS", 100)
        yield


def key(*passwords: str, site: str = SITE, group: str = GROUP) -> Key:
    return made(site, group, passwords or PASSWORDS, jobs=2)


@pytest.fixture(scope="module")
def page(few_rounds: None) -> dict[str, Any]:
    return key().page(ADDRESS, CONTENT)


# What opens.


@pytest.mark.parametrize("password", PASSWORDS)
def test_every_reader_opens_the_page(page: dict[str, Any], password: str):
    assert opened_page(page, password, ADDRESS) == CONTENT


def test_a_page_opens_after_it_was_json(page: dict[str, Any]):
    assert opened_page(json.loads(json.dumps(page)), PASSWORDS[0], ADDRESS) == CONTENT


def test_a_page_is_opened_with_as_many_rounds_as_format_1_has(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(derivation, "ITERATIONS", 600_000)
    document = key("one", "two").page(ADDRESS, CONTENT)
    assert document["kdf"]["iterations"] == 600_000
    assert opened_page(document, "two", ADDRESS) == CONTENT


@given(content=st.binary(max_size=5000), address=st.text(st.characters(codec="utf-8", exclude_characters="\n")))
def test_what_was_sealed_opens_again(content: bytes, address: str):
    one = key("one password")
    assert opened_page(one.page(address, content), "one password", address) == content
    assert opened_file(one.file(address, content), one, address) == content


@pytest.mark.parametrize(
    "written",
    [normalize("NFC", PASSWORDS[1]), normalize("NFD", PASSWORDS[1]), f" {PASSWORDS[1]}\n", f"\u00a0\ufeff{PASSWORDS[1]}\u3000"],
    ids=["composed", "decomposed", "trailing", "invisible"],
)
def test_a_password_counts_however_a_keyboard_writes_it(page: dict[str, Any], written: str):
    assert opened_page(page, written, ADDRESS) == CONTENT


@given(st.text())
def test_a_normalised_password_stays(password: str):
    assert normalised(normalised(password)) == normalised(password)


def test_white_space_is_what_a_browser_trims():
    spaces = range(0x2000, 0x200B)
    expected = {*map(ord, "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"), *spaces}
    assert {number for number in range(0x110000) if not normalised(chr(number))} == expected


def test_the_order_of_passwords_does_not_matter(page: dict[str, Any]):
    assert key(*PASSWORDS[::-1]).page(ADDRESS, CONTENT) == page


def test_a_password_that_two_readers_share_makes_one_slot():
    assert key("one password", "one password ").lock == key("one password").lock


def test_the_key_of_a_page_opens_the_files_of_its_group(page: dict[str, Any]):
    data = key().file("/_sealed/00.bin", b"a picture")
    assert opened_file(data, unlocked(page, PASSWORDS[2]), "/_sealed/00.bin") == b"a picture"


# What does not open.


@pytest.mark.parametrize("password", ["", " ", "correct horse battery stapl", PASSWORDS[0].upper(), "x" * 10_000])
def test_a_wrong_password_is_told_from_damage(page: dict[str, Any], password: str):
    with pytest.raises(WrongPasswordError):
        opened_page(page, password, ADDRESS)


def test_a_wrong_password_fails_after_all_rounds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(derivation, "ITERATIONS", 600_000)
    with pytest.raises(WrongPasswordError):
        opened_page(key("one").page(ADDRESS, CONTENT), "another", ADDRESS)


def test_no_bit_of_a_document_can_be_flipped(page: dict[str, Any]):
    data = json.dumps(page, separators=(",", ":")).encode()
    assert [bit for bit in range(8 * len(data)) if opens_flipped(data, bit)] == []


def opens_flipped(data: bytes, bit: int) -> bool:
    flipped = bytearray(data)
    flipped[bit // 8] ^= 1 << bit % 8
    try:
        document = json.loads(flipped)
    except ValueError:
        return False
    return opens(document)


def opens(document: Any) -> bool:
    try:
        opened_page(document, PASSWORDS[0], ADDRESS)
    except SEALED_ERRORS:
        return False
    return True


def places(value: Any, trail: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value that is no container."""
    if isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*trail, name))
    else:
        yield trail


def changed(document: Any, trail: tuple[str | int, ...], value: object) -> Any:
    found = copy.deepcopy(document)
    part = found
    for name in trail[:-1]:
        part = part[name]
    part[trail[-1]] = value
    return found


def flips(value: str, *, is_base64: bool) -> Iterator[str]:
    """`value` with each of its bits flipped; those of the bytes that it writes, where it is base64."""
    data = base64.b64decode(value) if is_base64 else value.encode()
    for bit in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        yield base64.b64encode(flipped).decode() if is_base64 else flipped.decode("latin-1")


def test_no_bit_of_what_a_field_means_can_be_flipped(page: dict[str, Any]):
    texts = {trail: value for trail in places(page) if isinstance(value := at(page, trail), str)}
    assert len(texts) == 9 + len(page["slots"]) - 1
    for trail, value in texts.items():
        is_base64 = trail[0] in {"slots", "siv", "ct"} or trail[-1] == "salt"
        assert [flipped for flipped in flips(value, is_base64=is_base64) if opens(changed(page, trail, flipped))] == []


def at(document: Any, trail: tuple[str | int, ...]) -> Any:
    for name in trail:
        document = document[name]
    return document


@pytest.mark.parametrize("value", [None, True, 0, 2, 1.5, "1", "", [], {}, -600_000, 99, 101, 10**30])
def test_no_field_may_be_something_else(page: dict[str, Any], value: object):
    trails = [*places(page), ("kdf",), ("slots",)]
    assert [trail for trail in trails if opens(changed(page, trail, value))] == []


def test_every_field_is_needed_and_no_other_known(page: dict[str, Any]):
    without = [{name: value for name, value in page.items() if name != left_out} for left_out in page]
    assert [document for document in [*without, {}, page | {"more": 1}] if opens(document)] == []


def test_base64_has_one_way_to_write_bytes(page: dict[str, Any]):
    for written in ("AB==", "AA=", "AA", "A A==", "AA==\n", "A-==", ""):
        with pytest.raises(DamagedError):
            decoded(written)


def test_the_fields_of_a_place_cannot_be_shifted():
    document = key(site="a", group="b").page(ADDRESS, CONTENT)
    assert opens(document)
    for shifted in ({"site": "a\nb", "group": ""}, {"site": "", "group": "a\nb"}):
        with pytest.raises(DamagedError, match="line break"):
            opened_page(document | shifted, PASSWORDS[0], ADDRESS)


def test_slots_cannot_change_places(page: dict[str, Any]):
    assert not opens(page | {"slots": page["slots"][::-1]})


def test_fewer_rounds_are_refused_before_they_are_done(page: dict[str, Any]):
    fewer = changed(page, ("kdf", "iterations"), derivation.ITERATIONS - 1)
    with pytest.raises(DamagedError, match="has 100 iterations"):
        opened_page(fewer, PASSWORDS[0], ADDRESS)


def test_a_page_opens_at_its_own_address_alone(page: dict[str, Any]):
    with pytest.raises(DamagedError, match="another address"):
        opened_page(page, PASSWORDS[0], "/clients/elsewhere/")


def test_two_pages_cannot_be_swapped():
    first, second = key().page("/clients/a/", b"first"), key().page("/clients/b/", b"second")
    assert [opens_at(document, address) for document, address in [(first, "/clients/a/"), (second, "/clients/b/")]] == [True, True]
    assert [opens_at(document, address) for document, address in [(first, "/clients/b/"), (second, "/clients/a/")]] == [False, False]
    for mixed in ({"ct": first["ct"]}, {"siv": first["siv"]}, {"ct": first["ct"], "siv": first["siv"]}, {"page": first["page"]}):
        assert not opens_at(second | mixed, (second | mixed)["page"])


def opens_at(document: dict[str, Any], address: str) -> bool:
    try:
        opened_page(document, PASSWORDS[0], address)
    except SEALED_ERRORS:
        return False
    return True


def test_a_page_cannot_pass_for_a_file_nor_a_file_for_another():
    document = key().page(ADDRESS, CONTENT)
    as_file = base64.b64decode(document["siv"]) + base64.b64decode(document["ct"])
    for data, address in [(as_file, ADDRESS), (key().file("/_sealed/a.bin", CONTENT), "/_sealed/b.bin")]:
        with pytest.raises(DamagedError):
            opened_file(data, key(), address)


def test_no_bit_of_a_file_can_be_flipped_and_no_end_cut_off():
    data = key().file("/_sealed/a.bin", CONTENT)
    flipped = [data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :] for at in range(len(data)) for bit in range(8)]
    for damaged in [*flipped, *(data[:length] for length in range(len(data))), data + b"\0"]:
        with pytest.raises(DamagedError):
            opened_file(damaged, key(), "/_sealed/a.bin")


# Keys.


def test_two_sealings_are_the_same_bytes(page: dict[str, Any]):
    assert json.dumps(key().page(ADDRESS, CONTENT)) == json.dumps(page)
    assert key().file("/a", CONTENT) == key().file("/a", CONTENT)


def test_a_reader_who_comes_or_goes_changes_every_key():
    before, more, fewer = key(), key(*PASSWORDS, "a new reader"), key(*PASSWORDS[:2])
    assert len({each.secret for each in (before, more, fewer)}) == 3
    for one, other in [(before, more), (before, fewer)]:
        assert not set(one.lock.slots) & set(other.lock.slots)
        first, second = one.page(ADDRESS, CONTENT), other.page(ADDRESS, CONTENT)
        assert first["siv"] != second["siv"]
        assert first["ct"] != second["ct"]
        assert one.name("a.png") != other.name("a.png")


def test_who_left_opens_nothing_that_was_sealed_since():
    after = key(*PASSWORDS[:2]).page(ADDRESS, CONTENT)
    with pytest.raises(WrongPasswordError):
        opened_page(after, PASSWORDS[2], ADDRESS)


def test_the_same_password_has_another_key_in_each_group_and_site():
    keys = [key("one password", site=site, group=group) for site in ("a.example", "b.example") for group in ("one", "two")]
    assert len({each.secret for each in keys}) == len({each.lock.salt for each in keys}) == 4
    assert len({derived("one password", each.lock.salt) for each in keys}) == 4


def test_no_two_of_a_thousand_pages_share_a_key():
    one = key()
    pages = [one.page(f"/clients/{number // 2}/", b"the same text" + b"!" * (number % 2)) for number in range(1000)]
    sivs = {document["siv"] for document in pages}
    assert len(sivs) == len({content_key(one.secret, base64.b64decode(siv)) for siv in sivs}) == 1000


def test_a_page_and_a_file_of_one_content_share_no_key():
    document, data = key().page("/a", CONTENT), key().file("/a", CONTENT)
    assert base64.b64decode(document["siv"]) != data[:32]


def test_slots_are_sorted_and_one_for_each_reader():
    slots = key().lock.slots
    assert len(slots) == len(PASSWORDS)
    assert list(slots) == sorted(slots)


def test_nothing_shows_the_secret():
    one = key()
    for shown in (repr(one), str(one), f"{one}"):
        assert "secret" not in shown
        assert repr(one.secret) not in shown


def test_a_key_goes_to_another_process_whole():
    assert pickle.loads(pickle.dumps(key())) == key()


@pytest.mark.parametrize("passwords", [[], [""], ["good one", " \n"]])
def test_a_group_without_a_password_has_no_key(passwords: list[str]):
    with pytest.raises(EncryptionError, match="password"):
        made(SITE, GROUP, passwords, jobs=1)


def test_a_password_that_is_not_text_is_not_shown():
    secret = "".join(["hu", "sh"])
    with pytest.raises(EncryptionError, match="not UTF-8") as caught:
        made(SITE, GROUP, [f"{secret}\udcff"], jobs=1)
    assert secret not in "".join(traceback.format_exception(caught.value))


def test_a_line_break_cannot_make_one_place_pass_for_another():
    with pytest.raises(EncryptionError, match="line break"):
        salt_of("example.org\nclients", "x")
    with pytest.raises(EncryptionError, match="line break"):
        key().page("/a\nb", CONTENT)


# Names and digests.


def test_a_name_is_32_hex_digits_and_depends_on_path_and_key():
    names = {key().name("a.png"), key().name("b.png"), key("another").name("a.png")}
    assert len(names) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", name) for name in names)
    assert key().name("a.png") in names


def test_a_digest_is_as_long_as_any_and_cannot_be_guessed():
    assert len(key().digest(b"title")) == len(digest(b"title"))
    assert len({key().digest(b"title"), key("another").digest(b"title"), digest(b"title"), key().name("title")}) == 4


def test_a_digest_tells_its_parts_apart():
    assert key().digest(b"a", b"bc") != key().digest(b"ab", b"c")


# What the cache keeps.


def test_what_was_hidden_is_shown_again():
    assert key().shown(b"name", key().hidden(b"name", b"value")) == b"value"


def test_what_was_hidden_twice_is_other_bytes():
    assert key().hidden(b"name", b"value") != key().hidden(b"name", b"value")


def test_what_was_hidden_is_shown_to_its_key_and_name_alone():
    hidden = key().hidden(b"name", b"value")
    damaged = hidden[:-1] + bytes([hidden[-1] ^ 1])
    for other, name, data in [(key("x"), b"name", hidden), (key(), b"another", hidden), (key(), b"name", damaged), (key(), b"name", b"")]:
        with pytest.raises(DamagedError):
            other.shown(name, data)


def test_a_key_that_was_kept_is_had_again():
    assert unwrapped(SITE, GROUP, wrapped(key(), PASSWORDS), [f"{password} " for password in reversed(PASSWORDS)]) == key()


@pytest.mark.parametrize("passwords", [PASSWORDS[:2], [*PASSWORDS, "another"], ["another"], ["".join(PASSWORDS)]])
def test_other_passwords_do_not_have_the_key_that_was_kept(passwords: list[str]):
    assert unwrapped(SITE, GROUP, wrapped(key(), PASSWORDS), passwords) is None


def test_a_key_that_was_kept_is_not_had_for_another_group_nor_from_what_is_damaged():
    kept = wrapped(key(), PASSWORDS)
    assert unwrapped(SITE, "others", kept, PASSWORDS) is None
    for damaged in (b"", kept[:40], kept[:-1], kept[:7] + b"\0" + kept[8:], kept[:-1] + bytes([kept[-1] ^ 1])):
        assert unwrapped(SITE, GROUP, damaged, PASSWORDS) is None


def test_what_is_kept_shows_neither_key_nor_lock():
    kept = wrapped(key(), PASSWORDS)
    assert key().secret not in kept
    assert not [slot for slot in key().lock.slots if slot in kept]


# Sizes.


@given(st.integers(256, 2**40))
def test_padding_adds_three_percent_at_most(size: int):
    assert 0 <= bucket(size) - size < size / 32


@given(st.integers(0, 255))
def test_padding_of_a_small_text_adds_a_few_bytes(size: int):
    assert 0 <= bucket(size) - size <= 7


@given(st.integers(1, 2**31), st.integers(1, 2**31))
def test_padding_keeps_order_and_what_is_padded_already(size: int, other: int):
    assert bucket(bucket(size)) == bucket(size)
    assert bucket(min(size, other)) <= bucket(max(size, other))


def test_few_sizes_show():
    assert len({bucket(size) for size in range(10_000, 50_000)}) < 100


@given(st.binary(max_size=3000))
def test_what_was_packed_is_unpacked(content: bytes):
    assert unpacked(packed(content)) == content
    assert len(packed(content)) == bucket(len(packed(content)))


@pytest.mark.parametrize("level", range(10))
def test_another_compressor_may_have_packed_it(level: int):
    deflater = zlib.compressobj(level, zlib.DEFLATED, -15)
    deflated = deflater.compress(CONTENT) + deflater.flush()
    one = key("one password")
    siv, data = sealed_text(one.secret, one.lock.file_aad("/a"), len(deflated).to_bytes(4, "big") + deflated + bytes(7))
    assert opened_file(siv + data, one, "/a") == CONTENT


DEFLATED = packed(CONTENT)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0\0\0\0",
        b"\0\0\0\1\0",
        b"\xff" * 40,
        DEFLATED[:-10],
        DEFLATED + b"\1",
        bytes([0, 0, 0, DEFLATED[3] - 1]) + DEFLATED[4:],
        bytes([0, 0, 0, DEFLATED[3] + 1]) + DEFLATED[4:] + b"\0",
    ],
)
def test_what_was_not_packed_is_not_unpacked(text: bytes):
    with pytest.raises(DamagedError):
        unpacked(text)


def test_what_is_larger_than_can_be_sealed_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(padding, "LARGEST", len(CONTENT) - 1)
    with pytest.raises(EncryptionError, match="more than 2 GB"):
        key().file("/film.bin", CONTENT)


WORDS = ["offer", "client", "price", "delivery", "terms", "contract", "renewal", "discount", "volume", "quarter", "invoice", "hours"]


def realistic(size: int) -> bytes:
    """A page of about `size` bytes, as the theme makes one: words, markup, some of it again and again."""
    some = random.Random(size)
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        words = " ".join(some.choices(WORDS, k=40))
        number = len(parts)
        parts.append(f'<h2 id="part-{number}">{some.choice(WORDS)} {number}</h2>\n<p>{words} {some.random():.6f}.</p>\n')
    return "".join(parts).encode()


@pytest.mark.parametrize("size", [1_000, 2_000, 5_000, 10_000, 20_000, 50_000])
def test_a_ciphertext_is_at_most_1_4_times_the_deflated_page(size: int):
    content = realistic(size)
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = deflater.compress(content) + deflater.flush()
    document = key().page(ADDRESS, content)
    assert len(base64.b64decode(document["siv"]) + base64.b64decode(document["ct"])) <= 1.4 * len(deflated)
    # Of a small page, the tag, the length and the end of the base64 are a part that shows.
    assert len(document["ct"]) <= 1.4 * len(deflated) + 30

"""A sealed page that is not as it was sealed, or not where it was sealed for, stays closed, and says which."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sealing import BASE, FIGURES, HOSTILE, OFFER, PASSWORDS
from tests.browser.vault import document_of, fault, field, try_password, unlock, wait_open, with_document
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

Document = dict[str, Any]
WRONG, DAMAGED = "This password does not open the page.", "This page is damaged"


def put(page: Page, address: str, document: Any) -> None:
    """Let the page at `address` carry another document."""
    text = with_document(page.context.request.get(address).text(), document)
    page.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))


def flipped(data: str, byte: int, bit: int = 0) -> str:
    """Base64 with one bit of it the other way."""
    raw = bytearray(b64decode(data))
    raw[byte] ^= 1 << bit
    return b64encode(raw).decode()


def changed(document: Document, **fields: Any) -> Document:
    return document | fields


def kdf(document: Document, **fields: Any) -> Document:
    return document | {"kdf": document["kdf"] | fields}


AT_ONCE: dict[str, Callable[[Document], Any]] = {
    "no document": lambda document: None,
    "another kind of document": lambda document: [document],
    "another version": lambda document: changed(document, v=2),
    "another site": lambda document: changed(document, site="sealed.examplf"),
    "another group": lambda document: changed(document, group="client"),
    "another address": lambda document: changed(document, page=BASE + OFFER),
    "another derivation": lambda document: kdf(document, name="HKDF"),
    "another hash": lambda document: kdf(document, hash="SHA-256"),
    "fewer iterations": lambda document: kdf(document, iterations=599_999),
    "no iterations": lambda document: kdf(document, iterations=None),
    "another salt": lambda document: kdf(document, salt=flipped(document["kdf"]["salt"], 3)),
    "no slots": lambda document: changed(document, slots=[]),
    "a shorter slot": lambda document: changed(document, slots=[document["slots"][0][:-4]]),
    "no base64": lambda document: changed(document, slots=["?"]),
}


@pytest.mark.parametrize("change", AT_ONCE)
def test_what_is_no_document_for_this_place_is_told_before_a_password_is_asked_for(
    browser: Browser, vault: str, sealed_site: Path, change: str
):
    with opened(browser) as (page, said, _):
        address = vault + BASE + FIGURES
        put(page, address, AT_ONCE[change](document_of(sealed_site / BASE[1:] / FIGURES / "index.html")))
        page.goto(address)
        assert fault(page).startswith(DAMAGED)
        assert not field(page).is_visible()
        assert said == []


def both_slots(document: Document, *bytes_: int) -> Document:
    return changed(document, slots=[flipped(slot, byte) for slot, byte in zip(document["slots"], bytes_, strict=True)])


AFTER: dict[str, tuple[Callable[[Document], Document], str]] = {
    "more iterations": (lambda document: kdf(document, iterations=600_001), WRONG),
    "all slots": (lambda document: both_slots(document, 0, 39), WRONG),
    "a slot more": (lambda document: changed(document, slots=[*document["slots"], document["slots"][0]]), DAMAGED),
    "other order": (lambda document: changed(document, slots=document["slots"][::-1]), DAMAGED),
    "the address, otherwise written": (lambda document: changed(document, page=document["page"] + "index.html"), DAMAGED),
    "siv": (lambda document: changed(document, siv=flipped(document["siv"], 0)), DAMAGED),
    "ciphertext": (lambda document: changed(document, ct=flipped(document["ct"], 4)), DAMAGED),
    "tag": (lambda document: changed(document, ct=flipped(document["ct"], -1, 7)), DAMAGED),
    "a shorter ciphertext": (lambda document: changed(document, ct=document["ct"][:-4]), DAMAGED),
    "no ciphertext": (lambda document: changed(document, ct=""), DAMAGED),
}


@pytest.mark.parametrize("change", AFTER)
def test_a_field_that_is_another_keeps_the_page_closed(browser: Browser, vault: str, sealed_site: Path, change: str):
    make, message = AFTER[change]
    with opened(browser) as (page, said, _):
        address = vault + BASE + FIGURES
        put(page, address, make(document_of(sealed_site / BASE[1:] / FIGURES / "index.html")))
        page.goto(address)
        try_password(page, PASSWORDS[0])
        assert fault(page).startswith(message)
        assert page.locator("h1").inner_text() == "Protected page"
        assert said == []


def test_no_bit_of_siv_and_ciphertext_can_be_another(browser: Browser, vault: str, sealed_site: Path):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + OFFER, remembered=True)
        address = vault + BASE + FIGURES
        document = document_of(sealed_site / BASE[1:] / FIGURES / "index.html")
        size = len(b64decode(document["ct"]))
        for name, byte, bit in [("siv", 31 - at * 4, at) for at in range(8)] + [("ct", at * (size - 1) // 7, at) for at in range(8)]:
            put(page, address, changed(document, **{name: flipped(document[name], byte, bit)}))
            page.goto(address)
            assert fault(page).startswith(DAMAGED), (name, byte, bit)
            page.unroute(address)
        page.goto(address)
        wait_open(page)


def test_two_pages_that_change_places_stay_closed(browser: Browser, vault: str, sealed_site: Path):
    one, other = (document_of(sealed_site / BASE[1:] / name / "index.html") for name in (FIGURES, HOSTILE))
    with opened(browser) as (page, _, _):
        address = vault + BASE + FIGURES
        put(page, address, other)
        page.goto(address)
        assert fault(page).startswith(DAMAGED)
        page.unroute(address)
        put(page, address, changed(one, siv=other["siv"], ct=other["ct"]))
        page.goto(address)
        try_password(page, PASSWORDS[0])
        assert fault(page).startswith(DAMAGED)


def test_a_sealed_file_at_the_address_of_another_is_not_shown(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        data = page.context.request.get(f"{vault}/_sealed/aa01.bin").body()
        page.route("**/aa02.bin", lambda route: route.fulfill(body=data))
        unlock(page, vault + BASE + OFFER)
        expect(page.get_by_text("Far below")).to_have_text("Far below – A file that cannot be opened")


def test_what_a_page_carries_is_one_line_of_json(sealed_site: Path):
    document = document_of(sealed_site / BASE[1:] / FIGURES / "index.html")
    assert list(document) == ["v", "site", "group", "page", "kdf", "slots", "siv", "ct"]
    assert json.dumps(document).isascii()

"""The key that a device remembers when its reader asks for it, and what is stored otherwise: nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sealing import BASE, FIGURES, OFFER, PASSWORDS
from tests.browser.vault import fault, field, heading, try_password, unlock, wait_open
from tests.browser.visits import opened, until

pytestmark = pytest.mark.browser

ALL_STORED = """async () => {
    const all = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
        const base = await new Promise((ready) => (indexedDB.open(name).onsuccess = ({ target }) => ready(target.result)));
        for (const store of base.objectStoreNames) {
            const keys = base.transaction(store).objectStore(store);
            for (const request of [keys.getAllKeys(), keys.getAll()]) {
                await new Promise((ready) => (request.onsuccess = ready));
                for (const value of request.result) all.push(value instanceof CryptoKey ? value.algorithm.name : JSON.stringify(value));
            }
        }
        base.close();
    }
    return all;
}"""
EXPORTED = """async () => {
    const base = await new Promise((ready) => (indexedDB.open("sitegen").onsuccess = ({ target }) => ready(target.result)));
    const request = base.transaction("keys").objectStore("keys").getAll();
    await new Promise((ready) => (request.onsuccess = ready));
    base.close();
    const [key] = request.result;
    const formats = ["raw", "pkcs8", "spki", "jwk"];
    const tries = formats.map((format) => crypto.subtle.exportKey(format, key).then(() => "handed out", (error) => error.name));
    return [request.result.length, key.extractable, key.usages, [...new Set(await Promise.all(tries))]];
}"""


def test_nothing_is_kept_unless_the_reader_says_so(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + FIGURES)
        assert not page.get_by_role("button", name="Forget on this device").is_visible()
        assert page.evaluate(ALL_STORED) == ["{}", "{}"]
        page.goto(vault + BASE + FIGURES)
        field(page).wait_for()


def test_a_key_that_is_kept_opens_the_group_and_is_handed_out_to_nobody(browser: Browser, vault: str):
    with opened(browser) as (page, said, _):
        unlock(page, vault + BASE + FIGURES, remembered=True)
        expect(page.get_by_role("button", name="Forget on this device")).to_be_visible()
        stored = page.evaluate(ALL_STORED)
        assert "HKDF" in stored
        assert PASSWORDS[0] not in "".join(stored)
        count, extractable, usages, exported = page.evaluate(EXPORTED)
        assert (count, extractable, usages) == (1, False, ["deriveKey"])
        assert "handed out" not in exported
        page.goto(vault + BASE + OFFER)
        heading(page, "The offer of spring")
        assert [text for text in said if "404" not in text] == []


def test_a_remembered_page_is_read_on_where_it_was(browser: Browser, vault: str):
    with opened(browser, viewport={"width": 1000, "height": 500}) as (page, _, _):
        unlock(page, vault + BASE + FIGURES, remembered=True)
        page.evaluate("scrollTo(0, 400)")
        until(page, "history.state?.y === 400")
        page.reload()
        heading(page, "Figures")
        until(page, "scrollY === 400")


def test_what_is_remembered_can_be_forgotten(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + FIGURES, remembered=True)
        page.get_by_role("button", name="Forget on this device").click()
        expect(page.get_by_role("status")).to_have_text("This device has forgotten the password.")
        expect(page.get_by_role("button", name="Forget on this device")).to_be_hidden()
        assert page.evaluate(ALL_STORED) == ["{}", "{}"]
        page.goto(vault + BASE + FIGURES)
        field(page).wait_for()


def test_an_older_key_of_the_group_can_be_forgotten_and_gives_way_to_a_newer_one(browser: Browser, vault: str):
    older = """() => new Promise((ready) => {
        const opening = indexedDB.open("sitegen");
        opening.onsuccess = () => {
            const writing = opening.result.transaction("keys", "readwrite");
            const keys = writing.objectStore("keys");
            for (const site of ["sealed.example", "other.example"]) keys.put("old", [site, "clients", "older"]);
            writing.oncomplete = () => (opening.result.close(), ready());
        };
    })"""
    with opened(browser) as (page, _, _):
        page.goto(vault + BASE + FIGURES)
        field(page).wait_for()
        page.evaluate(older)
        page.reload()
        expect(page.get_by_role("button", name="Forget on this device")).to_be_visible()
        page.get_by_label("Remember on this device").check()
        try_password(page, PASSWORDS[0])
        wait_open(page)
        stored = page.evaluate(ALL_STORED)
        assert (stored.count('"old"'), stored.count("HKDF")) == (1, 1)
        page.goto(vault + BASE + FIGURES)
        heading(page, "Figures")


def test_a_browser_that_keeps_nothing_opens_pages_all_the_same(browser: Browser, vault: str):
    with opened(browser) as (page, said, _):
        page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")
        unlock(page, vault + BASE + FIGURES, remembered=True)
        assert not page.get_by_role("button", name="Forget on this device").is_visible()
        assert said == []


def test_a_remembered_key_does_not_open_what_is_damaged(browser: Browser, vault: str):
    with opened(browser) as (page, _, _):
        unlock(page, vault + BASE + FIGURES, remembered=True)
        text = page.context.request.get(vault + BASE + FIGURES).text().replace('"siv": "', '"siv": "AAAA', 1)
        page.route(f"**{BASE}{FIGURES}", lambda route: route.fulfill(body=text, content_type="text/html"))
        page.goto(vault + BASE + FIGURES)
        assert fault(page).startswith("This page is damaged")
        expect(field(page)).to_be_visible()
        expect(page.get_by_role("button", name="Forget on this device")).to_be_visible()

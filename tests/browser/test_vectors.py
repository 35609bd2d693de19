"""The vectors of format 1 in a browser's own WebCrypto, by a program that shares nothing with the theme's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hosting import serving
from tests.browser.visits import opened

pytestmark = pytest.mark.browser

VECTORS = Path(__file__).parents[1] / "vectors"
VERIFY = """async () => {
    const read = async (name) => (await fetch(name)).json();
    const { openPage, verify } = await import("/open.js");
    const old = await read("/page-1.json");
    const content = new TextDecoder().decode(await openPage(old.document, old.password, old.address));
    return { ...(await verify(await read("/encryption.json"))), old: content === old.content };
}"""


def test_another_implementation_comes_to_the_vectors_in_chromium(browser: Browser, tmp_path: Path):
    shutil.copytree(VECTORS, tmp_path, dirs_exist_ok=True)
    # As hosts send it, whatever this machine's table of types knows.
    (tmp_path / "open.mjs").rename(tmp_path / "open.js")
    (tmp_path / "index.html").write_text("<!doctype html><title>Vectors</title><link rel=icon href=data:,>", encoding="utf-8")
    with serving(tmp_path) as address, opened(browser) as (page, said, _):
        page.goto(address + "/")
        told = page.evaluate(VERIFY.replace("/open.js", "/open.js"))
    assert told == {"found": [], "groups": 2, "refused": 19, "old": True}
    assert said == []

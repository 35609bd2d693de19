"""Vectors of format 1: what each step comes to, for whoever writes it anew. `--update` makes them, and the diff says what became other.

They hold on every machine: what zlib makes of a content is part of them, and another zlib may make something else of it.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any
from unicodedata import normalize

import pytest

from sitegen.encryption import (
    DamagedError,
    Key,
    WrongPasswordError,
    derivation,
    made,
    opened_file,
    opened_page,
    salt_of,
    unwrapped,
    wrapped,
)
from sitegen.encryption.envelope import content_key, sealed_text, subkey
from sitegen.encryption.padding import bucket, packed, unpacked
from sitegen.encryption.primitives import key_unwrapped

FOLDER = Path(__file__).parent / "vectors"
FILE = FOLDER / "encryption.json"
UNICODE = "žluťoučký kůň úpěl ďábelské ódy"
# Of each group: its readers, and other ways in which a keyboard or a clipboard writes their passwords.
READERS: dict[tuple[str, str], dict[str, list[str]]] = {
    ("example.org", "clients"): {
        "frying-unthread-wharf-awkward-disk-undead": ["  frying-unthread-wharf-awkward-disk-undead\r\n"],
        UNICODE: [normalize("NFD", UNICODE), f"\ufeff\u00a0{UNICODE}\u3000"],
        "пароль из шести слов \U0001f511 47": ["\tпароль из шести слов \U0001f511 47"],
    },
    ("beispiel.example/docs", "team-1"): {"unhidden-monotype-zipfile-edging-deflate-boxlike": []},
}
PAGE = {
    "title": "Angebote · Offers",
    "html": "<main><h1>Offers</h1><p>Grüße, 東京 &amp; العربية.</p></main>",
    "body_class": "",
    "files": {},
    "scripts": [],
    "run": False,
}
LONG = PAGE | {"html": "".join(f"<p>{number * number} is the square of {number}.</p>" for number in range(400))}
PAGES = {
    ("example.org", "clients"): {"/clients/9f86d081884c7d65/": PAGE, "/clients/": PAGE | {"html": ""}},
    ("beispiel.example/docs", "team-1"): {"/docs/team-1/caf%C3%A9/": LONG},
}
FILES = {
    ("example.org", "clients"): {"/_sealed/00112233445566778899aabbccddeeff.bin": bytes(range(256)), "/_sealed/empty.bin": b""},
    ("beispiel.example/docs", "team-1"): {"/docs/_sealed/a.bin": b"\0" * 5000},
}
NAMES = ["clients/plan.png", "clients/prices/2026 – Größe.pdf"]


@cache
def vectors() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="ascii"))
    return found


@cache
def key_of(site: str, group: str) -> Key:
    return made(site, group, tuple(READERS[site, group]), jobs=1)


@cache
def joint_key(site: str, group: str) -> bytes:
    return derivation.jointly_derived(READERS[site, group], derivation.joint_salt_of(site, group))


GROUPS = pytest.mark.parametrize(("site", "group"), READERS)


def vectors_of(site: str, group: str) -> dict[str, Any]:
    return next(each for each in vectors()["groups"] if (each["site"], each["group"]) == (site, group))


# Making them.


def test_the_vectors_are_made_when_asked(update: bool):
    if update:
        groups = [group_vectors(*place) for place in READERS]
        text = json.dumps({"format": 1, "groups": groups, "refused": refusals(groups)}, indent=1)
        FILE.write_text(text + "\n", encoding="ascii")
        vectors.cache_clear()
    assert vectors()["format"] == 1


def group_vectors(site: str, group: str) -> dict[str, Any]:
    key = key_of(site, group)
    return {
        "site": site,
        "group": group,
        "salt": key.lock.salt.hex(),
        "readers": [
            {"password": password, "written": written, "kek": derivation.derived(password, key.lock.salt).hex()}
            for password, written in READERS[site, group].items()
        ],
        "secret": key.secret.hex(),
        "slots": [slot.hex() for slot in key.lock.slots],
        "subkeys": {purpose: subkey(key.secret, purpose).hex() for purpose in ("mac", "names", "digests", "cache")},
        "joint": {"salt": derivation.joint_salt_of(site, group).hex(), "key": joint_key(site, group).hex()},
        "names": {path: key.name(path) for path in NAMES},
        "pages": [page_vectors(key, address, content) for address, content in PAGES[site, group].items()],
        "files": [file_vectors(key, address, content) for address, content in FILES[site, group].items()],
    }


def page_vectors(key: Key, address: str, page: Mapping[str, Any]) -> dict[str, Any]:
    content = json.dumps(page, ensure_ascii=False).encode()
    return sealed_vectors(key, address, key.lock.page_aad(address), content) | {"document": key.page(address, content)}


def file_vectors(key: Key, address: str, content: bytes) -> dict[str, Any]:
    data = key.file(address, content)
    return sealed_vectors(key, address, key.lock.file_aad(address), content) | {"data": base64.b64encode(data).decode()}


def sealed_vectors(key: Key, address: str, aad: bytes, content: bytes) -> dict[str, Any]:
    text = packed(content)
    siv, data = sealed_text(key.secret, aad, text)
    parts = {"content": content, "pt": text, "aad": aad, "siv": siv, "dek": content_key(key.secret, siv), "ct": data}
    return {"address": address} | {name: part.hex() for name, part in parts.items()}


def refusals(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pages that must not open: a page, what is other about it, and as what it is refused."""
    first, second = (page["document"] for page in groups[0]["pages"])
    password, address = groups[0]["readers"][0]["password"], first["page"]
    kdf = first["kdf"]
    cases: list[tuple[str, dict[str, Any], str, str, str]] = [
        ("another password", first, password + "s", address, "wrong-password"),
        ("no password", first, " ", address, "wrong-password"),
        ("a password in capital letters", first, password.upper(), address, "wrong-password"),
        ("the reader's slot is gone", first | {"slots": without_slot_of(groups[0])}, password, address, "wrong-password"),
        ("it stands at another address", first, password, "/clients/", "damaged"),
        ("the content of another page", first | {"siv": second["siv"], "ct": second["ct"]}, password, address, "damaged"),
        ("another page that names this address", second | {"page": address}, password, address, "damaged"),
        ("the slots in another order", first | {"slots": first["slots"][::-1]}, password, address, "damaged"),
        ("one slot more", first | {"slots": [*first["slots"], first["slots"][0]]}, password, address, "damaged"),
        ("another group", first | {"group": "friends"}, password, address, "damaged"),
        ("another site", first | {"site": "example.com"}, password, address, "damaged"),
        ("another ciphertext", first | {"ct": flipped(first["ct"])}, password, address, "damaged"),
        ("another siv", first | {"siv": flipped(first["siv"])}, password, address, "damaged"),
        ("bits left over in base64", first | {"siv": first["siv"][:-2] + after(first["siv"][-2]) + "="}, password, address, "damaged"),
        ("a later version", first | {"v": 2}, password, address, "damaged"),
        ("fewer rounds", first | {"kdf": kdf | {"iterations": 599_999}}, password, address, "damaged"),
        ("another derivation", first | {"kdf": kdf | {"name": "Argon2id"}}, password, address, "damaged"),
        ("another hash", first | {"kdf": kdf | {"hash": "SHA-256"}}, password, address, "damaged"),
        ("no slots", first | {"slots": []}, password, address, "damaged"),
    ]
    names = ("why", "document", "password", "address", "as")
    return [dict(zip(names, case, strict=True)) for case in cases]


def without_slot_of(group: dict[str, Any]) -> list[str]:
    """The slots but that of the first reader."""
    reader = bytes.fromhex(group["readers"][0]["kek"])
    return [slot for slot in group["pages"][0]["document"]["slots"] if key_unwrapped(reader, base64.b64decode(slot)) is None]


def flipped(text: str) -> str:
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1
    return base64.b64encode(data).decode()


def after(letter: str) -> str:
    """The next letter of base64; the last letter before one ``=`` ends in two bits that say nothing, so the bytes stay."""
    letters = ascii_uppercase + ascii_lowercase + digits + "+/"
    return letters[letters.index(letter) + 1]


# In Python.


@GROUPS
def test_keys_come_to_the_vectors(site: str, group: str):
    wanted, key = vectors_of(site, group), key_of(site, group)
    assert salt_of(site, group).hex() == wanted["salt"]
    assert [derivation.derived(reader["password"], key.lock.salt).hex() for reader in wanted["readers"]] == [
        reader["kek"] for reader in wanted["readers"]
    ]
    assert (key.secret.hex(), [slot.hex() for slot in key.lock.slots]) == (wanted["secret"], wanted["slots"])
    assert {purpose: subkey(key.secret, purpose).hex() for purpose in wanted["subkeys"]} == wanted["subkeys"]
    assert {path: key.name(path) for path in NAMES} == wanted["names"]


@GROUPS
def test_the_joint_key_comes_to_the_vectors(site: str, group: str):
    assert joint_key(site, group).hex() == vectors_of(site, group)["joint"]["key"]
    assert derivation.joint_salt_of(site, group).hex() == vectors_of(site, group)["joint"]["salt"]


def test_a_key_is_kept_and_had_again_with_all_rounds():
    site, group = "beispiel.example/docs", "team-1"
    kept = wrapped(key_of(site, group), READERS[site, group])
    assert unwrapped(site, group, kept, READERS[site, group]) == key_of(site, group)


@GROUPS
@pytest.mark.parametrize("kind", ["pages", "files"])
def test_what_was_packed_is_sealed_as_in_the_vectors(site: str, group: str, kind: str):
    key = key_of(site, group)
    for wanted in vectors_of(site, group)[kind]:
        aad = key.lock.page_aad(wanted["address"]) if kind == "pages" else key.lock.file_aad(wanted["address"])
        siv, data = sealed_text(key.secret, aad, bytes.fromhex(wanted["pt"]))
        assert (aad.hex(), siv.hex(), data.hex()) == (wanted["aad"], wanted["siv"], wanted["ct"])
        assert content_key(key.secret, siv).hex() == wanted["dek"]


@GROUPS
def test_what_is_packed_in_the_vectors_is_padded_and_unpacked(site: str, group: str):
    for wanted in [*vectors_of(site, group)["pages"], *vectors_of(site, group)["files"]]:
        text = bytes.fromhex(wanted["pt"])
        assert unpacked(text).hex() == wanted["content"]
        assert len(text) == bucket(4 + int.from_bytes(text[:4], "big"))


@GROUPS
def test_every_reader_opens_the_pages_of_the_vectors(site: str, group: str):
    wanted = vectors_of(site, group)
    page = wanted["pages"][-1]
    for reader in wanted["readers"]:
        for password in [reader["password"], *reader["written"]]:
            assert opened_page(page["document"], password, page["address"]).hex() == page["content"]


@GROUPS
def test_the_key_opens_the_files_of_the_vectors(site: str, group: str):
    for file in vectors_of(site, group)["files"]:
        assert opened_file(base64.b64decode(file["data"]), key_of(site, group), file["address"]).hex() == file["content"]


@GROUPS
def test_a_document_says_what_the_vectors_say(site: str, group: str):
    for page in vectors_of(site, group)["pages"]:
        content = bytes.fromhex(page["content"])
        own = key_of(site, group).page(page["address"], content)
        assert own | {"siv": "", "ct": ""} == page["document"] | {"siv": "", "ct": ""}
        assert list(own) == list(page["document"])
        assert base64.b64decode(page["document"]["ct"]).hex() == page["ct"]


AS = {"wrong-password": WrongPasswordError, "damaged": DamagedError}


@pytest.mark.parametrize("number", range(19))
def test_what_must_not_open_is_refused_for_its_reason(number: int):
    case = vectors()["refused"][number]
    with pytest.raises(AS[case["as"]]):
        opened_page(case["document"], case["password"], case["address"])


def test_every_refusal_is_tried():
    assert len(vectors()["refused"]) == 19


def test_a_page_of_format_1_opens_for_ever():
    """It was sealed when format 1 was new, and no `--update` writes it."""
    page = json.loads((FOLDER / "page-1.json").read_text(encoding="ascii"))
    assert opened_page(page["document"], page["password"], page["address"]).decode() == page["content"]


# Elsewhere.

VERIFY = """
import { readFileSync } from "node:fs";
import { openPage, verify } from "./open.mjs";
const read = (name) => JSON.parse(readFileSync(name, "utf8"));
const old = read("page-1.json");
const other = read("encryption.json");
other.groups[1].files[0].ct = "00" + other.groups[1].files[0].ct.slice(2);
const opened = new TextDecoder().decode(await openPage(old.document, old.password, old.address));
const told = { ...(await verify(read("encryption.json"))), old: opened === old.content };
console.log(JSON.stringify({ ...told, other: (await verify(other)).found.map((each) => each.split(":")[0]) }));
"""


def test_another_implementation_comes_to_the_vectors_in_node():
    node = shutil.which("node")
    if node is None or int(subprocess.run([node, "--version"], capture_output=True, text=True).stdout.lstrip("v").split(".")[0]) < 20:
        pytest.skip("there is no Node of version 20 or later")
    command = [node, "--input-type=module", "--eval", VERIFY]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    assert done.stderr == ""
    differing = ["beispiel.example/docs team-1 /docs/_sealed/a.bin ct", "beispiel.example/docs team-1 /docs/_sealed/a.bin data"]
    assert json.loads(done.stdout) == {"found": [], "groups": 2, "refused": 19, "old": True, "other": differing}

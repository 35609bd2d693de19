"""The search for leaks finds a hidden word in whatever it is packed, written or digested, and nothing where there is none."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import html
import json
import lzma
import random
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from PIL import Image, PngImagePlugin

from sitegen import files
from sitegen.freeze import Options, build_site
from tests.checks import wide
from tests.checks.leaks import Leak, Searcher, leaks

WORD = "qvxzkbtrwmpdhjlc"
WORDS = {"the title": WORD, "another": "gfdhkzzrtwpqvbnx"}
TEXT = f"Some text about a {WORD} and more of it, so that there is something to pack.".encode()
Hiding = Callable[[bytes], bytes]


def of_zip(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "Nothing.")
        archive.writestr("b.txt", data)
    return out.getvalue()


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def picture(kind: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, kind, **options)
    return out.getvalue()


def exif(text: str) -> bytes:
    known = Image.Exif()
    known[0x010E] = text
    return known.tobytes()


def png_text(data: bytes, **options: bool) -> bytes:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("Comment", data.decode(), zip=True) if options.get("itxt") else chunks.add_text("Comment", data.decode(), zip=True)
    return picture("PNG", pnginfo=chunks)


def each_character(form: str) -> Hiding:
    return lambda data: "".join(form.format(ord(letter)) for letter in data.decode()).encode()


HIDINGS: dict[str, Hiding] = {
    "as it is": lambda data: data,
    "capitals": bytes.upper,
    "a capital": bytes.title,
    "UTF-16 LE": lambda data: data.decode().encode("utf-16-le"),
    "UTF-16 BE": lambda data: b"x" + data.decode().upper().encode("utf-16-be"),
    "reversed": lambda data: data[::-1],
    "reversed UTF-16": lambda data: data.decode()[::-1].encode("utf-16"),
    "gzip": gzip.compress,
    "gzip in the middle": lambda data: b"Before." + gzip.compress(data) + b"Behind.",
    "zlib": lambda data: b"\0\1" + zlib.compress(data, 1) + b"\0",
    "zlib, other levels": lambda data: b"x" + zlib.compress(data, 9) + zlib.compress(b"x" * 30, 6),
    "bare deflate": bare_deflate,
    "bare deflate in the middle": lambda data: b"\0head\xff" * 7 + bare_deflate(data) + b"\0tail",
    "bare deflate in MessagePack": lambda data: msgspec.msgpack.encode(["x" * 9000, {"body": bare_deflate(data)}]),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "ZIP": of_zip,
    "ZIP in the middle": lambda data: b"\0" * 99 + of_zip(data),
    "hex": lambda data: data.hex().encode(),
    "hex in capitals": lambda data: b"0" + data.hex().upper().encode(),
    "percent": lambda data: quote(data.decode()).encode(),
    "percent, each": each_character("%{:02X}"),
    "HTML, decimal": each_character("&#{};"),
    "HTML, hexadecimal": each_character("&#x{:x};"),
    "JSON, each": lambda data: b'{"a":"' + each_character("\\u{:04x}")(data) + b'"}',
    "JavaScript": each_character("\\x{:02x}"),
    "JavaScript, in braces": each_character("\\u{{{:x}}}"),
    "CSS": each_character("\\{:x} "),
    "MessagePack": lambda data: msgspec.msgpack.encode({"title": data.decode(), "body": data}),
    "PNG zTXt": png_text,
    "PNG iTXt": lambda data: png_text(data, itxt=True),
    "EXIF in JPEG": lambda data: picture("JPEG", exif=exif(data.decode())),
    "EXIF in WebP": lambda data: picture("WEBP", exif=exif(data.decode())),
    "base64 of gzip": lambda data: base64.b64encode(gzip.compress(data)),
    "base64 of bare deflate": lambda data: b'{"ct":"' + base64.b64encode(bare_deflate(data)) + b'"}',
    "base64 of base64": lambda data: base64.b64encode(base64.b64encode(data)),
    "base64 of base64 of gzip": lambda data: base64.b64encode(base64.b64encode(gzip.compress(data))),
    "base64 in lines": lambda data: base64.encodebytes(gzip.compress(data)),
    "base64 in a path": lambda data: b"/a/" + base64.urlsafe_b64encode(zlib.compress(data)).rstrip(b"="),
    "base64 of UTF-16": lambda data: base64.b64encode(data.decode().encode("utf-16")),
    "hex of zlib": lambda data: zlib.compress(data).hex().encode(),
    "gzip of base64": lambda data: gzip.compress(base64.b64encode(data)),
    "gzip of JSON": lambda data: gzip.compress(b'"' + each_character("\\u{:04x}")(data) + b'"'),
    "gzip in a ZIP": lambda data: of_zip(gzip.compress(data)),
    "JSON in an attribute": lambda data: f'<a data-x="{html.escape(json.dumps({"t": base64.b64encode(data).decode()}))}">'.encode(),
    "percent in HTML": each_character("&#37;{:02x}"),
    "gzip as JSON in an attribute": lambda data: html.escape(json.dumps([base64.b64encode(gzip.compress(data)).decode()])).encode(),
}


@pytest.mark.parametrize("hide", HIDINGS.values(), ids=HIDINGS)
def test_a_hidden_word_is_found(hide: Hiding, tmp_path: Path):
    (tmp_path / "some.bin").write_bytes(hide(TEXT))
    assert {(leak.file, leak.label) for leak in leaks(tmp_path, WORDS)} == {("some.bin", "the title")}
    assert {leak.label for leak in leaks(hide(TEXT), WORDS)} == {"the title"}


@pytest.mark.parametrize("before", range(6))
@pytest.mark.parametrize("behind", range(3))
@pytest.mark.parametrize("spelling", [WORD, WORD.upper(), WORD.capitalize(), WORD[:8] + WORD[8:].upper()])
def test_base64_is_read_at_any_alignment(before: int, behind: int, spelling: str):
    code = base64.b64encode(bytes(before) + spelling.encode() + b"\xff" * behind)
    for text in (code, code.rstrip(b"="), b"=".join([code, code]), code.translate(bytes.maketrans(b"+/", b"-_"))):
        assert {leak.label for leak in leaks(b"<" + text + b">", WORDS)} == {"the title"}


def test_how_it_was_found_is_said():
    assert leaks(base64.b64encode(gzip.compress(TEXT)), WORDS) == [Leak("text", "the title", "base64 > gzip")]
    assert leaks(TEXT[::-1], WORDS) == [Leak("text", "the title", "reversed")]


def test_each_word_is_called_by_its_name(tmp_path: Path):
    (tmp_path / "a").write_text(WORD)
    (tmp_path / "b").write_text("gfdhkzzrtwpqvbnx")
    assert leaks(tmp_path, WORDS) == [Leak("a", "the title", "as it is"), Leak("b", "another", "as it is")]


def test_names_are_searched_and_what_links_lead_to(tmp_path: Path):
    (tmp_path / WORD.upper()).mkdir()
    (tmp_path / base64.urlsafe_b64encode(WORD.encode()).decode()).touch()
    (tmp_path / "link").symlink_to(f"../{WORD}/nowhere")
    assert {(leak.file, leak.by.partition(" ")[0]) for leak in leaks(tmp_path, WORDS)} == {
        (each.name, "name") for each in tmp_path.iterdir()
    }


def test_a_word_without_its_ends_is_found():
    assert leaks(WORD[2:-3], WORDS) != []
    assert leaks(WORD[3:-3], WORDS) == []


def test_a_word_of_several_parts_is_found_in_an_address():
    assert leaks("/blog/a-whale-in-town/", {"title": "A whale in town"}) != []


def test_a_word_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match="the tag"):
        Searcher({"the tag": "sixsix"})


@pytest.mark.parametrize("text", ["<b>23,417</b>", "of 23417.", "23417", gzip.compress(b"words: 23417", mtime=0)])
def test_a_number_is_found_where_it_stands_alone(text: str | bytes):
    assert Searcher({}, spelled={"words": ["23417", "23,417"]}).text(text) != []


@pytest.mark.parametrize("text", ["123417", "a23417", "2341", "234170 and 23417x"])
def test_a_part_of_another_number_is_none(text: str):
    assert Searcher({}, spelled={"words": ["23417", "23,417"]}).text(text) == []


VALUE = b"A title that can be guessed"
DIGESTS: dict[str, bytes] = {
    "SHA-256": hashlib.sha256(VALUE).hexdigest().encode(),
    "the beginning of SHA-256": hashlib.sha256(VALUE).hexdigest()[:16].encode(),
    "SHA-256, raw": b"\xc4\x20" + hashlib.sha256(VALUE).digest(),
    "SHA-256, base64": base64.b64encode(hashlib.sha256(VALUE).digest()),
    "SHA-384, as an integrity": b"sha384-" + base64.b64encode(hashlib.sha384(VALUE).digest()),
    "SHA-512, URL alphabet": base64.urlsafe_b64encode(hashlib.sha512(VALUE).digest()),
    "SHA-1": hashlib.sha1(VALUE).hexdigest().encode(),
    "MD5 in capitals": hashlib.md5(VALUE).hexdigest().upper().encode(),
    "MD5, raw in gzip": gzip.compress(hashlib.md5(VALUE).digest() + b"x" * 40),
    "BLAKE2b": hashlib.blake2b(VALUE).hexdigest().encode(),
    "BLAKE2b of 128 bits": hashlib.blake2b(VALUE, digest_size=16).digest(),
    "BLAKE2s": hashlib.blake2s(VALUE).digest(),
    "that of this project": files.digest(VALUE).encode(),
    "that of this project, as bytes": bytes.fromhex(files.digest(VALUE)),
}


@pytest.mark.parametrize("digest", DIGESTS.values(), ids=DIGESTS)
def test_a_digest_of_what_can_be_guessed_is_found(digest: bytes):
    searcher = Searcher({}, guessable={"the title": VALUE, "other": b"Another"})
    assert {leak.label for leak in searcher.text(b"before " + digest + b" behind")} == {"the title"}
    assert searcher.text(hashlib.sha256(b"key" + VALUE).hexdigest()) == []


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with some of everything and its cache, in which no word was hidden."""
    root = tmp_path_factory.mktemp("clean")
    for name, data in wide.files().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data.encode() if isinstance(data, str) else data)
    build_site(root, root / "build", Options(overrides={"now": datetime(2026, 1, 15, tzinfo=UTC)}))
    return root


def many() -> dict[str, str]:
    chance = random.Random(7)
    return {str(number): "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=16)) for number in range(150)}


def test_nothing_is_found_in_a_clean_site(clean: Path):
    searcher = Searcher(many(), guessable={name: word.encode() for name, word in many().items()}, spelled={"date": ["1987-11-23"]})
    assert len([path for path in clean.rglob("*") if path.is_file()]) > 300
    assert searcher.folder(clean) == []


def test_one_word_in_one_file_of_a_site_is_found(clean: Path):
    stray = clean / "build" / "stray.bin"
    stray.write_bytes(b"\0" * 5000 + zlib.compress(many()["149"].encode()))
    try:
        assert Searcher(many()).folder(clean) == [Leak("build/stray.bin", "149", "zlib")]
    finally:
        stray.unlink()


def test_what_was_searched_is_not_searched_again(clean: Path):
    searcher = Searcher(many())
    begin = time.process_time()
    searcher.folder(clean)
    middle = time.process_time()
    searcher.folder(clean)
    assert time.process_time() - middle < (middle - begin) / 4

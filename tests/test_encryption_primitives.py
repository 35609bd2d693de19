"""The primitives that we really use, against vectors that others published."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sitegen.encryption.errors import DamagedError
from sitegen.encryption.primitives import authenticated, decrypted, encrypted, expanded, key_unwrapped, key_wrapped, stretched

# The cases of RFC 6070 for PBKDF2 with HMAC-SHA-512, as many libraries publish them: password, salt, iterations, first 32 bytes.
PBKDF2 = [
    (b"password", b"salt", 1, "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"),
    (b"password", b"salt", 2, "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53c"),
    (b"password", b"salt", 4096, "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5"),
    (
        b"passwordPASSWORDpassword",
        b"saltSALTsaltSALTsaltSALTsaltSALTsalt",
        4096,
        "8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71",
    ),
]


@pytest.mark.parametrize(("password", "salt", "iterations", "expected"), PBKDF2)
def test_a_password_is_stretched_as_others_stretch_it(password: bytes, salt: bytes, iterations: int, expected: str):
    assert stretched(password, salt, iterations).hex() == expected


# RFC 5869, appendix A: input, salt, info, output.
HKDF = {
    "A.1": (
        "0b" * 22,
        "000102030405060708090a0b0c",
        "f0f1f2f3f4f5f6f7f8f9",
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ),
    "A.2": (
        bytes(range(0x50)).hex(),
        bytes(range(0x60, 0xB0)).hex(),
        bytes(range(0xB0, 0x100)).hex(),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    ),
    "A.3": ("0b" * 22, "", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
}


@pytest.mark.parametrize("case", HKDF)
def test_a_key_is_expanded_as_rfc_5869_says(case: str):
    secret, salt, info, expected = map(bytes.fromhex, HKDF[case])
    assert expanded(secret, salt=salt, info=info, length=len(expected)) == expected


# RFC 3394, 4.6: 256 bits of key data with a key of 256 bits.
KEK = bytes(range(32))
DATA = bytes.fromhex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")
WRAPPED = bytes.fromhex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21")


def test_a_key_is_wrapped_as_rfc_3394_says():
    assert key_wrapped(KEK, DATA) == WRAPPED


def test_a_key_is_unwrapped_as_rfc_3394_says():
    assert key_unwrapped(KEK, WRAPPED) == DATA


def test_another_key_unwraps_nothing():
    assert key_unwrapped(KEK[::-1], WRAPPED) is None


# McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, with keys of 256 bits: key, nonce, text, aad, ciphertext and tag.
LONG_KEY = "feffe9928665731c6d6a8f9467308308" * 2
LONG = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
LONG_CIPHERTEXT = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
)
GCM = {
    13: ("00" * 32, "00" * 12, "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    14: ("00" * 32, "00" * 12, "00" * 16, "", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    15: (LONG_KEY, "cafebabefacedbaddecaf888", LONG, "", LONG_CIPHERTEXT + "b094dac5d93471bdec1a502270e3cc6c"),
    16: (
        LONG_KEY,
        "cafebabefacedbaddecaf888",
        LONG[:120],
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        LONG_CIPHERTEXT[:120] + "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
}


@pytest.mark.parametrize("case", GCM)
def test_a_text_is_encrypted_as_the_authors_of_gcm_did(case: int):
    key, nonce, text, aad, expected = map(bytes.fromhex, GCM[case])
    assert encrypted(key, nonce, text, aad) == expected


@pytest.mark.parametrize("case", GCM)
def test_a_text_is_decrypted_as_the_authors_of_gcm_did(case: int):
    key, nonce, text, aad, data = map(bytes.fromhex, GCM[case])
    assert decrypted(key, nonce, data, aad) == text


@pytest.mark.parametrize("case", GCM)
def test_a_tag_that_does_not_agree_gives_nothing(case: int):
    key, nonce, _, aad, data = map(bytes.fromhex, GCM[case])
    with pytest.raises(DamagedError):
        decrypted(key, nonce, data[:-1] + bytes([data[-1] ^ 1]), aad)


def test_a_text_is_authenticated_as_rfc_4231_says():
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert authenticated(b"Jefe", b"what do ya want ", b"for nothing?").hex() == expected


def python(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout


def test_the_library_is_not_loaded_before_it_is_needed():
    told = python("import sys, sitegen.encryption as e; print(e.is_installed(), 'cryptography' in sys.modules)")
    assert told == "True False\n"


WITHOUT = """
import sys
sys.modules["cryptography"] = None
from sitegen.encryption import EncryptionError, is_installed, made
print(is_installed())
try:
    made("example.org", "clients", ["a password"], jobs=1)
except EncryptionError as error:
    print(error, error.problem.hint, sep="\\n")
"""


def test_without_the_library_it_says_how_to_get_it():
    told = "False\nprotected pages need the library `cryptography`\ninstall it: `pip install 'sitegen[protected]'`\n"
    assert python(WITHOUT) == told

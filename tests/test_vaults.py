"""Keys of groups, kept from one build to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf import pbkdf2

from sitegen.vaults import key_for, keys, still_open

ONE, TWO = "vault-cobalt-heron-lantern-oak-mist", "amber-otter-quilt-saddle-fern-nine"


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The passwords that keys were derived from."""
    found: list[bytes] = []
    real = pbkdf2.PBKDF2HMAC

    class Counted:
        def __init__(self, *parts: object) -> None:
            self._real = real(*parts)  # type: ignore[arg-type]

        def derive(self, password: bytes) -> bytes:
            found.append(password)
            return self._real.derive(password)

    monkeypatch.setattr(pbkdf2, "PBKDF2HMAC", Counted)
    return found


@pytest.fixture(autouse=True)
def _process_of_its_own() -> Iterator[None]:
    keys._made.clear()
    yield
    keys._made.clear()


def test_a_new_key_costs_a_derivation_for_each_password_and_one_to_keep_it(tmp_path: Path, derivations: list[bytes]):
    key_for("small.example", "clients", (TWO, ONE), tmp_path)
    assert len(derivations) == 3


def test_a_build_that_looks_whether_anything_changed_and_then_works_derives_one_key(tmp_path: Path, derivations: list[bytes]):
    place = tmp_path / "clients.txt"
    place.write_text(f"ann: {ONE}\n", encoding="utf-8")
    made = key_for("small.example", "clients", (ONE,), tmp_path)
    keys._made.clear()
    derivations.clear()
    assert still_open(str(place), "small.example", "clients", tmp_path) == made
    assert key_for("small.example", "clients", (ONE,), tmp_path) == made
    assert len(derivations) == 1


def test_a_key_that_was_kept_for_other_passwords_does_not_open(tmp_path: Path):
    place = tmp_path / "clients.txt"
    place.write_text(f"ann: {TWO}\n", encoding="utf-8")
    key_for("small.example", "clients", (ONE,), tmp_path)
    assert still_open(str(place), "small.example", "clients", tmp_path) is None

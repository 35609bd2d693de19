"""Values kept by content: whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen.cache import Cache


@dataclass(frozen=True)
class Value:
    text: str
    count: int


def entry(cache: Cache) -> Path:
    (found,) = [path for path in (cache.home / cache.shelf).rglob("*") if path.is_file()]
    return found


def test_a_value_is_made_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("a", "b"), lambda: Value("first", 1))
    assert cache.keep(Value, ("a", "b"), lambda: Value("again", 2)) == Value("first", 1)
    assert Cache(tmp_path / "c").keep(Value, ("a", "b"), lambda: Value("again", 2)) == Value("first", 1)


def test_parts_are_not_run_together(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("ab", "c"), lambda: Value("first", 1))
    assert cache.keep(Value, ("a", "bc"), lambda: Value("second", 2)).text == "second"


def test_a_flipped_byte_anywhere_makes_an_entry_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("a",), lambda: Value("x" * 500, 1))
    path = entry(cache)
    data = path.read_bytes()
    for at in range(0, len(data), 16):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert cache.get(Value, ("a",)) is None, at


@pytest.mark.parametrize("damage", [b"", b"\x00" * 1000, b"sitegen-cache-1\n", b"cos\nsystem\n(S'touch pwned'\ntR."])
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("a",), lambda: Value("x", 1))
    entry(cache).write_bytes(damage)
    assert cache.keep(Value, ("a",), lambda: Value("again", 2)) == Value("again", 2)
    assert cache.get(Value, ("a",)) == Value("again", 2)


def test_an_entry_of_another_shape_is_a_miss(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class Other:
        text: int

    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("a",), lambda: Value("x", 1))
    Other.__name__ = "Value"
    assert cache.get(Other, ("a",)) is None


def test_a_file_where_the_cache_should_be_is_a_warning_and_no_end(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("in the way")
    cache = Cache(tmp_path / "c")
    assert cache.problem is not None
    assert cache.problem.rule == "cache-unusable"
    assert cache.keep(Value, ("a",), lambda: Value("x", 1)) == Value("x", 1)
    cache.close()
    assert not cache.home.exists()
    assert (tmp_path / "c").read_text() == "in the way"


def test_a_clean_cache_believes_nothing_and_loses_nothing_before_it_is_done(tmp_path: Path) -> None:
    Cache(tmp_path / "c").keep(Value, ("a",), lambda: Value("old", 1))
    clean = Cache.clean(tmp_path / "c")
    assert clean.get(Value, ("a",)) is None
    clean.keep(Value, ("a",), lambda: Value("new", 2))
    assert Cache(tmp_path / "c").get(Value, ("a",)) == Value("old", 1)
    clean.commit()
    assert Cache(tmp_path / "c").get(Value, ("a",)) == Value("new", 2)


def test_an_abandoned_clean_cache_leaves_the_old_one(tmp_path: Path) -> None:
    Cache(tmp_path / "c").keep(Value, ("a",), lambda: Value("old", 1))
    clean = Cache.clean(tmp_path / "c")
    clean.keep(Value, ("a",), lambda: Value("new", 2))
    clean.close()
    assert Cache(tmp_path / "c").get(Value, ("a",)) == Value("old", 1)
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == ["CACHEDIR.TAG", "values"]


def test_an_entry_in_the_place_of_another_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("a",), lambda: Value("a", 1))
    path = entry(cache)
    cache.keep(Value, ("b",), lambda: Value("b", 1))
    (other,) = [found for found in (cache.home / cache.shelf).rglob("*") if found.is_file() and found != path]
    other.write_bytes(path.read_bytes())
    assert cache.get(Value, ("b",)) is None


def test_a_cache_is_empty_until_it_keeps_a_value(tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache")
    assert cache.is_empty
    cache.keep(str, ("a",), lambda: "value")
    assert not cache.is_empty

"""Values kept by content: whole or not at all."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen import cache as shelves
from sitegen.cache import DAY, UNUSED_FOR, UNUSED_KEPT, Cache


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
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == [".gitignore", "CACHEDIR.TAG", "values"]


def test_an_entry_in_the_place_of_another_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c")
    cache.keep(Value, ("a",), lambda: Value("a", 1))
    path = entry(cache)
    cache.keep(Value, ("b",), lambda: Value("b", 1))
    (other,) = [found for found in (cache.home / cache.shelf).rglob("*") if found.is_file() and found != path]
    other.write_bytes(path.read_bytes())
    assert cache.get(Value, ("b",)) is None


def test_the_cache_hides_itself_from_git_and_backups(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c/CACHEDIR.TAG").write_bytes(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    Cache(tmp_path / "c")
    assert (tmp_path / "c/.gitignore").read_text() == "*\n"


# What nobody uses

CLOCK = 1_800_000_000.0


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """One that holds the values "used" and "unused", both a minute old."""
    cache = Cache(tmp_path / "c")
    for name in ("used", "unused"):
        keep(cache, name, age=60)
    return cache


def keep(cache: Cache, name: str, age: float) -> Path:
    cache.keep(Value, (name,), lambda: Value(name, 1))
    path = cache._path(Value, (name,))
    os.utime(path, (CLOCK - age, CLOCK - age))
    return path


def used(*names: str) -> Iterator[tuple[type[Value], tuple[str]]]:
    return ((Value, (name,)) for name in names)


def there(cache: Cache, *names: str) -> list[str]:
    return [name for name in names if cache.has(Value, (name,))]


def test_a_value_that_no_build_used_for_long_goes(cache: Cache) -> None:
    cache.prune(used("used"), clock=CLOCK + UNUSED_FOR - 61)
    assert there(cache, "used", "unused") == ["used", "unused"]
    cache.prune(used("used"), clock=CLOCK + UNUSED_FOR)
    assert there(cache, "used", "unused") == ["used"]


def test_a_used_value_stays_however_old_it_is(cache: Cache) -> None:
    cache.prune(used("used"), clock=CLOCK + 100 * UNUSED_FOR)
    assert cache.get(Value, ("used",)) == Value("used", 1)


def test_a_value_was_used_until_a_build_did_without_it(cache: Cache) -> None:
    late = CLOCK + 10 * UNUSED_FOR
    cache.prune(used("used"), clock=late)
    cache.prune(used(), clock=late)
    assert there(cache, "used") == ["used"]
    cache.prune(used(), clock=late + UNUSED_FOR + 1)
    assert there(cache, "used") == []


def test_of_too_many_unused_values_the_last_used_stay(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "UNUSED_KEPT", 2)
    for name, age in (("old", 50), ("young", 10), ("younger", 5)):
        keep(cache, name, age)
    cache.prune(used("used"), clock=CLOCK)
    assert there(cache, "used", "unused", "old", "young", "younger") == ["used", "young", "younger"]


def test_as_many_unused_values_stay_as_there_are_used_ones(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "UNUSED_KEPT", 0)
    cache.prune(used("used"), clock=CLOCK)
    assert there(cache, "used", "unused") == ["used", "unused"]
    assert UNUSED_KEPT > 0


def test_a_value_half_written_by_a_killed_build_goes_after_a_day(cache: Cache) -> None:
    half = keep(cache, "used", age=60).with_name(f"{'0' * 32}.4711.tmp")
    half.write_bytes(b"half")
    os.utime(half, (CLOCK, CLOCK))
    cache.prune(used("used"), clock=CLOCK + DAY - 1)
    assert half.exists()
    cache.prune(used("used"), clock=CLOCK + DAY + 1)
    assert not half.exists()


def test_a_pruned_value_is_a_miss_for_who_reads_meanwhile(cache: Cache) -> None:
    reader = Cache(cache.home)
    cache.prune(used("used"), clock=CLOCK + 2 * UNUSED_FOR)
    assert reader.get(Value, ("unused",)) is None
    assert reader.keep(Value, ("unused",), lambda: Value("again", 2)) == Value("again", 2)


def test_a_cache_that_vanished_is_pruned_without_a_word(cache: Cache) -> None:
    for path in sorted(cache.home.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    cache.prune(used("used"), clock=CLOCK)
    assert cache.problem is None


def test_nothing_of_another_name_is_removed(cache: Cache, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("years of work")
    (cache.home / "values/ab").symlink_to(mine.parent, target_is_directory=True)
    cache.prune(used("used"), clock=CLOCK + 100 * UNUSED_FOR)
    assert mine.exists()


def test_a_file_elsewhere_that_a_foreign_cache_names_is_not_touched(cache: Cache, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    before = mine.stat().st_mtime_ns
    cache.save("used", ["../../mine.txt", str(mine)])
    cache.prune(used("used"), clock=CLOCK)
    assert mine.stat().st_mtime_ns == before


def test_a_cache_is_empty_until_it_keeps_a_value(tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache")
    assert cache.is_empty
    cache.keep(str, ("a",), lambda: "value")
    assert not cache.is_empty

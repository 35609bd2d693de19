"""The manifest and the folder it speaks of are only believed together."""

from pathlib import Path

import pytest

from sitegen import manifest
from sitegen.manifest import Answer, Manifest, Output, Words

WORDS = ('["page","index.md"]', "face:index.md", "top", "/a/")
OUTPUT = Output("d", 3, (0,), (2,), (3,), rendered=True)
SITE = Manifest("world", WORDS, {1: "f"}, {0: Answer("q", (1,))}, {"index.html": OUTPUT})
OTHER = Manifest("world", outputs={"index.html": Output("other", 3)})


def saved(tmp_path: Path) -> tuple[Path, Path]:
    cache, output = tmp_path / "cache", tmp_path / "build"
    manifest.mark(output, SITE)
    manifest.save(cache, output, SITE)
    return cache, output


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    assert manifest.load(*saved(tmp_path)) == SITE


def test_a_site_has_one_name_however_it_was_built() -> None:
    outputs = {"b": Output("1", 1), "a": Output("2", 2)}
    names = {manifest.name_of(Manifest(world, outputs=each)) for world in "xy" for each in (outputs, dict(sorted(outputs.items())))}
    assert len(names) == 1
    assert manifest.name_of(OTHER) not in names


def test_a_word_keeps_its_number() -> None:
    words = Words(["a"])
    assert words.numbers(["b", "a", "b", "c"]) == (1, 0, 1, 2)
    assert list(words.spelt([2, 0])) == ["c", "a"]


def test_the_manifest_of_the_site_before_stays_until_the_new_one_is_published(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    manifest.save(cache, output, OTHER)
    assert manifest.load(cache, output) == SITE
    manifest.mark(output, OTHER)
    assert manifest.load(cache, output) == OTHER
    manifest.tidy(cache, output, OTHER)
    manifest.mark(output, SITE)
    assert manifest.load(cache, output) == Manifest()


def test_a_folder_that_another_build_wrote_is_not_believed(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    manifest.mark(output, OTHER)
    assert manifest.load(cache, output) == Manifest()


def test_a_folder_without_marker_is_not_believed(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    (output / manifest.MARKER).unlink()
    assert manifest.load(cache, output) == Manifest()


@pytest.mark.parametrize("damage", [b"", b"\xff\xff", b"sitegen-cache-1\n"])
def test_a_damaged_manifest_is_none(tmp_path: Path, damage: bytes) -> None:
    cache, output = saved(tmp_path)
    (path,) = (cache / "sites").glob("*/*")
    path.write_bytes(damage)
    assert manifest.load(cache, output) == Manifest()


def test_two_outputs_of_one_site_have_manifests_of_their_own(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    assert manifest.load(cache, tmp_path / "other") == Manifest()
    assert manifest.load(cache, output) == SITE


def test_an_absent_an_empty_and_a_marked_folder_are_ours(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    manifest.mark(tmp_path / "marked", SITE)
    assert all(manifest.is_ours(tmp_path / name) for name in ("absent", "empty", "marked"))


def test_a_folder_with_foreign_files_a_file_and_a_link_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"")
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "photos")
    assert not any(manifest.is_ours(tmp_path / name) for name in ("photos", "file", "link"))

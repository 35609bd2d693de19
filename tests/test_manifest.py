"""The manifest and the folder it speaks of are only believed together."""

from pathlib import Path

import pytest

from sitegen import manifest
from sitegen.manifest import Manifest, Output

SITE = Manifest("world", {"index.html": Output("d", 3, {'["page","index.md"]': "q"}, ("top",), ("/a/",), True)})


def saved(tmp_path: Path) -> tuple[Path, Path]:
    cache, output = tmp_path / "cache", tmp_path / "build"
    data = manifest.encode(SITE)
    manifest.mark(output, data)
    manifest.save(cache, output, data)
    return cache, output


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    assert manifest.load(*saved(tmp_path)) == SITE


def test_the_same_manifest_is_the_same_bytes() -> None:
    reordered = Manifest("world", {"b": Output("1", 1), "a": Output("2", 2)})
    assert manifest.encode(reordered) == manifest.encode(Manifest("world", {"a": Output("2", 2), "b": Output("1", 1)}))


def test_a_folder_that_another_build_wrote_is_not_believed(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    manifest.mark(output, b"another")
    assert manifest.load(cache, output) == Manifest()


def test_a_folder_without_marker_is_not_believed(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    (output / manifest.MARKER).unlink()
    assert manifest.load(cache, output) == Manifest()


@pytest.mark.parametrize("damage", [b"", b"\xff\xff", b"\x80"])
def test_a_damaged_manifest_is_none(tmp_path: Path, damage: bytes) -> None:
    cache, output = saved(tmp_path)
    (path,) = (cache / "manifests").iterdir()
    path.write_bytes(damage)
    manifest.mark(output, damage)
    assert manifest.load(cache, output) == Manifest()


def test_two_outputs_of_one_site_have_manifests_of_their_own(tmp_path: Path) -> None:
    cache, output = saved(tmp_path)
    assert manifest.load(cache, tmp_path / "other") == Manifest()
    assert manifest.load(cache, output) == SITE


def test_an_absent_an_empty_and_a_marked_folder_are_ours(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    manifest.mark(tmp_path / "marked", b"")
    assert all(manifest.is_ours(tmp_path / name) for name in ("absent", "empty", "marked"))


def test_a_folder_with_foreign_files_a_file_and_a_link_are_not_ours(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"")
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "photos")
    assert not any(manifest.is_ours(tmp_path / name) for name in ("photos", "file", "link"))

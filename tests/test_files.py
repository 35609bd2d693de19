"""Digests, whole-file writes and sorted walks, on a real disk."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sitegen.files import digest, link_or_copy, site_path, walk, walk_shallow, write_whole

SiteOf = Callable[[Mapping[str, str | bytes]], Path]


def rules(root: Path, **options: Path) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in walk(root, within=options.get("within", root)).problems]


def test_a_digest_is_128_bits_in_hex():
    assert len(digest(b"a")) == 32


def test_a_digest_tells_parts_apart():
    assert digest(b"a", b"bc") != digest(b"ab", b"c")


def test_a_digest_of_nothing_differs_from_one_of_an_empty_part():
    assert digest() != digest(b"")


def test_a_whole_write_makes_the_folder(tmp_path: Path):
    write_whole(tmp_path / "a" / "b.txt", b"data")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"data"


def test_a_whole_write_takes_the_place_of_the_file(tmp_path: Path):
    write_whole(tmp_path / "a", b"old")
    write_whole(tmp_path / "a", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_a_whole_write_does_not_touch_another_link_to_the_file(tmp_path: Path):
    write_whole(tmp_path / "a", b"old")
    link_or_copy(tmp_path / "a", tmp_path / "b")
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "b").read_bytes() == b"old"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError):  # noqa: PT011  its number differs between systems
        write_whole(tmp_path / "a", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    (tmp_path / "a").write_bytes(b"old")
    program = "import sys; from pathlib import Path; from sitegen.files import write_whole; write_whole(Path(sys.argv[1]), b'x' * 5000)"
    # The limit would keep the interpreter from caching what it imports, too.
    command = [sys.executable, "-B", "-c", program, str(tmp_path / "a")]
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, cwd=Path(__file__).parent.parent)
    assert b"File too large" in done.stderr
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_link_is_the_same_file(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"a")
    link_or_copy(tmp_path / "a", tmp_path / "new" / "b")
    assert (tmp_path / "a").samefile(tmp_path / "new" / "b")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system at hand")
def test_what_cannot_be_linked_is_copied(tmp_path: Path):
    source = Path("/dev/shm") / f"sitegen-{os.getpid()}"
    source.write_bytes(b"a")
    try:
        link_or_copy(source, tmp_path / "b")
        assert (tmp_path / "b").read_bytes() == b"a"
    finally:
        source.unlink()


def test_a_walk_is_sorted_by_code_point(site_of: SiteOf):
    root = site_of({"b.md": "", "a/z.md": "", "a.md": "", "é.md": "", "Z.md": ""})
    assert walk(root, within=root).files == ("Z.md", "a.md", "a/z.md", "b.md", "é.md")


def test_a_walk_of_a_missing_folder_finds_nothing(tmp_path: Path):
    assert walk(tmp_path / "none", within=tmp_path).files == ()


def test_a_walk_does_not_enter_what_is_not_shown(site_of: SiteOf):
    root = site_of({"_drafts/a.md": "", "a.md": ""})
    assert walk(root, within=root, shown=lambda name: not name.startswith("_")).files == ("a.md",)


def test_a_link_within_the_site_is_followed(site_of: SiteOf):
    root = site_of({"content/a.md": "", "shared/b.md": ""})
    (root / "content" / "more").symlink_to(root / "shared")
    assert walk(root / "content", within=root).files == ("a.md", "more/b.md")


def test_a_link_out_of_the_site_is_an_error(site_of: SiteOf, tmp_path: Path):
    root = site_of({"content/a.md": ""})
    (tmp_path / "secret").write_text("secret")
    (root / "content" / "b.md").symlink_to(tmp_path / "secret")
    assert rules(root / "content", within=root) == [("symlink", "content/b.md")]


def test_a_link_to_a_sibling_whose_name_begins_like_the_site_is_an_error(site_of: SiteOf, tmp_path: Path):
    root = site_of({"a.md": ""})
    (tmp_path / "site-evil").write_text("secret")
    (root / "b.md").symlink_to(tmp_path / "site-evil")
    assert rules(root) == [("symlink", "b.md")]


def test_a_link_that_leads_nowhere_is_an_error(site_of: SiteOf):
    root = site_of({"a.md": ""})
    (root / "b.md").symlink_to(root / "none")
    assert rules(root) == [("symlink", "b.md")]


def test_a_link_to_itself_is_an_error(site_of: SiteOf):
    root = site_of({"a.md": ""})
    (root / "b.md").symlink_to(root / "b.md")
    assert rules(root) == [("symlink", "b.md")]


def test_a_loop_of_folders_is_an_error(site_of: SiteOf):
    root = site_of({"a/b.md": ""})
    (root / "a" / "loop").symlink_to(root)
    assert rules(root) == [("symlink", "a/loop")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_named_and_not_opened(site_of: SiteOf):
    root = site_of({"a.md": ""})
    os.mkfifo(root / "b.md")
    walked = walk(root, within=root)
    assert (walked.files, walked.problems[0].rule) == (("a.md",), "not-a-file")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is unreadable for this user")
def test_an_unreadable_folder_is_an_error(site_of: SiteOf):
    root = site_of({"a/b.md": ""})
    (root / "a").chmod(0)
    try:
        assert rules(root) == [("unreadable", "a")]
    finally:
        (root / "a").chmod(0o755)


def test_a_path_is_named_from_the_sites_folder(tmp_path: Path):
    assert site_path(tmp_path / "content" / ".." / "site.yaml", tmp_path) == "site.yaml"


def test_a_path_elsewhere_keeps_its_whole_name(tmp_path: Path):
    assert site_path(tmp_path / "a", tmp_path / "site") == (tmp_path / "a").as_posix()


def test_a_shallow_walk_stays_in_its_folder(site_of: SiteOf):
    root = site_of({"b.yaml": "", "a.yaml": "", "more/c.yaml": ""})
    assert [path.name for path in walk_shallow(root)] == ["a.yaml", "b.yaml"]


def test_a_shallow_walk_of_a_missing_folder_finds_nothing(tmp_path: Path):
    assert list(walk_shallow(tmp_path / "none")) == []

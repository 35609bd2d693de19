"""A build from end to end: what it renders, what it leaves, and what is there when it fails or is killed."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen import manifest
from sitegen.errors import LockedError, ProblemsFound, SitegenError, UsageError
from sitegen.freeze import Built
from tests.conftest import SETTINGS, Build, SiteOf, post, tree

PROJECT = Path(__file__).parents[1]
BLOG = {
    "site.yaml": SETTINGS,
    **{f"content/blog/{day}.md": post(f"Text {day}.\n\nMore.", title=f"Post {day}", date=f"2025-01-0{day}") for day in range(1, 6)},
    "content/docs/a.md": "Text.",
}


@pytest.fixture
def blog(site_of: SiteOf) -> Path:
    return site_of(BLOG)


def inodes(folder: Path) -> dict[str, int]:
    """A file that a build takes over keeps its inode."""
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def changed_by(build: Build, root: Path, edit: Callable[[], object]) -> set[str]:
    """The files that a build makes anew after an edit."""
    build(root)
    before = inodes(root / "build")
    edit()
    build(root)
    return {name for name, inode in inodes(root / "build").items() if before.get(name) != inode} - {".sitegen"}


def write(path: Path, text: str) -> Callable[[], object]:
    return lambda: path.write_text(text)


# Incremental builds


def test_a_second_build_renders_nothing(blog: Path, build: Build):
    first, second = build(blog), build(blog)
    assert (first.rendered > 0, second.rendered, second.fresh) == (True, 0, first.rendered)


def test_a_build_of_the_same_leaves_the_output_alone(blog: Path, build: Build):
    build(blog)
    before = (blog / "build").stat().st_ino
    assert not build(blog).changed
    assert (blog / "build").stat().st_ino == before


def test_a_build_with_nothing_to_do_loads_nothing_that_builds(blog: Path):
    command = [sys.executable, "-X", "importtime", "-m", "sitegen", "build", "--root", str(blog)]
    first, _, third = [_after_a_while(command) for _ in range(3)]
    assert "sitegen.freeze" in first.stderr
    assert "0 rendered" in third.stdout
    assert "sitegen.freeze" not in third.stderr


def _after_a_while(command: list[str]) -> subprocess.CompletedProcess[str]:
    """The command once what was written before is old enough to be known by its stamp."""
    time.sleep(2.1)
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)})


def test_touching_every_file_renders_nothing(blog: Path, build: Build):
    build(blog)
    for path in blog.glob("content/**/*.md"):
        os.utime(path, (1, 1))
    assert build(blog).rendered == 0


def test_an_edit_below_the_summary_rebuilds_the_page_and_what_holds_its_text(blog: Path, build: Build):
    text = BLOG["content/blog/3.md"].replace("More.", "Other.")
    assert changed_by(build, blog, write(blog / "content/blog/3.md", text)) == {
        "blog/3/index.html",
        "blog/3/index.md",
        *(f"{folder}{name}" for folder in ("", "blog/") for name in ("atom.xml", "rss.xml", "feed.json")),
    }


def test_an_edited_title_rebuilds_the_neighbours(blog: Path, build: Build):
    text = BLOG["content/blog/3.md"].replace("Post 3", "Renamed")
    changed = changed_by(build, blog, write(blog / "content/blog/3.md", text))
    assert {"blog/2/index.html", "blog/4/index.html", "blog/index.html", "index.html", "blog/2025/01/index.html"} <= changed
    assert {"blog/1/index.html", "blog/5/index.html", "docs/a/index.html", "blog/2/index.md"} & changed == set()


def test_a_doc_s_edit_leaves_the_blog_alone(blog: Path, build: Build):
    changed = changed_by(build, blog, write(blog / "content/docs/a.md", "Other."))
    # The front page and the overview of the docs say how it begins.
    assert changed == {"index.html", "docs/index.html", "docs/a/index.html", "docs/a/index.md"}


def test_a_new_tag_has_a_page_and_a_feed(blog: Path, build: Build):
    build(blog)
    before = set(tree(blog / "build"))
    (blog / "content/blog/3.md").write_text(BLOG["content/blog/3.md"].replace("---\n", "---\ntags: [new]\n", 1))
    build(blog)
    new = {name for name in set(tree(blog / "build")) - before if not name.endswith(".css")}
    assert new == {"tags/index.html", "tags/new/index.html", "tags/new/atom.xml"}


def test_a_deleted_page_leaves_nothing_behind(blog: Path, build: Build):
    build(blog)
    (blog / "content/blog/3.md").unlink()
    build(blog)
    assert [name for name in tree(blog / "build") if "blog/3" in name] == []
    assert not (blog / "build/blog/3").exists()


def test_a_page_that_turns_draft_is_gone(blog: Path, build: Build):
    build(blog)
    (blog / "content/blog/3.md").write_text(BLOG["content/blog/3.md"].replace("---\n", "---\ndraft: true\n", 1))
    build(blog)
    assert [name for name, data in tree(blog / "build").items() if b"Post 3" in data or "blog/3" in name] == []


def test_a_page_appears_when_its_time_has_come(site_of: SiteOf, build: Build, now):
    root = site_of({"site.yaml": SETTINGS, "content/blog/x.md": post(date="2026-01-16")})
    build(root)
    assert not (root / "build/blog").exists()
    build(root, overrides={"now": now.replace(day=17)})
    assert (root / "build/blog/x/index.html").is_file()


def test_a_changed_stylesheet_rebuilds_what_names_it(blog: Path, build: Build):
    (blog / "static").mkdir()
    changed = changed_by(build, blog, write(blog / "static/_reading.css", "a { color: red }"))
    assert "blog/1/index.html" in changed
    assert "blog/1/index.md" not in changed
    assert "sitemap.xml" not in changed


OVERRIDE = '{% extends "theme/post.html" %}{% block footer %}Own.{% endblock %}'


def test_a_template_rebuilds_the_pages_that_it_makes_and_no_others(blog: Path, build: Build):
    (blog / "templates").mkdir()
    assert changed_by(build, blog, write(blog / "templates/post.html", OVERRIDE)) == {f"blog/{day}/index.html" for day in range(1, 6)}


def test_a_template_rebuilds_the_pages_of_those_that_include_it(blog: Path, build: Build):
    (blog / "templates/partials").mkdir(parents=True)
    changed = changed_by(build, blog, write(blog / "templates/partials/footer.html", "<footer>Own.</footer>"))
    assert {"blog/1/index.html", "blog/index.html", "docs/a/index.html", "404.html"} <= changed
    assert not {name for name in changed if not name.endswith(".html")}


def test_a_template_whose_parts_are_worked_out_may_be_made_of_any(blog: Path, build: Build):
    (blog / "templates").mkdir()
    (blog / "templates/post.html").write_text('{% set part = "part.html" %}{% include part %}')
    (blog / "templates/part.html").write_text("One.")
    assert "blog/1/index.html" in changed_by(build, blog, write(blog / "templates/part.html", "Another."))


def test_a_layout_that_appears_rebuilds_the_pages_that_wish_for_it(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/a.md": "---\nlayout: wide\n---\n\nText.\n", "content/b.md": "Text."})
    (root / "templates").mkdir()
    assert changed_by(build, root, write(root / "templates/wide.html", "Wide.")) == {"a/index.html"}


def test_an_old_stylesheet_is_not_published_any_more(blog: Path, build: Build):
    (blog / "static").mkdir()
    for colour in ("red", "blue"):
        (blog / "static/app.css").write_text(f"a {{ color: {colour} }}")
        build(blog)
    assert len(list((blog / "build/static").glob("app.*.css"))) == 1


def test_a_damaged_file_of_the_output_is_made_again(blog: Path, build: Build):
    build(blog)
    before = tree(blog / "build")
    (blog / "build/blog/3/index.html").write_bytes(b"damaged")
    (blog / "build/docs/a/index.md").unlink()
    build(blog)
    assert tree(blog / "build") == before


def test_a_file_put_into_the_output_does_not_stay(blog: Path, build: Build):
    build(blog)
    (blog / "build/stray.html").write_text("stray")
    (blog / "content/docs/a.md").write_text("Other.")
    build(blog)
    assert not (blog / "build/stray.html").exists()


def test_a_data_file_that_appears_rebuilds_what_asked_for_it(site_of: SiteOf, build: Build):
    template = (
        '{% extends "theme/page.html" %}{% block after %}{% if site.data.team is defined %}{{ site.data.team[0] }}{% endif %}{% endblock %}'
    )
    root = site_of({"site.yaml": SETTINGS, "content/x.md": "Text.", "templates/page.html": template})
    build(root)
    (root / "data").mkdir()
    (root / "data/team.yaml").write_text("[Mira]")
    build(root)
    assert "Mira" in (root / "build/x/index.html").read_text()


def test_the_order_of_keys_in_a_data_file_is_part_of_it(site_of: SiteOf, build: Build):
    template = '{% extends "theme/page.html" %}{% block after %}{{ site.data.team | join(" ") }}{% endblock %}'
    files = {"site.yaml": SETTINGS, "content/x.md": "Text.", "templates/page.html": template}
    for text, shown in (("a: 1\nb: 2\n", "a b"), ("b: 2\na: 1\n", "b a")):
        root = site_of({**files, "data/team.yaml": text})
        build(root)
        assert shown in (root / "build/x/index.html").read_text()


def test_a_page_that_takes_the_place_of_another_in_a_link_breaks_its_anchor(site_of: SiteOf, build: Build):
    settings = SETTINGS + "rules: {broken-anchor: warn}\n"
    template = '{% extends "theme/page.html" %}{% block after %}<a href="/x#part">It</a>{% endblock %}'
    pages = {"content/x.md": post("## Part", permalink="/x.html"), "content/b.md": post("Text.", template="linking.html")}
    root = site_of({"site.yaml": settings, "templates/linking.html": template, **pages})
    assert build(root).warnings == ()
    (root / "content/c.md").write_text(post(permalink="/x/", unlisted="true"))
    assert [(problem.rule, problem.path) for problem in build(root).warnings] == [("broken-anchor", "templates/linking.html")]


TITLES = """
from flask import Blueprint, Response
from sitegen.site import current_site

bp = Blueprint("titles", __name__)

def init_app(app):
    app.register_blueprint(bp)

def urls(site):
    return ["/titles.txt"]

@bp.get("/titles.txt")
def titles():
    return Response(" ".join(page.title + page.html for page in current_site().published.values()), mimetype="text/plain")
"""


@pytest.mark.parametrize("text", ["# Other\n\nText.", "# One\n\nMore."])
def test_a_view_of_the_site_s_own_may_read_pages_past_all_questions(site_of: SiteOf, build: Build, tmp_path: Path, text: str):
    root = site_of({"site.yaml": "title: S\nextensions: [titles]\n", "titles.py": TITLES, "content/x.md": "# One\n\nText."})
    build(root)
    (root / "content/x.md").write_text(text)
    build(root)
    build(root, output=tmp_path / "clean", clean=True)
    assert tree(root / "build")["titles.txt"] == tree(tmp_path / "clean")["titles.txt"]


def test_no_view_of_ours_reads_past_all_questions(small_site: Path, build: Build):
    build(small_site)
    assert [word for word in manifest.load(small_site / ".cache", small_site / "build").words if word.startswith('["seen"')] == []


def test_an_edit_of_a_template_behind_a_link_out_of_the_site_is_seen(site_of: SiteOf, build: Build, tmp_path: Path):
    root = site_of({"site.yaml": SETTINGS, "content/x.md": "Text.", "templates/keep": ""})
    (root / "templates" / "page.html").symlink_to(tmp_path / "shared.html")
    for word in ("first", "second"):
        (tmp_path / "shared.html").write_text(f'{{% extends "theme/page.html" %}}{{% block after %}}{word} time{{% endblock %}}')
        build(root)
        assert f"{word} time" in (root / "build/x/index.html").read_text()


@pytest.mark.parametrize("damage", [b"", b"x", b"\x00" * 4096])
@pytest.mark.parametrize("what", ["values", "sites"])
def test_a_damaged_cache_changes_no_byte(blog: Path, build: Build, tmp_path: Path, what: str, damage: bytes):
    build(blog)
    for path in (blog / ".cache" / what).rglob("*"):
        if path.is_file():
            path.write_bytes(damage)
    (blog / "content/blog/3.md").write_text("Other.")
    build(blog)
    build(blog, output=tmp_path / "clean", clean=True)
    assert without_marker(tree(blog / "build")) == without_marker(tree(tmp_path / "clean"))


def test_swapped_cache_entries_change_no_byte(blog: Path, build: Build):
    build(blog)
    before = tree(blog / "build")
    entries = sorted(path for path in (blog / ".cache/values").rglob("*") if path.is_file())
    data = [path.read_bytes() for path in entries]
    for path, other in zip(entries, [*data[1:], data[0]], strict=True):
        path.write_bytes(other)
    shutil.rmtree(blog / ".cache/sites")
    build(blog)
    assert without_marker(tree(blog / "build")) == without_marker(before)


def without_marker(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != ".sitegen"}


def test_a_cache_that_cannot_be_written_is_a_warning(site_of: SiteOf, build: Build, tmp_path: Path):
    root = site_of(BLOG)
    build(root, output=tmp_path / "with")
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_text("in the way")
    built = build(root, output=tmp_path / "without")
    assert [problem.rule for problem in built.warnings] == ["cache-unusable"]
    assert without_marker(tree(tmp_path / "without")) == without_marker(tree(tmp_path / "with"))


# Whole or not at all


def test_a_clean_build_keeps_the_old_site_until_it_is_done(blog: Path, build: Build):
    build(blog)
    before, seen = tree(blog / "build"), []
    (blog / "content/docs/a.md").write_text("Other.")
    build(blog, clean=True, progress=lambda *_: seen.append(tree(blog / "build") == before))
    assert len(seen) > 5
    assert all(seen)
    assert tree(blog / "build") != before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/blog/3.md", "---\ntitle: [\n---\n"),
        ("content/blog/3.md", "[a](missing.md)"),
        ("content/blog/3.md", post(slug="1")),
        ("templates/post.html", "{% if %}"),
        ("templates/post.html", "{{ nothing.at.all }}"),
        ("site.yaml", "titel: x\n"),
    ],
)
@pytest.mark.parametrize("clean", [False, True])
def test_a_build_that_fails_leaves_the_output_as_it_was(blog: Path, build: Build, name: str, text: str, clean: bool):
    build(blog)
    before = tree(blog / "build")
    (blog / name).parent.mkdir(exist_ok=True)
    (blog / name).write_text(text)
    with pytest.raises(ProblemsFound):
        build(blog, clean=clean)
    assert tree(blog / "build") == before
    assert leftovers(blog) == []


def test_after_a_failed_build_the_next_one_renders_only_what_changed(blog: Path, build: Build):
    build(blog)
    (blog / "content/docs/a.md").write_text("[a](missing.md)")
    with pytest.raises(ProblemsFound):
        build(blog)
    (blog / "content/docs/a.md").write_text("Other.")
    # The page, its twin, and what says how it begins: the front page and the overview of the docs.
    assert build(blog).rendered == 4


def leftovers(root: Path) -> list[str]:
    """What a build made for itself alone and did not take away."""
    inside = [path.name for path in (root / ".cache").glob("values-*")] if (root / ".cache").is_dir() else []
    return inside + [path.name for path in root.glob(".build.staging-*")]


# The output folder


@pytest.mark.parametrize("output", [".", "content", "content/public", "templates", "static/x", "..", "/"])
def test_a_folder_of_the_sources_is_no_output(blog: Path, build: Build, output: str):
    before = tree(blog)
    with pytest.raises(UsageError):
        build(blog, output=blog / output)
    assert tree(blog) == before


def test_a_folder_that_sitegen_did_not_write_is_no_output(blog: Path, build: Build):
    (blog / "build").mkdir()
    (blog / "build/thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="files that sitegen did not write"):
        build(blog)
    assert tree(blog / "build") == {"thesis.txt": b"years of work"}


def test_a_file_is_no_output(blog: Path, build: Build):
    (blog / "build").write_text("a file")
    with pytest.raises(UsageError):
        build(blog)
    assert (blog / "build").read_text() == "a file"


def test_a_link_is_no_output(blog: Path, build: Build, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (blog / "build").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        build(blog)
    assert tree(tmp_path / "elsewhere") == {}


def test_an_empty_folder_is_filled(blog: Path, build: Build):
    (blog / "build").mkdir()
    build(blog)
    assert (blog / "build/index.html").is_file()


def test_the_output_may_lie_in_a_folder_that_is_not_there_yet(blog: Path, build: Build, tmp_path: Path):
    build(blog, output=tmp_path / "a/b/out")
    assert (tmp_path / "a/b/out/index.html").is_file()


def test_two_outputs_of_one_site_are_both_incremental(blog: Path, build: Build, tmp_path: Path):
    build(blog)
    build(blog, output=tmp_path / "other")
    assert (build(blog).rendered, build(blog, output=tmp_path / "other").rendered) == (0, 0)


# Files that are none


def test_a_link_out_of_the_site_is_an_error(blog: Path, build: Build, tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret")
    (blog / "content/leak.md").symlink_to(tmp_path / "secret.txt")
    assert errors(build, blog) == ["content/leak.md: symlink: is a symbolic link that leads out of the site"]


def test_a_picture_that_is_a_link_out_of_the_site_is_an_error(blog: Path, build: Build, tmp_path: Path):
    (tmp_path / "secret.png").write_text("secret")
    (blog / "content/leak.png").symlink_to(tmp_path / "secret.png")
    assert errors(build, blog) == ["content/leak.png: symlink: is a symbolic link that leads out of the site"]


def test_a_link_in_a_circle_and_one_to_nothing_are_errors(blog: Path, build: Build):
    (blog / "content/loop").symlink_to(blog / "content")
    (blog / "content/gone.md").symlink_to(blog / "nowhere.md")
    assert errors(build, blog) == [
        "content/gone.md: symlink: is a symbolic link that leads nowhere",
        "content/loop: symlink: is a symbolic link to a folder it lies in",
    ]


def test_a_link_within_content_is_followed(blog: Path, build: Build):
    (blog / "content/shared.md").write_text("Shared text.")
    (blog / "content/about.md").symlink_to(blog / "content/shared.md")
    build(blog)
    assert "Shared text." in (blog / "build/about/index.html").read_text()


def test_a_pipe_is_left_out_with_a_warning(blog: Path, build: Build):
    os.mkfifo(blog / "content/x.md")
    assert [(problem.path, problem.rule) for problem in build(blog).warnings] == [("content/x.md", "not-a-file")]


def errors(build: Build, root: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as caught:
        build(root)
    return [f"{problem.path}: {problem.rule}: {problem.message}" for problem in caught.value.problems]


# The lock


@pytest.fixture
def running(blog: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another build of the same site, held up by an extension of it until the file `go` appears."""
    hold_up(blog)
    process = start(blog)
    yield process
    (blog / "go").touch()
    process.wait(30)


SLOW = """
import os, time
from pathlib import Path

ROOT = Path(__file__).parent


def init_app(app):
    app.jinja_env.filters["hold"] = hold


def hold(value):
    (ROOT / f"held-{os.getpid()}").touch()
    for _ in range(600):
        if (ROOT / "go").exists():
            break
        time.sleep(0.05)
    return value
"""


def hold_up(root: Path) -> None:
    """Make every page of the site wait while it renders."""
    (root / "slow.py").write_text(SLOW)
    (root / "site.yaml").write_text(SETTINGS + "extensions: [slow]\n")
    (root / "templates").mkdir(exist_ok=True)
    for name in ("post", "doc"):
        held = f'{{% extends "theme/{name}.html" %}}{{% block footer %}}{{{{ "" | hold }}}}{{% endblock %}}'
        (root / f"templates/{name}.html").write_text(held)


def let_go(root: Path) -> None:
    """Take the waiting away; the pages stay as they were."""
    (root / "go").touch()


def start(root: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A build in a process of its own, which has begun to render when this returns."""
    command = [sys.executable, "-m", "sitegen", "build", "--root", str(root), "--quiet", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SOURCE_DATE_EPOCH": "1768478400"}
    with said(root).open("wb") as errors:
        process = subprocess.Popen(command, env=environment, stderr=errors)
    deadline = time.monotonic() + 60
    while not list(root.glob("held-*")):
        assert time.monotonic() < deadline, "the build did not begin to render"
        assert process.poll() is None, said(root).read_text()
        time.sleep(0.02)
    return process


def said(root: Path) -> Path:
    """Where a build started by `start` says what is wrong."""
    return root / "errors.txt"


def test_a_second_build_at_the_same_time_is_refused_with_the_number_of_the_first(
    blog: Path, build: Build, running: subprocess.Popen[bytes]
):
    with pytest.raises(LockedError, match=rf"another build of this site is running \(process {running.pid}\)"):
        build(blog)


def test_a_second_build_may_wait(blog: Path, build: Build, running: subprocess.Popen[bytes]):
    command = [sys.executable, "-m", "sitegen", "build", "--root", str(blog), "--wait"]
    second = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE)
    time.sleep(0.5)
    assert second.poll() is None
    let_go(blog)
    assert running.wait(30) == 0
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 0
    assert b" 0 rendered" in output


# Ends that come early


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_stopped_goes_quickly_and_leaves_nothing(
    site_of: SiteOf, build: Build, number: signal.Signals, code: int, jobs: str
):
    root = site_of({**BLOG, **{f"content/docs/{page}.md": "Text." for page in range(40)}})
    build(root)
    before = tree(root / "build")
    hold_up(root)
    process = start(root, "--jobs", jobs)
    began = time.monotonic()
    process.send_signal(number)
    assert process.wait(10) == code
    assert time.monotonic() - began < 2
    assert said(root).read_text().strip() == ""
    assert tree(root / "build") == before
    assert leftovers(root) == []
    assert alive(root) == []


def alive(root: Path) -> list[int]:
    """The processes of a build that still run."""
    held = [int(path.name.partition("-")[2]) for path in root.glob("held-*")]
    return [pid for pid in held if is_running(pid)]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_after_a_build_was_killed_the_next_one_is_as_if_nothing_had_been(site_of: SiteOf, build: Build, tmp_path: Path, jobs: str):
    root = site_of({**BLOG, **{f"content/docs/{page}.md": "Text." for page in range(40)}})
    build(root)
    before = tree(root / "build")
    hold_up(root)
    process = start(root, "--jobs", jobs)
    process.kill()
    process.wait(10)
    assert tree(root / "build") == before
    let_go(root)
    time.sleep(0.2)
    build(root)
    build(root, output=tmp_path / "clean", clean=True)
    assert without_marker(tree(root / "build")) == without_marker(tree(tmp_path / "clean"))
    assert leftovers(root) == []


def test_the_lock_of_a_killed_build_is_none(blog: Path, build: Build):
    hold_up(blog)
    process = start(blog, "--jobs", "1")
    process.kill()
    process.wait(10)
    let_go(blog)
    built: Built = build(blog)
    assert built.pages == 6


# What cannot be read


def test_a_file_that_cannot_be_read_is_an_error(blog: Path):
    (blog / "content/closed.md").write_text("Text.")
    (blog / "content/closed.md").chmod(0)
    command = [sys.executable, "-m", "sitegen", "build", "--root", str(blog), "--quiet"]
    if os.geteuid() == 0:
        # Root may read everything, unless it gives that up.
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("content/closed.md: error[unreadable]: cannot be read: Permission denied\n")


def test_a_file_that_is_edited_while_the_site_is_built_is_named(blog: Path, build: Build):
    edited = blog / "content" / "blog" / "1.md"

    def edit(step: str, done: int, total: int) -> None:
        if step == "rendering" and done == 1:
            edited.write_text(edited.read_text() + "\nMore.\n")

    warnings = build(blog, progress=edit).warnings
    assert [(problem.rule, problem.path) for problem in warnings] == [("changed-during-build", "content/blog/1.md")]
    assert build(blog).warnings == ()


FULL_DISK = """
import resource, signal, sys
from sitegen.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))
main(sys.argv[1:])
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_without_room_is_an_error_and_the_old_site_stays(site_of: SiteOf, build: Build, jobs: str):
    root = site_of({**BLOG, "site.yaml": BLOG["site.yaml"] + "search: false\n"})
    build(root)
    before = tree(root / "build")
    for number in range(40):
        (root / "content" / "blog" / f"long-{number}.md").write_text("Word. " * 900)
    command = [sys.executable, "-c", FULL_DISK, "build", "--root", str(root), "--jobs", jobs]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert (done.returncode, tree(root / "build") == before) == (1, True), done.stderr
    assert "error[unwritable]: the site cannot be written: file too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(root.glob(".build*"))


def test_a_home_page_that_is_written_takes_the_place_of_the_generated_one(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/blog/a.md": post(date="2025-01-01")})
    build(root)
    (root / "content" / "index.md").write_text("# My own home")
    build(root)
    assert "My own home" in (root / "build" / "index.html").read_text()


def test_a_stray_file_in_the_output_goes_although_nothing_changed(blog: Path, build: Build):
    build(blog)
    (blog / "build" / "stray.html").write_text("stray")
    assert build(blog).rendered == 0
    assert not (blog / "build" / "stray.html").exists()


def test_a_link_out_of_content_is_an_error_within_the_site_too(blog: Path, build: Build):
    (blog / ".env").write_text("SECRET=1")
    (blog / "content" / "env.txt").symlink_to(blog / ".env")
    with pytest.raises(ProblemsFound) as found:
        build(blog)
    assert [(problem.rule, problem.path) for problem in found.value.problems] == [("symlink", "content/env.txt")]


def test_files_among_the_drafts_are_not_published(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/a.md": "Text.", "content/_drafts/t.pdf": b"t", "content/blog/_drafts/s.pdf": b"s"})
    build(root)
    assert [name for name in tree(root / "build") if name.endswith(".pdf")] == []


def test_a_draft_of_the_home_page_withholds_nobody_s_pictures(site_of: SiteOf, build: Build):
    files: dict[str, str | bytes] = {"site.yaml": SETTINGS, "content/index.md": post(draft="true"), "content/blog/p.png": b"p"}
    root = site_of({**files, "content/blog/a.md": post("![A picture](p.png)")})
    build(root)
    assert (root / "build" / "blog" / "p.png").read_bytes() == b"p"


SAYING = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Saying(Preprocessor):
    def run(self, lines):
        return [line.replace("WORD", "{word}") for line in lines]

class SayingExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Saying(md), "saying", 28)
"""


def test_a_process_that_rendered_before_uses_an_edited_markdown_extension(site_of: SiteOf, build: Build):
    settings = "title: S\nmarkdown: {extensions: ['saying:SayingExtension']}\n"
    for word in ("first", "second one"):
        root = site_of({"site.yaml": settings, "saying.py": SAYING.format(word=word), "content/about.md": "Say WORD.\n"})
        build(root)
        assert f"Say {word}." in (root / "build/about/index.html").read_text()


DEADLY = """
import multiprocessing, os
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

def obey(text):
    if "EXIT" in text and multiprocessing.parent_process():
        os._exit(1)

class Deadly(Preprocessor):
    def run(self, lines):
        obey(" ".join(lines))
        return lines

class DeadlyExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Deadly(md), "deadly", 1000)

def init_app(app):
    app.add_template_filter(lambda text: obey(text) or text, "obey")
"""
DEADLY_TEMPLATE = "{% extends 'theme/post.html' %}{% block after %}{{ page.extra.wish | default('') | obey }}{% endblock %}\n"


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
@pytest.mark.parametrize(
    ("settings", "named"),
    [("markdown: {extensions: ['deadly:DeadlyExtension']}", "content/blog/p7.md"), ("extensions: [deadly]", "/blog/p7/")],
    ids=["body", "page"],
)
def test_when_a_worker_dies_the_very_page_is_named(site_of: SiteOf, build: Build, settings: str, named: str, method: str):
    text = "---\ndate: 2025-02-01\nextra: {{wish: {0}}}\n---\n\n{0}\n"
    posts = {f"content/blog/p{n}.md": text.format("EXIT" if n == 7 else "Well") for n in range(40)}
    own = {"site.yaml": f"title: S\n{settings}\n", "deadly.py": DEADLY, "templates/post.html": DEADLY_TEMPLATE}
    root = site_of({**posts, **own})
    with pytest.raises(SitegenError, match=rf"^a worker process died at {named}$"):
        build(root, jobs=2, start_method=method)
    assert not (root / "build").exists()

"""Files that pages take in: within the site alone, and an edit of one is an edit of the page."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from werkzeug.test import Client

from sitegen.errors import ProblemsFound
from sitegen.report import as_text
from sitegen.serve import Server
from tests.conftest import SETTINGS, Build, SiteOf

PAGE = '# Page\n\nBefore.\n\n<!-- @include: _part.md -->\n\n```python file="examples/x.py" region="body"\n```\n'
FILES: Mapping[str, str] = {
    "site.yaml": SETTINGS,
    "content/a.md": PAGE,
    "content/b.md": "# Other\n\nText.\n",
    "content/_part.md": "---\ntitle: Part\n---\n\nA *part*.\n\n## Of its own\n",
    "examples/x.py": "import x\n\n\ndef f():\n    # region body\n    return 'first'\n    # endregion\n",
}


@pytest.fixture
def root(site_of: SiteOf) -> Path:
    return site_of(FILES)


def html(root: Path, page: str = "a") -> str:
    return (root / f"build/{page}/index.html").read_text()


def problems(build: Build, root: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as raised:
        build(root)
    return [as_text(problem) for problem in raised.value.problems]


def test_a_page_holds_what_it_takes_in(root: Path, build: Build):
    build(root)
    assert "<p>A <em>part</em>.</p>" in html(root)
    assert 'id="of-its-own"' in html(root)
    assert '<span class="k">return</span>' in html(root)
    assert "title: Part" not in html(root)


@pytest.mark.parametrize("name", ["content/_part.md", "examples/x.py"])
def test_an_edit_of_what_is_taken_in_renders_that_page_and_nothing_else(root: Path, build: Build, name: str):
    build(root)
    path = root / name
    path.write_text(path.read_text().replace("part", "piece").replace("first", "second"))
    built = build(root)
    assert "piece" in html(root) or "second" in html(root)
    # The page and its twin, and the list of all twins: no other page shows anything of its body.
    assert built.rendered <= 3


def test_an_edit_beside_what_is_taken_in_renders_nothing(root: Path, build: Build):
    build(root)
    (root / "examples/x.py").write_text(FILES["examples/x.py"] + "\n\ndef g(): ...\n")
    assert build(root).rendered == 0


def test_a_build_after_an_edit_equals_one_from_scratch(root: Path, build: Build, tmp_path: Path):
    for text in ("return 1", "return 2"):
        (root / "examples/x.py").write_text(f"# region body\n{text}\n# endregion\n")
        build(root)
        build(root, output=tmp_path / text.replace(" ", ""), clean=True)
        assert html(root) == (tmp_path / text.replace(" ", "") / "a/index.html").read_text()


def test_several_processes_give_the_same(root: Path, build: Build, tmp_path: Path):
    build(root, jobs=2, output=tmp_path / "two")
    build(root, clean=True)
    assert html(root) == (tmp_path / "two/a/index.html").read_text()


def test_the_twin_holds_what_the_page_takes_in(root: Path, build: Build):
    build(root)
    twin = (root / "build/a/index.md").read_text()
    assert "A *part*." in twin
    assert "return 'first'" in twin
    assert "@include" not in twin


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<<< missing.py", "content/a.md:3:1: error[include]: there is no file `missing.py`"),
        ("<<< ../../secret.py", "content/a.md:3:1: error[include]: `../../secret.py` leads out of the site"),
        ("<<< @/.env", "content/a.md:3:1: error[include]: `@/.env` is hidden"),
        ("<<< /.git/config", "content/a.md:3:1: error[include]: `/.git/config` is hidden"),
        ("<<< .cache/index", "content/a.md:3:1: error[include]: `.cache/index` is hidden"),
        ("<<< build/index.html", "content/a.md:3:1: error[include]: `build/index.html` is in `build/`, which is not a part of the site"),
        ("<<< link.txt", "content/a.md:3:1: error[include]: `link.txt` leads out of the site"),
        ("<<< inner.txt", "content/a.md:3:1: error[include]: `inner.txt` is hidden"),
        ("<<< examples", "content/a.md:3:1: error[include]: there is no file `examples`"),
        ("<<< picture.png", "content/a.md:3:1: error[include]: `picture.png` is no text"),
        ("<<< latin.txt", "content/a.md:3:1: error[include]: `latin.txt` is not UTF-8"),
        ("<<< examples/x.py#nonesuch", "content/a.md:3:1: error[include]: `examples/x.py` has no region `nonesuch`"),
        ("<!-- @include: a.md -->", "content/a.md:3:1: error[include]: `content/a.md` takes itself in"),
        ("<!-- @include: round.md -->", "content/round.md:5:1: error[include]: `content/again.md` takes itself in"),
        ("<!-- @include: sealed.md -->", "content/a.md:3:1: error[include]: `content/sealed.md` is protected, and cannot be"),
    ],
)
def test_what_must_not_or_cannot_be_taken_in_is_an_error(root: Path, build: Build, tmp_path: Path, line: str, expected: str):
    (tmp_path / "secret.py").write_text("key = 1")
    (root / ".env").write_text("KEY=1")
    (root / "link.txt").symlink_to(tmp_path / "secret.py")
    (root / "inner.txt").symlink_to(root / ".env")
    (root / "picture.png").write_bytes(b"\x89PNG\0")
    (root / "latin.txt").write_bytes(b"caf\xe9")
    (root / "content/again.md").write_text("# Again\n\nText.\n\n\n<!-- @include: round.md -->\n")
    (root / "content/round.md").write_text("# Round\n\nText.\n\n<!-- @include: again.md -->\n")
    (root / "content/sealed.md").write_text("---\nprotected: true\n---\n\nSecret.\n")
    (root / "content/a.md").write_text(f"# Page\n\n{line}\n")
    found = [text for text in problems(build, root) if text.startswith(expected)]
    assert len(found) == 1
    assert "hint: " in found[0]


def test_all_that_a_page_cannot_take_in_is_told_at_once(root: Path, build: Build):
    lines = [
        "<<< one.py",
        '```py file="examples/x.py"\nown\n```',
        "<<< two.py",
        '```py file="three.py"\n```',
        "Text.",
        "<!-- @include: round.md -->",
    ]
    (root / "content/round.md").write_text("<!-- @include: round.md -->\n")
    (root / "content/a.md").write_text("---\ntitle: Page\n---\n\n" + "\n\n".join(lines) + "\n")
    with pytest.raises(ProblemsFound) as raised:
        build(root)
    found = {(problem.path, problem.line) for problem in raised.value.problems}
    assert found == {("content/a.md", line) for line in (5, 7, 11, 13)} | {("content/round.md", 1)}


def test_of_a_page_that_takes_in_nothing_but_mistakes_twenty_are_told(root: Path, build: Build):
    (root / "content/a.md").write_text("<<< missing.py\n\n" * 30)
    assert len([text for text in problems(build, root) if "missing.py" in text]) == 20


def test_a_problem_in_a_part_names_the_part(root: Path, build: Build):
    (root / "content/_part.md").write_text("Text.\n\n```nonesuch\nx\n```\n")
    (root / "content/a.md").write_text("---\ntitle: Page\n---\n\n<!-- @include: _part.md -->\n\n```nonesuch\ny\n```\n")
    found = [(problem.path, problem.line) for problem in build(root).warnings if problem.rule == "unknown-language"]
    assert found == [("content/_part.md", 3), ("content/a.md", 7)]


def test_a_broken_link_in_a_part_names_the_line_that_takes_it_in(root: Path, build: Build):
    (root / "content/_part.md").write_text("Text.\n\nA [link](missing.md).\n")
    found = [text for text in problems(build, root) if "missing.md" in text]
    assert found[0].startswith("content/a.md:5: error[broken-link]")


def test_many_small_parts_do_not_make_a_large_page(root: Path, build: Build):
    (root / "site.yaml").write_text(SETTINGS + "limits: {page_kb: 1}\n")
    for index in range(12):
        (root / f"content/_p{index}.md").write_text(f"<!-- @include: _p{index + 1}.md -->\n" * 2)
    (root / "content/_p12.md").write_text("text\n")
    (root / "content/a.md").write_text("<!-- @include: _p0.md -->\n")
    assert "what is taken in has more than 1,024 characters" in problems(build, root)[0]


def test_an_edit_is_seen_while_the_site_is_served(root: Path, now):
    client = Client(Server(root, {"base_url": "http://127.0.0.1:8000/", "now": now}))
    shown = []
    for word in ("first", "second", "third"):
        (root / "examples/x.py").write_text(f"# region body\nreturn '{word}'\n# endregion\n")
        shown.append(word in client.get("/a/", headers={"Host": "127.0.0.1:8000"}, buffered=True).text)
    assert shown == [True, True, True]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("a" * 300 + ".md", "there is no file"),
        ("_circle.md", "there is no file"),
        ("a\0b.md", "holds a NUL character"),
        ("/parts/huge.txt", "`parts/huge.txt` has 17,179,869,184 bytes"),
        ("/deep/0.md", "files take in files more than 30 deep"),
        ("/many/0.md", "what is taken in has more than"),
    ],
)
def test_what_cannot_be_taken_in_is_an_error_at_its_line(site_of: SiteOf, build: Build, wanted: str, said: str):
    deep = {f"deep/{number}.md": f'--8<-- "deep/{number + 1}.md"\n' for number in range(100)}
    many = {f"many/{number}.md": f'--8<-- "many/{number + 1}.md"\n' * 10 for number in range(6)}
    last = {"many/6.md": "\n" * 100_000, "parts/huge.txt": ""}
    root = site_of({"site.yaml": SETTINGS, "content/a.md": f"# Page\n\n<!-- @include: {wanted} -->\n", **deep, **many, **last})
    (root / "content/_circle.md").symlink_to("_circle.md")
    with (root / "parts/huge.txt").open("wb") as file:
        file.truncate(2**34)
    assert any(said in problem for problem in problems(build, root))


@pytest.mark.parametrize("line", ["<<< @/parts/secret.md", '--8<-- "parts/SECRET.MD"', '```text file="/parts/secret.md"\n```'])
def test_a_page_that_is_protected_is_not_shown_as_code_either(site_of: SiteOf, build: Build, line: str):
    page = "---\ntitle: Plan\npassword: hunter2\n---\n\nFor friends.\n"
    root = site_of({"site.yaml": SETTINGS, "content/a.md": f"# A\n\n{line}\n", "parts/secret.md": page, "parts/SECRET.MD": page})
    assert any("is protected" in problem for problem in problems(build, root))


@pytest.mark.parametrize("start", ["<!-- @include: ", "<<< a", '--8<-- "a'])
def test_a_line_of_spaces_that_takes_nothing_in_is_read_at_once(site_of: SiteOf, build: Build, start: str):
    root = site_of({"site.yaml": SETTINGS, "content/a.md": f"# A\n\n{start}{' ' * 200_000}x\n"})
    began = time.process_time()
    build(root)
    assert time.process_time() - began < 20

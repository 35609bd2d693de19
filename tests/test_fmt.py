"""Front matter rewritten: it means what it meant, comments and bodies stay, and nothing is written twice."""

from __future__ import annotations

import json
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import cli, frontmatter
from sitegen.errors import FrontMatterError, SitegenError
from sitegen.fmt import rewritten
from sitegen.frontmatter import Meta
from tests.conftest import SETTINGS, SiteOf

DIALECTS = sorted(path for path in (Path(__file__).parent / "dialects").glob("*.md") if path.stem != "mistakes")
CORPUS = os.environ.get("SITEGEN_CORPUS", "")


def fmt(text: str) -> str:
    return rewritten(text.encode(), path="a.md").decode()


def meaning(data: bytes) -> tuple[Meta, str]:
    """What front matter comes to, and the body."""
    split = frontmatter.split(frontmatter.decode(data, path="a.md")[0], path="a.md")
    return frontmatter.normalise(split, path="a.md", zone=ZoneInfo("Asia/Tokyo"))[0], split.body


@pytest.mark.parametrize("path", DIALECTS, ids=lambda path: path.stem)
def test_every_dialect_becomes_yaml_that_means_the_same(path: Path, update: bool):
    data = path.read_bytes()
    after = rewritten(data, path=path.name)
    assert meaning(after) == meaning(data)
    assert frontmatter.split(after.decode(), path=path.name).dialect == "yaml"
    assert rewritten(after, path=path.name) == after
    golden = Path(__file__).parent / "golden_fmt" / path.name
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(after)
    assert after == golden.read_bytes()


@pytest.mark.skipif(not CORPUS, reason="SITEGEN_CORPUS names no folder of posts")
def test_the_posts_of_the_corpus_mean_what_they_meant():
    wrong = []
    left = 0
    for path in sorted(Path(CORPUS).rglob("*.md")):
        data = path.read_bytes()
        try:
            meaning(data)
        except SitegenError:
            continue
        try:
            after = rewritten(data, path=path.name)
        except SitegenError:
            left += 1
            continue
        if meaning(after) != meaning(data) or rewritten(after, path=path.name) != after:
            wrong.append(str(path))
    assert wrong == []
    assert left <= 5


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Title: A\n", "title: A\n"),
        ("lastmod: 2024-01-01\n", "updated: 2024-01-01\n"),
        ("permalink: /x/\n", "path: /x/\n"),
        ("redirect_from: [/x/]\n", "aliases: [/x/]\n"),
        ('"Title": A\n', '"title": A\n'),
        ("title: A   \n", "title: A\n"),
        ("layout: post\ncategories: a b\n", "layout: post\ncategories: a b\n"),
        ("layout: post\n", "template: post\n"),
        ("subtitle: both a description and a summary\n", "subtitle: both a description and a summary\n"),
        ("path: /x/\npermalink: /y/\n", "path: /x/\npermalink: /y/\n"),
        ("published: 2024-01-01\n", "published: 2024-01-01\n"),
        ("Mood: calm\n", "Mood: calm\n"),
        ("redirect_from: x\n", "redirect_from: x\n"),
        ("# above\ntitle: A # beside\n\n# between\nTags: x\n# below\n", "# above\ntitle: A # beside\n\n# between\ntags: x\n# below\n"),
        ("tags: [one,   two, three]\n", "tags: [one,   two, three]\n"),
        ("tags:\n- one\n- 'two'\n", "tags:\n- one\n- 'two'\n"),
        ("summary:\ntitle: ~\n", "summary:\ntitle: ~\n"),
        ("cover: {{ x }}\n", None),
        ("title: '{{ x }}'\ndate: 2024-1-2 3:04 PM\n", "title: '{{ x }}'\ndate: 2024-1-2 3:04 PM\n"),
        (f"description: {'long words ' * 30}\n", f"description: {('long words ' * 30).strip()}\n"),
        ("summary: |\n  a  \n  b\n", "summary: |\n  a  \n  b\n"),
        ("extra:\n  a: |\n    x  \n    y\n", "extra:\n  a: |\n    x  \n    y\n"),
    ],
)  # fmt: skip
def test_yaml_stays_as_it_was_written_but_for_names_of_keys(before: str, after: str | None):
    if after is None:
        with pytest.raises(FrontMatterError):
            fmt(f"---\n{before}---\nBody.\n")
        return
    assert fmt(f"---\n{before}---\nBody.\n") == f"---\n{after}---\nBody.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---yaml\ntitle: A\n...\nBody.", "---\ntitle: A\n---\nBody."),
        ("--- \ntitle: A\n---  \nBody.", "---\ntitle: A\n---\nBody."),
        ('---\n{"title": "A: b", "layout": "home"}\n---\nBody.', "---\ntitle: 'A: b'\ntemplate: home\n---\nBody."),
        ('{"title": "A", "draft": true, "tags": []}\nBody.', "---\ntitle: A\ndraft: true\ntags: []\n---\nBody."),
        ('"title": "A",\n"date": "2024-01-02"\n;;;\nBody.', "---\ntitle: A\ndate: 2024-01-02\n---\nBody."),
        ("Title: A\nKeywords: x, y\n\nBody.", "---\ntitle: A\ntags: x, y\n---\nBody."),
        (
            "+++\n# above\ntitle = 'A' # beside\ntags = [\n  'x', # within\n]\n# below\n[extra]\n# in it\na = '#1'\n+++\nBody.",
            "---\n# above\ntitle: A # beside\ntags: [x]\n# within\n# below\nextra:\n  # in it\n  a: '#1'\n---\nBody.",
        ),
        ("+++\n[taxonomies]\ntags = ['x']\n+++\nBody.", "---\ntags: [x]\n---\nBody."),
        (
            "+++\ntitle = 'yes'\n[extra]\na = 'yes'\nb = ' x'\nc = \"\"\"\none\n  two\n\"\"\"\n+++\n",
            "---\ntitle: yes\nextra:\n  a: 'yes'\n  b: ' x'\n  c: \"one\\n  two\\n\"\n---\n",
        ),
    ],
)  # fmt: skip
def test_other_dialects_are_written_anew_in_their_order(before: str, after: str):
    assert fmt(before) == after
    assert fmt(after) == after


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("head", ["---\nTitle: A\n---\n", "+++\nTitle = 'A'\n+++\n"])
def test_line_ends_and_the_byte_order_mark_stay(head: str, mark: bytes, end: str):
    body = b"  Body \r\nwith\x07 ends\n\n of all\rkinds"
    data = mark + head.replace("\n", end).encode() + body
    assert rewritten(data, path="a.md") == mark + f"---{end}title: A{end}---{end}".encode() + body


@pytest.mark.parametrize("text", ["No front matter.\n", "---\n---\nBody.\n", "", "---\n\nA rule.\n", "---\ntitle: A\n---"])
def test_what_is_canonical_or_has_no_front_matter_stays(text: str):
    assert fmt(text) in {text, text + "\n"}


@pytest.mark.parametrize(
    "text", ["---\npassword: hunter2\nTitle: A\n---\n", "+++\nprotect = true\n+++\n", '{"extra": {"password": "hunter2"}}\n']
)
def test_a_file_with_a_secret_is_left_and_nothing_of_it_told(text: str):
    with pytest.raises(FrontMatterError) as found:
        fmt(text)
    assert found.value.problem.rule == "secret"
    assert "hunter2" not in str(found.value.problem)


# Whatever is written.

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12) | st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "12:30",
        "1e3",
        "2024-01-02",
        "a: b",
        "a #b",
        "- a",
        "[a",
        "'",
        '"',
        "\\",
        "a\nb",
        "a\n\nb\n",
        " a",
        "@a",
        "{{ x }}",
    ]
)
KEYS = st.sampled_from(
    [
        "title",
        "Title",
        "lastmod",
        "updated",
        "date",
        "tags",
        "keywords",
        "layout",
        "permalink",
        "url",
        "subtitle",
        "draft",
        "published",
        "mood",
        "cover",
    ]
)
VALUES = st.recursive(
    WORDS | st.integers(-99, 10**6) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(bool), inner, max_size=3),
    max_leaves=5,
)


def unchanged_in_meaning(data: bytes) -> None:
    try:
        before = meaning(data)
        after = rewritten(data, path="a.md")
    except SitegenError:
        return
    assert meaning(after) == before
    assert rewritten(after, path="a.md") == after


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_no_json_changes_its_meaning_and_twice_is_as_good_as_once(value: dict[str, object]):
    unchanged_in_meaning(json.dumps(value, ensure_ascii=False).encode() + b"\nBody.\n")


@given(st.lists(st.tuples(KEYS, WORDS), max_size=5))
def test_no_yaml_changes_its_meaning_and_twice_is_as_good_as_once(pairs: list[tuple[str, str]]):
    unchanged_in_meaning(("---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\nBody.\n").encode())


@given(st.lists(st.tuples(KEYS, WORDS), max_size=5))
def test_no_header_changes_its_meaning_and_twice_is_as_good_as_once(pairs: list[tuple[str, str]]):
    unchanged_in_meaning(("".join(f"{key}: {value}\n" for key, value in pairs) + "\nBody.\n").encode())


@given(st.dictionaries(KEYS, WORDS, max_size=5))
def test_no_toml_changes_its_meaning_and_twice_is_as_good_as_once(value: dict[str, str]):
    lines = "".join(f"{key} = {json.dumps(text)} # {key}\n" for key, text in value.items())
    unchanged_in_meaning(f"+++\n# above\n{lines}+++\nBody.\n".encode())


# The command.

FILES = {
    "site.yaml": SETTINGS,
    "content/a.md": "+++\ntitle = 'A'\n+++\nBody.\n",
    "content/b.md": "---\ntitle: B\n---\nBody.\n",
    "content/_part.md": "---\nTitle: P\n---\nBody.\n",
    "content/notes.txt": "+++\ntitle = 'no page'\n+++\n",
}


@pytest.fixture
def site(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in the current folder."""
    root = site_of(FILES)
    monkeypatch.chdir(root)
    return root


def test_all_content_is_rewritten_and_then_nothing_is_left_to_do(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/a.md").chmod(0o640)
    assert cli.run(["fmt"]) == 0
    assert capsys.readouterr().out == "rewrote content/_part.md\nrewrote content/a.md\n2 of 3 files were rewritten\n"
    assert (site / "content/a.md").read_text() == "---\ntitle: A\n---\nBody.\n"
    assert (site / "content/a.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (site / "content").iterdir()) == ["_part.md", "a.md", "b.md", "notes.txt"]
    assert cli.run(["fmt", "--check"]) == 0


def test_some_paths_may_be_named(site: Path):
    assert cli.run(["fmt", "content/a.md"]) == 0
    assert (site / "content/_part.md").read_text() == FILES["content/_part.md"]
    assert cli.run(["fmt", "nothing.md"]) == 2
    assert cli.run(["fmt", "site.yaml"]) == 2


def test_a_check_lists_the_files_and_changes_none(site: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["fmt", "--check"]) == 1
    assert "would rewrite content/a.md\n" in capsys.readouterr().out
    assert (site / "content/a.md").read_text() == FILES["content/a.md"]


def test_a_diff_shows_what_would_change(site: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["fmt", "--diff", "content/a.md"]) == 0
    assert "-title = 'A'\n-+++\n+---\n+title: A\n+---\n" in capsys.readouterr().out
    assert (site / "content/a.md").read_text() == FILES["content/a.md"]


def test_a_file_that_cannot_be_read_is_told_of_and_left_and_the_others_are_rewritten(site: Path, capsys: pytest.CaptureFixture[str]):
    (site / "content/b.md").write_text("---\ntitle: A: b\n---\n")
    assert cli.run(["fmt"]) == 1
    assert "content/b.md:2:9: error[front-matter]" in capsys.readouterr().err
    assert (site / "content/b.md").read_text() == "---\ntitle: A: b\n---\n"
    assert (site / "content/a.md").read_text() == "---\ntitle: A\n---\nBody.\n"


def test_a_link_to_a_file_stays_one(site: Path):
    (site / "content/link.md").symlink_to("a.md")
    assert cli.run(["fmt", "content/link.md"]) == 0
    assert (site / "content/link.md").is_symlink()
    assert (site / "content/a.md").read_text() == "---\ntitle: A\n---\nBody.\n"

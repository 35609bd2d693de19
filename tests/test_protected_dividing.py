"""Which pages are for whom: whoever seems to want a page kept from the public gets it kept, or an error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen import files
from sitegen.errors import ProblemsFound, SitegenError
from sitegen.pages.includes import as_on_disk
from tests.conftest import Build, SiteOf, tree
from tests.protecting import FILES, PASSWORD, SECRET, SETTINGS, VARIABLE, contents, holding, told

OPEN = "title: Small\nurl: https://small.example/\n"
HOME = {"site.yaml": OPEN + "protected: {clients: {}}\n", "content/index.md": "# Home\n"}
FOLDER = {**HOME, "site.yaml": SETTINGS}
WAYS = {
    "plain": "---\nprotect: clients\n---\n",
    "quoted": '---\n"protect": "clients"\n---\n',
    "single": "---\n'protect': 'clients'\n---\n",
    "capital": "---\nProtect: clients\n---\n",
    "upper": "---\nPROTECT: clients\n---\n",
    "late": "---\ntags: [a]\nprotect:   clients   # for them\n---\n",
    "flow": "---\n{title: A, protect: clients}\n---\n",
    "folded": "---\nprotect: >-\n  clients\n---\n",
    "asked": "---\n? protect\n: clients\n---\n",
    "bom": "\ufeff---\nprotect: clients\n---\n",
    "crlf": "---\r\ntitle: A\r\nprotect: clients\r\n---\r\n",
    "toml": '+++\nprotect = "clients"\n+++\n',
    "toml-quoted": "+++\n\"protect\" = 'clients'\n+++\n",
    "json": '{"title": "A", "protect": "clients"}\n',
    "semicolons": ';;;\n{"protect": "clients"}\n;;;\n',
    "header": "Title: A\nProtect: clients\n\n",
}
WRONG = {
    "yaml escape": '---\n"pro\\u0074ect": clients\n---\n',
    "yaml hex escape": '---\n"pr\\x6ftect": clients\n---\n',
    "yaml folded key": '---\n? "pro\\\n  tect"\n: clients\n---\n',
    "json escape": '{"pro\\u0074ect": "clients"}\n',
    "toml escape": '+++\n"pro\\u0074ect" = "clients"\n+++\n',
    "unknown group": "---\nprotect: clinets\n---\n",
    "list": "---\nprotect: [clients]\n---\n",
    "mapping": "---\nprotect: {clients: yes}\n---\n",
    "flag": "---\nprotect: true\n---\n",
    "word": "---\nprotect: yes\n---\n",
    "number": "---\nprotect: 1\n---\n",
    "twice": "---\nprotect: clients\nprotect: \n---\n",
    "two cases": "---\nprotect: \nProtect: clients\n---\n",
    "broken yaml": "---\nprotect: clients\ntitle: A: b\n---\n",
    "tab": "---\nprotect: clients\n\ttitle: A\n---\n",
    "no end": "---\nprotect: clients\n",
    "broken toml": "+++\nprotect = clients\n+++\n",
    "broken json": '{"protect": "clients",,}\n',
    "own table": "---\nextra: {protect: clients}\n---\n",
    "params": "+++\n[params]\nprotect = 'clients'\n+++\n",
    "near": "---\nprotected: clients\n---\n",
    "nearer": "---\nprotects: clients\n---\n",
    "password": "---\npassword: hunter2\n---\n",
    "wordpress": "---\npost_password: hunter2\n---\n",
    "encrypt": "---\nencrypt: true\n---\n",
    "blank line before": "\n---\ntitle: A\nprotect: clients\n---\n",
    "space before": " ---\nprotect: clients\n---\n",
    "comment before": "<!-- by us\nall -->\n---\nprotect: clients\n---\n",
    "four hyphens": "----\ntitle: A\n\nprotect: clients\n----\n",
    "no fence": "protect: clients\ntitle A\n",
    "second block": "---\ntitle: A\n---\n---\nprotect: clients\n---\n",
    "json after a blank line": '\n{"title": "A", "protect": "clients"}\n',
}


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)


def failure(build: Build, root: Path, **options: object) -> SitegenError:
    with pytest.raises(SitegenError) as caught:
        build(root, **options)
    return caught.value


def said(error: SitegenError) -> str:
    return "\n".join(f"{each.path}:{each.line}: {each.rule}: {each.message} {each.hint} {each.excerpt}" for each in error.problems)


def test_the_key_may_be_written_in_every_way_that_front_matter_allows(site_of: SiteOf, build: Build):
    pages = {f"content/{name}.md": f"{front}\n{SECRET} {name}.\n" for name, front in WAYS.items()}
    root = site_of({**HOME, **pages})
    build(root)
    read = "".join(page["html"] for page in contents(root / "build").values())
    assert [name for name in WAYS if f"{SECRET} {name}." not in read] == []
    assert told(root) == []
    assert [name for name in WAYS if (root / "build" / name).exists()] == []


@pytest.mark.parametrize("way", WRONG)
def test_what_cannot_be_understood_is_an_error_and_never_public(site_of: SiteOf, build: Build, way: str):
    root = site_of({**HOME, "content/x.md": f"{WRONG[way]}\n# {SECRET}\n"})
    error = failure(build, root, jobs=1 + len(way) % 2)
    assert [each for each in error.problems if each.path == "content/x.md"], said(error)
    assert SECRET not in said(error)
    assert not (root / "build").exists()
    assert holding(root / ".cache") == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_an_error_and_never_public(site_of: SiteOf, build: Build, encoding: str):
    root = site_of({**HOME, "content/x.md": f"---\nprotect: clients\n---\n\n{SECRET}\n".encode(encoding)})
    error = failure(build, root)
    assert "content/x.md" in said(error)
    assert holding(root / ".cache") == []


def test_an_unknown_group_names_the_line_and_the_one_that_was_meant(site_of: SiteOf, build: Build):
    root = site_of({**HOME, "content/x.md": f"---\ntitle: {SECRET}\nprotect: clinets\n---\n"})
    (problem,) = failure(build, root).problems
    assert (problem.path, problem.line, problem.hint) == ("content/x.md", 3, "did you mean `clients`?")


def test_without_any_group_in_site_yaml_the_cure_is_one(site_of: SiteOf, build: Build):
    root = site_of({**HOME, "site.yaml": "title: Small\n", "content/x.md": "---\nprotect: friends\n---\n"})
    (problem,) = failure(build, root).problems
    assert "protected: {friends: {}}" in problem.hint


def test_folder_and_front_matter_may_agree_and_must_not_differ(site_of: SiteOf, build: Build):
    settings = SETTINGS.replace("{clients: ", "{team: {}, clients: ")
    root = site_of({**HOME, "site.yaml": settings, "content/clients/x.md": f"---\nprotect: clients\n---\n\n{SECRET}\n"})
    build(root)
    (root / "content/clients/x.md").write_text(f"---\nprotect: team\n---\n\n{SECRET}\n")
    (problem,) = failure(build, root).problems
    assert (problem.path, problem.line) == ("content/clients/x.md", 2)
    assert "the folder belongs to `clients`" in problem.message
    assert told(root) == []


def test_a_broken_page_in_a_folder_of_a_group_is_told_of_without_a_word(site_of: SiteOf, build: Build):
    root = site_of({**FOLDER, "content/clients/x.md": f"---\ntitle: A: {SECRET}\n---\n\n{SECRET}\n"})
    error = failure(build, root)
    assert "content/clients/x.md:2" in said(error)
    assert SECRET not in said(error)
    assert holding(root / ".cache") == []


def test_a_folder_takes_in_languages_drafts_and_all_that_lies_below(site_of: SiteOf, build: Build):
    settings = SETTINGS + "languages: {fr: {}}\ncollections: {clients: {kind: blog}}\n"
    names = ("a.md", "deep/er/b.md", "c.fr.md", "_drafts/e.md", "deep/index.md", "note.txt", "deep/er/p.bin")
    pages = {f"content/clients/{name}": f"{SECRET} {name}.\n" for name in names}
    root = site_of({**HOME, "site.yaml": settings, **pages, "content/fr/clients/d.md": f"{SECRET} d.md.\n"})
    build(root, overrides={"drafts": True})
    assert told(root) == []
    read = "".join(page["html"] for page in contents(root / "build").values())
    assert [name for name in ("a.md", "b.md", "c.fr.md", "d.md", "e.md", "index.md") if f"{name}." not in read] == []
    assert len(tree(root / "build" / "_sealed")) == 2


def test_a_collection_can_be_protected_wherever_its_folder_is(site_of: SiteOf, build: Build):
    settings = OPEN + "protected: {clients: {}}\ncollections: {offers: {folder: deep/offers, kind: docs, protect: clients}}\n"
    root = site_of({**HOME, "site.yaml": settings, "content/deep/offers/x.md": SECRET, "content/deep/y.md": "Open.\n"})
    build(root)
    assert told(root) == []
    assert (root / "build/deep/y/index.html").exists()


def test_what_lies_beside_an_index_is_for_its_readers(site_of: SiteOf, build: Build):
    front = "---\nprotect: clients\n---\n"
    root = site_of(
        {
            **HOME,
            "content/blog/trip/index.md": f"{front}\n![A](map.png)\n",
            "content/blog/trip/map.png": f"{SECRET} map",
            "content/blog/trip/more/unused.csv": f"{SECRET} unused",
            "content/blog/trip/open/index.md": "# Open\n",
            "content/blog/trip/open/shown.txt": "Shown.\n",
        }
    )
    build(root)
    assert told(root) == []
    assert len(tree(root / "build" / "_sealed")) == 2
    assert [name for name in tree(root / "build") if name.endswith("shown.txt")] != []


def test_a_folder_that_is_not_there_is_told_of(site_of: SiteOf, build: Build):
    root = site_of({**HOME, "site.yaml": SETTINGS.replace("[clients]", "[client]"), "content/clients/x.md": SECRET})
    (problem,) = failure(build, root).problems
    assert (problem.path, problem.line, problem.hint) == ("site.yaml", 3, "did you mean `clients`?")
    (root / "site.yaml").write_text(SETTINGS)
    build(root)
    assert told(root) == []


@pytest.mark.parametrize("key", ["draft: true", "date: 2030-01-01", "expires: 2020-01-01", "published: false"])
def test_a_page_that_is_not_published_is_nowhere(site_of: SiteOf, build: Build, key: str):
    root = site_of({**FOLDER, "content/clients/x.md": f"---\ntitle: {SECRET}\n{key}\n---\n\n{SECRET}\n"})
    build(root)
    assert told(root) == []
    assert contents(root / "build") == {}
    assert not (root / "build" / "clients").exists()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="takes symbolic links")
def test_a_symbolic_link_opens_no_page_and_no_file(site_of: SiteOf, build: Build):
    root = site_of({**FOLDER, "content/clients/x.md": f"# {SECRET}\n", "content/clients/deep/y.md": f"# {SECRET}\n"})
    (root / "content/open.md").symlink_to("clients/x.md")
    (root / "content/all").symlink_to("clients/deep")
    (root / "content/plan.txt").symlink_to("clients/x.md")
    (root / "content/clients/again.md").symlink_to("x.md")
    (root / "static").mkdir()
    (root / "static/x.txt").symlink_to("../content/clients/x.md")
    (root / "static/deep").symlink_to("../content/clients/deep")
    assert [each.path for each in failure(build, root).problems] == [
        "content/all/y.md",
        "content/open.md",
        "content/plan.txt",
        "static/deep/y.md",
        "static/x.txt",
    ]
    assert told(root) == []
    for name in ("content/all", "content/open.md", "content/plan.txt", "static/deep", "static/x.txt"):
        (root / name).unlink()
    build(root)
    assert (told(root), len(contents(root / "build"))) == ([], 4)


def test_a_folder_that_becomes_protected_takes_all_that_was_known_of_it_along(
    site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch
):
    """Its files are as old as they were: nothing about them says that site.yaml is another."""
    monkeypatch.setattr(files, "_SETTLING", 0)
    root = site_of({**HOME, "site.yaml": OPEN, "content/later/a.md": f"# {SECRET}\n"})
    build(root)
    build(root)
    assert told(root) != []
    (root / "site.yaml").write_text(SETTINGS.replace("[clients]", "[later]"))
    build(root)
    assert told(root) == []
    assert [SECRET in page["html"] for page in contents(root / "build").values()] == [True, True]


@pytest.mark.parametrize(
    "group", ["collections: {docs: {protect: clients}}\nprotected: {clients: {}}\n", "protected: {clients: {folders: ['']}}\n"]
)
def test_a_collection_and_all_of_content_likewise(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch, group: str):
    monkeypatch.setattr(files, "_SETTLING", 0)
    root = site_of({"site.yaml": OPEN, "content/docs/a.md": f"# {SECRET}\n"})
    build(root)
    (root / "site.yaml").write_text(OPEN + group)
    build(root)
    assert told(root) == []


def test_a_page_that_is_edited_while_it_is_divided_is_not_published_open(site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch):
    """It was public when it was looked at, and is meant for a group when it is rendered."""
    root = site_of({**HOME, "content/x.md": "---\ntitle: Open\n---\n"})
    page, seen, read_bytes = root / "content/x.md", set[Path](), Path.read_bytes

    def read(path: Path) -> bytes:
        data = read_bytes(path)
        if path == page and not seen:
            seen.add(path)
            page.write_text(f"---\nprotect: clients\n---\n\n# {SECRET}\n")
        return data

    monkeypatch.setattr(Path, "read_bytes", read)
    assert "content/x.md" in said(failure(build, root))
    assert told(root) == []


def test_a_part_of_a_group_is_taken_into_no_other_page(site_of: SiteOf, build: Build):
    lines = ("<!-- @include: @/clients/_part.md -->", "<<< /content/clients/note.txt", "<<< /content/kept.md", '--8<-- "/content/kept.md"')
    for number, line in enumerate(lines):
        root = site_of(
            {
                **FILES,
                "content/clients/_part.md": SECRET,
                "content/clients/note.txt": SECRET,
                "content/kept.md": f"---\nprotect: clients\n---\n\n{SECRET}\n",
                "content/x.md": f"# X\n\n{line}\n",
            }
        )
        error = failure(build, root)
        assert "content/x.md:3" in said(error), number
        assert "is protected" in said(error), number
        assert SECRET not in said(error), number
        assert told(root) == [], number


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        (
            "protected:\n  clients:\n    folders: [client]\n",
            4,
            "the group `clients` has the folder `client`, and nothing is in it",
        ),
        (
            "protected: {clients: {}}\ncollections:\n  offers:\n    folder: client\n    protect: clients\n",
            6,
            "the protected collection `offers` has the folder `client`, and nothing is in it",
        ),
    ],
)
def test_a_protected_folder_that_is_not_there_is_an_error_with_the_name_that_was_meant(
    site_of: SiteOf, build: Build, settings: str, line: int, message: str
):
    root = site_of({**FILES, "site.yaml": f"url: https://small.example/\n{settings}"})
    with pytest.raises(ProblemsFound) as found:
        build(root)
    problems = {(problem.path, problem.line, problem.message, problem.hint) for problem in found.value.problems}
    assert ("site.yaml", line, message, "did you mean `clients`?") in problems
    assert not (root / "build").exists()


def test_a_page_that_shows_how_to_protect_one_is_no_protected_page(site_of: SiteOf, build: Build):
    shown = "protect: clients\n"
    pages = [f"```yaml\n{shown}```\n", f"# How\n\n{shown}", f"---\n\n```yaml\n{shown}```\n", f"---\ntitle: A\n---\n\n{shown}"]
    build(site_of({"content/index.md": "# Home\n", **{f"content/{number}.md": page for number, page in enumerate(pages)}}))


@pytest.mark.parametrize("key", ["content/trip/index.md", "content/trip/index.de.md"])
def test_what_lies_beside_an_index_is_taken_into_no_other_page(site_of: SiteOf, build: Build, key: str):
    site = {
        **HOME,
        "content/trip/index.md": "# Trip\n",
        "content/trip/deep/note.txt": SECRET,
        "content/x.md": '--8<-- "trip/deep/note.txt"\n',
    }
    site["site.yaml"] += "languages: {de: {}}\n"
    root = site_of({**site, key: "---\nprotect: clients\n---\n# Trip\n"})
    assert "is protected" in said(failure(build, root))
    assert told(root) == []
    root = site_of({**site, key: "# Trip\n"})
    build(root)


def test_a_path_is_taken_as_the_disk_spells_it(site_of: SiteOf):
    root = site_of({"content/Caf\u00e9/x.md": ""})
    for way in ("content/cafe\u0301/X.md", "Content/CAF\u00c9/x.md", "content/Caf\u00e9/x.md"):
        assert as_on_disk(root, way) == "content/Caf\u00e9/x.md"
    assert as_on_disk(root, "content/other/x.md") == "content/other/x.md"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="takes symbolic links")
@pytest.mark.parametrize("page", ["content/clients/x.md", "content/kept.md"])
def test_a_link_outside_of_content_takes_nothing_of_a_group_into_a_page(site_of: SiteOf, build: Build, page: str):
    root = site_of(
        {**FOLDER, page: f"---\nprotect: clients\n---\n{SECRET}\n", "content/clients/y.md": "", "content/x.md": '--8<-- "snippets/x.txt"\n'}
    )
    (root / "snippets").mkdir()
    (root / "snippets/x.txt").symlink_to(root / page)
    assert "is protected" in said(failure(build, root))
    assert told(root) == []


@pytest.mark.parametrize("other", ["content/trip.de.md", "content/de/trip.md"])
def test_a_translation_of_a_protected_page_is_not_published_open(site_of: SiteOf, build: Build, other: str):
    site = {**HOME, "content/trip.md": "---\nprotect: clients\n---\n# Trip\n", other: f"# {SECRET}\n"}
    site["site.yaml"] += "languages: {de: {}}\n"
    root = site_of(site)
    assert f"{other}:0: secret: is for everybody, and a translation of it belongs to the group `clients`" in said(failure(build, root))
    assert told(root) == []

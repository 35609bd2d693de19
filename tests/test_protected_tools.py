"""What the other commands make of protected pages: serve, check, list, fmt and schema."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from werkzeug.test import Client

from sitegen import cli
from sitegen.fmt import rewritten
from sitegen.serve import Server
from tests.conftest import SiteOf, tree
from tests.protecting import FILES, PASSWORD, SECRET, SETTINGS, VARIABLE, content_of, document_of, told

Said = pytest.CaptureFixture[str]


@pytest.fixture
def root(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768478400")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return site_of({**FILES, "site.yaml": f"{SETTINGS}search: false\n"})


@pytest.fixture
def client(root: Path, now: datetime) -> Client:
    overrides = {"base_url": "http://127.0.0.1:8000/", "drafts": True, "future": True, "now": now, "allow_locked": True}
    return Client(Server(root, overrides))


def get(client: Client, path: str) -> str:
    return client.get(path, headers={"Host": "127.0.0.1:8000"}, buffered=True).text


def opened(client: Client, folder: Path, path: str) -> dict[str, object]:
    """What a reader of the served page sees: it is sealed for the site as it is published."""
    page = folder / "page.html"
    page.write_text(get(client, path))
    return content_of(page)


def test_a_protected_page_is_served_sealed_and_read_again_when_it_changes(root: Path, client: Client, tmp_path: Path):
    assert SECRET not in get(client, "/clients/terms/")
    assert SECRET in str(opened(client, tmp_path, "/clients/terms/")["html"])
    (root / "content/clients/terms.md").write_text("---\nslug: terms\n---\n\nAnother text.\n")
    (root / "content/clients/offer.md").write_text("# Offer\n")
    assert "Another text." in str(opened(client, tmp_path, "/clients/terms/")["html"])


def test_sealed_files_are_served_and_the_contents_page_too(client: Client, tmp_path: Path):
    contents = opened(client, tmp_path, "/clients/")
    assert f"Offer {SECRET}" in str(contents["html"])
    assert [get(client, path) for path in ("/_sealed/nothing.bin",)] != [""]
    assert client.get("/_sealed/00.bin", headers={"Host": "127.0.0.1:8000"}).status_code == 404


def test_without_the_password_pages_are_served_locked(root: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv(VARIABLE)
    client = Client(Server(root, {"base_url": "http://127.0.0.1:8000/", "now": now, "allow_locked": True}))
    page = tmp_path / "page.html"
    page.write_text(get(client, "/clients/terms/"))
    assert document_of(page) is None
    assert "without the password" in page.read_text()
    assert SECRET not in page.read_text()


def test_a_page_that_becomes_protected_while_it_is_served_is_open_no_more(root: Path, client: Client):
    assert "Hello." in get(client, "/blog/first/")
    page = root / "content/blog/first.md"
    page.write_text(page.read_text().replace("---\n", "---\nprotect: clients\n", 1))
    assert client.get("/blog/first/", headers={"Host": "127.0.0.1:8000"}).status_code == 404


def test_a_password_that_is_wrong_shows_in_the_browser_and_not_what_it_is(root: Path, now: datetime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, "hunter2")
    page = get(Client(Server(root, {"base_url": "http://127.0.0.1:8000/", "now": now, "allow_locked": True})), "/")
    assert VARIABLE in page
    assert "too short" in page
    assert "hunter2" not in page


def test_check_finds_what_a_build_would_and_publishes_nothing(root: Path, capsys: Said):
    assert cli.run(["check", "--root", str(root), "--jobs", "1"]) == 0
    assert "clients" not in "".join(capsys.readouterr())
    (root / "content/clients/x.md").write_text(f"# X\n\n[{SECRET}](gone.md)\n")
    assert cli.run(["check", "--root", str(root), "--jobs", "1"]) == 1
    said = "".join(capsys.readouterr())
    assert "content/clients/x.md:3:" in said
    assert SECRET not in said
    assert not (root / "build").exists()
    assert told(root) == []


def test_check_without_passwords_is_an_error_unless_they_may_be_missing(root: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE)
    assert cli.run(["check", "--root", str(root), "--jobs", "1"]) == 1
    assert VARIABLE in capsys.readouterr().err
    assert cli.run(["check", "--root", str(root), "--jobs", "1", "--allow-locked"]) == 0


def test_checks_of_one_page_and_in_every_form_say_no_word(root: Path, capsys: Said):
    (root / "content/clients/x.md").write_text(f"# X\n\n## Two\n\n#### Four\n\n[{SECRET}](gone.md) Ã¼ {SECRET}\n")
    for form in ("text", "json", "github"):
        assert cli.run(["check", "--root", str(root), "--jobs", "1", "--format", form, str(root / "content/clients")]) == 1
        said = "".join(capsys.readouterr())
        assert "content/clients/x.md" in said
        assert SECRET not in said


def test_pages_are_listed_without_those_of_groups(root: Path, capsys: Said):
    assert cli.run(["list", "--root", str(root), "--format", "json"]) == 0
    assert {page["source"] for page in json.loads(capsys.readouterr().out)} == {"content/index.md", "content/blog/first.md"}
    assert told(root) == []


def test_front_matter_of_every_dialect_keeps_its_group(root: Path):
    for text in ('+++\nprotect = "clients"\ntitle = "A"\n+++\n\nA.\n', '{"protect": "clients", "public_title": "B"}\n\nA.\n'):
        after = rewritten(text.encode(), path="a.md").decode()
        assert "protect: clients\n" in after
        assert ("public_title: B\n" in after) == ("public_title" in text)


def test_fmt_rewrites_protected_pages_in_their_place_alone(root: Path, capsys: Said):
    page = root / "content/clients/terms.md"
    page.write_text(f"+++\ntitle = '{SECRET}'\n+++\n\nText.\n")
    assert cli.run(["fmt", "--root", str(root)]) == 0
    assert page.read_text().startswith(f"---\ntitle: {SECRET}\n")
    assert told(root) == []


def test_schemas_know_the_keys(root: Path, capsys: Said):
    schemas = {}
    for name in ("settings", "front-matter"):
        assert cli.run(["schema", name]) == 0
        schemas[name] = json.loads(capsys.readouterr().out)
    assert {"protected", "site_id"} <= schemas["settings"]["properties"].keys()
    assert {"protect", "public_title"} <= schemas["front-matter"]["properties"].keys()
    assert "password" not in schemas["front-matter"]["properties"]


def test_a_profile_names_no_protected_page(root: Path, capsys: Said):
    assert cli.run(["build", "--root", str(root), "--jobs", "1", "--profile=json"]) == 0
    assert cli.run(["build", "--root", str(root), "--jobs", "1", "--clean", "--profile"]) == 0
    said = "".join(capsys.readouterr()) + (root / ".cache/profile.json").read_text()
    assert [word for word in (SECRET, "clients/offer", "clients/terms.md", "plan.png") if word in said] == []


@pytest.mark.parametrize("option", ["--base-url=https://preview.example/x/", "--drafts", "--future", "--verify", "--clean", "--strict"])
def test_every_option_of_a_build_keeps_pages_sealed(root: Path, option: str):
    (root / "content/clients/draft.md").write_text(f"---\ndraft: true\n---\n\n{SECRET} draft.\n")
    for _ in range(2):
        assert cli.run(["build", "--root", str(root), "--jobs", "1", "--quiet", option]) == 0
    assert told(root) == []
    sealed = [page for page in (root / "build/clients").rglob("index.html") if document_of(page)]
    assert len(sealed) == 3 + (option == "--drafts")


def test_the_environment_is_left_as_it_was(root: Path):
    before = dict(os.environ)
    assert cli.run(["build", "--root", str(root), "--jobs", "2", "--quiet"]) == 0
    assert dict(os.environ) == before
    assert [name for name, data in {**tree(root / "build"), **tree(root / ".cache")}.items() if PASSWORD.encode() in data] == []

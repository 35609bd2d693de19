"""The schemas hold what the code takes, and refuse what it calls a mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from sitegen import cli, frontmatter, scaffold, schema, yaml_nodes
from sitegen.config.model import SiteKeys
from sitegen.frontmatter import KEYS, UNUSED
from sitegen.report import RULES

PROJECT = Path(__file__).parents[1]
VALIDATORS = {name: Draft202012Validator(json.loads(schema.schema(name))) for name in schema.NAMES}
CONTENT = sorted((PROJECT / "content").rglob("*.md"))
DIALECTS = sorted((Path(__file__).parent / "dialects").glob("*.md"))


def wrong(name: str, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[name].iter_errors(value)]


def read(text: str) -> Any:
    return yaml_nodes.plain(yaml_nodes.compose(text, path="x.yaml"))


def front_matter_of(path: Path) -> Any:
    return yaml_nodes.plain(frontmatter.split(path.read_text(encoding="utf-8"), path=path.name).meta)


@pytest.mark.parametrize("name", schema.NAMES)
def test_a_schema_is_one_of_2020_12(name: str):
    Draft202012Validator.check_schema(json.loads(schema.schema(name)))


def test_the_settings_of_this_site_and_of_a_new_one_are_right():
    assert wrong("settings", read((PROJECT / "site.yaml").read_text())) == []
    assert wrong("settings", read((scaffold.STARTER / "site.yaml").read_text())) == []


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_the_front_matter_of_this_site_is_right(path: Path):
    assert wrong("front-matter", front_matter_of(path)) == []


@pytest.mark.parametrize("path", DIALECTS, ids=lambda path: path.stem)
def test_front_matter_without_a_mistake_is_right_in_every_dialect(path: Path):
    split = frontmatter.split(path.read_text(encoding="utf-8"), path=path.name)
    _, problems = frontmatter.normalise(split, path=path.name, zone=ZoneInfo("UTC"))
    mistakes = {problem.rule for problem in problems} & {"bad-value", "unknown-key", "secret"}
    found = wrong("front-matter", yaml_nodes.plain(split.meta))
    assert bool(found) == bool(mistakes)


@pytest.mark.parametrize("name", SiteKeys.model_fields)
def test_every_example_of_the_settings_reference_is_right(name: str):
    for example in SiteKeys.model_fields[name].examples or ():
        assert wrong("settings", read(str(example))) == []


@pytest.mark.parametrize(
    "text",
    [
        "titel: A\n",
        "title: [A]\n",
        "title: 1\n",
        "url: example.org\n",
        "url: ftp://example.org/\n",
        "language: English language\n",
        "paginate: 0\n",
        "paginate: many\n",
        "hosting: github\n",
        "authors: [mira]\n",
        "authors:\n  mira:\n    nmae: Mira\n",
        "collections:\n  blog:\n    kind: blogs\n",
        "collections:\n  blog:\n    permalink: :slug\n",
        "menus:\n  main:\n    - titel: A\n",
        "theme:\n  accent: blue\n",
        "rules:\n  broken-lnik: warn\n",
        "rules:\n  broken-link: warning\n",
        "rules:\n  collision: off\n",
        "feeds:\n  terms: [atom, xml]\n",
        "content:\n  html: allow\n",
        "limits:\n  page_kb: -1\n",
        "edit_url: https://example.org/edit/\n",
        "share: [mastadon]\n",
        "comments:\n  giscus:\n    repos: garden/talk\n",
        "analytics:\n  matomo: {}\n",
    ],
)
def test_a_mistake_in_settings_is_told(text: str):
    assert wrong("settings", read(text)) != []


@pytest.mark.parametrize("text", ["", "title:\nmenus:\ntheme:\nauthors:\n  mira:\n", "rules:\n  broken-link: off\n  collision: error\n"])
def test_a_key_without_a_value_is_no_mistake(text: str):
    assert wrong("settings", read(text) or {}) == []


@pytest.mark.parametrize(
    "text",
    [
        "titel: A\n",
        "title: [A]\n",
        "date: tomorrow\n",
        "date: [2024]\n",
        "draft: maybe\n",
        "draft: [true]\n",
        "weight: heavy\n",
        "aliases: {a: b}\n",
        "status: finished\n",
        "lang: the english one\n",
        "tags: {a: b}\n",
        "tags: [{colour: red}]\n",
        "extra: a\n",
        "password: hunter2\n",
        "protect: true\n",
    ],
)
def test_a_mistake_in_front_matter_is_told(text: str):
    assert wrong("front-matter", read(text)) != []


@pytest.mark.parametrize(
    "text",
    ["", "Title: A\nLastMod: 2024-01-01\nsidebar-position: 2\n", "date: Last Modified\n", "draft: NO\n", "title:\n", "extra:\n  x: [1]\n"],
)
def test_what_sitegen_takes_is_no_mistake(text: str):
    assert wrong("front-matter", read(text)) == []


def test_every_key_every_spelling_and_every_rule_is_known():
    made = schema.front_matter()
    spellings = {spelling.partition(".")[0] for key in KEYS.values() for spelling in key.spellings}
    names = spellings | {name for names in UNUSED.values() for name in names}
    assert [name for name in sorted(names) if any("not match" in each for each in wrong("front-matter", {name: None}))] == []
    assert all(each["description"] for each in made["properties"].values())
    assert list(schema.settings()["properties"]["rules"]["properties"]) == list(RULES)


@pytest.mark.parametrize("name", schema.NAMES)
def test_this_site_publishes_the_schema_of_its_version(name: str, update: bool):
    path = PROJECT / "content" / "schema" / schema.FILES[name]
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(schema.schema(name), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == schema.schema(name), "pytest --update writes it anew"


# The command.


@pytest.mark.parametrize("name", schema.NAMES)
def test_the_command_prints_a_schema(name: str, capsys: pytest.CaptureFixture[str]):
    assert cli.run(["schema", name]) == 0
    assert capsys.readouterr().out == schema.schema(name)


def test_a_new_site_has_both_schemas_and_names_one_for_editors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert cli.run(["init", str(tmp_path / "site")]) == 0
    first = (tmp_path / "site/site.yaml").read_text().splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (tmp_path / "site" / named).read_text() == schema.schema("settings")
    monkeypatch.chdir(tmp_path / "site")
    (tmp_path / "site" / named).write_text("{}")
    assert cli.run(["schema", "--write"]) == 0
    assert (tmp_path / "site" / named).read_text() == schema.schema("settings")
    assert (tmp_path / "site/.schema/front-matter.json").read_text() == schema.schema("front-matter")


def test_the_settings_of_this_site_name_their_schema():
    named = (PROJECT / "site.yaml").read_text().splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (PROJECT / named).is_file()

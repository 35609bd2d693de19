"""The documentation is true: reference pages are made from the code, commands exist, and the examples of the docs are built."""

from __future__ import annotations

import inspect
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import jinja2
import pytest
from flask import Flask, template_rendered
from lxml import etree

from benchmarks.guessing import sums
from sitegen import cli, config, formats, markup, urls
from sitegen.app import create_app
from sitegen.config.model import SiteKeys
from sitegen.config.reference import words
from sitegen.config.table import model_in
from sitegen.encryption import ITERATIONS, opened_page
from sitegen.encryption.padding import bucket
from sitegen.encryption.strength import GUESSES
from sitegen.freeze.plan import plan_urls
from sitegen.frontmatter import KEYS, UNUSED, Key
from sitegen.frontmatter.keys import SECRETS
from sitegen.report import RULES, Rule
from sitegen.site import Site
from tests.conftest import SMALL_SITE, SiteOf
from tests.laws.test_floors import FLOORS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "content" / "docs"
REFERENCE = DOCS / "reference"
TEMPLATES = ROOT / "templates"
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").rglob("*.md"))}
WITH_COMMANDS = {**PAGES, **{name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}}

BROKEN = ROOT / "tests" / "sites_broken"
GOLDEN_REPORTS = [path.read_text(encoding="utf-8") for path in (*sorted(BROKEN.glob("*/check.txt")), *sorted(BROKEN.glob("*/error.txt")))]

FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
PASSWORD = "kindling-obsolete-thermal-quarry-lilac-drum"
# A new site's first post is dated by the clock; at this moment, whatever the clock says, no page is still to come.
FAR_AHEAD = "4102444800"
TITLE = re.compile(r'title="([^"]+)"')


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def fences(text: str) -> Iterator[tuple[str, str]]:
    """Info string and body of each fenced block."""
    yield from ((match["info"], match["body"]) for match in FENCE.finditer(text))


def files_in(text: str) -> dict[str, str]:
    """The fenced blocks that carry the path of a file as their title."""
    return {title[1]: body for info, body in fences(text) if (title := TITLE.search(info))}


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the tables below a heading, without the rows at their top."""
    section = text.split(f"\n{heading}\n", 1)[1]
    section = re.split(r"\n## ", section, maxsplit=1)[0]
    lines = [line for line in section.split("\n") if line.startswith("| ") and not line.startswith("|--")]
    cells = [re.split(r"(?<!\\)\s*\|\s*", line.strip("| ")) for line in lines]
    return [row for row, line in zip(cells, lines, strict=True) if f"{line}\n|--" not in section]


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


# Reference pages that are made from the code.

GROUPS = {
    "What it is called": "title seo_title nav_title description summary",
    "When": "date updated expires",
    "Where it lives": "slug path aliases redirect",
    "Who sees it": "draft published status unlisted listed skip render noindex robots searchable unsearchable protect public_title",
    "What it belongs to": "tags keywords categories series series_order pin weight",
    "Who wrote it": "authors author_url author_image author_email author_bio",
    "How it looks": "image image_alt template home type toc hide_toc hide math comments nocomments",
    "The front page": "hero hero_title hero_text hero_image hero_alt hero_actions action_text action_link features",
    "Languages": "lang translation_key",
    "Your own": "extra",
}
KINDS = {
    "text": "text",
    "date": "date",
    "flag": "true or false",
    "group": "name of a group",
    "number": "number",
    "path": "address",
    "paths": "addresses",
    "terms": "list of names",
    "hierarchy": "list of names",
    "series": "name or mapping",
    "authors": "list of ids, names or mappings",
    "image": "path or address",
    "word": "word",
    "hero": "mapping",
    "features": "list of mappings",
    "mapping": "mapping",
}


def page_of(title: str, weight: int, description: str, *parts: str) -> str:
    front = f"---\ntitle: {title}\ndescription: {description}\nweight: {weight}\n---"
    return "\n\n".join([front, *parts]).rstrip("\n") + "\n"


def table(head: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> str:
    lines: list[tuple[str, ...]] = [head, tuple("---" for _ in head), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def settings_page() -> str:
    intro = (
        "The settings of a site are in `site.yaml`, beside `content/`. Each key has a default, so the file may be short, or missing.\n"
        "Mistakes are all shown at once, each with its line; a key that does not exist is one."
    )
    return page_of("Settings", 2, "Every key of site.yaml, with its type, its default and what it does.", intro, config.reference())


def front_matter_page() -> str:
    intro = (
        "What a page can say about itself, at the top of its file. Every key is optional. Capital letters do not count, and `-` is as\n"
        "good as `_`. `seo.title` means the key `title` in a mapping `seo`. Write one spelling of a key in a file, not several.\n"
        "[Writing](../writing/index.md#front-matter) has the introduction."
    )
    sections = [f"## {heading}\n\n" + "\n\n".join(_entry(KEYS[name]) for name in names.split()) for heading, names in GROUPS.items()]
    return page_of(
        "Front matter", 1, "Every key a page can have, with the spellings of other generators.", intro, *sections, _left_alone(), _refused()
    )


def _entry(key: Key) -> str:
    first, *others = key.spellings if key.name not in key.spellings else (key.name, *(s for s in key.spellings if s != key.name))
    about = f"{key.about[0].upper()}{key.about[1:]}. *({KINDS[key.kind]})*"
    also = f"\n\n    Also {', '.join(f'`{other}`' for other in others)}." if others else ""
    return f"`{first}`\n:   {about}{also}"


def _left_alone() -> str:
    intro = "Other generators document these keys. sitegen knows them, does nothing with them, and does not warn of them."
    body = [(tool, ", ".join(f"`{name}`" for name in names)) for tool, names in UNUSED.items()]
    return f"## Passed over\n\n{intro}\n\n{table(('From', 'Keys'), body)}"


def _refused() -> str:
    names = ", ".join(f"`{name}`" for name in sorted(SECRETS))
    return (
        f"## Refused\n\n{names}: a password in a page would be in git, so one with such a key stops the build. Write `protect` instead:\n"
        "[Protected pages](../protected.md) says how."
    )


def rules_page() -> str:
    intro = (
        "Everything sitegen reports has a rule, whose name stands in brackets: `error[broken-link]`. An error stops the build, and\n"
        "nothing is published. A warning is shown at its end."
    )
    changeable = [rule for rule in RULES.values() if not rule.fixed]
    fixed = [rule for rule in RULES.values() if rule.fixed]
    return page_of(
        "Rules",
        3,
        "Every kind of problem a build can report, and how to weigh it.",
        intro,
        "## Rules you can change\n\n`rules:` in `site.yaml` makes each of them an `error`, a `warn`ing, or nothing (`off`):",
        "```yaml\nrules:\n  broken-link: warn\n  mojibake: off\n```",
        _rules(changeable, default=True),
        "## Rules that stay\n\nThese are always errors, since without them the site would be unsafe or ambiguous.",
        _rules(fixed, default=False),
        "## Each rule\n\nWith an example of what is said: the mistake, the message, and the cure.",
        *(_rule(rule) for rule in RULES.values()),
    )


def _rule(rule: Rule) -> str:
    weight = "Always an error." if rule.fixed else f"By default `{rule.severity}`."
    by = "" if rule.found_by == "build" else f" Only `sitegen {rule.found_by}` looks for it."
    parts = [f"### `{rule.id}`", f"{rule.about[0].upper()}{rule.about[1:]}. {weight}{by}"]
    example = _example(rule.id)
    if example:
        parts.append(f"````text\n{example}\n````")
    if rule.cure:
        parts.append(f"{rule.cure[0].upper()}{rule.cure[1:]}.")
    return "\n\n".join(parts)


def _example(rule: str) -> str:
    """What is said of a mistake of that kind in one of the sites that must fail. Garbled text would be a mistake here, too."""
    for text in GOLDEN_REPORTS:
        found = re.search(rf"^\S*(?:: )?(?:error|warning)\[{rule}\]: .*\n(?:  .*\n)*", text, re.MULTILINE)
        if found:
            lines = found[0].rstrip("\n").split("\n")
            return "\n".join(line for line in lines if rule != "mojibake" or not re.match(r" +\d* ?\| ", line))
    return ""


def _rules(rules: list[Rule], *, default: bool) -> str:
    about = {rule.id: rule.about[0].upper() + rule.about[1:] for rule in rules}
    if default:
        return table(("Rule", "Default", "What it means"), [(f"`{rule.id}`", f"`{rule.severity}`", about[rule.id]) for rule in rules])
    return table(("Rule", "What it means"), [(f"`{rule.id}`", about[rule.id]) for rule in rules])


GENERATED = {"settings.md": settings_page, "front-matter.md": front_matter_page, "rules.md": rules_page}


@pytest.mark.parametrize("name", GENERATED)
def test_a_reference_page_is_what_the_code_says(name: str, update: bool) -> None:
    if update:
        (REFERENCE / name).write_text(GENERATED[name](), encoding="utf-8")
    assert (REFERENCE / name).read_text(encoding="utf-8") == GENERATED[name](), "pytest --update writes it anew"


def test_every_front_matter_key_stands_in_one_group() -> None:
    grouped = " ".join(GROUPS.values()).split()
    assert sorted(grouped) == sorted(KEYS)


def test_every_spelling_of_a_front_matter_key_has_its_entry() -> None:
    text = read("reference/front-matter.md")
    spellings = {spelling for key in KEYS.values() for spelling in key.spellings} | SECRETS
    assert [spelling for spelling in sorted(spellings) if f"`{spelling}`" not in text] == []


def test_every_rule_has_its_entry() -> None:
    text = read("reference/rules.md")
    assert [rule for rule in RULES if f"| `{rule}` |" not in text] == []


def test_every_rule_has_a_section_with_an_example_or_a_cure() -> None:
    text = read("reference/rules.md")
    assert [rule for rule in RULES if f"\n### `{rule}`\n" not in text] == []
    assert [rule.id for rule in RULES.values() if not rule.cure and not _example(rule.id)] == []


def test_the_address_that_reports_name_is_that_of_the_rules() -> None:
    assert config.load(ROOT).url + "docs/reference/rules/" == formats.MANUAL
    assert RULES.keys() <= set(markup.render(read("reference/rules.md"), markup.Options()).ids)


def test_every_setting_has_its_entry() -> None:
    text = read("reference/settings.md")
    assert [name for name in _settings() if not re.search(rf"^\| (\[`{name}`\]|`{name}` )", text, re.MULTILINE)] == []


def _settings() -> Iterator[str]:
    for name, field in SiteKeys.model_fields.items():
        yield name
        table_of = model_in(field.annotation)
        assert words(field.annotation) or table_of
        yield from table_of.model_fields if table_of else ()


# Commands.


def test_every_option_has_its_entry_and_every_entry_its_option() -> None:
    text = read("reference/command-line.md")
    written = {name: set(re.findall(r"--[a-z-]+", _option_cells(text, name))) for name in cli.commands.commands}
    assert written == {name: set(_options(command)) for name, command in cli.commands.commands.items()}


def _option_cells(text: str, name: str) -> str:
    return " ".join(row[0] for row in rows(text, f"## `sitegen {name}`"))


def _options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield from (*parameter.opts, *parameter.secondary_opts)
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _options(each)


def test_every_exit_code_has_its_entry() -> None:
    codes = {cli.OK, cli.PROBLEMS, cli.USAGE, cli.OUR_BUG, cli.LOCKED, cli.INTERRUPTED, cli.TERMINATED}
    written = {int(code) for row in rows(read("reference/command-line.md"), "## Exit codes") for code in row[0].split(", ")}
    assert written == codes


def shell_lines(text: str) -> Iterator[list[str]]:
    """The words of each command in a block of shell, without the environment's folder and what follows a pipe."""
    for info, body in fences(text):
        language = info.split(" ")[0]
        lines = body.replace("\\\n", " ").split("\n")
        if language == "console":
            lines = [line[2:] for line in lines if line.startswith("$ ")]
        elif language not in {"sh", "bash", "shell"}:
            continue
        for line in lines:
            yield from _commands(line)


def _commands(line: str) -> Iterator[list[str]]:
    for part in re.split(r"&&|\|\||[;|<>]", line.partition(" # ")[0]):
        tokens = [token for token in shlex.split(part) if not re.fullmatch(r"[A-Z_]+=.*", token)]
        while tokens and tokens[0] in {"then", "else", "if"}:
            tokens.pop(0)
        if tokens:
            yield [tokens[0].rpartition("/")[2], *tokens[1:]]


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_every_command_in_a_page_exists(name: str) -> None:
    for tokens in shell_lines(WITH_COMMANDS[name]):
        if tokens[0] == "make":
            assert set(filter(str.islower, tokens[1:])) <= _targets(), tokens
        elif tokens[0] == "sitegen":
            _parse(tokens[1:])
        elif tokens[:2] == ["python", "build.py"]:
            _parse(tokens[2:])


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _parse(arguments: list[str]) -> None:
    """Raises `click.UsageError` where the command line would."""
    if arguments in (["--version"], ["--help"]):
        return
    if not arguments or arguments[0].startswith("-"):
        arguments = ["build", *arguments]
    name, *rest = arguments
    command = cli.commands.commands[name]
    if isinstance(command, click.Group):
        name, *rest = rest
        command = command.commands[name]
    command.make_context(name, rest)


def test_a_command_that_does_not_exist_is_seen() -> None:
    with pytest.raises(click.UsageError):
        _parse(["build", "--fast"])


def test_every_version_in_the_changelog_has_its_release() -> None:
    versions = re.findall(r"^## \[(\d[^]]*)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    released = {Path(name).stem: re.search(r"^date: (\S+)$", text, re.MULTILINE) for name, text in PAGES.items() if "/releases/" in name}
    assert dict(versions) == {version: date[1] for version, date in released.items() if date}


def test_the_floors_are_those_of_the_house() -> None:
    written = {int(row[0]): sorted(names_in(row[1])) for row in rows(read("architecture.md"), "## The floors")}
    assert written == {floor: sorted(names) for floor, names in FLOORS.items() if names != ["__main__"]}


# Templates.


def test_every_block_has_its_entry_and_every_entry_its_block() -> None:
    found = {block for path in TEMPLATES.rglob("*.html") for block in re.findall(r"{% block (\w+)", path.read_text(encoding="utf-8"))}
    written = {name for row in rows(read("templates.md"), "## Blocks") for name in names_in(row[0])}
    assert written == found


def test_the_picture_of_the_blocks_shows_each_of_them_once() -> None:
    svg = etree.fromstring((DOCS / "blocks.svg").read_bytes())
    shown = svg.xpath("//*[local-name()='text'][not(@class)]/text()")
    in_order = re.findall(r"{% block (\w+)", (TEMPLATES / "base.html").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(in_order)
    said = svg.xpath("string(//*[local-name()='desc'])")
    assert [name for name in in_order if not re.search(rf"\b{name}\b", said)] == []
    assert "prefers-color-scheme: dark" in svg.xpath("string(//*[local-name()='style'])")


def test_a_template_has_less_than_a_dozen_blocks() -> None:
    counts = {path.name: len(re.findall(r"{% block \w+", path.read_text(encoding="utf-8"))) for path in TEMPLATES.rglob("*.html")}
    assert [name for name, count in counts.items() if count >= 12] == []


def test_a_template_works_nothing_out() -> None:
    """What is chosen, joined or counted up is a question's answer, or stands in the head that a view makes."""
    filters = r"\b(?:select|reject)(?:attr)?\b|\bgroupby\b|\bmap\b"
    worked = re.compile(rf"{filters}|\bnamespace\(|{{%\s*do\b|settings\.origin\s*}}}}\s*{{{{|loop\.(?:previtem|nextitem)")
    found = {path.name: worked.findall(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.rglob("*.html"))}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_every_template_has_its_entry_and_every_entry_its_template() -> None:
    text = read("templates.md")
    assert set(_variables(text)) == {path.name for path in TEMPLATES.glob("*.html")} - {"base.html"}
    assert [path.name for path in (TEMPLATES / "partials").iterdir() if f"`{path.name}`" not in text] == []


def _variables(text: str) -> dict[str, set[str]]:
    return {
        names_in(row[0])[0]: set(names_in(row[2])) for row in rows(text, "## Templates and their variables") if row[0].endswith(".html`")
    }


EVERY_KIND = {
    **SMALL_SITE,
    "content/guides/one.md": "---\ntitle: One\naliases: [/old/]\n---\n\nText.\n",
    "site.yaml": "title: Small\nurl: https://small.example/\ncollections: {guides: {kind: docs}}\n"
    "protected: {clients: {folders: [clients]}}\n",
    "content/clients/offer.md": "---\ntitle: Offer\n---\n\nText.\n",
    "content/docs/index.md": "---\ntitle: Docs\n---\n\nStart [here](guide/start.md).\n",
    "content/releases/index.md": "---\ntitle: Releases\n---\n\nAll.\n",
}


def test_every_variable_of_a_template_has_its_entry_and_every_entry_its_variable(
    site_of: SiteOf, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEGEN_PASSWORDS_CLIENTS", PASSWORD)
    app = create_app(site_of(EVERY_KIND), now=now)
    everywhere = _everywhere(app)
    given = {name: set(context) - everywhere for name, context in _rendered(app).items() if name != "redirect.html"}
    written = _variables(read("templates.md"))
    assert given == {name: written[name] for name in given}
    assert set(written) - set(given) == {"redirect.html"}


def _everywhere(app: Flask) -> set[str]:
    """What each template gets: the functions and values of Flask, and those the docs list for all templates."""
    listed = {name for row in rows(read("templates.md"), "## Templates and their variables") for name in names_in(row[0])}
    return {"g", "request", "session", "config", *listed}


def _rendered(app: Flask) -> dict[str, set[str]]:
    """Template -> the variables it is ever given."""
    found: dict[str, set[str]] = {}

    def note(_app: Flask, template: jinja2.Template, context: Mapping[str, Any], **_: object) -> None:
        found.setdefault(str(template.name), set()).update(context)

    with template_rendered.connected_to(note, app):
        client = app.test_client()
        for path in plan_urls(app).paths.values():
            client.get(urls.href(path))
    return found


def test_every_question_in_the_docs_can_be_asked() -> None:
    for row in rows(read("templates.md"), "## Questions"):
        name, _, arguments = names_in(row[0])[0].removeprefix("site.").partition("(")
        if arguments:
            wanted = list(inspect.signature(getattr(Site, name)).parameters)[1:]
            assert [part.strip() for part in arguments.rstrip(")").split(",") if part.strip()] == wanted, name


def test_every_filter_has_its_entry(site_of: SiteOf, now: datetime) -> None:
    app = create_app(site_of(SMALL_SITE), now=now)
    own = set(app.jinja_env.filters) - set(Flask("empty").jinja_env.filters)
    assert {name for row in rows(read("templates.md"), "## Filters") for name in names_in(row[0])} == own


def test_every_attribute_of_a_page_in_the_docs_is_there(site_of: SiteOf, now: datetime) -> None:
    app = create_app(site_of(SMALL_SITE), now=now)
    page = app.extensions["sitegen"].all[0]
    names = [name.removeprefix("page.") for row in rows(read("templates.md"), "## A page") for name in names_in(row[0])]
    missing = [name for name in names if not hasattr(page, name)]
    assert (len(names) > 20, missing) == (True, [])


# Protected pages.


def test_the_padded_lengths_in_the_specification_are_those_of_the_code() -> None:
    text = read("reference/encryption-format.md")
    written = re.findall(r"^\| `(?:n|padded\(n\))` \|(.*)$", text, re.MULTILINE)
    lengths, padded = ([int(number) for number in re.findall(r"\d+", line)] for line in written)
    assert (len(lengths) > 4, [bucket(length) for length in lengths]) == (True, padded)
    assert "From 256 bytes on, less than one part in 32 is added." in text
    assert all((bucket(length) - length) * 32 < length for length in range(256, 1 << 17))


def test_the_sums_on_guessing_are_those_of_the_command(update: bool) -> None:
    """A part between two marks that a command writes: what it prints is the same on every machine."""
    path = ROOT / "content" / "encryption.md"
    begins, ends = "<!-- figures: python -m benchmarks.guessing -->\n", "\n<!-- end of figures -->"
    if update:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(f"(?s)(?<={re.escape(begins)}).*?(?={re.escape(ends)})", lambda _: sums(), text, count=1), encoding="utf-8")
    head, rest = path.read_text(encoding="utf-8").split(begins)
    assert rest.split(ends, 1)[0] == sums(), "pytest --update writes it anew"
    assert f"{GUESSES:,.0f}" in head


@pytest.mark.parametrize("name", ["encryption.md", "docs/reference/encryption-format.md"])
def test_what_is_said_of_rounds_is_what_the_code_does(name: str) -> None:
    assert {f"{ITERATIONS}", f"{ITERATIONS:,}"} & set(re.findall(r"\d[\d,]*\d", PAGES[f"content/{name}"]))


def test_the_picture_of_a_locked_page_is_described_and_has_two_looks() -> None:
    svg = etree.fromstring((ROOT / "content" / "encryption.svg").read_bytes())
    shown = svg.xpath("//*[local-name()='text']/text()")
    said = svg.xpath("string(//*[local-name()='desc'])")
    assert [part for part in ("salt", "slot", "fingerprint", "ciphertext", "group key") if part not in shown or part not in said] == []
    assert f"{ITERATIONS:,} rounds" in svg.xpath("string()")
    assert "prefers-color-scheme: dark" in svg.xpath("string(//*[local-name()='style'])")


# Examples.


def run_build(root: Path) -> None:
    """Build in a process of its own, as a reader would, so that what an example imports stays there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1800000000"}
    command = [sys.executable, "-P", "-m", "sitegen", "build", "--root", str(root), "--jobs", "1"]
    built = subprocess.run(command, cwd=root.parent, env=environment, capture_output=True, text=True)
    assert (built.returncode, built.stderr) == (0, "")


def test_the_override_example_builds(site_of: SiteOf) -> None:
    example = files_in(read("templates.md"))
    assert set(example) == {"templates/page.html", "templates/post.html", "templates/base.html", "static/garden.css"}
    assert len(example["templates/page.html"].splitlines()) == 3
    root = site_of({**SMALL_SITE, **example})
    run_build(root)
    post = (root / "build/blog/first/index.html").read_text(encoding="utf-8")
    assert re.search(r'<link rel="stylesheet" href="/static/garden\.\w+\.css">', post)
    assert post.index("View as Markdown") < post.index('<p class="letters">') < post.index("</main>")
    about = (root / "build/about/index.html").read_text(encoding="utf-8")
    assert '<p class="letters">' not in about
    assert about.index("View as Markdown") < about.index("<p>Written in the garden, with cold fingers.</p>") < about.index("</main>")


def test_the_extension_example_builds(site_of: SiteOf) -> None:
    example = files_in(read("extending.md"))
    root = site_of(example)
    run_build(root)
    written = {path.relative_to(root / "build").as_posix() for path in (root / "build").glob("books*/**/*")} | {"books.json"}
    assert {"books/index.html", "books/seeds/index.html", "books/soil/index.html", "books.json"} <= written
    home = (root / "build/index.html").read_text(encoding="utf-8")
    assert "<kbd>Ctrl</kbd>" in home
    assert "★★★★★" in (root / "build/books/soil/index.html").read_text(encoding="utf-8")


def test_the_data_example_builds(site_of: SiteOf) -> None:
    example = {name: text for name, text in files_in(read("writing/languages.md")).items() if name != "site.yaml"}
    root = site_of({**SMALL_SITE, **example, "content/tools.md": "---\ntitle: Tools\nlayout: tools\n---\n\nOurs.\n"})
    run_build(root)
    assert "<li>Spade, 35 €</li>" in (root / "build/tools/index.html").read_text(encoding="utf-8")


def test_the_protected_example_builds_and_opens(site_of: SiteOf, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = list(fences(read("protected.md")))
    settings = next(body for info, body in blocks if 'title="site.yaml"' in info)
    page = files_in(read("protected.md"))["content/clients/offer.md"]
    (variable,) = {name for _, body in blocks for name in re.findall(r"^\$ export (\w+)='Ada: ", body, re.MULTILINE)}
    monkeypatch.setenv(variable, f"Ada: {PASSWORD}")
    root = site_of({"site.yaml": settings, "content/clients/offer.md": page})
    run_build(root)
    (offer,) = (root / "build/clients").glob("*/index.html")
    assert "Twelve apple trees" in opened(offer, root)["html"]
    assert "Our offer" in opened(root / "build/clients/index.html", root)["html"]
    assert "offer" not in "".join(path.read_text("utf-8") for path in sorted((root / "build").rglob("*.html"))).lower()


def opened(path: Path, root: Path) -> dict[str, Any]:
    """The content of a protected page of the finished site."""
    (document,) = re.findall(r'<script type="application/json" id="site:sealed">(.*?)</script>', path.read_text("utf-8"))
    address = urls.href("/" + path.parent.relative_to(root / "build").as_posix() + "/")
    found: dict[str, Any] = json.loads(opened_page(json.loads(document), PASSWORD, address))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_site_yaml_in_the_docs_is_right(name: str, site_of: SiteOf) -> None:
    for info, body in fences(PAGES[name]):
        if 'title="site.yaml"' in info:
            root = site_of({"site.yaml": body, "content/about.md": "About\n"})
            assert config.load(root).title


@pytest.mark.parametrize("name", ["README.md", "content/index.md"])
def test_the_mistake_that_is_shown_looks_like_that(name: str, site_of: SiteOf) -> None:
    shown = [body for info, body in fences(WITH_COMMANDS[name]) if info == "text" and "error[" in body]
    root = site_of({**SMALL_SITE, "content/blog/hello.md": "---\ntitle: Rust: a tour\n---\n\nText.\n"})
    command = [sys.executable, "-P", "-m", "sitegen", "build", "--root", str(root)]
    built = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert (built.returncode, built.stderr) == (1, shown[0])


@pytest.mark.parametrize("name", ["docs/first-site.md", "index.md"])
def test_a_session_in_the_docs_goes_as_it_is_shown(name: str, tmp_path: Path) -> None:
    where = tmp_path
    for info, body in fences(PAGES[f"content/{name}"]):
        title = TITLE.search(info)
        if title and title[1].startswith("content/"):
            (where / title[1]).parent.mkdir(exist_ok=True)
            (where / title[1]).write_text(body, encoding="utf-8")
        for command, shown in _session(body) if info == "console" else ():
            if command == "cd mysite":
                where /= "mysite"
            elif command.startswith("sitegen init") or (shown and command.startswith("sitegen")):
                assert _run(command, shown, where) == shown or not shown


def test_the_first_post_of_the_readme_builds(tmp_path: Path) -> None:
    text = WITH_COMMANDS["README.md"]
    post = text.split("hello.md\n", 1)[1].split("^D\n")[0]
    _sitegen("init mysite", tmp_path)
    (tmp_path / "mysite/content/blog/hello.md").write_text(post, encoding="utf-8")
    assert _sitegen("build --root mysite", tmp_path).endswith(" s\n")
    assert (tmp_path / "mysite/build/blog/hello/index.html").is_file()


def _session(body: str) -> Iterator[tuple[str, str]]:
    """Each command with the output below it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, _untimed(shown)


def _untimed(output: str) -> str:
    return re.sub(r"\d+\.\d\d s", "… s", output)


def _run(command: str, shown: str, where: Path) -> str:
    """What a command prints; where the docs show a mistake in a link, with that mistake in the post."""
    post = where / "content/blog/hello.md"
    if "abuot" in shown:
        right = post.read_text(encoding="utf-8")
        post.write_text(right.replace("about.md", "abuot.md"), encoding="utf-8")
    output = _sitegen(command.removeprefix("sitegen "), where)
    if "abuot" in shown:
        post.write_text(right, encoding="utf-8")
    return _untimed(output)


def _sitegen(arguments: str, where: Path) -> str:
    """What `sitegen` prints, run in the folder `where` as a reader would."""
    command = [sys.executable, "-P", "-m", "sitegen", *arguments.split()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": FAR_AHEAD}
    done = subprocess.run(command, cwd=where, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout

"""Comments that silence a rule at one line: the same from a cold cache, a warm one, and a build with nothing to do."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen import ignores, markup
from sitegen.errors import Problem, ProblemsFound
from sitegen.report import as_text
from tests.conftest import SETTINGS, Build, SiteOf

LINK = "[x](missing.md)"
SILENCE = "<!-- sitegen: ignore broken-link -->"


def told_of(build: Build, root: Path, **options: object) -> list[str]:
    """All that a build tells, without excerpts and cures, by severity."""
    try:
        errors: tuple[Problem, ...] = ()
        warnings = build(root, **options).warnings
    except ProblemsFound as found:
        errors, warnings = found.problems, found.warnings
    weighed = [(each, "error") for each in errors] + [(each, "warn") for each in warnings]
    return [as_text(replace(each, excerpt="", hint=""), severity) for each, severity in weighed]


@pytest.fixture
def told(site_of: SiteOf, build: Build):
    """What is told of a page with that text."""
    return lambda text, settings=SETTINGS: told_of(build, site_of({"site.yaml": settings, "content/a.md": text}))


@pytest.mark.parametrize(
    "text",
    [
        f"See {LINK}. {SILENCE}",
        f"See {SILENCE} {LINK}.",
        f"{SILENCE}\nSee {LINK}.",
        f"{SILENCE}\n\nSee {LINK}.",
        f"Text.\n\n- a\n- {LINK} {SILENCE}\n- b",
        f"| a | b |\n|---|---|\n| {LINK} {SILENCE} | c |",
        f"See {LINK} and ![y](missing.png). <!-- sitegen: ignore broken-link, missing-image -->",
        f"See {LINK}. <!--sitegen:ignore broken-link-->",
        f"> Quoted {LINK}. {SILENCE}",
    ],
)
def test_a_comment_silences_its_line_or_alone_the_next_one_that_says_something(told, text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"See {LINK}.\n{SILENCE}",
        f"{SILENCE}\nText.\nSee {LINK}.",
        f"Text. {SILENCE}\nSee {LINK}.",
        f"```\n{SILENCE}\n```\n{LINK}",
        f"`{SILENCE}` {LINK}",
    ],
)
def test_a_comment_silences_no_other_line_and_code_is_no_comment(told, text: str):
    assert any("error[broken-link]" in line for line in told(text))


def test_a_comment_silences_no_other_rule(told):
    assert told("See ![y](missing.png). <!-- sitegen: ignore broken-link -->") == [
        "content/a.md:1:10: error[missing-image]: 'missing.png' is not a picture or file of this site",
        "content/a.md:1:45: warning[unused-ignore]: there is no `broken-link` to silence here",
    ]


def test_what_is_silenced_stays_so_whatever_the_cache_knows(site_of: SiteOf, build: Build):
    front = "---\ntitel: A # sitegen: ignore unknown-key\n---\n"
    text = f"{front}{LINK} {SILENCE}\n\n<b onclick='x'>y</b> <!-- sitegen: ignore html-removed -->\n"
    root = site_of({"site.yaml": SETTINGS, "content/a.md": text, "content/b.md": "Text."})
    assert told_of(build, root) == []
    assert told_of(build, root) == []
    (root / "content/b.md").write_text("Other text.")
    assert told_of(build, root) == []
    assert told_of(build, root, clean=True) == []


def test_a_comment_that_is_taken_away_lets_the_problem_out(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/a.md": f"{LINK} {SILENCE}"})
    assert told_of(build, root) == []
    (root / "content/a.md").write_text(LINK)
    assert len(told_of(build, root)) == 1
    (root / "content/a.md").write_text(f"{SILENCE}\n{LINK}")
    assert told_of(build, root) == []


def test_a_comment_outlives_the_problem_it_was_for_and_is_told_of(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/a.md": f"{LINK} {SILENCE}"})
    assert told_of(build, root) == []
    (root / "content/missing.md").write_text("Text.")
    assert told_of(build, root) == ["content/a.md:1:38: warning[unused-ignore]: there is no `broken-link` to silence here"]


@pytest.mark.parametrize("name", ["build", "cold"])
@pytest.mark.parametrize("mode", ["sanitise", "trust"])
def test_the_comment_never_reaches_the_output(site_of: SiteOf, build: Build, mode: str, name: str):
    text = f"Text {LINK} {SILENCE}\n\n{SILENCE}\n\n{LINK}\n"
    root = site_of({"site.yaml": f"{SETTINGS}content:\n  html: {mode}\n", "content/a.md": text})
    build(root, output=root / name)
    assert [path for path in (root / name).rglob("*") if path.is_file() and b"sitegen: ignore" in path.read_bytes()] == []


def test_a_comment_in_code_is_shown(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/a.md": f"```html\n{SILENCE}\n```\n"})
    build(root)
    assert "sitegen: ignore broken-link" in (root / "build/a/index.html").read_text()


# YAML and TOML.


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitel: A # sitegen: ignore unknown-key\n---\n",
        "---\n# sitegen: ignore unknown-key\ntitel: A\n---\n",
        "---\nextra:\n  a: |\n    # sitegen: ignore me\ntitel: A # sitegen: ignore unknown-key\n---\n",
        "+++\ntitel = 'A' # sitegen: ignore unknown-key\n+++\n",
        "+++\n# sitegen: ignore unknown-key\ntitel = 'A'\n+++\n",
    ],
)
def test_front_matter_has_such_comments_too(told, text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitel: "A # sitegen: ignore unknown-key"\n---\n',
        "---\nextra:\n  a: |\n    # sitegen: ignore unknown-key\n\ntitel: A\n---\n",
        "+++\ntitel = 'A # sitegen: ignore unknown-key'\n+++\n",
        "titel: x # sitegen: ignore unknown-key\ntitle: x\n\nText",
    ],
)
def test_a_text_that_looks_like_a_comment_silences_nothing(told, text: str):
    assert [line.split("[")[1].split("]")[0] for line in told(text)] in (["unknown-key"], [])


def test_site_yaml_has_such_comments_too(told):
    assert told("Text.", "title: A # sitegen: ignore missing-url\n") == []
    assert told("Text.", "# sitegen: ignore missing-url\n\ntitle: A\n") == []
    assert len(told("Text.", "title: A\n")) == 1


# What is wrong with a comment itself.


@pytest.mark.parametrize(
    ("name", "rule", "message", "hint"),
    [
        ("broken-lnik", "unknown-rule", "`broken-lnik` is not a rule", "did you mean `broken-link`?"),
        ("", "unknown-rule", "the comment names no rule", "the rule stands in brackets where the problem is told"),
        ("collision", "unused-ignore", "`collision` cannot be silenced", None),
    ],
)
def test_a_comment_that_can_silence_nothing_is_told_of(name: str, rule: str, message: str, hint: str | None):
    _, (problem,) = ignores.in_markdown(f"Text. <!-- sitegen: ignore {name} -->", line=7, code=markup.code_spans)
    assert (problem.rule, problem.message, problem.line) == (rule, message, 7)
    assert hint is None or problem.hint == hint


def test_of_several_rules_each_counts_for_itself():
    made, (problem,) = ignores.in_markdown("<!-- sitegen: ignore mojibake, moji -->\nText.", line=1, code=markup.code_spans)
    assert [(each.rule, each.covers, each.column) for each in made] == [("mojibake", 2, 22)]
    assert (problem.column, problem.message) == (32, "`moji` is not a rule")


def test_nothing_of_a_password_is_told():
    text = "password: hunter2 # sitegen: ignore secret\n"
    _, (problem,) = ignores.in_hash_comments(text, read=lambda text: text.partition("#")[0].strip())
    assert (problem.rule, problem.excerpt) == ("unused-ignore", "")


def test_of_ten_thousand_comments_not_each_is_looked_at_for_itself():
    text = "a: 1 # sitegen: ignore mojibake\n" * 10_000
    read: list[str] = []
    assert len(ignores.in_hash_comments(text, read=read.append)[0]) == 10_000
    assert len(read) == 2
    in_texts = itertools.count()
    assert ignores.in_hash_comments(text, read=lambda _: next(in_texts)) == ((), ())
    assert next(in_texts) < 30

"""Front matter of every dialect, in `dialects/<name>.md`, with what it comes to beside it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from sitegen import frontmatter, report
from sitegen.frontmatter import Meta

DIALECTS = Path(__file__).parent / "dialects"


def understood(path: Path) -> dict[str, Any]:
    text, _ = frontmatter.decode(path.read_bytes(), path=path.name)
    split = frontmatter.split(text, path=path.name)
    meta, problems = frontmatter.normalise(split, path=path.name, zone=ZoneInfo("Europe/Paris"))
    said = {field.name: value for field in fields(Meta) if (value := getattr(meta, field.name)) != getattr(Meta(), field.name)}
    texts = [report.as_text(problem, report.RULES[problem.rule].severity).split("\n") for problem in problems]
    return {"dialect": split.dialect, "body_line": split.body_line, "meta": json.loads(msgspec.json.encode(said)), "problems": texts}


@pytest.mark.parametrize("path", sorted(DIALECTS.glob("*.md")), ids=lambda path: path.stem)
def test_a_dialect_comes_to_what_stands_beside_it(path: Path, update: bool):
    expected = path.with_suffix(".json")
    found = understood(path)
    if update:
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(DIALECTS.glob("*.md")), ids=lambda path: path.stem)
def test_no_dialect_leaves_front_matter_in_the_body(path: Path):
    text, _ = frontmatter.decode(path.read_bytes(), path=path.name)
    assert frontmatter.split(text, path=path.name).body == "Body.\n"

"""Front matter that several generators read."""

from __future__ import annotations

import json
from collections.abc import Mapping

import yaml

from benchmarks.corpus import Post


def as_yaml(meta: Mapping[str, object], body: str) -> str:
    """YAML between dashes, then the body."""
    return f"---\n{yaml.safe_dump(dict(meta), sort_keys=False, allow_unicode=True)}---\n\n{body}"


def as_json_in_yaml(meta: Mapping[str, object], body: str) -> str:
    """JSON, which is YAML too, between dashes: what the slowest of YAML parsers reads fastest."""
    return f"---\n{json.dumps(meta)}\n---\n\n{body}"


def meta_of(post: Post) -> dict[str, object]:
    """What all generators call by the same names."""
    return {"title": post.title, "date": post.date}

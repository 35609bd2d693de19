"""What is sealed into a protected page, beside its text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.encryption import opened_page
from tests.conftest import Build, SiteOf

PASSWORD = "vault-cobalt-heron-lantern-oak-mist"
SETTINGS = "title: Small\nurl: https://small.example/\nprotected:\n  clients:\n    folders: [clients]\n    passwords: ../clients.txt\n"
PAGE = """{% extends "theme/page.html" %}
{% block after %}{% if head.is_sealed %}{% set beside = site.neighbours(page.source) %}
<i>{{ beside.previous.title if beside.previous }}, {{ beside.next.title if beside.next }}</i>{% endif %}{% endblock %}
{% block head %}
<!-- <script src="/commented.js"></script> -->
<script>const text = '<script src="/said.js"><' + '/script>';</script>
<script src="/own.js" data-more-than="1 > 0"></script>
{% endblock %}
"""
FILES = {
    "site.yaml": SETTINGS,
    "templates/page.html": PAGE,
    "content/index.md": "# Welcome\n",
    "content/clients/one.md": "---\nslug: one\ntitle: First & one\ndate: 2026-01-03\n---\n\nText.\n",
    "content/clients/two.md": "---\nslug: two\ntitle: Second\ndate: 2026-01-02\n---\n\nText.\n",
    "content/clients/three.md": "---\nslug: three\ntitle: Third\ndate: 2026-01-01\n---\n\nText.\n",
}


@pytest.fixture
def root(site_of: SiteOf, build: Build) -> Path:
    root = site_of(FILES)
    (root.parent / "clients.txt").write_text(f"ann: {PASSWORD}\n", encoding="utf-8")
    build(root)
    return root


def sealed(root: Path, address: str) -> dict[str, Any]:
    """What a reader finds in the page at `address`."""
    html = (root / "build" / address.strip("/") / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="site:sealed">(.*?)</script>', html, re.DOTALL)
    assert found
    content: dict[str, Any] = json.loads(opened_page(json.loads(found[1]), PASSWORD, address))
    return content


def test_scripts_of_a_template_are_sealed_with_the_page_and_what_only_looks_like_one_is_not(root: Path):
    assert sealed(root, "/clients/one/")["scripts"] == [{"src": "/own.js", "data": {"moreThan": "1 > 0"}}]


def test_title_and_classes_of_a_page_are_sealed(root: Path):
    content = sealed(root, "/clients/one/")
    assert (content["title"], content["body_class"]) == ("First & one · Small", "text")


def test_a_page_knows_the_ones_before_and_after_it_in_the_list(root: Path):
    html = [sealed(root, f"/clients/{name}/")["html"] for name in ("one", "two", "three")]
    assert [re.findall("<i>(.*?)</i>", each) for each in html] == [["Second, "], ["Third, First &amp; one"], [", Second"]]

"""What a build tells and keeps of protected pages, which only those who may read them can read."""

from __future__ import annotations

import pytest

from sitegen.encryption import DamagedError, Key, Lock
from sitegen.snapshot import Aside, hidden
from tests.conftest import Build, SiteOf
from tests.protecting import FILES, PASSWORD, SECRET, VARIABLE, told
from tests.test_protected_dividing import failure, said


def test_what_a_snapshot_puts_aside_takes_the_keys_of_all_groups():
    first, second = (Key(Lock("a.example", name, bytes(16), ()), name.encode() * 32) for name in "ab")
    aside = hidden(Aside({}, (SECRET,), (), None), (first, second))
    assert SECRET.encode() not in second.shown(b"snapshot", aside)
    assert SECRET.encode() in first.shown(b"snapshot", second.shown(b"snapshot", aside))
    with pytest.raises(DamagedError):
        first.shown(b"snapshot", aside)


@pytest.mark.parametrize("faulty", ["{{ page.title | int_of }}", "{{ {}[page.title].x }}", "{% include page.title %}"])
def test_what_a_template_makes_of_a_protected_page_is_told_without_its_words(
    site_of: SiteOf, build: Build, monkeypatch: pytest.MonkeyPatch, faulty: str
):
    monkeypatch.setenv(VARIABLE, PASSWORD)
    extension = "def init_app(app):\n    app.jinja_env.filters['int_of'] = int\n"
    root = site_of(
        {
            **FILES,
            "site.yaml": f"{FILES['site.yaml']!s}extensions: [own]\n",
            "own.py": extension,
            "templates/bad.html": f'{{% extends "base.html" %}}{{% block body %}}\n{faulty}{{% endblock %}}\n',
            "content/clients/terms.md": f"---\ntitle: {SECRET}\ntemplate: bad\n---\n",
            "content/clients/offer.md": "# Offer\n",
        }
    )
    error = failure(build, root)
    assert "templates/bad.html:2" in said(error)
    assert SECRET not in said(error)
    assert told(root) == []

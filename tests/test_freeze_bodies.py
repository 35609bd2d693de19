"""Bodies rendered ahead of a build."""

from __future__ import annotations

import pytest

from sitegen.app import open_reader
from sitegen.cache import Cache
from sitegen.errors import SitegenError
from sitegen.freeze.bodies import warm_bodies
from sitegen.workers import START_METHOD
from tests.conftest import SETTINGS, SiteOf, post


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_tried_in_vain_is_not_tried_again(site_of: SiteOf, jobs: int):
    root = site_of({"site.yaml": SETTINGS, "content/good.md": "Text.", "content/bad.md": "---\n- a list\n---\n"})
    reader = open_reader(root, Cache(root / ".cache"))
    learnt = warm_bodies(reader, ["bad.md", "good.md"], {}, jobs=jobs, start_method=START_METHOD)
    assert [name for made in learnt for name, _, _ in made] == ["good.md"]
    (root / "content/bad.md").write_text(post(title="Good"))
    with pytest.raises(SitegenError) as caught:
        reader.facts("bad.md")
    assert [(problem.rule, problem.line) for problem in caught.value.problems] == [("front-matter", 2)]

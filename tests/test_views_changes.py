"""Headings of release notes tell what kind of change stands below them."""

import pytest
from markupsafe import Markup

from sitegen.site.changes import kind_of
from sitegen.views.changes import marked
from tests.conftest import post


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Added", "added"),
        ("FIXED:", "fixed"),
        ("Bug  fixes", "fixed"),
        ("🔒 Security", "security"),
        ("Hinzugefügt", "added"),
        ("Geändert", "changed"),
        ("Als veraltet markiert", "deprecated"),
        ("Supprimés", "removed"),
        ("Безопасность", "security"),
        ("修正", "fixed"),
        ("セキュリティ", "security"),
        ("En desuso", "deprecated"),
        ("تغييرات", "changed"),
        ("Breaking changes", "breaking"),
        ("Added value", ""),
        ("The build", ""),
        ("", ""),
    ],
)
def test_a_heading_names_a_kind_of_change_in_many_languages(heading: str, kind: str):
    assert kind_of(heading) == kind


def test_headings_that_name_a_kind_are_marked_and_others_are_left_alone():
    body = '<h2 id="one">Behoben<a class="headerlink" href="#one"></a></h2>\n<p>Added</p>\n<h2 id="two">The site</h2>'
    assert marked(Markup(body)) == body.replace('id="one">', 'id="one" class="change fixed">')


def test_markup_and_entities_in_a_heading_do_not_hide_its_word():
    assert 'class="change changed"' in marked(Markup('<h3 id="x"><em>Ge&#228;ndert</em></h3>'))
    assert 'class="change added"' in marked(Markup("<h3>Added</h3>"))


def test_a_release_is_marked_and_a_post_is_not(visited):
    notes = "## Behoben\n\nText."
    client = visited({"content/releases/1.0.md": notes, "content/blog/a.md": post(notes, date="2025-01-01")})
    assert 'class="change fixed"' in client.get("/releases/1.0/").text
    assert 'class="change' not in client.get("/blog/a/").text

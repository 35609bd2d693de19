"""The mechanism behind incremental builds: what was asked is noted with the digest of its answer, and can be asked again."""

from __future__ import annotations

import pytest

from sitegen.site import Site, noting
from tests.conftest import Opened, post

FILES = {"content/blog/a.md": post("One.\n\nTwo.", title="A", date="2025-01-01"), "content/blog/b.md": post(title="B", date="2025-01-02")}


def asked_of(site: Site, name: str, *arguments: str) -> tuple[str, str | None]:
    """A question put, as it is noted, and the digest of its answer."""
    with noting() as asked:
        getattr(site, name)(*arguments)
    (question,) = asked
    return question, site.digest_now(question)


def test_a_question_is_noted_while_a_page_renders(opened: Opened):
    site = opened(FILES)
    with noting() as asked:
        site.neighbours("blog/a.md")
    assert list(asked) == ['["neighbours","blog/a.md"]']


def test_a_question_within_a_question_is_part_of_its_answer(opened: Opened):
    site = opened(FILES)
    with noting() as asked:
        site.latest("en", 2)
    assert list(asked) == ['["latest","en",2]']


def test_a_remembered_answer_is_noted_too(opened: Opened):
    site = opened(FILES)
    site.latest("en", 2)
    with noting() as asked:
        site.latest("en", 2)
    assert len(asked) == 1


def test_an_argument_by_name_is_the_same_question(opened: Opened):
    site = opened(FILES)
    with noting() as asked:
        assert len(site.latest("en", count=1)) == 1
        assert len(site.latest("en", count=2)) == 2
        assert len(site.latest(count=2, lang="en")) == 2
    assert list(asked) == ['["latest","en",1]', '["latest","en",2]']


def test_a_noted_question_can_be_asked_again(opened: Opened):
    question, digest = asked_of(opened(FILES), "card", "blog/a.md")
    assert opened(FILES).digest_now(question) == digest


def test_another_answer_has_another_digest(opened: Opened):
    question, digest = asked_of(opened(FILES), "card", "blog/a.md")
    assert opened({**FILES, "content/blog/a.md": post("Other.", title="A", date="2025-01-01")}).digest_now(question) != digest


def test_an_edit_below_the_summary_leaves_the_card_as_it_was(opened: Opened):
    question, digest = asked_of(opened(FILES), "card", "blog/a.md")
    assert opened({**FILES, "content/blog/a.md": post("One.\n\nThr.", title="A", date="2025-01-01")}).digest_now(question) == digest


def test_a_page_s_answer_changes_with_every_byte(opened: Opened):
    question, digest = asked_of(opened(FILES), "page", "blog/a.md")
    assert opened({**FILES, "content/blog/a.md": FILES["content/blog/a.md"] + "\n"}).digest_now(question) != digest


def test_that_there_is_no_answer_is_noted_as_well(opened: Opened):
    site = opened(FILES)
    with noting() as asked, pytest.raises(AttributeError):
        _ = site.data.team
    (question,) = asked
    digest = site.digest_now(question)
    assert opened(FILES).digest_now(question) == digest
    assert opened({**FILES, "data/team.yaml": "[a]"}).digest_now(question) != digest


def test_a_question_about_a_page_that_is_gone_has_another_digest(opened: Opened):
    site = opened(FILES)
    question, digest = asked_of(site, "neighbours", "blog/b.md")
    (site.settings.root / "content" / "blog" / "b.md").unlink()
    assert opened({}).digest_now(question) not in {digest, None}


def test_a_question_that_no_version_knows_has_no_digest(opened: Opened):
    site = opened(FILES)
    assert site.digest_now('["horoscope","blog/a.md"]') is None
    assert site.digest_now('["href","/x/"]') is None

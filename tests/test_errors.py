"""Errors carry what the author needs, also from one process to another."""

from __future__ import annotations

import copy
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest

from sitegen import errors
from sitegen.errors import FrontMatterError, Problem, ProblemsFound, SitegenError
from sitegen.report import RULES


def every_kind(kind: type[SitegenError] = SitegenError) -> list[type[SitegenError]]:
    return [kind, *(found for sub in kind.__subclasses__() for found in every_kind(sub))]


def _fail(error: SitegenError) -> None:
    raise error


def test_a_problem_without_a_path_takes_the_one_it_is_given():
    assert Problem("content", "is empty").at("content/x.md").path == "content/x.md"


def test_a_problem_with_a_path_keeps_it():
    assert Problem("content", "is empty", path="content/a.md").at("content/x.md").path == "content/a.md"


def test_an_error_tells_of_one_problem():
    error = FrontMatterError("is not YAML", path="content/x.md", line=4, column=8, excerpt="a: b: c", hint="quote it")
    assert error.problems == (Problem("front-matter", "is not YAML", "content/x.md", 4, 8, "a: b: c", "quote it"),)


def test_an_error_takes_a_narrower_rule():
    assert FrontMatterError("is not a date", rule="bad-date").problem.rule == "bad-date"


def test_an_error_reads_as_its_message():
    assert str(SitegenError("is not there")) == "is not there"


@pytest.mark.parametrize("kind", every_kind())
def test_every_kind_of_error_has_a_rule_that_is_known(kind: type[SitegenError]):
    assert kind.rule in RULES


@pytest.mark.parametrize("kind", every_kind())
def test_every_kind_of_error_is_drawn_in_the_tree(kind: type[SitegenError]):
    assert kind.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("kind", [kind for kind in every_kind() if kind is not ProblemsFound])
def test_a_copy_of_an_error_is_whole(kind: type[SitegenError]):
    error = copy.copy(kind("is wrong", path="content/x.md", line=2, hint="mend it"))
    assert (type(error), error.problem.line, error.problem.rule) == (kind, 2, kind.rule)


def test_problems_found_tells_of_all_in_their_order():
    problems = (Problem("content", "b"), Problem("content", "a"))
    assert copy.copy(ProblemsFound(problems)).problems == problems


@pytest.mark.parametrize("error", [FrontMatterError("is wrong", line=3), ProblemsFound([Problem("content", "is wrong", line=3)])])
def test_an_error_crosses_from_a_worker_whole(error: SitegenError):
    with (
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool,
        pytest.raises(type(error)) as caught,
    ):
        pool.submit(_fail, error).result()
    assert caught.value.problems == error.problems

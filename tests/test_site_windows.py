"""What is shown of a long row: the places around a page, and the pages of a list that lead to each other."""

from __future__ import annotations

import pytest

from sitegen.site.answers import Node
from sitegen.site.windows import around, steps, windowed


def node(number: int) -> Node:
    return Node(str(number), f"/{number}/", current=False, open=False)


@pytest.mark.parametrize(
    ("count", "at", "shown"),
    [(0, 0, (0, 0)), (1, 0, (0, 1)), (101, 0, (0, 101)), (101, 100, (0, 101)), (102, 0, (0, 101)), (102, 101, (1, 102))],
)
def test_a_short_row_is_shown_whole_and_a_long_one_to_its_end(count: int, at: int, shown: tuple[int, int]):
    assert (around(count, at).start, around(count, at).stop) == shown


def test_in_a_long_row_there_are_fifty_on_either_side():
    assert around(3000, 1500) == slice(1450, 1551)


def test_the_ends_of_a_window_say_that_there_is_more():
    shown = windowed([node(number) for number in range(300)], 150, node(150))
    assert [each.title for each in shown if each.more] == ["100", "200"]


def test_at_the_end_of_a_row_there_is_no_more():
    shown = windowed([node(number) for number in range(300)], 299, node(299))
    assert [each.title for each in shown if each.more] == ["199"]


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [(1, 1, [1]), (1, 2, [1, 2]), (2, 3, [1, 2, 3]), (1, 9, [1, 2, 9]), (5, 9, [1, 4, 5, 6, 9]), (500, 1000, [1, 499, 500, 501, 1000])],
)
def test_a_page_of_a_list_leads_to_the_first_the_last_and_those_beside_it(number: int, count: int, shown: list[int]):
    assert steps(number, count) == shown

"""Which path another was most likely meant to be."""

import time

import pytest

from sitegen.nearest import Nearest

KNOWN = [
    "docs/guide/install.md",
    "docs/install/index.md",
    "blog/2025-01-02-first-post.md",
    "pictures/cover.png",
    "about.md",
    "docs/usage.md",
]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("Docs/Guide/INSTALL.md", "docs/guide/install.md"),
        ("blog/first-post.md", "blog/2025-01-02-first-post.md"),
        ("guide/install.md", "docs/guide/install.md"),
        ("docs/install.md", "docs/install/index.md"),
        ("usage.html", "docs/usage.md"),
        ("docs/guide/instal.md", "docs/guide/install.md"),
        ("docs/guide/isntall", "docs/guide/install.md"),
        ("covers.png", "pictures/cover.png"),
        ("abuot/", "about.md"),
        ("something-else.md", ""),
        ("", ""),
        ("/", ""),
    ],
)
def test_what_was_meant_is_found_by_case_by_name_and_by_likeness(path: str, near: str) -> None:
    assert Nearest("all", KNOWN).to(path) == near


def test_the_answer_does_not_go_by_the_order_of_what_is_known() -> None:
    for path in ("docs/guide/instal.md", "instal", "usag", "first"):
        assert Nearest("all", KNOWN).to(path) == Nearest("all", reversed(KNOWN)).to(path)


def test_a_hundred_answers_among_ten_thousand_names_take_no_time_to_speak_of() -> None:
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]
    known = [f"blog/{words[n % 10]}-{words[n // 10 % 10]}-{words[n // 100 % 10]}-of-{n}.md" for n in range(10_000)]
    began = time.process_time()
    nearest = Nearest("all", known)
    found = [nearest.to(known[n * 97][:-6] + "x.md") for n in range(100)]
    assert time.process_time() - began < 3
    assert sum(bool(each) for each in found) > 90

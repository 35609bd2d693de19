"""The benchmark of protected pages: that it measures what it says; how long anything takes is no matter here."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks.checks import Counts, WrongBuildError
from benchmarks.generated import essay
from benchmarks.protected import GROUP, OPEN, PUBLIC, SCENARIOS, SEALED, Sites, table


@pytest.fixture
def sites(tmp_path: Path) -> Sites:
    return Sites(tmp_path, pages=4, readers=2)


def test_a_text_has_about_600_words_code_and_a_table():
    text = essay(Random(1))
    assert (500 < len(text.split()) < 800, text.count("```"), "|---|" in text) == (True, 4, True)


def test_both_sites_have_the_same_pages(sites: Sites):
    sites.write()
    sealed, public = ({path.name: path.read_bytes() for path in (sites.folder / name / "content").rglob("*.md")} for name in (SEALED, OPEN))
    assert (sealed == public, len(sealed)) == (True, 4)
    assert len(list((sites.folder / SEALED / "content").rglob("*.md"))) == 8


def test_an_edit_is_made_in_both_sites(sites: Sites):
    sites.write()
    for scenario in SCENARIOS:
        if scenario.edit:
            scenario.edit(sites, 1)
    halves = [
        (sites.folder / name / "content" / half / "page-00002.md").read_text("utf-8") for name in (SEALED, OPEN) for half in (GROUP, PUBLIC)
    ]
    assert ["in turn 1" in text for text in halves] == [True] * 4
    assert ["title: 1 " in text for text in halves] == [False, True, False, True]


@pytest.mark.parametrize(("number", "made"), [(0, Counts(rendered=3, fresh=0)), (1, Counts(rendered=1, fresh=9)), (2, Counts(0, 9))])
def test_a_build_that_did_not_do_what_is_measured_is_wrong(number: int, made: Counts):
    with pytest.raises(WrongBuildError):
        SCENARIOS[number].check(made, 4)


@pytest.mark.slow
def test_a_small_site_is_measured(sites: Sites):
    lines = list(table(sites, 1, memory=False))
    told = [line for line in lines if line.startswith(tuple(scenario.words for scenario in SCENARIOS))]
    assert (len(told), told[1].split()[-3:]) == (len(SCENARIOS), ["0", "/", "0"])
    ratio = next(line for line in lines if line.startswith("ciphertext in parts"))
    assert 1.3 < float(ratio.split()[-4]) < 1.4
    assert int(lines[-1].split()[-2].replace(",", "")) < 6 * 1024

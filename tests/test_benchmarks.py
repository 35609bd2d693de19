"""The benchmark's own logic, without timing anything; and that the documentation shows the results that are kept."""

from __future__ import annotations

import json
import re
import statistics
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from benchmarks import checks, corpus, edits, goals, tables
from benchmarks.blog import Blog
from benchmarks.command import parse
from benchmarks.corpus import Post
from benchmarks.generated import generate
from benchmarks.measure import CommandFailedError, run
from benchmarks.pages import page
from benchmarks.peers import PEERS
from benchmarks.peers.features import FEATURES, Proof, missing, not_made
from benchmarks.pictures import chart_of, digest
from benchmarks.results import Corpus, Machine, Measurement, Results, Start, load, newest, ratio, save
from benchmarks.rounds import SCENARIOS, Rounds, Step, steps
from benchmarks.start import HEAVY, loaded
from benchmarks.tools import HERE, Tools, environment

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "content" / "docs"
POST = Post("a-post", "A post: with a colon", date(2024, 5, 6), ("one", "two words"), "Text.\n\n## Heading\n\nMore {{< text >}}.\n")


# Posts.


def test_posts_are_the_same_for_the_same_seed():
    assert generate(20, 1) == generate(20, 1)


def test_posts_differ_for_another_seed():
    assert generate(20, 1) != generate(20, 2)


def test_fewer_posts_are_the_first_of_more():
    assert generate(5, 1) == generate(20, 1)[:5]


def test_posts_have_the_shape_of_those_of_real_blogs():
    posts = generate(400, 1)
    lengths = [len(post.body) for post in posts]
    blocks = sum(len(re.findall(r"^```\w+$", post.body, re.MULTILINE)) for post in posts) / len(posts)
    tags = {tag for post in posts for tag in post.tags}
    assert (2800 < statistics.median(lengths) < 4600, 1.2 < blocks < 2.6, 80 < len(tags) <= 181) == (True, True, True)


def test_posts_are_read_from_a_folder(tmp_path: Path):
    (tmp_path / "b.md").write_text("---\ntitle: B\ndate: 2024-01-02\ntags: [x]\n---\n\n\nText\x07.\n", encoding="utf-8")
    assert corpus.read_posts(tmp_path) == (Post("b", "B", date(2024, 1, 2), ("x",), "Text.\n"),)


@pytest.mark.parametrize("text", ["No front matter.\n", "---\ntitle: B\n---\n", "---\n- a\n---\n"])
def test_a_file_that_is_no_post_is_named(tmp_path: Path, text: str):
    (tmp_path / "b.md").write_text(text, encoding="utf-8")
    with pytest.raises(corpus.CorpusError, match=r"b\.md: expected YAML front matter"):
        corpus.read_posts(tmp_path)


def test_a_folder_without_posts_is_an_error(tmp_path: Path):
    with pytest.raises(corpus.CorpusError, match="no \\*\\.md files"):
        corpus.read_posts(tmp_path)


def test_each_copy_has_slugs_of_its_own():
    posts = generate(3, 1)
    many = corpus.multiply(posts, 3)
    assert (many[:3], len({post.slug for post in many}), {post.body for post in many}) == (posts, 9, {post.body for post in posts})


# Edits.


@pytest.mark.parametrize("kind", edits.EDITS)
def test_an_edit_brings_a_word_that_was_nowhere(kind: str):
    posts = generate(10, 1)
    edit = edits.EDITS[kind](posts, 1)
    before = " ".join(f"{post.title} {post.body}" for post in posts)
    assert (edit.word in f"{edit.post.title} {edit.post.body}", edit.word in before) == (True, False)


@pytest.mark.parametrize(("kind", "field"), [("body", "body"), ("title", "title")])
def test_an_edit_changes_what_it_says_and_nothing_else(kind: str, field: str):
    posts = generate(10, 1)
    after = edits.apply(edit := edits.EDITS[kind](posts, 1), posts)
    changed = [(old, new) for old, new in zip(posts, after, strict=True) if old != new]
    assert [(replace(old, **{field: getattr(new, field)}), new) for old, new in changed] == [(edit.post, edit.post)]


def test_an_added_post_is_the_newest():
    posts = generate(10, 1)
    after = edits.apply(edit := edits.add_post(posts, 1), posts)
    assert (len(after), max(after, key=lambda post: post.date)) == (11, edit.post)


def test_edits_in_turn_fall_on_different_posts():
    posts = generate(1328, 1)
    assert len({edits.edit_body(posts, number).post.slug for number in range(50)}) == 50


def test_an_edit_is_written_to_every_site(tmp_path: Path):
    blog = Blog(tmp_path, generate(5, 1), ["sitegen", "hugo"])
    edit = blog.edit("title")
    texts = [(blog.site(name) / PEERS[name].content / f"{edit.post.slug}.md").read_text(encoding="utf-8") for name in blog.peers]
    assert [edit.word in text for text in texts] == [True, True]


# Generators.


@pytest.mark.parametrize("name", PEERS)
def test_a_generator_is_given_the_whole_post(name: str, tmp_path: Path):
    PEERS[name].prepare(tmp_path / "site", [POST])
    text = (tmp_path / "site" / PEERS[name].content / "a-post.md").read_text(encoding="utf-8")
    assert [part for part in ("A post: with a colon", "2024-05-06", "one", "two words", "## Heading") if part not in text] == []


def test_hugo_is_given_no_shortcode():
    assert "{{&lt; text >}}" in PEERS["hugo"].text(POST)


@pytest.mark.parametrize("name", PEERS)
def test_what_a_generator_makes_is_among_the_features(name: str):
    assert set(PEERS[name].proofs) <= set(FEATURES)


def test_a_feature_that_is_not_in_the_output_is_missing(tmp_path: Path):
    (tmp_path / "atom.xml").write_text("<feed/>", encoding="utf-8")
    assert missing({"atom": Proof("atom.xml", "<feed"), "rss": Proof("rss.xml"), "json": Proof("*.xml", "{")}, tmp_path) == ["rss", "json"]


def test_what_was_not_made_is_said_in_words():
    assert not_made(dict.fromkeys(FEATURES, True) | {"llms": False}) == ["llms.txt"]


def test_the_peers_have_exact_versions():
    lines = (HERE / "requirements.txt").read_text(encoding="utf-8").split()
    packages = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert [version for version in packages.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


# Measuring.

HOLD = "import time; held = bytearray(b'x') * {size}_000_000; {more}; time.sleep(0.4)"


def hold(size: int, more: str = "pass") -> list[str]:
    """A Python that has so many megabytes for a while."""
    return [sys.executable, "-c", HOLD.format(size=size, more=more)]


def test_the_memory_of_a_process_is_seen(tmp_path: Path):
    measured = run(hold(60), cwd=tmp_path, env=environment(), memory=True)
    assert 60e6 < measured.peak < 120e6


def test_the_memory_of_all_processes_is_summed(tmp_path: Path):
    child = f"import subprocess; subprocess.run({hold(60)!r})"
    measured = run(hold(60, child), cwd=tmp_path, env=environment(), memory=True)
    assert 120e6 < measured.peak < 200e6


def test_memory_is_not_looked_at_unasked(tmp_path: Path):
    assert run(["true"], cwd=tmp_path, env=environment(), memory=False).peak == 0


def test_a_command_that_fails_shows_what_it_printed(tmp_path: Path):
    with pytest.raises(CommandFailedError, match=r"ended with 3:\nno luck"):
        run([sys.executable, "-c", "import sys; print('no luck'); sys.exit(3)"], cwd=tmp_path, env=environment(), memory=False)


def test_the_environment_of_a_build_is_bare():
    assert set(environment()) <= {"PATH", "HOME", "LANG", "LC_ALL", "TZ"}


def test_a_round_has_the_cold_builds_of_all_before_what_builds_on_them():
    assert list(steps(["sitegen", "hugo"], ["body", "cold"])) == [Step("sitegen", "cold"), Step("hugo", "cold"), Step("sitegen", "body")]


def test_starting_loads_nothing_heavy():
    assert (loaded("import sitegen"), loaded("from sitegen.cli import run; run(['--help'])")) == ([], [])


def test_a_heavy_module_would_be_seen():
    assert loaded(f"sys.modules[{HEAVY[0]!r}] = sys") == [HEAVY[0]]


# Checks.


def test_the_counts_are_those_that_sitegen_prints():
    printed = "reading: 3\n12 pages in build: 30 rendered, 4 fresh, 5 copied, 2 warnings, 1.26 s\n"
    assert checks.counts(printed) == checks.Counts(rendered=30, fresh=4)


@pytest.mark.parametrize("made", [checks.Counts(rendered=1, fresh=9), checks.Counts(rendered=0, fresh=0)])
def test_a_build_that_was_not_idle_is_wrong(made: checks.Counts):
    with pytest.raises(checks.WrongBuildError, match="nothing had changed"):
        checks.check_unchanged(made)


def test_an_edit_that_did_not_arrive_is_wrong(tmp_path: Path):
    blog = Blog(tmp_path, generate(5, 1), ["sitegen"])
    with pytest.raises(checks.WrongBuildError, match="is not in"):
        checks.check_edit("body", blog.edit("body"), checks.Counts(rendered=1, fresh=9), PEERS["sitegen"], blog.site("sitegen"))


def test_a_post_without_a_page_is_wrong(tmp_path: Path):
    blog = Blog(tmp_path, generate(5, 1), ["hugo"])
    with pytest.raises(checks.WrongBuildError, match="Hugo made no page of 5 posts"):
        checks.check_cold(PEERS["hugo"], blog.site("hugo"), blog.posts)


@pytest.mark.slow
def test_sitegen_does_what_is_measured(tmp_path: Path):
    blog = Blog(tmp_path, generate(40, 1), ["sitegen"])
    told: list[str] = []
    measured = Rounds(blog, Tools(tmp_path), told.append).measure(list(steps(["sitegen"], SCENARIOS)), runs=1, memory=False)
    rendered = {each.scenario: each.rendered for each in measured}
    assert (list(rendered), rendered["unchanged"], len(told)) == (list(SCENARIOS), 0, 6)
    assert 0 < rendered["body"] < rendered["post"] < rendered["cold"]


# Results.


def measurement(peer: str, scenario: str, seconds: Sequence[float], posts: int = 100) -> Measurement:
    return Measurement(peer, scenario, posts, list(seconds), [2 * each for each in seconds], peak=50_000_000, files=1234, rendered=7)


MACHINE = Machine("A processor", 2, 8 * 2**30, "Linux x86_64", "CPython 3.11.2 (optimised build)")
RESULTS = Results(
    when="2026-01-02T03:04:05+00:00",
    machine=MACHINE,
    corpus=Corpus("made-up posts", 100, 650_000, 8),
    versions={"sitegen": "1.0", "hugo": "2.0"},
    made={"sitegen": dict.fromkeys(FEATURES, True), "hugo": {"tags": True}},
    measured=[
        measurement("sitegen", "cold", [2.0, 1.0, 3.0]),
        measurement("hugo", "cold", [4.0, 4.0, 4.0]),
        measurement("hugo", "cold", [40.0, 42.0, 41.0], posts=800),
        measurement("sitegen", "body", [0.5, 0.4, 0.6], posts=800),
    ],
    start=Start([0.2, 0.3, 0.25], []),
)


def test_results_are_read_as_they_were_written(tmp_path: Path):
    save(RESULTS, tmp_path / "results.json")
    assert load(tmp_path / "results.json") == RESULTS


def test_the_newest_results_are_those_with_the_latest_moment(tmp_path: Path):
    save(RESULTS, tmp_path / "b.json")
    save(msgspec.structs.replace(RESULTS, when="2026-01-03T03:04:05+00:00"), tmp_path / "a.json")
    assert newest(tmp_path).name == "a.json"


def test_a_ratio_is_taken_run_by_run():
    found = ratio(RESULTS.measured[0], RESULTS.measured[1])
    assert (found.middle, found.least, found.greatest) == (0.5, 0.25, 0.75)


def test_cold_builds_are_a_table_with_the_fastest_first():
    assert tables.cold_table(RESULTS, 100).split("\n") == [
        "| Generator | Seconds | Against sitegen | CPU seconds | Memory | Files |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| sitegen (1.0) | 2 (1–3) | × 1 | 4 | 50 MB | 1,234 |",
        "| Hugo (2.0) | 4 | × 2 (1.33–4) | 8 | 50 MB | 1,234 |",
    ]


def test_builds_after_a_change_are_a_table_against_hugo():
    assert tables.warm_table(RESULTS, 800).split("\n")[2:] == [
        "| the body of a post | 0.50 (0.40–0.60) | × 0.013 (0.010–0.015) | 1 | 7 |",
    ]


def test_what_was_not_made_is_a_table():
    assert tables.outputs_table(RESULTS).split("\n")[2].startswith("| sitegen | nothing | ")


@pytest.mark.parametrize(("value", "shown"), [(0.0123, "0.012"), (1.5, "1.50"), (12.34, "12.3"), (123.4, "123"), (1328.0, "1,328")])
def test_a_number_has_digits_that_mean_something(value: float, shown: str):
    assert tables.number(value) == shown


def test_goals_are_told_of_what_was_measured_alone():
    assert [(goal.words, goal.is_met) for goal in goals.goals(RESULTS)] == [
        ("cold, 100 posts, against Hugo", True),
        ("one body edited, 800 posts, against Hugo's full build", True),
        ("`sitegen --help`", True),
        ("modules loaded without need", True),
    ]


def test_a_goal_that_is_a_floor_is_met_from_above():
    assert (goals.Goal("", 1.8, 1.9, is_floor=True).is_met, goals.Goal("", 1.8, 1.7, is_floor=True).is_met) == (True, False)


def test_the_picture_has_a_bar_for_each_time():
    panels = chart_of(RESULTS, "")["panels"]
    assert [[(bar["label"], bar["text"]) for bar in panel["bars"]] for panel in panels] == [
        [("sitegen", "2 s"), ("Hugo", "4 s")],
        [("Hugo: anything", "41 s"), ("sitegen: the body of a post", "0.50 s")],
    ]


def test_the_page_says_nothing_of_what_was_not_measured():
    only_cold = Results(RESULTS.when, MACHINE, RESULTS.corpus, RESULTS.versions, RESULTS.made, RESULTS.measured[:2])
    assert "After an edit" not in page(only_cold)


def test_unknown_names_are_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        parse(["--peers", "hugo,jekyll"])
    assert "'jekyll' is none of sitegen, " in capsys.readouterr().err


def test_sitegen_takes_part_unasked():
    assert parse(["--peers", "hugo"]).peers == ["sitegen", "hugo"]


# The documentation.


def test_the_page_shows_the_newest_results():
    assert (DOCS / "benchmarks.md").read_text(encoding="utf-8") == page(load(newest())), "python benchmarks/report.py writes it anew"


def test_the_picture_shows_the_newest_results():
    svg, chart = (DOCS / "benchmarks.svg").read_text(encoding="utf-8"), chart_of(load(newest()), digest(newest()))
    shown = {bar[part] for panel in chart["panels"] for bar in panel["bars"] for part in ("label", "text")}
    assert (digest(newest()) in svg, {text for text in shown if f">{text}</text>" not in svg}) == (True, set())


def test_the_picture_has_a_title_and_a_description():
    svg = (DOCS / "benchmarks.svg").read_text(encoding="utf-8")
    words = r'<title id="title">[^<]+</title>\n<desc id="description">[^<]+</desc>'
    assert re.match(rf'<svg role="img" aria-labelledby="title description" [^>]+>\n{words}', svg)

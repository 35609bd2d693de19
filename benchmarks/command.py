"""The command line: prepares the blog, lets the generators take turns, and prints and keeps what came out."""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.blog import Blog
from benchmarks.corpus import Post, multiply, read_posts
from benchmarks.generated import generate
from benchmarks.peers import PEERS
from benchmarks.peers.features import FEATURES
from benchmarks.results import FOLDER, Corpus, Machine, Measurement, Results, save
from benchmarks.rounds import COLD, SCENARIOS, Rounds, steps
from benchmarks.start import measure_start
from benchmarks.tables import cold_table, goals_table, outputs_table, warm_sizes, warm_table
from benchmarks.tools import WORK, Tools, cores, interpreter, memory, processor, set_up

_STARTS = 9
# With more posts only these: the others would take most of an hour, to say once more what the smaller blog says.
_LARGE = ("sitegen", "hugo")


def main(arguments: Sequence[str] | None = None) -> None:
    """Benchmark what the arguments ask for."""
    options = parse(arguments)
    tools = set_up(options.work, node="eleventy" in options.peers)
    path = FOLDER / f"{options.save}.json" if options.save else options.work / "results.json"
    posts = _posts(options)
    measured: list[Measurement] = []
    for found in _measurements(options, tools, posts):
        measured += found
        # What the smaller blog took minutes to tell is kept if the larger one fails.
        results = _results(options, tools, posts, measured)
        save(results, path)
    _say("\n" + "\n\n".join(_tables(results)))
    _say(f"\nWritten to {path}. `python benchmarks/report.py {path}` makes the page of the documentation from it.")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options, with lists where several names were given."""
    parser = argparse.ArgumentParser(description="Build one blog with sitegen and its peers, and measure them.")
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown posts; without it, posts are made up")
    parser.add_argument("--posts", type=int, help="how many posts: of the corpus, or to make up (1,328)")
    parser.add_argument("--seed", type=int, default=1, help="which posts are made up")
    parser.add_argument("--about", help="what the posts are, for the documentation")
    parser.add_argument("--copies", type=int, default=8, help="how many times as large the larger blog is; 1 for none")
    parser.add_argument("--runs", type=int, default=3, help="timed rounds, after one of cold builds for memory")
    parser.add_argument("--no-memory", action="store_true", help="leave out the round for memory")
    parser.add_argument("--only", type=_names(SCENARIOS), default=list(SCENARIOS), help="of " + ",".join(SCENARIOS))
    parser.add_argument("--peers", type=_names(PEERS), default=_at_hand(), help="of " + ",".join(PEERS))
    parser.add_argument("--save", metavar="NAME", help="keep the results as results/NAME.json")
    parser.add_argument("--work", type=Path, default=WORK, help="where to install and build")
    options = parser.parse_args(arguments)
    if "sitegen" not in options.peers:
        options.peers.insert(0, "sitegen")
    options.work = options.work.resolve()
    return options


def _at_hand() -> list[str]:
    """All generators; without npm, all that Python installs."""
    return [name for name in PEERS if name != "eleventy" or shutil.which("npm")]


def _names(known: Iterable[str]) -> Callable[[str], list[str]]:
    """What reads names divided by commas, each one of `known`."""

    def read(text: str) -> list[str]:
        found = [name.strip() for name in text.split(",")]
        unknown = [name for name in found if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(known)}")
        return found

    return read


def _measurements(options: argparse.Namespace, tools: Tools, posts: Sequence[Post]) -> Iterator[list[Measurement]]:
    """Of the smaller blog, then of the larger one."""
    yield _measure(Blog(options.work / "small", posts, options.peers), tools, options)
    if options.copies > 1:
        some = [name for name in options.peers if name in _LARGE]
        yield _measure(Blog(options.work / "large", multiply(posts, options.copies), some), tools, options)


def _results(options: argparse.Namespace, tools: Tools, posts: Sequence[Post], measured: list[Measurement]) -> Results:
    return Results(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=Machine(processor(), cores(), memory(), f"{platform.system()} {platform.machine()}", interpreter()),
        corpus=_corpus(options, posts),
        versions={name: PEERS[name].version(tools) for name in options.peers},
        made=_made(options),
        measured=measured,
        start=measure_start(_STARTS),
    )


def _posts(options: argparse.Namespace) -> tuple[Post, ...]:
    if options.corpus:
        return read_posts(options.corpus)[: options.posts]
    return generate(options.posts or 1328, options.seed)


def _corpus(options: argparse.Namespace, posts: Sequence[Post]) -> Corpus:
    about = options.about or ("posts from a folder" if options.corpus else f"made-up posts (seed {options.seed})")
    return Corpus(about, len(posts), sum(len(post.body.encode()) for post in posts), options.copies)


def _measure(blog: Blog, tools: Tools, options: argparse.Namespace) -> list[Measurement]:
    plan = list(steps(blog.peers, options.only))
    return Rounds(blog, tools, _say).measure(plan, runs=options.runs, memory=not options.no_memory)


def _made(options: argparse.Namespace) -> dict[str, dict[str, bool]]:
    """Each cold build was checked to have all that its generator is set up for."""
    names = [name for name in options.peers if name != "sitegen-1" and COLD in options.only]
    return {name: {feature: feature in PEERS[name].proofs for feature in FEATURES} for name in names}


def _tables(results: Results) -> Iterator[str]:
    for size in results.sizes():
        yield f"{size:,} posts, from nothing\n\n{cold_table(results, size)}"
    for size in warm_sizes(results):
        yield f"{size:,} posts, sitegen after a change\n\n{warm_table(results, size)}"
    if results.made:
        yield outputs_table(results)
    yield goals_table(results)
    yield f"{results.machine.cpu}, {results.machine.cores} cores, {results.machine.python}"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()

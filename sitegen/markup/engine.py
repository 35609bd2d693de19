"""Python-Markdown with our extensions: one instance for each thread and each `Options`, used again and again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from markdown import Markdown

from sitegen.errors import ContentError, Problem
from sitegen.markup.abbreviations import AbbreviationsExtension
from sitegen.markup.admonitions import AdmonitionsExtension
from sitegen.markup.blocks import Trouble
from sitegen.markup.diagrams import Diagrams, Draw, draw
from sitegen.markup.dialect import Dialect
from sitegen.markup.directives import DirectivesExtension
from sitegen.markup.fast import FastMarkdown
from sitegen.markup.figures import FiguresExtension
from sitegen.markup.footnotes import FootnotesExtension
from sitegen.markup.formulas import Formula, FormulasExtension
from sitegen.markup.headings import HeadingsExtension
from sitegen.markup.inlines.bare_links import BareLinksExtension
from sitegen.markup.inlines.emoji import EmojiExtension
from sitegen.markup.listings.fences import FencesExtension
from sitegen.markup.literal import LiteralExtension
from sitegen.markup.rendered import Heading, Options
from sitegen.markup.tasks import TasksExtension


@dataclass(frozen=True, slots=True)
class Converted:
    """What Python-Markdown makes of a body; not sanitised yet.

    `unnamed` are the addresses of pictures without a text, `embeds` those of players.
    """

    html: str
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]
    unnamed: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    formulas: tuple[Formula, ...] = ()
    pictures: tuple[str, ...] = ()


class Engine:
    """A Python-Markdown instance and those of its extensions that tell something after a conversion. Not for two threads.

    With `stock` it is one that takes no short cuts once the blocks are made, which gives the same: tests compare the two.
    """

    def __init__(self, options: Options, *, stock: bool = False) -> None:
        self._formulas = FormulasExtension(wanted=options.math)
        self._diagrams = Diagrams(options.diagrams, options.labels)
        own = {**self._diagrams.languages, "math": self._formulas.fence}
        self._fences = FencesExtension(line_numbers=options.line_numbers, own=own, stock=stock)
        self._headings = HeadingsExtension(options.labels, readable=self._formulas.readable)
        self._figures = FiguresExtension()
        self._directives = DirectivesExtension(options.embeds)
        ours = [
            self._formulas,
            self._fences,
            self._headings,
            FootnotesExtension(options.labels),
            LiteralExtension(),
            AbbreviationsExtension(),
            AdmonitionsExtension(options.labels),
            TasksExtension(options.labels),
            BareLinksExtension(),
            EmojiExtension(),
            self._figures,
            self._directives,
        ]
        self._md = (Dialect if stock else FastMarkdown)(extensions=ours, output_format="html")
        for path in options.extensions:
            _register(self._md, path)

    def convert(self, body: str, *, line: int, draw: Draw = draw) -> Converted:
        """Render `body`, whose first line has the number `line` in its file; `draw` draws the diagrams."""
        self._md.reset()
        self._formulas.first = line
        self._diagrams.start(line, draw)
        html = self._md.convert(body)
        lines = [*body.split("\n"), ""]
        problems = (
            *self._fences.problems(lines, line=line),
            *(_unclosed(one, lines, line) for one in self._md.parser.document.troubles),
            *self._directives.problems(lines, line=line),
            *self._diagrams.problems,
        )
        return Converted(
            html,
            headings=tuple(self._headings.found),
            problems=problems,
            unnamed=tuple(self._figures.unnamed),
            embeds=tuple(self._directives.embeds),
            formulas=tuple(self._formulas.found),
            pictures=tuple(self._diagrams.pictures),
        )


def _unclosed(trouble: Trouble, lines: list[str], line: int) -> Problem:
    excerpt = lines[trouble.line]
    column = len(excerpt) - len(excerpt.lstrip()) + 1
    return Problem("unclosed-block", trouble.message, line=line + trouble.line, column=column, excerpt=excerpt, hint=trouble.hint)


def _register(md: Markdown, path: str) -> None:
    """Add a site's own extension.

    Raises:
        ContentError: there is none at that import path.
    """
    try:
        md.registerExtensions([path], {})
    except (ImportError, AttributeError, TypeError, ValueError, SyntaxError) as error:
        raise ContentError(
            f"the Markdown extension `{path}` cannot be loaded: {error}",
            rule="extension",
            hint="`markdown: {extensions: […]}` takes import paths of modules with makeExtension(), or `module:Class`",
        ) from error


_kept = threading.local()


def with_engine(options: Options, use: Callable[[Engine], Converted]) -> Converted:
    """What `use` makes of the engine for `options`. One that broke off in the middle of a document is not used again."""
    engines: dict[Options, Engine] = _kept.__dict__.setdefault("engines", {})
    engine = engines.pop(options, None) or Engine(options)
    converted = use(engine)
    engines[options] = engine
    return converted

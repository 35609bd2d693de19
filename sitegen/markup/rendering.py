"""One body to one `Rendered`: convert, sanitise, then find title, references, summary and words in the result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version as version_of
from traceback import walk_tb
from types import TracebackType

from sitegen import ignores
from sitegen.errors import ContentError, Problem
from sitegen.html_scan import scan
from sitegen.markup import formulas, sanitise
from sitegen.markup.diagrams import SIGN as PICTURE
from sitegen.markup.diagrams import Draw, draw
from sitegen.markup.directives import with_frames
from sitegen.markup.engine import Converted, with_engine
from sitegen.markup.examples import taken, with_results
from sitegen.markup.foreign import Prepared, prepare
from sitegen.markup.formulas import SIGN as FORMULA
from sitegen.markup.limits import PAGE_SECONDS, TooComplex, processor_time, stack_depth
from sitegen.markup.listings.outline import Outline, outline_of, sanitised_outline
from sitegen.markup.markers import MARK, with_marks
from sitegen.markup.pictures import pictures, unnamed
from sitegen.markup.places import Places
from sitegen.markup.punctuation import set_well, text_set_well
from sitegen.markup.references import references
from sitegen.markup.rendered import Fragment, Heading, Options, Rendered
from sitegen.markup.summary import blocks, summarise, unmarked
from sitegen.markup.text import CONTROL, count_words, has_controls, plain, text_of

_IN_CONTENTS = range(2, 5)
_ID = re.compile(r"\bid=\"([^\"]*)\"")


def render(body: str, options: Options, *, title: str = "", line: int = 1, seconds: float = PAGE_SECONDS, draw: Draw = draw) -> Rendered:
    """The HTML of a Markdown body, and all that the body alone tells.

    `title` is what the page is called already; `line` is the number of the body's first line in its file. The same
    arguments give the same value, whatever was rendered before. `draw` may keep what the functions drew that `options` name.

    Raises:
        ContentError: `too-complex` for a body that is nested too deep or takes more than `seconds` of processor time;
            `extension` for an extension of the site that cannot be loaded.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    problems = tuple(_control_characters(text, line))
    source = CONTROL.sub("", text) if problems else text
    try:
        with stack_depth(), processor_time(seconds, _slow(seconds)):
            return _render(source, options, title, line, problems, draw)
    except RecursionError as error:
        deep = TooComplex("lists, quotes or other blocks are nested too deep", hint="take some levels out")
        raise _too_complex(deep, source, line, error.__traceback__) from None
    except TooComplex as error:
        raise _too_complex(error, source, line, error.__traceback__) from None


@cache
def version() -> str:
    """What the output depends on besides this package: the libraries and their versions."""
    return " ".join(
        f"{name}={version_of(name)}" for name in ("github-slugger", "Markdown", "math-core", "nh3", "Pygments", "pymdown-extensions")
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What is made of a body or of an example in one: safe, but without the results of examples."""

    converted: Converted
    outline: Outline
    examples: tuple[str, ...]
    places: Places
    problems: tuple[Problem, ...]

    @property
    def html(self) -> str:
        """The whole of it."""
        return self.outline.whole(with_results(self.outline.html, (), label="")).replace(MARK, "")


def _made(source: str, options: Options, line: int, draw: Draw) -> _Made:
    prepared = prepare(source)
    converted = with_engine(replace(options, punctuation=""), lambda engine: engine.convert(prepared.source, line=line, draw=draw))
    places = Places(source, line=line)
    problems = (*converted.problems, *prepared.problems(converted.html, (each.raw for each in converted.formulas), places))
    written = [replace(each, latex=prepared.restored_text(each.latex), raw=prepared.restored_text(each.raw)) for each in converted.formulas]
    html, examples = taken(ignores.without(with_marks(prepared.restored(converted.html))))
    if options.html == "sanitise":
        outline, removed = sanitised_outline(html)
        problems += tuple(sanitise.problems(removed, places))
    else:
        outline = outline_of(html)
    outline = replace(outline, html=with_frames(outline.html, converted.embeds))
    if FORMULA in outline.html:
        whole, wrong = formulas.shown(outline.html, written, options.math_macros, places)
        outline, problems = replace(outline, html=whole), (*problems, *wrong)
    if PICTURE in outline.html:
        outline = outline.with_pictures([prepared.restored(picture) for picture in converted.pictures])
    if not options.math:
        problems += tuple(formulas.unread(source, places))
    if options.punctuation:
        outline = replace(outline, html=set_well(outline.html, options.punctuation))
    headings = tuple(_restored(heading, prepared, options.punctuation) for heading in converted.headings)
    return _Made(replace(converted, headings=headings), outline, examples, places, problems)


def _render(source: str, options: Options, title: str, line: int, problems: tuple[Problem, ...], draw: Draw) -> Rendered:
    made = _made(source, options, line, draw)
    converted, places = made.converted, made.places
    # What is wrong with an example is there to be seen.
    results = [_made(example, options, 1, draw) for example in made.examples]
    embeds = sum((each.converted.embeds for each in results), converted.embeds)
    html = with_results(made.outline.html, [each.html for each in results], label=options.labels.example_result)
    outline = replace(made.outline, html=html)
    heading, heading_id, html = _take_title(outline, title)
    summary = summarise(outline.whole(html), words=options.summary_words)
    html = html.replace(MARK, "").strip()
    found = scan(html)
    offset = outline.offsets(html)
    links = references(found, html, locate=places.address, offset=offset)
    shown = pictures(found, html, links, offset)
    known = {link.target: (link.line, link.column) for link in reversed(links)}
    return Rendered(
        title=heading,
        title_id=heading_id,
        body=Fragment(outline.whole(html), links, shown),
        summary=_fragment(summary, known),
        text=plain(summary),
        contents=tuple(heading for heading in converted.headings if heading.level in _IN_CONTENTS),
        words=count_words(text_of(html, formula=" x ")) + count_words(outline.text(html)),
        ids=found.ids,
        images=tuple(link.target for link in links if link.kind == "image"),
        embeds=embeds,
        problems=(*problems, *made.problems, *unnamed(shown, links, converted.unnamed, places)),
    )


def _fragment(html: str, known: dict[str, tuple[int, int]]) -> Fragment:
    """A piece of the body; `known` are the places of its addresses."""
    found = scan(html)
    links = references(found, html, locate=lambda target: known.get(target, (0, 0)))
    return Fragment(html, links, pictures(found, html, links))


def _restored(heading: Heading, prepared: Prepared, punctuation: str) -> Heading:
    title = prepared.restored_text(heading.title)
    return replace(heading, title=text_set_well(title, punctuation) if punctuation else title)


def _take_title(outline: Outline, title: str) -> tuple[str, str, str]:
    """The first H1's text; and its id and the outline's HTML without it, where that would say `title` a second time."""
    html = outline.html
    found = next((block for block in blocks(html) if block.tag == "h1"), None) if "<h1" in html else None
    if found is None:
        return "", "", html
    text = plain(unmarked(outline.whole(html[found.inner : found.end]))).replace(MARK, "")
    if not text or (title and " ".join(title.split()) != text):
        return text, "", html
    named = _ID.search(found.attributes)
    return text, named[1] if named else "", html[: found.start] + html[found.end :]


def _control_characters(text: str, line: int) -> Iterator[Problem]:
    """A warning for each line that holds one."""
    if not has_controls(text):
        return
    for number, excerpt in enumerate(text.split("\n"), line):
        found = CONTROL.search(excerpt)
        if found:
            message = f"the control character U+{ord(found[0]):04X} is left out"
            yield Problem("control-character", message, line=number, column=found.start() + 1, excerpt=excerpt, hint="delete it")


def _slow(seconds: float) -> TooComplex:
    hint = "look for a long run of `[`, `*`, `|` or `<`, or split the page"
    return TooComplex(f"this page takes more than {seconds:g} s of processor time to render", hint=hint)


def _too_complex(error: TooComplex, source: str, line: int, trace: TracebackType | None) -> ContentError:
    index = error.line - 1 if error.line else _culprit(source, trace)
    excerpt = source.split("\n")[index] if index >= 0 else ""
    return ContentError(error.message, rule="too-complex", line=line + index if index >= 0 else 0, excerpt=excerpt[:200], hint=error.hint)


def _culprit(source: str, trace: TracebackType | None) -> int:
    """The index of the line that was being parsed, as the parser's own variables tell it; -1 where they do not."""
    for frame, _ in walk_tb(trace):
        if not frame.f_globals.get("__name__", "").startswith(("markdown.", "pymdownx.", "sitegen.markup.inlines.inline")):
            continue
        for name in ("block", "data", "text"):
            value = frame.f_locals.get(name)
            start = value.strip().split("\n")[0].split("\x02")[0][:60] if isinstance(value, str) else ""
            at = source.find(start) if len(start) > 2 else -1
            if at >= 0:
                return source.count("\n", 0, at)
    return -1

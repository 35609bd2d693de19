"""What rendering is told, and what it gives: frozen values that a cache can keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sitegen.errors import Problem


@dataclass(frozen=True, slots=True)
class Labels:
    """What the markup says in words of its own; translate it for a page in another language. ``{}`` is filled in.

    `kinds` are the titles of boxes without one by their kind, where that is not the kind itself.
    """

    section_link: str = "Link to this section: {}"
    footnotes: str = "Footnotes"
    footnote_back: str = "Back to reference {}"
    task_done: str = "Completed task"
    task_open: str = "Incomplete task"
    example_result: str = "Result"
    diagram: str = "Diagram in {}"
    diagram_source: str = "Diagram in {}, shown as its source"
    diagram_details: str = "Source of the diagram"
    kinds: tuple[tuple[str, str], ...] = ()

    def kind(self, name: str) -> str:
        """The title of a box of that kind, such as ``note``."""
        return dict(self.kinds).get(name) or name.capitalize()


@dataclass(frozen=True, slots=True)
class Options:
    """How a site wants its bodies rendered. One Python-Markdown instance is kept for each distinct value.

    `embeds` are the hosts whose pages may be embedded besides those of players that are known.
    `punctuation` is the language whose quotes and dashes take the place of plain ones, empty for none.
    `math` says whether dollars stand around formulas; `math_macros` are names without their backslash and what they stand for.
    `diagrams` are languages of fences, each with the import path of what draws them.
    `code` is the digest of the source of the site's own `extensions`: where that was edited, an instance made before is no use.
    """

    html: Literal["sanitise", "trust"] = "sanitise"
    line_numbers: bool = False
    extensions: tuple[str, ...] = ()
    code: str = ""
    summary_words: int = 70
    embeds: tuple[str, ...] = ()
    punctuation: str = ""
    math: bool = False
    math_macros: tuple[tuple[str, str], ...] = ()
    diagrams: tuple[tuple[str, str], ...] = ()
    labels: Labels = field(default_factory=Labels)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address in a fragment.

    ``html[start:end]`` is the attribute's value, still escaped; `target` is the same decoded, as the author wrote it.
    `line` and `column` count from 1 in the file; 0 where the source does not show it.
    """

    target: str
    kind: Literal["link", "image", "media"]
    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An ``img``, or a ``video`` with a poster, whose `tag` is ``html[start:end]`` of a fragment.

    ``references[reference]`` is its address; `given` are those of its attributes that sitegen would add. `inside` says that it is the
    ``img`` of a ``picture`` that the author wrote.
    """

    tag: str
    reference: int
    start: int
    end: int
    given: tuple[tuple[str, str], ...] = ()
    inside: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the author named one file and left it at that."""
        return self.tag == "img" and not self.inside and "srcset" not in dict(self.given)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a page with its references and its pictures, each sorted by `start`."""

    html: str = ""
    references: tuple[Reference, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the page's contents; `title` is plain text."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that one body tells, without knowing of any other page.

    `title` is the text of the first H1, which `body` then lacks unless `render` was given another title; `title_id` is the
    id that H1 had, where it was cut: what GitHub would link to. `text` is the summary in plain text.
    `embeds` are the addresses that frames would show, if a reader asked for it.
    """

    title: str = ""
    title_id: str = ""
    body: Fragment = Fragment()
    summary: Fragment = Fragment()
    text: str = ""
    contents: tuple[Heading, ...] = ()
    words: int = 0
    ids: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

"""Markdown to HTML: `render(body, options)`, pure; one module for each extension of Python-Markdown.

- rendering: the whole way, in one function that reads downwards
- engine: Python-Markdown, put together from headings, fences and code, tables, tasks, footnotes, admonitions, literal, markers
- foreign, cures: what other generators would execute; infos, marks, diffs: what is said of a block of code
- includes: the files that a body takes in, before all that
- sanitise: nh3 over the result, and what it took out
- references, pictures, places: each address and each picture with its place in the result and in the source
- summary, text: cut and counted out of the result
- limits: what a body may cost
"""

from __future__ import annotations

from sitegen.markup.diagrams import Draw, draw
from sitegen.markup.includes import Part, may_include, places_of, with_parts
from sitegen.markup.places import code_spans
from sitegen.markup.rendered import Fragment, Heading, Labels, Options, Picture, Reference, Rendered
from sitegen.markup.rendering import render, version

__all__ = [
    "Draw",
    "Fragment",
    "Heading",
    "Labels",
    "Options",
    "Part",
    "Picture",
    "Reference",
    "Rendered",
    "code_spans",
    "draw",
    "may_include",
    "places_of",
    "render",
    "version",
    "with_parts",
]

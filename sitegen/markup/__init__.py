"""Markdown to HTML: `render(body, options)`, pure.

- rendering: the whole way, in functions that read downwards
- includes, foreign, cures: what a body takes in, and what other generators would execute, before all that
- engine: Python-Markdown with our dialect and our extensions, such as headings, footnotes, tasks, directives and figures
    - dialect: blocks (a package), inlines (a package) and what joins them; fast, passes, serialising: the same with short cuts
    - listings (a package): code; formulas, latex, mathml; diagrams; examples
- sanitise: nh3 over the result, and what it took out
- references, pictures, places: each address and each picture with its place in the result and in the source
- summary, text, punctuation: cut, counted and set out of the result
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

"""Markdown to HTML: `render(body, options)`, pure; one module for each extension of Python-Markdown.

- rendering: the whole way, in one function that reads downwards
- engine: Python-Markdown, put together from headings, fences and code, tables, tasks, footnotes, admonitions, literal, markers
- sanitise: nh3 over the result, and what it took out
- references, places: each address with its place in the result and in the source
- summary, text: cut and counted out of the result
- limits: what a body may cost
"""

from __future__ import annotations

from sitegen.markup.diagrams import draw
from sitegen.markup.rendered import Fragment, Heading, Labels, Options, Reference, Rendered
from sitegen.markup.rendering import render, version

__all__ = ["Fragment", "Heading", "Labels", "Options", "Reference", "Rendered", "draw", "render", "version"]

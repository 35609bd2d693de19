"""What site.yaml says about Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from sitegen.config.kinds import FenceLanguage, MacroName, MacroText, MarkdownExtension, Text
from sitegen.config.table import Many, Table


class MarkdownKeys(Table):
    """What Markdown can do."""

    extensions: Many[MarkdownExtension] = Field(
        default=(), description="Python-Markdown extensions besides the built-in ones. A module beside `site.yaml` can be one."
    )
    line_numbers: bool = Field(default=False, description="Whether code blocks have line numbers. A fence can say otherwise for itself.")
    math: bool = Field(
        default=False,
        description="Whether dollars stand around formulas. A page can say otherwise for itself with `math` in its front matter.",
    )
    diagrams: Mapping[FenceLanguage, MarkdownExtension] = Field(
        default={},
        description="Languages of fences that a function of your own draws: `module:function`, which takes the source and gives SVG.",
    )
    mermaid: Text = Field(
        default="",
        description="Mermaid for browsers, a file below `static/`: it draws `mermaid` fences on the pages that have any.",
    )
    math_macros: Mapping[MacroName, MacroText] = Field(
        default={}, description="Commands of your own in formulas, by name, and the LaTeX that each stands for; `#1` is its first argument."
    )

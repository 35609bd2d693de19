"""The keys of site.yaml that say what Markdown can do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from sitegen.config.kinds import Fault, MarkdownExtension, Text, Words, checked, quoted, text_fault
from sitegen.config.table import Many, Table

LONGEST_MACRO = 200


def fence_fault(name: str) -> Fault | None:
    """Why `name` cannot be the language of a fence."""
    if re.fullmatch(r"[a-z0-9][a-z0-9_+.-]*", name):
        return None
    return Fault(f"is {quoted(name)}, expected the name of a language in small letters, such as mermaid")


def macro_name_fault(name: str) -> Fault | None:
    """Why `name` cannot be a command of LaTeX."""
    if re.fullmatch(r"\\?[A-Za-z]+", name):
        return None
    return Fault(f"is {quoted(name)}, expected a name of letters alone, such as \\R", "leave digits and other signs out of the name")


def macro_fault(text: str) -> Fault | None:
    """Why `text` cannot be what a macro stands for; so short, none can make a formula deeper than can be read."""
    if len(text) > LONGEST_MACRO:
        return Fault(f"has {len(text)} characters, expected {LONGEST_MACRO} at most", "make two macros of it")
    braces = re.sub(r"\\.|[^{}]", "", text)
    while "{}" in braces:
        braces = braces.replace("{}", "")
    return Fault(f"is {quoted(text)}, whose braces do not pair") if braces else text_fault(text)


FenceLanguage = Annotated[str, checked(fence_fault), Words("language")]
MacroName = Annotated[str, checked(macro_name_fault), Words("LaTeX command")]
MacroText = Annotated[str, checked(macro_fault), Words("LaTeX")]


class MarkdownKeys(Table):
    """What Markdown can do."""

    extensions: Many[MarkdownExtension] = Field(
        default=(), description="Python-Markdown extensions besides the built-in ones. A module beside `site.yaml` can be one."
    )
    line_numbers: bool = Field(default=False, description="Whether code blocks have line numbers. A fence can say otherwise for itself.")
    smart_punctuation: bool = Field(default=False, description="Whether quotes, `--` and `...` are set as the page's language has it.")
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

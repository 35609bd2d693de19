"""What sitegen's Markdown is held to: `markdown-it-py`, with its preset ``gfm-like`` and as GitHub has it."""

from __future__ import annotations

import re
from typing import Any

import html5lib
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from mdit_py_plugins.gfm import gfm_plugin
from pymdownx.gemoji_db import emoji

_SHORTCODE = re.compile(r"(?<![\w:]):([a-z0-9_+-]+):(?![\w:])")


def gfm_like() -> MarkdownIt:
    """The preset as it is."""
    return MarkdownIt("gfm-like")


def github() -> MarkdownIt:
    """What GitHub makes of Markdown: besides tables and struck text also footnotes, task lists, alerts and the names of emoji.

    Links are made as GitHub makes them, of ``https://`` and ``www.``; the preset makes one of `setup.py` too, as it ends like a country.
    """
    reference = MarkdownIt("commonmark").use(gfm_plugin)
    reference.add_render_rule("text", _text)
    return reference


def _text(self: RendererHTML, tokens: Any, at: int, options: Any, env: Any) -> str:
    return _SHORTCODE.sub(_character, self.text(tokens, at, options, env))


def _character(found: re.Match[str]) -> str:
    known = emoji.get(f":{found[1]}:", {}).get("unicode", "")
    return "".join(chr(int(part, 16)) for part in known.split("-")) if known else found[0]


def without_notes(html: str) -> str:
    """`html` with footnotes told as both do: no marks, no numbers, no links to and fro; what the notes say stays."""
    root = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in root.iter():
        for child in list(element):
            named = str(child.get("class") or "")
            if named.startswith(("footnote-ref", "footnote-backref")) or named == "footnotes-sep":
                child.tag, child.text = "span", ""
                del child[:]
    return str(html5lib.serialize(root, tree="etree", omit_optional_tags=False, quote_attr_values="always"))

"""YAML between ``---`` lines: Jekyll, Gatsby, VuePress, Docusaurus, MkDocs, Eleventy, Hexo and Hugo."""

from __future__ import annotations

from sitegen.errors import FrontMatterError
from sitegen.frontmatter.block import SUBJECT, Block
from sitegen.yaml_nodes import Mapping, compose


def read(block: Block) -> Mapping:
    """The keys of `block`.

    Raises:
        FrontMatterError: it is not YAML, is no mapping, or goes past the limits of `sitegen.yaml_nodes`.
    """
    return block.mapping(compose(block.text, path=block.path, line=block.line, error=FrontMatterError, limit=block.limit, subject=SUBJECT))

"""YAML read with its marks kept and its dangers refused: what site.yaml and front matter are both read with.

The text becomes three kinds of values that know their place in the file. They are made from libyaml's stream of events and not
from its composer, which recurses in C and crashes on 50,000 open brackets.
"""

from sitegen.yaml_nodes.composer import ALIASES, DEPTH, EXPANDED, SIZE, compose
from sitegen.yaml_nodes.cures import Source, cure, quote, shown
from sitegen.yaml_nodes.values import Mapping, Node, Scalar, Sequence, find, plain

__all__ = [
    "ALIASES",
    "DEPTH",
    "EXPANDED",
    "SIZE",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "compose",
    "cure",
    "find",
    "plain",
    "quote",
    "shown",
]

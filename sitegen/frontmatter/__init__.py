"""Front matter: what stands before the body of a content file, in any dialect, read to one set of canonical values.

decode       bytes to text: UTF-8, LF, no control characters
split        text to front matter and body; every dialect gives the same nodes with their place in the file
written      where a key stands
normalise    the keys of ten generators to `Meta`, and all that is wrong with them together
"""

from sitegen.frontmatter.decode import decode
from sitegen.frontmatter.fields import Fields
from sitegen.frontmatter.keys import KEYS, PROTECT, UNUSED, Key, nearest
from sitegen.frontmatter.meta import Action, Author, Feature, Hero, Meta, Series
from sitegen.frontmatter.normalise import normalise
from sitegen.frontmatter.split import Dialect, Split, split
from sitegen.frontmatter.written import Written, find

__all__ = [
    "KEYS",
    "PROTECT",
    "UNUSED",
    "Action",
    "Author",
    "Dialect",
    "Feature",
    "Fields",
    "Hero",
    "Key",
    "Meta",
    "Series",
    "Split",
    "Written",
    "decode",
    "find",
    "nearest",
    "normalise",
    "split",
]

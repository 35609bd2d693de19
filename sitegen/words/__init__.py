"""The words that are not the author's: what the theme and the markup say by themselves, in the language of each page.

- catalogue: a file of translations, read
- placeholders: what a translation must keep of its text
- vocabulary: the catalogues of the theme and those of the site, together
- collecting: the words of templates and modules, found
- writing: catalogues begun, and brought up to date
"""

from __future__ import annotations

from sitegen.words.vocabulary import FOLDER, SUFFIX, Vocabulary, Words, digest_of

__all__ = ["FOLDER", "SUFFIX", "Vocabulary", "Words", "digest_of"]

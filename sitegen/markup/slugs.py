"""Heading ids as GitHub makes them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from github_slugger import slug


class Slugger:
    """Ids for the headings of one page, none of them twice and none of them one of `taken`.

    What `github_slugger.GithubSlugger` gives, which weighs each character against a thousand ranges every time it comes up.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._count = dict.fromkeys(taken, 0)

    def slug(self, text: str) -> str:
        """The next id for a heading with that plain text; a text of punctuation alone is a `section`."""
        first = result = "".join(map(_piece, text.lower())) or "section"
        number = self._count.get(first, 0)
        while result in self._count:
            number += 1
            result = f"{first}-{number}"
        self._count[first] = number
        self._count[result] = 0
        return result


@cache
def _piece(character: str) -> str:
    """What is left of a character in lower case."""
    piece: str = slug(character)
    return piece

"""What lists and overviews are called where nobody has said so, in a language."""

from __future__ import annotations

from sitegen.words import Words

TAXONOMIES = ("tags", "categories", "authors", "series")


def of_taxonomies(words: Words) -> dict[str, tuple[str, str]]:
    """What the overview of each taxonomy is called, and one of its terms."""
    _ = words.gettext
    return {
        "tags": (_("Tags"), _("Tag")),
        "categories": (_("Categories"), _("Category")),
        "authors": (_("Authors"), _("Author")),
        "series": (words.ngettext("Series", "Series", 2), _("Series")),
    }


def of_collections(words: Words) -> dict[str, str]:
    """The titles of the collections that are there from the start."""
    _ = words.gettext
    return {"blog": _("Blog"), "docs": _("Docs"), "releases": _("Releases"), "pages": _("Pages")}

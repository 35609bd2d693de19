"""Questions about the pictures that pages show: how large they are, and in which versions there are."""

from __future__ import annotations

from itertools import groupby

from sitegen.pictures import Size
from sitegen.site.answers import Picture
from sitegen.site.library import Library
from sitegen.site.questions import question
from sitegen.site.splicing import Drawn

_MEDIA_TYPES = {"avif": "image/avif", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
# Of the versions of a picture in a list, the narrowest: each is an address in every list that shows it.
_IN_LISTS = 2


class Shown(Library):
    """Questions about pictures by their address."""

    @question
    def size(self, href: str) -> Size | None:
        """The size of the picture at that address of the site; None where there is none."""
        file = self.file_at(href)
        return self.picture_size(file) if file else None

    @question
    def drawing(self, href: str) -> tuple[Drawn, ...]:
        """The versions of the picture at that address of the site, by media type; those of its own type come last."""
        file = self.file_at(href)
        order = self.picture_order(file) if file else None
        if order is None:
            return ()
        by_form = groupby(order.versions, key=lambda version: version.form)
        found = {form: [f"{self.href('/' + each.file)} {each.width}w" for each in versions] for form, versions in by_form}
        size = self.size(href)
        if order.kind in found and size is not None and size.width <= max(order.recipe.widths):
            # Where there is a srcset, a browser passes over src.
            found[order.kind].append(f"{href} {size.width}w")
        return tuple(Drawn("" if form == order.kind else _MEDIA_TYPES[form], ", ".join(each)) for form, each in found.items())

    def shown_small(self, href: str, alt: str) -> Picture:
        """The picture at `href` as lists show it: with the narrowest of its versions in one format, the first there is."""
        size, drawn = self.size(href), next(iter(self.drawing(href)), Drawn("", ""))
        srcset = ", ".join(drawn.srcset.split(", ")[:_IN_LISTS])
        return Picture(href, alt, size.width if size else 0, size.height if size else 0, drawn.type, srcset)

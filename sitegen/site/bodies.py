"""Bodies as pages print them: links resolved, pictures measured and in all their versions."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.pages import Page
from sitegen.pictures import Size
from sitegen.site.cards import Cards
from sitegen.site.questions import aggregate
from sitegen.site.splicing import Drawn, spliced


class Bodies(Cards):
    """Questions about what a page shows."""

    _last_body = ("", Markup())

    def sizes(self, source: str) -> tuple[Size | None, ...]:
        """The size of each picture in the page's body, in the body's order; None where the site has no such picture."""
        pictures = self.page(source).rendered.body.pictures
        targets = self.targets(source) if pictures else ()
        return tuple(self.size(targets[picture.reference]) for picture in pictures)

    def drawings(self, source: str) -> tuple[tuple[Drawn, ...], ...]:
        """The versions of each picture in the page's body, in the body's order; none of what the author wrote versions of."""
        pictures = self.page(source).rendered.body.pictures if self.gallery.recipe else ()
        targets = self.targets(source) if pictures else ()
        return tuple(self.drawing(targets[picture.reference]) if picture.is_plain else () for picture in pictures)

    @aggregate
    def shown_files(self) -> tuple[str, ...]:
        """The file of every picture that a page shows and that may have versions, sorted."""
        found = {self.file_at(self._resolve(page, target)) for page in self.published.values() for target in _pictures(page)}
        homes = (self.settings.home, *(each.home for each in self.settings.languages.values()))
        found |= {self.file_at(self.picture(home.hero.image)) for home in homes if self._is_file(home.hero.image)}
        return tuple(sorted(filter(None, found)))

    def _is_file(self, name: str) -> bool:
        """Whether what site.yaml names is there; where it is not, the page that shows it says so."""
        return name.lstrip("/") in self.media or name.lstrip("/") in self.assets.published

    def body(self, source: str) -> Markup:
        """The page's body: what a template prints."""
        page = self.page(source)
        # A page that was rendered is looked through next, and for that its body is asked for once more.
        if self._last_body[0] != source:
            self._last_body = source, self._printed(page)
        return self._last_body[1]

    def _printed(self, page: Page) -> Markup:
        fragment, source = page.rendered.body, page.source
        shown = self.settings.images.sizes if self.settings.images else ""
        body = spliced(fragment, self.targets(source), self.sizes(source), self.drawings(source), shown=shown, first_is_eager=True)
        return body + self._script() if page.rendered.embeds else body

    def _script(self) -> Markup:
        """What puts a player in the place of a link."""
        return Markup('<script src="{}" defer></script>').format(self.asset("embed.js"))


def _pictures(page: Page) -> tuple[str, ...]:
    """The addresses, as written, of the pictures of a page that are shown in the narrowest version that will do."""
    own = (page.meta.image, page.meta.hero.image if page.meta.hero else "")
    return (*page.pictures, *filter(None, own))

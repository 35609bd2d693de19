"""The picture that a link preview shows of a page: its own, the card that is drawn of its title, or the site's."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.pages import Page
from sitegen.pictures import HEIGHT, WIDTH, CardOrder, undrawable
from sitegen.site.questions import aggregate, question
from sitegen.site.redirects import Redirects
from sitegen.tracing import note_input

CARDS = "cards"


@dataclass(frozen=True, slots=True)
class Preview:
    """The href of a picture, empty for none; its size in pixels, 0 where it is not known, and what it shows."""

    url: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""


class Previews(Redirects):
    """Questions about link previews."""

    def preview(self, page: Page) -> Preview:
        """The picture of a page."""
        if page.meta.image:
            return self._sized(self.target(page.source, page.meta.image), page.meta.image_alt)
        order = self._card(page)
        if order is not None:
            return Preview(self.href(f"/{order.file}"), WIDTH, HEIGHT, f"{page.title} · {order.site}")
        return self.list_preview()

    @question
    def list_preview(self) -> Preview:
        """The picture of a page that is generated: the site's."""
        return self._sized(self.picture(self.settings.image), "") if self.settings.image else Preview()

    def _sized(self, href: str, alt: str) -> Preview:
        size = self.size(href)
        return Preview(href, size.width if size else 0, size.height if size else 0, alt)

    def _card(self, page: Page) -> CardOrder | None:
        """What is drawn for the page; None where it has a picture, or the font lacks a letter of its title."""
        if self.settings.social_cards is not None:
            note_input(CARDS)
        order = self._wanted_card(page)
        return order if order is not None and not undrawable(order.title + order.site, order.style) else None

    def _wanted_card(self, page: Page) -> CardOrder | None:
        style = self.gallery.style
        if style is None or page.meta.image or not page.is_listed:
            return None
        return CardOrder(page.title, self.title(page.lang), style)

    @aggregate
    def card_orders(self) -> dict[str, CardOrder]:
        """The card of each page that is to have one, by its source; also of those whose letters cannot be drawn."""
        found = {page.source: self._wanted_card(page) for page in self.published.values()}
        return {source: order for source, order in found.items() if order is not None}

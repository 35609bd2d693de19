"""Questions about the front page: what site.yaml and its own front matter make of it, and the ways from it into the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from packaging.version import Version

from sitegen import frontmatter
from sitegen.config import ActionKeys, FeatureKeys, HeroKeys, HomeKeys
from sitegen.pages import Page
from sitegen.site.answers import Door, Feature, FrontPage, Hero, Ref
from sitegen.site.previews import Previews
from sitegen.site.questions import question

# A front page leads into the parts of a site, and does not list them to their end.
DOORS = 12


class Fronts(Previews):
    """Questions about front pages."""

    @question
    def front_page(self, source: str, lang: str) -> FrontPage:
        """The front page that the content file `source` is, or a language's generated one where that is empty.

        What its front matter says comes before site.yaml, and what that says of its language before the rest.
        """
        page = self.page_of(source) if source else None
        keys = self._home_keys(lang) if page is None or page.permalink == self.home(lang) else HomeKeys()
        own = self._own_hero(page) if page else None
        features = tuple(self._own_feature(page, each) for each in page.meta.features) if page else ()
        hero = own or self._hero(keys.hero, lang)
        title = hero.title or (page.title if page else self.title(lang))
        text = hero.text or (page.meta.description if page else "") or self.description(lang)
        return FrontPage(
            replace(hero, title=title, text=text),
            features or tuple(self._feature(each, lang) for each in keys.features),
            tuple(keys.sections),
        )

    def _home_keys(self, lang: str) -> HomeKeys:
        """The keys of `home`, those of a language laid over them."""
        keys = self.settings.home
        own = self.settings.languages[lang].home if lang in self.settings.languages else HomeKeys()
        return HomeKeys(
            hero=own.hero if own.hero != HeroKeys() else keys.hero,
            features=own.features or keys.features,
            sections=own.sections or keys.sections,
        )

    def _hero(self, keys: HeroKeys, lang: str) -> Hero:
        image = self.shown_small(self.picture(keys.image), keys.image_alt) if keys.image else None
        actions = (self._ref(each, lang) for each in keys.actions if self._is_there(each))
        return Hero(keys.label, keys.title, keys.text, image, tuple(actions))

    def _feature(self, keys: FeatureKeys, lang: str) -> Feature:
        url = self._ref(keys, lang).url if self._is_there(keys) else ""
        is_picture = _is_picture(keys.icon)
        return Feature(keys.title, keys.text, url, "" if is_picture else keys.icon, self.picture(keys.icon) if is_picture else "")

    def _is_there(self, keys: ActionKeys | FeatureKeys) -> bool:
        """Whether it leads somewhere today: not to a draft, say."""
        return bool(keys.url) or keys.page in self.published

    def _ref(self, keys: ActionKeys | FeatureKeys, lang: str) -> Ref:
        """Where a part of the front page leads, found as an entry of a menu is."""
        return self.link_to(keys.title, keys.page, keys.url, lang)

    def _own_hero(self, page: Page) -> Hero | None:
        hero = page.meta.hero
        if hero is None:
            return None
        image = self.shown_small(self.target(page.source, hero.image), hero.image_alt) if hero.image else None
        actions = tuple(Ref(each.title, self.target(page.source, each.link)) for each in hero.actions)
        return Hero(hero.label, hero.title, hero.text, image, actions)

    def _own_feature(self, page: Page, feature: frontmatter.Feature) -> Feature:
        url = self.target(page.source, feature.link) if feature.link else ""
        is_picture = _is_picture(feature.icon)
        image = self.target(page.source, feature.icon) if is_picture else ""
        return Feature(feature.title, feature.text, url, "" if is_picture else feature.icon, image)

    @question
    def of_kind(self, kind: str, lang: str) -> tuple[str, ...]:
        """The collections of that kind that have a page in a list, by name."""
        return tuple(name for name, each in self.settings.collections.items() if each.kind == kind and self.shelf(name, lang))

    @question
    def doors(self, collection: str, lang: str) -> tuple[Door, ...]:
        """The first ways into a collection: of docs the folders and pages at the top of their tree, of others their pages."""
        if self.collection(collection).kind == "docs":
            branches = islice(self.tree_of(collection, lang).children, DOORS)
            return tuple(_way_in(each.title, each.shut.url, each.page, each.count) for each in branches)
        pages = islice((page for page in self.shelf(collection, lang) if page.permalink != self.home(lang)), DOORS)
        return tuple(_way_in(page.title, page.url, page) for page in pages)

    @question
    def newest_release(self, collection: str, lang: str) -> str:
        """The source of the newest release that is no preview of one to come; empty where there is none."""
        releases: Sequence[Page] = self.shelf(collection, lang)
        versions = [page for page in releases if page.version and not Version(page.version).is_prerelease]
        newest = max(versions, key=lambda page: Version(page.version), default=next(iter(releases), None))
        return newest.source if newest else ""


def _way_in(title: str, url: str, page: Page | None, count: int = 0) -> Door:
    return Door(title, url, page.description if page else "", count, page.foreign if page else "")


def _is_picture(icon: str) -> bool:
    """Whether an icon is the name of a file; an emoji is none."""
    return "." in icon or "/" in icon

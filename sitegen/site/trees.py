"""Questions about where a page stands: its neighbours, the tree of docs, breadcrumbs, menus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sitegen.config import MenuItem as MenuSetting
from sitegen.pages import Page
from sitegen.site import addresses
from sitegen.site.answers import MenuItem, Neighbours, Node, Ref
from sitegen.site.lists import Lists
from sitegen.site.questions import aggregate, question
from sitegen.site.windows import windowed

WHOLE_TREE = 300
# As many plain pages as a menu takes that nobody wrote.
IN_MENU = 5
_ELSEWHERE = ("http://", "https://", "mailto:", "tel:")


@dataclass(eq=False)
class _Branch:
    """A doc or a folder of docs; its children are sorted, and its nodes made, once all is planted."""

    name: str
    page: Page | None = None
    leaves: dict[str, _Branch] = field(default_factory=dict)
    folders: dict[str, _Branch] = field(default_factory=dict)

    @property
    def order(self) -> tuple[bool, float, str]:
        weight = self.page.weight if self.page else None
        return weight is None, weight or 0, self.title.casefold()

    @property
    def title(self) -> str:
        return self.page.nav_title if self.page else self.name.replace("-", " ").replace("_", " ").capitalize()

    @property
    def url(self) -> str:
        return self.page.url if self.page else ""

    @property
    def lang(self) -> str:
        return self.page.foreign if self.page else ""

    @cached_property
    def children(self) -> dict[_Branch, int]:
        """Folders and pages together, by weight and then by title, with the place of each."""
        ordered = sorted([*self.leaves.values(), *self.folders.values()], key=lambda branch: branch.order)
        return {branch: place for place, branch in enumerate(ordered)}

    @cached_property
    def whole(self) -> Node:
        """The branch with all below it, for a page that is not inside."""
        return Node(self.title, self.url, current=False, open=False, children=tuple(child.whole for child in self.children), lang=self.lang)

    @cached_property
    def shut(self) -> Node:
        """The branch without what is below it."""
        return Node(self.title, next(_walk(self)).url, current=False, open=False, lang=self.lang)

    @property
    def count(self) -> int:
        """How many pages are below it."""
        return sum(1 for _ in _walk(self)) - (self.page is not None)

    @cached_property
    def row(self) -> tuple[Node, ...]:
        """The children, shut."""
        return tuple(child.shut for child in self.children)


class Trees(Lists):
    """Questions about a page's place among the others."""

    @question
    def neighbours(self, source: str) -> Neighbours:
        """What comes before and after the page: in reading order for docs, in time for posts, by version for releases."""
        page = self.page_of(source)
        order, at = self._reading_order(page.collection, page.lang)
        if source not in at or page.kind == "pages":
            return Neighbours(None, None)
        place = at[source]
        before = order[place - 1] if place else None
        after = order[place + 1] if place + 1 < len(order) else None
        if self.collection(page.collection).order in {"newest", "version"}:
            before, after = after, before
        return Neighbours(_ref(before), _ref(after))

    def _reading_order(self, collection: str, lang: str) -> tuple[tuple[Page, ...], dict[str, int]]:
        if (collection, lang) not in self._orders:
            is_tree = self.collection(collection).kind == "docs"
            order = tuple(_walk(self.tree_of(collection, lang))) if is_tree else self.shelf(collection, lang)
            self._orders[collection, lang] = order, {page.source: place for place, page in enumerate(order)}
        return self._orders[collection, lang]

    @aggregate
    def _orders(self) -> dict[tuple[str, str], tuple[tuple[Page, ...], dict[str, int]]]:
        return {}

    @aggregate
    def _trees(self) -> dict[tuple[str, str], _Branch]:
        return {}

    def tree_of(self, collection: str, lang: str) -> _Branch:
        """The folders of a collection as a tree; its root carries the collection's index page."""
        if (collection, lang) not in self._trees:
            root = _Branch(collection, self.front(collection, lang))
            for page in self.shelf(collection, lang):
                _plant(root, page, self.base(collection, lang))
            self._trees[collection, lang] = root
        return self._trees[collection, lang]

    @question
    def sidebar(self, source: str) -> tuple[Node, ...]:
        """The tree of docs around a page: whole up to 300 pages, above that the page's ancestors with their children.

        Of a long row of children, those around the page or its ancestor.
        """
        page = self.page_of(source)
        whole = len(self.shelf(page.collection, page.lang)) <= WHOLE_TREE
        root = self.tree_of(page.collection, page.lang)
        front = [Node(root.title, root.url, current=root.page is page, open=False, lang=root.lang)] if root.page else []
        return (*front, *_nodes(root, self._trail(page), page, whole=whole))

    @question
    def versions(self, source: str) -> tuple[Node, ...]:
        """The releases beside one, in their collection's order; of many, those around it."""
        page = self.page_of(source)
        key = page.collection, page.lang
        if key not in self._versions:
            self._versions[key] = tuple(map(_release, self.shelf(*key)))
        at = self._reading_order(*key)[1].get(source, 0)
        nodes = self._versions[key]
        return windowed(nodes, at, replace(nodes[at], current=nodes[at].url == page.url)) if nodes else ()

    @aggregate
    def _versions(self) -> dict[tuple[str, str], tuple[Node, ...]]:
        return {}

    @question
    def outline(self, collection: str, lang: str) -> tuple[Node, ...]:
        """The tree of a collection as its generated index shows it: with a line about each branch at its top."""
        branches = self.tree_of(collection, lang).children
        return tuple(replace(each.whole, text=each.page.description if each.page else "") for each in branches)

    def _trail(self, page: Page) -> tuple[_Branch, ...]:
        """The branches from below the root down to the page's own, or to its folder where no tree shows the page."""
        branch, trail = self.tree_of(page.collection, page.lang), []
        for name in _folders(page, self.base(page.collection, page.lang)):
            if name not in branch.folders:
                break
            branch = branch.folders[name]
            trail.append(branch)
        if page.source in branch.leaves:
            trail.append(branch.leaves[page.source])
        return tuple(trail)

    @question
    def breadcrumbs(self, source: str) -> tuple[Ref, ...]:
        """The way from the home page down to the page's parent."""
        page = self.page_of(source)
        crumbs = [self.home_ref(page.lang)]
        index = self.index_of(page.collection, page.lang) if page.kind != "pages" and not self.is_front(page) else None
        crumbs += [index] if index else []
        if page.kind == "docs":
            crumbs += [Ref(branch.title, branch.url, branch.lang) for branch in self._trail(page) if branch.page is not page]
        return tuple(crumbs) if page.url != crumbs[0].url else ()

    @question
    def index_of(self, collection: str, lang: str) -> Ref | None:
        """A collection's index, if it has one."""
        has_pages = self.shelf(collection, lang) or self.front(collection, lang)
        return self.collection_ref(collection, lang) if has_pages and self.collection(collection).listed else None

    def collection_ref(self, name: str, lang: str) -> Ref:
        """A collection's index, called as its own page says, else as site.yaml does."""
        front = self.front(name, lang)
        title, spoken = (front.nav_title, front.foreign) if front else (self.collection_title(name, lang), "")
        return Ref(title, self.href(self.base(name, lang)), spoken)

    @question
    def menu(self, name: str, lang: str) -> tuple[MenuItem, ...]:
        """A menu of site.yaml; without one, the main menu names the collections that have pages, and plain pages where those are few."""
        if name in self.settings.menus:
            return self._menu_items(self.settings.menus[name], lang)
        if name != "main":
            return ()
        refs = [self.collection_ref(name, lang) for name in self.indexed if self.shelf(name, lang)]
        refs += [Ref(page.nav_title, page.url, page.foreign) for page in self._plain_pages(lang)]
        return tuple(MenuItem(ref.title, ref.url, external=False, lang=ref.lang) for ref in refs)

    def _plain_pages(self, lang: str) -> list[Page]:
        """The pages of no other kind, but for the home page and those that search engines are to leave alone; none where they are many."""
        names = (name for name, each in self.settings.collections.items() if each.kind == "pages" and each.listed)
        pages = [page for name in names for page in self.shelf(name, lang) if page.permalink != self.home(lang) and not page.meta.noindex]
        return sorted(pages, key=lambda page: (page.weight is None, page.weight or 0)) if len(pages) <= IN_MENU else []

    def _menu_items(self, items: Iterable[MenuSetting], lang: str) -> tuple[MenuItem, ...]:
        """Those that lead somewhere today: not to a draft, say."""
        return tuple(
            self._menu_item(item, lang) for item in items if not item.page or item.page in self.published or self.shell_of(item.page)
        )

    def _menu_item(self, item: MenuSetting, lang: str) -> MenuItem:
        children = self._menu_items(item.children, lang)
        external = item.url.startswith(_ELSEWHERE) and item.page not in self.published
        ref = self.link_to(self.said(item.title, lang), item.page, item.url, lang)
        return MenuItem(ref.title, ref.url, external=external, children=children, lang=ref.lang)

    def home_ref(self, lang: str) -> Ref:
        """The home page of a language, where every way down begins."""
        return Ref(self.title(lang), self.href(self.home(lang)))

    def link_to(self, title: str, page: str, url: str, lang: str) -> Ref:
        """Where a link of site.yaml leads in a language: to a page or its translation, to an address of the site, or elsewhere."""
        found = self.published.get(page)
        if found is not None:
            found = self.translated.get((found.key, lang), found)
            return Ref(title or found.nav_title, found.url, "" if title or found.text_lang == lang else found.text_lang)
        shell = self.shell_of(page)
        if shell is not None:
            return Ref(title or shell.title or self.words.of(lang).gettext("Protected page"), self.href(shell.path))
        if not url or url.startswith(_ELSEWHERE):
            return Ref(title, url)
        path = url if url.startswith("/") else f"/{url}"
        local = self.home(lang) + path.removeprefix("/")
        return Ref(title, self.href(local if self._is_answered(local, lang) else path))

    def _is_answered(self, path: str, lang: str) -> bool:
        """Whether there is a page, an index or an overview at `path` in that language."""
        indexes = (self.base(name, lang) for name in self.indexed if self.shelf(name, lang) or self.front(name, lang))
        overviews = (addresses.taxonomy(name, self.home(lang)) for name in self.taxonomies if self.tagged(name, lang))
        return path in self.by_permalink or path in {*indexes, *overviews}

    @question
    def overviews(self, lang: str) -> tuple[Ref, ...]:
        """The overview of each taxonomy that pages are sorted by."""
        used = (self.taxonomy(name, lang) for name in self.taxonomies if self.tagged(name, lang))
        return tuple(Ref(each.title, each.url) for each in used)


def _folders(page: Page, base: str) -> list[str]:
    """The parts of the page's address between the collection's base and the page; all of them for a folder's index."""
    if not page.permalink.startswith(base):
        return []
    parts = [part for part in page.permalink.removeprefix(base).split("/") if part]
    return parts if page.is_index else parts[:-1]


def _plant(root: _Branch, page: Page, base: str) -> None:
    branch = root
    for name in _folders(page, base):
        branch = branch.folders.setdefault(name, _Branch(name))
    if page.is_index and branch is not root:
        branch.page = page
    else:
        branch.leaves[page.source] = _Branch(page.slug, page)


def _walk(branch: _Branch) -> Iterator[Page]:
    if branch.page:
        yield branch.page
    for child in branch.children:
        yield from _walk(child)


def _nodes(branch: _Branch, trail: Sequence[_Branch], page: Page, *, whole: bool) -> tuple[Node, ...]:
    """The children of `branch`, from the one that `trail` begins with opened down to `page`. What is off the trail is made once for all."""
    row = branch.whole.children if whole else branch.row
    at, here = 0, row[0] if row else None
    if trail:
        inside, *further = trail
        at, below = branch.children[inside], _nodes(inside, further, page, whole=whole)
        here = Node(inside.title, inside.url, current=inside.page is page, open=bool(below), children=below, lang=inside.lang)
    if here is None:
        return ()
    return (*row[:at], here, *row[at + 1 :]) if whole else windowed(row, at, here)


def _ref(page: Page | None) -> Ref | None:
    return Ref(page.nav_title, page.url, page.foreign) if page else None


def _release(page: Page) -> Node:
    return Node(page.version or page.title, page.url, current=False, open=False, lang="" if page.version else page.foreign)

"""Pages as others see them: cards for lists, people, links resolved."""

from __future__ import annotations

import re
from functools import cached_property
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from sitegen import config, urls
from sitegen.config import Author as AuthorKeys
from sitegen.errors import SettingsError, TemplateError
from sitegen.frontmatter import Author
from sitegen.git import Change
from sitegen.markup import Fragment
from sitegen.nearest import most_like
from sitegen.pages import CONTENT, Page, body
from sitegen.site import addresses
from sitegen.site.answers import Byline, Card, Person, Ref
from sitegen.site.changes import kinds
from sitegen.site.questions import question
from sitegen.site.shown import Shown
from sitegen.site.splicing import spliced
from sitegen.tracing import note_input

# The keys of site.yaml whose values are pictures.
_PICTURES = ("logo", "favicon", "image", "icon")
_PELICAN = ("filename", "static", "attach")


class Cards(Shown):
    """Questions about single pages and what they point at."""

    @question
    def page(self, source: str) -> Page:
        """The page itself; its answer changes with every byte of its file."""
        note_input(body(source))
        return self.page_of(source)

    @question
    def card(self, source: str) -> Card:
        """The page as lists show it; an edit below the summary leaves it as it was."""
        page = self.page_of(source)
        image = self._resolve(page, page.meta.image) if page.meta.image else ""
        return Card(
            source=source,
            title=page.title,
            url=page.url,
            date=page.meta.date,
            date_only=page.meta.date_only,
            updated=page.meta.updated,
            summary=self.fragment(page.summary, page),
            image=image,
            image_alt=page.meta.image_alt,
            tags=tuple(self._term_ref("tags", tag, urls.slugify(tag), page.lang) for tag in page.meta.tags),
            categories=tuple(self._category_ref(category, page.lang) for category in page.meta.categories),
            picture=self.shown_small(image, page.meta.image_alt) if image else None,
            authors=tuple(Byline(person.name, person.page_url, person.image) for person in self.people(source)),
            minutes=page.minutes,
            pin=page.meta.pin,
            collection=page.collection,
            lang=page.text_lang,
            version=page.version,
            changes=self.changes(source) if page.kind == "releases" else (),
        )

    @question
    def changes(self, source: str) -> tuple[str, ...]:
        """The kinds of changes that the headings of release notes name: ``security``, ``added``, ``fixed`` and others."""
        return kinds(heading.title for heading in self.page(source).contents)

    def _term_ref(self, taxonomy: str, name: str, slug: str, lang: str) -> Ref:
        return Ref(name, self.archive_of(taxonomy, slug, lang))

    @question
    def archive_of(self, taxonomy: str, slug: str, lang: str) -> str:
        """The href of a term's archive; empty for a term of unlisted pages alone, which has none."""
        return self.href(addresses.term(taxonomy, slug, self.home(lang))) if slug in self.tagged(taxonomy, lang) else ""

    def _category_ref(self, category: tuple[str, ...], lang: str) -> Ref:
        slug = "/".join(urls.slugify(part) for part in category)
        return self._term_ref("categories", " / ".join(category), slug, lang)

    @question
    def changed(self, source: str) -> Change | None:
        """When git last saw the page's file change; None where its history cannot tell."""
        return self.history.changed(f"{CONTENT}/{source}")

    @question
    def people(self, source: str) -> tuple[Person, ...]:
        """The page's authors as its byline shows them."""
        page = self.page_of(source)
        return tuple(self.person(author, page) for author in self.authors_of(page))

    def person(self, author: Author, page: Page) -> Person:
        """An author of `page` as site.yaml knows them; what it leaves out, the page may say."""
        slug = urls.slugify(author.id)
        known = self._known_authors.get(slug, AuthorKeys())
        return Person(
            id=author.id,
            name=known.name or author.name or author.id,
            page_url=self._term_ref("authors", author.id, slug, page.lang).url,
            url=known.url or author.url,
            email=known.email or author.email,
            image=self.picture(known.image) or self._resolve(page, author.image),
            bio=known.bio or author.bio,
        )

    @cached_property
    def _known_authors(self) -> dict[str, AuthorKeys]:
        return {urls.slugify(each): keys for each, keys in self.settings.authors.items()}

    @question
    def integrity(self, name: str) -> str:
        """The digest by which a browser checks a static file, for the attribute ``integrity``. Raises KeyError."""
        return self.assets.published[name].integrity

    @question
    def sheet(self, parts: str) -> str:
        """The address of the stylesheet made of these parts, their names with a space between. Raises KeyError."""
        return self.href("/" + self.assets.sheet(parts.split(" ")).file)

    @question
    def asset(self, name: str) -> str:
        """The fingerprinted href of a static file.

        Raises:
            TemplateError: there is no such file.
        """
        asset = self.assets.published.get(name)
        if asset is None:
            near = most_like(name, self.assets.published)
            raise TemplateError(f"there is no static file {name!r}", hint=f"did you mean {near!r}?" if near else "put it under static/")
        return self.href("/" + asset.file)

    @question
    def picture(self, name: str) -> str:
        """The address of a picture that site.yaml names: a file under content/ or static/, or a whole address; empty for none.

        Raises:
            SettingsError: there is no such file.
        """
        if not name or urlsplit(name).scheme:
            return name
        path = name.lstrip("/")
        if path not in self.media and path not in self.assets.published:
            raise self._no_picture(name)
        return self.href(self.media[path]) if path in self.media else self.asset(path)

    def _no_picture(self, name: str) -> SettingsError:
        known = {*self.media, *self.assets.published}
        below = re.sub(r"^/?(?:static|content)/", "", name)
        near = below if below in known else most_like(name, known)
        line, column, excerpt = config.place_of_text(self.settings.root, name, _PICTURES)
        hint = f"did you mean `{near}`?" if near else "put it below static/ or content/"
        text = f"the picture `{name}` is no file below static/ or content/"
        return SettingsError(text, path=config.FILE, line=line, column=column, excerpt=excerpt, hint=hint)

    @question
    def targets(self, source: str) -> tuple[str, ...]:
        """The href that each address in the page's body becomes, in the body's order."""
        page = self.page_of(source)
        return tuple(self._resolve(page, reference.target) for reference in page.rendered.body.references)

    @question
    def target(self, source: str, link: str) -> str:
        """The href that `link`, written in the content file `source`, becomes."""
        return self._resolve(self.page_of(source), link)

    def fragment(self, fragment: Fragment, page: Page) -> Markup:
        """A piece of the page's HTML as other pages show it: its links resolved, those within the page as well."""
        targets = [self._resolve(page, reference.target) for reference in fragment.references]
        sizes = [self.size(targets[picture.reference]) for picture in fragment.pictures]
        return spliced(fragment, [page.url + target if target.startswith("#") else target for target in targets], sizes)

    def _resolve(self, page: Page, link: str) -> str:
        """What leads nowhere becomes the address it would have; the check of the finished site names it."""
        link = link.strip()
        if link.startswith(("#", "https://", "http://", "//")):
            return link
        try:
            parts = urlsplit(link)
        except ValueError:
            return link
        if parts.scheme or parts.netloc or not parts.path:
            return link
        tail = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        return (self.found(page.source, unquote(parts.path)) or self._as_address(page, parts.path)) + tail

    @question
    def found(self, source: str, path: str) -> str | None:
        """The href of the page or file that `path`, written in `source`, names: first as a file of the sources, then as an address."""
        page = self.page_of(source)
        # What fr/x.md does not find beside itself may stand beside x.md.
        name = path.removeprefix("/").removeprefix("static/")
        if path.removeprefix("/") == f"static/{name}" and name in self.assets.published:
            return self.asset(name)
        for source in dict.fromkeys((page.source, page.source.removeprefix(f"{page.lang}/"))):
            for name in names_of_sources(path, source):
                found = self._by_source(name, page.lang)
                if found is not None:
                    return found
        address = urls.joined(page.permalink, path)
        there = self.by_permalink.get(address) or self.by_permalink.get(urls.normalise(address))
        if there is None and path.endswith(".html"):
            return self.found(source, path.removesuffix(".html") + ".md")
        return there.url if there else None

    def _as_address(self, page: Page, path: str) -> str:
        return self.settings.prefix + path if path.startswith("/") else urls.joined(page.url, path)

    def _by_source(self, name: str, lang: str) -> str | None:
        for candidate in (name, f"{name}.md", f"{name}/index.md", f"{name}/_index.md", f"{name}/README.md"):
            page = self.published.get(candidate)
            if page is not None:
                return self.translated.get((page.key, lang), page).url
            shell = self.shell_of(candidate)
            if shell is not None:
                return self.href(shell.path)
        media = self.media.get(name)
        return self.href(media) if media is not None else None


def names_of_sources(path: str, source: str) -> list[str]:
    """The names of files below content/ that `path`, written in `source`, may name. Nothing above content/ is ever one."""
    for word in _PELICAN:
        path = path.removeprefix(f"{{{word}}}").removeprefix(f"|{word}|")
    folder = source.rpartition("/")[0]
    if path.startswith("@/"):
        names = [path[2:]]
    elif path.startswith("/"):
        names = [path[1:]]
    else:
        names = [f"{folder}/{path}", f"{source.rpartition('.')[0]}/{path}"]
    clean = [normpath(name).lstrip("/") for name in names]
    return [name.removeprefix(f"{CONTENT}/") for name in clean if name not in {".", ""} and not name.startswith("..")]

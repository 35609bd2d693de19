"""The keys of site.yaml. Their types hold the values to what is allowed; their descriptions are the settings reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from sitegen.config.check_keys import CheckKeys
from sitegen.config.content_keys import ContentKeys, Feeds, Limits
from sitegen.config.home_keys import HomeKeys
from sitegen.config.kinds import (
    BaseUrl,
    EditUrl,
    Folder,
    HeaderName,
    HeaderPath,
    HeaderValue,
    Host,
    ImportPath,
    Language,
    Link,
    Permalink,
    Text,
    Zone,
)
from sitegen.config.language_keys import LanguageKeys
from sitegen.config.link_keys import OldPath, RedirectKeys
from sitegen.config.markdown_keys import MarkdownKeys
from sitegen.config.menu_keys import MenuItem, Theme
from sitegen.config.picture_keys import Cards, ImagesKeys
from sitegen.config.protected_keys import GroupKeys, GroupName, SiteId
from sitegen.config.reader_keys import AnalyticsKeys, CommentsKeys, ShareName
from sitegen.config.repositories import RepositoryUrl
from sitegen.config.table import Many, Table
from sitegen.report import Severity

Kind = Literal["blog", "docs", "releases", "pages"]
Order = Literal["newest", "oldest", "title", "weight", "version"]
Hosting = Literal["plain", "netlify", "cloudflare"]


class Author(Table):
    """Someone who writes, by the id that posts name under `authors:`."""

    name: Text = Field(default="", description="The name as readers see it. Without one, the id is shown.")
    url: Link = Field(default="", description="The author's own page, linked from posts and feeds.")
    email: Text = Field(default="", description="An address for feeds. It is published, so leave it out to keep it private.")
    image: Text = Field(default="", description="A portrait: a path below `content/` or `static/`, or a whole address.")
    bio: Text = Field(default="", description="A sentence or two for the author's page.")


class CollectionKeys(Table):
    """A folder of pages of one kind, by its name.

    `blog`, `docs`, `releases` and `pages` are there from the start; what you write is laid over them, and any other name adds a collection.
    """

    folder: Folder | None = Field(
        default=None,
        description="The folder below `content/` that the pages lie in. "
        "A page belongs to the collection with the longest folder that holds it.",
        json_schema_extra={"default": "its name; for `pages` all of `content/`"},
    )
    kind: Kind | None = Field(
        default=None,
        description="What the pages are: dated posts with archives, docs with a sidebar, releases by version, or plain pages.",
        json_schema_extra={"default": "the kind of its name, else `blog`"},
    )
    permalink: Permalink = Field(
        default="",
        description="The address of each page. Tokens are `:slug` (or `:title`), `:filename`, `:path` (folders and file name), "
        "`:section` (folders), `:categories` (all of them, as folders), "
        "`:year`, `:month`, `:day`, and without zeros `:i_month` and `:i_day`. "
        "It ends in `/` or `.html`.",
        json_schema_extra={"default": "`/<name>/:slug/`, `/<name>/:path/` for docs, `/:path/` for `pages`"},
    )
    title: Text = Field(
        default="",
        description="The heading of the collection's index, and its name in menus and feeds.",
        json_schema_extra={"default": "its name"},
    )
    description: Text = Field(default="", description="What the collection is about, for search engines and feeds.")
    order: Order | None = Field(
        default=None,
        description="How lists are sorted. `weight` follows front matter and number prefixes, `version` puts the newest version first.",
        json_schema_extra={"default": "`newest`; `weight` for docs, `version` for releases, `title` for pages"},
    )
    paginate: int | None = Field(
        default=None,
        ge=1,
        description="How many entries stand on one page of its index.",
        json_schema_extra={"default": "the site's `paginate`"},
    )
    feed: bool | None = Field(
        default=None,
        description="Whether it has feeds of its own and takes part in the site's.",
        json_schema_extra={"default": "`true` for blogs and releases"},
    )
    layout: Text = Field(
        default="",
        description="The template of its pages, without `.html`; a page's own `template:` comes first.",
        json_schema_extra={"default": "that of its kind"},
    )
    protect: GroupName = Field(
        default="",
        description="The group of readers that alone can open its pages; one of `protected`.",
        json_schema_extra={"default": "all readers"},
    )
    listed: bool = Field(
        default=True, description="Whether it has an index page and stands in the menu that sitegen makes where `menus` has no `main`."
    )


class SiteKeys(Table):
    """All keys of site.yaml. Each has a default, so that the file may be empty or missing."""

    title: Text = Field(default="My site", description="The name of the site, in its header, in browser tabs and in feeds.")
    description: Text = Field(default="", description="One or two sentences for search engines, link previews and feeds.")
    url: BaseUrl = Field(
        default="",
        description="Where the site lives. It may have a path, under which all addresses then stand. `--base-url` overrides it. "
        "Without it, feeds and canonical links name localhost, and the build warns of it.",
        json_schema_extra={"default": "`http://localhost:8000/`"},
        examples=["url: https://example.org/docs/"],
    )
    language: Language = Field(default="en", description="The code of the language that pages are in unless they say otherwise.")
    languages: Mapping[Language, LanguageKeys] = Field(
        default={},
        description="The other languages, by code. Their pages stand under `/<code>/`.",
        examples=["languages:\n  fr:\n    title: Mon site\n  pt-BR:\n    title: Meu site"],
    )
    fallback: bool = Field(
        default=False,
        description="Whether docs and plain pages without a translation stand among those of the other languages all the same, "
        "in the original's words and with a notice.",
    )
    timezone: Zone = Field(default="UTC", description="The time zone of dates that name none.", examples=["timezone: Europe/Paris"])
    author: Text = Field(default="", description="The id of the author of posts that name none; one of `authors`.")
    authors: Mapping[str, Author] = Field(
        default={},
        description="The people who write, by id.",
        examples=["author: mira\nauthors:\n  mira:\n    name: Mira Lindqvist\n    url: https://mira.example/"],
    )
    collections: Mapping[str, CollectionKeys] = Field(
        default={},
        description="Kinds of pages by name, each in its folder.",
        json_schema_extra={"default": "`blog`, `docs`, `releases` and `pages`"},
        examples=["collections:\n  blog:\n    permalink: /:year/:month/:slug/\n  guides:\n    kind: docs\n    title: Guides"],
    )
    paginate: int = Field(default=10, ge=1, description="How many entries stand on one page of a list.")
    menus: Mapping[str, Many[MenuItem]] = Field(
        default={},
        description="Menus by name; the theme shows `main` and `footer`.",
        json_schema_extra={"default": "`main` names the collections that have pages"},
        examples=[
            "menus:\n  main:\n    - {title: Blog, url: /blog/}\n    - {page: about.md}\n  footer:\n    - {title: Source, url: https://example.org/source}"
        ],
    )
    home: HomeKeys = Field(
        default=HomeKeys(),
        description="What the front page is made of.",
        examples=[
            "home:\n  hero:\n    title: Growing food\n    text: What a year in a small garden taught me.\n"
            "    actions:\n      - {title: Start here, page: about.md}\n"
            "  features:\n    - {title: Soil, text: It is alive., url: /tags/soil/}\n  sections: [features, latest]"
        ],
    )
    theme: Theme = Field(
        default=Theme(), description="The look of the built-in theme.", examples=['theme:\n  accent: "#0a66c2"\n  logo: logo.svg']
    )
    image: Text = Field(default="", description="The picture that link previews show for pages without their own.")
    copyright: Text = Field(default="", description="The line in the footer and in feeds.", json_schema_extra={"default": "the title"})
    social: Mapping[str, Link] = Field(
        default={}, description="Profiles elsewhere, by the name shown.", examples=["social:\n  Mastodon: https://mastodon.example/@mira"]
    )
    repository: RepositoryUrl = Field(
        default="",
        description="The address of the site's source, or of the site's folder in it, as GitHub, GitLab, Codeberg or Bitbucket show it. "
        "Every page then leads to the place where it can be edited.",
        examples=["repository: https://github.com/example/garden", "repository: https://gitlab.com/example/garden/-/tree/main/website"],
    )
    edit_url: EditUrl = Field(
        default="",
        description="The address at which a page can be edited, where `repository` does not tell; `{path}` stands for the file, from the "
        "site's folder on.",
        examples=["edit_url: https://github.com/example/site/edit/main/{path}"],
    )
    share: Many[ShareName] = Field(
        default=(),
        description="Ways to share a post, in this order. They are links, or buttons that need nobody else: nothing is loaded and nobody "
        "is told before a reader follows one. `copy` puts the address on the clipboard, `device` opens the device's own list.",
        examples=["share: [mastodon, bluesky, email, copy]"],
    )
    comments: CommentsKeys | None = Field(
        default=None,
        description="Comments below posts, once a reader asks for them.",
        json_schema_extra={"default": "none"},
        examples=[
            "comments:\n  giscus:\n    repo: example/garden\n    repo_id: R_kgDOabcdef\n    category: Comments\n"
            "    category_id: DIC_kwDOabcdef"
        ],
    )
    analytics: AnalyticsKeys | None = Field(
        default=None,
        description="Which service counts visits.",
        json_schema_extra={"default": "none"},
        examples=["analytics:\n  plausible: {}", "analytics:\n  goatcounter:\n    host: https://garden.goatcounter.com"],
    )
    hosting: Hosting = Field(
        default="plain",
        description="Where the site is published: `netlify` and `cloudflare` get redirects as rules in `_redirects`, "
        "`plain` as small pages that any host can serve. The content security policy is in `_headers`, or with `plain` in every page.",
    )
    redirects: Mapping[OldPath, RedirectKeys] = Field(
        default={},
        description="Old addresses and where each leads. Those of one page may also stand in its front matter, as `aliases`. "
        "With `/*` at its end, one stands for all addresses below it, which only `netlify` and `cloudflare` can do.",
        examples=[
            "redirects:\n  /feed/: /atom.xml\n  /shop/: https://shop.example/\n  /summer/: {to: /blog/, status: 302}",
        ],
    )
    headers: Mapping[HeaderPath, Mapping[HeaderName, HeaderValue]] = Field(
        default={},
        description="HTTP headers by path, added to `_headers`, which Netlify and Cloudflare Pages read. "
        "A `Content-Security-Policy` for `/*` is also that of the pages of a `plain` host.",
        examples=["headers:\n  /downloads/*:\n    X-Robots-Tag: noindex"],
    )
    content: ContentKeys = Field(default=ContentKeys(), description="How pages are read.", examples=["content:\n  html: trust"])
    markdown: MarkdownKeys = Field(
        default=MarkdownKeys(),
        description="What Markdown can do.",
        examples=['markdown:\n  extensions: [mysite.kbd]\n  math: true\n  math_macros: {"\\\\R": "\\\\mathbb{R}"}'],
    )
    images: ImagesKeys | None = Field(
        default=None,
        description="Smaller versions of pictures, in AVIF and WebP as well.",
        json_schema_extra={"default": "pictures are published as they are"},
        examples=["images: {}", "images:\n  widths: [640, 1280]\n  formats: [webp]\n  quality: 70"],
    )
    social_cards: Cards = Field(
        default=None,
        description="Whether pages without an `image:` get a picture with their title for link previews.",
        json_schema_extra={"default": "`false`"},
        examples=["social_cards: true", "social_cards:\n  font: fonts/NotoSansJP-Bold.ttf"],
    )
    embeds: Many[Host] = Field(
        default=(),
        description="Hosts whose pages may be shown within a page by `::embed`, besides YouTube and Vimeo.",
        examples=["embeds: [maps.example.org, player.example.net]"],
    )
    protected: Mapping[GroupName, GroupKeys] = Field(
        default={},
        description="Groups of readers by name: their pages are published encrypted. It takes `pip install 'sitegen[protected]'`.",
        examples=["protected:\n  clients:\n    title: For our clients\n    folders: [clients]"],
    )
    site_id: SiteId = Field(
        default="",
        description="What tells this site's protected pages from those of another; a change of it is a change of all their addresses.",
        json_schema_extra={"default": "`url` without `https://` and the slash at its end"},
    )
    search: bool | None = Field(
        default=None,
        description="Whether readers can search the site. It takes Pagefind: `pip install 'sitegen[search]'`.",
        json_schema_extra={"default": "`true` where Pagefind is installed"},
        examples=["search: true"],
    )
    feeds: Feeds = Field(
        default=Feeds(), description="Which feeds there are, and what is in them.", examples=["feeds:\n  terms: [atom, json]\n  limit: 50"]
    )
    extensions: Many[ImportPath] = Field(
        default=(),
        description="Modules beside `site.yaml`, or installed ones, that add to the site: "
        "`init_app(app)` of each is called with the Flask app.",
        examples=["extensions: [mysite.charts]"],
    )
    rules: Mapping[str, Severity] = Field(
        default={},
        description="What is an error, a warning, or nothing, by rule.",
        examples=["rules:\n  broken-link: warn\n  mojibake: off"],
    )
    check: CheckKeys = Field(
        default=CheckKeys(),
        description="What `sitegen check` holds pages to, beyond what a build does.",
        examples=[
            "check:\n  description_characters: 200\n  terms:\n    tags: [python, web]\n  external:\n    ignore: [https://internal.example.org/*]"
        ],
    )
    limits: Limits = Field(default=Limits(), description="Sizes above which a file is refused.", examples=["limits:\n  page_kb: 20480"])
